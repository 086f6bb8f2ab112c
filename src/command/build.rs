//! `desk build`: what is public, as a web site.

use std::path::PathBuf;

use super::{Context, Error, Outcome, words};
use crate::terminal::printable;

/// Render what is public as a web site: a page each, a front page, a feed
///
/// Only what the public version holds is rendered; a draft cannot reach it. Run again it writes only what changed, and
/// takes out what is public no more.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk build
  $ desk build --out /srv/www/post")]
pub struct Args {
    /// The folder to write it to; the one that desk.toml names otherwise
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let newsroom = context.newsroom()?;
    let built = newsroom.build(args.out.as_deref())?;
    for left in &built.left_out {
        let line = format!("not on the site: {}: {}", left.article, left.reason);
        context.terminal.say(printable(&line));
    }
    let written = built.written;
    context.terminal.say(format!(
        "Built {}: {} written, {} as before, {} taken out.",
        words::count(built.articles, "article"),
        words::count(written.changed, "file"),
        written.same,
        written.removed
    ));
    context.terminal.print(built.folder.join("index.html").display())?;
    Ok(Outcome::Done)
}

//! `desk edit`: write on.

use super::editing;
use super::moving::Named;
use super::{Context, Error, Outcome, tidings};
use crate::terminal::printable;

/// Open an article in your editor, and save what came of it
///
/// A colleague's article is laid out in its folder first. Nothing switches: all open articles lie side by side.
/// Without a terminal it only lays the folder out and saves what is there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk edit harbor
  $ desk edit harbor --no-edit")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Lay it out and save what is there, but open no editor
    #[arg(long)]
    no_edit: bool,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let (standing, main, saved) = newsroom.lay_out(args.named.article())?;
    let slug = standing.slug.to_string();
    let others = newsroom.elsewhere(&standing)?;
    tidings::say_elsewhere(context, &newsroom, &slug, &others);
    if let Some(saved) = saved {
        context.terminal.say(format!("Saved {slug}: {}.", super::moving::saved_words(&saved)));
    }
    super::editing::say_kept(context, &slug, newsroom.shared(&standing)?.as_ref());
    if args.no_edit || !context.terminal.can_ask() {
        context.terminal.say(format!("{slug} is in {}", printable(main.as_str())));
        return Ok(Outcome::Done);
    }
    editing::edit(context, &mut newsroom, &slug, &main)?;
    Ok(Outcome::Done)
}

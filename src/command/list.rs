//! `desk list`: every article, with where it stands.

use serde_json::json;

use super::{Context, Error, Format, Outcome, Reporting, coming, show, words};
use crate::article::Stage;
use crate::newsroom::Row;
use crate::terminal::{Columns, printable, style};

/// List articles with where they stand; WORDS narrow it down
///
/// Shows what is open and what is public. Words are looked for in titles, slugs, people, sections and tags.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk list
  $ desk list --scheduled
  $ desk list harbor --stage published --format json")]
pub struct Args {
    /// Words that must all be there
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Only articles in this stage
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Stage>,
    /// What happens by itself: publications that are scheduled, embargoes that end, articles that expire; the next first
    #[arg(long, conflicts_with = "stage")]
    scheduled: bool,
    #[command(flatten)]
    reporting: Reporting,
}

fn stage(word: &str) -> Result<Stage, String> {
    word.parse().map_err(|unknown: crate::article::UnknownStage| unknown.to_string())
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let newsroom = context.newsroom()?;
    if args.scheduled {
        return coming::list(&args.words, args.reporting.format, &newsroom, context);
    }
    let mut rows = newsroom.overview(&args.words)?;
    rows.retain(|row| args.stage.is_none_or(|stage| row.seen.stage() == stage));
    match args.reporting.format {
        Format::Json => json_list(context, &rows)?,
        Format::Human => human_list(context, &rows)?,
    }
    Ok(Outcome::Done)
}

fn json_list(context: &mut Context, rows: &[Row]) -> Result<(), Error> {
    let articles: Vec<_> = rows
        .iter()
        .map(|row| {
            let leaf = row.seen.current();
            let document = &leaf.document;
            let authors = ["authors", "author"].iter().map(|name| document.list_of(name)).find(|list| !list.is_empty());
            json!({
                "id": row.seen.id.map(|id| id.to_string()),
                "slug": row.seen.slug.as_str(),
                "title": row.seen.title(),
                "kind": document.kind(),
                "stage": row.seen.stage().as_str(),
                "path": document.path.as_str(),
                "branch": row.seen.open.as_ref().and_then(|(name, _)| name.branch_name()),
                "authors": authors.unwrap_or_default(),
                "updated": row.updated,
                "changes": row.seen.base.as_ref().map(|leaf| show::told(&leaf.document)).unwrap_or_default(),
                "facts": row.facts.iter().map(|fact| fact.as_str()).collect::<Vec<_>>(),
            })
        })
        .collect();
    let out = json!({ "version": 1, "articles": articles });
    serde_json::to_writer_pretty(context.terminal.out(), &out).map_err(std::io::Error::from)?;
    Ok(context.terminal.print("")?)
}

fn human_list(context: &mut Context, rows: &[Row]) -> Result<(), Error> {
    if rows.is_empty() {
        context.terminal.say("No article here: desk new \"A title\"");
        return Ok(());
    }
    let mut columns = Columns::new();
    for row in rows {
        let facts: Vec<String> = row.facts.iter().map(|fact| words::fact(*fact)).collect();
        columns.row([
            style::paint(style::COMMAND, printable(row.seen.slug.as_str())).to_string(),
            row.seen.stage().to_string(),
            facts.join(", "),
            printable(row.seen.title()).to_string(),
        ]);
    }
    for line in columns.fitted("", context.terminal.line_width()) {
        context.terminal.print(line)?;
    }
    let open = rows.iter().filter(|row| row.seen.is_open()).count();
    context.terminal.say(format!("{}, {open} open", words::count(rows.len(), "article")));
    Ok(())
}

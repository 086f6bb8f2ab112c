//! `desk return`: back to the writer.

use super::moving::{self, Named};
use super::{Context, Error, Outcome};
use crate::terminal::Question;

/// Send an article back to its writer, with a note that says why
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk return harbor --note \"who says the permit was late?\"
  $ desk return")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// What should be done about it
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let name = args.named.or_number(&mut newsroom)?;
    let note = match args.note {
        Some(note) => note,
        None => context.terminal.ask_text(&Question::new("What should the writer do?", "--note"))?,
    };
    let moved = newsroom.send_back(name.as_deref(), &note)?;
    moving::say_saved(context, &moved);
    context.terminal.say(format!("Returned: {}", moved.after.title()));
    let slug = &moved.after.slug;
    context.terminal.say(match moved.after.published() {
        Some(_) => format!("Readers go on reading it as it was; the change waits for its writer: desk edit {slug}"),
        None => format!("It is a draft again: desk edit {slug}"),
    });
    moving::say_schedule(context, &moved);
    moving::say_not_done(context, &moved);
    moving::ended(&moved)
}

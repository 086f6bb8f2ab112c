//! `desk spike`: abandon an article, and keep it.

use super::moving::{self, Named};
use super::{Context, Error, Outcome};

/// Abandon an article that is not public; its words are kept
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk spike pier-rumour
  $ desk spike pier-rumour --note \"the council denies it and nobody else says so\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Why
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    note: String,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let moved = newsroom.spike(args.named.article(), &args.note)?;
    moving::say_saved(context, &moved);
    context.terminal.say(format!("Spiked: {}", moved.before.title()));
    context.terminal.say(format!("Every word of it is kept: desk revive {}", moved.before.slug));
    moving::say_schedule(context, &moved);
    moving::ended(&moved)
}

//! `desk revive`: take a spiked or withdrawn article up again.

use super::{Context, Error, Outcome, moving};

/// Take a spiked or withdrawn article up again, as a draft
///
/// In place of what was withdrawn the notice stays until the draft was submitted, approved and published like any other.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk revive pier-rumour
  $ desk revive pier-rumour --note \"the council now confirms it\"")]
pub struct Args {
    /// The article's slug, or a clear beginning of it
    #[arg(value_name = "SLUG")]
    article: String,
    /// Why
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    note: String,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let moved = newsroom.revive(&args.article, &args.note)?;
    context.terminal.say(format!("Revived: {}", moved.after.title()));
    let slug = &moved.after.slug;
    if moved.after.published().is_some() {
        context.terminal.say(format!("The change is open again: desk show {slug} --changes, then desk submit {slug}"));
        return moving::ended(&moved);
    }
    context.terminal.say(format!("It is a draft again: desk edit {slug}"));
    if moved.after.withdrawn().is_some() {
        context.terminal.say("Readers see the notice until then; what it told them stays among the notes.");
    }
    moving::ended(&moved)
}

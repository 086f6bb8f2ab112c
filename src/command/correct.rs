//! `desk correct`: tell readers what changed.

use super::moving::{self, Named};
use super::{Context, Error, Outcome, tidings};
use crate::article::Amendment;
use crate::terminal::printable;

/// Tell readers what changed in a public article
///
/// Edit the article first; then this writes what changed into it, under its label and with the date. The note goes
/// through review with the words and stands under the article. A note that readers have seen never changes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk correct ferry --kind correction --note \"The fare is 8 dollars. An earlier version said 9.\"
  $ desk correct pier-fire --kind update --note \"Adds what the fire brigade says.\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Whether something was wrong, could be misread, is new, or needs a word of the editors
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Kind,
    /// What changed, for somebody who has not read the earlier version; a corrected figure must stand in it
    #[arg(long, value_name = "WORDS")]
    note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Correction,
    Clarification,
    Update,
    EditorsNote,
}

impl From<Kind> for Amendment {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Correction => Self::Correction,
            Kind::Clarification => Self::Clarification,
            Kind::Update => Self::Update,
            Kind::EditorsNote => Self::EditorsNote,
        }
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let moved = newsroom.correct(args.named.article(), args.kind.into(), &args.note)?;
    moving::say_saved(context, &moved);
    let others = newsroom.elsewhere(&moved.after)?;
    tidings::say_elsewhere(context, &newsroom, moved.after.slug.as_str(), &others);
    context.terminal.say(format!("Noted in {}: {}", moved.after.slug, moved.after.title()));
    context.terminal.say(format!("  {}", printable(args.note.trim())));
    context.terminal.say(format!("Readers see it with the changed words: desk submit {}", moved.after.slug));
    moving::say_schedule(context, &moved);
    Ok(Outcome::Done)
}

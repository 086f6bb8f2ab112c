//! `desk withdraw`: away from the public at once.

use super::moving::{self, Named};
use super::{Context, Error, Outcome};
use crate::article::Withdrawal;
use crate::terminal::printable;

/// Take public words away at once; a notice takes their place
///
/// One permitted person is enough, and the others owe the notice their reading: `withdraw` in desk.toml says who may. The
/// notice stands at the same address and says your note and nothing else. The record keeps who withdrew what, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk withdraw ferry --kind retraction --note \"The fares in this article were those of 2025.\"
  $ desk withdraw pier-fire --kind legal --note \"Removed by order of the court in Port Alder.\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Why it goes: the story does not hold, must not stand anywhere, or was ordered away. Only after a retraction do its
    /// title and its earlier notes stay
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Kind,
    /// What the notice says to readers
    #[arg(long, value_name = "WORDS")]
    note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Retraction,
    Kill,
    Legal,
}

impl From<Kind> for Withdrawal {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Retraction => Self::Retraction,
            Kind::Kill => Self::Kill,
            Kind::Legal => Self::Legal,
        }
    }
}

/// What no notice reaches.
const REMAINS: [&str; 3] = [
    "the newsroom's history, here and in every copy of it",
    "feed readers: what they have fetched stays with them",
    "caches, search engines and archives: ask them to drop or renew this address",
];

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let moved = newsroom.withdraw(args.named.article(), args.kind.into(), &args.note)?;
    moving::say_saved(context, &moved);
    let time = newsroom.local_now().strftime("%H:%M").to_string();
    context.terminal.say(format!("Withdrawn: {}, {time}", moved.before.title()));
    if let Some(address) = newsroom.address_of(&moved.after) {
        context
            .terminal
            .say(format!("  {}   shows the notice when the site is built: desk build", printable(&address)));
    }
    moving::say_owed(context, &moved);
    context.terminal.say("What was public may remain in:");
    for place in REMAINS {
        context.terminal.say(format!("  {place}"));
    }
    if moved.delivery.is_none() {
        context.terminal.say("Mistake? desk undo takes it back while nothing has left this machine.");
    }
    context.terminal.say(format!("To publish it again, through review: desk revive {}", moved.after.slug));
    moving::say_schedule(context, &moved);
    Ok(Outcome::Done)
}

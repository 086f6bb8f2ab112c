//! `desk approve`: say yes to the words that wait.

use super::moving::{self, Named};
use super::{Context, Error, Outcome, changes, words};
use crate::terminal::Answer;

/// Say yes to the exact words that wait for it
///
/// Shows what is being approved first: every word that changed since you last looked, or the whole text. Your yes
/// holds for these words only; one changed word asks for it again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk approve harbor
  $ desk approve harbor --yes --note \"read against the survey\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// A word to the record
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    note: String,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let proof = newsroom.proof(args.named.article())?;
    changes::say_proof(context, &newsroom, &proof);
    let answer = if context.terminal.can_ask() {
        context.terminal.confirm("Approve these words?", Answer::No)?
    } else {
        Answer::Yes
    };
    if answer == Answer::No {
        context.terminal.say(format!("Not approved. Nothing was changed: desk return {}", proof.standing.slug));
        return Ok(Outcome::Done);
    }
    let moved = newsroom.approve(&proof, &args.note)?;
    context.terminal.say(format!("Approved: {}", moved.after.title()));
    if let Some(needs) = &moved.needs {
        let names: Vec<&str> = needs.tally.counted.iter().map(|one| one.person.name.as_str()).collect();
        context.terminal.say(format!("These exact words now have the yes of {}.", words::and(&names)));
    }
    moving::say_needs(context, &moved);
    Ok(Outcome::Done)
}

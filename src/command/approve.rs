//! `desk approve`: say yes to the words that wait.

use super::moving::{self, Named};
use super::{Context, Error, Outcome, changes, words};
use crate::ledger::Sources;
use crate::newsroom::Proof;
use crate::terminal::{Answer, printable};

/// Say yes to the exact words that wait for it
///
/// Shows what is being approved first: every word that changed since you last looked, or the whole text. Your yes
/// holds for these words only; one changed word asks for it again. Where a source is not named, you also say that
/// somebody on the desk knows who it is.
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
    /// Say that somebody on the desk knows who the unnamed source is
    #[arg(long)]
    source_known: bool,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let name = args.named.or_number(&mut newsroom)?;
    let proof = newsroom.proof(name.as_deref())?;
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
    let sources = if args.source_known { Sources::Known } else { known(context, &proof)? };
    let moved = newsroom.approve(&proof, &args.note, sources)?;
    context.terminal.say(format!("Approved: {}", moved.after.title()));
    if let Some(needs) = &moved.needs {
        let names: Vec<&str> = needs.tally.counted.iter().map(|one| one.person.name.as_str()).collect();
        context.terminal.say(format!("These exact words now have the yes of {}.", words::and(&names)));
    }
    moving::say_needs(context, &moved);
    moving::say_not_done(context, &moved);
    moving::ended(&moved)
}

/// Asks whether the desk knows the sources that are not named, where somebody must say so. A yes to everything
/// (`--yes`) is none to this.
fn known(context: &mut Context, proof: &Proof) -> Result<Sources, Error> {
    let unnamed = proof.needs.as_ref().and_then(|needs| needs.requirement.unnamed.as_ref());
    let Some(unnamed) = unnamed.filter(|_| context.terminal.can_ask()) else { return Ok(Sources::NotSaid) };
    let ask = format!("Does somebody on the desk know who the source {} is?", printable(unnamed));
    Ok(match context.terminal.confirm(&ask, Answer::No)? {
        Answer::Yes => Sources::Known,
        Answer::No => Sources::NotSaid,
    })
}

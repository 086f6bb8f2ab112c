//! Back to the writer.

use super::commit::{content_trailer, file_steps, hidden, keep, message, move_trailer, on_branch, saved, writes};
use super::schedule::over;
use super::submit::about_these_words;
use super::{Circumstances, Refusal, Standing};
use crate::article::{Change, Move, Reach, Stage};
use crate::ledger::{Assent, Decision};

/// Sends an article back to its writer; if it was scheduled, that is over. `assent` holds the statement that says so, with
/// its note. A change of public words stays where it stands, and has this person's no.
pub fn return_(standing: &Standing, circumstances: &Circumstances, assent: &Assent) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    let step = Move::Return;
    let changes = standing.published().is_some_and(|public| public.digest != open.digest);
    let to = match open.stage {
        Stage::Published if changes => Stage::Published,
        stage => step.from(stage).ok_or(Refusal::NotLegal { step, stage })?,
    };
    if circumstances.member().is_none() {
        return Err(Refusal::NotOnStaff { address: circumstances.person.address.clone() });
    }
    let content = about_these_words(standing, circumstances, assent, Decision::Return)?;
    let change = |steps, files| Change {
        summary: format!("returned {}", standing.slug),
        articles: vec![standing.id],
        steps,
        files,
        reach: Reach::Here,
    };
    if to == Stage::Published {
        return Ok(change([keep(standing, assent)].into_iter().chain(over(standing)).collect(), Vec::new()));
    }
    let after = hidden(standing, open, to)?;
    let trailers = [move_trailer(step, Stage::Review, to), content_trailer(content)];
    let message = message(standing, "return", &assent.statement.note, &trailers);
    let steps = [on_branch(standing, open, writes(&open.entries, &after), message), keep(standing, assent)];
    let files = standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default();
    Ok(change(steps.into_iter().chain(over(standing)).collect(), files))
}

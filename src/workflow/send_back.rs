//! Back to the writer.

use super::commit::{content_trailer, file_steps, hidden, keep, message, move_trailer, on_branch, saved, writes};
use super::schedule::over;
use super::submit::about_these_words;
use super::{Circumstances, Refusal, Standing};
use crate::article::{Change, Move, Reach, Stage};
use crate::ledger::{Assent, Decision};

/// Sends an article back to its writer; if it was scheduled, that is over. `assent` holds the statement that says so, with its note.
pub fn return_(standing: &Standing, circumstances: &Circumstances, assent: &Assent) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    let step = Move::Return;
    let to = step.from(open.stage).ok_or(Refusal::NotLegal { step, stage: open.stage })?;
    if circumstances.member().is_none() {
        return Err(Refusal::NotOnStaff { address: circumstances.person.address.clone() });
    }
    let content = about_these_words(standing, circumstances, assent, Decision::Return)?;
    let after = hidden(standing, open, to)?;
    let trailers = [move_trailer(step, Stage::Review, to), content_trailer(content)];
    let message = message(standing, "return", &assent.statement.note, &trailers);
    Ok(Change {
        summary: format!("returned {}", standing.slug),
        articles: vec![standing.id],
        steps: [on_branch(standing, open, writes(&open.entries, &after), message), keep(standing, assent)]
            .into_iter()
            .chain(over(standing))
            .collect(),
        files: standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

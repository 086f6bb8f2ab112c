//! Dropping an open change of public words: readers go on reading what they read.

use super::commit::{file_steps, gone, message};
use super::schedule::over;
use super::{Refusal, Standing};
use crate::article::{Change, Move, Reach, RefName, RefStep, Target};

/// Closes an open change of public words. No word of it is lost: it is kept at `refs/desk/spiked/<id>`, as it was saved
/// last and with what was kept there before, and [`super::revive`] takes it up again. The working folder goes back to
/// what readers see.
pub fn cancel_change(standing: &Standing) -> Result<Change, Refusal> {
    let step = Move::Correct;
    let public = standing.published().ok_or(Refusal::NotLegal { step, stage: standing.stage() })?;
    let open = standing.open.as_ref().ok_or(Refusal::NothingChanged)?;
    if standing.is_unsaved() {
        return Err(Refusal::Unsaved);
    }
    let earlier = standing.spiked.as_ref().map(|spiked| spiked.commit);
    let kept = RefStep {
        name: RefName::spiked(standing.id),
        expect: earlier,
        target: Target::Commit {
            parents: [open.commit].into_iter().chain(earlier).collect(),
            writes: Vec::new(),
            message: message(standing, "cancel the change", "", &[]),
        },
    };
    Ok(Change {
        summary: format!("cancelled the change of {}", standing.slug),
        articles: vec![standing.id],
        steps: [kept, gone(&standing.branch, open.commit)].into_iter().chain(over(standing)).collect(),
        files: standing.working.as_ref().map(|working| file_steps(working, &public.entries)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

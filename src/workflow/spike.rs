//! Abandoned and kept; taken up again.

use super::commit::{file_steps, gone, hidden, message, move_trailer, saved, sound, writes};
use super::{Circumstances, Refusal, Standing};
use crate::article::{Change, Entry, FileStep, Move, Reach, RefName, RefStep, Stage, Target};

/// Abandons an article that is not public. Its last words are kept at `refs/desk/spiked/<id>` with a commit that says
/// who spiked it and why; the branch goes, and so do its files in the working folder, if they hold just these words.
pub fn spike(standing: &Standing, _circumstances: &Circumstances, note: &str) -> Result<Change, Refusal> {
    let step = Move::Spike;
    let stage = standing.stage();
    let to = step.from(stage).ok_or(Refusal::NotLegal { step, stage })?;
    let open = saved(standing)?;
    let after = hidden(standing, open, to)?;
    let kept = RefStep {
        name: RefName::spiked(standing.id),
        expect: standing.spiked.as_ref().map(|spiked| spiked.commit),
        target: Target::Commit {
            parents: vec![open.commit],
            writes: writes(&open.entries, &after),
            message: message(standing, "spike", note, &[move_trailer(step, stage, to)]),
        },
    };
    // What the base has of it (an adopted draft) is what the working folder goes back to.
    let left: &[Entry] = standing.base.as_ref().map(|base| base.entries.as_slice()).unwrap_or_default();
    Ok(Change {
        summary: format!("spiked {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![kept, gone(&standing.branch, open.commit)],
        files: standing.working.as_ref().map(|working| file_steps(working, left)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

/// Takes a spiked article up again, as a draft, and lays it out in the working folder.
pub fn revive(standing: &Standing, _circumstances: &Circumstances, note: &str) -> Result<Change, Refusal> {
    let step = Move::Revive;
    let stage = if standing.open.is_some() { standing.stage() } else { Stage::Spiked };
    let spiked = match &standing.spiked {
        Some(spiked) if standing.open.is_none() && standing.public().is_none() => spiked,
        None if standing.open.is_none() && standing.base.is_none() => return Err(Refusal::NothingSaved),
        _ => return Err(Refusal::NotLegal { step, stage: standing.stage() }),
    };
    let to = step.from(stage).ok_or(Refusal::NotLegal { step, stage })?;
    sound(standing, spiked)?;
    let after = hidden(standing, spiked, to)?;
    let laid_out = standing.working.as_deref().unwrap_or_default();
    let known: &[Entry] = standing.base.as_ref().map(|base| base.entries.as_slice()).unwrap_or_default();
    if let Some(entry) = laid_out.iter().find(|entry| !known.contains(entry) && !after.contains(entry)) {
        return Err(Refusal::FileInTheWay(entry.path.clone()));
    }
    let branch = RefStep {
        name: standing.branch.clone(),
        expect: None,
        target: Target::Commit {
            parents: vec![spiked.commit],
            writes: writes(&spiked.entries, &after),
            message: message(standing, "revive", note, &[move_trailer(step, stage, to)]),
        },
    };
    let files: Vec<FileStep> = file_steps(laid_out, &after);
    Ok(Change {
        summary: format!("revived {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![branch, gone(&RefName::spiked(standing.id), spiked.commit)],
        files,
        reach: Reach::Here,
    })
}

//! Abandoned and kept; taken up again.

use super::commit::{file_steps, gone, hidden, message, move_trailer, saved, sound, writes};
use super::schedule::over;
use super::{Circumstances, Refusal, Standing, Version};
use crate::article::amendment;
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
            parents: [open.commit].into_iter().chain(standing.spiked.as_ref().map(|kept| kept.commit)).collect(),
            writes: writes(&open.entries, &after),
            message: message(standing, "spike", note, &[move_trailer(step, stage, to)]),
        },
    };
    // What the base has of it (an adopted draft) is what the working folder goes back to.
    let left: &[Entry] = standing.base.as_ref().map(|base| base.entries.as_slice()).unwrap_or_default();
    Ok(Change {
        summary: format!("spiked {}", standing.slug),
        articles: vec![standing.id],
        steps: [kept, gone(&standing.branch, open.commit)].into_iter().chain(over(standing)).collect(),
        files: standing.working.as_ref().map(|working| file_steps(working, left)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

/// Takes a spiked or withdrawn article up again, as a draft, and lays it out in the working folder. In place of what was
/// withdrawn the notice stays until the draft has gone through review like any other. A draft is begun from the words
/// that this machine keeps of it, or else from the notice. What the notice told stays among what readers were told.
pub fn revive(standing: &Standing, circumstances: &Circumstances, note: &str) -> Result<Change, Refusal> {
    if let (Some(_), None, Some(kept)) = (standing.published(), &standing.open, &standing.spiked)
        && kept.stage == Stage::Published
    {
        return taken_up(standing, kept);
    }
    let step = Move::Revive;
    let withdrawn = standing.withdrawn();
    let from = if withdrawn.is_some() { Stage::Withdrawn } else { Stage::Spiked };
    let words = match (&standing.open, &standing.spiked, withdrawn) {
        // Somebody wrote into the notice, and that was saved.
        (Some(open), _, Some(_)) if open.stage == Stage::Withdrawn => open,
        (None, Some(spiked), _) if standing.published().is_none() => spiked,
        (None, None, Some(notice)) => notice,
        (None, None, None) if standing.base.is_none() => return Err(Refusal::NothingSaved),
        _ => return Err(Refusal::NotLegal { step, stage: standing.stage() }),
    };
    let to = step.from(from).ok_or(Refusal::NotLegal { step, stage: from })?;
    sound(standing, words)?;
    let again = withdrawn.and_then(|notice| recalling(standing, words, notice));
    let after = hidden(standing, again.as_ref().unwrap_or(words), to)?;
    let laid_out = standing.working.as_deref().unwrap_or_default();
    let known: &[Entry] = standing.open.as_ref().or(standing.base.as_ref()).map_or(&[], |version| &version.entries);
    if let Some(entry) = laid_out.iter().find(|entry| !known.contains(entry) && !after.contains(entry)) {
        return Err(Refusal::FileInTheWay(entry.path.clone()));
    }
    // It follows what it begins from; in place of a notice it follows the public version, which it will replace.
    let (parent, before) = match (&standing.open, withdrawn) {
        (None, Some(notice)) => (circumstances.base.tip, notice),
        _ => (words.commit, words),
    };
    let branch = RefStep {
        name: standing.branch.clone(),
        expect: standing.open.as_ref().map(|open| open.commit),
        target: Target::Commit {
            parents: vec![parent],
            writes: writes(&before.entries, &after),
            message: message(standing, "revive", note, &[move_trailer(step, from, to)]),
        },
    };
    let kept = standing.spiked.as_ref().map(|spiked| gone(&RefName::spiked(standing.id), spiked.commit));
    let files: Vec<FileStep> = file_steps(laid_out, &after);
    Ok(Change {
        summary: format!("revived {}", standing.slug),
        articles: vec![standing.id],
        steps: [branch].into_iter().chain(kept.filter(|_| standing.open.is_none())).collect(),
        files,
        reach: Reach::Here,
    })
}

/// The words with what the notice in their place told readers: what was public once is not denied.
fn recalling(standing: &Standing, words: &Version, notice: &Version) -> Option<Version> {
    if amendment::recalls(&notice.document, &words.document) {
        return None;
    }
    let text = amendment::recalled(&words.document, &notice.document)?;
    let mut entries = words.entries.clone();
    let file = entries.iter_mut().find(|entry| entry.path == words.main)?;
    file.bytes = text.into_bytes();
    Some(Version::read(words.commit, standing.id, words.home.clone(), words.main.clone(), entries))
}

/// A change of public words that was dropped, open again as it was.
fn taken_up(standing: &Standing, kept: &Version) -> Result<Change, Refusal> {
    sound(standing, kept)?;
    let laid_out = standing.working.as_deref().unwrap_or_default();
    let public: &[Entry] = standing.base.as_ref().map_or(&[], |base| &base.entries);
    if let Some(entry) = laid_out.iter().find(|entry| !public.contains(entry) && !kept.entries.contains(entry)) {
        return Err(Refusal::FileInTheWay(entry.path.clone()));
    }
    let branch = RefStep { name: standing.branch.clone(), expect: None, target: Target::Object(kept.commit) };
    Ok(Change {
        summary: format!("revived the change of {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![branch, gone(&RefName::spiked(standing.id), kept.commit)],
        files: file_steps(laid_out, &kept.entries),
        reach: Reach::Here,
    })
}

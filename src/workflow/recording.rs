//! After a forge has landed a change of public words: the entry that records who agreed to them.

use super::commit::gone;
use super::publish::{Lands, made_public};
use super::standing::same_files;
use super::{Circumstances, Refusal, Standing, Together, Version, needs};
use crate::article::{Change, Digest, FileStep, ObjectId};
use crate::finding::Finding;

/// A step that brought other words before readers than the record knows of.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'a> {
    /// The step.
    pub step: ObjectId,
    /// The public version before it; none where nothing was public.
    pub replaced: Option<&'a Version>,
    /// The rules that held before it.
    pub then: &'a Circumstances,
}

/// Records a change of public words that a forge has landed: one commit on the base that changes the line `updated` and
/// the record, and no word. Everybody must have agreed to just these words, by the rules of before they landed and by those
/// of now. `assented` is what was judged when they landed: where other words are there, it says so.
pub fn record_landing(
    standing: &Standing,
    circumstances: &Circumstances,
    findings: &[Finding],
    brought: &Brought<'_>,
    assented: Option<Digest>,
    note: &str,
) -> Result<Change, Refusal> {
    let base = standing.published().ok_or(Refusal::NothingOpen)?;
    let found = base.digest.clone()?;
    if let Some(assented) = assented.filter(|assented| *assented != found) {
        return Err(Refusal::OtherWords { assented, found });
    }
    brought.replaced.ok_or(Refusal::NothingOpen)?;
    let as_open = across(standing, circumstances, brought).ok_or(Refusal::NothingOpen)?;
    let then = needs(&as_open, brought.then).ok_or(Refusal::NothingOpen)?;
    if !then.are_met() {
        return Err(Refusal::Missing(then.missing(brought.then)));
    }
    let together = Together::WithOthers { note: note.to_owned() };
    let lands = Lands { on: &base.entries, step: Some(brought.step) };
    let mut change = made_public(&as_open, circumstances, findings, None, &together, &lands)?;
    change.summary = format!("recorded {}", standing.slug);
    let is_spent = |open: &&Version| open.digest == base.digest;
    if let Some(open) = standing.open.as_ref().filter(is_spent) {
        change.steps.push(gone(&standing.branch, open.commit));
    }
    if as_open.working.is_none() {
        // Somebody goes on writing: those words stay on disk while the public version goes on beneath them.
        let stays = |entry: &crate::article::Entry| FileStep {
            path: entry.path.clone(),
            expect: Some(entry.bytes.clone()),
            bytes: Some(entry.bytes.clone()),
        };
        change.files = standing.working.iter().flatten().map(stays).collect();
    }
    Ok(change)
}

/// The article as it was before it landed, with what landed open: what is asked, and who has agreed, is what it was then.
pub fn across(standing: &Standing, circumstances: &Circumstances, brought: &Brought<'_>) -> Option<Standing> {
    let base = standing.published()?;
    let shows = |working: &Vec<_>| same_files(working, &base.entries);
    Some(Standing {
        open: Some(Version { commit: circumstances.base.tip, ..base.clone() }),
        base: brought.replaced.cloned(),
        origin: brought.replaced.cloned(),
        working: standing.working.clone().filter(shows),
        broken: Vec::new(),
        agreed: None,
        ..standing.clone()
    })
}

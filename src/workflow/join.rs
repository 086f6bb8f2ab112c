//! An open article and what others made of it meanwhile become one again. It is no move: every yes to the words from before
//! is stale by itself, because other words have another digest.

use super::commit::{file_steps, gone, message, saved, writes};
use super::standing::same_files;
use super::{Refusal, Standing, Version};
use crate::article::merge::Joint;
use crate::article::{ArticleId, Change, Entry, FileStep, Reach, RefName, RefStep, RepoPath, Slug, Stage, Target};

/// What the public version has of an open article that was not there when it was begun.
#[derive(Debug, Clone, PartialEq)]
pub enum Meeting {
    /// Nothing.
    Nothing,
    /// Other words: what both make together.
    Both(Box<Joint>),
    /// Just these words: nothing of it is open any more.
    Public,
    /// A notice in place of its words.
    Withdrawn,
    /// The article is not there any more.
    Gone,
    /// It stands in another place.
    Moved(RepoPath),
}

/// What became of the public version of an open article since it was begun.
pub fn meeting(standing: &Standing) -> Meeting {
    let Some(open) = &standing.open else { return Meeting::Nothing };
    if !standing.is_conflicting() {
        return Meeting::Nothing;
    }
    let Some(base) = &standing.base else { return Meeting::Gone };
    let was_withdrawn = standing.origin.as_ref().is_some_and(|origin| origin.stage == Stage::Withdrawn);
    if base.is_public() && base.digest.is_ok() && base.digest == open.digest {
        Meeting::Public
    } else if base.stage == Stage::Withdrawn && !was_withdrawn {
        Meeting::Withdrawn
    } else if base.home != open.home || base.main != open.main {
        Meeting::Moved(base.home.clone())
    } else {
        let origin = standing.origin.as_ref().map(|origin| origin.entries.as_slice());
        Meeting::Both(Box::new(Joint::of(&open.main, origin, &open.entries, &base.entries)))
    }
}

/// Refuses an article whose open words and public ones do not join by themselves: nobody is asked about half of it.
pub fn whole(standing: &Standing) -> Result<(), Refusal> {
    match meeting(standing) {
        Meeting::Both(joint) if !joint.conflicts().is_empty() => {
            let places = joint.conflicts().into_iter().map(|conflict| conflict.place.to_string()).collect();
            Err(Refusal::Conflict { places })
        }
        _ => Ok(()),
    }
}

/// The open words and `theirs` as one: `entries` are the files that came of both. `ground` is the version whose other
/// files the branch goes on from.
pub fn join(standing: &Standing, theirs: &Version, ground: &Version, entries: &[Entry]) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    let step = RefStep {
        name: standing.branch.clone(),
        expect: Some(open.commit),
        target: Target::Merge {
            ground: ground.commit,
            parents: vec![open.commit, theirs.commit],
            writes: writes(&ground.entries, entries),
            message: message(standing, "join what others changed", "", &[]),
        },
    };
    Ok(Change {
        summary: format!("joined what others changed in {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![step],
        files: laid_out(standing, entries),
        reach: Reach::Here,
    })
}

/// The article's branch goes on to what somebody else made of just these words.
pub fn follow(standing: &Standing, theirs: &Version) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    let step =
        RefStep { name: standing.branch.clone(), expect: Some(open.commit), target: Target::Object(theirs.commit) };
    Ok(Change {
        summary: format!("brought in {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![step],
        files: laid_out(standing, &theirs.entries),
        reach: Reach::Came,
    })
}

/// Somebody else brought these very words before the public: the branch goes, and the folder shows what readers see.
pub fn close(standing: &Standing) -> Result<Change, Refusal> {
    let open = standing.open.as_ref().ok_or(Refusal::NothingSaved)?;
    // Where the public version is laid out, the folder shows what landed already.
    let follows = |base: &Version| standing.working.as_ref().is_some_and(|working| same_files(working, &base.entries));
    if standing.is_unsaved() && !standing.base.as_ref().is_some_and(follows) {
        return Err(Refusal::Unsaved);
    }
    let files = standing.base.as_ref().map(|base| laid_out(standing, &base.entries)).unwrap_or_default();
    Ok(Change {
        summary: format!("closed {}, which others landed", standing.slug),
        articles: vec![standing.id],
        steps: vec![gone(&standing.branch, open.commit)],
        files,
        reach: Reach::Here,
    })
}

/// An article that only a colleague has open comes here. `here` is what the folder holds in its place: just what readers
/// see, or nothing. Where readers see it, its folder follows, because the next save would take their words back.
pub fn arrive(id: ArticleId, slug: &Slug, branch: &RefName, theirs: &Version, here: &[Entry]) -> Change {
    Change {
        summary: format!("brought in {slug}"),
        articles: vec![id],
        steps: vec![RefStep { name: branch.clone(), expect: None, target: Target::Object(theirs.commit) }],
        files: if here.is_empty() { Vec::new() } else { file_steps(here, &theirs.entries) },
        reach: Reach::Came,
    }
}

/// Lays the open words out where the folder shows just what readers see: nothing in it is anybody's, and a save would
/// take the open words back. None where the folder holds something else, or where nothing is open.
pub fn lay_out(standing: &Standing) -> Option<Change> {
    let (open, base, working) = (standing.open.as_ref()?, standing.base.as_ref()?, standing.working.as_ref()?);
    let shows_readers = same_files(working, &base.entries) && !same_files(working, &open.entries);
    shows_readers.then(|| Change {
        summary: format!("laid out {}", standing.slug),
        articles: vec![standing.id],
        steps: Vec::new(),
        files: file_steps(working, &open.entries),
        reach: Reach::Came,
    })
}

fn laid_out(standing: &Standing, after: &[Entry]) -> Vec<FileStep> {
    standing.working.as_ref().map(|working| file_steps(working, after)).unwrap_or_default()
}

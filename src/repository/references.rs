//! Moving one reference by compare-and-swap, under git's own lock, so that desk and any git see each other.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::apply::By;
use super::error::{During as _, DuringFile as _, Error, Result};
use super::lock::pause;
use super::open::{Repository, to_oid};
use crate::article::{ObjectId, RefName};

/// How long another program may hold a reference before that is an error.
const PATIENCE: Duration = Duration::from_secs(5);

/// One reference that goes from one object to another; none is no reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub name: RefName,
    /// Before.
    pub old: Option<ObjectId>,
    /// After.
    pub new: Option<ObjectId>,
}

impl Repository {
    /// Moves it from `old` to `new`, or says that it is elsewhere. `why` and `by` go into git's own log of the
    /// reference.
    pub(super) fn swap(&self, moved: &Moved, why: &str, by: &By<'_>) -> Result<()> {
        let started = Instant::now();
        let mut tries = 0;
        loop {
            match self.try_swap(moved, why, by) {
                Err(Error::Locked { .. }) if started.elapsed() < PATIENCE => {
                    if tries == 8 && moved.name.as_str().starts_with("refs/desk/") {
                        self.break_lock(&self.lock_path(&moved.name), Trace::Anything)?;
                    }
                    pause(tries);
                    tries += 1;
                }
                other => return other,
            }
        }
    }

    fn try_swap(&self, moved: &Moved, why: &str, by: &By<'_>) -> Result<()> {
        let name = moved.name.as_str();
        if moved.old.is_none() && moved.new.is_some() {
            self.refuse_taken(&moved.name)?;
        }
        let locked = |source: git2::Error| match source.code() {
            git2::ErrorCode::Locked => Error::Locked { name: name.to_owned(), lock: self.lock_path(&moved.name) },
            _ => Error::Git { act: "move", object: name.to_owned(), source },
        };
        let mut swap = self.git.transaction().during("move", name)?;
        swap.lock_ref(name).map_err(locked)?;
        let found = self.resolve(&moved.name)?;
        if found != moved.old {
            return Err(Error::MovedMeanwhile { name: moved.name.clone(), expected: moved.old, found });
        }
        match moved.new {
            _ if found == moved.new => return Ok(()),
            Some(new) => {
                let signature = by.signature()?;
                swap.set_target(name, to_oid(new), Some(&signature), why).map_err(locked)?;
            }
            None => swap.remove(name).map_err(locked)?,
        }
        swap.commit().map_err(locked)
    }

    /// Git keeps no reference below another's name.
    fn refuse_taken(&self, name: &RefName) -> Result<()> {
        let text = name.as_str();
        let above = text.match_indices('/').map(|(at, _)| &text[..at]).filter_map(|above| RefName::new(above).ok());
        let mut taken: Vec<RefName> = Vec::new();
        for above in above.filter(|above| above.as_str().matches('/').count() > 1) {
            taken.extend(self.resolve(&above)?.map(|_| above));
        }
        taken.extend(self.references(&format!("{text}/"))?.into_iter().map(|(below, _)| below));
        match taken.into_iter().next() {
            Some(other) => Err(Error::NameTaken { name: name.clone(), other }),
            None => Ok(()),
        }
    }

    pub(super) fn lock_path(&self, name: &RefName) -> PathBuf {
        self.common.join(format!("{name}.lock"))
    }

    /// Takes away a lock that a killed desk left, if it stays as it is over a short wait and holds what `trace` says.
    /// The caller holds desk's own lock and knows that desk was writing here.
    pub(super) fn break_lock(&self, lock: &Path, trace: Trace) -> Result<()> {
        let look = || {
            let stamp = lock.symlink_metadata().ok()?;
            Some((std::fs::read(lock).ok()?, stamp.modified().ok()))
        };
        let Some(first) = look() else { return Ok(()) };
        std::thread::sleep(Duration::from_millis(700));
        let is_ours = match trace {
            Trace::Anything => true,
            Trace::NothingOr(new) => {
                let words = first.0.trim_ascii();
                words.is_empty() || new.is_some_and(|new| words == new.to_string().as_bytes())
            }
        };
        if !is_ours || look().is_none_or(|now| now != first) {
            return Ok(());
        }
        match std::fs::remove_file(lock) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).during_file("remove the stale lock", lock)
            }
            _ => Ok(()),
        }
    }
}

/// What a lock must hold to be known as one that a killed desk left.
#[derive(Debug, Clone, Copy)]
pub(super) enum Trace {
    /// Whatever it holds: only desk writes there.
    Anything,
    /// Nothing yet, or what desk was about to write.
    NothingOr(Option<ObjectId>),
}

/// A commit among what a reference held before and after.
pub(super) fn commits(repository: &Repository, moved: &[Moved]) -> Result<Vec<ObjectId>> {
    let mut found = Vec::new();
    for id in moved.iter().flat_map(|moved| [moved.old, moved.new]).flatten() {
        if repository.kind_of(id)? == git2::ObjectType::Commit && !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

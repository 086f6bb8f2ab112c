//! Settling what a command that was stopped left behind: the deciding reference says whether it happened.

use super::apply::Session;
use super::error::Result;
use super::follow::{Plan, beside};
use super::index_file;
use super::open::Repository;
use super::operation::{Operation, State};
use super::references::Trace;
use crate::article::{ObjectId, Reach, RefName};

/// What became of a command that was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovered {
    /// It had happened, and what was missing was done now. Holds its summary.
    Finished(String),
    /// It had not happened, and nothing of it is left. Holds its summary.
    Discarded(String),
}

impl Session<'_> {
    /// Finishes or discards the newest operation, if it is only intended.
    pub(super) fn recover(&self) -> Result<Option<Recovered>> {
        let repository = self.repository;
        let log = repository.lock_path(&RefName::operations());
        if log.exists() {
            repository.break_lock(&log, Trace::Anything)?;
        }
        let Some(intent) = repository.resolve(&RefName::operations())? else { return Ok(None) };
        let operation = repository.operation(intent)?;
        if operation.state != State::Intent {
            return Ok(None);
        }
        let mut plan = Plan::resume(operation.files.clone());
        plan.open_all(repository)?;
        self.clear(&operation, &plan)?;
        let has_happened = self.has_happened(&operation, &plan)?;
        let mut ended = Operation { state: State::Discarded, ..operation.clone() };
        if has_happened {
            // Files follow the branches as they stand then.
            self.follow(&operation)?;
            plan.files = current(repository, &operation)?;
            self.finish(&operation, &plan)?;
            ended.state = State::Done;
        }
        repository.log_end(&ended, intent, &operation.by())?;
        repository.flush()?;
        let told = if has_happened { Recovered::Finished } else { Recovered::Discarded };
        Ok(Some(told(operation.summary)))
    }

    /// Removes locks and half-written files of the operation that was stopped.
    fn clear(&self, operation: &Operation, plan: &Plan) -> Result<()> {
        let repository = self.repository;
        for moved in &operation.references {
            let lock = repository.lock_path(&moved.name);
            if lock.exists() {
                let is_desks = moved.name.as_str().starts_with("refs/desk/");
                let trace = if is_desks { Trace::Anything } else { Trace::NothingOr(moved.new) };
                repository.break_lock(&lock, trace)?;
            }
        }
        if operation.references.iter().any(|moved| moved.new.is_none()) {
            let lock = repository.common.join("packed-refs.lock");
            if lock.exists() {
                repository.break_lock(&lock, Trace::Anything)?;
            }
        }
        for (at, (here, file)) in plan.here().enumerate() {
            here.place.clear_beside(&file.path, &beside(operation.number, at))?;
        }
        for (here, _) in plan.here().filter(|(_, file)| file.staged.is_some()) {
            index_file::clear(here, operation.number)?;
        }
        Ok(())
    }

    /// Whether the deciding reference moved, or, where there is none, whether any file did. What a remote decided has
    /// happened if that is known to have it; where that is not known, what it has comes in as anybody else's does.
    fn has_happened(&self, operation: &Operation, plan: &Plan) -> Result<bool> {
        if operation.reach == Reach::Sent {
            return self.repository.has_left(operation);
        }
        let Some(deciding) = operation.references.first() else {
            for (here, file) in plan.here().filter(|(_, file)| file.before != file.after) {
                if here.look(&file.path)? == Ok(file.after) {
                    return Ok(true);
                }
            }
            return Ok(false);
        };
        let found = self.repository.resolve(&deciding.name)?;
        Ok(found == deciding.new || is_beyond(self.repository, found, deciding.new)?)
    }
}

/// Whether `found` was built on `new`.
fn is_beyond(repository: &Repository, found: Option<ObjectId>, new: Option<ObjectId>) -> Result<bool> {
    let (Some(found), Some(new)) = (found, new) else { return Ok(false) };
    let are_commits = [found, new].iter().all(|&id| repository.kind_of(id).ok() == Some(git2::ObjectType::Commit));
    Ok(are_commits && repository.follows(found, new)?)
}

/// The files that are still to follow: where a branch has moved on since, only those it still holds the same.
fn current(repository: &Repository, operation: &Operation) -> Result<Vec<super::operation::FileMoved>> {
    let mut files = Vec::new();
    for file in &operation.files {
        let is_current = match &file.staged {
            None => true,
            Some(staged) => match repository.resolve(&staged.branch)? {
                Some(tip) => repository.stored_at(tip, &file.path)? == staged.new,
                None => staged.new.is_none(),
            },
        };
        if is_current {
            files.push(file.clone());
        }
    }
    Ok(files)
}

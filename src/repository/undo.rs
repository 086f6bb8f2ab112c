//! Taking back the newest operation that has not left this machine.

use super::apply::{Applied, By, Order, Session};
use super::error::{Error, Result};
use super::follow::Wish;
use super::open::Repository;
use super::operation::{Operation, State};
use super::references::Moved;
use crate::article::{ObjectId, Reach, RefName};

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The operation that was taken back.
    pub operation: Operation,
    /// What taking it back did.
    pub applied: Applied,
}

impl Session<'_> {
    /// The operation that [`Session::undo`] would take back.
    pub fn undoable(&self) -> Result<Operation> {
        for operation in self.repository.operations()? {
            let operation = operation?;
            if operation.state != State::Done || operation.undoes.is_some() || operation.reach == Reach::Came {
                continue;
            }
            if operation.reach == Reach::Sent || self.repository.has_left(&operation)? {
                return Err(Error::AlreadySent(Box::new(operation)));
            }
            return Ok(operation);
        }
        Err(Error::NothingToUndo)
    }

    /// Takes back the newest operation that was not taken back yet: references go back to where they were, and so do
    /// files that still hold what it left. Where anything is newer than the operation, nothing is touched. Being an
    /// operation itself, it keeps what it overwrites.
    pub fn undo(&mut self, by: &By<'_>) -> Result<Undone> {
        let operation = self.undoable()?;
        let back = |moved: &Moved| Moved { name: moved.name.clone(), old: moved.new, new: moved.old };
        let references: Vec<Moved> = operation.references.iter().map(back).collect();
        for moved in &references {
            let found = self.repository.resolve(&moved.name)?;
            if found != moved.old {
                return Err(Error::MovedMeanwhile { name: moved.name.clone(), expected: moved.old, found });
            }
        }
        let wishes = self.wishes(&operation)?;
        let plan = self.repository.plan(&references, wishes, Some(operation.number))?;
        let order = Operation {
            number: 0,
            summary: format!("undo: {}", operation.summary),
            command: by.command.to_vec(),
            person: by.who.clone(),
            time: by.now,
            articles: operation.articles.clone(),
            reach: Reach::Here,
            state: State::Intent,
            undoes: Some(operation.number),
            references,
            files: plan.files.clone(),
        };
        let applied = self.carry_out(Order { operation: order, plan }, by)?;
        Ok(Undone { operation, applied })
    }

    /// Every file as it was, apart from those that followed a branch which is no longer checked out there.
    fn wishes(&self, operation: &Operation) -> Result<Vec<Wish>> {
        let folders = self.repository.folders()?;
        let follows = |file: &&super::operation::FileMoved| {
            file.staged.as_ref().is_none_or(|staged| {
                folders.iter().any(|folder| folder.folder == file.folder && folder.is_on(&staged.branch))
            })
        };
        let wish = |file: &super::operation::FileMoved| Wish {
            folder: file.folder.clone(),
            path: file.path.clone(),
            expect: file.after,
            after: file.before,
            mode: file.before.and(file.mode_before),
        };
        Ok(operation.files.iter().filter(follows).map(wish).collect())
    }
}

impl Repository {
    /// Whether a remote is known to have what an operation made: git's own push says so as well as desk. Where a remote
    /// decided, the first of it is what counts; the article's branch may have been there before.
    pub(super) fn has_left(&self, operation: &Operation) -> Result<bool> {
        let decided = match operation.reach {
            Reach::Here | Reach::Came => operation.references.len(),
            Reach::Sent => 1,
        };
        let made: Vec<(&RefName, ObjectId)> = operation
            .references
            .iter()
            .take(decided)
            .filter(|moved| moved.old != moved.new)
            .filter_map(|moved| Some((&moved.name, moved.new?)))
            .collect();
        for &(name, new) in &made {
            if self.known_elsewhere(name)?.contains(&Some(new)) {
                return Ok(true);
            }
        }
        let made: Vec<ObjectId> =
            made.into_iter().filter(|(name, _)| name.branch_name().is_some()).map(|(_, new)| new).collect();
        if made.is_empty() {
            return Ok(false);
        }
        for (_, tip) in self.references("refs/remotes/")? {
            for &commit in &made {
                if self.follows(tip, commit)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

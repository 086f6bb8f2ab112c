//! A change applied all or nothing: under the one lock, intent first, then the deciding reference, then the rest of
//! the references, then files, then done.

use std::fs::File;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::error::{During as _, Error, Result};
use super::follow::{Plan, Wish};
use super::identity::Identity;
use super::open::Repository;
use super::operation::{Folder, Operation, State};
use super::recover::Recovered;
use super::references::Moved;
use crate::article::{Change, FileStep, ORDINARY_FILE, ObjectId, Reach, RefName, RefStep, Target};

/// What signs commits, as git would here.
pub trait Signer: std::fmt::Debug {
    /// The armoured signature under a commit's own bytes; else why there is none.
    fn sign(&self, commit: &str) -> std::result::Result<String, String>;
}

/// Who writes, when, and by which command line.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Whose name the commits carry.
    pub who: &'a Identity,
    /// The time they carry.
    pub now: Timestamp,
    /// How far the newsroom's clock is from UTC then.
    pub offset: Offset,
    /// The words of the command line, for the log.
    pub command: &'a [String],
    /// What signs the commits that references get; none where git does not sign them. The log's own are never signed.
    pub signer: Option<&'a dyn Signer>,
}

impl By<'_> {
    /// As git writes it.
    pub(super) fn signature(&self) -> Result<git2::Signature<'static>> {
        let time = git2::Time::new(self.now.as_second(), self.offset.seconds() / 60);
        git2::Signature::new(&self.who.name, &self.who.address, &time).during("sign as", &self.who.name)
    }
}

/// What applying a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The operation's number in the log.
    pub number: u64,
    /// References as they were and are, the deciding one first.
    pub references: Vec<Moved>,
    /// What something else moved or wrote in the very moment, and was left as it is: references and paths.
    pub left: Vec<String>,
}

impl Applied {
    /// What a reference became.
    pub fn new_of(&self, name: &RefName) -> Option<ObjectId> {
        self.references.iter().find(|moved| moved.name == *name)?.new
    }
}

/// The right to write, held until it is dropped.
pub struct Session<'a> {
    pub(super) repository: &'a Repository,
    pub(super) recovered: Option<Recovered>,
    #[cfg(test)]
    pub(super) stop_after: std::cell::Cell<Option<usize>>,
    _lock: File,
}

/// What is to be done, with every object written and every expectation checked.
pub(super) struct Order {
    pub(super) operation: Operation,
    pub(super) plan: Plan,
}

impl Repository {
    /// Takes the one lock, waiting for at most `limit` and calling `waiting` once if another desk has it for long, and settles
    /// what a command that was stopped left behind.
    pub fn begin(&self, limit: Duration, waiting: &mut dyn FnMut()) -> Result<Session<'_>> {
        let lock = super::lock::acquire(&self.common, limit, waiting)?;
        if let Some(doing) = self.in_progress() {
            return Err(Error::InProgress(doing, self.root.clone()));
        }
        self.sync_objects();
        let mut session = Session {
            repository: self,
            recovered: None,
            #[cfg(test)]
            stop_after: std::cell::Cell::new(None),
            _lock: lock,
        };
        session.recovered = session.recover()?;
        Ok(session)
    }
}

impl Session<'_> {
    /// What became of a command that was stopped before this one.
    pub fn recovered(&self) -> Option<&Recovered> {
        self.recovered.as_ref()
    }

    /// Applies `change`, or refuses it and leaves everything as it was. When this returns, what it did is on the disk.
    pub fn apply(&mut self, change: &Change, by: &By<'_>) -> Result<Applied> {
        let order = self.order(change, by)?;
        self.carry_out(order, by)
    }

    /// Applies `change` where a remote decides: once everything is written down, and before anything moves here,
    /// `deliver` brings it there and says whether it was taken. Only then do references and files here follow.
    pub fn apply_sent<E: From<Error>>(
        &mut self,
        change: &Change,
        by: &By<'_>,
        deliver: impl FnOnce(&[Moved]) -> Result<(), E>,
    ) -> Result<Applied, E> {
        let mut order = self.order(change, by)?;
        order.operation.reach = Reach::Sent;
        self.decided(order, by, |operation| deliver(&operation.references))
    }

    fn order(&self, change: &Change, by: &By<'_>) -> Result<Order> {
        check_sound(change)?;
        let references = self.prepare(change, by)?;
        let wishes = change.files.iter().map(|step| self.wish(step)).collect::<Result<Vec<_>>>()?;
        let plan = self.repository.plan(&references, wishes, None)?;
        for bytes in change.files.iter().flat_map(|step| [&step.expect, &step.bytes]).flatten() {
            self.repository.write_blob(bytes)?;
        }
        let operation = Operation {
            number: 0,
            summary: change.summary.clone(),
            command: by.command.to_vec(),
            person: by.who.clone(),
            time: by.now,
            articles: change.articles.clone(),
            reach: change.reach,
            state: State::Intent,
            undoes: None,
            references,
            files: plan.files.clone(),
        };
        Ok(Order { operation, plan })
    }

    /// Writes the objects of every step, once all references are where they are expected.
    fn prepare(&self, change: &Change, by: &By<'_>) -> Result<Vec<Moved>> {
        for step in &change.steps {
            let found = self.repository.resolve(&step.name)?;
            if found != step.expect {
                return Err(Error::MovedMeanwhile { name: step.name.clone(), expected: step.expect, found });
            }
        }
        let moved = |step: &RefStep| {
            let new = self.object(&step.target, by)?;
            Ok(Moved { name: step.name.clone(), old: step.expect, new })
        };
        change.steps.iter().map(moved).collect()
    }

    fn object(&self, target: &Target, by: &By<'_>) -> Result<Option<ObjectId>> {
        let repository = self.repository;
        Ok(Some(match target {
            Target::Gone => return Ok(None),
            Target::Object(id) => {
                repository.kind_of(*id)?;
                *id
            }
            Target::Files(files) => {
                let entry = |(name, bytes): &(String, Vec<u8>)| {
                    Ok((name.clone(), ORDINARY_FILE, repository.write_blob(bytes)?))
                };
                repository.write_root(&files.iter().map(entry).collect::<Result<Vec<_>>>()?)?
            }
            Target::Commit { parents, writes, message } => {
                let tree = repository.write_tree(parents.first().copied(), writes)?;
                repository.write_commit(tree, parents, message, by, by.signer)?
            }
            Target::Merge { ground, parents, writes, message } => {
                let tree = repository.write_tree(Some(*ground), writes)?;
                repository.write_commit(tree, parents, message, by, by.signer)?
            }
        }))
    }

    fn wish(&self, step: &FileStep) -> Result<Wish> {
        let id = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(super::folder::blob_id).transpose();
        Ok(Wish {
            folder: self.repository.folder()?,
            path: step.path.clone(),
            expect: id(&step.expect)?,
            after: id(&step.bytes)?,
            mode: None,
        })
    }

    /// Does what the order says, in the order in which a crash at any point can be settled.
    pub(super) fn carry_out(&self, order: Order, by: &By<'_>) -> Result<Applied> {
        self.decided(order, by, |operation| match operation.references.first() {
            Some(deciding) => self.repository.swap(deciding, &operation.summary, by),
            None => Ok(()),
        })
    }

    /// Writes down what is intended, lets `decide` do the one thing that decides, and then the rest.
    fn decided<E: From<Error>>(
        &self,
        order: Order,
        by: &By<'_>,
        decide: impl FnOnce(&Operation) -> Result<(), E>,
    ) -> Result<Applied, E> {
        let Order { mut operation, plan } = order;
        let repository = self.repository;
        let last = repository.resolve(&RefName::operations())?;
        operation.number = match last {
            Some(last) => repository.operation(last)?.number + 1,
            None => 1,
        };
        let intent = repository.log_intent(&operation, last, by)?;
        self.step()?;
        if let Err(error) = decide(&operation) {
            operation.state = State::Discarded;
            repository.log_end(&operation, intent, by)?;
            return Err(error);
        }
        self.step()?;
        let finish = || -> Result<Vec<String>> {
            let left = self.finish(&operation, &plan)?;
            let done = Operation { state: State::Done, ..operation.clone() };
            repository.log_end(&done, intent, by)?;
            repository.flush()?;
            Ok(left)
        };
        match finish() {
            Ok(left) => Ok(Applied { number: operation.number, references: operation.references, left }),
            #[cfg(test)]
            Err(Error::Stopped) => Err(Error::Stopped.into()),
            Err(source) => {
                Err(Error::Unfinished { summary: operation.summary.clone(), source: Box::new(source) }.into())
            }
        }
    }

    /// Everything after what decided. Doing it again does no harm.
    pub(super) fn finish(&self, operation: &Operation, plan: &Plan) -> Result<Vec<String>> {
        let mut left = self.follow(operation)?;
        left.extend(plan.write_files(self, operation)?);
        plan.write_indexes(self, operation)?;
        Ok(left)
    }

    /// Moves the references that follow what decided; those that are elsewhere by now.
    pub(super) fn follow(&self, operation: &Operation) -> Result<Vec<String>> {
        let mut left = Vec::new();
        let decided_here = match operation.reach {
            Reach::Here | Reach::Came => 1,
            Reach::Sent => 0,
        };
        for moved in operation.references.iter().skip(decided_here) {
            match self.repository.swap(moved, &operation.summary, &operation.by()) {
                Ok(()) => {}
                Err(Error::MovedMeanwhile { found, .. }) if found == moved.new => {}
                Err(Error::MovedMeanwhile { .. } | Error::NameTaken { .. }) => left.push(moved.name.to_string()),
                Err(other) => return Err(other),
            }
            self.step()?;
        }
        Ok(left)
    }

    /// A place where a test may stop everything, as a crash would.
    #[cfg(test)]
    pub(super) fn step(&self) -> Result<()> {
        match self.stop_after.get() {
            Some(0) => Err(Error::Stopped),
            Some(more) => {
                self.stop_after.set(Some(more - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests stop here")]
    pub(super) fn step(&self) -> Result<()> {
        Ok(())
    }
}

impl Repository {
    /// Which of the repository's working folders this one is.
    pub(super) fn folder(&self) -> Result<Folder> {
        if !self.git.is_worktree() {
            return Ok(Folder::Main);
        }
        let name = self.git.path().file_name().and_then(|name| name.to_str());
        name.map(|name| Folder::Linked(name.to_owned())).ok_or_else(|| Error::UnsoundFile(self.git.path().to_owned()))
    }
}

/// Refuses a change that names a thing twice or touches the log.
fn check_sound(change: &Change) -> Result<()> {
    let contradiction = |why: String| Err(Error::Contradiction { summary: change.summary.clone(), why });
    for (at, step) in change.steps.iter().enumerate() {
        if change.steps[..at].iter().any(|other| other.name == step.name) {
            return contradiction(format!("`{}` moves twice", step.name));
        }
        if step.name == RefName::operations() {
            return contradiction(format!("`{}` is the log's own", step.name));
        }
        if let Target::Files(files) = &step.target
            && let Some((name, _)) = files.iter().find(|(name, _)| name.contains('/'))
        {
            return contradiction(format!("`{name}` is not a plain name"));
        }
    }
    for (at, step) in change.files.iter().enumerate() {
        if change.files[..at].iter().any(|other| other.path == step.path) {
            return contradiction(format!("`{}` is written twice", step.path));
        }
    }
    if change.steps.is_empty() && change.files.is_empty() {
        return contradiction("it changes nothing".to_owned());
    }
    Ok(())
}

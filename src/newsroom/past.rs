//! The past of the public version, walked one step after another.
//!
//! Between two steps only what the newer one changed is read: the list of files is carried along, so that a newsroom of
//! ten thousand articles costs one look at each change and not one look at each file for each change.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use super::{Breach, Newsroom, Setting};
use crate::article::{Entry, ObjectId, RepoPath};
use crate::config::DESK_FILE;
use crate::history::{Changed, Past, Reason, Step};
use crate::ledger::Who;
use crate::repository::{Commit, Error, Head, Repository, Result, Stored};

/// The mode of a submodule: its commit is not among our objects.
const SUBMODULE: u32 = 0o160_000;

/// The steps of the public version since there is a newsroom, oldest first.
#[derive(Debug, Clone)]
pub struct Line {
    pub(super) commits: Vec<Commit>,
}

impl Line {
    /// How many there are.
    pub fn steps(&self) -> usize {
        self.commits.len()
    }

    /// Reads the line that ends at `tip`. What was there before the newsroom was founded is not part of it.
    pub(super) fn read(repository: &Repository, tip: ObjectId) -> Result<Self> {
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        let mut commits = repository.first_parents(tip).collect::<Result<Vec<_>>>()?;
        commits.reverse();
        let mut founding = None;
        for (at, commit) in commits.iter().enumerate() {
            if repository.entry_at(commit.id, &desk)?.is_some() {
                founding = Some(at);
                break;
            }
        }
        commits.drain(..founding.unwrap_or(commits.len()));
        Ok(Self { commits })
    }
}

impl Newsroom {
    /// The step that took the newsroom's settings away, where there was a newsroom before it and is none since.
    pub fn lost(setting: &Setting) -> super::Result<Option<Breach>> {
        let repository = match Repository::open(&setting.directory) {
            Ok(repository) => repository,
            Err(Error::NoRepository(_)) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let (Head::Branch(_, tip) | Head::Detached(tip)) = repository.head()? else { return Ok(None) };
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        if repository.entry_at(tip, &desk)?.is_some() {
            return Ok(None);
        }
        for commit in repository.first_parents(tip) {
            let commit = commit?;
            let Some(parent) = commit.parents.first() else { break };
            if repository.entry_at(*parent, &desk)?.is_some() {
                let by = Who::new(&commit.author.name, &commit.author.address);
                let time = commit.author.time;
                return Ok(Some(Breach { commit: commit.id, time, by, path: Some(desk), why: Reason::RulesGone }));
            }
        }
        Ok(None)
    }
}

/// Where the walk is: a commit, its first parent, and the files of both.
pub(super) struct Walk<'a> {
    repository: &'a Repository,
    commit: Option<ObjectId>,
    parent: Option<ObjectId>,
    files: BTreeMap<RepoPath, Stored>,
    /// What the last step changed, as it was before.
    before: HashMap<RepoPath, Option<Stored>>,
}

impl<'a> Walk<'a> {
    /// Before the first step of `line`.
    pub(super) fn begin(repository: &'a Repository, line: &Line) -> Result<Self> {
        let parent = line.commits.first().and_then(|commit| commit.parents.first().copied());
        let mut files = BTreeMap::new();
        if let Some(parent) = parent {
            for file in repository.files_at(parent, None)?.files {
                files.insert(file.path, Stored { mode: file.mode, id: file.id });
            }
        }
        Ok(Self { repository, commit: parent, parent: None, files, before: HashMap::new() })
    }

    /// Goes on to `commit`, which follows where the walk is.
    pub(super) fn step(&mut self, commit: &Commit) -> Result<Step> {
        let parent = commit.parents.first().copied();
        let found = self.repository.changed(parent, Some(commit.id), None)?;
        (self.parent, self.commit) = (parent, Some(commit.id));
        self.before.clear();
        let mut changed = Vec::with_capacity(found.files.len());
        for file in found.files {
            changed.push(Changed {
                path: file.path.clone(),
                before: file.old.map(|old| old.mode),
                after: file.new.map(|new| new.mode),
            });
            self.before.insert(file.path.clone(), file.old);
            match file.new {
                Some(new) => self.files.insert(file.path, new),
                None => self.files.remove(&file.path),
            };
        }
        Ok(Step {
            commit: commit.id,
            parent,
            author: Who::new(&commit.author.name, &commit.author.address),
            time: commit.author.time,
            changed,
            unsound: found.unsound,
        })
    }

    /// The files where the walk is.
    pub(super) fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.files.keys()
    }

    fn bytes(&self, stored: Stored) -> Result<Vec<u8>> {
        if stored.mode == SUBMODULE { Ok(Vec::new()) } else { self.repository.blob(stored.id) }
    }

    fn entry(&self, path: &RepoPath, stored: Stored) -> Result<Entry> {
        Ok(Entry { path: path.clone(), mode: stored.mode, bytes: self.bytes(stored)? })
    }

    /// The files at `home` where the walk is.
    fn stored(&self, home: &RepoPath) -> BTreeMap<&RepoPath, Stored> {
        // `0` is what follows `/`.
        let (first, end) = (format!("{home}/"), format!("{home}0"));
        let range = (Bound::Included(first.as_str()), Bound::Excluded(end.as_str()));
        let below = self.files.range::<str, _>(range);
        let own = self.files.get_key_value(home);
        own.into_iter().chain(below).map(|(path, stored)| (path, *stored)).collect()
    }
}

impl Past for Walk<'_> {
    type Error = Error;

    fn file(&self, at: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>> {
        let now = || self.files.get(path).copied();
        let stored = if Some(at) == self.commit {
            now()
        } else if Some(at) == self.parent {
            self.before.get(path).copied().unwrap_or_else(now)
        } else {
            return self.repository.file_at(at, path);
        };
        stored.map(|stored| self.bytes(stored)).transpose()
    }

    fn entries(&self, at: ObjectId, home: &RepoPath) -> Result<Vec<Entry>> {
        let mut stored = self.stored(home);
        if Some(at) == self.parent {
            for (path, old) in self.before.iter().filter(|(path, _)| path.is_within(home)) {
                match old {
                    Some(old) => stored.insert(path, *old),
                    None => stored.remove(path),
                };
            }
        } else if Some(at) != self.commit {
            return self.repository.entries_at(at, home);
        }
        stored.into_iter().map(|(path, stored)| self.entry(path, stored)).collect()
    }
}

//! The past of the public version, walked one step after another.
//!
//! Between two steps only what the newer one changed is read: the list of files is carried along, so that a newsroom of
//! ten thousand articles costs one look at each change and not one look at each file for each change.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use super::commits::{self, Before, Between};
use super::{Breach, Newsroom, Origin, Setting};
use crate::article::{Entry, ObjectId, RepoPath};
use crate::config::{Config, DESK_FILE};
use crate::history::{Changed, Past, Reason, Signed, Start, Step};
use crate::ledger::{BeforeDesk, Who};
use crate::repository::{Commit, Error, Head, Repository, Result, Steps, Stored};

/// The mode of a submodule: its commit is not among our objects.
const SUBMODULE: u32 = 0o160_000;

/// The steps of the public version since there is a newsroom, oldest first, or those after one of them.
#[derive(Debug, Clone)]
pub struct Line {
    pub(super) commits: Vec<Commit>,
    /// The step before the first, where it does not begin with the founding.
    pub(super) after: Option<ObjectId>,
    /// Commits that were known to be the public version's and that it does not come from.
    pub(super) lost: Vec<ObjectId>,
}

/// Which part of the past is judged.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Where it ends; none for the public version as it is.
    pub rev: Option<String>,
    /// Where it begins and ends: the first is taken as it is.
    pub range: Option<Between>,
    /// A commit that it must come from, known from elsewhere.
    pub anchor: Option<String>,
}

impl Line {
    /// How many there are.
    pub fn steps(&self) -> usize {
        self.commits.len()
    }

    /// Where it begins.
    pub(super) fn start(&self) -> Start {
        if self.after.is_some() { Start::Later } else { Start::Founding }
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
        Ok(Self { commits, after: None, lost: Vec::new() })
    }

    /// Reads the steps after `after` up to `tip`. Where that is not on the line, it is lost and there is no step.
    pub(super) fn since(repository: &Repository, after: ObjectId, tip: ObjectId) -> Result<Self> {
        let mut commits = Vec::new();
        for commit in repository.first_parents(tip) {
            let commit = commit?;
            if commit.id == after {
                commits.reverse();
                return Ok(Self { commits, after: Some(after), lost: Vec::new() });
            }
            commits.push(commit);
        }
        Ok(Self { commits: Vec::new(), after: Some(after), lost: vec![after] })
    }
}

impl Newsroom {
    /// The newsroom as `scope` ends it, with the steps to judge. A copy that has only a part of them proves nothing. The
    /// repository may be one without a working folder.
    pub fn past(setting: Setting, scope: &Scope) -> super::Result<(Self, Line)> {
        let repository = Repository::open_to_read(&setting.directory, &[])?;
        let end = scope.range.as_ref().map(|range| range.to.as_str()).or(scope.rev.as_deref());
        let newsroom = match end {
            Some(end) => {
                let tip = commits::commit(&repository, end)?;
                Self::as_of(setting, repository, tip)?
            }
            None => Self::from_repository(setting, repository)?,
        };
        let (repository, tip) = (&newsroom.repository, newsroom.base_tip);
        let from = scope.range.as_ref().and_then(|range| range.from.as_deref());
        let mut line = match from.map(|from| known(repository, from)).transpose()? {
            Some(after) => Line::since(repository, after, tip)?,
            None if repository.is_shallow() => return Err(super::Error::Shallow),
            None => Line::read(repository, tip)?,
        };
        if repository.is_shallow() && !line.lost.is_empty() {
            return Err(super::Error::Shallow);
        }
        if let Some(anchor) = &scope.anchor {
            let anchor = known(repository, anchor)?;
            let mut is_on_it = false;
            for commit in repository.first_parents(tip) {
                is_on_it |= commit?.id == anchor;
                if is_on_it {
                    break;
                }
            }
            line.lost.extend((!is_on_it).then_some(anchor));
        }
        Ok((newsroom, line))
    }

    /// The settings at a commit; none where there are none that can be read.
    pub(super) fn config_at(&self, commit: ObjectId) -> super::Result<Option<Config>> {
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        let bytes = self.repository.file_at(commit, &desk)?;
        Ok(bytes.and_then(|bytes| Config::read(&desk, &bytes).ok()))
    }

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
                let origin = Some(Origin { commit: commit.id, time: commit.author.time, by });
                return Ok(Some(Breach { origin, path: Some(desk), why: Reason::RulesGone }));
            }
        }
        Ok(None)
    }
}

/// The commit that `name` means. A whole name that is not here is a commit that history may have lost.
fn known(repository: &Repository, name: &str) -> super::Result<ObjectId> {
    match (commits::commit(repository, name), name.parse()) {
        (Err(super::Error::NotHere { shallow: false, .. }), Ok(id)) => Ok(id),
        (found, _) => found,
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
    before_desk: Before,
    steps: Steps<'a>,
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
        Ok(Self {
            repository,
            commit: parent,
            parent: None,
            files,
            before: HashMap::new(),
            before_desk: Before::default(),
            steps: Steps::new(repository),
        })
    }

    /// Goes on to `commit`, which follows where the walk is.
    pub(super) fn step(&mut self, commit: &Commit) -> Result<Step> {
        let parent = commit.parents.first().copied();
        let found = self.steps.changed(parent, commit.id)?;
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
            committer: Who::new(&commit.committer.name, &commit.committer.address),
            time: commit.author.time,
            changed,
            unsound: found.unsound,
            twice: found.twice,
        })
    }

    /// The files where the walk is.
    pub(super) fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.files.keys()
    }

    /// A file where the walk is, or one step before; none where it is not.
    fn known(&self, at: ObjectId, path: &RepoPath) -> Option<Option<Stored>> {
        let now = || self.files.get(path).copied();
        if Some(at) == self.commit {
            Some(now())
        } else if Some(at) == self.parent {
            Some(self.before.get(path).copied().unwrap_or_else(now))
        } else {
            None
        }
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

impl Walk<'_> {
    /// The files at `home` at a commit; none where the walk is elsewhere.
    fn stored_at(&self, at: ObjectId, home: &RepoPath) -> Option<BTreeMap<&RepoPath, Stored>> {
        if Some(at) != self.commit && Some(at) != self.parent {
            return None;
        }
        let mut stored = self.stored(home);
        if Some(at) == self.parent {
            for (path, old) in self.before.iter().filter(|(path, _)| path.is_within(home)) {
                match old {
                    Some(old) => stored.insert(path, *old),
                    None => stored.remove(path),
                };
            }
        }
        Some(stored)
    }
}

impl Past for Walk<'_> {
    type Error = Error;

    fn file(&self, at: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>> {
        match self.known(at, path) {
            Some(stored) => stored.map(|stored| self.bytes(stored)).transpose(),
            None => self.repository.file_at(at, path),
        }
    }

    fn before_desk(&self, at: ObjectId) -> Result<Arc<BeforeDesk>> {
        let path = BeforeDesk::path();
        let file = match self.known(at, &path) {
            Some(stored) => stored.map(|stored| stored.id),
            None => self.repository.entry_at(at, &path)?.map(|file| file.id),
        };
        self.before_desk.read(self.repository, file)
    }

    fn signed(&self, at: ObjectId) -> Result<Option<Signed>> {
        Ok(self.repository.signature_of(at)?.map(|(signature, bytes)| Signed { signature, bytes }))
    }

    fn before(&self, at: ObjectId) -> Result<Option<ObjectId>> {
        self.repository.first_parent(at)
    }

    fn entries(&self, at: ObjectId, home: &RepoPath) -> Result<Vec<Entry>> {
        match self.stored_at(at, home) {
            Some(stored) => stored.into_iter().map(|(path, stored)| self.entry(path, stored)).collect(),
            None => self.repository.entries_at(at, home),
        }
    }

    fn paths(&self, at: ObjectId, folder: &RepoPath) -> Result<Vec<RepoPath>> {
        match self.stored_at(at, folder) {
            Some(stored) => Ok(stored.into_keys().cloned().collect()),
            None => {
                let listing = self.repository.files_at(at, Some(folder))?;
                Ok(listing.files.into_iter().map(|file| file.path).collect())
            }
        }
    }
}

//! Finding the repository, and saying what is unusual about it.

use std::path::{Path, PathBuf};

use super::error::{Doing, During as _, Error, Result};
use super::place::Place;
use crate::article::{ObjectId, RefName};

/// A newsroom's repository and its working folder.
pub struct Repository {
    pub(super) git: git2::Repository,
    pub(super) place: Place,
    /// The working folder, links resolved.
    pub(super) root: PathBuf,
    /// The git folder that all linked working folders share.
    pub(super) common: PathBuf,
}

/// What the working folder has checked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// A branch with its last commit.
    Branch(RefName, ObjectId),
    /// A branch that has no commit yet.
    Unborn(RefName),
    /// A commit and no branch.
    Detached(ObjectId),
}

/// Something about a repository that desk works around, ignores, or cannot help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// History is cut off; nothing before the cut can be proved.
    Shallow,
    /// Objects are fetched when they are needed; desk does not fetch them. Names the remote.
    Partial(String),
    /// Only part of the files is in the working folder.
    SparseCheckout,
    /// A filter program stands between git and the files (`lfs`); files it covers are refused.
    Filter(String),
    /// Line ends are changed between git and the files; desk does as git does. Holds the value.
    AutoCrlf(String),
    /// Commits are to be signed in a way that desk does not sign its own.
    SignedCommits,
    /// A git hook that desk's own commits do not run.
    Hook(String),
    /// Git keeps nothing safe against a power cut, by `core.fsync=none`.
    NoSync,
    /// The working folder is one of several.
    LinkedFolder,
    /// What git is in the middle of.
    InProgress(Doing),
}

/// Opens the same repository again, on any thread: a handle of libgit2 serves one thread at a time.
#[derive(Debug, Clone)]
pub struct Opener {
    git: PathBuf,
}

impl Opener {
    /// A handle of its own.
    pub fn open(&self) -> Result<Repository> {
        Repository::from_git(open_at(&self.git)?)
    }
}

impl Repository {
    /// The repository that holds `directory`, found upwards.
    pub fn open(directory: &Path) -> Result<Self> {
        let found =
            git2::Repository::discover_path(directory, None::<&Path>).map_err(|source| match source.code() {
                git2::ErrorCode::NotFound => Error::NoRepository(directory.to_owned()),
                git2::ErrorCode::Owner => Error::NotMine(directory.to_owned()),
                _ => Error::Open { path: directory.to_owned(), source },
            })?;
        Self::from_git(open_at(&found)?)
    }

    /// The same, also one without a working folder: to read in, and nothing else. `objects` are folders with objects that
    /// are not its own yet, as git keeps what is pushed until a hook has taken it.
    pub fn open_to_read(directory: &Path, objects: &[PathBuf]) -> Result<Self> {
        let found =
            git2::Repository::discover_path(directory, None::<&Path>).map_err(|source| match source.code() {
                git2::ErrorCode::NotFound => Error::NoRepository(directory.to_owned()),
                git2::ErrorCode::Owner => Error::NotMine(directory.to_owned()),
                _ => Error::Open { path: directory.to_owned(), source },
            })?;
        let git = open_at(&found)?;
        for folder in objects {
            let path = directory.join(folder);
            let add = |odb: git2::Odb<'_>| odb.add_disk_alternate(&path.to_string_lossy());
            git.odb().and_then(add).map_err(|source| Error::Open { path: path.clone(), source })?;
        }
        if git.workdir().is_some() && !git.is_bare() {
            return Self::from_git(git);
        }
        let root = git.path().canonicalize().unwrap_or_else(|_| git.path().to_owned());
        let place = Place::open(&root)?;
        Ok(Self { git, place, common: root.clone(), root })
    }

    /// Makes a repository of `directory`, which may hold files already, with the branch `main` to begin with.
    pub fn create(directory: &Path) -> Result<Self> {
        if directory.join(".git").symlink_metadata().is_ok() {
            return Err(Error::Exists(directory.to_owned()));
        }
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head("main").no_reinit(true).external_template(false);
        let made = git2::Repository::init_opts(directory, &options)
            .map_err(|source| Error::Open { path: directory.to_owned(), source })?;
        Self::from_git(made)
    }

    /// The repository whose git folder (or `.git` file) is exactly this one.
    pub(super) fn open_git(git: &Path) -> Result<Self> {
        Self::from_git(open_at(git)?)
    }

    fn from_git(git: git2::Repository) -> Result<Self> {
        let Some(folder) = git.workdir().filter(|_| !git.is_bare()) else {
            return Err(Error::Bare(git.path().to_owned()));
        };
        let root = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let common = git.commondir().canonicalize().unwrap_or_else(|_| git.commondir().to_owned());
        let place = Place::open(&root)?;
        Ok(Self { git, place, root, common })
    }

    /// For handles on other threads.
    pub fn opener(&self) -> Opener {
        Opener { git: self.git.path().to_owned() }
    }

    /// The working folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Git's own folder, shared by all linked working folders.
    pub fn git_folder(&self) -> &Path {
        &self.common
    }

    /// What is checked out here.
    pub fn head(&self) -> Result<Head> {
        let head = self.git.find_reference("HEAD").during("read", "HEAD")?;
        let Some(branch) = head.symbolic_target().during("read", "HEAD")? else {
            let id = head.target().ok_or_else(|| git2::Error::from_str("HEAD names nothing")).during("read", "HEAD")?;
            return Ok(Head::Detached(from_oid(id)));
        };
        let name = RefName::new(branch)
            .map_err(|invalid| git2::Error::from_str(&invalid.to_string()))
            .during("read", "HEAD")?;
        Ok(match self.resolve(&name)? {
            Some(tip) => Head::Branch(name, tip),
            None => Head::Unborn(name),
        })
    }

    /// Whether history is cut off somewhere.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }

    /// The names of the remotes that git knows here.
    pub fn remotes(&self) -> Result<Vec<String>> {
        let names = self.git.remotes().during("list", "the remotes")?;
        Ok(names.iter().flatten().flatten().map(str::to_owned).collect())
    }

    /// Where git fetches from and pushes to by this name, as far as its settings say; `remote` may be one they do not know.
    pub fn addresses(&self, remote: &str) -> Vec<String> {
        let Ok(remote) = self.git.find_remote(remote) else { return Vec::new() };
        [remote.url().ok(), remote.pushurl().ok().flatten()].into_iter().flatten().map(str::to_owned).collect()
    }

    /// The remote from which missing objects would be fetched, when not all are here.
    pub fn partial_clone_of(&self) -> Option<String> {
        let config = self.git.config().ok()?;
        let mut entries = config.entries(Some(r"remote\..*\.promisor")).ok()?;
        while let Some(Ok(entry)) = entries.next() {
            let name = entry.name().ok()?;
            if entry.value().is_ok_and(|value| value != "false") {
                return Some(name.trim_start_matches("remote.").trim_end_matches(".promisor").to_owned());
            }
        }
        None
    }

    /// What git is in the middle of, in this working folder.
    pub fn in_progress(&self) -> Option<Doing> {
        use git2::RepositoryState as State;
        Some(match self.git.state() {
            State::Merge => Doing::Merge,
            State::Rebase
            | State::RebaseInteractive
            | State::RebaseMerge
            | State::ApplyMailbox
            | State::ApplyMailboxOrRebase => Doing::Rebase,
            State::CherryPick | State::CherryPickSequence => Doing::CherryPick,
            State::Revert | State::RevertSequence => Doing::Revert,
            State::Clean | State::Bisect => return None,
        })
    }

    /// What is unusual here, for `desk doctor`.
    pub fn oddities(&self) -> Vec<Oddity> {
        let setting = |key: &str| self.git_setting(key);
        let mut odd = Vec::new();
        odd.extend(self.is_shallow().then_some(Oddity::Shallow));
        odd.extend(self.partial_clone_of().map(Oddity::Partial));
        odd.extend(self.is_set("core.sparseCheckout").then_some(Oddity::SparseCheckout));
        odd.extend(self.filters().into_iter().map(Oddity::Filter));
        odd.extend(setting("core.autocrlf").filter(|value| is_true(value) || value == "input").map(Oddity::AutoCrlf));
        let has_key = setting("gpg.format").as_deref() == Some("ssh") && setting("user.signingKey").is_some();
        let signs_otherwise = self.is_set("commit.gpgSign") && !has_key;
        odd.extend(signs_otherwise.then_some(Oddity::SignedCommits));
        odd.extend(self.hooks().into_iter().map(Oddity::Hook));
        odd.extend((setting("core.fsync").as_deref() == Some("none")).then_some(Oddity::NoSync));
        odd.extend(self.git.is_worktree().then_some(Oddity::LinkedFolder));
        odd.extend(self.in_progress().map(Oddity::InProgress));
        odd
    }

    /// Filter programs that are configured.
    fn filters(&self) -> Vec<String> {
        let mut names = Vec::new();
        let Ok(config) = self.git.config() else { return names };
        if let Ok(mut entries) = config.entries(Some(r"filter\..*")) {
            while let Some(Ok(entry)) = entries.next() {
                let name = entry.name().ok().and_then(|name| name.strip_prefix("filter.")?.rsplit_once('.'));
                names.extend(name.map(|(name, _)| name.to_owned()));
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// Hooks that git would run around a commit.
    fn hooks(&self) -> Vec<String> {
        let folder = self.git.config().ok().and_then(|config| config.get_path("core.hooksPath").ok());
        let folder = folder.map_or_else(|| self.common.join("hooks"), |path| self.root.join(path));
        ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-merge-commit", "post-merge"]
            .into_iter()
            .filter(|name| folder.join(name).is_file())
            .map(str::to_owned)
            .collect()
    }
}

pub(super) fn from_oid(id: git2::Oid) -> ObjectId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(&id.as_bytes()[..20]);
    ObjectId::from_bytes(bytes)
}

pub(super) fn to_oid(id: ObjectId) -> git2::Oid {
    git2::Oid::from_bytes(id.as_bytes()).expect("twenty bytes are an object id")
}

pub(super) fn is_true(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1" | "")
}

fn open_at(git: &Path) -> Result<git2::Repository> {
    git2::Repository::open(git).map_err(|source| explain(git, source))
}

/// Why libgit2 would not open it, from the repository's own configuration where its message does not say.
fn explain(git: &Path, source: git2::Error) -> Error {
    let path = git.to_owned();
    if source.code() == git2::ErrorCode::Owner {
        let path = git.canonicalize().unwrap_or(path);
        let folder = if path.ends_with(".git") { path.parent().map(Path::to_owned) } else { None };
        return Error::NotMine(folder.unwrap_or(path));
    }
    let Ok(config) = git2::Config::open(&git.join("config")) else { return Error::Open { path, source } };
    if let Ok(format) = config.get_string("extensions.objectformat")
        && format != "sha1"
    {
        return Error::ObjectFormat { path, format };
    }
    if let Ok(format) = config.get_string("extensions.refstorage")
        && format != "files"
    {
        return Error::ReferenceFormat { path, format };
    }
    match source.message().rsplit_once("extensions.") {
        Some((_, name)) => Error::Extension { path, name: name.to_owned() },
        None => Error::Open { path, source },
    }
}

//! A move as data: what will be written where, decided before anything is written.

use std::fmt;
use std::str::FromStr;

use super::{ArticleId, RepoPath};

/// A commit, a tree or a blob by its SHA-1 name, as 40 lower-case digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ObjectId([u8; 20]);

/// Text that names no object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an object id (40 digits)")]
pub struct InvalidObjectId(pub String);

impl ObjectId {
    /// From its 20 bytes.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Its 20 bytes.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The first digits, as people quote commits.
    pub fn short(self) -> String {
        self.to_string()[..9].to_owned()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl FromStr for ObjectId {
    type Err = InvalidObjectId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidObjectId(text.chars().take(60).collect());
        if text.len() != 40 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(invalid());
        }
        let mut bytes = [0; 20];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).map_err(|_| invalid())?;
        }
        Ok(Self(bytes))
    }
}

/// A full reference name, such as `refs/heads/desk/harbor-dredging`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefName(String);

/// Text that git would not take as a reference's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a reference name")]
pub struct InvalidRefName(pub String);

impl RefName {
    /// Checks a full name by git's rules (`git help check-ref-format`).
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidRefName> {
        let name = name.into();
        let sound = name.starts_with("refs/")
            && !name.contains("..")
            && !name.contains("@{")
            && !name.ends_with(['/', '.'])
            && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock"))
            && !name
                .chars()
                .any(|one| one.is_control() || matches!(one, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\'));
        if sound { Ok(Self(name)) } else { Err(InvalidRefName(name)) }
    }

    /// The branch `name`, such as `main`.
    pub fn branch(name: &str) -> Result<Self, InvalidRefName> {
        Self::new(format!("refs/heads/{name}"))
    }

    /// Where a spiked article is kept.
    pub fn spiked(id: ArticleId) -> Self {
        Self(format!("{}{id}", Self::SPIKED))
    }

    /// Where it is kept when an article is to become public.
    pub fn schedule(id: ArticleId) -> Self {
        Self(format!("{}{id}", Self::SCHEDULES))
    }

    /// What the names of all schedules begin with.
    pub const SCHEDULES: &'static str = "refs/desk/schedules/";

    /// Where one statement about an article is kept, by the SHA-256 of its text.
    pub fn approval(id: ArticleId, statement: super::Digest) -> Self {
        Self(format!("{}{id}/{}", Self::APPROVALS, statement.hex()))
    }

    /// The log of what desk wrote here.
    pub fn operations() -> Self {
        Self("refs/desk/operations".to_owned())
    }

    /// Where it is kept here what `remote` has under this name: for a branch where git itself keeps it, for desk's own
    /// beside them. None for names that are nobody else's business.
    pub fn at(&self, remote: &str) -> Option<Self> {
        let kept = match (self.0.strip_prefix("refs/heads/"), self.0.strip_prefix("refs/desk/")) {
            (Some(branch), _) => format!("refs/remotes/{remote}/{branch}"),
            (None, Some(own)) => format!("{}{own}", Self::known_at(remote)),
            (None, None) => return None,
        };
        Self::new(kept).ok()
    }

    /// What the names of desk's own references that `remote` is known to have begin with here.
    pub fn known_at(remote: &str) -> String {
        format!("refs/desk/remotes/{remote}/")
    }

    /// What the names of all approvals begin with.
    pub const APPROVALS: &'static str = "refs/desk/approvals/";

    /// What the names of all that is spiked begin with.
    pub const SPIKED: &'static str = "refs/desk/spiked/";

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The branch's short name, when it is a branch.
    pub fn branch_name(&self) -> Option<&str> {
        self.0.strip_prefix("refs/heads/")
    }
}

impl fmt::Display for RefName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// One file put or taken out, in a tree or in the working folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Which.
    pub path: RepoPath,
    /// What it holds from now on; none takes it out.
    pub bytes: Option<Vec<u8>>,
}

impl Write {
    /// This file holds these bytes.
    pub fn put(path: RepoPath, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path, bytes: Some(bytes.into()) }
    }

    /// This file goes.
    pub fn remove(path: RepoPath) -> Self {
        Self { path, bytes: None }
    }
}

/// What a reference becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A new commit.
    Commit {
        /// Its parents, the first one's tree being where it starts from; none begins with an empty tree.
        parents: Vec<ObjectId>,
        /// What differs from the first parent.
        writes: Vec<Write>,
        /// Subject, body and trailers.
        message: String,
    },
    /// A new commit that makes one of several, from the files of one of them.
    Merge {
        /// What its tree starts from: a commit.
        ground: ObjectId,
        /// Its parents, the line it continues first.
        parents: Vec<ObjectId>,
        /// What differs from the ground.
        writes: Vec<Write>,
        /// Subject, body and trailers.
        message: String,
    },
    /// A tree of its own with these files at its root (a statement and its signature).
    Files(Vec<(String, Vec<u8>)>),
    /// An object that is there already.
    Object(ObjectId),
    /// Nothing: the reference goes.
    Gone,
}

/// One reference moved by compare-and-swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefStep {
    /// Which.
    pub name: RefName,
    /// What it must be before; none means that it must not be there.
    pub expect: Option<ObjectId>,
    /// What it becomes.
    pub target: Target,
}

/// A move, ready to apply. The first step decides: once it is done the move has happened, and before that nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In an editor's words, for the log and for `desk undo`: `published ferry-fares`.
    pub summary: String,
    /// The articles it is about.
    pub articles: Vec<ArticleId>,
    /// References in order; the first decides. May be empty when only files change.
    pub steps: Vec<RefStep>,
    /// Files of the working folder, beyond those that follow a checked-out branch by themselves. Each says what must
    /// be there before, so that nothing unsaved is overwritten.
    pub files: Vec<FileStep>,
    /// Whether it has left, or will leave, this machine.
    pub reach: Reach,
}

/// One file of the working folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStep {
    /// Which.
    pub path: RepoPath,
    /// What must be there before: these bytes, or no file.
    pub expect: Option<Vec<u8>>,
    /// What is there after.
    pub bytes: Option<Vec<u8>>,
}

/// How far a change goes, which decides whether `desk undo` may take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only this machine.
    Here,
    /// A remote has it.
    Sent,
    /// It came from a remote: there is nothing of anybody's here to take back.
    Came,
}

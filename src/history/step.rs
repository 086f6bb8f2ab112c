//! One step of the base, and the questions that judging it asks of the past.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article::{Digest, Entry, ObjectId, RepoPath};
use crate::config::{Config, DESK_FILE, STAFF_FILE, Staff, policy_digest};
use crate::ledger::{BeforeDesk, Who};

/// A file that a step changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub path: RepoPath,
    /// Its mode before; none when it is new.
    pub before: Option<u32>,
    /// Its mode after; none when it is gone.
    pub after: Option<u32>,
}

impl Changed {
    /// Whether it is on one side alone.
    pub(super) fn comes_or_goes(&self) -> bool {
        self.before.is_none() != self.after.is_none()
    }
}

/// A commit of the base's first-parent line, against its first parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The commit.
    pub commit: ObjectId,
    /// Its first parent; none at the root.
    pub parent: Option<ObjectId>,
    /// Its author, as git names them: whoever commits may write any name there.
    pub author: Who,
    /// Who put it there, as git names them.
    pub committer: Who,
    /// When, as its author says.
    pub time: Timestamp,
    /// The files that differ.
    pub changed: Vec<Changed>,
    /// Names that differ and cannot be paths of the newsroom.
    pub unsound: Vec<String>,
    /// Names that stand more than once in their folder.
    pub twice: Vec<String>,
}

/// What stood where at a commit.
pub trait Past {
    /// Why it could not be read.
    type Error;

    /// The bytes of a file; none when there is none.
    fn file(&self, at: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>, Self::Error>;

    /// The first parent of a commit; none of the first, and where either is not there.
    fn before(&self, at: ObjectId) -> Result<Option<ObjectId>, Self::Error>;

    /// Every file of the article at `home` (a folder, or one file); none of them when nothing is there.
    fn entries(&self, at: ObjectId, home: &RepoPath) -> Result<Vec<Entry>, Self::Error>;

    /// What was public before desk came, as a commit has it. It may be long: whoever is asked at many commits keeps what
    /// was read.
    fn before_desk(&self, at: ObjectId) -> Result<Arc<BeforeDesk>, Self::Error> {
        let bytes = self.file(at, &BeforeDesk::path())?;
        Ok(Arc::new(BeforeDesk::found(bytes.as_deref())))
    }

    /// The paths of all files in a folder.
    fn paths(&self, at: ObjectId, folder: &RepoPath) -> Result<Vec<RepoPath>, Self::Error> {
        Ok(self.entries(at, folder)?.into_iter().map(|entry| entry.path).collect())
    }

    /// The signature of a commit, with the bytes that it was made over; none when it has none.
    fn signed(&self, at: ObjectId) -> Result<Option<Signed>, Self::Error>;
}

/// A commit's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// As it stands in the commit.
    pub signature: String,
    /// What it was made over.
    pub bytes: Vec<u8>,
}

/// The rules that held at a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// How the newsroom works.
    pub config: Config,
    /// Who is who.
    pub staff: Staff,
    /// What names both.
    pub digest: Digest,
}

impl Rules {
    /// Reads the rules at a commit: `Ok(None)` where there is no newsroom, and a sentence where they cannot be read.
    pub fn read<P: Past>(past: &P, at: ObjectId) -> Result<Result<Option<Self>, String>, P::Error> {
        let path = |name: &str| RepoPath::new(name).expect("a sound path");
        let Some(desk) = past.file(at, &path(DESK_FILE))? else { return Ok(Ok(None)) };
        let staff_bytes = past.file(at, &path(STAFF_FILE))?.unwrap_or_default();
        let first = |findings: Vec<crate::finding::Finding>| {
            findings.into_iter().next().map_or_else(String::new, |finding| finding.message)
        };
        let read = Config::read(&path(DESK_FILE), &desk).and_then(|config| {
            let staff = Staff::read(&path(STAFF_FILE), &staff_bytes)?;
            Ok(Some(Self { config, staff, digest: policy_digest(&desk, &staff_bytes) }))
        });
        Ok(read.map_err(first))
    }
}

//! Tests over real repositories, made with git itself.

mod applying;
mod crashing;
mod folder;
mod many;
mod opening;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::Offset;
use tempfile::TempDir;

use super::{Applied, By, Error, Identity, Repository, Result};
use crate::article::{Change, FileStep, ObjectId, Reach, RefName, RefStep, RepoPath, Target, Write};

/// A repository in a temporary folder.
pub(super) struct Desk {
    pub(super) folder: TempDir,
}

pub(super) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a sound path")
}

pub(super) fn branch(name: &str) -> RefName {
    RefName::branch(name).expect("a sound name")
}

pub(super) fn mina() -> Identity {
    Identity { name: "Mina Park".to_owned(), address: "mina@post.example".to_owned() }
}

pub(super) fn by(who: &Identity) -> By<'_> {
    By {
        who,
        now: Timestamp::from_second(1_785_000_000).expect("in range"),
        offset: Offset::UTC,
        command: &[],
        signer: None,
    }
}

/// Runs git in `folder` and gives what it printed.
#[track_caller]
pub(super) fn git(folder: &Path, words: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Mina Park", "-c", "user.email=mina@post.example", "-c", "init.defaultBranch=main"])
        .args(words)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

impl Desk {
    /// A newsroom with one published article, nothing open.
    pub(super) fn new() -> Self {
        let desk = Self::empty();
        desk.put("articles/ferry/index.md", "Fares rise.\n");
        desk.put("desk.toml", "[newsroom]\n");
        desk.git(&["add", "."]);
        desk.git(&["commit", "-qm", "first"]);
        desk
    }

    /// A repository without a commit.
    pub(super) fn empty() -> Self {
        let desk = Self { folder: TempDir::new().expect("a temporary folder") };
        desk.git(&["init", "-q"]);
        // Tests may run by the hundred; the disk's safety is tested apart.
        desk.git(&["config", "core.fsync", "none"]);
        desk
    }

    #[track_caller]
    pub(super) fn git(&self, words: &[&str]) -> String {
        git(self.folder.path(), words)
    }

    pub(super) fn at(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(super) fn put(&self, file: &str, text: &str) {
        let path = self.at(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub(super) fn text(&self, file: &str) -> Option<String> {
        std::fs::read_to_string(self.at(file)).ok()
    }

    pub(super) fn open(&self) -> Repository {
        Repository::open(self.folder.path()).expect("it opens")
    }

    pub(super) fn tip(&self, name: &str) -> Option<ObjectId> {
        self.open().resolve(&branch(name)).expect("readable")
    }

    pub(super) fn apply(&self, change: &Change) -> Result<Applied> {
        let repository = self.open();
        repository.begin(Duration::from_secs(60), &mut || {})?.apply(change, &by(&mina()))
    }

    #[track_caller]
    pub(super) fn applied(&self, change: &Change) -> Applied {
        self.apply(change).expect("it applies")
    }

    pub(super) fn undo(&self) -> Result<super::Undone> {
        let repository = self.open();
        repository.begin(Duration::from_secs(60), &mut || {})?.undo(&by(&mina()))
    }

    /// What git itself says differs between the index, the files and the branch.
    #[track_caller]
    pub(super) fn status(&self) -> String {
        self.git(&["status", "--porcelain", "--untracked-files=all"])
    }

    #[track_caller]
    pub(super) fn is_sound(&self) {
        self.git(&["fsck", "--strict", "--no-dangling"]);
    }
}

/// A commit on `name` with these files, and nothing else.
pub(super) fn save(name: &str, tip: Option<ObjectId>, parents: Vec<ObjectId>, writes: Vec<Write>) -> Change {
    Change {
        summary: format!("saved {name}"),
        articles: vec![],
        steps: vec![RefStep {
            name: branch(name),
            expect: tip,
            target: Target::Commit { parents, writes, message: "Save\n".to_owned() },
        }],
        files: vec![],
        reach: Reach::Here,
    }
}

pub(super) fn put(file: &str, text: &str) -> Write {
    Write::put(path(file), text)
}

pub(super) fn file(at: &str, expect: Option<&str>, text: Option<&str>) -> FileStep {
    let bytes = |text: &str| text.as_bytes().to_vec();
    FileStep { path: path(at), expect: expect.map(bytes), bytes: text.map(bytes) }
}

#[track_caller]
pub(super) fn in_the_way(result: Result<Applied>) -> Vec<String> {
    match result {
        Err(Error::FilesInTheWay(files)) => {
            files.into_iter().map(|file| format!("{}: {:?}", file.path, file.what)).collect()
        }
        other => panic!("expected files in the way, got {other:?}"),
    }
}

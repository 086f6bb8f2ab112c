//! The working folders of one repository: the first, and those that `git worktree add` made.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{Error, Result};
use super::open::Repository;
use super::operation::Folder;
use crate::article::RefName;

/// One working folder and what it has checked out.
pub(super) struct CheckedOut {
    pub(super) folder: Folder,
    /// Its own git folder.
    git: PathBuf,
    /// The branch it is on.
    pub(super) branch: Option<String>,
    /// The branch that it is rebasing, which is in use without being checked out.
    pub(super) rebasing: Option<String>,
}

impl Repository {
    /// All working folders with what they have checked out.
    pub(super) fn folders(&self) -> Result<Vec<CheckedOut>> {
        let mut found = vec![CheckedOut::read(Folder::Main, &self.common)];
        let linked = self.common.join("worktrees");
        let Ok(entries) = fs::read_dir(&linked) else { return Ok(found) };
        for entry in entries {
            let entry = entry.map_err(|source| Error::File { act: "list", path: linked.clone(), source })?;
            if let Some(name) = entry.file_name().to_str() {
                found.push(CheckedOut::read(Folder::Linked(name.to_owned()), &entry.path()));
            }
        }
        found.sort_by(|one, other| one.folder.cmp(&other.folder));
        Ok(found)
    }

    /// A working folder's own handle; none when it has no files here: a bare repository's first, or one whose folder
    /// was removed without telling git.
    pub(super) fn open_folder(&self, folder: &Folder) -> Result<Option<Self>> {
        let git = match folder {
            Folder::Main => self.common.clone(),
            Folder::Linked(name) => self.common.join("worktrees").join(name),
        };
        let known = CheckedOut::read(folder.clone(), &git);
        match (folder, known.top()) {
            (Folder::Linked(_), Some(top)) if top.join(".git").exists() => Self::open_git(&top.join(".git")).map(Some),
            (Folder::Linked(_), Some(top)) if git.join("locked").exists() => Err(Error::FolderAway(top)),
            (Folder::Linked(_), _) => Ok(None),
            (Folder::Main, _) => match Self::open_git(&git) {
                Err(Error::Bare(_)) => Ok(None),
                other => other.map(Some),
            },
        }
    }
}

impl CheckedOut {
    fn read(folder: Folder, git: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(git.join(name)).ok();
        let branch = text("HEAD").and_then(|head| Some(head.strip_prefix("ref:")?.trim().to_owned()));
        let rebasing = text("rebase-merge/head-name").or_else(|| text("rebase-apply/head-name"));
        Self { folder, git: git.to_owned(), branch, rebasing: rebasing.map(|name| name.trim().to_owned()) }
    }

    /// Whether this branch is checked out here.
    pub(super) fn is_on(&self, name: &RefName) -> bool {
        self.branch.as_deref() == Some(name.as_str())
    }

    /// The folder itself, for a linked one.
    fn top(&self) -> Option<PathBuf> {
        let text = fs::read_to_string(self.git.join("gitdir")).ok()?;
        self.git.join(text.trim()).parent().map(Path::to_owned)
    }

    /// Where it is, for messages.
    pub(super) fn place(&self) -> PathBuf {
        self.top().unwrap_or_else(|| self.git.parent().map_or_else(|| self.git.clone(), Path::to_owned))
    }
}

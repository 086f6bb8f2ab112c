//! What can go wrong between desk and the repository, each with its act and its object.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::article::{ObjectId, RefName, RepoPath};

/// What this room answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the repository could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// git is to sign commits here, and this one could not be.
    #[error("could not sign: {why}")]
    Unsigned {
        /// What the signing program said.
        why: String,
    },
    /// No repository holds this folder.
    #[error("`{}` is in no newsroom", .0.display())]
    NoRepository(PathBuf),
    /// A repository without a working folder.
    #[error("`{}` is a bare repository: it has no working folder", .0.display())]
    Bare(PathBuf),
    /// Object names that this libgit2 cannot read.
    #[error("`{}` stores its objects by `{format}`, which desk cannot read yet", .path.display())]
    ObjectFormat {
        /// The repository.
        path: PathBuf,
        /// Such as `sha256`.
        format: String,
    },
    /// References kept in another way than files.
    #[error("`{}` keeps its references as `{format}`, which desk cannot read yet", .path.display())]
    ReferenceFormat {
        /// The repository.
        path: PathBuf,
        /// Such as `reftable`.
        format: String,
    },
    /// A repository extension that this libgit2 does not know.
    #[error("`{}` uses the repository extension `{name}`, which desk does not know", .path.display())]
    Extension {
        /// The repository.
        path: PathBuf,
        /// Its name below `extensions.`.
        name: String,
    },
    /// The repository belongs to somebody else, so its configuration is not trusted.
    #[error("`{}` belongs to another user", .0.display())]
    NotMine(PathBuf),
    /// There is a repository already where one was to be made.
    #[error("`{}` is a repository already", .0.display())]
    Exists(PathBuf),
    /// Any other failure on opening.
    #[error("could not open the repository `{}`", .path.display())]
    Open {
        /// The repository or the folder.
        path: PathBuf,
        /// What libgit2 says.
        source: git2::Error,
    },
    /// Something else is under way that must be finished or given up first.
    #[error("{} is in progress in `{}`", .0, .1.display())]
    InProgress(Doing, PathBuf),
    /// The index is of a form that this libgit2 cannot read.
    #[error("the index of `{}` is {form}, which desk cannot read yet", .folder.display())]
    IndexForm {
        /// The working folder.
        folder: PathBuf,
        /// Which form.
        form: IndexForm,
    },
    /// A call to libgit2 that failed on something named.
    #[error("could not {act} `{object}`")]
    Git {
        /// What was tried, as a verb phrase.
        act: &'static str,
        /// On what.
        object: String,
        /// What libgit2 says.
        source: git2::Error,
    },
    /// An object that should be here is not.
    #[error("object `{0}` is missing from the repository")]
    ObjectMissing(ObjectId),
    /// A name in a tree that cannot be a path of the newsroom (a backslash, a control character, not UTF-8).
    #[error("`{path}` in `{commit}` is not a name that every computer can hold")]
    UnsoundName {
        /// The commit or tree.
        commit: ObjectId,
        /// As far as it can be shown.
        path: String,
    },
    /// A call to the system that failed on a file or folder.
    #[error("could not {act} `{}`", .path.display())]
    File {
        /// What was tried, as a verb phrase.
        act: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A link, a device or a folder where an ordinary file belongs.
    #[error("`{path}` is {kind}, not an ordinary file")]
    NotOrdinary {
        /// Where.
        path: RepoPath,
        /// What stands there.
        kind: FileKind,
    },
    /// A name on disk that cannot be a path of the newsroom.
    #[error("`{}` is not a name that every computer can hold", .0.display())]
    UnsoundFile(PathBuf),
    /// Git stores this file in another form than it has on disk, by a program desk does not run.
    #[error("`{path}` is stored through `{attribute}`, which desk does not apply")]
    Filtered {
        /// The file.
        path: RepoPath,
        /// The attribute and its value, such as `filter=lfs`.
        attribute: String,
    },
    /// Nobody's name or address is known to write with.
    #[error("nobody's {missing} is set for this newsroom")]
    NoIdentity {
        /// `name` or `e-mail address`.
        missing: &'static str,
    },
    /// Another desk held the lock for the whole time that was given.
    #[error("another desk is still at work in `{}` after {} seconds", .folder.display(), .waited.as_secs())]
    Busy {
        /// The repository's folder.
        folder: PathBuf,
        /// How long this one waited.
        waited: Duration,
    },
    /// A reference is locked by another program, or by one that died.
    #[error("`{name}` is locked by another program (`{}`)", .lock.display())]
    Locked {
        /// The reference or file.
        name: String,
        /// The lock's file.
        lock: PathBuf,
    },
    /// Somebody moved a reference since the change was decided. Nothing was written.
    #[error("`{name}` was moved meanwhile")]
    MovedMeanwhile {
        /// Which.
        name: RefName,
        /// Where it was expected.
        expected: Option<ObjectId>,
        /// Where it is.
        found: Option<ObjectId>,
    },
    /// Git cannot keep a reference beside one whose name goes on below it.
    #[error("there is no room for `{name}` beside `{other}`")]
    NameTaken {
        /// Which was to be made.
        name: RefName,
        /// Which is there.
        other: RefName,
    },
    /// Files hold other words than the change expects. Nothing was written.
    #[error("{} in the way: {}", count(.0.len()), list(.0))]
    FilesInTheWay(Vec<InTheWay>),
    /// A branch would go, or move, while a working folder that cannot follow has it checked out.
    #[error("`{name}` is in use in `{}`", .folder.display())]
    InUse {
        /// Which.
        name: RefName,
        /// Where.
        folder: PathBuf,
    },
    /// A working folder that git knows of, and was told to keep, is not there.
    #[error("the working folder `{}` is not there", .0.display())]
    FolderAway(PathBuf),
    /// A link, a submodule or the like would have to follow a branch into the working folder.
    #[error("`{path}` would become something other than an ordinary file (mode {mode:06o})")]
    OddMode {
        /// Where.
        path: RepoPath,
        /// Its mode in the tree.
        mode: u32,
    },
    /// A change that contradicts itself: an error in desk, reported rather than carried out.
    #[error("the change `{summary}` contradicts itself: {why}")]
    Contradiction {
        /// Its summary.
        summary: String,
        /// How.
        why: String,
    },
    /// It is done, but not everything that follows from it; the next command that writes finishes it.
    #[error("`{summary}` is done, but something that follows from it could not be finished")]
    Unfinished {
        /// The operation's summary.
        summary: String,
        /// What stopped it.
        source: Box<Self>,
    },
    /// The log of operations cannot be read.
    #[error("operation `{commit}` in the log cannot be read: {why}")]
    OperationUnreadable {
        /// The log's commit.
        commit: ObjectId,
        /// What is wrong with it.
        why: String,
    },
    /// There is nothing to take back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// What would be taken back has left this machine.
    #[error("`{}` has left this computer and cannot be taken back", .0.summary)]
    AlreadySent(Box<super::Operation>),
    /// A test stopped the session here, as a crash would.
    #[cfg(test)]
    #[error("stopped by a test")]
    Stopped,
}

/// One file that holds other words than expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// Where, relative to its working folder.
    pub path: RepoPath,
    /// The working folder it is in.
    pub folder: PathBuf,
    /// What stands there.
    pub what: Obstacle,
}

/// What stands where a change wants to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Words that are neither what was there before nor what is to be there.
    OtherWords,
    /// Nothing, where something was expected.
    Missing,
    /// A link, a folder or something else that is no ordinary file, there or further up.
    Kind(FileKind),
    /// The file itself is as expected, but something else is staged for it.
    Staged,
}

/// What a name on disk is, when it is no ordinary file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A symbolic link (or what Windows calls a junction).
    Link,
    /// A folder.
    Folder,
    /// A repository within the repository.
    Repository,
    /// An ordinary file where a folder is needed.
    File,
    /// A pipe, a socket or a device.
    Special,
}

impl fmt::Display for FileKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Link => "a link",
            Self::Folder => "a folder",
            Self::Repository => "another repository",
            Self::File => "a file",
            Self::Special => "a special file",
        })
    }
}

/// What git is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// `git merge`.
    Merge,
    /// `git rebase` or `git am`.
    Rebase,
    /// `git cherry-pick`.
    CherryPick,
    /// `git revert`.
    Revert,
}

impl Doing {
    /// The command that gives it up.
    pub fn abort(self) -> &'static str {
        match self {
            Self::Merge => "git merge --abort",
            Self::Rebase => "git rebase --abort",
            Self::CherryPick => "git cherry-pick --abort",
            Self::Revert => "git revert --abort",
        }
    }

    /// The command that finishes it.
    pub fn finish(self) -> &'static str {
        match self {
            Self::Merge => "git merge --continue",
            Self::Rebase => "git rebase --continue",
            Self::CherryPick => "git cherry-pick --continue",
            Self::Revert => "git revert --continue",
        }
    }
}

impl fmt::Display for Doing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Merge => "a merge",
            Self::Rebase => "a rebase",
            Self::CherryPick => "a cherry-pick",
            Self::Revert => "a revert",
        })
    }
}

/// A form of the index that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexForm {
    /// Whole folders as one entry.
    Sparse,
    /// In two files.
    Split,
}

impl fmt::Display for IndexForm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sparse => "sparse",
            Self::Split => "split",
        })
    }
}

impl Error {
    /// The git command that mends it, where one does.
    pub fn remedy(&self) -> Option<String> {
        Some(match self {
            Self::NotMine(path) => format!("git config --global --add safe.directory '{}'", path.display()),
            Self::ReferenceFormat { .. } => "git refs migrate --ref-format=files".to_owned(),
            Self::Bare(path) => format!("git clone '{}' newsroom && cd newsroom", path.display()),
            Self::ObjectFormat { .. } => "git init --object-format=sha1 ../newsroom && git fast-export --all | git -C \
                                          ../newsroom fast-import && git -C ../newsroom reset --hard"
                .to_owned(),
            Self::InProgress(doing, _) => format!("{} (to give it up: {})", doing.finish(), doing.abort()),
            Self::IndexForm { form: IndexForm::Sparse, .. } => {
                "git sparse-checkout reapply --no-sparse-index".to_owned()
            }
            Self::IndexForm { form: IndexForm::Split, .. } => "git update-index --no-split-index".to_owned(),
            _ => return None,
        })
    }
}

fn count(files: usize) -> String {
    if files == 1 { "1 file is".to_owned() } else { format!("{files} files are") }
}

fn list(files: &[InTheWay]) -> String {
    let mut names: Vec<String> = files.iter().take(3).map(|file| format!("`{}`", file.path)).collect();
    if files.len() > names.len() {
        names.push("...".to_owned());
    }
    names.join(", ")
}

/// Gives the failure of a call its act and its object.
pub(super) trait During<T> {
    /// The same result, with `could not <act> <object>` as its error.
    fn during(self, act: &'static str, object: impl ToString) -> Result<T>;
}

impl<T> During<T> for Result<T, git2::Error> {
    fn during(self, act: &'static str, object: impl ToString) -> Result<T> {
        self.map_err(|source| Error::Git { act, object: object.to_string(), source })
    }
}

/// Gives the failure of a call to the system its act and its file.
pub(super) trait DuringFile<T> {
    /// The same result, with `could not <act> <path>` as its error.
    fn during_file(self, act: &'static str, path: &std::path::Path) -> Result<T>;
}

impl<T> DuringFile<T> for io::Result<T> {
    fn during_file(self, act: &'static str, path: &std::path::Path) -> Result<T> {
        self.map_err(|source| Error::File { act, path: path.to_owned(), source })
    }
}

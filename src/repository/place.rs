//! One working folder on disk, reached without ever following a link: not in the last part of a path, not in any
//! before it.
//!
//! On Linux every call goes through the open folder that holds the file, so nothing that is swapped in meanwhile can
//! lead elsewhere. Other systems look at each part of the path first.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{DuringFile as _, Error, FileKind, Result};
use crate::article::RepoPath;

#[cfg(target_os = "linux")]
use super::parent_linux::{Parent, Root};
#[cfg(not(target_os = "linux"))]
use super::parent_portable::{Parent, Root};

/// A working folder.
pub(super) struct Place {
    pub(super) path: PathBuf,
    root: Root,
}

/// What was found at a path.
#[derive(Debug)]
pub(super) enum Look {
    /// Nothing, or no folder to hold it.
    Nothing,
    /// An ordinary file.
    File(File, Metadata),
    /// Something else, there or further up.
    Other(FileKind),
}

/// A place below a folder that was walked.
pub(super) struct Found {
    /// Where it is, or its full path where that can be none of the newsroom's.
    pub(super) path: std::result::Result<RepoPath, PathBuf>,
    /// What it is, unless it is an ordinary file.
    pub(super) kind: Option<FileKind>,
}

/// The way to the folder that holds a path.
pub(super) enum Way {
    /// It is open.
    Open(Parent),
    /// It does not exist.
    Missing,
    /// Something that is no folder stands in it.
    Blocked(FileKind),
}

/// Whether folders on the way are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folders {
    /// They are.
    Made,
    /// They are not.
    Left,
}

impl Way {
    /// What stands at its end under `name`.
    pub(super) fn look(self, name: &str) -> io::Result<Look> {
        match self {
            Self::Missing => Ok(Look::Nothing),
            Self::Blocked(kind) => Ok(Look::Other(kind)),
            Self::Open(parent) => parent.look(name),
        }
    }
}

impl Place {
    /// The working folder at `path`.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let root = Root::open(path).during_file("open", path)?;
        Ok(Self { path: path.to_owned(), root })
    }

    /// Where `path` is on disk, for messages and for what cannot be misled.
    pub(super) fn full(&self, path: &RepoPath) -> PathBuf {
        self.path.join(path.as_str())
    }

    fn way(&self, path: &RepoPath, folders: Folders) -> Result<Way> {
        self.root.way(path, folders).during_file("open the folder of", &self.full(path))
    }

    /// What stands at `path`, opened for reading when it is a file.
    pub(super) fn look(&self, path: &RepoPath) -> Result<Look> {
        // A thousand files are looked at in a row: where one is in full is worked out only to say so.
        self.root.look(path).or_else(|error| Err(error).during_file("open", &self.full(path)))
    }

    /// The bytes at `path` as they are on disk.
    pub(super) fn read(&self, path: &RepoPath) -> Result<Option<(Vec<u8>, Metadata)>> {
        match self.look(path)? {
            Look::Nothing => Ok(None),
            Look::Other(kind) => Err(Error::NotOrdinary { path: path.clone(), kind }),
            Look::File(mut file, metadata) => {
                let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1));
                file.read_to_end(&mut bytes).during_file("read", &self.full(path))?;
                Ok(Some((bytes, metadata)))
            }
        }
    }

    /// Puts `bytes` at `path`, beside it first under the name `beside` and then in one step, so that nobody ever
    /// sees half a file. Folders on the way are made. What is there keeps its permissions.
    pub(super) fn write(&self, path: &RepoPath, bytes: &[u8], mode: u32, beside: &str) -> Result<()> {
        let full = self.full(path);
        let parent = match self.way(path, Folders::Made)? {
            Way::Open(parent) => parent,
            Way::Missing => return Err(io::Error::from(io::ErrorKind::NotFound)).during_file("write", &full),
            Way::Blocked(kind) => return Err(Error::NotOrdinary { path: path.clone(), kind }),
        };
        let permissions = match parent.look(path.name()).during_file("open", &full)? {
            Look::Nothing => None,
            Look::File(_, metadata) => Some(metadata),
            Look::Other(kind) => return Err(Error::NotOrdinary { path: path.clone(), kind }),
        };
        parent.remove(beside).during_file("clear the way for", &full)?;
        let put = || -> io::Result<()> {
            let mut file = parent.create(beside)?;
            file.write_all(bytes)?;
            set_permissions(&file, permissions, mode)?;
            file.sync_data()?;
            drop(file);
            parent.rename(beside, path.name())
        };
        put().during_file("write", &full)
    }

    /// Takes the file at `path` away, and the folders that are empty without it.
    pub(super) fn remove(&self, path: &RepoPath) -> Result<()> {
        let Way::Open(parent) = self.way(path, Folders::Left)? else { return Ok(()) };
        parent.remove(path.name()).during_file("remove", &self.full(path))?;
        drop(parent);
        let mut folder = path.parent();
        while let Some(empty) = folder {
            let Way::Open(parent) = self.way(&empty, Folders::Left)? else { break };
            if parent.remove_folder(empty.name()).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(())
    }

    /// Removes a leftover of ours beside `path`.
    pub(super) fn clear_beside(&self, path: &RepoPath, beside: &str) -> Result<()> {
        match self.way(path, Folders::Left)? {
            Way::Open(parent) => parent.remove(beside).during_file("clear the way for", &self.full(path)),
            Way::Missing | Way::Blocked(_) => Ok(()),
        }
    }

    /// The files below `folder`, or below the whole working folder; `folder` itself when it is a file. Whatever is
    /// neither file nor folder is given as it is. Other repositories are not looked into.
    pub(super) fn walk(&self, folder: Option<&RepoPath>) -> Result<Vec<Found>> {
        let Some(folder) = folder else { return descend(&self.path, Some(""), Repositories::Entered) };
        let here = |kind| Found { path: Ok(folder.clone()), kind };
        match self.look(folder)? {
            Look::Nothing => Ok(Vec::new()),
            Look::File(..) => Ok(vec![here(None)]),
            Look::Other(FileKind::Folder) => {
                descend(&self.full(folder), Some(&format!("{folder}/")), Repositories::Named)
            }
            Look::Other(kind) => Err(Error::NotOrdinary { path: folder.clone(), kind }),
        }
    }
}

/// Whether a folder that is a repository itself is looked into.
#[derive(Clone, Copy, PartialEq)]
enum Repositories {
    /// It is: the newsroom's own root.
    Entered,
    /// It is only named.
    Named,
}

/// What is below `folder`, in order of names. Folders beside each other are read on all cores. Paths of the newsroom
/// begin with `prefix` there; below a folder without one there are none.
fn descend(folder: &Path, prefix: Option<&str>, repositories: Repositories) -> Result<Vec<Found>> {
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
                .collect::<io::Result<Vec<_>>>()
        })
        .during_file("list", folder)?;
    if repositories == Repositories::Named && entries.iter().any(|(name, _)| name == ".git") {
        let path = prefix.and_then(|prefix| RepoPath::new(prefix.strip_suffix('/')?).ok());
        return Ok(vec![Found { path: path.ok_or_else(|| folder.to_owned()), kind: Some(FileKind::Repository) }]);
    }
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let one = |(name, kind): &(OsString, fs::FileType)| {
        let path = prefix.zip(name.to_str()).and_then(|(prefix, name)| RepoPath::new(format!("{prefix}{name}")).ok());
        if kind.is_dir() {
            if name == ".git" {
                return Ok(Vec::new());
            }
            let prefix = path.map(|path| format!("{path}/"));
            return descend(&folder.join(name), prefix.as_deref(), Repositories::Named);
        }
        let kind = match kind {
            kind if kind.is_file() => None,
            kind if kind.is_symlink() => Some(FileKind::Link),
            _ => Some(FileKind::Special),
        };
        Ok(vec![Found { path: path.ok_or_else(|| folder.join(name)), kind }])
    };
    // Only folders are worth another core.
    let below: Result<Vec<_>> = match entries.iter().filter(|(_, kind)| kind.is_dir()).count() {
        0 | 1 => entries.iter().map(one).collect(),
        _ => entries.par_iter().map(one).collect(),
    };
    Ok(below?.into_iter().flatten().collect())
}

/// What a file's metadata say it is, unless it is an ordinary file.
pub(super) fn kind_of(metadata: &Metadata) -> Option<FileKind> {
    let kind = metadata.file_type();
    if kind.is_file() {
        None
    } else if kind.is_symlink() {
        Some(FileKind::Link)
    } else if kind.is_dir() {
        Some(FileKind::Folder)
    } else {
        Some(FileKind::Special)
    }
}

/// As those of the file it replaces, with or without the right to run it.
#[cfg(unix)]
fn set_permissions(file: &File, before: Option<Metadata>, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let is = file.metadata()?.permissions().mode() & 0o777;
    let base = before.map_or(is, |metadata| metadata.permissions().mode() & 0o777);
    let wanted = if mode & 0o111 == 0 { base & !0o111 } else { base | ((base & 0o444) >> 2) };
    if wanted == is { Ok(()) } else { file.set_permissions(fs::Permissions::from_mode(wanted)) }
}

#[cfg(not(unix))]
fn set_permissions(_: &File, _: Option<Metadata>, _: u32) -> io::Result<()> {
    Ok(())
}

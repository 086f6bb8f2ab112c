//! The folder that holds a file, as an open descriptor: what Linux offers against links on the way.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

use super::error::FileKind;
use super::place::{Folders, Look, Way};
use crate::article::RepoPath;

/// The top of a working folder.
pub(super) struct Root(OwnedFd);

/// A folder below it.
pub(super) struct Parent(OwnedFd);

/// Whatever it is, opening it never waits.
const FILE: OFlags =
    OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);
const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC).union(OFlags::NOFOLLOW);

/// Downwards, and by no link.
const STRAIGHT: ResolveFlags =
    ResolveFlags::BENEATH.union(ResolveFlags::NO_SYMLINKS).union(ResolveFlags::NO_MAGICLINKS);

impl Root {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(rustix::fs::open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?))
    }

    /// What stands at `path`, in one call where that is nothing odd.
    pub(super) fn look(&self, path: &RepoPath) -> io::Result<Look> {
        if let Ok(open) = rustix::fs::openat2(&self.0, path.as_str(), FILE, Mode::empty(), STRAIGHT) {
            return looked(File::from(open));
        }
        self.way(path, Folders::Left)?.look(path.name())
    }

    /// The way to the folder that holds `path`.
    pub(super) fn way(&self, path: &RepoPath, folders: Folders) -> io::Result<Way> {
        let folder = path.parent();
        let text = folder.as_ref().map_or(".", |folder| folder.as_str());
        match rustix::fs::openat2(&self.0, text, FOLDER, Mode::empty(), STRAIGHT) {
            Ok(open) => Ok(Way::Open(Parent(open))),
            Err(Errno::NOENT) if folders == Folders::Left => Ok(Way::Missing),
            // Something stands in the way, folders are to be made, or the kernel is too old: part by part then.
            Err(_) => self.part_by_part(text, folders),
        }
    }

    fn part_by_part(&self, folder: &str, folders: Folders) -> io::Result<Way> {
        let mut at = rustix::fs::openat(&self.0, ".", FOLDER, Mode::empty())?;
        for part in folder.split('/').filter(|part| *part != ".") {
            if folders == Folders::Made {
                match rustix::fs::mkdirat(&at, part, Mode::from_raw_mode(0o777)) {
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(other) => return Err(other.into()),
                }
            }
            match rustix::fs::openat(&at, part, FOLDER, Mode::empty()) {
                Ok(next) => at = next,
                Err(Errno::NOENT) => return Ok(Way::Missing),
                Err(Errno::NOTDIR | Errno::LOOP) => return Ok(Way::Blocked(kind_at(&at, part)?)),
                Err(other) => return Err(other.into()),
            }
        }
        Ok(Way::Open(Parent(at)))
    }
}

fn looked(file: File) -> io::Result<Look> {
    let metadata = file.metadata()?;
    Ok(match super::place::kind_of(&metadata) {
        None => Look::File(file, metadata),
        Some(kind) => Look::Other(kind),
    })
}

fn kind_at(folder: &OwnedFd, name: &str) -> io::Result<FileKind> {
    let stat = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(match FileType::from_raw_mode(stat.st_mode) {
        FileType::Symlink => FileKind::Link,
        FileType::Directory => FileKind::Folder,
        FileType::RegularFile => FileKind::File,
        _ => FileKind::Special,
    })
}

impl Parent {
    /// What stands under `name`.
    pub(super) fn look(&self, name: &str) -> io::Result<Look> {
        match rustix::fs::openat(&self.0, name, FILE, Mode::empty()) {
            Ok(open) => looked(File::from(open)),
            Err(Errno::NOENT) => Ok(Look::Nothing),
            Err(Errno::LOOP) => Ok(Look::Other(FileKind::Link)),
            Err(Errno::NXIO | Errno::NODEV) => Ok(Look::Other(FileKind::Special)),
            Err(other) => Err(other.into()),
        }
    }

    /// A new file, which must not be there.
    pub(super) fn create(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        Ok(File::from(rustix::fs::openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?))
    }

    /// Puts one name in place of another.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, from, &self.0, to)?)
    }

    /// Takes a file (or a link itself) away, if it is there.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        match rustix::fs::unlinkat(&self.0, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// Takes an empty folder away.
    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }
}

//! The folder that holds a file, where there are no calls that refuse links on the way: each part is looked at first.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::FileKind;
use super::place::{Folders, Look, Way, kind_of};
use crate::article::RepoPath;

/// The top of a working folder.
pub(super) struct Root(PathBuf);

/// A folder below it.
pub(super) struct Parent(PathBuf);

impl Root {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        fs::metadata(path)?;
        Ok(Self(path.to_owned()))
    }

    /// What stands at `path`.
    pub(super) fn look(&self, path: &RepoPath) -> io::Result<Look> {
        self.way(path, Folders::Left)?.look(path.name())
    }

    /// The way to the folder that holds `path`.
    pub(super) fn way(&self, path: &RepoPath, folders: Folders) -> io::Result<Way> {
        let mut at = self.0.clone();
        let folder = path.parent();
        for part in folder.iter().flat_map(|folder| folder.as_str().split('/')) {
            at.push(part);
            if folders == Folders::Made
                && let Err(error) = fs::create_dir(&at)
                && error.kind() != io::ErrorKind::AlreadyExists
            {
                return Err(error);
            }
            match fs::symlink_metadata(&at) {
                Ok(metadata) => match kind_of(&metadata) {
                    Some(FileKind::Folder) => {}
                    None => return Ok(Way::Blocked(FileKind::File)),
                    Some(kind) => return Ok(Way::Blocked(kind)),
                },
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Way::Missing),
                Err(error) => return Err(error),
            }
        }
        Ok(Way::Open(Parent(at)))
    }
}

impl Parent {
    /// What stands under `name`.
    pub(super) fn look(&self, name: &str) -> io::Result<Look> {
        let path = self.0.join(name);
        match fs::symlink_metadata(&path) {
            Ok(metadata) => match kind_of(&metadata) {
                Some(kind) => Ok(Look::Other(kind)),
                None => Ok(Look::File(File::open(path)?, metadata)),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Look::Nothing),
            Err(error) => Err(error),
        }
    }

    /// A new file, which must not be there.
    pub(super) fn create(&self, name: &str) -> io::Result<File> {
        File::create_new(self.0.join(name))
    }

    /// Puts one name in place of another.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    /// Takes a file (or a link itself) away, if it is there.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes an empty folder away.
    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }
}

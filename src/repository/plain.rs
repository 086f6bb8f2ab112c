//! A folder that is no newsroom, and perhaps no repository: its files as they lie there.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{DuringFile as _, Result};
use super::folder::{flat, inside};
use super::place::Place;
use crate::article::{ORDINARY_FILE, RepoPath};

/// A link's mode.
const LINK: u32 = 0o120_000;

/// A folder to read in, and nothing else.
pub struct PlainFolder {
    place: Place,
}

impl PlainFolder {
    /// The folder at `path`.
    pub fn open(path: &Path) -> Result<Self> {
        let full = path.canonicalize().during_file("open", path)?;
        Ok(Self { place: Place::open(&full)? })
    }

    /// Every file below, sorted, with its mode. Left out are hidden ones, what git ignores (where there is a git), other
    /// repositories, and names that could not be in a newsroom. No link is followed.
    pub fn files(&self) -> Result<Vec<(RepoPath, u32)>> {
        let git = git2::Repository::discover(&self.place.path).ok();
        let ignored = |path: &Path| git.as_ref().is_some_and(|git| git.is_path_ignored(path).unwrap_or(false));
        let mut files = Vec::new();
        let mut folders: Vec<PathBuf> = vec![self.place.path.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).during_file("list", &folder)? {
                let entry = entry.during_file("list", &folder)?;
                let (full, kind) = (entry.path(), entry.file_type().during_file("look at", &entry.path())?);
                if entry.file_name().to_string_lossy().starts_with('.') || ignored(&full) {
                    continue;
                }
                if kind.is_dir() {
                    if !full.join(".git").exists() {
                        folders.push(full);
                    }
                } else if let Some(path) = inside(&self.place.path, &full) {
                    let mode = if kind.is_symlink() { LINK } else { ORDINARY_FILE };
                    files.push((path, mode));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// The bytes of a file; none when it is not there. A link is an error.
    pub fn read(&self, path: &RepoPath) -> Result<Option<Vec<u8>>> {
        Ok(self.place.read(path)?.map(|(bytes, _)| bytes))
    }

    /// Puts `bytes` in the place of a file, in one step.
    pub fn write(&self, path: &RepoPath, bytes: &[u8]) -> Result<()> {
        self.place.write(path, bytes, ORDINARY_FILE, &format!(".{}.desk", path.name()))
    }

    /// Where `typed` lies in this folder; none when it lies elsewhere.
    pub fn locate(&self, typed: &Path) -> Option<RepoPath> {
        inside(&self.place.path, &flat(&self.place.path, typed)?)
    }

    /// Where what was computed may be kept: in git's own folder, where there is a git.
    pub fn cache(&self) -> Option<PathBuf> {
        let git = git2::Repository::discover(&self.place.path).ok()?;
        Some(git.commondir().join("desk-cache"))
    }

    /// Whether somebody typed this folder itself.
    pub fn is_root(&self, typed: &Path) -> bool {
        flat(&self.place.path, typed).is_some_and(|full| full == self.place.path)
    }
}

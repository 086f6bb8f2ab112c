//! Files that desk brings along: put where nothing stands, never over anything.

use std::path::PathBuf;

use super::error::{DuringFile as _, Result};
use super::open::Repository;
use super::place::Look;
use crate::article::RepoPath;

/// What became of a file that was to be put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is there now.
    Written,
    /// It was there already, word for word.
    Already,
    /// Something else is there and stays.
    Kept,
}

impl Repository {
    /// Puts `text` at `path` in the working folder, unless something is there.
    pub fn put_file(&self, path: &RepoPath, text: &str) -> Result<Put> {
        match self.place.look(path)? {
            Look::Nothing => {
                self.place.write(path, text.as_bytes(), 0o644, ".desk-put.tmp")?;
                Ok(Put::Written)
            }
            Look::File(..) if self.place.read(path)?.is_some_and(|(bytes, _)| bytes == text.as_bytes()) => {
                Ok(Put::Already)
            }
            Look::File(..) | Look::Other(_) => Ok(Put::Kept),
        }
    }
}

/// Where words lie that somebody settles in their editor.
const ASIDE: &str = "desk-settle.md";

impl Repository {
    /// Lays words aside in git's own folder, where nothing saves them; gives the file.
    pub fn put_aside(&self, bytes: &[u8]) -> Result<PathBuf> {
        let file = self.common.join(ASIDE);
        std::fs::write(&file, bytes).during_file("write", &file)?;
        Ok(file)
    }

    /// Takes up what was laid aside, and leaves nothing of it there.
    pub fn take_aside(&self) -> Result<Vec<u8>> {
        let file = self.common.join(ASIDE);
        let bytes = std::fs::read(&file).during_file("read", &file)?;
        std::fs::remove_file(&file).during_file("remove", &file)?;
        Ok(bytes)
    }
}

//! Git's hooks in a newsroom, and other files that desk brings along.

use super::Newsroom;
use super::error::Result;
use crate::article::RepoPath;
use crate::repository::{Hook, Put};

impl Newsroom {
    /// Puts the hook `name` in, unless there is one.
    pub fn put_hook(&self, name: &str, script: &str) -> Result<Hook> {
        Ok(self.repository.put_hook(name, script)?)
    }

    /// Puts a file in, unless there is one.
    pub fn put_file(&self, path: &RepoPath, text: &str) -> Result<Put> {
        Ok(self.repository.put_file(path, text)?)
    }
}

//! Git's hooks in a newsroom.

use super::Newsroom;
use super::error::Result;
use crate::repository::Hook;

impl Newsroom {
    /// Puts the hook `name` in, unless there is one.
    pub fn put_hook(&self, name: &str, script: &str) -> Result<Hook> {
        Ok(self.repository.put_hook(name, script)?)
    }
}

//! Signing what a person says, with the key that they sign with in git.

use std::path::Path;

use super::Newsroom;
use super::error::Result;
use crate::process::SigningKey;

impl Newsroom {
    /// The signature under `text`, or none when this person has no SSH key set up for git (`gpg.format` is not `ssh`).
    pub(super) fn signature(&self, text: &str) -> Result<Option<String>> {
        if self.repository.git_setting("gpg.format").as_deref() != Some("ssh") {
            return Ok(None);
        }
        let Some(configured) = self.repository.git_setting("user.signingKey") else { return Ok(None) };
        let programs = &self.setting.programs;
        let home = programs.variables().get("HOME").map(Path::new);
        let key = SigningKey::parse(&configured, home);
        let program = self.repository.git_setting("gpg.ssh.program").filter(|program| !program.is_empty());
        Ok(Some(programs.sign(self.root(), program.as_deref(), &key, text.as_bytes())?))
    }
}

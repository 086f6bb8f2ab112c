//! Signing what a person says, and the commits that desk makes for them, with the key that they sign with in git.

use std::path::Path;

use super::Newsroom;
use super::error::Result;
use crate::process::{self, Programs, Purpose, SigningKey};
use crate::repository::Signer;

/// The SSH key that git signs with here, and what signs with it.
#[derive(Debug)]
pub(super) struct Key<'a> {
    programs: &'a Programs,
    folder: &'a Path,
    /// What git runs in the place of `ssh-keygen` (`gpg.ssh.program`).
    program: Option<String>,
    key: SigningKey,
}

impl Key<'_> {
    fn sign(&self, purpose: Purpose, text: &str) -> std::result::Result<String, process::Error> {
        self.programs.sign(self.folder, self.program.as_deref(), &self.key, purpose, text.as_bytes())
    }
}

impl Signer for Key<'_> {
    fn sign(&self, commit: &str) -> std::result::Result<String, String> {
        Self::sign(self, Purpose::Commit, commit).map_err(|error| error.to_string())
    }
}

impl Newsroom {
    /// The signature under `text`, or none when this person has no SSH key set up for git (`gpg.format` is not `ssh`).
    pub(super) fn signature(&self, text: &str) -> Result<Option<String>> {
        Ok(self.key().map(|key| key.sign(Purpose::Statement, text)).transpose()?)
    }

    /// What signs the commits that branches get, where git is told to sign each (`commit.gpgSign`).
    pub(super) fn signer(&self) -> Option<Key<'_>> {
        self.key().filter(|_| self.repository.is_set("commit.gpgSign"))
    }

    fn key(&self) -> Option<Key<'_>> {
        let setting = |key: &str| self.repository.git_setting(key).filter(|value| !value.is_empty());
        setting("gpg.format").filter(|format| format == "ssh")?;
        let configured = setting("user.signingKey")?;
        let programs = &self.setting.programs;
        let home = programs.variables().get("HOME").map(Path::new);
        let key = SigningKey::parse(&configured, home);
        Some(Key { programs, folder: self.root(), program: setting("gpg.ssh.program"), key })
    }
}

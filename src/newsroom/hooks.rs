//! Git's hooks in a newsroom, and other files that desk brings along.

use super::error::Result;
use super::{Newsroom, Setting};
use crate::article::RepoPath;
use crate::repository::{Hook, Put, Repository};

/// Programs that run hooks, each by the file or folder in which a repository keeps what they do.
const MANAGERS: [(&str, &str); 5] = [
    (".pre-commit-config.yaml", "pre-commit"),
    ("lefthook.yml", "Lefthook"),
    (".husky", "Husky"),
    (".overcommit.yml", "Overcommit"),
    ("prek.toml", "prek"),
];

impl Newsroom {
    /// Puts the hook `name` in, unless there is one.
    pub fn put_hook(&self, name: &str, script: &str) -> Result<Hook> {
        Ok(self.repository.put_hook(name, script)?)
    }

    /// Puts a hook in a repository that need be no newsroom yet, nor have a working folder, unless there is one.
    pub fn put_server_hook(setting: &Setting, name: &str, script: &str) -> Result<Hook> {
        Ok(Repository::open_to_read(&setting.directory, &[])?.put_hook(name, script)?)
    }

    /// Puts a file in, unless there is one.
    pub fn put_file(&self, path: &RepoPath, text: &str) -> Result<Put> {
        Ok(self.repository.put_file(path, text)?)
    }

    /// The program that runs this repository's hooks, where one does.
    pub fn hook_manager(&self) -> Option<&'static str> {
        let is_there = |name: &str| {
            let path = RepoPath::new(name).expect("a sound name");
            self.repository.exists_working(&path).unwrap_or(false)
        };
        MANAGERS.into_iter().find(|(file, _)| is_there(file)).map(|(_, name)| name)
    }
}

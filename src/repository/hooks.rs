//! Git's hooks: programs of the newsroom's own that git runs. None is ever overwritten.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::{DuringFile as _, Result};
use super::open::Repository;

/// What became of a hook that was to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hook {
    /// It is there now.
    Written(PathBuf),
    /// It was there already, word for word.
    Already(PathBuf),
    /// Another hook is there and stays; or the newsroom keeps its hooks in a folder of its own (`core.hooksPath`),
    /// which is not desk's to write in.
    Kept(PathBuf),
}

impl Repository {
    /// Puts a hook in, unless there is one.
    pub fn put_hook(&self, name: &str, script: &str) -> Result<Hook> {
        if let Some(folder) = self.hooks_elsewhere() {
            let path = folder.join(name);
            return Ok(if holds(&path, script) { Hook::Already(path) } else { Hook::Kept(path) });
        }
        let folder = self.common.join("hooks");
        let path = folder.join(name);
        std::fs::create_dir_all(&folder).during_file("make", &folder)?;
        match write_new(&path, script) {
            Ok(()) => Ok(Hook::Written(path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && holds(&path, script) => {
                Ok(Hook::Already(path))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Hook::Kept(path)),
            Err(error) => Err(error).during_file("write", &path),
        }
    }

    /// The hook `name` that git runs here: desk's own (`Already`), another (`Kept`), or none.
    pub fn hook(&self, name: &str, script: &str) -> Option<Hook> {
        let folder = self.hooks_elsewhere().unwrap_or_else(|| self.common.join("hooks"));
        let path = folder.join(name);
        match path.is_file() {
            true if holds(&path, script) => Some(Hook::Already(path)),
            true => Some(Hook::Kept(path)),
            false => None,
        }
    }

    fn hooks_elsewhere(&self) -> Option<PathBuf> {
        let folder = self.git.config().ok()?.get_path("core.hooksPath").ok()?;
        Some(self.root.join(folder))
    }
}

fn holds(path: &Path, script: &str) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes == script.as_bytes())
}

fn write_new(path: &Path, script: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
    let mut file = options.open(path)?;
    file.write_all(script.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_hook_is_put_in_once_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::create(folder.path()).unwrap();
        let path = repository.common.join("hooks/pre-commit");
        assert_eq!(repository.put_hook("pre-commit", "#!/bin/sh\n").unwrap(), Hook::Written(path.clone()));
        assert_eq!(repository.put_hook("pre-commit", "#!/bin/sh\n").unwrap(), Hook::Already(path.clone()));
        assert_eq!(repository.put_hook("pre-commit", "another\n").unwrap(), Hook::Kept(path.clone()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "#!/bin/sh\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o111, 0o111 & 0o755);
        }
    }

    #[test]
    fn a_newsrooms_own_folder_of_hooks_is_not_written_in() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::create(folder.path()).unwrap();
        repository.git.config().unwrap().set_str("core.hooksPath", "hooks").unwrap();
        let path = repository.root.join("hooks/pre-commit");
        assert_eq!(repository.put_hook("pre-commit", "#!/bin/sh\n").unwrap(), Hook::Kept(path.clone()));
        assert!(!path.exists());
    }
}

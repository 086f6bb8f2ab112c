//! Whose name a commit carries.

use std::path::Path;

use super::error::{During as _, Error, Result};
use super::open::{Repository, is_true};

/// A person as git knows them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// As it is written in commits.
    pub name: String,
    /// The e-mail address.
    pub address: String,
}

impl Repository {
    /// Who is at work: git's variables first (`lookup` gives the value of one), then git's configuration.
    pub fn identity(&self, lookup: impl Fn(&str) -> Option<String>) -> Result<Identity> {
        of(&self.configuration(lookup("GIT_CONFIG_GLOBAL").as_deref().map(Path::new))?, lookup)
    }

    /// Makes `identity` the one for this repository, in its own configuration.
    pub fn set_identity(&self, identity: &Identity) -> Result<()> {
        let mut config = self.git.config().during("read", "the configuration")?;
        let mut local = config.open_level(git2::ConfigLevel::Local).during("read", "the repository's configuration")?;
        local.set_str("user.name", &clean(&identity.name)).during("set", "user.name")?;
        local.set_str("user.email", &clean(&identity.address)).during("set", "user.email")?;
        config.snapshot().during("read", "the configuration")?;
        Ok(())
    }

    /// A value of git's configuration, with every level in effect.
    pub fn git_setting(&self, key: &str) -> Option<String> {
        self.git.config().ok()?.get_string(key).ok()
    }

    /// Whether a value of git's configuration says yes.
    pub fn is_set(&self, key: &str) -> bool {
        self.git_setting(key).is_some_and(|value| is_true(&value))
    }

    /// The configuration, with another file for the user's level if git's variable names one.
    fn configuration(&self, global: Option<&Path>) -> Result<git2::Config> {
        let Some(global) = global else {
            return self.git.config().during("read", "the configuration");
        };
        let mut config = git2::Config::new().during("read", "the configuration")?;
        let levels = [
            (git2::Config::find_system().ok(), git2::ConfigLevel::System),
            (Some(global.to_owned()), git2::ConfigLevel::Global),
            (Some(self.common.join("config")), git2::ConfigLevel::Local),
        ];
        for (path, level) in levels {
            if let Some(path) = path.filter(|path| path.is_file()) {
                config.add_file(&path, level, false).during("read", path.display())?;
            }
        }
        Ok(config)
    }
}

/// Who is at work outside of any repository.
pub fn identity_of_user(lookup: impl Fn(&str) -> Option<String>) -> Result<Identity> {
    let mut config = git2::Config::open_default().during("read", "the configuration")?;
    if let Some(global) = lookup("GIT_CONFIG_GLOBAL") {
        config = git2::Config::new().during("read", "the configuration")?;
        if Path::new(&global).is_file() {
            config.add_file(Path::new(&global), git2::ConfigLevel::Global, false).during("read", &global)?;
        }
    }
    of(&config, lookup)
}

fn of(config: &git2::Config, lookup: impl Fn(&str) -> Option<String>) -> Result<Identity> {
    let first = |variables: &[&str], keys: &[&str]| {
        variables
            .iter()
            .filter_map(|name| lookup(name))
            .chain(keys.iter().filter_map(|key| config.get_string(key).ok()))
            .map(|value| clean(&value))
            .find(|value| !value.is_empty())
    };
    let name = first(&["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"], &["author.name", "user.name"])
        .ok_or(Error::NoIdentity { missing: "name" })?;
    let address = first(&["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"], &["author.email", "user.email"])
        .or_else(|| lookup("EMAIL").map(|value| clean(&value)).filter(|value| !value.is_empty()))
        .ok_or(Error::NoIdentity { missing: "e-mail address" })?;
    Ok(Identity { name, address })
}

/// What git leaves of a name: no line ends, no angle brackets, nothing around it.
fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|one| !one.is_control() && !matches!(one, '<' | '>')).collect();
    kept.trim().trim_matches(|one: char| matches!(one, '.' | ',' | ':' | ';' | '"' | '\'')).trim().to_owned()
}

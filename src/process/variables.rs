//! The environment variables that desk was started with.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

/// Environment variables as a value: what desk reads of its environment, and what the programs it runs are given.
///
/// Some of them let somebody in somewhere: `Debug` shows names alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Variables(BTreeMap<OsString, OsString>);

impl Variables {
    /// The text of a variable; one that is empty, or is not UTF-8, counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.raw(name).and_then(OsStr::to_str)
    }

    /// The value of a variable as the system has it; one that is empty counts as not set.
    pub fn raw(&self, name: &str) -> Option<&OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// A variable that holds an instant (RFC 3339).
    pub fn instant(&self, name: &str) -> Option<jiff::Timestamp> {
        self.get(name)?.parse().ok()
    }

    /// A variable that holds a number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// The same with `name` set to `value`.
    #[must_use]
    pub fn with(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// Whether this is the name of a variable in which people keep what lets them in at a forge: programs that have
    /// nothing to do there are not given it.
    pub fn lets_in(name: &OsStr) -> bool {
        TOKENS.iter().any(|token| name == OsStr::new(token))
    }

    /// Every variable, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.0.iter().map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }
}

/// Where people keep their tokens for forges, as the forges' own programs name them.
const TOKENS: [&str; 6] =
    ["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "FORGEJO_TOKEN", "GITEA_TOKEN"];

impl std::fmt::Debug for Variables {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

impl FromIterator<(OsString, OsString)> for Variables {
    fn from_iter<I: IntoIterator<Item = (OsString, OsString)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_variables_hold_is_not_shown() {
        let variables = Variables::default().with("GH_TOKEN", "ghp_canary").with("A", "b");
        assert_eq!(format!("{variables:?}"), "{\"A\", \"GH_TOKEN\"}");
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        let variables = Variables::default().with("A", "").with("B", "7").with("C", "2026-07-25T00:00:00Z");
        assert_eq!(variables.get("A"), None);
        assert_eq!(variables.number("B"), Some(7));
        assert_eq!(variables.instant("C"), "2026-07-25T00:00:00Z".parse().ok());
        assert_eq!(variables.instant("B"), None);
    }
}

//! The remote: which one it is, asking it through the user's own git, and what it is known to have.

use std::collections::HashMap;

use crate::article::{ArticleId, ObjectId, RefName};
use crate::newsroom::{Newsroom, Result};
use crate::process::{self, Passwords};
use crate::workflow::Version;

/// What a remote has: its name, and the open articles there.
pub(super) struct Remote {
    pub(super) name: String,
    pub(super) open: HashMap<ArticleId, (RefName, Version)>,
    pub(super) closed: Vec<String>,
}

impl Newsroom {
    /// The remote that the public version comes from: the one git names for its branch, else `origin`, else the only one.
    pub(super) fn remote(&self) -> Result<Option<String>> {
        let remotes = self.repository.remotes()?;
        let named = self.git_setting(&format!("branch.{}.remote", self.base_name()));
        let named = named.filter(|name| remotes.contains(name));
        let origin = || remotes.iter().find(|name| *name == "origin").cloned();
        let only = || remotes.first().filter(|_| remotes.len() == 1).cloned();
        Ok(named.or_else(origin).or_else(only))
    }

    /// Asks the remote; why it did not answer, where it did not.
    pub(super) fn fetch(&self, remote: &str, passwords: Passwords) -> Result<Option<String>> {
        let spec = |name: &str| format!("+refs/heads/{name}:refs/remotes/{remote}/{name}");
        let all = [spec("desk/*"), spec(self.base_name())];
        let programs = &self.setting.programs;
        let fetch = |names: &[String]| programs.fetch(self.root(), remote, names, passwords);
        let fetched = match fetch(&all) {
            // A remote that has no public version yet.
            Err(process::Error::Failed { said, .. }) if said.contains("remote ref") => fetch(&all[..1]),
            other => other,
        };
        match fetched {
            Ok(_) => Ok(None),
            Err(process::Error::Failed { said, .. }) => Ok(Some(said)),
            Err(other) => Err(other.into()),
        }
    }

    /// The branches of articles that a remote is known to have.
    pub(super) fn names_open_at(&self, remote: Option<&str>) -> Result<Vec<(RefName, ObjectId)>> {
        match remote {
            Some(remote) => Ok(self.repository.references(&format!("refs/remotes/{remote}/desk/"))?),
            None => Ok(Vec::new()),
        }
    }

    pub(super) fn at(&self, remote: &str, before: &[(RefName, ObjectId)]) -> Result<Remote> {
        let now = self.names_open_at(Some(remote))?;
        let short = |name: &RefName| name.as_str().trim_start_matches(&format!("refs/remotes/{remote}/")).to_owned();
        let closed = before.iter().map(|(name, _)| name).filter(|name| !now.iter().any(|(other, _)| other == *name));
        let closed = closed.map(short).collect();
        let mut open = HashMap::new();
        for (name, tip) in now {
            let Ok(local) = RefName::branch(&short(&name)) else { continue };
            for leaf in self.leaves_of(tip)? {
                let Some(id) = leaf.document.id() else { continue };
                if let Some(version) = self.version(tip, id, &leaf.home, &leaf.document.path)? {
                    open.entry(id).or_insert((local.clone(), version));
                }
            }
        }
        Ok(Remote { name: remote.to_owned(), open, closed })
    }
}

//! The remote: which one it is, asking it through the user's own git, and what it is known to have.

use std::collections::HashMap;

use crate::article::{ArticleId, ObjectId, RefName};
use crate::newsroom::{Newsroom, Result};
use crate::process;
use crate::workflow::Version;

/// What a remote has: its name, and the open articles there.
pub(super) struct Remote {
    pub(super) name: String,
    pub(super) open: HashMap<ArticleId, (RefName, Version)>,
    pub(super) closed: Vec<String>,
}

/// What a remote was known to have before it was asked again.
#[derive(Debug, Default)]
pub(in crate::newsroom) struct There {
    /// The branches of articles.
    open: Vec<RefName>,
    /// Desk's own references, under the names that they have there.
    pub(super) own: HashMap<RefName, ObjectId>,
}

impl Newsroom {
    /// The remote that the public version comes from: the one git names for its branch, else `origin`, else the only one.
    pub(in crate::newsroom) fn remote(&self) -> Result<Option<String>> {
        let remotes = self.repository.remotes()?;
        let named = self.git_setting(&format!("branch.{}.remote", self.base_name()));
        let named = named.filter(|name| remotes.contains(name));
        let origin = || remotes.iter().find(|name| *name == "origin").cloned();
        let only = || remotes.first().filter(|_| remotes.len() == 1).cloned();
        Ok(named.or_else(origin).or_else(only))
    }

    /// Asks the remote; why it did not answer, where it did not.
    pub(in crate::newsroom) fn fetch(&self, remote: &str) -> Result<Option<String>> {
        let branch = |name: &str| format!("+refs/heads/{name}:refs/remotes/{remote}/{name}");
        let own = |kind: &str| format!("+refs/desk/{kind}/*:{}{kind}/*", RefName::known_at(remote));
        let all = ["approvals", "schedules", "spiked"].map(own);
        let all: Vec<String> = all.into_iter().chain([branch("desk/*"), branch(self.base_name())]).collect();
        let programs = &self.setting.programs;
        let fetch = |names: &[String]| programs.fetch(self.root(), remote, names, self.setting.passwords);
        let fetched = match fetch(&all) {
            // A remote that has no public version yet.
            Err(process::Error::Failed { said, .. }) if said.contains("remote ref") => fetch(&all[..all.len() - 1]),
            other => other,
        };
        match fetched {
            Ok(_) => Ok(None),
            Err(process::Error::Failed { said, .. }) => Ok(Some(said)),
            Err(other) => Err(other.into()),
        }
    }

    /// The branches of articles that a remote is known to have.
    fn names_open_at(&self, remote: &str) -> Result<Vec<(RefName, ObjectId)>> {
        Ok(self.repository.references(&format!("refs/remotes/{remote}/desk/"))?)
    }

    /// Desk's own references that a remote is known to have, under the names that they have there.
    pub(super) fn own_at(&self, remote: &str) -> Result<HashMap<RefName, ObjectId>> {
        let begins = RefName::known_at(remote);
        let kept = self.repository.references(&begins)?.into_iter();
        let own = kept.filter_map(|(name, object)| {
            let there = RefName::new(format!("refs/desk/{}", name.as_str().strip_prefix(&begins)?));
            Some((there.ok()?, object))
        });
        Ok(own.collect())
    }

    /// What a remote is known to have, before it is asked again.
    pub(in crate::newsroom) fn there(&self, remote: Option<&str>) -> Result<There> {
        let Some(remote) = remote else { return Ok(There::default()) };
        let open = self.names_open_at(remote)?.into_iter().map(|(name, _)| name).collect();
        Ok(There { open, own: self.own_at(remote)? })
    }

    pub(super) fn at(&self, remote: &str, before: &There) -> Result<Remote> {
        let now = self.names_open_at(remote)?;
        let short = |name: &RefName| name.as_str().trim_start_matches(&format!("refs/remotes/{remote}/")).to_owned();
        let closed = before.open.iter().filter(|name| !now.iter().any(|(other, _)| other == *name));
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

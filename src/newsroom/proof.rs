//! What a person is shown before they say yes: what changed since they last looked, and what the rules say.

use super::Newsroom;
use super::error::Result;
use crate::article::{Difference, Digest, Document};
use crate::check::{Settled, Suppression};
use crate::finding::Finding;
use crate::ledger::{Decision, Who};
use crate::workflow::{self, Needs, Standing, Version};

/// Since when something differs.
#[derive(Debug, Clone, PartialEq)]
pub enum Since {
    /// Since this person looked last: what they said then, and when.
    LastLook(Decision, jiff::Timestamp),
    /// Since the words that readers see.
    Public,
    /// Since the words that were last agreed to: readers see others, which came by hand.
    Agreed,
    /// There is nothing to compare with.
    Nothing,
}

/// The words that wait, and what differs in them.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The article, everything saved.
    pub standing: Standing,
    /// The words.
    pub document: Document,
    /// What names them; the yes is bound to this.
    pub digest: Option<Digest>,
    /// What the comparison is with.
    pub since: Since,
    /// What differs.
    pub difference: Difference,
    /// Names of those who changed it since, as git has them.
    pub by: Vec<String>,
    /// Other files of the article that differ.
    pub files: Vec<String>,
    /// What the rules say.
    pub findings: Vec<Finding>,
    /// What they would say besides, had nobody asked to leave it out: every suppression in force.
    pub suppressions: Vec<Suppression>,
    /// What the policy asks, and who has said yes.
    pub needs: Option<Needs>,
}

impl Newsroom {
    /// What waits for this person's yes. Saves first what is on disk, so that what is shown is what is there.
    pub fn proof(&mut self, name: Option<&str>) -> Result<Proof> {
        let (standing, settled) = self.write(|work| {
            let seen = work.find(name)?;
            let (_, standing, _) = work.saved(seen)?;
            let standing = work.newsroom.as_landed(&standing)?.unwrap_or(standing);
            let settled = work.newsroom.findings_of(&standing, work.articles())?;
            Ok((standing, settled))
        })?;
        self.proof_of(standing, settled)
    }

    /// The same for an article that was gathered already.
    pub(super) fn proof_of(&self, mut standing: Standing, settled: Settled) -> Result<Proof> {
        let circumstances = self.circumstances()?;
        self.gather_broken(&mut standing)?;
        let needs = workflow::needs(&standing, &circumstances);
        let version = standing.open.as_ref().or(standing.base.as_ref()).or(standing.spiked.as_ref());
        let Some(version) = version.cloned() else {
            return Err(super::Error::NotFound { name: standing.slug.to_string(), like: Vec::new() });
        };
        let (since, older) = self.looked_at(&standing, &circumstances.person)?;
        let document = version.document.clone();
        let difference =
            older.as_ref().map(|older| Difference::between(&older.document, &document)).unwrap_or_default();
        let by = match &older {
            Some(older) if version.commit != older.commit => self.authors_since(&version, older)?,
            _ => Vec::new(),
        };
        Ok(Proof {
            digest: version.digest.clone().ok(),
            files: older.as_ref().map(|older| changed_files(older, &version)).unwrap_or_default(),
            standing,
            document,
            since,
            difference,
            by,
            suppressions: in_force(&settled),
            findings: settled.told.findings,
            needs,
        })
    }

    /// The version that this person said something about last, else the one that readers see.
    fn looked_at(&self, standing: &Standing, who: &Who) -> Result<(Since, Option<Version>)> {
        let person = self.house.staff.find(&who.address);
        let is_mine = |address: &str| match person {
            Some(person) => person.has_address(address),
            None => address.eq_ignore_ascii_case(&who.address),
        };
        let mine = standing.assents.iter().map(|assent| &assent.statement);
        let last = mine.filter(|said| is_mine(&said.person.address)).max_by_key(|said| said.time);
        if let (Some(said), Some(open)) = (last, &standing.open)
            && let Some(version) = self.with_digest(standing, open, said.content)?
        {
            return Ok((Since::LastLook(said.decision, said.time), Some(version)));
        }
        if let (Some(_), Some(agreed)) = (&standing.open, &standing.agreed) {
            return Ok((Since::Agreed, Some(agreed.clone())));
        }
        Ok(match standing.public() {
            Some(public) if standing.open.is_some() => (Since::Public, Some(public.clone())),
            _ => (Since::Nothing, None),
        })
    }

    /// The version of an article on its branch that a digest names.
    pub(super) fn with_digest(&self, standing: &Standing, open: &Version, digest: Digest) -> Result<Option<Version>> {
        let fork = self.repository.merge_base(open.commit, self.base_tip)?;
        for commit in self.repository.first_parents(open.commit) {
            let commit = commit?;
            if Some(commit.id) == fork {
                break;
            }
            let version = self.version(commit.id, standing.id, &open.home, &open.main)?;
            if let Some(version) = version.filter(|version| version.digest == Ok(digest)) {
                return Ok(Some(version));
            }
        }
        Ok(None)
    }

    pub(super) fn authors_since(&self, version: &Version, older: &Version) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for commit in self.repository.first_parents(version.commit) {
            let commit = commit?;
            if commit.id == older.commit {
                break;
            }
            let staff = self.house.staff.find(&commit.author.address);
            let name = staff.map_or(commit.author.name.clone(), |person| person.name.clone());
            // A commit that moves only kept lines changes nobody's words.
            let words = match commit.parents.first() {
                Some(parent) => self.version(*parent, version_id(version), &version.home, &version.main)?,
                None => None,
            };
            let here = self.version(commit.id, version_id(version), &version.home, &version.main)?;
            let same = matches!((&words, &here), (Some(one), Some(other)) if one.digest == other.digest);
            if !same && !names.contains(&name) {
                names.push(name);
            }
        }
        names.reverse();
        Ok(names)
    }
}

/// Every suppression that holds for the article: all of its own, and those of the newsroom that leave something out.
pub(super) fn in_force(settled: &Settled) -> Vec<Suppression> {
    let own = settled.told.suppressions.values().flatten().filter(|one| one.holds());
    own.chain(settled.allowed.iter().filter(|one| one.hides > 0)).cloned().collect()
}

/// The id in a version's own file; a version without one has a digest of its own all the same.
fn version_id(version: &Version) -> crate::article::ArticleId {
    version.document.id().unwrap_or_else(|| crate::article::ArticleId::generate(0, [0; 10], None))
}

fn changed_files(older: &Version, newer: &Version) -> Vec<String> {
    let other = |entries: &[crate::article::Entry], of: &Version| -> Vec<String> {
        let rest = entries.iter().filter(|entry| entry.path != of.main && !of.entries.contains(entry));
        rest.map(|entry| entry.path.name().to_owned()).collect()
    };
    let mut names = other(&newer.entries, older);
    names.extend(other(&older.entries, newer));
    names.retain(|name| name != newer.main.name());
    names.sort();
    names.dedup();
    names
}

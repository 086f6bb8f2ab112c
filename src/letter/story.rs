//! What a letter about one article is written from.

use jiff::civil::Date;

use super::discretion::Discretion;
use crate::article::{Difference, Document};
use crate::finding::Finding;
use crate::ledger::Assent;
use crate::workflow::{Circumstances, Needs, Standing, Version};

/// One article, with all that is known of it. Everything is borrowed from where it was computed.
#[derive(Debug, Clone, Copy)]
pub struct Story<'a> {
    /// Where it stands.
    pub standing: &'a Standing,
    /// The moment and the rules.
    pub circumstances: &'a Circumstances,
    /// What the policy asks, and who has said yes: [`crate::workflow::needs`].
    pub needs: Option<&'a Needs>,
    /// What the rules say of it.
    pub findings: &'a [Finding],
    /// What they would say besides.
    pub left_out: &'a [LeftOut<'a>],
}

/// A finding, or a kind of them, that somebody asked to leave out.
#[derive(Debug, Clone, Copy)]
pub struct LeftOut<'a> {
    /// The rule.
    pub rule: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The last day on which that holds.
    pub until: Option<Date>,
    /// Where it is written, as it is said to people: `text`, `front matter`, `desk.toml`.
    pub origin: &'a str,
}

impl<'a> Story<'a> {
    /// The words that wait, or those that are there.
    pub(super) fn document(&self) -> Option<&'a Document> {
        self.standing.current().map(|version| &version.document)
    }

    /// What differs from what readers see; none where they see nothing, or nothing waits.
    pub(super) fn against_public(&self) -> Option<Difference> {
        let open = self.standing.open.as_ref()?;
        let public = self.standing.told_against().or_else(|| self.standing.public())?;
        Some(Difference::between(&public.document, &open.document))
    }

    /// Names of other files of it that differ from those that readers have.
    pub(super) fn changed_files(&self) -> Vec<&'a str> {
        let public = self.standing.told_against().or_else(|| self.standing.public());
        let (Some(open), Some(public)) = (self.standing.open.as_ref(), public) else { return Vec::new() };
        let other = |of: &'a Version, in_: &'a Version| {
            of.entries.iter().filter(|entry| entry.path != of.main && !in_.entries.contains(entry))
        };
        let mut names: Vec<&str> = other(open, public).chain(other(public, open)).map(|one| one.path.name()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether somebody's word is about words that became public.
    pub(super) fn is_recorded(&self, assent: &Assent) -> bool {
        let mut entries = self.standing.record.iter().flat_map(|record| &record.entries);
        entries.any(|entry| entry.content == assent.statement.content)
    }

    /// What must not be said of it.
    pub(super) fn discretion(&self) -> Discretion {
        let standing = self.standing;
        let all = [&standing.open, &standing.base, &standing.spiked, &standing.origin, &standing.agreed];
        let mut documents: Vec<&Document> = Vec::new();
        for version in all.into_iter().flatten() {
            if !documents.iter().any(|one| one.text == version.document.text) {
                documents.push(&version.document);
            }
        }
        Discretion::of(documents.into_iter())
    }
}

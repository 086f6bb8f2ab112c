//! What a letter about one article is written from.

use jiff::civil::Date;

use super::discretion::Discretion;
use crate::article::{Difference, Document};
use crate::finding::Finding;
use crate::workflow::{Circumstances, Needs, Standing};

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

    /// What must not be said of it.
    pub(super) fn discretion(&self) -> Discretion {
        let versions = [self.standing.open.as_ref(), self.standing.base.as_ref(), self.standing.spiked.as_ref()];
        Discretion::of(versions.into_iter().flatten().map(|version| &version.document))
    }
}

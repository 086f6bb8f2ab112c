//! Words under embargo that everybody can read already.

use super::Newsroom;
use super::error::Result;
use crate::article::{Document, ObjectId, RefName};
use crate::check::{self, Card, Context};
use crate::config::Readers;
use crate::finding::Finding;
use crate::repository::Repository;

impl Newsroom {
    /// What is to be said of those of these articles whose embargo holds. Of all others nothing is looked up.
    pub(super) fn exposed<'a>(
        &self,
        cards: impl Iterator<Item = &'a Card>,
        context: &Context<'_>,
    ) -> Result<Vec<Finding>> {
        let embargoed: Vec<&Card> =
            cards.filter(|card| card.embargo.is_some_and(|embargo| embargo.holds(context.now))).collect();
        if embargoed.is_empty() {
            return Ok(Vec::new());
        }
        let readers = context.config.forge.readers;
        let sent = if readers == Readers::Everybody { sent(&self.repository)? } else { Vec::new() };
        let mut findings = Vec::new();
        for card in embargoed {
            let place = match self.is_public_here(card, readers)? {
                true => Some("the public version".to_owned()),
                false => sent_in(&self.repository, &sent, self.base_tip, card)?.map(|name| format!("`{name}`")),
            };
            findings.extend(place.and_then(|place| check::exposed(card, &place, context)));
        }
        Ok(findings)
    }

    /// Whether the public version shows it: to readers of the site, or to everybody who may read the repository.
    fn is_public_here(&self, card: &Card, readers: Readers) -> Result<bool> {
        let Some(bytes) = self.repository.file_at(self.base_tip, &card.path)? else { return Ok(false) };
        Ok(readers == Readers::Everybody || !Document::read(card.path.clone(), &bytes).0.is_hidden())
    }
}

/// The branches that were sent elsewhere, or fetched from there.
fn sent(repository: &Repository) -> Result<Vec<(RefName, ObjectId)>> {
    Ok(repository.references("refs/remotes/")?)
}

/// The branch in which the article stands, at its tip or in a commit before it that is not part of the public version.
fn sent_in(
    repository: &Repository,
    branches: &[(RefName, ObjectId)],
    base: ObjectId,
    card: &Card,
) -> Result<Option<String>> {
    for (name, tip) in branches {
        let before = repository.between(&[base], *tip)?;
        for commit in std::iter::once(*tip).chain(before) {
            if repository.entry_at(commit, &card.path)?.is_some() {
                let name = name.as_str();
                return Ok(Some(name.strip_prefix("refs/remotes/").unwrap_or(name).to_owned()));
            }
        }
    }
    Ok(None)
}

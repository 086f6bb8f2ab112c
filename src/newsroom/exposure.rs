//! Words under embargo that everybody can read already.

use super::Newsroom;
use super::error::Result;
use crate::article::{Document, ObjectId, RefName};
use crate::check::{self, Card, Context};
use crate::config::is_private;
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
        let sent = sent(&self.repository, &context.config.newsroom.private)?;
        let mut findings = Vec::new();
        for card in embargoed {
            let place = match self.is_public_here(card)? {
                true => Some("the public version".to_owned()),
                false => sent_in(&self.repository, &sent, self.base_tip, card)?.map(|name| format!("`{name}`")),
            };
            findings.extend(place.and_then(|place| check::exposed(card, &place, context)));
        }
        Ok(findings)
    }

    /// Whether the public version shows it to readers.
    fn is_public_here(&self, card: &Card) -> Result<bool> {
        let Some(bytes) = self.repository.file_at(self.base_tip, &card.path)? else { return Ok(false) };
        Ok(!Document::read(card.path.clone(), &bytes).0.is_hidden())
    }
}

/// The branches that were sent to, or fetched from, where more people read than the staff: all but those of the remotes in
/// `private`.
pub(super) fn sent(repository: &Repository, private: &[String]) -> Result<Vec<(RefName, ObjectId)>> {
    let mut branches = repository.references("refs/remotes/")?;
    if branches.is_empty() {
        return Ok(branches);
    }
    let remotes = repository.remotes()?;
    let is_ours = |remote: &String| repository.addresses(remote).iter().all(|address| is_private(address, private));
    let (ours, others): (Vec<_>, Vec<_>) = remotes.iter().partition(|remote| is_ours(remote));
    branches.retain(|(name, _)| {
        let is_of = |remote: &&&String| {
            let rest = name.as_str().strip_prefix("refs/remotes/").and_then(|rest| rest.strip_prefix(remote.as_str()));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        // One of no remote, as a CI fetches it, is from wherever the others are.
        others.iter().any(|remote| is_of(&remote)) || (!others.is_empty() && !ours.iter().any(|remote| is_of(&remote)))
    });
    Ok(branches)
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

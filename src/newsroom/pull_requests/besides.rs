//! What a pull request brings besides the words that were judged: a merge takes all of it, and a yes to one article covers
//! nothing else.

use super::AtForge;
use super::landing::{Ready, Unlanded};
use crate::article::ObjectId;
use crate::finding::{Finding, Level};
use crate::forge::PullRequest;
use crate::newsroom::{Between, Newsroom, Result};
use crate::workflow::Standing;

impl Newsroom {
    /// What the commits that would land may not do, whoever agreed to the words.
    pub(super) fn deeds_of(&self, tip: ObjectId) -> Result<Vec<Finding>> {
        let between = Between { from: Some(self.base_tip.to_string()), to: tip.to_string() };
        self.commits_here(&between)?.deeds()
    }

    /// Refuses what would become public, or become a rule, without anybody's yes to just that.
    pub(super) fn brings_nothing_besides(&self, at: &AtForge, request: &PullRequest, ready: &Ready) -> Result<()> {
        let Some(open) = &ready.standing().open else { return Ok(()) };
        let page = || at.page(request.number);
        let deeds = self.deeds_of(open.commit)?;
        let deeds: Vec<String> =
            deeds.into_iter().filter(|deed| deed.level == Level::Error).map(|deed| deed.message).collect();
        if !deeds.is_empty() {
            return Err(Unlanded::Deeds { page: page(), deeds }.into());
        }
        let others = self.brought_by(request, open.commit)?.into_iter();
        for other in others.filter(|other| other.id != ready.standing().id && changes_what_is_public(other)) {
            let gated = self.gated(at, request, other)?;
            let is_held = gated.findings.iter().any(|finding| finding.level == Level::Error);
            if is_held || gated.needs.is_some_and(|needs| !needs.are_met()) {
                return Err(Unlanded::Besides { page: page(), slug: gated.standing.slug }.into());
            }
        }
        Ok(())
    }
}

/// Whether a merge by itself would change what readers see of it.
fn changes_what_is_public(standing: &Standing) -> bool {
    let open = standing.open.as_ref().filter(|open| !open.document.is_hidden());
    open.is_some_and(|open| open.digest.as_ref().ok() != standing.public_digest().as_ref())
}

//! Which steps changed an article's public words by hand since its record last grew: what a correction makes good.

use super::Newsroom;
use super::commits::{Anywhere, step};
use super::error::Result;
use crate::article::{ObjectId, RepoPath};
use crate::config::DESK_FILE;
use crate::history;
use crate::ledger::record_path;
use crate::workflow::Standing;

impl Newsroom {
    /// Those steps, oldest first, as `desk audit` names them. Only what touched the article is judged.
    pub(super) fn broken_steps(&self, standing: &Standing) -> Result<Vec<ObjectId>> {
        let Some(public) = standing.public() else { return Ok(Vec::new()) };
        let (repository, record) = (&self.repository, record_path(standing.id));
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        let known = standing.record.iter().flat_map(|record| &record.entries).map(|entry| &entry.path).next_back();
        let mut homes = vec![&public.home];
        homes.extend(known.filter(|known| **known != public.home));
        let mut broken = Vec::new();
        for commit in repository.first_parents(self.base_tip) {
            let commit = commit?;
            let Some(parent) = commit.parents.first().copied() else { break };
            let grew = repository.entry_at(commit.id, &record)? != repository.entry_at(parent, &record)?;
            if grew || repository.entry_at(parent, &desk)?.is_none() {
                break;
            }
            let mut touched = false;
            for home in &homes {
                touched |= !repository.changed(Some(parent), Some(commit.id), Some(home))?.files.is_empty();
            }
            if touched {
                let found = repository.changed(Some(parent), Some(commit.id), None)?;
                let judged = history::judge(&step(&commit, Some(parent), &found), &Anywhere(repository))?;
                let is_own = |one: &history::Break| {
                    one.why.is_mendable()
                        && one.article.is_none_or(|article| article == standing.id)
                        && one.path.as_ref().is_some_and(|path| path.is_within(&public.home))
                };
                if judged.breaks.iter().any(is_own) {
                    broken.push(commit.id);
                }
            }
        }
        broken.reverse();
        Ok(broken)
    }
}

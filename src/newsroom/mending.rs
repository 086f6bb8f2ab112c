//! Which steps changed an article's public words by hand since its record last grew: what a correction makes good.

use super::Newsroom;
use super::commits::{Anywhere, step};
use super::error::Result;
use super::past::Line;
use crate::article::{ObjectId, RepoPath};
use crate::config::DESK_FILE;
use crate::history;
use crate::ledger::{Record, record_id, record_path};
use crate::workflow::{Brought, Circumstances, Standing, Version};

/// What a forge landed and no entry records yet.
#[derive(Debug, Clone)]
pub struct Unrecorded {
    /// The step that brought it.
    pub step: ObjectId,
    /// The public version before it; none where nothing was public.
    pub replaced: Option<Version>,
    /// The rules that held before it, for whoever acts now.
    pub then: Circumstances,
}

impl Unrecorded {
    /// It, as the move that records it takes it.
    pub fn brought(&self) -> Brought<'_> {
        Brought { step: self.step, replaced: self.replaced.as_ref(), then: &self.then }
    }
}

impl Newsroom {
    /// The steps before `line` whose breaks its steps say they make good, or whose landings they say they record, unless an
    /// earlier entry did.
    pub(super) fn broken_before(&self, line: &Line) -> Result<Vec<history::Judgement>> {
        let Some(after) = line.after.filter(|_| !line.commits.is_empty()) else { return Ok(Vec::new()) };
        let repository = &self.repository;
        let mut wanted = Vec::new();
        for file in repository.changed(Some(after), Some(self.base_tip), None)?.files {
            let Some(id) = record_id(&file.path) else { continue };
            let named = |commit| -> Result<Vec<ObjectId>> {
                let bytes = repository.file_at(commit, &record_path(id))?;
                let record = bytes.and_then(|bytes| Record::read(&record_path(id), &bytes).ok());
                let entries = record.into_iter().flat_map(|record| record.entries);
                Ok(entries.flat_map(|entry| entry.mends.into_iter().chain(entry.landed)).collect())
            };
            let known = named(after)?;
            wanted.extend(named(self.base_tip)?.into_iter().filter(|commit| !known.contains(commit)));
        }
        let mut judged = Vec::new();
        for id in wanted.into_iter().filter(|id| !line.commits.iter().any(|commit| commit.id == *id)) {
            // One that is not here, or not on the line, is nothing that could be made good.
            if repository.revision(&id.to_string())?.is_none() || Line::since(repository, id, after)?.lost.contains(&id)
            {
                continue;
            }
            let commit = repository.commit(id)?;
            let parent = commit.parents.first().copied();
            let found = repository.changed(parent, Some(id), None)?;
            judged.push(history::judge(&step(&commit, parent, &found), &Anywhere::new(repository))?);
        }
        Ok(judged)
    }

    /// Those steps, oldest first, as `desk audit` names them. Only what touched the article is judged.
    pub(super) fn gather_broken(&self, standing: &mut Standing) -> Result<()> {
        standing.broken = self.broken_steps(standing)?;
        let place = standing.open.as_ref().or(standing.base.as_ref()).map(|one| (one.home.clone(), one.main.clone()));
        if let (Some(first), Some((home, main))) = (standing.broken.first(), place)
            && let Some(before) = self.repository.commit(*first)?.parents.first()
        {
            standing.agreed = self.version(*before, standing.id, &home, &main)?;
        }
        Ok(())
    }

    /// What a forge landed of an article and no entry records yet, where that is all that its record does not know of:
    /// what [`workflow::record_landing`](crate::workflow::record_landing) records. `standing` holds what is broken.
    pub fn unrecorded(&self, standing: &Standing) -> Result<Option<Unrecorded>> {
        let [step] = &standing.broken[..] else { return Ok(None) };
        let commit = self.repository.commit(*step)?;
        let parent = commit.parents.first().copied();
        let found = self.repository.changed(parent, Some(*step), None)?;
        let judged = history::judge(&self::step(&commit, parent, &found), &Anywhere::new(&self.repository))?;
        let is_it =
            |one: &history::Landing| one.article == standing.id && Some(one.content) == standing.public_digest();
        let Some(landing) = judged.landings.into_iter().find(is_it) else { return Ok(None) };
        let (rules, now) = (*landing.rules, self.circumstances()?);
        let config = rules.config;
        let then = Circumstances {
            newsroom: config.newsroom.id,
            format: config.newsroom.format,
            review: config.review,
            articles: config.articles,
            zone: config.newsroom.timezone,
            staff: rules.staff,
            policy: rules.digest,
            ..now
        };
        Ok(Some(Unrecorded { step: *step, replaced: landing.replaces.and(standing.agreed.clone()), then }))
    }

    fn broken_steps(&self, standing: &Standing) -> Result<Vec<ObjectId>> {
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
            if repository.entry_at(parent, &desk)?.is_none() {
                break;
            }
            let mut touched = false;
            for home in &homes {
                touched |= !repository.changed(Some(parent), Some(commit.id), Some(home))?.files.is_empty();
            }
            if touched {
                let found = repository.changed(Some(parent), Some(commit.id), None)?;
                let judged = history::judge(&step(&commit, Some(parent), &found), &Anywhere::new(repository))?;
                let is_own = |one: &history::Break| {
                    one.why.is_mendable()
                        && one.article.is_none_or(|article| article == standing.id)
                        && one.path.as_ref().is_some_and(|path| path.is_within(&public.home))
                };
                // Where the record grew, only words that landed over those which it speaks of are not in it.
                let is_own = |one: &history::Break| is_own(one) && (!grew || one.why == history::Reason::NotRecorded);
                if judged.breaks.iter().any(is_own) {
                    broken.push(commit.id);
                }
            }
            if grew {
                break;
            }
        }
        broken.reverse();
        Ok(broken)
    }
}

//! Bringing one open article up to what others made of it.

use super::news::{About, Clash, News, Synced, With};
use super::remote::Remote;
use crate::article::merge::Choice;
use crate::article::{Difference, Document, Entry};
use crate::ledger::Decision;
use crate::newsroom::seen::Seen;
use crate::newsroom::writing::Work;
use crate::newsroom::{Error, Result};
use crate::workflow::{self, Meeting, Standing, Version};

impl Work<'_> {
    /// Brings one open article up to what others made of it.
    pub(super) fn meet(&mut self, standing: &Standing, remote: Option<&Remote>, synced: &mut Synced) -> Result<()> {
        let Some((seen, standing)) = self.again(standing)? else { return Ok(()) };
        let Some(open) = &standing.open else { return Ok(()) };
        if self.newsroom.repository.follows(self.newsroom.base_tip, open.commit)? {
            return self.landed(&seen, &standing, synced);
        }
        let same = standing.base.as_ref().is_some_and(|base| base.digest.is_ok() && base.digest == open.digest);
        if same && workflow::is_hidden(&standing) {
            return self.landed(&seen, &standing, synced);
        }
        let theirs = remote.and_then(|remote| remote.open.get(&standing.id)).map(|(_, theirs)| theirs);
        match theirs {
            Some(theirs) if theirs.home == open.home && theirs.main == open.main => {
                if !self.meet_colleague(&seen, &standing, theirs, synced)? {
                    return Ok(());
                }
            }
            _ => {
                let name = standing.branch.branch_name().unwrap_or_default();
                if remote.is_some_and(|remote| remote.closed.iter().any(|closed| closed == name)) {
                    synced.news.push(News::Closed(self.newsroom.about(&standing, None)?));
                }
            }
        }
        if let Some((seen, standing)) = self.again(&standing)? {
            self.meet_public(&seen, &standing, synced)?;
        }
        // Of what landed it goes without saying that nobody has it open any more.
        let is_of = |about: &About| about.slug == standing.slug;
        if synced.news.iter().any(|news| matches!(news, News::Landed(about) | News::Hidden(about) if is_of(about))) {
            synced.news.retain(|news| !matches!(news, News::Closed(about) if is_of(about)));
        }
        Ok(())
    }

    /// What a colleague made of an article that is open on both sides; whether what is left is only the public version's.
    fn meet_colleague(
        &mut self,
        seen: &Seen,
        standing: &Standing,
        theirs: &Version,
        synced: &mut Synced,
    ) -> Result<bool> {
        let Some(open) = &standing.open else { return Ok(false) };
        let repository = &self.newsroom.repository;
        if repository.follows(open.commit, theirs.commit)? {
            return Ok(true);
        }
        if repository.follows(theirs.commit, open.commit)? {
            let change = workflow::follow(standing, theirs).map_err(|refusal| self.newsroom.refused(seen, refusal))?;
            // A branch may go on with what is nothing of the article's.
            let about = match workflow::same_files(&open.entries, &theirs.entries) {
                true => None,
                false => Some(self.newsroom.about(standing, Some(theirs))?),
            };
            self.apply(&change)?;
            synced.news.extend(about.map(News::Followed));
            return Ok(true);
        }
        self.bring(seen, standing, theirs, With::Colleague(theirs.commit), synced)
    }

    /// What the public version has of an article that is open here.
    fn meet_public(&mut self, seen: &Seen, standing: &Standing, synced: &mut Synced) -> Result<()> {
        let about = |work: &Self| work.newsroom.about(standing, standing.base.as_ref());
        match (workflow::meeting(standing), &standing.base) {
            (Meeting::Both(_), Some(base)) => {
                self.bring(seen, standing, base, With::Public, synced)?;
            }
            (Meeting::Nothing | Meeting::Both(_), _) => {}
            (Meeting::Public, _) => self.landed(seen, standing, synced)?,
            (Meeting::Withdrawn, _) => synced.news.push(News::Withdrawn(about(self)?)),
            (Meeting::Gone, _) => synced.news.push(News::Gone(about(self)?)),
            (Meeting::Moved(home), _) => synced.news.push(News::Moved(about(self)?, home)),
        }
        Ok(())
    }

    fn landed(&mut self, seen: &Seen, standing: &Standing, synced: &mut Synced) -> Result<()> {
        let about = self.newsroom.about(standing, standing.base.as_ref())?;
        if workflow::is_hidden(standing) {
            // It stays open until readers see it: people may still have to agree.
            synced.news.push(News::Hidden(about));
            return Ok(());
        }
        let change = workflow::close(standing).map_err(|refusal| self.newsroom.refused(seen, refusal))?;
        self.apply(&change)?;
        synced.news.push(News::Landed(about));
        Ok(())
    }

    /// Joins theirs to ours if that goes by itself; whether it did.
    fn bring(
        &mut self,
        seen: &Seen,
        standing: &Standing,
        theirs: &Version,
        with: With,
        synced: &mut Synced,
    ) -> Result<bool> {
        let Some(joint) = self.newsroom.joint(standing, theirs, &with)? else { return Ok(true) };
        let count = joint.conflicts().len();
        if count == 0 {
            let entries = joint.settle(&[]).map_err(Error::Unsettled)?;
            let news = self.join(seen, standing, theirs, &with, &entries)?;
            synced.news.push(news);
            return Ok(true);
        }
        let about = self.newsroom.about(standing, Some(theirs))?;
        let ours = joint.settle(&vec![Choice::Ours; count]).ok();
        let joining = ours.and_then(|entries| came(standing, &entries)).map_or(0, |difference| difference.words());
        synced.clashes.push(Clash { about, id: standing.id, with, joint, joining });
        Ok(false)
    }

    /// Makes `entries`, which came of ours and theirs, the open words.
    pub(super) fn join(
        &mut self,
        seen: &Seen,
        standing: &Standing,
        theirs: &Version,
        with: &With,
        entries: &[Entry],
    ) -> Result<News> {
        let Some(open) = &standing.open else { return Err(Error::NothingOpen) };
        let ground = self.newsroom.ground(open, theirs, with)?;
        let change = workflow::join(standing, theirs, ground, entries)
            .map_err(|refusal| self.newsroom.refused(seen, refusal))?;
        let about = self.newsroom.about(standing, Some(theirs))?;
        let difference = came(standing, entries).unwrap_or_default();
        let is_other = |entry: &&Entry| entry.path != open.main && !open.entries.contains(entry);
        let files = entries.iter().filter(is_other).count();
        let agreed = self.agreed(standing);
        self.apply(&change)?;
        let still = match self.again(standing)? {
            Some((_, standing)) => self.counted(&standing)?,
            None => Vec::new(),
        };
        Ok(News::Joined {
            about,
            places: difference.passages.iter().map(|passage| passage.place.clone()).collect(),
            words: difference.words(),
            files,
            stale: agreed.into_iter().filter(|name| !still.contains(name)).collect(),
        })
    }

    /// Names of those who said yes to the open words, whatever these were to replace.
    fn agreed(&self, standing: &Standing) -> Vec<String> {
        let words = standing.open.as_ref().and_then(|open| open.digest.clone().ok());
        let said = standing.assents.iter().map(|assent| &assent.statement);
        let yes = said.filter(|said| Some(said.content) == words && said.decision != Decision::Return);
        let staff = &self.newsroom.house.staff;
        let mut names: Vec<String> = yes
            .map(|said| staff.find(&said.person.address).map_or(&said.person.name, |person| &person.name).clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// Names of those whose yes counts for the open words as they are.
    fn counted(&self, standing: &Standing) -> Result<Vec<String>> {
        let needs = workflow::needs(standing, &self.newsroom.circumstances()?);
        let counted = needs.into_iter().flat_map(|needs| needs.tally.counted);
        Ok(counted.map(|one| one.person.name).collect())
    }

    /// One article as it is now; none when it stands nowhere any more.
    fn again(&self, standing: &Standing) -> Result<Option<(Seen, Standing)>> {
        match self.newsroom.see(standing)? {
            Some(seen) => self.newsroom.standing(&seen).map(|standing| Some((seen, standing))),
            None => Ok(None),
        }
    }

    /// Brings an article up to the public version before it is sent or made public; what came in, if anything did.
    /// What does not join by itself is left for the move to refuse.
    pub(in crate::newsroom) fn brought_up(
        &mut self,
        seen: Seen,
        standing: Standing,
    ) -> Result<(Seen, Standing, Option<News>)> {
        let Meeting::Both(joint) = workflow::meeting(&standing) else { return Ok((seen, standing, None)) };
        let (Some(base), Ok(entries)) = (&standing.base, joint.settle(&[])) else { return Ok((seen, standing, None)) };
        let news = self.join(&seen, &standing, base, &With::Public, &entries)?;
        match self.again(&standing)? {
            Some((seen, after)) => Ok((seen, Standing { broken: standing.broken, ..after }, Some(news))),
            None => Ok((seen, standing, Some(news))),
        }
    }
}

/// What came into our words.
fn came(standing: &Standing, entries: &[Entry]) -> Option<Difference> {
    let open = standing.open.as_ref()?;
    let bytes = &entries.iter().find(|entry| entry.path == open.main)?.bytes;
    let (after, _) = Document::read(open.main.clone(), bytes);
    Some(Difference::between(&open.document, &after))
}

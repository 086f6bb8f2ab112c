//! Bringing in what was said of articles, and when they become public.

use std::collections::HashMap;

use super::Synced;
use super::news::{About, News};
use super::remote::There;
use crate::article::{ArticleId, Change, ObjectId, Reach, RefName, RefStep, Stage, Target};
use crate::ledger::{Assent, Who};
use crate::newsroom::sending::{Delivery, Sharing};
use crate::newsroom::writing::Work;
use crate::newsroom::{Error, Newsroom, Result};

impl Newsroom {
    /// Sends what was meant for others and has not reached them: what was submitted, and what they have already.
    pub(super) fn send_what_was_kept(&self, synced: &mut Synced) -> Result<()> {
        let me = self.who()?.address;
        let staff = self.staff();
        let is_mine = |who: &Who| match staff.find(&me) {
            Some(person) => person.has_address(&who.address),
            None => me.eq_ignore_ascii_case(&who.address),
        };
        for seen in self.articles()?.iter().filter(|seen| seen.open.is_some()) {
            let standing = self.standing(seen)?;
            if synced.clashes.iter().any(|clash| clash.id == standing.id) {
                continue;
            }
            // Words that joined others are nobody's yet: they go when somebody has read and submitted them.
            let words = standing.open.as_ref().and_then(|open| open.digest.clone().ok());
            if !standing
                .assents
                .iter()
                .any(|one| Some(one.statement.content) == words && is_mine(&one.statement.person))
            {
                continue;
            }
            let sharing = if standing.stage() == Stage::Review { Sharing::Begins } else { Sharing::GoesOn };
            let about = About { slug: standing.slug.clone(), title: standing.title().to_owned(), by: None };
            match self.deliver(&standing, &standing, sharing)? {
                Some(Delivery::Sent { .. }) => synced.news.push(News::Sent(about)),
                Some(Delivery::Kept(kept)) => synced.news.push(News::Unsent(about, kept.why)),
                None => {}
            }
        }
        Ok(())
    }
}

impl Newsroom {
    /// Hears what was said on the forge of articles that others were asked about there. One that does not answer is told.
    pub(super) fn hear_all(&mut self, synced: &mut Synced) -> Result<()> {
        let (Some(remote), Some(at)) = (synced.remote.clone(), self.at_forge()?) else { return Ok(()) };
        for seen in self.articles()?.into_iter().filter(|seen| seen.open.is_some() && seen.stage() != Stage::Draft) {
            let standing = self.standing(&seen)?;
            if self.repository.known(&remote, &standing.branch)?.is_none() {
                continue;
            }
            let about = |by| About { slug: standing.slug.clone(), title: standing.title().to_owned(), by };
            let open = standing.open.as_ref().and_then(|open| open.digest.clone().ok());
            match self.hear(&at, standing.clone()) {
                Ok(heard) => {
                    // What is not asked about any more waits for nobody.
                    let closed = heard.closed.filter(|_| standing.stage() == Stage::Review);
                    synced.news.extend(closed.map(|page| News::RequestClosed { about: about(None), page }));
                    let new = heard.said.into_iter().filter(|assent| Some(assent.statement.content) == open);
                    synced.news.extend(new.map(|assent| News::Said {
                        about: about(Some((assent.statement.person.name, assent.statement.time))),
                        decision: assent.statement.decision,
                    }));
                }
                Err(Error::Forge(error)) => {
                    synced.news.push(News::Unheard { why: error.to_string() });
                    break;
                }
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }
}

impl Work<'_> {
    /// Keeps here what a remote has of desk's own: statements are added; a schedule, and what is kept of a spiked article,
    /// follow where nobody changed them here.
    pub(super) fn said(&mut self, remote: &str, before: &There) -> Result<Vec<Assent>> {
        let now = self.newsroom.own_at(remote)?;
        let mut steps = Vec::new();
        let mut said = Vec::new();
        for (name, object) in &now {
            if name.as_str().starts_with(RefName::APPROVALS)
                && self.newsroom.repository.resolve(name)?.is_none()
                && let Some(assent) = self.newsroom.statement_at(name, *object)?
            {
                steps.push(RefStep { name: name.clone(), expect: None, target: Target::Object(*object) });
                said.push(assent);
            }
        }
        for name in now.keys().chain(before.own.keys()) {
            if !name.as_str().starts_with(RefName::APPROVALS) && !steps.iter().any(|step| step.name == *name) {
                steps.extend(self.followed(name, &before.own, &now)?);
            }
        }
        if steps.is_empty() {
            return Ok(said);
        }
        steps.sort_by(|one, other| one.name.cmp(&other.name));
        let mut articles: Vec<ArticleId> = said.iter().map(|assent| assent.statement.article).collect();
        articles.sort();
        articles.dedup();
        let summary = "brought in what others said".to_owned();
        self.apply(&Change { summary, articles, steps, files: Vec::new(), reach: Reach::Came })?;
        said.sort_by_key(|assent| assent.statement.time);
        Ok(said)
    }

    /// Where something of desk's own goes that changed there and not here.
    fn followed(
        &self,
        name: &RefName,
        before: &HashMap<RefName, ObjectId>,
        now: &HashMap<RefName, ObjectId>,
    ) -> Result<Option<RefStep>> {
        let (was, is) = (before.get(name).copied(), now.get(name).copied());
        let here = self.newsroom.repository.resolve(name)?;
        if here == is || here != was {
            return Ok(None);
        }
        let target = is.map_or(Target::Gone, Target::Object);
        Ok(Some(RefStep { name: name.clone(), expect: here, target }))
    }

    /// What somebody said of words that are open here, as news.
    pub(super) fn told(&self, assent: &Assent) -> Result<Option<News>> {
        let said = &assent.statement;
        let Ok(seen) = self.newsroom.find(Some(&said.article.to_string())) else { return Ok(None) };
        let open = self.newsroom.standing(&seen)?.open;
        if open.is_none_or(|open| open.digest != Ok(said.content)) {
            return Ok(None);
        }
        let staff = self.newsroom.staff().find(&said.person.address);
        let who = staff.map_or(&said.person.name, |person| &person.name).clone();
        let about = About { slug: seen.slug.clone(), title: seen.title().to_owned(), by: Some((who, said.time)) };
        Ok(Some(News::Said { about, decision: said.decision }))
    }
}

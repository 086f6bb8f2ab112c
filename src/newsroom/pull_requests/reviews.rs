//! What people said of an article on the forge, beside what they said here.

use super::AtForge;
use crate::article::{ObjectId, RefName, Stage};
use crate::forge::{self, Kind, PullRequest, State};
use crate::ledger::Assent;
use crate::newsroom::{Newsroom, Result};
use crate::workflow::{self, Naming, Reviewed, Scribe, Standing, WITNESS, Witnessed, Words};

/// What was heard of an article on the forge.
#[derive(Debug)]
pub(in crate::newsroom) struct Heard {
    /// What was not known before.
    pub(in crate::newsroom) said: Vec<Assent>,
    /// The page of its pull request, where somebody closed that.
    pub(in crate::newsroom) closed: Option<String>,
}

impl Newsroom {
    /// An article with what was said of it in its pull request: only what stands there now counts, each review for the
    /// words that its giver saw. With it, a line for each review that counts for nothing.
    pub(in crate::newsroom) fn with_reviews(
        &self,
        at: &AtForge,
        standing: Standing,
    ) -> Result<(Standing, Vec<String>)> {
        match self.newest_request(at, &standing)? {
            Some(request) => self.with_reviews_in(at, &request, standing),
            None => Ok((standing, Vec::new())),
        }
    }

    /// The same of this very pull request.
    pub(super) fn with_reviews_in(
        &self,
        at: &AtForge,
        request: &PullRequest,
        standing: Standing,
    ) -> Result<(Standing, Vec<String>)> {
        // What was read there need not be here: its branch may be gone, or another repository's.
        if self.repository.revision(request.head.as_str())?.is_none() {
            self.fetched(request)?;
        }
        let reviewed = reviewed(at, request)?;
        let witnessed = self.witnessed(&reviewed, &standing)?;
        let now = self.written_down(&witnessed)?;
        let uncounted = witnessed.unseen.iter().filter(|one| one.why.is_worth_a_word());
        let host = &at.place.host;
        let lines = uncounted.map(|one| {
            let by = one.by.as_deref().unwrap_or("somebody");
            let person = self.house.staff.people.iter().find(|person| person.login_at(host) == Some(by));
            let by = person.map_or(by, |person| &person.name);
            format!("the review of {by} on {host} does not count: {}", one.why)
        });
        let lines = lines.collect();
        let assents = workflow::together(&standing.assents, &witnessed, now, &self.house.staff);
        Ok((Standing { assents, ..standing }, lines))
    }

    /// Whose word each review is, and about which words.
    pub(super) fn witnessed(&self, reviewed: &Reviewed, standing: &Standing) -> Result<Witnessed> {
        let by = self.who()?;
        let scribe = Scribe {
            newsroom: &self.house.config.newsroom.id,
            article: standing.id,
            staff: &self.house.staff,
            policy: self.house.policy,
            by: &by,
        };
        let words = |commit| self.words_at(standing, commit).ok().flatten();
        Ok(workflow::witnessed(reviewed, &standing.assents, scribe, words))
    }

    /// The statements, signed if whoever sits here is a witness: anybody else's signature under them is worth nothing.
    pub(super) fn written_down(&self, witnessed: &Witnessed) -> Result<Vec<Assent>> {
        let me = self.who()?.address;
        let person = self.house.staff.find(&me);
        let is_witness = person.is_some_and(|person| person.roles.iter().any(|role| role.as_str() == WITNESS));
        let written = witnessed.said.iter().map(|said| {
            let signature = if is_witness { self.signature(&said.text())? } else { None };
            Ok(Assent::new(said.clone(), signature))
        });
        written.collect()
    }

    /// Keeps the reviews that count among what was said, here and at the remote; those that are new.
    pub(super) fn keep_reviews(&mut self, standing: &Standing) -> Result<Vec<Assent>> {
        let mut fresh = Vec::new();
        for assent in standing.assents.iter().filter(|assent| assent.statement.witness.is_some()) {
            if self.repository.resolve(&RefName::approval(standing.id, assent.name()))?.is_none() {
                fresh.push(assent.clone());
            }
        }
        let Some(change) = workflow::kept(standing, &fresh) else { return Ok(fresh) };
        self.write(|work| work.apply(&change).map(drop))?;
        if let Some(remote) = self.remote()? {
            self.send_said(&remote, standing.id)?;
        }
        Ok(fresh)
    }

    /// Hears what people said of an open article on the forge, and keeps it, so that it is known without asking again. A
    /// move that decides asks again all the same.
    pub(in crate::newsroom) fn hear(&mut self, at: &AtForge, standing: Standing) -> Result<Heard> {
        let request = self.newest_request(at, &standing)?;
        let standing = match &request {
            Some(request) => self.with_reviews_in(at, request, standing)?.0,
            None => standing,
        };
        let closed = request.filter(|request| request.state == State::Closed).map(|request| at.page(request.number));
        Ok(Heard { said: self.keep_reviews(&standing)?, closed })
    }

    /// What names the words of an article at a commit, and the public ones that they were written to replace; none where
    /// the commit is not here.
    fn words_at(&self, standing: &Standing, commit: ObjectId) -> Result<Option<Words>> {
        if self.repository.revision(&commit.to_string())?.is_none() {
            return Ok(None);
        }
        for place in [&standing.open, &standing.base].into_iter().flatten() {
            let found = self.version(commit, standing.id, &place.home, &place.main)?;
            let Some(content) = found.and_then(|version| version.digest.ok()) else { continue };
            let fork = self.repository.merge_base(commit, self.base_tip)?;
            // Where the commit has landed, what it was to replace is what stood there before.
            let before = match fork {
                Some(fork) if fork == commit => self.before_landing(standing, commit)?,
                other => other,
            };
            let public = match before {
                Some(before) => self.version(before, standing.id, &place.home, &place.main)?,
                None => None,
            };
            let public = public.filter(|version| version.is_public());
            return Ok(Some(Words { content, replaces: public.and_then(|version| version.digest.ok()) }));
        }
        Ok(None)
    }

    /// Where the public version stood when `commit` landed on it: the last step that does not have it.
    fn before_landing(&self, standing: &Standing, commit: ObjectId) -> Result<Option<ObjectId>> {
        let is_hidden = standing.base.as_ref().is_some_and(|base| base.stage == Stage::Review);
        for step in self.repository.first_parents(self.base_tip) {
            let step = step?;
            if !self.repository.follows(step.id, commit)? {
                return Ok(Some(step.id));
            }
        }
        Ok(is_hidden.then_some(self.base_tip))
    }
}

/// A pull request's reviews, with all that tells what their givers saw.
pub(super) fn reviewed(at: &AtForge, request: &PullRequest) -> forge::Result<Reviewed> {
    let place = &at.place;
    let reviews = at.forge.reviews(request.number)?.into_iter().map(carried).collect();
    let heads = at.forge.heads(request)?.map(|heads| {
        heads.into_iter().filter_map(|head| Some((head.commit.as_str().parse().ok()?, head.since))).collect()
    });
    Ok(Reviewed {
        host: place.host.clone(),
        place: format!("{}/{}/{}", place.host, place.owner, place.repository),
        request: request.number.0,
        reviews,
        heads,
        naming: match place.kind {
            Kind::GitHub => Naming::Moved,
            Kind::Forgejo => Naming::Kept,
        },
    })
}

fn carried(review: forge::Review) -> workflow::Review {
    workflow::Review {
        id: review.id,
        account: review.by.map(|by| (by.id, by.login)),
        opinion: match review.opinion {
            forge::Opinion::Approved => workflow::Opinion::Approved,
            forge::Opinion::ChangesRequested => workflow::Opinion::ChangesRequested,
            forge::Opinion::Commented => workflow::Opinion::Commented,
            forge::Opinion::Dismissed => workflow::Opinion::Dismissed,
        },
        at: review.at,
        commit: review.commit.and_then(|commit| commit.as_str().parse().ok()),
        stale: review.stale,
        text: review.text,
    }
}

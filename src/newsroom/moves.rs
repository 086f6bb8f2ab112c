//! The moves, each from the keyboard's side: take the lock, save what is on disk, gather, judge, apply.

use jiff::Timestamp;

use super::error::{AfterSave, Error, Result};
use super::proof::Proof;
use super::pull_requests::{There, Whom};
use super::seen::Seen;
use super::sending::{Delivery, Sharing};
use super::sync::News;
use super::{Newsroom, writing::Work};
use crate::article::{Body, Change, Difference, Document, Slug, Target, Withdrawal, Write};
use crate::config::Share;
use crate::finding::Finding;
use crate::forge::Opinion;
use crate::ledger::{Assent, Decision, Sources};
use crate::workflow::{self, Circumstances, Correction, Needs, Refusal, Standing, Together};

/// What a move left behind, for the words said about it.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The article as it was before the move, everything saved.
    pub before: Standing,
    /// The article as it is now.
    pub after: Standing,
    /// What was saved on the way; none when everything was saved already.
    pub saved: Option<Saved>,
    /// What came in from the public version on the way, where that changed since this was begun.
    pub joined: Option<News>,
    /// What the move asks of people, as the policy has it.
    pub needs: Option<Needs>,
    /// What `desk check` says of the words.
    pub findings: Vec<Finding>,
    /// Who acted, when and under which rules.
    pub circumstances: Circumstances,
    /// What became of sending it; none where nothing was to be sent.
    pub delivery: Option<Delivery>,
    /// What became of it on a forge; none where there is none, or nothing was to be done.
    pub there: Option<There>,
}

/// What a save took in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// How many words differ from what was saved before.
    pub words: usize,
    /// How many other files do.
    pub files: usize,
}

impl Newsroom {
    /// Saves an article's folder to its branch, and sends it where this newsroom shares every save. No [`Saved`] when
    /// nothing differs.
    pub fn save(&mut self, name: Option<&str>) -> Result<(Option<Saved>, Option<Delivery>)> {
        let (standing, saved) = self.write(|work| {
            let seen = work.find(name)?;
            work.saved(seen).map(|(_, standing, saved)| (standing, saved))
        })?;
        Ok((saved, self.shared(&standing)?))
    }

    /// Sends what was saved, where this newsroom shares every save.
    pub fn shared(&self, standing: &Standing) -> Result<Option<Delivery>> {
        match self.house.config.articles.share {
            Share::Save => self.deliver(standing, standing, Sharing::Begins),
            Share::Submit => Ok(None),
        }
    }

    /// Sends an article to colleagues; `ask` names those who are to be asked on a forge.
    pub fn submit(&mut self, name: Option<&str>, note: &str, ask: &[String]) -> Result<Moved> {
        let moved = self.act(name, Broken::Opened, |judge| {
            judge.decide(workflow::whole(judge.standing))?;
            let assent = judge.say(Decision::Submit, note)?;
            judge.decide(workflow::submit(judge.standing, judge.circumstances, judge.findings, &assent))
        });
        match moved {
            Err(Error::Refused(refused)) if matches!(refused.refusal, Refusal::AlreadyAssented { .. }) => {
                self.sent_again(&refused.slug, ask)?.ok_or(Error::Refused(refused))
            }
            other => {
                let moved = self.sealed(other?)?;
                let moved = self.delivered(moved, Sharing::Begins)?;
                self.requested(moved, Whom::Named(ask))
            }
        }
    }

    /// Sends what was submitted here and is not there yet, and renews its pull request; none where there is nothing of
    /// either.
    fn sent_again(&self, slug: &Slug, ask: &[String]) -> Result<Option<Moved>> {
        let standing = self.standing(&self.find(Some(slug.as_str()))?)?;
        let delivery = self.deliver(&standing, &standing, Sharing::Begins)?;
        let circumstances = self.circumstances()?;
        let findings = self.findings_of(&standing, &self.articles()?)?.told.findings;
        let moved = Moved {
            needs: workflow::needs(&standing, &circumstances),
            before: standing.clone(),
            after: standing,
            saved: None,
            joined: None,
            findings,
            circumstances,
            delivery,
            there: None,
        };
        let moved = self.requested(moved, Whom::Named(ask))?;
        Ok(Some(moved).filter(|moved| moved.delivery.is_some() || moved.there.is_some()))
    }

    /// Agrees to the words of a proof, and to no others.
    pub fn approve(&mut self, proof: &Proof, note: &str, sources: Sources) -> Result<Moved> {
        let id = proof.standing.id.to_string();
        let agree = |judge: &Judge<'_>| {
            let found = workflow::needs(judge.standing, judge.circumstances).map(|needs| needs.subject.content);
            if let (Some(assented), Some(found)) = (proof.digest, found)
                && assented != found
            {
                judge.decide(Err(Refusal::OtherWords { assented, found }))?;
            }
            let assent = judge.say_of(judge.standing, Decision::Approve, note, sources)?;
            judge.decide(workflow::approve(judge.standing, judge.circumstances, &assent))
        };
        if proof.standing.open.is_none() {
            return self.before_all(|newsroom| newsroom.act(Some(&id), Broken::Left, agree));
        }
        let moved = self.write(|work| {
            let seen = work.find(Some(&id))?;
            let Gathered { seen, standing, saved, joined } = work.gathered(seen, Broken::Left)?;
            let waiting = work.newsroom.as_landed(&standing)?;
            work.decided(&seen, waiting.unwrap_or(standing), (saved, joined), None, agree)
        })?;
        let moved = self.delivered(moved, Sharing::GoesOn)?;
        self.reviewed(moved, Opinion::Approved, note)
    }

    /// Sends an article back to its writer.
    pub fn send_back(&mut self, name: Option<&str>, note: &str) -> Result<Moved> {
        let moved = self.act(name, Broken::Left, |judge| {
            let assent = judge.say(Decision::Return, note)?;
            judge.decide(workflow::return_(judge.standing, judge.circumstances, &assent))
        });
        let moved = self.delivered(moved?, Sharing::GoesOn)?;
        self.reviewed(moved, Opinion::ChangesRequested, note)
    }

    /// Makes an article public. A draft is submitted on the way: publishing says yes to its words.
    pub fn publish(&mut self, name: Option<&str>, together: &Together) -> Result<Moved> {
        let Some((id, slug, saved)) = self.saved_first(name)? else { return self.make_public(name, together) };
        match (self.make_public(Some(&id), together), saved) {
            (Ok(moved), saved) => Ok(Moved { saved: saved.or(moved.saved), ..moved }),
            (Err(error), Some(saved)) if !matches!(error, Error::AfterSave(_)) => {
                Err(Error::AfterSave(Box::new(AfterSave { slug, saved, error })))
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Saves the article that is meant before anything else: what names it, and what was saved. None where only others
    /// have it.
    fn saved_first(&mut self, name: Option<&str>) -> Result<Option<(String, Slug, Option<Saved>)>> {
        if let Err(Error::NotFound { .. }) = self.find(name) {
            return Ok(None);
        }
        self.write(|work| {
            let seen = work.find(name)?;
            let (_, standing, saved) = work.saved(seen)?;
            Ok(Some((standing.id.to_string(), standing.slug.clone(), saved)))
        })
    }

    fn make_public(&mut self, name: Option<&str>, together: &Together) -> Result<Moved> {
        let publish = |judge: &Judge<'_>| {
            let own = judge.own(together)?;
            let standing = workflow::unsealed(judge.standing);
            let change = workflow::publish(&standing, judge.circumstances, judge.findings, own.as_ref(), together);
            judge.decide(change)
        };
        let at = self.at_forge()?;
        self.come_up()?;
        if !self.records_follow()
            && let Some((id, content)) = self.landed_words(name)?
        {
            return self.stamp(at.as_ref(), id, content, together, None);
        }
        match at {
            Some(at) => self.publish_at(&at, name, together),
            None => self.again_if_slower(|newsroom| newsroom.act(name, Broken::Opened, publish)),
        }
    }

    /// Writes what changed in an article's public words into it, for readers.
    pub fn correct(&mut self, name: Option<&str>, correction: &Correction) -> Result<Moved> {
        let moved = self.act(name, Broken::Opened, |judge| {
            judge.decide(workflow::correct(judge.standing, judge.circumstances, correction))
        });
        self.delivered(moved?, Sharing::GoesOn)
    }

    /// Drops an open change of public words, and keeps it.
    pub fn cancel(&mut self, name: Option<&str>) -> Result<Moved> {
        let moved = self.act(name, Broken::Left, |judge| judge.decide(workflow::cancel_change(judge.standing)));
        self.delivered(moved?, Sharing::GoesOn)
    }

    /// Puts a notice in place of an article's public words.
    pub fn withdraw(&mut self, name: Option<&str>, kind: Withdrawal, note: &str) -> Result<Moved> {
        let withdraw = |judge: &Judge<'_>| {
            let notice = judge.decide(workflow::notice(judge.standing, judge.circumstances, kind, note))?;
            let assent = judge.say_of(&notice, Decision::Submit, note, Sources::NotSaid)?;
            judge.decide(workflow::withdraw(judge.standing, judge.circumstances, kind, note, &assent))
        };
        self.before_all(|newsroom| newsroom.act(name, Broken::Left, withdraw))
    }

    /// Abandons an article, and keeps it.
    pub fn spike(&mut self, name: Option<&str>, note: &str) -> Result<Moved> {
        let spike = |judge: &Judge<'_>| judge.decide(workflow::spike(judge.standing, judge.circumstances, note));
        let moved = self.act(name, Broken::Left, spike)?;
        self.delivered(moved, Sharing::GoesOn)
    }

    /// Takes a spiked or withdrawn article up again.
    pub fn revive(&mut self, name: &str, note: &str) -> Result<Moved> {
        let moved = self.act(Some(name), Broken::Left, |judge| {
            judge.decide(workflow::revive(judge.standing, judge.circumstances, note))
        });
        self.delivered(moved?, Sharing::GoesOn)
    }

    /// A move that is judged as of `moment`, not as of now.
    pub(super) fn act_at(
        &mut self,
        name: Option<&str>,
        moment: Timestamp,
        decide: impl FnOnce(&Judge<'_>) -> Result<Change>,
    ) -> Result<Moved> {
        let moved = self.write(|work| {
            let seen = work.find(name)?;
            work.moved(seen, Broken::Opened, Some(moment), decide)
        });
        self.delivered(moved?, Sharing::Begins)
    }

    /// A move that leaves what was changed by hand alone.
    pub(super) fn act_on_saved(
        &mut self,
        name: Option<&str>,
        decide: impl FnOnce(&Judge<'_>) -> Result<Change>,
    ) -> Result<Moved> {
        let moved = self.act(name, Broken::Left, decide)?;
        self.delivered(moved, Sharing::GoesOn)
    }

    /// The same with what became of sending it. What a move did here stays, whatever becomes of that.
    fn delivered(&self, moved: Moved, sharing: Sharing) -> Result<Moved> {
        let delivery = self.deliver(&moved.before, &moved.after, sharing)?;
        Ok(Moved { delivery, ..moved })
    }

    fn act(
        &mut self,
        name: Option<&str>,
        broken: Broken,
        decide: impl FnOnce(&Judge<'_>) -> Result<Change>,
    ) -> Result<Moved> {
        self.write(|work| {
            let seen = work.find(name)?;
            work.moved(seen, broken, None, decide)
        })
    }
}

/// An article as a move finds it.
pub(super) struct Gathered {
    pub(super) seen: Seen,
    pub(super) standing: Standing,
    pub(super) saved: Option<Saved>,
    pub(super) joined: Option<News>,
}

/// What becomes of an article that is not open and whose public words were changed by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is opened as it stands, so that people can agree to it.
    Opened,
    /// Nothing.
    Left,
}

/// All that a move is judged by.
pub(super) struct Judge<'a> {
    newsroom: &'a Newsroom,
    seen: &'a Seen,
    pub(super) standing: &'a Standing,
    pub(super) circumstances: &'a Circumstances,
    pub(super) findings: &'a [Finding],
    joined: Option<&'a News>,
}

impl Judge<'_> {
    /// Refuses where words came in on the way that nobody has read: nothing becomes public unseen.
    fn read(&self) -> Result<()> {
        match self.joined {
            Some(News::Joined { places, words, files, .. }) if *words > 0 || *files > 0 => {
                self.decide(Err(Refusal::Unread { places: places.clone() }))
            }
            _ => Ok(()),
        }
    }

    /// What this person says of the words, signed when they have a key for it.
    fn say(&self, decision: Decision, note: &str) -> Result<Assent> {
        self.say_of(self.standing, decision, note, Sources::NotSaid)
    }

    /// This person's own yes, where publishing brings it along. To words that join others by now nobody says it unseen.
    pub(super) fn own(&self, together: &Together) -> Result<Option<Assent>> {
        self.read()?;
        self.decide(workflow::whole(self.standing))?;
        let wanted = workflow::wants_own(self.standing, self.circumstances, together);
        wanted.then(|| self.say(Decision::Submit, "")).transpose()
    }

    /// The signature under `text`, where this person has a key.
    pub(super) fn sign(&self, text: &str) -> Result<Option<String>> {
        self.newsroom.signature(text)
    }

    fn say_of(&self, standing: &Standing, decision: Decision, note: &str, sources: Sources) -> Result<Assent> {
        let statement = self.decide(workflow::statement(standing, self.circumstances, decision, note, sources))?;
        let signature = self.newsroom.signature(&statement.text())?;
        Ok(Assent::new(statement, signature))
    }

    pub(super) fn decide<T>(&self, decided: Result<T, Refusal>) -> Result<T> {
        decided.map_err(|refusal| self.newsroom.refused(self.seen, refusal))
    }
}

impl Work<'_> {
    /// Saves an article and gives how it stands then.
    pub(super) fn saved(&mut self, seen: Seen) -> Result<(Seen, Standing, Option<Saved>)> {
        let standing = self.newsroom.standing(&seen)?;
        if let Some(change) = workflow::lay_out(&standing)
            && self.newsroom.is_a_colleagues(&standing)?
        {
            self.apply(&change)?;
            let again = self.newsroom.see(&standing)?.unwrap_or(seen);
            let standing = self.newsroom.standing(&again)?;
            return Ok((again, standing, None));
        }
        let circumstances = self.newsroom.circumstances()?;
        let adopted = self.newsroom.adopted(&seen, &standing)?;
        let change = workflow::save(&standing, &circumstances, adopted)
            .map_err(|refusal| self.newsroom.refused(&seen, refusal))?;
        let Some(change) = change else { return Ok((seen, standing, None)) };
        let saved = Saved::between(&standing, &change);
        self.apply(&change)?;
        let again = self.newsroom.see(&standing)?.unwrap_or(seen);
        let standing = self.newsroom.standing(&again)?;
        Ok((again, standing, Some(saved)))
    }

    fn moved(
        &mut self,
        seen: Seen,
        broken: Broken,
        moment: Option<Timestamp>,
        decide: impl FnOnce(&Judge<'_>) -> Result<Change>,
    ) -> Result<Moved> {
        let Gathered { seen, standing, saved, joined } = self.gathered(seen, broken)?;
        let slug = standing.slug.clone();
        self.decided(&seen, standing, (saved.clone(), joined), moment, decide).map_err(|error| match saved {
            Some(saved) => Error::AfterSave(Box::new(AfterSave { slug, saved, error })),
            None => error,
        })
    }

    /// An article as a move finds it: saved, opened where its public words were changed by hand, and brought up to the
    /// public version.
    pub(super) fn gathered(&mut self, seen: Seen, broken: Broken) -> Result<Gathered> {
        let (mut seen, mut standing, saved) = self.saved(seen)?;
        self.newsroom.gather_broken(&mut standing)?;
        let opened = workflow::reopen(&standing, &self.newsroom.circumstances()?).filter(|_| broken == Broken::Opened);
        if let Some(change) = opened {
            self.apply(&change)?;
            seen = self.newsroom.see(&standing)?.unwrap_or(seen);
            standing = Standing { broken: standing.broken, agreed: standing.agreed, ..self.newsroom.standing(&seen)? };
        }
        let mut joined = None;
        if broken == Broken::Opened {
            (seen, standing, joined) = self.brought_up(seen, standing)?;
        }
        Ok(Gathered { seen, standing, saved, joined })
    }

    /// What `decide` makes of an article, with the rules and what they say of it.
    pub(super) fn judged<T>(
        &mut self,
        seen: &Seen,
        standing: &Standing,
        joined: Option<&News>,
        moment: Option<Timestamp>,
        decide: impl FnOnce(&Judge<'_>) -> Result<T>,
    ) -> Result<(T, Circumstances, Vec<Finding>)> {
        let circumstances = self.newsroom.circumstances()?;
        let findings = self.newsroom.findings_as_of(standing, self.articles(), moment)?.told.findings;
        let judge = Judge {
            newsroom: self.newsroom,
            seen,
            standing,
            circumstances: &circumstances,
            findings: &findings,
            joined,
        };
        let decided = decide(&judge)?;
        Ok((decided, circumstances, findings))
    }

    /// The move itself, everything saved.
    fn decided(
        &mut self,
        seen: &Seen,
        standing: Standing,
        (saved, joined): (Option<Saved>, Option<News>),
        moment: Option<Timestamp>,
        decide: impl FnOnce(&Judge<'_>) -> Result<Change>,
    ) -> Result<Moved> {
        let (change, circumstances, findings) = self.judged(seen, &standing, joined.as_ref(), moment, decide)?;
        let delivery = self.settle(&change)?;
        let after = match self.newsroom.see(&standing)? {
            Some(seen) => self.newsroom.standing(&seen)?,
            None => Standing { open: None, working: None, ..standing.clone() },
        };
        let waiting = self.newsroom.as_landed(&after)?;
        Ok(Moved {
            needs: workflow::needs(waiting.as_ref().unwrap_or(&after), &circumstances),
            before: standing,
            after,
            saved,
            joined,
            findings,
            circumstances,
            delivery,
            there: None,
        })
    }
}

impl Saved {
    /// What `change` takes in, next to what was saved before it.
    pub(super) fn between(standing: &Standing, change: &Change) -> Self {
        let before = standing.open.as_ref().or(standing.base.as_ref());
        let after = change.steps.first().map(|step| &step.target);
        let Some(Target::Commit { writes, .. }) = after else { return Self { words: 0, files: 0 } };
        let main = before.map(|version| version.main.clone());
        let is_main = |write: &&Write| match &main {
            Some(main) => write.path == *main,
            None => write.path.name() == "index.md" || write.path.name().ends_with(".md"),
        };
        let words = writes.iter().find(is_main).map_or(0, |write| {
            let new = Document::read(write.path.clone(), write.bytes.as_deref().unwrap_or_default()).0;
            match before {
                Some(version) => Difference::between(&version.document, &new).words(),
                None => Body::read(&new).words(),
            }
        });
        Self { words, files: writes.iter().filter(|write| !is_main(write)).count() }
    }
}

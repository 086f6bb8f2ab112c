//! Recording what landed: the commit that makes it public.

use super::AtForge;
use super::landing::Unlanded;
use crate::article::{ArticleId, Digest, RefName, RefStep, Target};
use crate::ledger::Who;
use crate::newsroom::seen::Seen;
use crate::newsroom::writing::Work;
use crate::newsroom::{Moved, Newsroom, Result};
use crate::repository::Moved as Reference;
use crate::workflow::{self, Circumstances, Standing, Together};

impl Work<'_> {
    /// Stamps what landed.
    pub(in crate::newsroom) fn stamped(
        &mut self,
        seen: &Seen,
        mut standing: Standing,
        together: &Together,
        person: Option<Who>,
    ) -> Result<Moved> {
        self.newsroom.gather_broken(&mut standing)?;
        let unrecorded = self.newsroom.unrecorded(&standing)?;
        let ((mut change, circumstances), _, findings) = self.judged(seen, &standing, None, None, |judge| {
            let here = judge.circumstances.clone();
            let circumstances = Circumstances { person: person.unwrap_or_else(|| here.person.clone()), ..here };
            let (standing, findings) = (judge.standing, judge.findings);
            let change = judge.decide(match &unrecorded {
                Some(landed) => {
                    let content = standing.public_digest();
                    let brought = landed.brought();
                    workflow::record_landing(standing, &circumstances, findings, &brought, content, together.note())
                }
                None => workflow::stamp(standing, &circumstances, findings, together),
            })?;
            Ok((change, circumstances))
        })?;
        let spent = self.newsroom.spent(&standing)?;
        for branch in &spent.here {
            if !change.steps.iter().any(|step| step.name == branch.name) {
                change.steps.push(branch.clone());
            }
        }
        let delivery = self.settle_with(&change, &spent.there)?;
        let after = match self.newsroom.see(&standing)? {
            Some(seen) => self.newsroom.standing(&seen)?,
            None => Standing { open: None, working: None, ..standing.clone() },
        };
        let needs = workflow::needs(&after, &circumstances);
        let (saved, joined, there) = (None, None, None);
        Ok(Moved { before: standing, after, saved, joined, needs, findings, circumstances, delivery, there })
    }
}

impl Newsroom {
    /// An article as people agree to what landed of it and is not recorded yet: hidden words, or a change of public ones.
    /// None where nothing of the kind is there, or somebody has other words open.
    pub(in crate::newsroom) fn as_landed(&self, standing: &Standing) -> Result<Option<Standing>> {
        let circumstances = self.circumstances()?;
        if workflow::is_hidden(standing) {
            return Ok(workflow::waiting(standing, &circumstances));
        }
        if standing.published().is_none() || standing.open.is_some() {
            return Ok(None);
        }
        let mut standing = standing.clone();
        self.gather_broken(&mut standing)?;
        let unrecorded = self.unrecorded(&standing)?;
        Ok(unrecorded.and_then(|landed| workflow::across(&standing, &circumstances, &landed.brought())))
    }

    /// Words that have landed and wait to be recorded, where these are what is meant: nothing newer is open.
    pub(in crate::newsroom) fn landed_words(&self, name: Option<&str>) -> Result<Option<(ArticleId, Digest)>> {
        let mut standing = self.standing(&self.find(name)?)?;
        let waits = workflow::is_hidden(&standing) || {
            self.gather_broken(&mut standing)?;
            self.unrecorded(&standing)?.is_some()
        };
        let base = standing.base.as_ref().filter(|_| waits);
        let Some(content) = base.and_then(|base| base.digest.clone().ok()) else { return Ok(None) };
        let newer = standing.is_unsaved() || standing.open.is_some_and(|open| open.digest != Ok(content));
        Ok((!newer).then_some((standing.id, content)))
    }

    /// Records what landed, once it is known to be what was agreed to.
    pub(in crate::newsroom) fn stamp(
        &mut self,
        at: Option<&AtForge>,
        id: ArticleId,
        content: Digest,
        together: &Together,
        person: Option<Who>,
    ) -> Result<Moved> {
        let name = id.to_string();
        self.before_all(|newsroom| {
            newsroom.write(|work| {
                let seen = work.find(Some(&name))?;
                let standing = work.newsroom.standing(&seen)?;
                let found = standing.base.as_ref().and_then(|base| base.digest.clone().ok());
                if found != Some(content) {
                    let request = at.map(|at| work.newsroom.newest_request(at, &standing)).transpose()?.flatten();
                    let page = at.zip(request).map(|(at, request)| at.page(request.number));
                    return Err(Unlanded::OtherWords { page: page.unwrap_or_default() }.into());
                }
                let (standing, uncounted) = match at {
                    Some(at) => work.newsroom.with_reviews(at, standing)?,
                    None => (standing, Vec::new()),
                };
                work.stamped(&seen, standing, together, person.clone()).map_err(|error| error.besides(uncounted))
            })
        })
    }
}

/// Branches whose words have landed.
#[derive(Debug, Default)]
pub(super) struct Spent {
    pub(super) here: Vec<RefStep>,
    pub(super) there: Vec<Reference>,
}

impl Newsroom {
    /// The branches that brought what stands on the public version of an article, and nothing more.
    pub(super) fn spent(&self, standing: &Standing) -> Result<Spent> {
        let mut spent = Spent::default();
        let Some(base) = &standing.base else { return Ok(spent) };
        let is_spent = |tip| -> Result<bool> {
            let version = self.version(tip, standing.id, &base.home, &base.main)?;
            let same = version.is_some_and(|version| version.digest.is_ok() && version.digest == base.digest);
            Ok(same && self.repository.follows(self.base_tip, tip)?)
        };
        for (name, tip) in self.repository.references("refs/heads/desk/")? {
            if is_spent(tip)? {
                spent.here.push(RefStep { name, expect: Some(tip), target: Target::Gone });
            }
        }
        let Some(remote) = self.remote()? else { return Ok(spent) };
        let begins = format!("refs/remotes/{remote}/");
        for (name, tip) in self.repository.references(&format!("{begins}desk/"))? {
            let branch = name.as_str().strip_prefix(&begins).and_then(|branch| RefName::branch(branch).ok());
            if let Some(name) = branch.filter(|_| is_spent(tip).is_ok_and(|spent| spent)) {
                spent.there.push(Reference { name, old: Some(tip), new: None });
            }
        }
        Ok(spent)
    }
}

//! What landed by somebody's hand on a forge, and is not public yet.

use std::collections::BTreeSet;

use super::AtForge;
use crate::article::{ArticleId, RepoPath, Stage};
use crate::forge::State;
use crate::ledger::{Decision, Who};
use crate::newsroom::writing::Work;
use crate::newsroom::{Acted, Acting, Came, Newsroom, Result};
use crate::workflow::{self, Circumstances, Standing, Together};

/// So many of the newest steps are looked at for what landed. What landed before that long ago was told long ago.
const STEPS: usize = 200;

impl Work<'_> {
    /// Stamps what stands on the public version hidden and agreed to; of the rest it says why it stays hidden.
    pub(in crate::newsroom) fn stamp_what_landed(
        &mut self,
        at: Option<&AtForge>,
        acting: Acting,
    ) -> Result<Vec<Acted>> {
        let mut acted = Vec::new();
        let scheduled: Vec<ArticleId> = self.newsroom.schedules()?.into_iter().map(|(id, _)| id).collect();
        if self.newsroom.records_follow() {
            // The merge published it, and nobody may push the record: it comes with the next change.
            return Ok(acted);
        }
        for (id, slug) in self.newsroom.landed()? {
            // What is scheduled has its time.
            if scheduled.contains(&id) {
                continue;
            }
            let came = match self.stamp_one(at, id, acting) {
                Ok(came) => came,
                Err(error) if error.was_slower() => return Err(error),
                Err(error) => Came::Stays(error),
            };
            acted.push(Acted { slug, due: None, came });
        }
        Ok(acted)
    }

    fn stamp_one(&mut self, at: Option<&AtForge>, id: ArticleId, acting: Acting) -> Result<Came> {
        let seen = self.find(Some(&id.to_string()))?;
        let standing = self.newsroom.standing(&seen)?;
        let ((standing, uncounted), by) = match at {
            Some(at) => (self.newsroom.with_reviews(at, standing.clone())?, self.newsroom.merged_by(at, &standing)?),
            None => ((standing, Vec::new()), None),
        };
        let person = self.newsroom.stamper(by, &standing)?;
        let together = Together::WithOthers { note: String::new() };
        if acting == Acting::Dry {
            let circumstances = Circumstances { person, ..self.newsroom.circumstances()? };
            let findings = self.newsroom.findings_of(&standing, self.articles())?.told.findings;
            let judged = match self.newsroom.as_landed(&standing)?.filter(|_| !workflow::is_hidden(&standing)) {
                Some(across) => workflow::publish(&across, &circumstances, &findings, None, &together),
                None => workflow::stamp(&standing, &circumstances, &findings, &together),
            };
            return match judged {
                Ok(_) => Ok(Came::Would),
                Err(refusal) => Err(self.newsroom.refused(&seen, refusal).besides(uncounted)),
            };
        }
        let stamped = self.stamped(&seen, standing, &together, Some(person));
        stamped.map(|moved| Came::Published(Box::new(moved))).map_err(|error| error.besides(uncounted))
    }
}

impl Newsroom {
    /// The articles that landed and are not recorded: in review on the public version itself, or public with words of
    /// which the newest steps are not desk's.
    pub(super) fn landed(&self) -> Result<Vec<(ArticleId, String)>> {
        let all = self.articles()?;
        let touched = self.touched_by_others()?;
        let mut landed = Vec::new();
        for seen in &all {
            let (Some(id), Some(base)) = (seen.id, &seen.base) else { continue };
            let waits = match base.document.stage() {
                Some(Stage::Review) => true,
                Some(Stage::Published) if touched.contains(&base.document.path) => {
                    let mut standing = self.standing(seen)?;
                    self.gather_broken(&mut standing)?;
                    self.unrecorded(&standing)?.is_some()
                }
                _ => false,
            };
            if waits {
                landed.push((id, seen.slug.to_string()));
            }
        }
        Ok(landed)
    }

    /// Keeps the reviews of what was merged by hand, and whose records follow.
    pub(in crate::newsroom) fn keep_reviews_of_landed(&mut self, at: &AtForge) -> Result<()> {
        for (id, _) in self.landed()? {
            let standing = self.standing(&self.find(Some(&id.to_string()))?)?;
            self.hear(at, standing)?;
        }
        Ok(())
    }

    /// The files with the words of articles that the newest steps of the public version touched, as far as these are not
    /// desk's own.
    fn touched_by_others(&self) -> Result<BTreeSet<RepoPath>> {
        let mut touched = BTreeSet::new();
        for step in self.repository.first_parents(self.base_tip).take(STEPS) {
            let step = step?;
            let parent = step.parents.first().copied();
            if parent.is_none() || step.message.lines().any(|line| line.starts_with("Desk-Move: ")) {
                continue;
            }
            let root = &self.house.config.articles.root;
            for file in self.repository.changed(parent, Some(step.id), Some(root))?.files {
                touched.extend(self.main_above(step.id, &file.path)?);
            }
        }
        Ok(touched)
    }

    /// Whoever pressed the button on the forge, if they are on the staff list.
    fn merged_by(&self, at: &AtForge, standing: &Standing) -> Result<Option<Who>> {
        let Some(request) = self.newest_request(at, standing)?.filter(|request| request.state == State::Merged) else {
            return Ok(None);
        };
        let by = at.forge.pull_request(request.number)?.merged_by;
        let account = by.and_then(|by| self.house.staff.at_forge(&at.place.host, by.id, &by.login));
        Ok(account.map(|(person, _)| Who::new(&person.name, person.addresses.first().map_or("", String::as_str))))
    }

    /// In whose name what landed is stamped: of whoever landed it, else of whoever submitted it last, where the machine
    /// that does it is nobody of the staff.
    fn stamper(&self, by: Option<Who>, standing: &Standing) -> Result<Who> {
        if let Some(by) = by {
            return Ok(by);
        }
        let here = self.who();
        if let Ok(here) = &here
            && self.house.staff.find(&here.address).is_some()
        {
            return Ok(here.clone());
        }
        let submitted = standing.assents.iter().map(|assent| &assent.statement);
        let last = submitted.filter(|said| said.decision == Decision::Submit).max_by_key(|said| said.time);
        last.map(|said| said.person.clone()).map_or(here, Ok)
    }
}

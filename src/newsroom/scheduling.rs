//! Publishing later: leaving a schedule, taking it away, and acting on what is due.

use jiff::Timestamp;

use super::error::{Error, Result};
use super::moves::Moved;
use super::pull_requests::{AtForge, Ready};
use super::seen::Seen;
use super::sending::Sharing;
use super::{Newsroom, writing::Work};
use crate::article::{ArticleId, RefName, Slug, Stage};
use crate::ledger::{KeptSchedule, Who};
use crate::workflow::{self, Circumstances, Plan, Planned, Standing, Together, Void};

/// Whether something is done, or only told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acting {
    /// It is done.
    Really,
    /// What would be done is told.
    Dry,
}

/// What `tick` did about one schedule.
#[derive(Debug)]
pub struct Acted {
    /// The article's slug; its id where nothing of it is here.
    pub slug: String,
    /// When it was to become public, where that can be read.
    pub due: Option<Timestamp>,
    /// What came of it.
    pub came: Came,
}

/// What came of one schedule.
#[derive(Debug)]
pub enum Came {
    /// It is public now.
    Published(Box<Moved>),
    /// It would be.
    Would,
    /// Its time is to come.
    Ahead,
    /// It was public already, by another hand or on another machine; the schedule is gone.
    Public,
    /// It was void, and is gone.
    Void(Void),
    /// It is due and stays, for this reason.
    Stays(Error),
    /// Nothing of the article is here.
    NotHere,
}

/// Something that happens to an article by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Coming {
    /// Which article.
    pub id: Option<ArticleId>,
    /// Its slug.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// When; none where a schedule cannot be read.
    pub at: Option<Timestamp>,
    /// What.
    pub what: Occasion,
}

/// What happens by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Occasion {
    /// It becomes public, or should have.
    Publication(Plan),
    /// Its words may become public from then on.
    EmbargoEnds,
    /// Sites do not show it any more.
    Expires,
}

impl Newsroom {
    /// Leaves a schedule for the words of an article as they are now, and says yes to them as publishing would.
    pub fn schedule(&mut self, name: Option<&str>, due: Timestamp, note: &str) -> Result<Moved> {
        let together = Together::WithOthers { note: note.to_owned() };
        if let Some(at) = self.at_forge()? {
            let standing = self.standing(&self.find(name)?)?;
            self.hear(&at, standing)?;
        }
        self.act_at(name, due, |judge| {
            let own = judge.own(&together)?;
            let schedule = judge.decide(workflow::schedule_for(judge.standing, judge.circumstances, due, note))?;
            let kept = KeptSchedule::new(schedule.clone(), judge.sign(&schedule.text())?);
            judge.decide(workflow::schedule(judge.standing, judge.circumstances, judge.findings, own.as_ref(), &kept))
        })
    }

    /// Takes an article's schedule away.
    pub fn cancel_schedule(&mut self, name: Option<&str>) -> Result<Moved> {
        self.act_on_saved(name, |judge| judge.decide(workflow::cancel(judge.standing, judge.circumstances)))
    }

    /// Makes public what is due and what landed by somebody's hand on the forge, clears away what is void, and says why
    /// the rest stays. All is judged anew, at this moment and under the lock, so that doing it twice or on two machines
    /// does no harm.
    pub fn tick(&mut self, acting: Acting) -> Result<Vec<Acted>> {
        let at = self.at_forge()?;
        let (mut acted, lands) = self.before_all(|newsroom| {
            newsroom.write(|work| {
                let mut acted = work.stamp_what_landed(at.as_ref(), acting)?;
                let mut lands = Vec::new();
                for (id, _) in work.newsroom.schedules()? {
                    match work.tick_one(id, at.as_ref(), acting)? {
                        Turn::Over(one) => acted.push(one),
                        Turn::Lands(due) => lands.push(due),
                    }
                }
                Ok((acted, lands))
            })
        })?;
        if let (Some(at), true) = (&at, self.records_follow() && acting == Acting::Really) {
            self.keep_reviews_of_landed(at)?;
        }
        for due in lands {
            acted.extend(at.as_ref().map(|at| self.land_on_time(at, due)));
        }
        acted.sort_by_key(|one| one.due);
        Ok(acted)
    }

    /// Lands what is due through its pull request.
    fn land_on_time(&mut self, at: &AtForge, due: Box<Due>) -> Acted {
        let Due { slug, due, ready, kept, person } = *due;
        let together = Together::AsScheduled(Box::new(kept));
        let came = match self.land_ready(at, ready, &together, Some(person)) {
            Ok(moved) => Came::Published(Box::new(moved)),
            Err(error) => Came::Stays(error),
        };
        Acted { slug, due, came }
    }

    /// When the next schedule that is still to come is due.
    pub fn next_due(&self) -> Result<Option<Timestamp>> {
        let due = self.schedules()?.into_iter().filter_map(|(_, planned)| Some(planned.schedule()?.due));
        Ok(due.filter(|due| *due > self.setting.now).min())
    }

    /// What happens to articles by themselves: what is overdue or void first, then the next.
    pub fn coming(&self) -> Result<Vec<Coming>> {
        let circumstances = self.circumstances()?;
        let now = circumstances.now;
        let schedules = self.schedules()?;
        let mut coming = Vec::new();
        for seen in self.articles()? {
            let one =
                |at, what| Coming { id: seen.id, slug: seen.slug.clone(), title: seen.title().to_owned(), at, what };
            let planned = schedules.iter().find(|(id, _)| Some(*id) == seen.id);
            if let Some((_, planned)) = planned
                && let Some(plan) = workflow::plan(&self.standing(&seen)?, &circumstances)
            {
                let due = planned.schedule().map(|schedule| schedule.due);
                coming.push(one(due, Occasion::Publication(plan)));
            }
            let zone = &circumstances.zone;
            let open = seen.open.as_ref().map(|(_, leaf)| leaf);
            let ends = open.and_then(|leaf| workflow::embargo(&leaf.document, zone)).filter(|end| *end > now);
            coming.extend(ends.map(|end| one(Some(end), Occasion::EmbargoEnds)));
            let public = seen.base.as_ref().filter(|leaf| leaf.document.stage() == Some(Stage::Published));
            let expires = public.and_then(|leaf| workflow::expiry(&leaf.document, zone)).filter(|end| *end > now);
            coming.extend(expires.map(|end| one(Some(end), Occasion::Expires)));
        }
        coming.sort_by(|one, other| (one.at, &one.slug).cmp(&(other.at, &other.slug)));
        Ok(coming)
    }

    /// Every schedule that is kept here, by its article.
    pub(super) fn schedules(&self) -> Result<Vec<(ArticleId, Planned)>> {
        let mut schedules = Vec::new();
        for (name, _) in self.repository.references(RefName::SCHEDULES)? {
            let id = name.as_str().strip_prefix(RefName::SCHEDULES).and_then(|id| id.parse::<ArticleId>().ok());
            if let Some(id) = id
                && let Some(planned) = self.planned(id)?
            {
                schedules.push((id, planned));
            }
        }
        schedules.sort_by_key(|(id, planned)| (planned.schedule().map(|schedule| schedule.due), *id));
        Ok(schedules)
    }
}

/// What is to be done about one schedule.
enum Turn {
    /// Nothing more.
    Over(Acted),
    /// It may land, through its pull request.
    Lands(Box<Due>),
}

/// An article whose time has come, judged.
struct Due {
    slug: String,
    due: Option<Timestamp>,
    ready: Ready,
    kept: KeptSchedule,
    person: Who,
}

/// What came of carrying a schedule out.
enum Carried {
    Came(Came),
    Lands(Box<Ready>, Who),
}

impl Work<'_> {
    fn tick_one(&mut self, id: ArticleId, at: Option<&AtForge>, acting: Acting) -> Result<Turn> {
        let seen = match self.find(Some(&id.to_string())) {
            Ok(seen) => seen,
            Err(Error::NotFound { .. }) => {
                let planned = self.newsroom.planned(id)?;
                let due = planned.as_ref().and_then(Planned::schedule).map(|schedule| schedule.due);
                return Ok(Turn::Over(Acted { slug: id.to_string(), due, came: Came::NotHere }));
            }
            Err(other) => return Err(other),
        };
        let mut standing = self.newsroom.standing(&seen)?;
        let mut uncounted = Vec::new();
        if let Some(at) = at {
            (standing, uncounted) = self.newsroom.with_reviews(at, standing)?;
        }
        let circumstances = self.newsroom.circumstances()?;
        let due = standing.schedule.as_ref().and_then(Planned::schedule).map(|schedule| schedule.due);
        let slug = standing.slug.to_string();
        let kept = standing.schedule.as_ref().and_then(|planned| planned.kept.clone().ok());
        let came = match (workflow::plan(&standing, &circumstances), kept) {
            (Some(Plan::Ahead { .. }), _) | (None, _) => Came::Ahead,
            (Some(Plan::Overdue { .. }), Some(kept)) => {
                match self.carry_out(&seen, standing, &kept, at, acting).map_err(|error| error.besides(uncounted)) {
                    Ok(Carried::Came(came)) => came,
                    Ok(Carried::Lands(ready, person)) => {
                        return Ok(Turn::Lands(Box::new(Due { slug, due, ready: *ready, kept, person })));
                    }
                    // Everything is judged anew from what the remote has now.
                    Err(error) if error.was_slower() => return Err(error),
                    Err(error) => Came::Stays(error),
                }
            }
            (Some(Plan::Void(why)), _) => {
                if acting == Acting::Really
                    && let Some(change) = workflow::clear_void(&standing, &circumstances)
                {
                    self.apply(&change)?;
                    let after = Standing { schedule: None, ..standing.clone() };
                    self.newsroom.deliver(&standing, &after, Sharing::GoesOn)?;
                }
                if why == Void::Public { Came::Public } else { Came::Void(why) }
            }
            (Some(Plan::Overdue { .. }), None) => Came::Void(Void::Unreadable),
        };
        Ok(Turn::Over(Acted { slug, due, came }))
    }

    /// Publishes in the name of whoever scheduled it. Nothing is saved before: what nobody agreed to stays out.
    fn carry_out(
        &mut self,
        seen: &Seen,
        mut standing: Standing,
        kept: &KeptSchedule,
        at: Option<&AtForge>,
        acting: Acting,
    ) -> Result<Carried> {
        self.newsroom.gather_broken(&mut standing)?;
        let here = self.newsroom.circumstances()?;
        let address = kept.schedule.person.address.clone();
        let person = match here.staff.find(&address) {
            Some(person) => Who::new(&person.name, address),
            None => kept.schedule.person.clone(),
        };
        let circumstances = Circumstances { person, ..here };
        let findings = self.newsroom.findings_of(&standing, self.articles())?.told.findings;
        let together = Together::AsScheduled(Box::new(kept.clone()));
        let has_landed = workflow::is_hidden(&standing);
        let judged = match has_landed {
            true => workflow::stamp(&standing, &circumstances, &findings, &together),
            false => workflow::publish(&workflow::unsealed(&standing), &circumstances, &findings, None, &together),
        };
        let change = judged.map_err(|refusal| self.newsroom.refused(seen, refusal))?;
        if acting == Acting::Dry {
            return Ok(Carried::Came(Came::Would));
        }
        if at.is_some() && !has_landed {
            let person = circumstances.person;
            let ready = Ready::judged(standing).ok_or(Error::NothingOpen)?;
            return Ok(Carried::Lands(Box::new(ready), person));
        }
        let delivery = self.settle(&change)?;
        let after = match self.newsroom.see(&standing)? {
            Some(seen) => self.newsroom.standing(&seen)?,
            None => standing.clone(),
        };
        let needs = workflow::needs(&after, &circumstances);
        Ok(Carried::Came(Came::Published(Box::new(Moved {
            needs,
            before: standing,
            after,
            saved: None,
            joined: None,
            findings,
            circumstances,
            delivery,
            there: None,
        }))))
    }
}

//! Before the public through a pull request: the words that were agreed to land by the forge's own merge, pinned to where
//! the branch stood when they were judged, and are then stamped.

use super::asking::Whom;
use super::{AtForge, There};
use crate::article::{Digest, Slug, Stage};
use crate::forge::{self, CommitId, Known, Merge, Merged, Method, PullRequest, State};
use crate::ledger::Who;
use crate::newsroom::moves::{Broken, Gathered};
use crate::newsroom::sending::Sharing;
use crate::newsroom::{Delivery, Error, Fetching, Hindrance, Moved, News, Newsroom, Result, Undelivered};
use crate::workflow::{self, LandingWay, Standing, Together, Unfit};

/// An article that may land.
#[derive(Debug)]
pub(in crate::newsroom) struct Ready {
    standing: Standing,
    content: Digest,
    /// Whether the person's own yes goes with it.
    own: bool,
}

impl Ready {
    /// What was judged by somebody else, who found that it may.
    pub(in crate::newsroom) fn judged(standing: Standing) -> Option<Self> {
        let content = standing.open.as_ref().and_then(|open| open.digest.clone().ok())?;
        Some(Self { standing, content, own: false })
    }

    /// How it stands.
    pub(super) fn standing(&self) -> &Standing {
        &self.standing
    }
}

/// What stands between an article and the public on a forge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unlanded {
    /// The forge does not merge it, in its own words.
    #[error("{host} does not merge it")]
    Refused {
        /// The forge.
        host: String,
        /// The pull request's page.
        page: String,
        /// What it said.
        said: String,
    },
    /// The forge has not made up its mind.
    #[error("{host} has not decided yet whether it can be merged")]
    Undecided {
        /// The forge.
        host: String,
    },
    /// Pull requests land there by a queue, which puts words together that nobody has read together.
    #[error("pull requests land by a queue on {host}")]
    Queue {
        /// The forge.
        host: String,
    },
    /// The only way to land there does not do for these words.
    #[error("{host} lands pull requests in a way that does not do here")]
    Unfit {
        /// The forge.
        host: String,
        /// Why.
        unfit: Unfit,
    },
    /// It does not promise to merge nothing but the words that were read.
    #[error("{host} cannot be told which words to merge")]
    NotPinned {
        /// The forge.
        host: String,
    },
    /// The pull request was closed there.
    #[error("the pull request was closed")]
    Closed {
        /// Its page.
        page: String,
    },
    /// It landed, and its record was not taken where that has to be.
    #[error("it landed, and its record was not taken")]
    Unrecorded {
        /// The pull request's page.
        page: String,
        /// What stood in the way.
        hindrance: Undelivered,
        /// Whether readers see the words all the same: they were public before, with others.
        public: Publicity,
    },
    /// Its commits do what no yes to an article covers.
    #[error("the pull request brings what nobody may agree to")]
    Deeds {
        /// Its page.
        page: String,
        /// What they do.
        deeds: Vec<String>,
    },
    /// It brings another article, whose words are not agreed to.
    #[error("the pull request would make `{slug}` public too, and not everybody has agreed to that")]
    Besides {
        /// Its page.
        page: String,
        /// The other article.
        slug: Slug,
    },
    /// What landed are other words than those that were agreed to.
    #[error("other words landed than were agreed to")]
    OtherWords {
        /// The pull request's page.
        page: String,
    },
}

/// Whether readers see what landed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publicity {
    /// They do.
    Public,
    /// They do not, until it is recorded.
    Hidden,
}

impl Newsroom {
    /// Makes an article public by landing its pull request. Where the words, the branch or the public version changed on
    /// the way, everything is judged anew.
    pub(in crate::newsroom) fn publish_at(
        &mut self,
        at: &AtForge,
        name: Option<&str>,
        together: &Together,
    ) -> Result<Moved> {
        self.again_if_slower(|newsroom| newsroom.land(at, name, together))
    }

    fn land(&mut self, at: &AtForge, name: Option<&str>, together: &Together) -> Result<Moved> {
        // What was written in a browser is what would land: it is read here first.
        let came: Vec<String> = self.sync(name, Fetching::Nothing)?.news.iter().filter_map(changed_by).collect();
        let mut ready = self.ready(at, name, together).map_err(|error| error.besides(came))?;
        if ready.own {
            self.submit(name, "", &[])?;
            ready = self.ready(at, name, together)?;
        }
        self.land_ready(at, ready, together, None)
    }

    /// Has the forge land what was judged, and records it: in the name of `person`, where that is not who sits here.
    pub(in crate::newsroom) fn land_ready(
        &mut self,
        at: &AtForge,
        ready: Ready,
        together: &Together,
        person: Option<Who>,
    ) -> Result<Moved> {
        let request = self.request_for(at, &ready)?;
        if request.state == State::Open {
            self.brings_nothing_besides(at, &request, &ready)?;
            self.merge(at, &request, &ready)?;
        }
        self.come_up()?;
        if self.records_follow() {
            return self.landed_sealed(at, &request, ready);
        }
        let page = at.page(request.number);
        let stamped = self.stamp(Some(at), ready.standing.id, ready.content, together, person);
        let moved = stamped.map_err(|error| self.unrecorded_there(error, &page, &ready.standing))?;
        let there = There::Done { number: request.number.0, page, renewed: true, not_done: Vec::new() };
        Ok(Moved { before: ready.standing, there: Some(there), ..moved })
    }

    /// The same failure, said of words that have landed already.
    fn unrecorded_there(&self, error: Error, page: &str, standing: &Standing) -> Error {
        let hindrance = match error {
            Error::Undelivered(hindrance) if hindrance.why != Hindrance::Behind => hindrance,
            // What came between is brought in, and all of it is judged anew.
            other => return other,
        };
        let public = if standing.published().is_some() { Publicity::Public } else { Publicity::Hidden };
        Unlanded::Unrecorded { page: page.to_owned(), hindrance: *hindrance, public }.into()
    }

    /// What a merge published that was sealed before; its record comes with the next change.
    fn landed_sealed(&mut self, at: &AtForge, request: &PullRequest, ready: Ready) -> Result<Moved> {
        let name = ready.standing.id.to_string();
        self.sync(Some(&name), Fetching::Nothing)?;
        let after = self.standing(&self.find(Some(&name))?)?;
        let page = at.page(request.number);
        if after.public_digest() != Some(ready.content) {
            return Err(Unlanded::OtherWords { page }.into());
        }
        self.keep_reviews(&ready.standing)?;
        let circumstances = self.circumstances()?;
        let there = There::Done { number: request.number.0, page, renewed: true, not_done: Vec::new() };
        Ok(Moved {
            needs: workflow::needs(&ready.standing, &circumstances),
            delivery: self.remote()?.map(|remote| Delivery::Sent { remote }),
            before: ready.standing,
            after,
            saved: None,
            joined: None,
            findings: Vec::new(),
            circumstances,
            there: Some(there),
        })
    }

    /// Judges whether the words may become public, with all that was said of them, and changes nothing.
    fn ready(&mut self, at: &AtForge, name: Option<&str>, together: &Together) -> Result<Ready> {
        self.write(|work| {
            let seen = work.find(name)?;
            let Gathered { seen, standing, joined, .. } = work.gathered(seen, Broken::Opened)?;
            let (standing, uncounted) = work.newsroom.with_reviews(at, standing)?;
            let judged = work.judged(&seen, &standing, joined.as_ref(), None, |judge| {
                let own = judge.own(together)?;
                let (circumstances, findings) = (judge.circumstances, judge.findings);
                let standing = workflow::unsealed(judge.standing);
                judge.decide(workflow::publish(&standing, circumstances, findings, own.as_ref(), together))?;
                Ok(own.is_some() || judge.standing.stage() == Stage::Draft)
            });
            let (own, ..) = judged.map_err(|error| error.besides(uncounted))?;
            let content = standing.open.as_ref().and_then(|open| open.digest.clone().ok());
            let content = content.ok_or(Error::NothingOpen)?;
            Ok(Ready { standing, content, own })
        })
    }

    /// The pull request through which the words land, standing where they do.
    fn request_for(&self, at: &AtForge, ready: &Ready) -> Result<PullRequest> {
        let standing = &ready.standing;
        let head = standing.open.as_ref().and_then(|open| CommitId::new(&open.commit.to_string()));
        let found = self.newest_request(at, standing)?;
        let stands = |request: &PullRequest| Some(&request.head) == head.as_ref();
        if let Some(request) = found.filter(|request| stands(request) || request.state == State::Open) {
            match request.state {
                State::Open | State::Merged if stands(&request) => return Ok(request),
                State::Closed => return Err(Unlanded::Closed { page: at.page(request.number) }.into()),
                State::Open | State::Merged => {}
            }
        }
        // It was not sent yet, or not all of it. What came from somebody else's repository goes on there.
        if let Some(Delivery::Kept(kept)) = self.deliver(standing, standing, Sharing::Begins)? {
            return Err(kept.into());
        }
        let circumstances = self.circumstances()?;
        let findings = self.findings_of(standing, &self.articles()?)?;
        let number = self.opened_at(at, standing, &circumstances, &findings, Whom::Named(&[]))?.request.number;
        let request = at.forge.pull_request(number)?;
        match stands(&request) {
            true => Ok(request),
            false => Err(self.behind()?),
        }
    }

    /// Somebody sent other words meanwhile.
    pub(super) fn behind(&self) -> Result<Error> {
        let remote = self.remote()?.unwrap_or_default();
        Ok(Undelivered { remote, why: Hindrance::Behind }.into())
    }

    /// Has the forge merge exactly the words that were judged.
    fn merge(&self, at: &AtForge, request: &PullRequest, ready: &Ready) -> Result<()> {
        let host = || at.place.host.clone();
        if at.forge.about()?.pins_heads != Known::Yes {
            return Err(Unlanded::NotPinned { host: host() }.into());
        }
        let protection = at.forge.protection(self.base_name()).ok().unwrap_or_default();
        if protection.queue == Known::Yes {
            return Err(Unlanded::Queue { host: host() }.into());
        }
        let (title, message) = workflow::landing(&ready.standing, ready.content);
        let mut said = String::new();
        let circumstances = self.circumstances()?;
        let mut unfit = None;
        for method in methods(&protection) {
            if let Err(why) = workflow::may_land_by(way(method), &ready.standing, &circumstances) {
                unfit = Some(why);
                continue;
            }
            let merge = Merge { head: &request.head, method, title: &title, message: &message };
            match at.forge.merge(request.number, &merge)? {
                Merged::Landed => return Ok(()),
                Merged::HeadMoved | Merged::BaseMoved => return Err(self.behind()?),
                Merged::Undecided => return Err(Unlanded::Undecided { host: host() }.into()),
                Merged::Refused(why) => {
                    let is_about_the_way = says_method(&why);
                    said = why;
                    if !is_about_the_way {
                        unfit = None;
                        break;
                    }
                }
            }
        }
        match unfit {
            Some(unfit) => Err(Unlanded::Unfit { host: host(), unfit }.into()),
            None => Err(Unlanded::Refused { host: host(), page: at.page(request.number), said }.into()),
        }
    }
}

/// Whose change of an open article came in, said to whoever is refused because of it.
fn changed_by(news: &News) -> Option<String> {
    match news {
        News::Followed(about) | News::Joined { about, .. } => {
            let by = about.by.as_ref().map_or("somebody", |(name, _)| name);
            Some(format!("{by} changed it meanwhile: desk show {} --changes", about.slug))
        }
        _ => None,
    }
}

/// The ways to land, the most telling first, of those that are allowed. By rebasing, several versions of the words would
/// follow one another before the public: that is done only where nothing else may be.
fn methods(protection: &forge::Protection) -> Vec<Method> {
    let all = [Method::Merge, Method::Squash, Method::Rebase];
    let allowed = |method: &Method| protection.methods.as_ref().is_none_or(|allowed| allowed.contains(method));
    let linear = |method: &Method| protection.linear != Known::Yes || *method != Method::Merge;
    all.into_iter().filter(|method| allowed(method) && linear(method)).collect()
}

fn way(method: Method) -> LandingWay {
    match method {
        Method::Merge => LandingWay::Merge,
        Method::Squash => LandingWay::Squash,
        Method::Rebase => LandingWay::Rebase,
    }
}

/// Whether a forge refused the way of landing, and not the landing.
fn says_method(said: &str) -> bool {
    let said = said.to_lowercase();
    ["not allowed on this repository", "merge method", "does not allow merge", "is not an allowed"]
        .iter()
        .any(|sign| said.contains(sign))
}

//! The whole history of the base, folded.

use std::collections::{BTreeMap, HashMap};

use super::addresses::{Addresses, Standing};
use super::article::find;
use super::broken::{Break, Mended, Reason};
use super::entries::{Confirmed, Link, Met, last_content};
use super::judge::{Judgement, judge};
use super::keys::doubt;
use super::landing::{Following, Landing, Recorded};
use super::step::{Past, Rules, Step};
use crate::article::{ArticleId, ObjectId, RepoPath};
use crate::ledger::{Assent, Owed, Record, Strength, record_path};

/// What can be said of one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Story {
    /// Its record, entry by entry.
    pub links: Vec<Link>,
    /// Where it breaks.
    pub breaks: Vec<Break>,
    /// Where it broke, and was made good since.
    pub mended: Vec<Mended>,
    /// Words that a forge landed and that were recorded later.
    pub recorded: Vec<Recorded>,
    /// Words that a forge landed, everybody's yes to which is kept: their entry comes with the next change.
    pub following: Option<Following>,
    /// Where it is, if it is there.
    pub home: Option<RepoPath>,
}

impl Story {
    /// How sure the weakest assent behind its public words is; none when there is none.
    pub fn strength(&self) -> Option<Strength> {
        let following = self.following.iter().flat_map(|one| &one.confirmed).map(|one| one.strength);
        self.links.iter().filter_map(Link::strength).chain(following).min()
    }

    /// Whether assents are still owed.
    pub fn is_owed(&self) -> bool {
        self.links.last().is_some_and(|link| link.entry.owed == Owed::Assents)
    }
}

/// Everything that a walk along the base's first parents, oldest step first, has found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audit {
    /// By article.
    pub stories: BTreeMap<ArticleId, Story>,
    /// What is about no article that has an id.
    pub breaks: Vec<Break>,
    /// The commit that made the newsroom.
    pub founded: Option<ObjectId>,
    /// How many steps were judged since.
    pub steps: usize,
    /// Where in the line each of them is.
    places: HashMap<ObjectId, usize>,
    addresses: Addresses,
    /// What landed last of each article and waits to be recorded.
    landings: BTreeMap<ArticleId, Landing>,
    start: Start,
}

/// Where the walk begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// Where the newsroom was founded.
    #[default]
    Founding,
    /// Later: what was there before is taken as it is.
    Later,
}

impl Audit {
    /// A walk that begins at some step, with the judgements of steps before it whose breaks later ones may make good, or
    /// whose landings they may record. `founded` is the step before it, if there was a newsroom then.
    pub fn later(founded: Option<ObjectId>, earlier: impl IntoIterator<Item = Judgement>) -> Self {
        let mut audit = Self { founded, start: Start::Later, ..Self::default() };
        for judgement in earlier {
            audit.landings.extend(judgement.landings.into_iter().map(|landing| (landing.article, landing)));
            judgement.breaks.into_iter().filter(|one| one.why.is_mendable()).for_each(|one| audit.say(one));
        }
        audit
    }

    /// Judges the next step.
    pub fn step<P: Past>(&mut self, step: &Step, past: &P) -> Result<(), P::Error> {
        let judgement = judge(step, past)?;
        if !judgement.has_newsroom {
            if self.founded.is_some() {
                self.say(Break { commit: step.commit, article: None, path: None, why: Reason::RulesGone });
            }
            if judgement.breaks.is_empty() && judgement.links.is_empty() {
                return Ok(());
            }
        }
        self.founded = self.founded.or(Some(step.commit));
        self.places.insert(step.commit, self.steps);
        self.steps += 1;
        let addresses = self.addresses.follow(step.commit, &judgement.sightings);
        // What is taken away first, so that an article may move.
        for sighting in judgement.sightings.iter().filter(|sighting| sighting.home.is_none()) {
            self.stories.entry(sighting.article).or_default().home = None;
        }
        for sighting in judgement.sightings {
            let Some(home) = sighting.home else { continue };
            let known = match (self.start, step.parent) {
                (Start::Later, Some(parent)) => recorded_home(past, parent, sighting.article)?,
                _ => None,
            };
            let story = self.stories.entry(sighting.article).or_default();
            let other = story.home.replace(home.clone()).or(known).filter(|other| *other != home);
            if let Some(other) = other
                && is_there(past, step.commit, &other, sighting.article)?
            {
                let article = Some(sighting.article);
                let why = Reason::IdReused(other);
                self.say(Break { commit: step.commit, article, path: Some(home), why });
            }
        }
        for (article, link) in judgement.links {
            // Only an entry with which nothing is wrong, and to which everybody has agreed, makes anything good.
            let sound = judgement.breaks.iter().all(|one| one.why == Reason::NotRecorded) && link.met == Met::Fully;
            if sound {
                self.mend(article, &link);
            }
            // Whatever is recorded next, a landing before it is not recorded any more.
            let landing = self.landings.remove(&article);
            if sound {
                self.record(article, &link, landing);
            }
            self.stories.entry(article).or_default().links.push(link);
        }
        // What changes words that wait to be recorded leaves them without their entry.
        for article in judgement.breaks.iter().filter_map(|one| one.article) {
            self.landings.remove(&article);
        }
        self.landings.extend(judgement.landings.into_iter().map(|landing| (landing.article, landing)));
        for one in judgement.breaks.into_iter().chain(addresses) {
            self.say(one);
        }
        Ok(())
    }

    /// Takes the landing that the entry of `link` records out of what is broken.
    fn record(&mut self, article: ArticleId, link: &Link, landing: Option<Landing>) {
        let Some(&named) = link.entry.landed.first() else { return };
        let why = match &landing {
            Some(landing) => landing.settled(link),
            None => Some(Reason::RecordsNoLanding(named)),
        };
        let (commit, path) = (link.commit, Some(link.entry.path.clone()));
        match (landing, why) {
            (Some(landing), None) => {
                let story = self.stories.entry(article).or_default();
                story.breaks.retain(|one| !landing.is_told_by(one));
                story.recorded.push(Recorded { landed: landing.commit, by: commit });
            }
            (Some(landing), Some(why @ Reason::LandedWithout { .. })) => {
                let breaks = self.stories.entry(article).or_default().breaks.iter_mut();
                breaks.filter(|one| landing.is_told_by(one)).for_each(|one| one.why = why.clone());
            }
            (_, Some(why)) => self.say(Break { commit, article: Some(article), path, why }),
            (None, None) => {}
        }
    }

    /// The articles whose words a forge landed under rules that leave the entry to the next change.
    pub fn awaited(&self) -> Vec<ArticleId> {
        self.landings.iter().filter(|(_, landing)| landing.follows()).map(|(article, _)| *article).collect()
    }

    /// Takes in what is kept of what people said of such an article: with everybody's yes nothing is broken, and the entry
    /// follows. Called before [`Audit::finish`].
    pub fn follow_up(&mut self, article: ArticleId, kept: &[Assent]) {
        let Some(landing) = self.landings.get(&article).filter(|landing| landing.follows()) else { return };
        let tally = landing.tally(kept);
        if tally.meets(&landing.asked) {
            let story = self.stories.entry(article).or_default();
            story.breaks.retain(|one| !landing.is_told_by(one));
            let confirmed = tally.counted.iter().map(Confirmed::of).collect();
            story.following = Some(Following { landed: landing.commit, confirmed });
        }
    }

    /// Looks at what is there in the end: `articles` are all of them at `tip`, each with its folder (or file) and the
    /// file with its words. What readers see must be what a record (or what was there before desk) says. This is all
    /// that can be said where there is no history.
    pub fn finish<P: Past>(
        &mut self,
        tip: ObjectId,
        articles: &[(RepoPath, RepoPath)],
        past: &P,
    ) -> Result<(), P::Error> {
        let before = past.before_desk(tip)?;
        if let (Start::Founding, Ok(Some(rules))) = (self.start, Rules::read(past, tip)?) {
            for (article, story) in &mut self.stories {
                doubt(*article, story, &rules.staff, &self.places);
            }
        }
        // What was broken before the first step is not told again, unless it was made good since.
        let judged =
            |one: &Break| self.places.contains_key(&one.commit) || matches!(one.why, Reason::HistoryRewritten(_));
        if self.start == Start::Later {
            self.breaks.retain(judged);
            self.stories.values_mut().for_each(|story| story.breaks.retain(judged));
        }
        let rules = Rules::read(past, tip)?.ok().flatten();
        let mut standing = Standing::default();
        for (home, main) in articles {
            let found = find(past, tip, home.clone(), main.clone())?;
            let article = found.id();
            let shown = rules.as_ref().filter(|_| found.is_shown()).map(|rules| found.addresses(rules));
            if let Some(why) = standing.put(home, shown.unwrap_or_default()).filter(|_| !self.is_broken(article, home))
            {
                self.say(Break { commit: tip, article, path: Some(home.clone()), why });
            }
            let follows =
                article.and_then(|article| self.stories.get(&article)).is_some_and(|one| one.following.is_some());
            let is_told = self.is_broken(article, home) || follows;
            if !found.is_shown() || before.holds(home, found.before_digest()) || is_told {
                continue;
            }
            let record = match article {
                Some(article) => past.file(tip, &record_path(article))?.map(|bytes| (article, bytes)),
                None => None,
            };
            let why = match record {
                None => Some(Reason::PublicWithoutRecord),
                Some((article, bytes)) => match Record::read(&record_path(article), &bytes) {
                    Err(findings) => Some(Reason::RecordBroken(
                        findings.into_iter().next().map_or_else(String::new, |finding| finding.message),
                    )),
                    Ok(record) => match (last_content(&record), found.digest(article)) {
                        (Some(recorded), digest) if digest == Some(recorded) => None,
                        (Some(recorded), found) => Some(Reason::OtherContent { recorded, found }),
                        (None, _) => Some(Reason::PublicWithoutRecord),
                    },
                },
            };
            if let Some(why) = why {
                self.say(Break { commit: tip, article, path: Some(home.clone()), why });
            }
        }
        Ok(())
    }

    /// Takes what the entry of `link` mends out of what is broken: breaks of this article's own words, at the place that
    /// the entry speaks of.
    fn mend(&mut self, article: ArticleId, link: &Link) {
        for commit in &link.entry.mends {
            let is_meant = |one: &mut Break| {
                one.commit == *commit
                    && one.why.is_mendable()
                    && one.article.is_none_or(|about| about == article)
                    && one.path.as_ref().is_some_and(|path| path.is_within(&link.entry.path))
            };
            let story = self.stories.entry(article).or_default();
            let own = story.breaks.extract_if(.., is_meant).chain(self.breaks.extract_if(.., is_meant));
            let mended: Vec<Mended> =
                own.map(|broken| Mended { broken, by: link.commit, time: link.entry.time }).collect();
            if mended.is_empty() {
                let why = Reason::MendsNothing(*commit);
                let path = Some(link.entry.path.clone());
                self.say(Break { commit: link.commit, article: Some(article), path, why });
            } else {
                story.mended.extend(mended);
            }
        }
    }

    /// Whether nothing breaks anywhere that was not made good.
    pub fn is_whole(&self) -> bool {
        self.breaks.is_empty() && self.stories.values().all(|story| story.breaks.is_empty())
    }

    /// Says of which records nothing would watch over the article, where the settings say anew where articles are:
    /// `homes` are the places of all that there are at `tip`.
    pub fn unwatched<P: Past>(
        &mut self,
        tip: ObjectId,
        records: &[ArticleId],
        homes: &[&RepoPath],
        past: &P,
    ) -> Result<(), P::Error> {
        for &article in records {
            let Some(home) = recorded_home(past, tip, article)? else { continue };
            if !homes.contains(&&home) && !self.is_broken(Some(article), &home) {
                self.say(Break { commit: tip, article: Some(article), path: Some(home), why: Reason::NoArticle });
            }
        }
        Ok(())
    }

    /// Says that a commit which was known does not lead to `tip`.
    pub fn rewritten(&mut self, tip: ObjectId, known: ObjectId) {
        self.say(Break { commit: tip, article: None, path: None, why: Reason::HistoryRewritten(known) });
    }

    fn is_broken(&self, article: Option<ArticleId>, home: &RepoPath) -> bool {
        match article {
            Some(article) => self.stories.get(&article).is_some_and(|story| !story.breaks.is_empty()),
            None => self.breaks.iter().any(|one| one.path.as_ref() == Some(home)),
        }
    }

    fn say(&mut self, one: Break) {
        match one.article {
            Some(article) => self.stories.entry(article).or_default().breaks.push(one),
            None => self.breaks.push(one),
        }
    }
}

/// Where the record of an article says that it is.
fn recorded_home<P: Past>(past: &P, at: ObjectId, article: ArticleId) -> Result<Option<RepoPath>, P::Error> {
    let bytes = past.file(at, &record_path(article))?;
    let record = bytes.and_then(|bytes| Record::read(&record_path(article), &bytes).ok());
    Ok(record.and_then(|record| record.entries.last().map(|entry| entry.path.clone())))
}

/// Whether the article with this id is (also) at `home`.
fn is_there<P: Past>(past: &P, at: ObjectId, home: &RepoPath, article: ArticleId) -> Result<bool, P::Error> {
    let main = match home.join("index.md") {
        Ok(main) if past.file(at, &main)?.is_some() => main,
        _ => home.clone(),
    };
    Ok(past.file(at, &main)?.is_some() && find(past, at, home.clone(), main)?.id() == Some(article))
}

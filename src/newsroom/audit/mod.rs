//! Proving what is public: every step of the public version's past, judged by the rules that held then.

mod accounts;
mod apart;
mod pushed;

use jiff::Timestamp;

use accounts::Accounts;
pub use pushed::{Push, Refused};

use super::Newsroom;
use super::error::{Error, Result};
use super::past::{Line, Walk};
use crate::article::{ArticleId, Document, ObjectId, RepoPath, Slug};
use crate::config::Config;
use crate::history::{Audit, Following, Link, Past as _, Reason, Start};
use crate::ledger::{Strength, Who, record_id};

/// What the past of the public version shows.
#[derive(Debug, Clone)]
pub struct Audited {
    /// How many steps were judged.
    pub steps: usize,
    /// When the newsroom was founded, as its first commit says.
    pub since: Option<Timestamp>,
    /// The last commit; none where only files are there.
    pub tip: Option<ObjectId>,
    /// What all of it rests on.
    pub basis: Basis,
    /// How the newsroom works at its end.
    pub config: Config,
    /// What can be said of each article that is public, or is in some other way worth telling of, in order of place.
    pub accounts: Vec<Account>,
    /// Breaks that are about no article: the newsroom's own rules, its records.
    pub breaches: Vec<Breach>,
}

/// What an audit rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Every step since the newsroom was founded.
    History,
    /// Every step since one that is taken as it is.
    Range,
    /// What files say of each other.
    Files,
}

/// What can be said of one article.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id; none while desk does not keep it.
    pub id: Option<ArticleId>,
    /// Its slug, or its place where it has none.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its folder, or its file: where it is, or where it was last.
    pub home: RepoPath,
    /// Where it is now.
    pub presence: Presence,
    /// Who said yes and when, a record's entry each, oldest first.
    pub links: Vec<Link>,
    /// Where the chain breaks.
    pub breaches: Vec<Breach>,
    /// Where it broke and was made good: readers saw words that nobody had agreed to, and now they do not.
    pub mended: Vec<Repair>,
    /// Steps by which a forge brought words before readers that were recorded later, or are to be.
    pub landings: Vec<Origin>,
    /// What readers see and the next change records: everybody's yes to it is kept.
    pub following: Option<Following>,
    /// How sure the weakest yes is; none when there is none.
    pub strength: Option<Strength>,
    /// Whether it was published alone and is still to be read by the others.
    pub is_owed: bool,
}

/// Where an article is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Readers see it.
    Public,
    /// Readers see it exactly as it was before desk came; nobody was asked then.
    BeforeDesk,
    /// It is there, and readers do not see it.
    Hidden,
    /// It is not there any more.
    Gone,
}

impl Presence {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::BeforeDesk => "before-desk",
            Self::Hidden => "hidden",
            Self::Gone => "gone",
        }
    }
}

/// A break that was made good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What was broken.
    pub breach: Breach,
    /// The commit that made it good.
    pub by: ObjectId,
    /// When, as the record says.
    pub time: Timestamp,
}

/// A break, with who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Where it came from; none where there is no history to say.
    pub origin: Option<Origin>,
    /// The file or folder, if it is about one.
    pub path: Option<RepoPath>,
    /// Why.
    pub why: Reason,
}

/// A commit, as it names itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Which.
    pub commit: ObjectId,
    /// When, as it says.
    pub time: Timestamp,
    /// Who, as it says.
    pub by: Who,
}

impl Audited {
    /// Whether nothing breaks anywhere.
    pub fn is_whole(&self) -> bool {
        self.breaches.is_empty() && self.accounts.iter().all(|account| account.breaches.is_empty())
    }
}

impl Newsroom {
    /// Judges every step of `line`; `judged` is called after each.
    pub fn audit(&self, line: &Line, mut judged: impl FnMut()) -> Result<Audited> {
        let mut walk = Walk::begin(&self.repository, line)?;
        let mut audit = match line.start() {
            Start::Founding => Audit::default(),
            Start::Later => {
                let before = line.after.map(|after| self.config_at(after)).transpose()?.flatten();
                Audit::later(line.after.filter(|_| before.is_some()), self.broken_before(line)?)
            }
        };
        for known in &line.lost {
            audit.rewritten(self.base_tip, *known);
        }
        for commit in &line.commits {
            let step = walk.step(commit)?;
            audit.step(&step, &walk)?;
            judged();
        }
        let mut places = self.places(line, &walk);
        if self.looks_elsewhere(line)? {
            let records: Vec<ArticleId> = walk.paths().filter_map(record_id).collect();
            let homes: Vec<&RepoPath> = places.iter().map(|(home, _)| home).collect();
            audit.unwatched(self.base_tip, &records, &homes, &walk)?;
        } else if line.start() == Start::Later {
            let touched: Vec<&RepoPath> = audit.stories.values().filter_map(|story| story.home.as_ref()).collect();
            places.retain(|(home, _)| touched.contains(&home));
        }
        for article in audit.awaited() {
            audit.follow_up(article, &self.assents(article)?);
        }
        audit.finish(self.base_tip, &places, &walk)?;
        let steps = audit.steps;
        let mut articles = Vec::new();
        for (home, main) in places {
            let bytes = walk.file(self.base_tip, &main)?.unwrap_or_default();
            articles.push((home, Document::read(main, &bytes).0));
        }
        let origin = |commit| Ok(Some(self.origin(commit)?));
        let config = &self.house.config;
        let (accounts, breaches) = Accounts::new(config, self.base_tip, audit, &origin).told(articles)?;
        let since = line.commits.first().map(|commit| commit.author.time);
        let basis = if line.start() == Start::Founding { Basis::History } else { Basis::Range };
        let (tip, config) = (Some(self.base_tip), config.clone());
        Ok(Audited { steps, since, tip, basis, config, accounts, breaches })
    }

    /// The articles in the end, each with its folder (or file) and the file with its words.
    fn places(&self, line: &Line, walk: &Walk<'_>) -> Vec<(RepoPath, RepoPath)> {
        if line.commits.is_empty() && line.start() == Start::Later {
            return Vec::new();
        }
        let articles = &self.house.config.articles;
        let mains: Vec<RepoPath> = articles.mains(walk.paths()).into_iter().cloned().collect();
        mains.into_iter().map(|main| (articles.home(&main), main)).collect()
    }

    /// Whether the settings say otherwise than before the first step where articles are: then all of them are looked at.
    fn looks_elsewhere(&self, line: &Line) -> Result<bool> {
        let Some(before) = line.after.filter(|_| !line.commits.is_empty()) else { return Ok(false) };
        Ok(self.config_at(before)?.is_none_or(|config| config.articles != self.house.config.articles))
    }

    fn origin(&self, commit: ObjectId) -> Result<Origin> {
        let found = self.repository.commit(commit)?;
        let by = Who::new(&found.author.name, &found.author.address);
        Ok(Origin { commit, time: found.author.time, by })
    }

    /// The article among those audited that `name` means, also one that is not there any more. None when it is an
    /// article that has never been public: there is nothing to say of it.
    pub fn audited<'a>(&self, audited: &'a Audited, name: &str) -> Result<Option<&'a Account>> {
        match audited.account(name, self.path_here(name).as_ref())? {
            None => self.find(Some(name)).map(|_| None),
            found => Ok(found),
        }
    }
}

impl Audited {
    /// The article that `name` means, or what stands at `path`.
    pub fn account(&self, name: &str, path: Option<&RepoPath>) -> Result<Option<&Account>> {
        let exact = |account: &&Account| {
            account.name == name
                || account.id.is_some_and(|id| id.to_string() == name)
                || path.is_some_and(|path| path.is_within(&account.home))
        };
        let mut found: Vec<&Account> = self.accounts.iter().filter(exact).collect();
        if found.is_empty() {
            found = self.accounts.iter().filter(|account| account.name.starts_with(name)).collect();
        }
        match found[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(Error::WhichOne {
                name: Some(name.to_owned()),
                could: found.into_iter().filter_map(|account| Slug::new(account.name.as_str()).ok()).collect(),
            }),
        }
    }
}

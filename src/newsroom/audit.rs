//! Proving what is public: every step of the public version's past, judged by the rules that held then.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Newsroom;
use super::error::{Error, Result};
use super::past::{Line, Walk};
use crate::article::{ArticleId, Document, ObjectId, RepoPath, Slug};
use crate::history::{Audit, Break, Link, Mended, Past as _, Reason, Story};
use crate::ledger::{Strength, Who, record_path};

/// What the past of the public version shows.
#[derive(Debug, Clone)]
pub struct Audited {
    /// How many steps were judged.
    pub steps: usize,
    /// When the newsroom was founded, as its first commit says.
    pub since: Option<Timestamp>,
    /// The last commit.
    pub tip: ObjectId,
    /// What can be said of each article that is public, or is in some other way worth telling of, in order of place.
    pub accounts: Vec<Account>,
    /// Breaks that are about no article: the newsroom's own rules, its records.
    pub breaches: Vec<Breach>,
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

/// A break, with who made it as git names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The commit.
    pub commit: ObjectId,
    /// When, as it says.
    pub time: Timestamp,
    /// Who, as it says.
    pub by: Who,
    /// The file or folder, if it is about one.
    pub path: Option<RepoPath>,
    /// Why.
    pub why: Reason,
}

impl Audited {
    /// Whether nothing breaks anywhere.
    pub fn is_whole(&self) -> bool {
        self.breaches.is_empty() && self.accounts.iter().all(|account| account.breaches.is_empty())
    }
}

impl Newsroom {
    /// The steps that an audit has to judge. A copy that has only a part of them proves nothing.
    pub fn line(&self) -> Result<Line> {
        if self.repository.is_shallow() {
            return Err(Error::Shallow);
        }
        Ok(Line::read(&self.repository, self.base_tip)?)
    }

    /// Judges every step of `line`; `judged` is called after each.
    pub fn audit(&self, line: &Line, mut judged: impl FnMut()) -> Result<Audited> {
        let mut walk = Walk::begin(&self.repository, line)?;
        let mut audit = Audit::default();
        for commit in &line.commits {
            let step = walk.step(commit)?;
            audit.step(&step, &walk)?;
            judged();
        }
        let articles = &self.house.config.articles;
        let mains: Vec<RepoPath> = articles.mains(walk.paths()).into_iter().cloned().collect();
        let places: Vec<_> = mains.into_iter().map(|main| (articles.home(&main), main)).collect();
        audit.finish(self.base_tip, &places, &walk)?;
        let steps = audit.steps;
        let mut shelf = Accounts {
            newsroom: self,
            audit,
            hidden: Vec::new(),
            told: BTreeMap::new(),
            breaches: Vec::new(),
            accounts: Vec::new(),
        };
        let mut elsewhere = Vec::new();
        for (home, main) in places {
            let bytes = walk.file(self.base_tip, &main)?.unwrap_or_default();
            let document = Document::read(main, &bytes).0;
            // Where two have one id, the one that is where the record says is told of first.
            if shelf.is_elsewhere(&home, &document) {
                elsewhere.push((home, document));
            } else {
                shelf.standing(home, &document)?;
            }
        }
        for (home, document) in elsewhere {
            shelf.standing(home, &document)?;
        }
        for (id, story) in std::mem::take(&mut shelf.audit.stories) {
            shelf.gone(id, story)?;
        }
        for one in std::mem::take(&mut shelf.audit.breaks) {
            shelf.break_without_id(one)?;
        }
        let Accounts { breaches, mut accounts, .. } = shelf;
        accounts.sort_by(|one, other| one.home.cmp(&other.home));
        let since = line.commits.first().map(|commit| commit.author.time);
        Ok(Audited { steps, since, tip: self.base_tip, accounts, breaches })
    }

    /// The article among those audited that `name` means, also one that is not there any more. None when it is an
    /// article that has never been public: there is nothing to say of it.
    pub fn audited<'a>(&self, audited: &'a Audited, name: &str) -> Result<Option<&'a Account>> {
        let path = self.path_here(name);
        let exact = |account: &&Account| {
            account.name == name
                || account.id.is_some_and(|id| id.to_string() == name)
                || path.as_ref().is_some_and(|path| path.is_within(&account.home))
        };
        let mut found: Vec<&Account> = audited.accounts.iter().filter(exact).collect();
        if found.is_empty() {
            found = audited.accounts.iter().filter(|account| account.name.starts_with(name)).collect();
        }
        match found[..] {
            [] => self.find(Some(name)).map(|_| None),
            [one] => Ok(Some(one)),
            _ => Err(Error::WhichOne {
                name: Some(name.to_owned()),
                could: found.into_iter().filter_map(|account| Slug::new(account.name.as_str()).ok()).collect(),
            }),
        }
    }
}

/// What was found, being put under the articles that it is about.
struct Accounts<'a> {
    newsroom: &'a Newsroom,
    audit: Audit,
    /// Articles that are there, that readers do not see, and of which there is nothing to say so far.
    hidden: Vec<RepoPath>,
    /// Which account tells of which id.
    told: BTreeMap<ArticleId, usize>,
    breaches: Vec<Breach>,
    accounts: Vec<Account>,
}

impl Accounts<'_> {
    /// Whether the record of an article knows it at another place.
    fn is_elsewhere(&self, home: &RepoPath, document: &Document) -> bool {
        let story = adopted_id(document).and_then(|id| self.audit.stories.get(&id));
        let last = story.and_then(|story| story.links.last());
        last.is_some_and(|link| link.entry.path != *home)
    }

    /// An article that is there.
    fn standing(&mut self, home: RepoPath, document: &Document) -> Result<()> {
        let id = adopted_id(document);
        if let Some(first) = id.and_then(|id| self.told.get(&id)).copied() {
            return self.twin(first, home, document);
        }
        let story = id.and_then(|id| self.audit.stories.remove(&id)).unwrap_or_default();
        let presence = match (document.is_hidden(), story.links.is_empty() && story.breaks.is_empty()) {
            (true, true) => {
                self.hidden.push(home);
                return Ok(());
            }
            (true, false) => Presence::Hidden,
            (false, true) => Presence::BeforeDesk,
            (false, false) => Presence::Public,
        };
        if let Some(id) = id {
            self.told.insert(id, self.accounts.len());
        }
        let name = self.name_of(&home, document);
        self.put(id, name, title_of(document), home, presence, story)
    }

    /// A second one with the id of another has no past of its own, only the breaks that are about its place.
    fn twin(&mut self, first: usize, home: RepoPath, document: &Document) -> Result<()> {
        let all = std::mem::take(&mut self.accounts[first].breaches);
        let (own, others) = all.into_iter().partition(|breach| breach.path.as_ref() == Some(&home));
        self.accounts[first].breaches = others;
        let presence = if document.is_hidden() { Presence::Hidden } else { Presence::Public };
        let (id, name) = (adopted_id(document), self.name_of(&home, document));
        self.put(id, name, title_of(document), home, presence, Story::default())?;
        self.accounts.last_mut().expect("it was put there just now").breaches = own;
        Ok(())
    }

    fn name_of(&self, home: &RepoPath, document: &Document) -> String {
        self.newsroom.slug_of(document).map_or_else(|| home.to_string(), |slug| slug.to_string())
    }

    /// An article that has a past and is not there.
    fn gone(&mut self, id: ArticleId, mut story: Story) -> Result<()> {
        let last = story.links.last().map(|link| link.entry.clone());
        let place = story.breaks.iter().find_map(|one| one.path.clone());
        let home = last.as_ref().map(|entry| entry.path.clone()).or(place).unwrap_or_else(|| record_path(id));
        if story.links.is_empty() && story.breaks.is_empty() {
            return Ok(());
        }
        if story.breaks.is_empty() {
            // No step took it away: the settings were pointed elsewhere, and nobody watches over it since.
            let (commit, path) = (self.newsroom.base_tip, Some(home.clone()));
            story.breaks.push(Break { commit, article: Some(id), path, why: Reason::NoArticle });
        }
        let name = last.as_ref().map_or_else(|| home.to_string(), |entry| entry.slug.to_string());
        self.put(Some(id), name, last.map(|entry| entry.title), home, Presence::Gone, story)
    }

    fn put(
        &mut self,
        id: Option<ArticleId>,
        name: String,
        title: Option<String>,
        home: RepoPath,
        presence: Presence,
        story: Story,
    ) -> Result<()> {
        let (strength, is_owed) = (story.strength(), story.is_owed());
        let title = title.unwrap_or_else(|| name.clone());
        let breaches = story.breaks.into_iter().map(|one| self.breach(one)).collect::<Result<_>>()?;
        let repair = |one: Mended| Ok(Repair { breach: self.breach(one.broken)?, by: one.by, time: one.time });
        let mended = story.mended.into_iter().map(repair).collect::<Result<_>>()?;
        let links = story.links;
        self.accounts.push(Account { id, name, title, home, presence, links, breaches, mended, strength, is_owed });
        Ok(())
    }

    /// A break that names no article: it may still be about the files of one.
    fn break_without_id(&mut self, one: Break) -> Result<()> {
        let breach = self.breach(one)?;
        let root = &self.newsroom.house.config.articles.root;
        let place = breach.path.clone().filter(|_| !matches!(breach.why, Reason::Governed { .. }));
        let Some(place) = place.filter(|place| place.is_within(root)) else {
            self.breaches.push(breach);
            return Ok(());
        };
        if !self.accounts.iter().any(|account| place.is_within(&account.home)) {
            let hidden = self.hidden.iter().find(|home| place.is_within(home));
            let presence = if hidden.is_some() { Presence::Hidden } else { Presence::Gone };
            let home = hidden.unwrap_or(&place).clone();
            self.put(None, home.to_string(), None, home, presence, Story::default())?;
        }
        let account = self.accounts.iter_mut().find(|account| place.is_within(&account.home));
        let account = account.expect("it was found or put there just now");
        if account.presence == Presence::BeforeDesk {
            account.presence = Presence::Public;
        }
        account.breaches.push(breach);
        Ok(())
    }

    fn breach(&self, one: Break) -> Result<Breach> {
        let commit = self.newsroom.repository.commit(one.commit)?;
        let by = Who::new(&commit.author.name, &commit.author.address);
        Ok(Breach { commit: one.commit, time: commit.author.time, by, path: one.path, why: one.why })
    }
}

fn adopted_id(document: &Document) -> Option<ArticleId> {
    document.id().filter(|_| document.is_adopted())
}

fn title_of(document: &Document) -> Option<String> {
    document.text_of("title").map(str::to_owned)
}

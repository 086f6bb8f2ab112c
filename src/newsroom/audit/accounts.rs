//! What was found, put under the articles that it is about.

use std::collections::BTreeMap;

use super::{Account, Breach, Origin, Presence, Repair};
use crate::article::{ArticleId, Document, ObjectId, RepoPath};
use crate::config::Config;
use crate::history::{Audit, Break, Mended, Reason, Story};
use crate::ledger::record_path;
use crate::newsroom::error::Result;
use crate::newsroom::seen::slug_of;

/// What was found, being put under the articles that it is about.
pub(super) struct Accounts<'a> {
    /// How the newsroom works now.
    config: &'a Config,
    /// Where the line ends.
    tip: ObjectId,
    /// Who made a commit; none where there is no history to say.
    origin: &'a dyn Fn(ObjectId) -> Result<Option<Origin>>,
    audit: Audit,
    /// Articles that are there, that readers do not see, and of which there is nothing to say so far.
    hidden: Vec<RepoPath>,
    /// Which account tells of which id.
    told: BTreeMap<ArticleId, usize>,
    breaches: Vec<Breach>,
    accounts: Vec<Account>,
}

impl<'a> Accounts<'a> {
    pub(super) fn new(
        config: &'a Config,
        tip: ObjectId,
        audit: Audit,
        origin: &'a dyn Fn(ObjectId) -> Result<Option<Origin>>,
    ) -> Self {
        let (hidden, told, breaches, accounts) = Default::default();
        Self { config, tip, origin, audit, hidden, told, breaches, accounts }
    }

    /// Puts everything under the articles that are there, each with its folder (or file), then under those that are not.
    pub(super) fn told(mut self, articles: Vec<(RepoPath, Document)>) -> Result<(Vec<Account>, Vec<Breach>)> {
        let mut elsewhere = Vec::new();
        for (home, document) in articles {
            // Where two have one id, the one that is where the record says is told of first.
            if self.is_elsewhere(&home, &document) {
                elsewhere.push((home, document));
            } else {
                self.standing(home, &document)?;
            }
        }
        for (home, document) in elsewhere {
            self.standing(home, &document)?;
        }
        for (id, story) in std::mem::take(&mut self.audit.stories) {
            self.gone(id, story)?;
        }
        for one in std::mem::take(&mut self.audit.breaks) {
            self.break_without_id(one)?;
        }
        self.accounts.sort_by(|one, other| one.home.cmp(&other.home));
        Ok((self.accounts, self.breaches))
    }

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
        let is_untold = story.links.is_empty() && story.breaks.is_empty() && story.following.is_none();
        let presence = match (document.is_hidden(), is_untold) {
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
        slug_of(self.config, document).map_or_else(|| home.to_string(), |slug| slug.to_string())
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
            let (commit, path) = (self.tip, Some(home.clone()));
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
        let landed = story.recorded.iter().map(|one| one.landed).chain(story.following.iter().map(|one| one.landed));
        let landings: Vec<Option<Origin>> = landed.map(self.origin).collect::<Result<_>>()?;
        self.accounts.push(Account {
            id,
            name,
            title,
            home,
            presence,
            links: story.links,
            breaches,
            mended,
            landings: landings.into_iter().flatten().collect(),
            following: story.following,
            strength,
            is_owed,
        });
        Ok(())
    }

    /// A break that names no article: it may still be about the files of one.
    fn break_without_id(&mut self, one: Break) -> Result<()> {
        let breach = self.breach(one)?;
        let root = &self.config.articles.root;
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
        Ok(Breach { origin: (self.origin)(one.commit)?, path: one.path, why: one.why })
    }
}

fn adopted_id(document: &Document) -> Option<ArticleId> {
    document.id().filter(|_| document.is_adopted())
}

fn title_of(document: &Document) -> Option<String> {
    document.text_of("title").map(str::to_owned)
}

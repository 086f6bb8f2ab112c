//! What the rules said of articles before, found again by the names of all that went into it: the words, the files
//! beside them, the settings, the schemas and the styles.

use super::error::Result;
use crate::article::{ObjectId, RepoPath};
use crate::cache::{Cache, Keep, Key, Maker};
use crate::check::{Beside, Card, Outcome};
use crate::config::DESK_FILE;
use crate::finding::Finding;
use crate::repository::Repository;

/// What was said, open for one look.
pub(super) struct Judgements {
    cache: Cache,
}

/// What is said of one article is found by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Names {
    outcome: Key,
    card: Key,
}

/// How everything is named that is said by the same rules.
pub(super) struct Naming {
    outcome: Maker,
    card: Maker,
}

impl Naming {
    /// The names of what is said of the article whose words are `id` at `main`.
    pub(super) fn of(&self, main: &RepoPath, id: ObjectId, files: &[Beside]) -> Names {
        let go_on = |begun: &Maker| begun.clone().with(main.as_str().as_bytes()).with(id.as_bytes());
        let mut outcome = go_on(&self.outcome);
        for file in files {
            outcome = outcome.with(file.path.as_str().as_bytes()).with(&[file.sort as u8]);
        }
        Names { outcome: outcome.key(), card: go_on(&self.card).key() }
    }
}

impl Judgements {
    /// What is remembered beside `repository`.
    pub(super) fn open(repository: &Repository) -> Self {
        Self { cache: Cache::open(&repository.git_folder().join("desk-cache"), "check") }
    }

    /// Names what is said by `rules`. What all names begin with is worked out once.
    pub(super) fn naming(&self, rules: &[ObjectId]) -> Naming {
        let begun = |sort: &str| rules.iter().fold(self.cache.key_of(sort), |key, rule| key.with(rule.as_bytes()));
        Naming { outcome: begun("outcome"), card: begun("card") }
    }

    /// The names of what is said by `rules` of one article.
    pub(super) fn names(&self, rules: &[ObjectId], main: &RepoPath, id: ObjectId, files: &[Beside]) -> Names {
        self.naming(rules).of(main, id, files)
    }

    /// What was said of the article.
    pub(super) fn outcome(&self, names: Names) -> Option<Outcome> {
        let (findings, card) = self.said(names)?;
        Some(Outcome::remembered(findings, card))
    }

    /// What other articles need of it.
    pub(super) fn card(&self, names: Names) -> Option<Card> {
        if let Some((_, card)) = self.said(names) {
            return Some(card);
        }
        self.cache.get(names.card).and_then(|bytes| postcard::from_bytes(bytes).ok())
    }

    fn said(&self, names: Names) -> Option<(Vec<Finding>, Card)> {
        self.cache.get(names.outcome).and_then(|bytes| postcard::from_bytes(bytes).ok())
    }

    /// Remembers what is said, where it will be the same at any time.
    pub(super) fn keep(&self, names: Names, outcome: &Outcome) {
        if outcome.timeless
            && let Ok(bytes) = postcard::to_allocvec(&(&outcome.findings, &outcome.card))
        {
            self.cache.put(names.outcome, bytes);
        }
    }

    /// Remembers what other articles need of it.
    pub(super) fn keep_card(&self, names: Names, card: &Card) {
        if let Ok(bytes) = postcard::to_allocvec(card) {
            self.cache.put(names.card, bytes);
        }
    }

    /// Writes down what is new. Where nothing can be written down, everything is asked again the next time.
    pub(super) fn close(self, keep: Keep, asked: &[Names]) {
        let asked: Vec<Key> = asked.iter().flat_map(|names| [names.outcome, names.card]).collect();
        drop(self.cache.close(keep, &asked));
    }
}

/// Names all that the rules go by at a commit: the settings, the schemas and the styles.
pub(super) fn rules_at(repository: &Repository, commit: ObjectId) -> Result<Vec<ObjectId>> {
    let path = |name: &str| RepoPath::new(name).expect("a sound name");
    let mut rules = vec![repository.entry_at(commit, &path(DESK_FILE))?.map(|file| file.id)];
    for folder in ["schemas", super::house_style::FOLDER] {
        rules.push(repository.folder_at(commit, &path(folder))?);
    }
    Ok(rules.into_iter().map(|id| id.unwrap_or(ObjectId::from_bytes([0; 20]))).collect())
}

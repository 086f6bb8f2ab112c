//! The words of every article that commits touch, as they stand in each of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::bench::{Anywhere, Held};
use super::story::{End, Telling, tell};
use crate::article::{ArticleId, ObjectId, RepoPath};
use crate::check::{self, Beside, Card, Context, Outcome, Piece, Told};
use crate::finding::Finding;
use crate::history::article_at;
use crate::ledger::{Record, record_path};
use crate::newsroom::error::Result;
use crate::newsroom::judging::beside;
use crate::report::Sources;
use crate::repository::{Changed, Repository};

/// How many versions are read before they are checked side by side.
const TOGETHER: usize = 256;

/// The rules that compare articles and can be asked about a few of them. The others need the whole newsroom.
const OF_A_FEW: [&str; 2] = ["duplicate-id", "duplicate-slug"];

/// One article from commit to commit.
struct Chain {
    id: Option<ArticleId>,
    versions: Vec<Version>,
    end: End,
}

struct Version {
    blob: Option<ObjectId>,
    telling: Telling,
    card: Card,
    suppressed: usize,
    in_baseline: usize,
    held: Arc<Held>,
}

/// A version that is read and not checked yet.
struct Waiting {
    chain: usize,
    commit: ObjectId,
    blob: Option<ObjectId>,
    piece: Piece,
    held: Arc<Held>,
}

/// What the rules say of all of them.
pub(super) struct Said {
    pub(super) findings: Vec<Finding>,
    /// How many more there would be, had nobody asked to leave them out.
    pub(super) suppressed: usize,
    /// How many more still, had they not stood in the baseline.
    pub(super) in_baseline: usize,
    pub(super) articles: usize,
}

/// Articles being read, commit by commit.
pub(super) struct Words<'a> {
    repository: &'a Repository,
    now: Timestamp,
    chains: Vec<Chain>,
    by_main: HashMap<RepoPath, usize>,
    waiting: Vec<Waiting>,
}

impl<'a> Words<'a> {
    pub(super) fn new(repository: &'a Repository, now: Timestamp) -> Self {
        Self { repository, now, chains: Vec::new(), by_main: HashMap::new(), waiting: Vec::new() }
    }

    /// Reads the articles that `changed` touched, as they stand in `commit`.
    pub(super) fn commit(&mut self, commit: ObjectId, changed: &[&Changed], held: &Arc<Held>) -> Result<()> {
        let articles = &held.rules.config.articles;
        let mut mains = BTreeSet::new();
        let mut gone = Vec::new();
        for file in changed {
            match article_at(&Anywhere(self.repository), commit, articles, &file.path)? {
                Some(main) if held.rules.config.check.excludes(&main) => {}
                Some(main) => drop(mains.insert(main)),
                None if file.new.is_none() => gone.extend(self.by_main.remove(&file.path)),
                None => {}
            }
        }
        for &chain in &gone {
            self.chains[chain].end = End::Gone(commit);
        }
        for main in mains {
            let home = articles.home(&main);
            let (piece, blob) = self.piece(commit, &home, &main)?;
            let id = piece.document.id();
            let moved = || gone.iter().copied().find(|&chain| id.is_some() && self.chains[chain].id == id);
            let chain = match self.by_main.get(&main).copied().or_else(moved) {
                Some(chain) => chain,
                None => {
                    self.chains.push(Chain { id, versions: Vec::new(), end: End::Stands });
                    self.chains.len() - 1
                }
            };
            self.chains[chain].end = End::Stands;
            self.chains[chain].id = id;
            self.by_main.insert(main, chain);
            self.waiting.push(Waiting { chain, commit, blob, piece, held: Arc::clone(held) });
        }
        if self.waiting.len() >= TOGETHER {
            self.check();
        }
        Ok(())
    }

    fn piece(&self, commit: ObjectId, home: &RepoPath, main: &RepoPath) -> Result<(Piece, Option<ObjectId>)> {
        let files = self.repository.files_at(commit, Some(home))?.files;
        let blob = files.iter().find(|file| file.path == *main && file.mode & 0o170_000 == 0o100_000);
        let blob = blob.map(|file| file.id);
        let bytes = blob.map(|id| self.repository.blob(id)).transpose()?.unwrap_or_default();
        let others: Vec<Beside> =
            files.iter().filter(|file| file.path != *main).map(|file| beside(&file.path, file.mode, 0)).collect();
        Ok((Piece::read(main.clone(), &bytes, others), blob))
    }

    /// Asks the rules about all that waits.
    fn check(&mut self) {
        let now = self.now;
        let waiting = std::mem::take(&mut self.waiting);
        let checked: Vec<_> = waiting
            .into_par_iter()
            .map(|one| {
                let context = context(&one.held, now);
                let outcome = check::one(&one.piece, &context);
                let (told, card) = alone(outcome);
                let settled = check::settle(told, &context, &one.held.baseline, |_| Some(&*one.piece.document.text));
                let (document, findings) = (one.piece.document, settled.told.findings);
                let telling = Telling { commit: one.commit, path: document.path, text: document.text, findings };
                let (suppressed, in_baseline) = (settled.suppressed, settled.in_baseline);
                (one.chain, Version { blob: one.blob, telling, card, suppressed, in_baseline, held: one.held })
            })
            .collect();
        for (chain, version) in checked {
            self.chains[chain].versions.push(version);
        }
    }

    /// What is to be said in the end, when `to` is the last commit.
    pub(super) fn finish(mut self, to: ObjectId, sources: &mut Sources) -> Result<Said> {
        self.check();
        self.settle(to)?;
        let mut findings = Vec::new();
        let mut standing = Vec::new();
        for chain in &self.chains {
            let tellings: Vec<Telling> = chain.versions.iter().map(|version| version.telling.clone()).collect();
            findings.extend(tell(&tellings, chain.end, sources));
            standing.extend(chain.versions.last().filter(|_| chain.end == End::Stands));
        }
        findings.extend(self.doubles(&standing, to, sources)?);
        let suppressed = standing.iter().map(|version| version.suppressed).sum();
        let in_baseline = standing.iter().map(|version| version.in_baseline).sum();
        Ok(Said { findings, suppressed, in_baseline, articles: self.chains.len() })
    }

    /// Where lines of commits ran side by side, the version that stands in the end is not always the one that came
    /// last.
    fn settle(&mut self, to: ObjectId) -> Result<()> {
        for at in 0..self.chains.len() {
            let chain = &mut self.chains[at];
            let Some(last) = chain.versions.last().filter(|_| chain.end == End::Stands) else { continue };
            let main = last.telling.path.clone();
            let held = Arc::clone(&last.held);
            let stands = self.repository.entry_at(to, &main)?.map(|file| file.id);
            if stands.is_none() {
                chain.end = End::Gone(to);
            } else if stands != last.blob {
                match chain.versions.iter().rposition(|version| version.blob == stands) {
                    Some(place) => {
                        let version = chain.versions.remove(place);
                        chain.versions.push(version);
                    }
                    None => {
                        let home = held.rules.config.articles.home(&main);
                        let (piece, blob) = self.piece(to, &home, &main)?;
                        self.waiting.push(Waiting { chain: at, commit: to, blob, piece, held });
                    }
                }
            }
        }
        self.check();
        Ok(())
    }

    /// Articles that took another's address or id. Of those that no commit touched only the ones are read that could be
    /// the other: what stands at such an address, and where a record says that such an id is.
    fn doubles(&self, standing: &[&Version], to: ObjectId, sources: &mut Sources) -> Result<Vec<Finding>> {
        let Some(held) = standing.last().map(|version| Arc::clone(&version.held)) else { return Ok(Vec::new()) };
        let context = context(&held, self.now);
        let articles = &held.rules.config.articles;
        let mut cards: BTreeMap<RepoPath, Card> =
            standing.iter().map(|version| (version.card.path.clone(), version.card.clone())).collect();
        let mut texts: BTreeMap<String, Arc<str>> = BTreeMap::new();
        for card in standing.iter().map(|version| &version.card) {
            for main in self.rivals(card, &articles.root, to)? {
                if cards.contains_key(&main) || !articles.is_main(&main) {
                    continue;
                }
                let (piece, blob) = self.piece(to, &articles.home(&main), &main)?;
                if blob.is_some() {
                    texts.insert(main.to_string(), Arc::clone(&piece.document.text));
                    cards.insert(main, Card::of(&piece, &context));
                }
            }
        }
        let cards: Vec<Card> = cards.into_values().collect();
        let mut findings = check::across(&cards, &context);
        findings.retain(|finding| OF_A_FEW.contains(&finding.rule.as_str()));
        for finding in &mut findings {
            let of = |version: &&&Version| Some(version.card.path.as_str()) == finding.path.as_deref();
            let commit = standing.iter().find(of).map_or(to, |version| version.telling.commit);
            let text = standing.iter().find(of).map(|version| Arc::clone(&version.telling.text));
            let path = finding.path.clone().unwrap_or_default();
            if let Some(text) = text.or_else(|| texts.get(&path).cloned()) {
                sources.entry(path).or_insert(text);
            }
            finding.commit = Some(commit.to_string());
        }
        Ok(findings)
    }

    fn rivals(&self, card: &Card, root: &RepoPath, to: ObjectId) -> Result<Vec<RepoPath>> {
        let mut rivals = Vec::new();
        for address in &card.addresses {
            let names = [format!("{}/index.md", address.path), format!("{}.md", address.path)];
            rivals.extend(names.iter().filter_map(|name| root.join(name).ok()));
        }
        let id = card.id.as_ref().and_then(|(id, _)| id.parse::<ArticleId>().ok());
        if let Some(id) = id
            && let Some(bytes) = self.repository.file_at(to, &record_path(id))?
            && let Some(entry) = Record::read(&record_path(id), &bytes).ok().and_then(|mut record| record.entries.pop())
        {
            rivals.extend(entry.path.join("index.md"));
            rivals.push(entry.path);
        }
        Ok(rivals)
    }
}

/// What is said of one article, which is compared with no other.
fn alone(outcome: Outcome) -> (Told, Card) {
    let path = outcome.card.path.to_string();
    let told = Told {
        findings: outcome.findings,
        suppressions: [(path.clone(), outcome.suppressions)].into(),
        suppressed: [(path, outcome.suppressed)].into(),
    };
    (told, outcome.card)
}

fn context(held: &Held, now: Timestamp) -> Context<'_> {
    Context { config: &held.rules.config, schemas: &held.schemas, styles: &held.styles, answers: None, now }
}

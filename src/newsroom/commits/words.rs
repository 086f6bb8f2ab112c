//! The words of every article that commits touch, as they stand in each of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::bench::{Anywhere, Held};
use super::story::{End, Telling, tell};
use crate::article::{ArticleId, Body, Document, ObjectId, RepoPath};
use crate::cache::Keep;
use crate::check::{self, Beside, Card, Context, Extent, Outcome, Piece, Settled, Told};
use crate::finding::Finding;
use crate::history::article_at;
use crate::ledger::{Record, record_path};
use crate::newsroom::checking::known;
use crate::newsroom::error::Result;
use crate::newsroom::exposure::sent;
use crate::newsroom::judgements::Judgements;
use crate::newsroom::judging::beside;
use crate::report::Sources;
use crate::repository::{Changed, Repository};

/// How many versions are read before they are checked side by side.
const TOGETHER: usize = 256;

/// One article from commit to commit.
struct Chain {
    id: Option<ArticleId>,
    versions: Vec<Version>,
    end: End,
}

struct Version {
    blob: Option<ObjectId>,
    telling: Telling,
    outcome: Outcome,
    suppressed: usize,
    in_baseline: usize,
    held: Arc<Held>,
}

/// A version that is read and not checked yet.
struct Waiting {
    chain: usize,
    commit: ObjectId,
    blob: Option<ObjectId>,
    /// Its Markdown is not read yet.
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
    past: Anywhere<'a>,
    now: Timestamp,
    chains: Vec<Chain>,
    by_main: HashMap<RepoPath, usize>,
    waiting: Vec<Waiting>,
    said: Judgements,
}

impl<'a> Words<'a> {
    pub(super) fn new(repository: &'a Repository, now: Timestamp) -> Self {
        let said = Judgements::open(repository);
        Self {
            repository,
            past: Anywhere::new(repository),
            now,
            chains: Vec::new(),
            by_main: HashMap::new(),
            waiting: Vec::new(),
            said,
        }
    }

    /// Reads the articles that `changed` touched, as they stand in `commit`.
    pub(super) fn commit(&mut self, commit: ObjectId, changed: &[&Changed], held: &Arc<Held>) -> Result<()> {
        let articles = &held.rules.config.articles;
        let mut mains = BTreeSet::new();
        let mut gone = Vec::new();
        for file in changed {
            match article_at(&self.past, commit, articles, &file.path)? {
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
        let (document, findings) = Document::read(main.clone(), &bytes);
        Ok((Piece { document, body: Body::default(), findings, files: others }, blob))
    }

    /// Asks the rules about all that waits, as far as what they say is not remembered.
    fn check(&mut self) {
        let (now, said) = (self.now, &self.said);
        let waiting = std::mem::take(&mut self.waiting);
        let checked: Vec<_> = waiting
            .into_par_iter()
            .map(|mut one| {
                let context = context(&one.held, now);
                let path = one.piece.document.path.clone();
                let names = one.blob.map(|blob| said.names(&one.held.names, &path, blob, &one.piece.files));
                let outcome = names.and_then(|names| said.outcome(names)).unwrap_or_else(|| {
                    one.piece.body = Body::read(&one.piece.document);
                    let outcome = check::one(&one.piece, &context);
                    names.iter().for_each(|names| said.keep(*names, &outcome));
                    outcome
                });
                let text = Arc::clone(&one.piece.document.text);
                let settled = check::settle(alone(&outcome), &context, &one.held.baseline, |_| Some(&*text));
                let telling =
                    Telling { commit: one.commit, path, text: Arc::clone(&text), findings: settled.told.findings };
                let (suppressed, in_baseline) = (settled.suppressed, settled.in_baseline);
                (one.chain, Version { blob: one.blob, telling, outcome, suppressed, in_baseline, held: one.held })
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
        for version in &standing {
            let Some(finding) = self.exposed(version)? else { continue };
            let telling = &version.telling;
            sources.entry(telling.path.to_string()).or_insert_with(|| Arc::clone(&telling.text));
            findings.push(finding);
        }
        let compared = self.compared(&standing, to, sources)?;
        findings.extend(compared.told.findings);
        let suppressed = compared.suppressed + standing.iter().map(|version| version.suppressed).sum::<usize>();
        let in_baseline = compared.in_baseline + standing.iter().map(|version| version.in_baseline).sum::<usize>();
        let articles = self.chains.len();
        self.said.close(Keep::All, &[]);
        Ok(Said { findings, suppressed, in_baseline, articles })
    }

    /// That a commit which others than the staff can read holds words under embargo.
    fn exposed(&self, version: &Version) -> Result<Option<Finding>> {
        let context = context(&version.held, self.now);
        let commit = version.telling.commit;
        let Some(finding) = check::exposed(&version.outcome.card, "a commit that was sent", &context) else {
            return Ok(None);
        };
        for (_, tip) in sent(self.repository, &context.config.newsroom.private)? {
            if self.repository.between(&[tip], commit)?.is_empty() {
                return Ok(Some(Finding { commit: Some(commit.to_string()), ..finding }));
            }
        }
        Ok(None)
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

    /// What the rules that compare articles say of those that stand in the end. Where none of these leads to another or
    /// has a value of its own, only those are read that could have its address or its id; otherwise what is known of all
    /// others is asked for, and only what changed since is read.
    fn compared(&self, standing: &[&Version], to: ObjectId, sources: &mut Sources) -> Result<Settled> {
        let Some(held) = standing.last().map(|version| Arc::clone(&version.held)) else {
            return Ok(Settled::default());
        };
        let context = context(&held, self.now);
        let own: BTreeSet<&RepoPath> = standing.iter().map(|version| &version.outcome.card.path).collect();
        let leads = |version: &&&Version| {
            let card = &version.outcome.card;
            !card.references.is_empty() || !card.unique.is_empty()
        };
        let others = match standing.iter().find(leads) {
            Some(_) => self.all_others(&own, to, &held)?,
            None => self.few_others(standing, &own, to, &held)?,
        };
        let asked =
            standing.iter().map(|version| Outcome { findings: Vec::new(), suppressed: 0, ..version.outcome.clone() });
        let mut told = check::gather(asked.collect(), others, Extent::Newsroom, &context);
        // Of two that cannot both be, the other may be the one that is pointed at.
        let names_own = |message: &str| own.iter().any(|path| message.contains(path.as_str()));
        told.findings.retain(|finding| {
            let path = finding.path.as_deref().unwrap_or_default();
            own.iter().any(|own| own.as_str() == path) || names_own(&finding.message)
        });
        let mut texts: BTreeMap<String, Arc<str>> = BTreeMap::new();
        for path in told.findings.iter().filter_map(|finding| finding.path.as_ref()) {
            let version = standing.iter().find(|version| version.telling.path.as_str() == path);
            let text = match version {
                Some(version) => Arc::clone(&version.telling.text),
                None => self.text(to, path)?,
            };
            texts.insert(path.clone(), text);
        }
        let text_of = |path: &str| texts.get(path).map(|text| &**text);
        let mut settled = check::settle(told, &context, &held.baseline, text_of);
        for finding in &mut settled.told.findings {
            let path = finding.path.clone().unwrap_or_default();
            let version = standing.iter().find(|version| version.telling.path.as_str() == path);
            finding.commit = Some(version.map_or(to, |version| version.telling.commit).to_string());
            if let Some(text) = texts.get(&path) {
                sources.entry(path).or_insert_with(|| Arc::clone(text));
            }
        }
        Ok(settled)
    }

    fn text(&self, at: ObjectId, path: &str) -> Result<Arc<str>> {
        let Ok(path) = RepoPath::new(path) else { return Ok(Arc::from("")) };
        let bytes = self.repository.file_at(at, &path)?.unwrap_or_default();
        Ok(Document::read(path, &bytes).0.text)
    }

    /// All other articles, as far as they are compared with.
    fn all_others(&self, own: &BTreeSet<&RepoPath>, to: ObjectId, held: &Held) -> Result<Vec<Card>> {
        let (config, context) = (&held.rules.config, context(held, self.now));
        let files = self.repository.files_at(to, Some(&config.articles.root))?.files;
        let ordinary = files.iter().filter(|file| file.mode & 0o170_000 == 0o100_000);
        let mains: BTreeSet<&RepoPath> = config.articles.mains(ordinary.map(|file| &file.path)).into_iter().collect();
        let meant = |path: &RepoPath| mains.contains(path) && !own.contains(path) && !config.check.excludes(path);
        let mut cards = Vec::new();
        let mut missing = Vec::new();
        for file in files.iter().filter(|file| meant(&file.path)) {
            match self.said.card(self.said.names(&held.names, &file.path, file.id, &[])) {
                Some(card) => cards.push(card),
                None => missing.push(file.clone()),
            }
        }
        let said = &self.said;
        cards.extend(self.repository.read_each(&missing, |file, bytes| {
            let card = known(file.path.clone(), &bytes, &context);
            said.keep_card(said.names(&held.names, &file.path, file.id, &[]), &card);
            card
        })?);
        Ok(cards)
    }

    /// Those that could be taken for one of these: what stands at such an address, and where a record says that such an
    /// id is.
    fn few_others(
        &self,
        standing: &[&Version],
        own: &BTreeSet<&RepoPath>,
        to: ObjectId,
        held: &Held,
    ) -> Result<Vec<Card>> {
        let (articles, context) = (&held.rules.config.articles, context(held, self.now));
        let mut cards: BTreeMap<RepoPath, Card> = BTreeMap::new();
        for card in standing.iter().map(|version| &version.outcome.card) {
            for main in self.rivals(card, &articles.root, to)? {
                if own.contains(&main) || cards.contains_key(&main) || !articles.is_main(&main) {
                    continue;
                }
                let (piece, blob) = self.piece(to, &articles.home(&main), &main)?;
                if blob.is_some() {
                    cards.insert(main, Card::of(&piece, &context));
                }
            }
        }
        Ok(cards.into_values().collect())
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

/// What is said of one article, which is compared with no other yet.
fn alone(outcome: &Outcome) -> Told {
    let path = outcome.card.path.to_string();
    Told {
        findings: outcome.findings.clone(),
        suppressions: [(path.clone(), outcome.suppressions.clone())].into(),
        suppressed: [(path, outcome.suppressed)].into(),
    }
}

fn context(held: &Held, now: Timestamp) -> Context<'_> {
    Context { config: &held.rules.config, schemas: &held.schemas, styles: &held.styles, answers: None, now }
}

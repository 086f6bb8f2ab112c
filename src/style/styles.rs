//! The rules that are switched on, and asking them about an article.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::built_in;
use super::layout::{Piece, lay_out};
use super::points::{Chunk, Hit, Memory, Surroundings};
use super::rule::{About, Rule, read};
use super::scope::{Kind, Scope};
use super::shelf::{Shelf, name_of};
use super::sieve::Sieve;
use super::statistics::Statistics;
use super::text::Letters;
use super::vocabulary::Vocabulary;
use crate::article::{Body, Document};
use crate::finding::{Edit, Finding, Level, Safety, Span};

/// Which rules a newsroom wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Packages, of which every rule looks.
    pub styles: Vec<String>,
    /// Lists of words that are accepted and rejected.
    pub vocabularies: Vec<String>,
    /// Rules that weigh something else than their files say; none is switched off. A rule of a package that is not
    /// wanted as a whole looks if it is named here.
    pub levels: BTreeMap<String, Option<Level>>,
    /// Rules that weigh less do not look.
    pub least: Level,
}

impl Default for Choice {
    fn default() -> Self {
        Self { styles: Vec::new(), vocabularies: Vec::new(), levels: BTreeMap::new(), least: Level::Note }
    }
}

/// The rules that are switched on, read and compiled once. Asked from many threads at a time.
#[derive(Debug)]
pub struct Styles {
    rules: Vec<Rule>,
    findings: Vec<Finding>,
    missing: Missing,
    scope: Scope,
    /// Made when the first article is read.
    sieve: OnceLock<Sieve>,
}

/// What is wanted and not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// Packages.
    pub styles: Vec<String>,
    /// Vocabularies.
    pub vocabularies: Vec<String>,
}

impl Default for Styles {
    /// No rule.
    fn default() -> Self {
        Self::read(&Shelf::default(), &Choice::default())
    }
}

impl Styles {
    /// Reads the rules that `choice` wants from `shelf`.
    pub fn read(shelf: &Shelf, choice: &Choice) -> Self {
        let mut missing = Missing::default();
        let mut vocabulary = Vocabulary::default();
        for name in &choice.vocabularies {
            if vocabulary.add(shelf, name).is_none() {
                missing.vocabularies.push(name.clone());
            }
        }
        let mut findings = Vec::new();
        let mut rules = Vec::new();
        for name in wanted(shelf, choice, &mut missing) {
            let path = shelf.path_of(&name);
            let text = path.and_then(|path| shelf.text(path)).map(std::borrow::Cow::into_owned);
            let Some(text) = text.or_else(|| built_in::file(&name, &vocabulary)) else { continue };
            let around = Surroundings { name: &name, shelf, vocabulary: &vocabulary };
            let (rule, found) = read(&text, path, &around);
            let path = path.map_or_else(|| "desk.toml".to_owned(), |path| format!("styles/{path}"));
            let is_built_in = shelf.path_of(&name).is_none();
            // What a built-in rule lacks has no place in a file of its own.
            let placed =
                found.into_iter().map(|finding| if is_built_in { Finding { span: None, ..finding } } else { finding });
            findings.extend(placed.map(|finding| finding.in_file(path.as_str())));
            rules.extend(rule.map(|mut rule| {
                if let Some(Some(level)) = choice.levels.get(&name) {
                    rule.about.level = *level;
                }
                rule
            }));
        }
        rules.retain(|rule| rule.about.level >= choice.least);
        let scope = rules.iter().fold(Scope::NONE, |all, rule| all.with(rule.scope));
        Self { rules, findings, missing, scope, sieve: OnceLock::new() }
    }

    /// What is wrong with the files, and what is not done: `style-invalid` and `style-unsupported`.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What is wanted and not there.
    pub fn missing(&self) -> &Missing {
        &self.missing
    }

    /// What the rules are that look.
    pub fn rules(&self) -> impl Iterator<Item = &About> {
        self.rules.iter().map(|rule| &rule.about)
    }

    /// What the rules say of an article, each with the level that its rule has.
    pub fn check(&self, document: &Document, body: &Body) -> Vec<Finding> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let layout = lay_out(document, body, self.scope);
        let mut reading = Reading {
            styles: self,
            file: &document.text,
            memory: Memory::default(),
            told: BTreeSet::new(),
            counts: vec![0; self.rules.len()],
            findings: Vec::new(),
        };
        for piece in &layout.pieces {
            reading.piece(piece);
        }
        if self.scope.has(Kind::Summary) {
            let text = layout.summary();
            let statistics = Statistics::of(&layout, &text.words);
            let piece = Piece { kind: Kind::Summary, text, sentences: Vec::new() };
            reading.piece(&piece);
            reading.reckon(&statistics);
        }
        reading.findings
    }
}

/// The rules that are wanted, in order.
fn wanted(shelf: &Shelf, choice: &Choice, missing: &mut Missing) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for style in &choice.styles {
        if style == built_in::PACKAGE {
            names.extend(built_in::NAMES.map(str::to_owned));
            continue;
        }
        let folder = format!("{style}/");
        let mut found = shelf.below(&folder).filter_map(name_of).peekable();
        if found.peek().is_none() {
            missing.styles.push(style.clone());
        }
        names.extend(found);
    }
    let known: BTreeSet<String> = shelf.names().collect();
    let single = choice.levels.iter().filter(|(name, level)| level.is_some() && known.contains(*name));
    names.extend(single.map(|(name, _)| name.clone()));
    names.retain(|name| choice.levels.get(name) != Some(&None));
    names
}

/// An article while it is read.
struct Reading<'a> {
    styles: &'a Styles,
    file: &'a str,
    memory: Memory,
    /// The places each rule has spoken of.
    told: BTreeSet<(usize, Span)>,
    counts: Vec<usize>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn piece(&mut self, piece: &Piece) {
        let possible = self.styles.sieve.get_or_init(|| Sieve::new(&self.styles.rules)).possible(&piece.text.words);
        for (at, rule) in self.styles.rules.iter().enumerate().filter(|(at, _)| possible[*at]) {
            let scope = rule.scope;
            let whole = 0..piece.text.words.len();
            if piece.kind == Kind::Text && scope.has(Kind::Paragraph) {
                self.look(at, piece, whole.clone());
            }
            if scope.has(Kind::Sentence) {
                for sentence in &piece.sentences {
                    self.look(at, piece, sentence.clone());
                }
            }
            if scope.has(piece.kind) {
                self.look(at, piece, whole);
            }
        }
    }

    fn look(&mut self, at: usize, piece: &Piece, range: Range<usize>) {
        let styles = self.styles;
        let Some(rule) = styles.rules.get(at) else { return };
        let words = &piece.text.words[range.clone()];
        let letters = if range.len() == piece.text.words.len() { piece.text.letters } else { Letters::of(words) };
        let chunk = Chunk { words, letters, text: &piece.text, at: range.start };
        let Ok(hits) = rule.point.look(&chunk, &rule.frame(), &mut self.memory) else {
            let message = "the pattern of this rule takes too long on this passage";
            self.say(
                at,
                Some(piece.text.place(range.start, range.end)),
                Finding::new(&rule.about.name, Level::Note, message),
            );
            return;
        };
        for hit in hits {
            self.hit(at, rule, &chunk, hit);
        }
    }

    fn hit(&mut self, at: usize, rule: &Rule, chunk: &Chunk<'_>, hit: Hit) {
        let mut finding = finding(rule, &hit);
        let Some(range) = hit.at else {
            self.say(at, None, finding);
            return;
        };
        let (start, end) = (chunk.at + range.start, chunk.at + range.end);
        if chunk.text.is_masked(start, end) {
            return;
        }
        let span = chunk.text.place(start, end);
        let found = &chunk.words[range];
        // What the file spells otherwise, with marks or entities, is for a person to change.
        let is_spelt = self.file.get(span.range()) == Some(found);
        if let Some(first) = hit.instead.first().filter(|first| is_spelt && *first != found) {
            finding = finding.fix(Safety::Unsafe, vec![Edit::replace(span, first)]);
        }
        self.say(at, Some(span), finding);
    }

    fn reckon(&mut self, statistics: &Statistics) {
        if statistics.numbers.is_empty() {
            return;
        }
        for (at, rule) in self.styles.rules.iter().enumerate() {
            for hit in rule.point.reckon(statistics) {
                self.say(at, None, finding(rule, &hit));
            }
        }
    }

    fn say(&mut self, at: usize, span: Option<Span>, finding: Finding) {
        let limit = self.styles.rules[at].limit;
        let place = (at, Span::at(span.map_or(0, |span| span.start)));
        if (limit == 0 || self.counts[at] < limit) && self.told.insert(place) {
            self.counts[at] += 1;
            self.findings.push(match span {
                Some(span) => finding.at(span),
                None => finding,
            });
        }
    }
}

fn finding(rule: &Rule, hit: &Hit) -> Finding {
    let about = &rule.about;
    let finding = Finding::new(&about.name, about.level, hit.message(&rule.frame()));
    match (&about.description, &about.link) {
        (Some(description), _) => {
            finding.help(super::message::fill(description, &hit.words.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        (None, Some(link)) => finding.help(format!("see {link}")),
        (None, None) => finding,
    }
}

//! The rules that are switched on, and asking them about an article.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::built_in;
use super::layout::lay_out;
use super::points::Surroundings;
use super::readers::Readers;
use super::reading::{Asking, Reading};
use super::rule::{About, Rule, read};
use super::scope::Scope;
use super::shelf::{Shelf, name_of};
use super::vocabulary::Vocabulary;
use crate::article::{Body, Document};
use crate::finding::{Finding, Level};

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
    readers: OnceLock<Readers>,
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
        Self { rules, findings, missing, scope, readers: OnceLock::new() }
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
        let readers = self.readers.get_or_init(|| Readers::new(&self.rules));
        Reading::new(&self.rules, &document.text, Asking::Possible(readers)).whole(&layout, self.scope)
    }

    /// The same, by asking each rule about everything that it reads.
    #[cfg(test)]
    pub(super) fn check_plainly(&self, document: &Document, body: &Body) -> Vec<Finding> {
        let layout = lay_out(document, body, self.scope);
        Reading::new(&self.rules, &document.text, Asking::Each).whole(&layout, self.scope)
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

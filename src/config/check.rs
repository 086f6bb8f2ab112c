//! `[check]`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Glob;
use super::read::{Section, not_among};
use crate::article::RepoPath;
use crate::finding::{Finding, Level, Span, nearest};

/// How much a rule weighs in this newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Not at all.
    Off,
    /// This much.
    At(Level),
}

/// What the newsroom says about rules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CheckSettings {
    /// Rules that weigh something else than they say themselves, by name.
    pub levels: BTreeMap<String, Setting>,
    /// Paths that no rule looks at.
    pub exclude: Vec<Glob>,
    /// Findings that are left out at some paths.
    pub allow: Vec<Allow>,
    /// Packages of house style of which every rule looks.
    pub styles: Vec<String>,
    /// Lists of words that house style accepts and rejects.
    pub vocabularies: Vec<String>,
    /// What a rule of house style must weigh to be told.
    pub least: Option<Level>,
    places: BTreeMap<String, Span>,
    style_places: BTreeMap<String, Span>,
}

/// `[[check.allow]]`: findings of a rule that are left out at some paths, and why. Whether it may be left out is for
/// `check` to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Allow {
    /// The rule, or a whole style (`Google.*`).
    pub rule: String,
    /// Where.
    pub path: Glob,
    /// Why; empty when nobody says.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// The table in `desk.toml`.
    pub span: Span,
    /// The rule's name in it.
    pub rule_span: Span,
}

const SETTINGS: [(&str, Setting); 4] = [
    ("off", Setting::Off),
    ("note", Setting::At(Level::Note)),
    ("warning", Setting::At(Level::Warning)),
    ("error", Setting::At(Level::Error)),
];

const LEVELS: [(&str, Level); 3] = [("note", Level::Note), ("warning", Level::Warning), ("error", Level::Error)];

impl CheckSettings {
    pub(super) fn read(section: &Section<'_>) -> Self {
        let levels = section.section("levels");
        let mut settings = Self { exclude: section.list("exclude"), allow: allows(section), ..Self::default() };
        for (key, names) in [("styles", &mut settings.styles), ("vocabularies", &mut settings.vocabularies)] {
            for (name, span) in section.texts(key) {
                names.push(name.to_owned());
                settings.style_places.insert(name.to_owned(), span);
            }
        }
        settings.least = section.choice("min-level", &LEVELS);
        for field in levels.free() {
            let found = field.value.as_str().and_then(|text| SETTINGS.iter().find(|(word, _)| *word == text));
            match found {
                Some(&(_, setting)) => {
                    settings.levels.insert(field.key.clone(), setting);
                    settings.places.insert(field.key.clone(), field.key_span);
                }
                None => {
                    let text = field.value.as_str().unwrap_or_default();
                    let words = SETTINGS.iter().map(|&(word, _)| word);
                    let message = not_among(&levels.full(&field.key), text, words);
                    section.say(Finding::new("config-value", Level::Error, message).at(field.value.span));
                }
            }
        }
        settings
    }

    /// What is set for `rule`; none when it weighs what it says itself.
    pub fn setting(&self, rule: &str) -> Option<Setting> {
        self.levels.get(rule).copied()
    }

    /// Where a style or a vocabulary is named.
    pub fn place_of_style(&self, name: &str) -> Option<Span> {
        self.style_places.get(name).copied()
    }

    /// Whether no rule looks at `path`.
    pub fn excludes(&self, path: &RepoPath) -> bool {
        self.exclude.iter().any(|glob| glob.matches(path))
    }

    /// Findings for levels of rules that are not among `known`; `path` is where `desk.toml` is.
    pub fn unknown_rules(&self, path: &RepoPath, known: &[&str]) -> Vec<Finding> {
        self.places
            .iter()
            .filter(|(rule, _)| !known.contains(&rule.as_str()))
            .map(|(rule, &span)| {
                let finding = Finding::new("config-unknown-rule", Level::Error, format!("there is no rule `{rule}`"))
                    .in_file(path.as_str())
                    .at(span);
                match nearest(rule, known.iter().copied()) {
                    Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                    None => finding.help("desk check --explain lists them"),
                }
            })
            .collect()
    }
}

fn allows(section: &Section<'_>) -> Vec<Allow> {
    let read = |(entry, span): (Section<'_>, Span)| {
        let given = |key: &str| entry.value(key).map(|value| value.span);
        let missing = |key: &str| {
            if given(key).is_none() {
                let message = format!("`{}` is missing", entry.full(key));
                entry.say(Finding::new("config-value", Level::Error, message).at(span));
            }
        };
        let rule = entry.text("rule").unwrap_or_default().to_owned();
        let path = entry.parsed("path", str::parse::<Glob>);
        let reason = entry.text("reason").unwrap_or_default().to_owned();
        let until = entry.date("until");
        missing("rule");
        missing("path");
        Some(Allow { rule_span: given("rule").unwrap_or(span), rule, path: path?, reason, until, span })
    };
    section.sections("allow").into_iter().filter_map(read).collect()
}

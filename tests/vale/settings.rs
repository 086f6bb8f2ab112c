//! The suite's settings, as far as desk has the same.

use std::path::{Path, PathBuf};

use desk::finding::Level;
use desk::style::Choice;

/// One file of settings.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// Where the styles are.
    pub styles_path: PathBuf,
    vocabularies: Vec<String>,
    least: Option<Level>,
    /// Settings for all files that desk has no counterpart of.
    foreign: Vec<String>,
    sections: Vec<Section>,
    /// Endings that mean the same as others.
    formats: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct Section {
    glob: String,
    styles: Option<Vec<String>>,
    rules: Vec<(String, String)>,
    /// Settings that desk has no counterpart of.
    foreign: Vec<String>,
}

/// Settings that change what is read, of which desk has none.
const FOREIGN: [&str; 8] = [
    "TokenIgnores",
    "BlockIgnores",
    "IgnorePatterns",
    "IgnoredScopes",
    "SkippedScopes",
    "IgnoredClasses",
    "Transform",
    "Packages",
];

impl Settings {
    /// Reads settings that stand in `folder`.
    pub(crate) fn parse(text: &str, folder: &Path) -> Self {
        let mut settings = Self { styles_path: folder.join("styles"), ..Self::default() };
        let list = |value: &str| {
            value.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect::<Vec<_>>()
        };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(glob) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                settings.sections.push(Section { glob: glob.to_owned(), ..Section::default() });
                continue;
            }
            let Some((key, value)) = line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) else {
                continue;
            };
            if FOREIGN.contains(&key) {
                let foreign =
                    settings.sections.last_mut().map_or(&mut settings.foreign, |section| &mut section.foreign);
                foreign.push(key.to_owned());
            }
            match (key, settings.sections.last_mut()) {
                ("StylesPath", _) => settings.styles_path = folder.join(value),
                ("Vocab", _) => settings.vocabularies = list(value),
                ("MinAlertLevel", _) => settings.least = level(value),
                ("BasedOnStyles", Some(section)) => section.styles = Some(list(value)),
                (ending, Some(section)) if section.glob == "formats" => {
                    settings.formats.push((format!(".{ending}"), format!(".{value}")));
                }
                (rule, Some(section)) if rule.contains('.') => section.rules.push((rule.to_owned(), value.to_owned())),
                _ => {}
            }
        }
        settings
    }

    /// A setting for the file called `name` that desk has no counterpart of.
    pub(crate) fn foreign(&self, name: &str) -> Option<&String> {
        let sections = self.sections.iter().filter(|section| matches(&section.glob, name));
        self.foreign.iter().chain(sections.flat_map(|section| &section.foreign)).next()
    }

    /// What they want for the file called `name`.
    pub(crate) fn choice(&self, name: &str) -> Choice {
        let least = self.least.unwrap_or(Level::Warning);
        let mut choice = Choice { vocabularies: self.vocabularies.clone(), least, ..Choice::default() };
        let other =
            self.formats.iter().find_map(|(ending, other)| Some(format!("{}{other}", name.strip_suffix(ending)?)));
        let names: Vec<&str> = std::iter::once(name).chain(other.as_deref()).collect();
        let is_meant = |section: &&Section| names.iter().any(|name| matches(&section.glob, name));
        let matching = || self.sections.iter().filter(is_meant);
        // What is said for all files comes first, then what is said for some.
        let (general, special): (Vec<_>, Vec<_>) = matching().partition(|section| section.glob == "*");
        for section in general.into_iter().chain(special) {
            if let Some(styles) = &section.styles {
                choice.styles.clone_from(styles);
            }
            for (rule, value) in &section.rules {
                let unless_said = Some(level(value).unwrap_or(Level::Note));
                match value.as_str() {
                    "NO" => drop(choice.levels.insert(rule.clone(), None)),
                    "YES" if choice.levels.get(rule).is_some_and(Option::is_some) => {}
                    _ => drop(choice.levels.insert(rule.clone(), unless_said)),
                }
            }
        }
        choice
    }
}

fn level(word: &str) -> Option<Level> {
    match word {
        "suggestion" => Some(Level::Note),
        "warning" | "YES" => Some(Level::Warning),
        "error" => Some(Level::Error),
        _ => None,
    }
}

/// Whether a pattern with `*`, `{a,b}` and `[!x]` matches a file's name.
fn matches(glob: &str, name: &str) -> bool {
    if let Some((before, rest)) = glob.split_once('{')
        && let Some((options, after)) = rest.split_once('}')
    {
        return options.split(',').any(|option| matches(&format!("{before}{option}{after}"), name));
    }
    let glob = glob.replace("[!.]", "");
    let mut parts = glob.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

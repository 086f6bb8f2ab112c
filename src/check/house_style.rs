//! What the settings of a newsroom make of house style.

use super::explain::settable;
use crate::article::RepoPath;
use crate::config::{Config, Setting};
use crate::finding::{Finding, Level};
use crate::style::{Choice, Shelf, Styles};

/// Which rules of house style `config` wants.
pub fn style_choice(config: &Config) -> Choice {
    let settings = &config.check;
    let level = |setting: Setting| match setting {
        Setting::Off => None,
        Setting::At(level) => Some(level),
    };
    Choice {
        styles: settings.styles.clone(),
        vocabularies: settings.vocabularies.clone(),
        // What desk's own rules weigh is none of house style's business: their names have no dot.
        levels: settings
            .levels
            .iter()
            .filter(|(name, _)| name.contains('.'))
            .map(|(name, &setting)| (name.clone(), level(setting)))
            .collect(),
        least: settings.least.unwrap_or(Level::Note),
    }
}

/// What is wrong in the `[check]` table of `config`, which stands at `path`, and in the files of house style: rules,
/// styles and vocabularies that do not exist, files that cannot be used, and what they ask for in vain.
pub fn of_settings(config: &Config, path: &RepoPath, shelf: &Shelf, styles: &Styles) -> Vec<Finding> {
    let styled: Vec<String> = shelf.names().collect();
    let mut known: Vec<&str> = settable().collect();
    known.extend(styled.iter().map(String::as_str));
    let mut findings = config.check.unknown_rules(path, &known);
    let missing = styles.missing();
    let names = missing.styles.iter().map(|name| (name, format!("there is no style `{name}` in `styles/`")));
    let lists = missing.vocabularies.iter();
    let lists = lists.map(|name| (name, format!("there is no vocabulary `{name}` in `styles/config/vocabularies/`")));
    for (name, message) in names.chain(lists) {
        let finding = Finding::new("style-missing", Level::Error, message).in_file(path.as_str());
        findings.push(match config.check.place_of_style(name) {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
    let weighed = styles.findings().iter().cloned().filter_map(|finding| match config.check.setting(&finding.rule) {
        Some(Setting::Off) => None,
        Some(Setting::At(level)) => Some(Finding { level, ..finding }),
        None => Some(finding),
    });
    findings.extend(weighed);
    findings
}

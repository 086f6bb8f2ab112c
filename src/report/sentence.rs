//! Findings in sentences, for places that show no lines.

use super::came;
use super::escape::visible;
use crate::finding::{Finding, Level};

/// `phrase` as a sentence: a capital letter in front, a full stop behind.
pub(super) fn sentence(phrase: &str) -> String {
    let phrase = visible(phrase);
    let mut rest = phrase.chars();
    let mut out = String::with_capacity(phrase.len() + 1);
    out.extend(rest.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(rest.as_str());
    if !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

/// What is wrong, and what to do about it.
pub(super) fn told(finding: &Finding) -> String {
    let mut out = sentence(&finding.message);
    if let Some(help) = finding.help.as_ref().or(finding.label.as_ref()) {
        // Often a command to type, so it stays as it is.
        out.push_str(" Help: ");
        out.push_str(&visible(help));
    }
    out
}

/// Which moves it holds up.
pub(super) fn holds(finding: &Finding) -> &'static str {
    match (finding.holds, finding.level) {
        (Some("review"), _) => "Holds: review and publishing.",
        (Some(_), _) => "Holds: publishing, not review.",
        (None, Level::Error) if !is_told_alone(finding) => "Holds: every move.",
        (None, _) => "Holds nothing.",
    }
}

/// Whether no move asks about it: it is about the newsroom's own files, or about what only `desk check` asks.
fn is_told_alone(finding: &Finding) -> bool {
    let path = finding.path.as_deref();
    let of_house = path.is_some_and(|path| {
        let files = ["desk.toml", "staff.toml", "baseline.toml"];
        files.contains(&path) || ["schemas/", "styles/"].iter().any(|folder| path.starts_with(folder))
    });
    // Steps of the past are told of wherever they stand.
    (of_house && finding.commit.is_none()) || ["embargo-exposed", "link-gone"].contains(&&*finding.rule)
}

/// The commit it was found in and the one that mended it, where commits were checked one by one.
pub(super) fn commits(finding: &Finding) -> Option<String> {
    came(finding).map(|came| sentence(&came))
}

/// `2 errors`, `1 warning`.
pub(super) fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

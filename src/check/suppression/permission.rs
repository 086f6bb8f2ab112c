//! Who may ask that a rule's findings be left out.

use crate::check::explain::{self, LATE, READING};
use crate::check::steps::STEPS;
use crate::schema;

/// Who may ask it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The writer, in the article, and the newsroom.
    Writer,
    /// Only the newsroom, in `desk.toml` and in the baseline: the article must not excuse itself.
    Newsroom,
    /// Nobody: what depends on it would be wrong.
    Nobody,
}

/// Rules that nobody may leave out: without them desk could not tell what an article is, or who reads it where.
const NOBODY: [&str; 10] = [
    "draft-mismatch",
    "duplicate-id",
    "duplicate-slug",
    "kept-line-form",
    "suppression-expired",
    "suppression-form",
    "suppression-reason",
    "suppression-rule",
    "suppression-unused",
    "unknown-kind",
];

/// Who may ask that findings of `rule` be left out.
pub fn permission(rule: &str) -> Permission {
    let told_always = READING.iter().chain(&STEPS).chain(&LATE).any(|(name, _)| *name == rule);
    if NOBODY.contains(&rule) || told_always {
        Permission::Nobody
    } else if schema::RULES.iter().any(|known| known.name == rule) {
        Permission::Newsroom
    } else {
        Permission::Writer
    }
}

/// Whether there may be a rule of this name: one of desk's own, one of a style (`Google.Passive`), or a whole style
/// (`Google.*`). What styles hold is known where they are loaded; a name that fits none of their rules is unused.
pub(super) fn is_known(name: &str) -> bool {
    let styled = |name: &str| {
        let plain = |part: &str| {
            !part.is_empty() && part.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_' | '.'))
        };
        name.split_once('.').is_some_and(|(style, rule)| plain(style) && (rule == "*" || plain(rule)))
    };
    explain::names().any(|known| known == name) || styled(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{RULES, explain};

    #[test]
    fn what_nobody_may_leave_out_says_so() {
        for name in NOBODY.into_iter().chain(READING.iter().map(|(name, _)| *name)) {
            let doc = explain(name).expect("a rule");
            let words = doc.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("annot be allowed"), "{name}");
            assert!(RULES.iter().any(|rule| rule.name == name) || READING.iter().any(|(known, _)| *known == name));
        }
    }

    #[test]
    fn names_of_styles_are_names() {
        for good in ["doubled-word", "missing-field", "Google.Passive", "Google.*", "write-good.E-Prime"] {
            assert!(is_known(good), "{good}");
        }
        for bad in ["doubled-words", "*", ".*", "Google.", "Google. *", ""] {
            assert!(!is_known(bad), "{bad}");
        }
    }
}

//! What the house says about its own rules.

use super::rules::RULES;
use super::steps::STEPS;
use crate::finding::nearest;
use crate::{schema, style};

/// The documentation of the rule called `name`, in Markdown: what `--explain` prints. What reading a file and what a
/// schema finds is explained too.
pub fn explain(name: &str) -> Result<&'static str, UnknownRule> {
    let rules = RULES.iter().map(|rule| (rule.name, rule.doc));
    let others = READING.iter().copied().chain(schema::RULES.iter().map(|rule| (rule.name, rule.text)));
    rules
        .chain(others)
        .chain(style::RULES)
        .chain(STEPS)
        .chain(LATE)
        .find(|(known, _)| *known == name)
        .map(|(_, text)| text)
        .ok_or_else(|| UnknownRule { name: name.to_owned(), meant: nearest(name, names()).map(str::to_owned) })
}

/// The names that findings carry: those that `[check.levels]` may set, and those of what commits do.
pub fn names() -> impl Iterator<Item = &'static str> {
    settable().chain(STEPS.iter().chain(&LATE).map(|&(name, _)| name))
}

/// The names that `[check.levels]` may set: those of the rules, of what reading finds and of what a
/// schema finds. The rules of house style are known where it is loaded.
pub(super) fn settable() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().map(|rule| rule.name);
    let others = READING.iter().chain(&style::RULES).map(|&(name, _)| name);
    rules.chain(others).chain(schema::RULES.iter().map(|rule| rule.name))
}

/// What reading an article's file finds, whatever is set and whoever allows it: what cannot be read cannot be judged.
pub(super) const READING: [(&str, &str); 7] = [
    (
        "empty-file",
        "The file has no bytes. Nothing can be judged or published. `desk new` writes a fresh article; `desk undo` may \
         bring the old one back. It cannot be allowed.",
    ),
    (
        "invalid-toml",
        "What stands between the two `+++` lines is not TOML. Text stands in double quotes, each key stands once in its \
         table, and each `key = value` has a line of its own. A quotation mark inside a text is written `\\\"`. \
         It cannot be allowed.",
    ),
    (
        "invalid-utf8",
        "The file is not UTF-8 text, so some of its characters would come out as others. Save it again as UTF-8; most \
         editors call that the encoding. It cannot be allowed.",
    ),
    (
        "no-front-matter",
        "The file does not begin with a line `+++`. An article's title, its authors and everything else that is not its \
         text stand between two such lines. It cannot be allowed.",
    ),
    (
        "too-large",
        "The file is larger than any article. Photos and data belong into files of their own, beside it. It cannot be \
         allowed.",
    ),
    (
        "unclosed-front-matter",
        "The line `+++` that opens the front matter has no partner, so nobody can tell where the text begins. Put a line \
         `+++` below the last key. It cannot be allowed.",
    ),
    (
        "yaml-front-matter",
        "The front matter stands between `---` lines and is YAML. desk reads TOML; `desk init --convert` turns one into \
         the other. It cannot be allowed.",
    ),
];

/// The name of what is said of a baseline that holds too much.
pub(super) const OUTDATED: &str = "baseline-outdated";

/// What is said of the baseline itself.
pub(super) const LATE: [(&str, &str); 2] = [
    (
        "baseline-form",
        "`baseline.toml` is not as desk writes it. Nobody needs to edit it: take the file out, then \
         `desk check --write-baseline` writes it anew. It cannot be allowed.",
    ),
    (
        OUTDATED,
        "Some of what `baseline.toml` holds is mended. Left in it, the same fault could come back unseen: \
         `desk check --write-baseline` takes it out, and adds nothing. It cannot be allowed.",
    ),
];

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule called `{name}`")]
pub struct UnknownRule {
    /// What was asked for.
    pub name: String,
    /// The rule whose name is most like it.
    pub meant: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_explained_and_stands_once() {
        let mut all: Vec<_> = names().collect();
        assert!(all.iter().all(|name| explain(name).is_ok_and(|text| text.len() > 20)));
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
    }

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        assert_eq!(explain("photo-alts").err().and_then(|unknown| unknown.meant).as_deref(), Some("photo-alt"));
    }
}

//! What a newsroom that began to check late has not mended yet: `baseline.toml`, which only ever shrinks.
//!
//! An entry is a rule, a file and a hash of the words concerned, with how often that was found. It has no line numbers,
//! so that a paragraph more above changes nothing, and a new fault of the same kind in the same article is told.

use std::collections::BTreeMap;

use super::suppression::{Permission, permission};
use crate::article::{Data, Digest, RepoPath, Table};
use crate::finding::{Finding, Level};

/// The name of the file, at the root beside `desk.toml`.
pub const BASELINE_FILE: &str = "baseline.toml";

const HEAD: &str = "# What desk found here when this newsroom began to check its articles, and nobody has mended yet.\n\
                    # desk check leaves it out. It only ever shrinks: desk check --write-baseline takes out what is\n\
                    # mended, and adds nothing.\n\nversion = 1\n";

/// How many hexadecimal digits of the hash stand in the file.
const DIGITS: usize = 16;

/// What was found and is left out, each with how often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    entries: BTreeMap<Entry, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    path: String,
    rule: String,
    words: String,
}

impl Baseline {
    /// Reads `baseline.toml`. Findings have the rule `baseline-form`.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let wrong = |message: &str| {
            Finding::new("baseline-form", Level::Error, message)
                .in_file(path.as_str())
                .help("take the file out, then write it anew: desk check --write-baseline")
        };
        let text = std::str::from_utf8(bytes).map_err(|_| vec![wrong("this is not UTF-8 text")])?;
        let table = Table::parse(text).map_err(|finding| vec![finding.in_file(path.as_str())])?;
        if table.get("version").map(|version| &version.data) != Some(&Data::Integer(1)) {
            return Err(vec![wrong("this desk reads baselines of version 1")]);
        }
        let mut entries = BTreeMap::new();
        let found = table.get("found").and_then(|found| found.as_table());
        for file in found.map(|found| found.fields.as_slice()).unwrap_or_default() {
            let counts = file.value.as_table().ok_or_else(|| vec![wrong("a file's findings stand in a table")])?;
            for field in &counts.fields {
                let entry = field.key.split_once(' ').zip(match field.value.data {
                    Data::Integer(count) => usize::try_from(count).ok().filter(|count| *count > 0),
                    _ => None,
                });
                let Some(((rule, words), count)) = entry else {
                    return Err(vec![wrong("write \"RULE HASH\" = COUNT").at(field.key_span)]);
                };
                let entry = Entry { path: file.key.clone(), rule: rule.to_owned(), words: words.to_owned() };
                entries.insert(entry, count);
            }
        }
        Ok(Self { entries })
    }

    /// All of these that may be left out; `text_of` gives the text of a file.
    pub fn of<'a>(findings: &[Finding], text_of: impl Fn(&str) -> Option<&'a str>) -> Self {
        let mut entries = BTreeMap::new();
        for finding in findings {
            if let Some(entry) = Entry::of(finding, &text_of) {
                *entries.entry(entry).or_default() += 1;
            }
        }
        Self { entries }
    }

    /// Itself, less what was not `found` any more. Nothing comes in that was not there.
    #[must_use]
    pub fn shrunk(&self, found: &Self) -> Self {
        let left = self.entries.iter().filter_map(|(entry, count)| {
            let still = found.entries.get(entry)?;
            Some((entry.clone(), *count.min(still)))
        });
        Self { entries: left.collect() }
    }

    /// How many findings it holds.
    pub fn findings(&self) -> usize {
        self.entries.values().sum()
    }

    /// How many files they are in.
    pub fn files(&self) -> usize {
        let mut paths: Vec<&str> = self.entries.keys().map(|entry| entry.path.as_str()).collect();
        paths.dedup();
        paths.len()
    }

    /// As the file holds it, always in the same order.
    pub fn text(&self) -> String {
        let literal = |text: &str| crate::article::edit::literal(&toml::Value::String(text.to_owned()));
        let mut text = HEAD.to_owned();
        let mut path = None;
        for (entry, count) in &self.entries {
            if path != Some(&entry.path) {
                text.push_str(&format!("\n[found.{}]\n", literal(&entry.path)));
                path = Some(&entry.path);
            }
            text.push_str(&format!("{} = {count}\n", literal(&format!("{} {}", entry.rule, entry.words))));
        }
        text
    }

    /// Takes out of `findings` what is in it, and gives how many went and what of it was not found any more.
    pub(super) fn leave_out<'a>(
        &self,
        findings: &mut Vec<Finding>,
        text_of: impl Fn(&str) -> Option<&'a str>,
    ) -> (usize, Self) {
        let mut left = self.clone();
        let before = findings.len();
        if !left.entries.is_empty() {
            findings.retain(|finding| {
                let here = finding.path.as_deref().is_some_and(|path| self.has_file(path));
                let entry = if here { Entry::of(finding, &text_of) } else { None };
                match entry.and_then(|entry| left.entries.get_mut(&entry)).filter(|count| **count > 0) {
                    Some(count) => {
                        *count -= 1;
                        false
                    }
                    None => true,
                }
            });
            left.entries.retain(|_, count| *count > 0);
        }
        (before - findings.len(), left)
    }

    fn has_file(&self, path: &str) -> bool {
        let from = Entry { path: path.to_owned(), rule: String::new(), words: String::new() };
        self.entries.range(from..).next().is_some_and(|(entry, _)| entry.path == path)
    }
}

impl Entry {
    /// None for what must never be left out, and for what is about no file.
    fn of<'a>(finding: &Finding, text_of: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let path = finding.path.as_deref()?;
        if permission(&finding.rule) == Permission::Nobody {
            return None;
        }
        let mark = match finding.mark {
            Some(mark) => mark,
            None => mark(finding, finding.span.and_then(|span| text_of(path)?.get(span.range())).unwrap_or_default()),
        };
        Some(Self { path: path.to_owned(), rule: finding.rule.clone(), words: format!("{mark:0DIGITS$x}") })
    }
}

/// What names the words that `finding` is about.
pub(super) fn mark(finding: &Finding, words: &str) -> u64 {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // Messages may be worded anew in a later desk; the names in them say the same.
    let mut names = finding.message.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(" ");
    if words.is_empty() && names.is_empty() {
        names.clone_from(&finding.message);
    }
    let digest = Digest::of_fields([b"desk-baseline/1".as_slice(), words.as_bytes(), names.as_bytes()]).hex();
    u64::from_str_radix(&digest[..DIGITS], 16).expect("sixteen digits of a digest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Span;

    const TEXT: &str = "The the quay, the the port, and and more.";

    fn finding(rule: &str, words: &str, skip: usize) -> Finding {
        let at = TEXT.match_indices(words).nth(skip).expect("there").0;
        Finding::new(rule, Level::Warning, "`x` stands twice").in_file("a/\"b\".md").at(at..at + words.len())
    }

    fn text_of(_: &str) -> Option<&'static str> {
        Some(TEXT)
    }

    fn path() -> RepoPath {
        RepoPath::new(BASELINE_FILE).expect("a sound name")
    }

    #[test]
    fn it_reads_as_it_was_written() {
        let findings = [finding("doubled-word", "the the", 0), finding("doubled-word", "and and", 0)];
        let baseline = Baseline::of(&findings, text_of);
        assert_eq!((baseline.findings(), baseline.files()), (2, 1));
        assert_eq!(Baseline::read(&path(), baseline.text().as_bytes()), Ok(baseline.clone()));
        assert_eq!(Baseline::read(&path(), HEAD.as_bytes()), Ok(Baseline::default()));
        for bad in ["", "version = 2", "version = 1\n[found.\"a\"]\nx = 1", "version = 1\n[found]\na = 1", "= 1"] {
            assert!(Baseline::read(&path(), bad.as_bytes()).is_err(), "{bad}");
        }
        for bad in ["\"x y\" = 0", "\"x y\" = -1", "\"x y\" = \"1\""] {
            assert!(Baseline::read(&path(), format!("version = 1\n[found.\"a\"]\n{bad}").as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn it_leaves_out_as_many_as_it_has_and_tells_the_next() {
        let baseline = Baseline::of(&[finding("doubled-word", "and and", 0)], text_of);
        let mut now = vec![finding("doubled-word", "and and", 0), finding("doubled-word", "and and", 0)];
        let (gone, left) = baseline.leave_out(&mut now, text_of);
        assert_eq!((gone, now.len(), left.findings()), (1, 1, 0));
        let mut other = vec![finding("doubled-word", "the the", 0), finding("placeholder", "and and", 0)];
        let (gone, left) = baseline.leave_out(&mut other, text_of);
        assert_eq!((gone, other.len(), left.findings()), (0, 2, 1));
    }

    #[test]
    fn what_must_not_be_left_out_does_not_come_in() {
        let never = ["duplicate-id", "invalid-toml", "suppression-reason", "stealth-edit"];
        let findings: Vec<Finding> = never.iter().map(|rule| finding(rule, "and and", 0)).collect();
        assert_eq!(Baseline::of(&findings, text_of), Baseline::default());
        let nowhere = Finding::new("doubled-word", Level::Warning, "x");
        assert_eq!(Baseline::of(&[nowhere], text_of), Baseline::default());
    }

    #[test]
    fn where_words_stand_is_no_matter() {
        let moved = "More above.\n\nThe the quay, the\nthe port, and and more.";
        let at = moved.find("the\nthe").expect("there");
        let later = finding("doubled-word", "the the", 0).at(Span::new(at, at + 7));
        let (one, other) = (
            Baseline::of(&[finding("doubled-word", "the the", 0)], text_of),
            Baseline::of(&[later], |_: &str| Some(moved)),
        );
        assert_eq!(one, other);
    }

    #[test]
    fn a_mark_says_the_same_as_the_text() {
        let read = finding("doubled-word", "and and", 0);
        let marked = Finding { mark: Some(mark(&read, "and and")), ..read.clone() };
        assert_eq!(Baseline::of(&[marked], |_: &str| None), Baseline::of(&[read], text_of));
    }

    proptest::proptest! {
        #[test]
        fn it_only_shrinks(old in entries(), now in entries()) {
            let (old, now) = (Baseline { entries: old }, Baseline { entries: now });
            let shrunk = old.shrunk(&now);
            for (entry, count) in &shrunk.entries {
                proptest::prop_assert!(old.entries.get(entry).is_some_and(|before| count <= before));
                proptest::prop_assert!(now.entries.get(entry).is_some_and(|found| count <= found));
            }
            proptest::prop_assert_eq!(shrunk.shrunk(&now), shrunk.clone());
            proptest::prop_assert_eq!(Baseline::read(&path(), shrunk.text().as_bytes()), Ok(shrunk));
        }
    }

    fn entries() -> impl proptest::strategy::Strategy<Value = BTreeMap<Entry, usize>> {
        use proptest::strategy::Strategy as _;
        let entry = ("[a-c]/[\"a.]{1,3}", "[a-c]", "[a-c]{1,2}");
        proptest::collection::btree_map(
            entry.prop_map(|(path, rule, words)| Entry { path, rule, words }),
            1usize..4,
            0..12,
        )
    }
}

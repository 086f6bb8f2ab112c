//! A compiled pattern: by the fast engine where it needs no look around, else by one that goes back a bounded number of
//! times.

use std::ops::Range;
use std::sync::OnceLock;

use super::dialect::{Boundary, translate};
use super::text::Letters;

/// How often the slower engine may go back before it gives up on a text.
const STEPS: usize = 200_000;
/// How large a compiled pattern may be, in bytes.
const LARGEST: usize = 64 << 20;

/// A pattern that was given up on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

/// A pattern of a style. It is read at once, so that what is wrong with it can be said, and compiled when a text asks
/// for it: most runs read a style and few articles.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    /// With the boundaries of ASCII words, for texts that have no other.
    ascii: OnceLock<Engine>,
    unicode: OnceLock<Engine>,
}

#[derive(Debug)]
enum Engine {
    Plain(regex::Regex),
    Looking(Box<fancy_regex::Regex>),
    /// Larger than any pattern may be.
    TooLarge,
}

impl Pattern {
    /// Reads `source`, or says why it cannot be.
    pub(super) fn new(source: impl Into<String>) -> Result<Self, String> {
        let source = source.into();
        let is_plain = regex_syntax::parse(&translate(&source, Boundary::Ascii)).is_ok();
        let ascii = if is_plain { OnceLock::new() } else { OnceLock::from(Engine::looking(&source)?) };
        Ok(Self { source, ascii, unicode: OnceLock::new() })
    }

    /// As it was written.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    fn engine(&self, letters: Letters) -> &Engine {
        // One that looks around knows the boundaries of all words.
        let is_looking = matches!(self.ascii.get(), Some(Engine::Looking(_)));
        if letters == Letters::Ascii || is_looking || !self.source.contains("\\b") {
            self.ascii.get_or_init(|| Engine::new(&self.source, Boundary::Ascii))
        } else {
            self.unicode.get_or_init(|| Engine::new(&self.source, Boundary::Unicode))
        }
    }

    /// Every match in `text`, one after the other, none empty.
    pub(super) fn find_all(&self, text: &str, letters: Letters) -> Result<Vec<Range<usize>>, Exhausted> {
        match self.engine(letters) {
            Engine::Plain(regex) => {
                Ok(regex.find_iter(text).map(|found| found.range()).filter(|range| !range.is_empty()).collect())
            }
            Engine::Looking(regex) => {
                let mut all = Vec::new();
                for found in regex.find_iter(text) {
                    let found = found.map_err(|_| Exhausted)?;
                    if found.start() < found.end() {
                        all.push(found.start()..found.end());
                    }
                }
                Ok(all)
            }
            Engine::TooLarge => Err(Exhausted),
        }
    }

    /// Every match in `text`, with where its groups are; the first is all of it.
    pub(super) fn capture_all(&self, text: &str, letters: Letters) -> Result<Vec<Groups>, Exhausted> {
        match self.engine(letters) {
            Engine::Plain(regex) => Ok(regex
                .captures_iter(text)
                .map(|groups| groups.iter().map(|group| group.map(|group| group.range())).collect())
                .collect()),
            Engine::Looking(regex) => {
                let mut all = Vec::new();
                for groups in regex.captures_iter(text) {
                    let groups = groups.map_err(|_| Exhausted)?;
                    all.push(groups.iter().map(|group| group.map(|group| group.start()..group.end())).collect());
                }
                Ok(all)
            }
            Engine::TooLarge => Err(Exhausted),
        }
    }

    /// Whether it is found anywhere in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        match self.engine(Letters::of(text)) {
            Engine::Plain(regex) => regex.is_match(text),
            Engine::Looking(regex) => regex.is_match(text).unwrap_or(false),
            Engine::TooLarge => false,
        }
    }

    /// `text` with what is matched replaced by `with`, in which `$1` is the first group.
    pub(super) fn replace(&self, text: &str, with: &str) -> String {
        match self.engine(Letters::of(text)) {
            Engine::Plain(regex) => regex.replace_all(text, braced(with)).into_owned(),
            Engine::Looking(regex) => regex
                .try_replacen(text, 0, braced(with).as_str())
                .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned),
            Engine::TooLarge => text.to_owned(),
        }
    }
}

/// Where the groups of a match are.
pub(super) type Groups = Vec<Option<Range<usize>>>;

/// `$1st` names group 1 in the styles' dialect, and a group `1st` in ours: `${1}st`.
fn braced(with: &str) -> String {
    let mut out = String::with_capacity(with.len() + 4);
    let mut rest = with;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|one: char| one.is_ascii_digit()).len();
        if digits > 0 {
            out.push_str(&format!("${{{}}}", &after[..digits]));
        } else if after.starts_with('{') {
            out.push('$');
        } else {
            out.push_str("$$");
        }
        rest = &after[digits..];
    }
    out.push_str(rest);
    out
}

impl Engine {
    /// What has been read without a fault.
    fn new(source: &str, boundary: Boundary) -> Self {
        let plain = translate(source, boundary);
        match regex::RegexBuilder::new(&plain).size_limit(LARGEST).dfa_size_limit(8 << 20).build() {
            Ok(regex) => Self::Plain(regex),
            Err(_) => Self::looking(source).unwrap_or(Self::TooLarge),
        }
    }

    fn looking(source: &str) -> Result<Self, String> {
        let looking = translate(source, Boundary::Unicode);
        fancy_regex::RegexBuilder::new(&looking)
            .backtrack_limit(STEPS)
            .delegate_size_limit(LARGEST)
            .build()
            .map(|regex| Self::Looking(Box::new(regex)))
            .map_err(|error| {
                let text = error.to_string();
                text.lines().last().unwrap_or_default().trim_start_matches("error: ").trim().to_owned()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(pattern: &str, text: &str) -> Vec<String> {
        let pattern = Pattern::new(pattern).expect("compiles");
        let all = pattern.find_all(text, Letters::of(text)).expect("no runaway");
        all.into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn words_end_where_letters_do() {
        assert_eq!(found(r"(?m)\b(?:caf|bar)\b", "café bar"), ["bar"]);
        assert_eq!(found(r"(?m)\b(?:bar)\b", "“bar”, bar—x"), ["bar", "bar"]);
        assert_eq!(found(r"a(?=b)", "ab ac"), ["a"]);
        assert_eq!(found(r"x*", "aaa"), Vec::<String>::new());
    }

    #[test]
    fn a_runaway_is_given_up() {
        let pattern = Pattern::new(r"(a*)(a*)(a*)(a*)\1\2y").expect("compiles");
        assert!(pattern.find_all(&format!("y{}b y", "a".repeat(80)), Letters::Ascii).is_err());
    }

    #[test]
    fn groups_are_put_in() {
        let pattern = Pattern::new(r"(?i)the (\w+) one").expect("compiles");
        assert_eq!(pattern.replace("The big one", "a $1st $x"), "a bigst $x");
        assert!(Pattern::new("(a").expect_err("unclosed").len() > 3);
    }
}

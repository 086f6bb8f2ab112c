//! A compiled pattern: by the fast engine where it needs no look around, else by one that goes back a bounded number of
//! times.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex_automata::meta;
use regex_syntax::hir::Hir;

use super::dialect::translate;
use super::shadow::{narrowed, without_looking};
use super::text::Letters;

/// How often the slower engine may go back before it gives up on a text.
const STEPS: usize = 200_000;
/// How large a compiled pattern may be, in bytes.
const LARGEST: usize = 64 << 20;
/// How much memory its states may take on each thread, in bytes.
const STATES: usize = 8 << 20;

/// A pattern that was given up on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

/// A pattern of a style. It is read at once, so that what is wrong with it can be said, and compiled when a text asks
/// for it: most runs read a style and few articles.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    /// What it matches, or at most what it matches where it looks around; none where that cannot be told.
    shadow: Option<Arc<Hir>>,
    /// For texts whose letters are those of ASCII.
    narrow: OnceLock<Engine>,
    wide: OnceLock<Engine>,
}

#[derive(Debug)]
enum Engine {
    Plain(meta::Regex),
    Looking(Box<fancy_regex::Regex>),
    /// Larger than any pattern may be.
    TooLarge,
}

impl Pattern {
    /// Reads `source`, or says why it cannot be.
    pub(super) fn new(source: impl Into<String>) -> Result<Self, String> {
        let source = source.into();
        let translated = translate(&source);
        let (shadow, wide) = match regex_syntax::parse(&translated) {
            Ok(hir) => (Some(hir), OnceLock::new()),
            Err(_) => (without_looking(&translated), OnceLock::from(Engine::looking(&translated)?)),
        };
        Ok(Self { source, shadow: shadow.map(Arc::new), narrow: OnceLock::new(), wide })
    }

    /// As it was written.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// What is found in every text in which it is; none where that cannot be told.
    pub(super) fn shadow(&self) -> Option<Arc<Hir>> {
        self.shadow.clone()
    }

    fn engine(&self, letters: Letters) -> &Engine {
        match (self.wide.get(), &self.shadow) {
            // One that looks around knows the boundaries of all words.
            (Some(looking @ Engine::Looking(_)), _) => looking,
            (_, Some(hir)) if letters == Letters::Ascii => {
                self.narrow.get_or_init(|| Engine::new(&narrowed(hir), &self.source))
            }
            (_, Some(hir)) => self.wide.get_or_init(|| Engine::new(hir, &self.source)),
            (_, None) => &Engine::TooLarge,
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
        let with = braced(with);
        match self.engine(Letters::of(text)) {
            Engine::Plain(regex) => {
                let (mut out, mut last) = (String::with_capacity(text.len()), 0);
                for groups in regex.captures_iter(text) {
                    let Some(whole) = groups.get_match() else { continue };
                    out.push_str(&text[last..whole.start()]);
                    groups.interpolate_string_into(text, &with, &mut out);
                    last = whole.end();
                }
                out.push_str(&text[last..]);
                out
            }
            Engine::Looking(regex) => regex
                .try_replacen(text, 0, with.as_str())
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
    /// `hir`, which is what `source` says.
    fn new(hir: &Hir, source: &str) -> Self {
        let config = meta::Config::new().nfa_size_limit(Some(LARGEST)).hybrid_cache_capacity(STATES);
        match meta::Builder::new().configure(config).build_from_hir(hir) {
            Ok(regex) => Self::Plain(regex),
            Err(_) => Self::looking(&translate(source)).unwrap_or(Self::TooLarge),
        }
    }

    fn looking(translated: &str) -> Result<Self, String> {
        fancy_regex::RegexBuilder::new(translated)
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

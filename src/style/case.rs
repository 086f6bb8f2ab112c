//! Headings in the case that a style asks for.

use std::collections::HashMap;
use std::sync::Arc;

use regex_syntax::hir::Hir;

use super::heading_words::{HeadingWords, WORD};
use super::pattern::Pattern;
use super::shadow::floating;
use super::sieve::Sieve;
use super::text::Letters;

/// Words that a title in AP style writes small.
const SMALL: [&str; 21] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per", "the", "vs",
    "vs.", "via", "v",
];
/// Words that a title in Chicago style writes small besides.
const PREPOSITIONS: [&str; 30] = [
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "among",
    "around",
    "before",
    "between",
    "beyond",
    "concerning",
    "despite",
    "down",
    "during",
    "following",
    "from",
    "including",
    "into",
    "near",
    "over",
    "since",
    "through",
    "throughout",
    "towards",
    "under",
    "until",
    "upon",
    "with",
    "within",
];

/// Whose titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleStyle {
    Ap,
    Chicago,
}

/// How a heading should be written.
#[derive(Debug)]
pub(super) enum Case {
    Title(TitleStyle),
    /// Words that end so make the next begin like a sentence.
    Sentence(Vec<String>),
}

/// Words that are written in their own way, and what is left alone before the heading begins.
#[derive(Debug)]
pub(super) struct Caser {
    pub(super) case: Case,
    own: Vec<Own>,
    /// Where each own word stands, by its small letters.
    named: HashMap<String, usize>,
    /// Which of the own words can be in a word.
    sieve: Sieve,
    /// Whether any of them can be in a heading.
    any: Sieve,
    prefix: Option<Pattern>,
    /// Words, and the own ones among them whole.
    words: Option<HeadingWords>,
}

#[derive(Debug)]
struct Own {
    word: String,
    pattern: Option<Pattern>,
}

impl Caser {
    pub(super) fn new(case: Case, own: &[String], prefix: Option<Pattern>) -> Self {
        let mut own: Vec<&String> = own.iter().collect();
        own.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let any = own.iter().map(|word| word.as_str()).collect::<Vec<_>>().join("|");
        let special = Pattern::new(format!(r"(?i)\b(?:{any})\b")).ok().filter(|_| !own.is_empty());
        let words = match &special {
            Some(special) => Pattern::new(format!("{}|{WORD}", special.source())),
            None => Pattern::new(WORD),
        };
        let own = own.into_iter().map(|word| Own { word: word.clone(), pattern: Pattern::new(word.as_str()).ok() });
        let own: Vec<Own> = own.collect();
        let named = own.iter().enumerate().rev().map(|(at, own)| (own.word.to_lowercase(), at)).collect();
        let sieve = Sieve::new(own.iter().map(|own| Some(own.pattern.iter().collect())));
        let any = Sieve::of_shadows([own.iter().map(Own::shadows).collect::<Option<Vec<_>>>().map(|all| all.concat())]);
        let words = words.ok().map(|words| HeadingWords::new(words, special.as_ref()));
        Self { case, own, named, sieve, any, prefix, words }
    }

    /// `text` as it should be written.
    pub(super) fn convert(&self, text: &str) -> String {
        let first = self.prefix.as_ref().and_then(|prefix| {
            let found = prefix.find_all(text, Letters::of(text)).ok()?;
            found.into_iter().next().filter(|range| range.start == 0)
        });
        let (prefix, text) = text.split_at(first.map_or(0, |range| range.end));
        let converted = match &self.case {
            Case::Title(style) => self.title(text, *style),
            Case::Sentence(indicators) => self.sentence(text, indicators),
        };
        format!("{prefix}{converted}")
    }

    /// Whether it is certain that none of the own words is in `text`.
    fn has_no_own(&self, text: &str) -> bool {
        text.is_ascii() && self.any.possible(text, Letters::Ascii).is_empty()
    }

    /// A word that is written in its own way.
    fn own(&self, word: &str) -> Option<String> {
        let named = self.named.get(&word.to_lowercase()).copied();
        let is_in = |at: usize| self.own[at].pattern.as_ref().is_some_and(|pattern| pattern.is_in(word));
        let possible = self.sieve.possible(word, Letters::of(word)).into_iter();
        if possible.take_while(|&at| named.is_none_or(|named| at < named)).any(is_in) {
            return Some(word.to_owned());
        }
        named.map(|at| self.own[at].word.clone())
    }

    fn sentence(&self, text: &str, indicators: &[String]) -> String {
        let words = self.words.as_ref().map(|words| words.of(text)).unwrap_or_default();
        let has_no_own = self.has_no_own(text);
        let mut made = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| words[before]);
            let begins = before.is_none_or(|before| {
                let indicated = |end: &String| before.len() > end.len() && before.ends_with(end.as_str());
                indicators.iter().any(indicated) || (at == 1 && is_number(before))
            });
            made.push(match Some(word).filter(|_| !has_no_own).and_then(|word| self.own(word)) {
                Some(own) => own,
                None if begins => titled(&word.to_lowercase()),
                None => word.to_lowercase(),
            });
        }
        made.join(" ")
    }

    fn title(&self, text: &str, style: TitleStyle) -> String {
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        let has_no_own = self.has_no_own(text);
        for (start, end) in parts(text) {
            out.push_str(&text[last..start]);
            last = end;
            let word = &text[start..end];
            let is_bound = start == 0 || end == text.len();
            out.push_str(&match Some(word).filter(|_| !has_no_own).and_then(|word| self.own(word)) {
                Some(own) => own,
                // Whether it is part of a verb or stands before a noun cannot be told here, so either is right.
                None if word.eq_ignore_ascii_case("to") && !is_bound => word.to_owned(),
                None if !is_bound && is_small(&word.to_lowercase(), style) && is_free(text, start, end) => {
                    word.to_lowercase()
                }
                None => titled(word),
            });
        }
        out.push_str(&text[last..]);
        out
    }
}

impl Own {
    /// What is in any text in which the word is in any way; none when that cannot be told.
    fn shadows(&self) -> Option<Vec<Arc<Hir>>> {
        // What is compared with it is a whole word, which no other letter or digit stands beside.
        let whole = format!(r"(?:\A|[^0-9A-Za-z])(?i:{})(?:[^0-9A-Za-z]|\z)", regex_syntax::escape(&self.word));
        let mut all = vec![Pattern::new(whole).ok()?.shadow()?];
        if let Some(pattern) = &self.pattern {
            all.push(Arc::new(floating(&*pattern.shadow()?)));
        }
        Some(all)
    }
}

/// `12.` numbers what follows.
fn is_number(word: &str) -> bool {
    let digits = word.find('.').map(|end| &word[..end]);
    digits.is_some_and(|digits| digits.ends_with(|one: char| one.is_ascii_digit()))
}

fn is_small(word: &str, style: TitleStyle) -> bool {
    SMALL.contains(&word) || (style == TitleStyle::Chicago && (PREPOSITIONS.contains(&word) || word == "without"))
}

/// Whether a small word stands between others, and neither begins a part nor belongs to a compound.
fn is_free(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let (one, two) = (before.next(), before.next());
    matches!(one, Some(' ' | '-' | '/'))
        && !matches!(two, Some(':' | '-'))
        && (!text[end..].starts_with('-') || one == Some('-'))
}

/// The words of a title, compounds taken apart.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, one) in text.char_indices() {
        match start {
            None if one.is_alphanumeric() => start = Some(at),
            Some(from) if one.is_whitespace() || one == '-' || one == '/' => {
                all.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    all.extend(start.map(|from| (from, text.len())));
    all
}

/// With a capital at the beginning.
fn titled(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn converts(case: Case, own: &[&str], text: &str, expected: &str) {
        let own: Vec<String> = own.iter().map(|&word| word.to_owned()).collect();
        let prefix = Pattern::new(r"^[a-z]\.\s").ok();
        assert_eq!(Caser::new(case, &own, prefix).convert(text), expected);
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        let colon = || Case::Sentence(vec![":".to_owned()]);
        converts(colon(), &[], "harbor Dredging slips", "Harbor dredging slips");
        converts(colon(), &["Port Alder", "NASA"], "ferries of port alder and nasa", "Ferries of Port Alder and NASA");
        converts(colon(), &[], "Part 1: the Quay", "Part 1: The quay");
        converts(colon(), &[], "1. the Quay", "1. The quay");
        converts(colon(), &[], "b. the Quay", "b. The quay");
    }

    #[test]
    fn titles_have_capitals_but_for_small_words() {
        converts(Case::Title(TitleStyle::Ap), &[], "the end of a ferry with sails", "The End of a Ferry With Sails");
        converts(
            Case::Title(TitleStyle::Chicago),
            &[],
            "the end of a ferry with sails",
            "The End of a Ferry with Sails",
        );
        converts(Case::Title(TitleStyle::Ap), &["iPad"], "an ipad to hold on", "An iPad to Hold On");
        converts(Case::Title(TitleStyle::Ap), &[], "", "");
    }
}

//! Words in running text: finding phrases, and comparing passages without their marks.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Phrases to look for, whatever their case, each only where it stands as whole words.
pub(super) struct Phrases {
    automaton: AhoCorasick,
}

impl Phrases {
    /// Prepares `phrases`, given in lower case. Of two that begin at one place the longer is found.
    pub(super) fn new(phrases: &[&str]) -> Self {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(phrases)
            .expect("a short list of phrases fits an automaton");
        Self { automaton }
    }

    /// Where phrases stand in `text`, with the number of each.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        self.automaton
            .find_iter(text)
            .map(|found| (found.pattern().as_usize(), found.range()))
            .filter(|(_, range)| is_whole(text, range))
    }

    /// Whether one of them stands in `text`.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}

/// Whether no letter or digit touches `range`.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// The words of `text` with their places: runs of letters and digits, apostrophes and hyphens inside them included.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_of_a_word)?;
        let mut end = start;
        for (offset, one) in text[start..].char_indices() {
            let joins = || {
                matches!(one, '\'' | '\u{2019}' | '-')
                    && text[start + offset + one.len_utf8()..].chars().next().is_some_and(is_of_a_word)
            };
            if !is_of_a_word(one) && !joins() {
                break;
            }
            end = start + offset + one.len_utf8();
        }
        at = end;
        Some((start..end, &text[start..end]))
    })
}

/// A letter or a digit. The marks of running text are told apart without a look into the tables of Unicode.
fn is_of_a_word(one: char) -> bool {
    match one {
        '\0'..='\u{7f}' => one.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' => false,
        _ => one.is_alphanumeric(),
    }
}

/// `text` as its words alone, in lower case: what two passages are compared by.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (_, word) in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            let start = out.len();
            out.push_str(word);
            out[start..].make_ascii_lowercase();
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    out
}

/// The sentence of `text` that `at` stands in. A stop behind a single letter (`U.S. officials`) ends none.
pub(super) fn sentence(text: &str, at: usize) -> Range<usize> {
    let (mut start, mut previous) = (0, None);
    let mut letters = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((offset, one)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let ends = match one {
            '!' | '?' => next.is_none_or(char::is_whitespace),
            '.' => letters != 1 && next.is_none_or(char::is_whitespace),
            '\u{201d}' | '"' => matches!(previous, Some('.' | '!' | '?')) && next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            let end = offset + one.len_utf8();
            if at < end {
                return start..end;
            }
            start = end;
        }
        letters = if one.is_alphabetic() { letters + 1 } else { 0 };
        previous = Some(one);
    }
    start..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stand_as_whole_words() {
        let phrases = Phrases::new(&["tk", "lorem ipsum"]);
        let found: Vec<_> = phrases.find("TK, ATK, tk's, Lorem Ipsum dolor").map(|(_, range)| range).collect();
        assert_eq!(found, [0..2, 9..11, 15..26]);
    }

    #[test]
    fn marks_are_of_no_word() {
        for one in (0..=0xffff).filter_map(char::from_u32) {
            assert_eq!(is_of_a_word(one), one.is_alphanumeric(), "{one:?}");
        }
    }

    #[test]
    fn words_and_sentences() {
        let found: Vec<_> = words("Mina\u{2019}s two-day “trip” – 4%").map(|(_, word)| word).collect();
        assert_eq!(found, ["Mina\u{2019}s", "two-day", "trip", "4"]);
        assert_eq!(folded("The  Quay, again!"), "the quay again");
        let text = "One here. A U.S. official spoke. Third.";
        assert_eq!(&text[sentence(text, 20)], " A U.S. official spoke.");
        assert_eq!(&text[sentence(text, 0)], "One here.");
    }
}

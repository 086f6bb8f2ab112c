//! The words of a heading.

use super::pattern::Pattern;
use super::sieve::Sieve;
use super::text::Letters;

/// A word: it begins with a letter or a digit and ends before a blank.
pub(super) const WORD: &str = r"[\p{N}\p{L}*]+[^\s]*";

/// Finds the words of a heading.
#[derive(Debug)]
pub(super) struct HeadingWords {
    pattern: Pattern,
    /// Whether anything can be in a heading that is no plain word.
    special: Sieve,
}

impl HeadingWords {
    /// By `pattern`, which finds what `special` does, some of it with blanks inside, and words.
    pub(super) fn new(pattern: Pattern, special: Option<&Pattern>) -> Self {
        Self { pattern, special: Sieve::new(special.map(|special| Some(vec![special]))) }
    }

    /// The words of `text`.
    pub(super) fn of<'a>(&self, text: &'a str) -> Vec<&'a str> {
        if text.is_ascii() && self.special.possible(text, Letters::Ascii).is_empty() {
            return plain(text);
        }
        let found = self.pattern.find_all(text, Letters::of(text)).unwrap_or_default();
        found.into_iter().map(|range| &text[range]).collect()
    }
}

/// The words of a text in ASCII.
fn plain(text: &str) -> Vec<&str> {
    let begins = |one: char| one.is_ascii_alphanumeric() || one == '*';
    text.split_whitespace().filter_map(|token| token.find(begins).map(|start| &token[start..])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_words_are_those_of_the_pattern(text in "[ -~\\t\\n\\x0b]{0,30}") {
            let pattern = Pattern::new(WORD).expect("a pattern");
            let found = pattern.find_all(&text, Letters::Ascii).expect("no runaway");
            let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
            proptest::prop_assert_eq!(plain(&text), found);
        }
    }
}

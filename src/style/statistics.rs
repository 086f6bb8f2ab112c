//! What can be counted in an article's words.

use super::formula::Numbers;
use super::layout::{Counts, Layout};
use crate::article::sentences;

/// The counts that rules reckon with, by the names that formulas have for them.
#[derive(Debug, Default)]
pub(super) struct Statistics {
    pub(super) numbers: Numbers,
}

impl Statistics {
    /// One of each, to see whether a formula can be reckoned at all.
    pub(super) fn of_one() -> Self {
        let one = Tally { words: 1.0, sentences: 1.0, ..Tally::default() };
        Self { numbers: one.numbers(&Counts::default()) }
    }

    /// Counts `words`, the running text of `layout`. Nothing is counted where there is no word.
    pub(super) fn of(layout: &Layout, words: &str) -> Self {
        let mut tally = Tally::default();
        for paragraph in words.split("\n\n") {
            for sentence in sentences(paragraph) {
                tally.sentences += 1.0;
                each_word(&paragraph[sentence], |word| tally.add(word));
            }
            tally.paragraphs += 1.0;
        }
        if tally.words == 0.0 {
            return Self::default();
        }
        Self { numbers: tally.numbers(&layout.counts) }
    }
}

#[derive(Default)]
struct Tally {
    words: f64,
    sentences: f64,
    paragraphs: f64,
    characters: f64,
    syllables: f64,
    polysyllabic: f64,
    complex: f64,
    long: f64,
}

impl Tally {
    fn numbers(&self, counts: &Counts) -> Numbers {
        let count = |number: usize| number as f64;
        Numbers::from([
            ("words", self.words),
            ("sentences", self.sentences),
            ("paragraphs", self.paragraphs),
            ("characters", self.characters),
            ("syllables", self.syllables),
            ("polysyllabic_words", self.polysyllabic),
            ("complex_words", self.complex),
            ("long_words", self.long),
            ("heading_h1", count(counts.headings[0])),
            ("heading_h2", count(counts.headings[1])),
            ("heading_h3", count(counts.headings[2])),
            ("heading_h4", count(counts.headings[3])),
            ("heading_h5", count(counts.headings[4])),
            ("heading_h6", count(counts.headings[5])),
            ("list", count(counts.items)),
            ("blockquote", count(counts.quotes)),
            ("pre", count(counts.code)),
        ])
    }

    fn add(&mut self, word: &str) {
        self.words += 1.0;
        self.characters += word.chars().filter(|one| one.is_alphanumeric()).count() as f64;
        let syllables = syllables(word);
        self.syllables += f64::from(syllables);
        let inflected = ["es", "ed", "ing"].iter().any(|end| word.ends_with(end));
        if syllables > 2 {
            self.polysyllabic += 1.0;
        }
        if syllables - u32::from(inflected && syllables > 0) > 2 {
            self.complex += 1.0;
        }
        if word.len() > 6 {
            self.long += 1.0;
        }
    }
}

/// Runs of letters, digits and straight apostrophes.
fn each_word(text: &str, each: impl FnMut(&str)) {
    text.split(|one: char| !one.is_alphanumeric() && one != '\'').filter(|word| !word.is_empty()).for_each(each);
}

/// How many syllables an English word has, as far as its letters tell.
pub(super) fn syllables(word: &str) -> u32 {
    let word: Vec<u8> = word.to_lowercase().bytes().filter(u8::is_ascii_lowercase).collect();
    if word.len() < 3 {
        return 1;
    }
    let is_vowel = |at: usize| matches!(word[at], b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut count = 0_u32;
    for at in 0..word.len() {
        let begins = is_vowel(at) && (at == 0 || !is_vowel(at - 1));
        // Two vowels that are spoken one by one: re-al, ra-di-o, li-on, ru-in.
        let parts = at > 0
            && is_vowel(at)
            && is_vowel(at - 1)
            && matches!(&word[at - 1..=at], b"ia" | b"io" | b"eo" | b"iu" | b"ua")
            && !(at > 1 && matches!(word[at - 2], b't' | b's' | b'c' | b'g' | b'q'));
        if begins || parts {
            count += 1;
        }
    }
    let ends = |end: &str| word.ends_with(end.as_bytes());
    let before = |back: usize| word.len() > back && is_vowel(word.len() - 1 - back);
    let silent = (ends("e") && !before(1) && (!ends("le") || before(2)))
        || (ends("es")
            && !before(2)
            && !["ses", "zes", "xes", "ches", "shes", "ges", "ces"].iter().any(|end| ends(end)))
        || (ends("ed") && !before(2) && !ends("ted") && !ends("ded"));
    if silent {
        count = count.saturating_sub(1);
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted() {
        for (word, expected) in [
            ("harbor", 2),
            ("a", 1),
            ("ferry", 2),
            ("table", 2),
            ("named", 1),
            ("wanted", 2),
            ("radio", 3),
            ("nation", 2),
        ] {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }
}

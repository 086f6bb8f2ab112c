//! Phrases that rules look for, all of them found in one walk over a text.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use super::numbers;
use super::rule::Seeks;
use super::rules::RULES;
use super::runs::{Head, Run, Runs};

/// Phrases in lower-case ASCII, each to be found only where it stands as whole words, whatever the case of its letters.
pub struct Phrases {
    words: &'static str,
    all: &'static [&'static str],
    /// These alone, for texts that are no part of an article's words.
    alone: OnceLock<Lexicon>,
}

impl Phrases {
    /// These phrases.
    pub(super) const fn new(all: &'static [&'static str]) -> Self {
        Self::with_words("", all)
    }

    /// These phrases, and each of these `words`, which stand between blanks.
    pub(super) const fn with_words(words: &'static str, all: &'static [&'static str]) -> Self {
        Self { words, all, alone: OnceLock::new() }
    }

    /// Each of them.
    pub(super) fn each(&self) -> impl Iterator<Item = &'static str> {
        self.words.split_ascii_whitespace().chain(self.all.iter().copied())
    }

    /// Whether one of them stands in `text`.
    pub(super) fn are_in(&'static self, text: &str) -> bool {
        self.stand_in(text, |_| true)
    }

    /// Whether one of them stands in `text` at a place that `is_wanted`.
    pub(super) fn stand_in(&'static self, text: &str, is_wanted: impl Fn(Range<usize>) -> bool) -> bool {
        let lexicon = self.alone.get_or_init(|| Lexicon::of(vec![self]));
        Runs::of(text).any(|run| {
            let mut found = false;
            lexicon.at(text, &run, |_, range| found |= is_wanted(range));
            found
        })
    }
}

/// A phrase of one of the lists.
struct Entry {
    phrase: &'static str,
    /// The word of it by which it is found: its longest one, and where that begins.
    key: Head,
    before: usize,
    /// The number of its list.
    list: usize,
    /// The next entry of the same slot.
    next: Option<u16>,
}

const SLOTS: usize = 4096;

/// Phrases of several lists, each found by a word of it that few texts have.
pub(super) struct Lexicon {
    lists: Vec<&'static Phrases>,
    entries: Vec<Entry>,
    /// By the hash of a word, the first entry that it is the key of.
    slots: Box<[Option<u16>; SLOTS]>,
}

/// The phrases that the house's rules seek, and the words for numbers.
static HOUSE: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lists = vec![&numbers::WORDS];
    for seeks in RULES.iter().flat_map(|rule| rule.seeks) {
        if let Seeks::Phrases(list) = seeks
            && !lists.iter().any(|known| std::ptr::eq(*known, *list))
        {
            lists.push(list);
        }
    }
    Lexicon::of(lists)
});

impl Lexicon {
    /// The number of the list of words for numbers.
    pub(super) const NUMBERS: usize = 0;

    /// What the house's rules seek.
    pub(super) fn house() -> &'static Self {
        &HOUSE
    }

    fn of(lists: Vec<&'static Phrases>) -> Self {
        let mut lexicon = Self { lists: Vec::new(), entries: Vec::new(), slots: Box::new([None; SLOTS]) };
        for (list, phrases) in lists.iter().enumerate() {
            for phrase in phrases.each() {
                let runs = Runs::of(phrase).filter(|run| run.plain);
                // Of two that are as long the first.
                let Some(run) = runs.max_by_key(|run| (run.end - run.start, Reverse(run.start))) else { continue };
                let key = run.head(phrase);
                let slot = &mut lexicon.slots[slot(&key)];
                let next = slot.replace(lexicon.entries.len() as u16);
                lexicon.entries.push(Entry { phrase, key, before: run.start, list, next });
            }
        }
        Self { lists, ..lexicon }
    }

    /// The number of `phrases` among the lists.
    pub(super) fn number_of(&self, phrases: &Phrases) -> Option<usize> {
        self.lists.iter().position(|list| std::ptr::eq(*list, phrases))
    }

    /// Says which phrases stand in `text` whose key is `run`, each with the number of its list.
    pub(super) fn at(&self, text: &str, run: &Run, mut say: impl FnMut(usize, Range<usize>)) {
        if run.plain {
            self.with_head(text, run, &run.head(text), &mut say);
        }
    }

    /// The same for a plain run whose head is known. Most words are the key of no phrase.
    #[inline]
    pub(super) fn with_head(&self, text: &str, run: &Run, head: &Head, say: &mut impl FnMut(usize, Range<usize>)) {
        if let Some(first) = self.slots[slot(head)] {
            self.follow(first, text, run, head, say);
        }
    }

    #[inline(never)]
    fn follow(&self, first: u16, text: &str, run: &Run, head: &Head, say: &mut impl FnMut(usize, Range<usize>)) {
        let mut next = Some(first);
        while let Some(at) = next {
            let entry = &self.entries[usize::from(at)];
            next = entry.next;
            if entry.key.is_like(head)
                && let Some(start) = run.start.checked_sub(entry.before)
                && let range = (start..start + entry.phrase.len())
                && let Some(words) = text.as_bytes().get(range.clone())
                && words.eq_ignore_ascii_case(entry.phrase.as_bytes())
                && is_whole(text, &range)
            {
                say(entry.list, range);
            }
        }
    }
}

/// Where to look for a word.
fn slot(head: &Head) -> usize {
    let mixed = (head.letters ^ head.length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 52) as usize % SLOTS
}

/// Whether no letter or digit touches `range`.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Leaves of phrases that overlap in one text the first, and of two that begin together the longer.
pub(super) fn settle<T>(found: &mut Vec<T>, place: impl Fn(&T) -> (usize, Range<usize>)) {
    found.sort_by_key(|one| {
        let (text, range) = place(one);
        (text, range.start, Reverse(range.end))
    });
    let mut last = (0, 0);
    found.retain(|one| {
        let (text, range) = place(one);
        let stays = last.0 != text || last.1 <= range.start;
        if stays {
            last = (text, range.end);
        }
        stays
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOME: Phrases =
        Phrases::new(&["tk", "tktk", "lorem ipsum", "[tbc]", "two sources", "sources said", "sources"]);

    fn found(text: &str) -> Vec<Range<usize>> {
        let lexicon = Lexicon::of(vec![&SOME]);
        let mut found = Vec::new();
        for run in Runs::of(text) {
            lexicon.at(text, &run, |_, range| found.push(range));
        }
        settle(&mut found, |range| (0, range.clone()));
        found
    }

    #[test]
    fn phrases_stand_as_whole_words() {
        assert_eq!(found("TK, ATK, tk's, Lorem Ipsum dolor"), [0..2, 9..11, 15..26]);
        assert_eq!(found("[TBC] x[tbc] étk, TK"), [0..5, 19..21]);
        assert!(SOME.are_in("by TKTK") && !SOME.are_in("tkt"));
    }

    #[test]
    fn every_phrase_can_be_found() {
        for list in &Lexicon::house().lists {
            for phrase in list.each() {
                assert!(phrase.is_ascii() && phrase == phrase.to_ascii_lowercase(), "{phrase}");
                assert!(list.are_in(phrase) && list.are_in(&phrase.to_uppercase()), "{phrase}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn they_are_found_as_by_looking_everywhere(
            parts in proptest::collection::vec(proptest::sample::select(&[
                "tk", "TK", "lorem", " ", " ipsum", "[tbc]", "é", "two ", "Sources", " said", "-", ".", "s", "“", "x",
            ][..]), 0..12),
        ) {
            let text = parts.concat();
            let lower = text.to_ascii_lowercase();
            let mut expected: Vec<Range<usize>> = SOME
                .each()
                .flat_map(|phrase| lower.match_indices(phrase).map(|(at, _)| at..at + phrase.len()).collect::<Vec<_>>())
                .filter(|range| is_whole(&text, range))
                .collect();
            settle(&mut expected, |range| (0, range.clone()));
            proptest::prop_assert_eq!(found(&text), expected);
        }
    }
}

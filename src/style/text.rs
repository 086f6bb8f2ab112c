//! Words with the way back to the bytes of the file.

use crate::article::{Prose, place};
use crate::finding::Span;

/// Stands for each character of code and of bare addresses, which no rule reads.
pub(super) const MASK: char = '*';

/// Which letters a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// None but those of ASCII.
    Ascii,
    /// Others too.
    Unicode,
}

impl Letters {
    /// Those of `text`.
    pub(super) fn of(text: &str) -> Self {
        let wide = |one: char| !one.is_ascii() && (one.is_alphanumeric() || is_mark(one));
        if !text.is_ascii() && text.chars().any(wide) { Self::Unicode } else { Self::Ascii }
    }
}

/// Punctuation, signs and spaces beyond ASCII: what stands beside words in a text whose letters are those of ASCII.
pub(super) const PLAIN: [(char, char); 10] = [
    ('\u{a0}', '\u{bf}'),
    ('×', '×'),
    ('÷', '÷'),
    ('\u{2000}', '\u{200b}'),
    ('\u{200e}', '\u{203e}'),
    ('\u{2041}', '\u{2053}'),
    ('\u{20a0}', '\u{20c0}'),
    ('\u{2190}', '\u{23ff}'),
    ('\u{3000}', '\u{3003}'),
    ('\u{fffc}', '\u{fffc}'),
];

/// What belongs to a word though it is no letter: everything that is not plainly punctuation or a space.
fn is_mark(one: char) -> bool {
    !PLAIN.iter().any(|&(first, last)| (first..=last).contains(&one))
}

/// Words as the rules read them.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) words: String,
    pub(super) letters: Letters,
    whole: Span,
    prose: Vec<Prose>,
    /// What the file does not spell as it is read: code and addresses.
    masked: Vec<std::ops::Range<usize>>,
}

impl Text {
    /// No words yet, of what stands at `whole`.
    pub(super) fn empty(whole: Span) -> Self {
        Self { words: String::new(), letters: Letters::Ascii, whole, prose: Vec::new(), masked: Vec::new() }
    }

    /// Adds what stands in the file at `span`.
    pub(super) fn push(&mut self, words: &str, span: Span) {
        if words.is_empty() {
            return;
        }
        // What follows without a gap is one piece.
        if let Some(last) = self.prose.last_mut()
            && last.at + last.length == self.words.len()
            && last.span.end == span.start
            && last.span.end - last.span.start == last.length
            && span.end - span.start == words.len()
        {
            last.length += words.len();
            last.span.end = span.end;
        } else {
            self.prose.push(Prose { at: self.words.len(), span, length: words.len() });
        }
        self.words.push_str(words);
    }

    /// Adds as many masks as `count`, for what stands at `span`.
    pub(super) fn mask(&mut self, count: usize, span: Span) {
        let at = self.words.len();
        self.prose.push(Prose { at, span, length: count });
        self.words.extend(std::iter::repeat_n(MASK, count));
        self.masked.push(at..at + count);
    }

    /// Adds a character that the file does not have.
    pub(super) fn join(&mut self, words: &str) {
        let at = self.prose.last().map_or(self.whole.start, |piece| piece.span.end);
        self.prose.push(Prose { at: self.words.len(), span: Span::at(at), length: words.len() });
        self.words.push_str(words);
    }

    /// Adds all of `other`.
    pub(super) fn append(&mut self, other: &Self) {
        let at = self.words.len();
        self.words.push_str(&other.words);
        self.prose.extend(other.prose.iter().map(|piece| Prose { at: piece.at + at, ..*piece }));
        self.masked.extend(other.masked.iter().map(|range| range.start + at..range.end + at));
    }

    /// Says which letters it has, once it is whole.
    pub(super) fn finished(mut self) -> Self {
        self.letters = Letters::of(&self.words);
        self
    }

    /// The bytes in the file of `start..end`.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        place(&self.prose, self.whole, start, end)
    }

    /// Whether all of `start..end` is what no rule reads.
    pub(super) fn is_masked(&self, start: usize, end: usize) -> bool {
        self.masked.iter().any(|range| range.start <= start && end <= range.end)
    }
}

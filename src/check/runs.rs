//! The one walk over a text that every look at its words begins with: runs of letters and digits, one after the other.
//!
//! It goes by sixty-four bytes at a time, of which two masks tell what each is; a run is then found by counting bits.

use super::marks::Marks;

/// A run of letters and digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether all of it is ASCII.
    pub(super) plain: bool,
}

/// The beginning of a plain run, by which runs are told apart at a glance: eight bytes in lower case, and its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) letters: u64,
    pub(super) length: usize,
    /// Whether it begins with three capitals.
    pub(super) capitals: bool,
}

impl Head {
    /// Whether the two runs may be the same but for the case of their letters; for certain up to eight of them.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.letters == other.letters && self.length == other.length
    }
}

/// The bit that tells lower-case letters from capitals, and that every digit has.
const SMALL: u64 = u64::from_le_bytes([0x20; 8]);

impl Run {
    /// Its words.
    pub(super) fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    /// How a plain run begins.
    #[inline]
    pub(super) fn head(&self, text: &str) -> Head {
        let rest = &text.as_bytes()[self.start..];
        let length = self.end - self.start;
        let letters = u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| padded(rest)));
        let kept = u64::MAX >> (64 - 8 * length.clamp(1, 8));
        Head { letters: (letters | SMALL) & kept, length, capitals: length >= 3 && letters & 0x20_2020 == 0 }
    }
}

/// The runs of a text in order. What they pass on their way is noted in `marks` and `quotes`.
pub(super) struct Runs<'a> {
    text: &'a str,
    /// Where the next block begins.
    next: usize,
    /// Which bytes of this block are of runs that were not given yet.
    words: u64,
    /// Which of them are no ASCII.
    long: u64,
    /// How many bytes of the next block belong to a letter that begins in this one.
    over: usize,
    /// What was passed so far.
    pub(super) marks: Marks,
    /// The double quotation marks that were passed, with their places.
    pub(super) quotes: Vec<(usize, char)>,
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// A letter or a digit of ASCII.
const WORD: u8 = 1 << 7;
/// What is looked at more closely: a quotation mark, a part of a character that is longer than a byte.
const ODD: u8 = 1 << 6;

/// What a byte is: its marks, and two bits of this walk's own. Without a branch, so that many are told at once.
#[inline]
fn sort(byte: u8) -> u8 {
    let is = |truth: bool, bits: u8| u8::from(truth) * bits;
    is((byte | 0x20).wrapping_sub(b'a') < 26, WORD)
        | is(byte.wrapping_sub(b'0') < 10, WORD | low(Marks::DIGIT))
        | is(byte == b'"', ODD)
        | is(byte >= 128, ODD)
        | is(byte == b'\'', low(Marks::STRAIGHT_APOSTROPHE))
        | is(byte == b'(', low(Marks::BRACKET))
}

/// Marks that fit beside [`WORD`] and [`ODD`].
const fn low(marks: Marks) -> u8 {
    marks.bits() as u8 & !(WORD | ODD)
}

/// For each of the bytes, whether it has the bit at `place`.
#[inline]
fn mask(sorts: &[u8; BLOCK], place: u32) -> u64 {
    let (eights, _) = sorts.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, eight| {
        // Gathers the lowest bit of each byte in the highest byte.
        let lowest = u64::from_le_bytes(*eight) >> place & u64::from_le_bytes([1; 8]);
        mask << 8 | lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// The bits from `first` up to `last`, of sixty-four.
fn bits(first: usize, last: usize) -> u64 {
    let below = |place: usize| if place < 64 { (1 << place) - 1 } else { u64::MAX };
    below(last) & !below(first)
}

/// `rest`, with zeros behind it.
#[cold]
fn padded<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    let length = rest.len().min(N);
    bytes[..length].copy_from_slice(&rest[..length]);
    bytes
}

impl<'a> Runs<'a> {
    /// Those of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, next: 0, words: 0, long: 0, over: 0, marks: Marks::NONE, quotes: Vec::new() }
    }

    /// Goes on to the next block; false where there is none.
    fn load(&mut self) -> bool {
        let Some(rest) = self.text.as_bytes().get(self.next..).filter(|rest| !rest.is_empty()) else { return false };
        let bytes: [u8; BLOCK] = rest.first_chunk().copied().unwrap_or_else(|| padded(rest));
        let sorts = bytes.map(sort);
        let all = sorts.iter().fold(0, |all, one| all | one);
        self.marks = self.marks.and(Marks::from_bits(u16::from(all & !(WORD | ODD))));
        if self.marks.have_any(Marks::DIGIT) {
            self.marks = self.marks.and(Marks::NUMBER);
        }
        self.words = mask(&sorts, WORD.trailing_zeros());
        self.long = 0;
        if all & ODD != 0 || self.over > 0 {
            self.look_closer(mask(&sorts, ODD.trailing_zeros()));
        }
        self.next += BLOCK;
        true
    }

    /// Reads the characters of this block whose first byte is `odd`.
    fn look_closer(&mut self, mut odd: u64) {
        let begun = bits(0, self.over);
        (self.words, self.long, self.over) = (self.words | begun, begun, 0);
        while odd != 0 {
            let place = odd.trailing_zeros() as usize;
            odd &= odd - 1;
            let at = self.next + place;
            // Not within a character whose first byte was read.
            if !self.text.is_char_boundary(at) {
                continue;
            }
            let one = self.text[at..].chars().next().unwrap_or_default();
            let marks = Marks::of(one);
            self.marks = self.marks.and(marks);
            if is_of_a_word(one) {
                let end = place + one.len_utf8();
                let own = bits(place, end);
                (self.words, self.long) = (self.words | own, self.long | own);
                self.over = end.saturating_sub(BLOCK);
            } else if marks.have_any(Marks::QUOTE) {
                self.quotes.push((at, one));
            }
        }
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    #[inline]
    fn next(&mut self) -> Option<Run> {
        while self.words == 0 {
            if !self.load() {
                return None;
            }
        }
        let base = self.next - BLOCK;
        let first = self.words.trailing_zeros();
        let length = (!(self.words >> first)).trailing_zeros();
        let own = (u64::MAX >> (64 - length)) << first;
        let start = base + first as usize;
        let mut run = Run { start, end: start + length as usize, plain: self.long & own == 0 };
        self.words &= !own;
        if first + length == 64 {
            self.follow(&mut run);
        }
        Some(run)
    }
}

impl Runs<'_> {
    /// Goes on with a run that comes to the end of its block.
    #[cold]
    fn follow(&mut self, run: &mut Run) {
        while self.load() {
            let length = self.words.trailing_ones();
            let own = bits(0, length as usize);
            run.end += length as usize;
            run.plain &= self.long & own == 0;
            self.words &= !own;
            if length < 64 {
                break;
            }
        }
    }
}

/// A letter or a digit. The marks of running text are told apart without a look into the tables of Unicode.
pub(super) fn is_of_a_word(one: char) -> bool {
    match one {
        '\0'..='\u{7f}' => one.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' => false,
        _ => one.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_of_no_word() {
        for one in (0..=0xffff).filter_map(char::from_u32) {
            assert_eq!(is_of_a_word(one), one.is_alphanumeric(), "{one:?}");
        }
    }

    #[test]
    fn a_head_is_the_same_whatever_the_case() {
        let head = |text: &str| Runs::of(text).next().expect("a run").head(text);
        assert!(head("the").is_like(&head("THE quay")));
        assert!(!head("the").is_like(&head("them")));
        assert!(!head("anonymity").is_like(&head("anonymity9")));
        assert!(head("HPA").capitals && head("HPAs").capitals);
        assert!(!head("HP").capitals && !head("HPa").capitals && !head("H4A").capitals);
    }

    #[track_caller]
    fn is_walked(text: &str) {
        let mut runs = Runs::of(text);
        let found: Vec<Run> = runs.by_ref().collect();
        let words: Vec<&str> = found.iter().map(|run| run.of(text)).collect();
        let expected: Vec<&str> = text.split(|one| !is_of_a_word(one)).filter(|run| !run.is_empty()).collect();
        assert_eq!(words, expected, "{text:?}");
        assert!(found.iter().all(|run| run.plain == run.of(text).is_ascii()), "{text:?}");
        assert_eq!(runs.marks, text.chars().map(Marks::of).fold(Marks::NONE, Marks::and), "{text:?}");
        let quotes = text.char_indices().filter(|(_, one)| Marks::of(*one).have_any(Marks::QUOTE));
        assert_eq!(runs.quotes, quotes.collect::<Vec<_>>(), "{text:?}");
    }

    #[test]
    fn every_byte_is_told_apart_and_a_block_ends_anywhere() {
        for one in (0..128_u8).map(char::from).chain("é“”ж한ﬁ’\u{10400}".chars()) {
            is_walked(&format!("a{one}b {one} {one}{one}c"));
        }
        for before in 50..140 {
            for word in ["word", "éж한", "a\u{10400}", "“7”", "\u{10400}"] {
                is_walked(&format!("{}{word} {word}", "-".repeat(before)));
                is_walked(&format!("{}{word} {word}", "a".repeat(before)));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn runs_are_what_lies_between(text in "[ab1 é“”\"'’\\-(한.ж\u{10400}]{0,150}") {
            is_walked(&text);
        }
    }
}

//! Words in running text: splitting it, and comparing passages without their marks.

use std::ops::Range;

use super::runs::{Runs, is_of_a_word};

/// The words of `text` with their places: runs of letters and digits, apostrophes and hyphens inside them included.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut runs = Runs::of(text).peekable();
    std::iter::from_fn(move || {
        let mut range = runs.next().map(|run| run.start..run.end)?;
        while let Some(next) = runs.next_if(|next| matches!(&text[range.end..next.start], "'" | "\u{2019}" | "-")) {
            range.end = next.end;
        }
        Some((range.clone(), &text[range]))
    })
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

/// What the letters and digits of `text` add up to, those of ASCII alone and whatever their case. Two texts whose words
/// are the same, as [`folded`] has them, come to the same, and it takes a glance to see that most texts do not.
pub(super) fn sum(text: &str) -> [u16; 3] {
    if !text.is_ascii() && text.contains(BECOME_ASCII) {
        return sum(&text.to_lowercase());
    }
    // Without a branch and in few bits, so that many bytes are added at once; that a sum runs over does no harm.
    text.bytes().fold([0; 3], |[first, second, third], byte| {
        let small = byte | 0x20;
        let counts = (small.wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
        let value = u16::from(small) * u16::from(counts);
        let square = value.wrapping_mul(value);
        [first.wrapping_add(value), second.wrapping_add(square), third.wrapping_add(square.wrapping_mul(value))]
    })
}

/// The first sixteen letters and digits of `text`, those of ASCII alone and whatever their case. Of two texts whose words
/// are the same, as [`folded`] has them, they are the same.
pub(super) fn opening(text: &str) -> u128 {
    let (mut opening, mut count, mut is_plain) = (0, 0, true);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            opening = (opening << 8) | u128::from(byte.to_ascii_lowercase());
            count += 1;
            if count == 16 {
                break;
            }
        } else if is_plain && !byte.is_ascii() {
            is_plain = false;
            if text.contains(BECOME_ASCII) {
                return self::opening(&text.to_lowercase());
            }
        }
    }
    opening
}

/// The letters beyond ASCII whose small forms have a letter of ASCII: the sign of kelvins, and a capital of Turkish.
const BECOME_ASCII: [char; 2] = ['\u{212a}', '\u{130}'];

/// Whether `word`, which is letters and digits, stands in `text` just as it is written, with no letter, hyphen or
/// apostrophe beside it: the quick way to see that it is there.
pub(super) fn stands_alone(text: &str, word: &str) -> bool {
    let joins = |one: char| is_of_a_word(one) || matches!(one, '\'' | '\u{2019}' | '-');
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins))
}

/// Whether two texts have the same words, as [`folded`] has them.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    sum(one) == sum(other) && folded(one) == folded(other)
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
    fn words_and_sentences() {
        let found: Vec<_> = words("Mina\u{2019}s two-day “trip” – 4%").map(|(_, word)| word).collect();
        assert_eq!(found, ["Mina\u{2019}s", "two-day", "trip", "4"]);
        assert_eq!(folded("The  Quay, again!"), "the quay again");
        let text = "One here. A U.S. official spoke. Third.";
        assert_eq!(&text[sentence(text, 20)], " A U.S. official spoke.");
        assert_eq!(&text[sentence(text, 0)], "One here.");
    }

    #[test]
    fn other_words_have_another_sum() {
        assert_eq!(sum("The quay, AGAIN!"), sum("the “quay” again"));
        for other in ["the quay agaim", "the quay again 1", "the quay"] {
            assert_ne!(sum("the quay again"), sum(other), "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_same_words_begin_alike_and_have_the_same_sum(
            parts in proptest::collection::vec(proptest::sample::select(&[
                "a", "B", "b", " ", "-", "\u{212a}", "k", "İ", "i\u{307}", "É", "é", "ß", "7", "“", "’s", "한", "Σ", "ς",
            ][..]), 0..30),
            marks in proptest::collection::vec(proptest::sample::select(&["", " ", ", ", "“"][..]), 30),
        ) {
            let one = parts.concat();
            let other: String = parts.iter().zip(marks).map(|(part, mark)| format!("{mark}{}", part.to_lowercase())).collect();
            if folded(&one) == folded(&other) {
                proptest::prop_assert_eq!(sum(&one), sum(&other));
                proptest::prop_assert_eq!(opening(&one), opening(&other));
            }
        }

        #[test]
        fn words_are_runs_with_what_joins_them(text in "[ab1é“’'\\- ]{0,30}") {
            let found: Vec<&str> = words(&text).map(|(_, word)| word).collect();
            let joined = text.replace(['“', ' '], "\n");
            let expected = joined.lines().flat_map(|line| {
                let mut parts = Vec::new();
                let mut word = String::new();
                let all: Vec<char> = line.chars().collect();
                for (at, &one) in all.iter().enumerate() {
                    let inside = !word.is_empty() && all.get(at + 1).is_some_and(|next| is_of_a_word(*next));
                    if is_of_a_word(one) || inside {
                        word.push(one);
                    } else if !word.is_empty() {
                        parts.push(std::mem::take(&mut word));
                    }
                }
                parts.push(word);
                parts.retain(|word| !word.is_empty());
                parts
            });
            proptest::prop_assert_eq!(found, expected.collect::<Vec<_>>());
        }
    }
}

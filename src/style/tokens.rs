//! Words as a spelling rule reads them: between blanks, without the marks around them.

use std::borrow::Cow;
use std::ops::Range;

/// Marks before a word, as the format strips them: curly quotes count as straight ones.
const BEFORE: [char; 5] = ['$', '(', '"', '[', '\''];
/// Marks after a word.
const AFTER: [char; 10] = [',', ')', '"', ']', '!', ';', '.', '?', ':', '\''];

/// The words of `text` that have a letter.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().filter_map(move |token| {
        let bare = bare(token);
        let start = bare.as_ptr() as usize - base;
        bare.contains(char::is_alphabetic).then(|| start..start + bare.len())
    })
}

fn bare(token: &str) -> &str {
    let mut word = token;
    loop {
        if is_abbreviation(word) {
            return word;
        }
        let first = word.chars().next().map(straight);
        let last = word.chars().next_back().map(straight);
        if word.chars().nth(1).is_none() {
            return word;
        }
        let mut inside = word.chars();
        if first.is_some_and(|first| BEFORE.contains(&first)) {
            inside.next();
        } else if last.is_some_and(|last| AFTER.contains(&last)) {
            inside.next_back();
        } else {
            return word;
        }
        word = inside.as_str();
    }
}

/// `U.S.`, `Dr.`
fn is_abbreviation(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    let parts: Vec<&str> = stem.split('.').collect();
    let single = |part: &&str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let title = |stem: &str| {
        (2..=3).contains(&stem.len())
            && stem.starts_with(|one: char| one.is_ascii_uppercase())
            && stem.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
    };
    (parts.len() >= 2 && parts.iter().all(single)) || title(stem)
}

/// The straight quote for a curly one.
pub(super) fn straight(one: char) -> char {
    match one {
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        other => other,
    }
}

/// `word` with straight quotes.
pub(super) fn straightened(word: &str) -> Cow<'_, str> {
    if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.chars().map(straight).collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_the_marks_around_them() {
        let text = "“Ferry,” said (the U.S. clerk), 'tis 12 — Dr. Oh’s.";
        let found: Vec<&str> = tokens(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["Ferry", "said", "the", "U.S.", "clerk", "tis", "Dr.", "Oh’s"]);
        assert_eq!(straightened("Oh’s"), "Oh's");
    }
}

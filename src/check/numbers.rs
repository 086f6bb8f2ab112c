//! Numbers in running text: `43,000`, `4.5 million`, `$22 million`, `12%`, `seven`.

use std::ops::Range;

use super::phrases::Phrases;
use super::runs::{Run, Runs};
use crate::article::english;

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Where it stands, sign and unit included.
    pub range: Range<usize>,
    /// How much it is.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Hundredths.
    Percent,
    /// Money, by its sign.
    Money(char),
    /// Things.
    Plain,
}

const SMALL: &[&str] = english::NUMBERS.split_at(20).0;
const TENS: &[&str] = english::NUMBERS.split_at(20).1;
const LARGE: [(&str, f64); 4] = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];
const PERCENT: [&str; 4] = ["%", " percent", " per cent", "-percent"];

/// The words for numbers; larger ones are made of them.
pub(super) static WORDS: Phrases = Phrases::new(&english::NUMBERS);

/// The numbers in `text` that stand alone: no times, no ordinals, no parts of names, no ranges.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    for Run { start, end, .. } in Runs::of(text) {
        let first = text.as_bytes()[start];
        let is_read = found.last().is_some_and(|number| start < number.range.end);
        if is_read || !first.is_ascii_alphanumeric() || is_part(text[..start].chars().next_back()) {
            continue;
        }
        let read = if first.is_ascii_digit() { digits(text, start) } else { spelt(text, start, end) };
        found.extend(read.map(|(value, end)| with_unit(text, start, end, value)));
    }
    found
}

/// Whether a number that follows this belongs to something else: `B4`, `9:30`, `1950-53`, `COVID-19`.
fn is_part(before: Option<char>) -> bool {
    before.is_some_and(|one| one.is_alphanumeric() || matches!(one, '-' | '\u{2013}' | ':' | '/' | '.' | '_' | '#'))
}

/// Digits with commas and a point, ending where a number may end.
fn digits(text: &str, start: usize) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() && (bytes[end].is_ascii_digit() || joins(bytes, end)) {
        end += 1;
    }
    let plain: String = text[start..end].chars().filter(|one| *one != ',').collect();
    let value = plain.parse().ok()?;
    let next = text[end..].chars().next();
    let glued = next.is_some_and(|one| one.is_alphanumeric() || matches!(one, ':' | '/' | '\u{2013}' | '_'));
    let hyphen = text[end..].starts_with('-') && !text[end..].starts_with("-percent") && !text[end..].starts_with("--");
    (!glued && !hyphen).then_some((value, end))
}

/// Whether the mark at `at` stands inside a number.
fn joins(bytes: &[u8], at: usize) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    match bytes[at] {
        b',' => digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4),
        b'.' => digit(at + 1),
        _ => false,
    }
}

/// `seven`, `twenty-one`.
fn spelt(text: &str, start: usize, end: usize) -> Option<(f64, usize)> {
    let word = &text[start..end];
    if !(3..=9).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let hyphen = text[end..].starts_with('-');
    if let Some(value) = SMALL.iter().position(|small| small.eq_ignore_ascii_case(word)) {
        return (!hyphen).then_some((value as f64, end));
    }
    let tens = TENS.iter().position(|tens| tens.eq_ignore_ascii_case(word))? as f64 * 10.0 + 20.0;
    if !hyphen {
        return Some((tens, end));
    }
    let rest = &text[end + 1..];
    let length = rest.find(|one: char| !one.is_alphanumeric()).unwrap_or(rest.len());
    let ones = SMALL[1..10].iter().position(|small| rest[..length].eq_ignore_ascii_case(small))? as f64 + 1.0;
    (!rest[length..].starts_with('-')).then_some((tens + ones, end + 1 + length))
}

fn with_unit(text: &str, start: usize, end: usize, value: f64) -> Number {
    let (mut value, mut end) = (value, end);
    for (word, times) in LARGE {
        let rest = &text[end..];
        if rest.starts_with([' ', '\u{a0}'])
            && let Some(tail) = rest.trim_start_matches([' ', '\u{a0}']).strip_prefix(word)
            && !tail.starts_with(char::is_alphanumeric)
        {
            value *= times;
            end = text.len() - tail.len();
            break;
        }
    }
    if let Some(word) = PERCENT.iter().find(|word| text[end..].starts_with(**word)) {
        return Number { range: start..end + word.len(), value, unit: Unit::Percent };
    }
    match text[..start].chars().next_back().filter(|one| matches!(one, '$' | '€' | '£' | '¥' | '₩')) {
        Some(sign) => Number { range: start - sign.len_utf8()..end, value, unit: Unit::Money(sign) },
        None => Number { range: start..end, value, unit: Unit::Plain },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str, expected: &[(&str, f64)]) {
        let all: Vec<_> =
            numbers(text).into_iter().map(|one| (text[one.range.clone()].to_owned(), one.value)).collect();
        let expected: Vec<_> = expected.iter().map(|&(words, value)| (words.to_owned(), value)).collect();
        assert_eq!(all, expected, "{text}");
    }

    #[test]
    fn numbers_are_read_with_their_units() {
        found(
            "more than 43,000 names, $22 million and 4.5 percent",
            &[("43,000", 43_000.0), ("$22 million", 22_000_000.0), ("4.5 percent", 4.5)],
        );
        found("Seven of twenty-one, 40% (12).", &[("Seven", 7.0), ("twenty-one", 21.0), ("40%", 40.0), ("12", 12.0)]);
        found("In 2026, 12 men.", &[("2026", 2026.0), ("12", 12.0)]);
        found("3 thousand é 5", &[("3 thousand", 3_000.0), ("5", 5.0)]);
    }

    #[test]
    fn what_is_no_number_is_left_alone() {
        for text in
            ["9:30", "69th", "1950-53", "COVID-19", "B4", "4/5", "11-day", "forty-niner", "someone", "F-16", "한4"]
        {
            found(text, &[]);
        }
    }
}

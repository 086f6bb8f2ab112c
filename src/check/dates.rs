//! Days and months in running text, and the day an article is of.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml::value::Datetime;

use super::passage::Word;
use super::subject::Subject;
pub(super) use crate::article::english::{DAYS, MONTHS};

/// A name of these lists as it is written.
pub(super) fn capitalized(lower: &str) -> String {
    let mut chars = lower.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Which day of the week `word` is, counted from Monday as 0: `Tuesday`, `Tue`.
pub(super) fn weekday(word: &str) -> Option<usize> {
    if !word.starts_with(|one: char| one.is_ascii_uppercase()) || !(3..=9).contains(&word.len()) {
        return None;
    }
    let short = matches!(word.len(), 3..=5) && !["sun", "wed"].iter().any(|other| word.eq_ignore_ascii_case(other));
    DAYS.iter().position(|day| if short { begins(day, word) } else { day.eq_ignore_ascii_case(word) })
}

/// Which month `word` is, from 1: `September`, `Sept`, `Sep`.
pub(super) fn month(word: &str) -> Option<i8> {
    if !word.starts_with(|one: char| one.is_ascii_uppercase()) || !(3..=9).contains(&word.len()) {
        return None;
    }
    let short = matches!(word.len(), 3 | 4);
    let found =
        MONTHS.iter().position(|month| if short { begins(month, word) } else { month.eq_ignore_ascii_case(word) })?;
    Some(found as i8 + 1)
}

/// Whether `name` begins with `word`, whatever the case of its letters.
fn begins(name: &str, word: &str) -> bool {
    name.get(..word.len()).is_some_and(|first| first.eq_ignore_ascii_case(word))
}

/// A day of a month: `28`, `28th`.
pub(super) fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The day the article is of: its `date`, else the day that its address or its file is named after, else today for an
/// article that desk keeps, which gets its date when it is published. None where nothing says it.
pub(super) fn own_date(subject: &Subject<'_>) -> Option<Date> {
    let document = subject.document();
    let zone = &subject.context.config.newsroom.timezone;
    let written = ["date", "publishDate"].iter().find_map(|name| document.field(name)?.as_datetime());
    let named = || {
        let address = ["path", "slug"].iter().find_map(|name| named_day(document.field(name)?.as_str()?));
        address.or_else(|| named_day(document.path.as_str()))
    };
    let kept = || document.is_adopted().then(|| today(subject));
    written.and_then(|written| day_of(written, zone)).or_else(named).or_else(kept)
}

/// The day it is in the newsroom.
pub(super) fn today(subject: &Subject<'_>) -> Date {
    subject.context.config.newsroom.timezone.to_datetime(subject.now()).date()
}

/// The day in a path: `2026/07/28/quay`, `posts/2026-07-28-quay.md`.
fn named_day(path: &str) -> Option<Date> {
    let mut parts = path.split(['/', '-', '_', '.']);
    while let Some(part) = parts.next() {
        let year = part.parse().ok().filter(|_| part.len() == 4);
        let mut rest = parts.clone();
        let mut next = || rest.next().filter(|part| matches!(part.len(), 1 | 2))?.parse().ok();
        if let (Some(year), Some(month), Some(day)) = (year, next(), next()) {
            return Date::new(year, month, day).ok();
        }
    }
    None
}

/// The day of `written` in `zone`; none for a time without a day.
pub(super) fn day_of(written: &Datetime, zone: &TimeZone) -> Option<Date> {
    let text = written.to_string();
    match written.offset {
        Some(_) => text.parse::<Timestamp>().ok().map(|instant| zone.to_datetime(instant).date()),
        None => text.get(..10)?.parse().ok(),
    }
}

/// A date in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Where it stands.
    pub range: Range<usize>,
    /// The year, where one is named.
    pub year: Option<i16>,
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1 to 31, whether or not the month has it.
    pub day: i8,
}

impl Written {
    /// The day that is meant, when it names a year and there is such a day.
    pub(super) fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }
}

/// The dates in `text`, whose words are `all`: `July 28, 2026`, `28 July`, `Jul. 28`, `2026-07-28`.
pub(super) fn written(text: &str, all: &[Word<'_>]) -> Vec<Written> {
    let mut found = Vec::new();
    for (at, (range, word)) in all.iter().enumerate() {
        if let Some((year, month, day)) = standard(word) {
            found.push(Written { range: range.clone(), year: Some(year), month, day });
            continue;
        }
        let Some(month) = month(word) else { continue };
        let gap = |one: usize, allowed: &[&str]| {
            all.get(one + 1).is_some_and(|next| allowed.contains(&&text[all[one].0.end..next.0.start]))
        };
        let behind = all.get(at + 1).and_then(|next| day(next.1)).filter(|_| gap(at, &[" ", ". ", "\u{a0}"]));
        let before = at.checked_sub(1).and_then(|last| {
            let day = day(all[last].1)?;
            gap(last, &[" ", "\u{a0}"]).then_some((last, day))
        });
        let (first, last, day) = match (behind, before) {
            (Some(day), _) => (at, at + 1, day),
            (None, Some((last, day))) => (last, at, day),
            (None, None) => continue,
        };
        let year = all.get(last + 1).filter(|_| gap(last, &[", ", " ", ". "])).and_then(|next| year(next.1));
        let end = if year.is_some() { last + 1 } else { last };
        found.push(Written { range: all[first].0.start..all[end].0.end, year, month, day });
    }
    found
}

/// A year of four digits.
pub(super) fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|year| digits && *year >= 1000)
}

/// `2026-07-28`.
fn standard(word: &str) -> Option<(i16, i8, i8)> {
    if word.len() != 10 {
        return None;
    }
    let mut parts = word.split('-');
    let year = year(parts.next()?)?;
    let mut two = || parts.next().filter(|part| part.len() == 2)?.parse::<i8>().ok();
    let (month, day) = (two()?, two()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none()).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn dates_are_found_where_they_stand() {
        let found = |text: &str| -> Vec<String> {
            let all: Vec<_> = words(text).collect();
            written(text, &all).into_iter().map(|date| text[date.range].to_owned()).collect()
        };
        let text = "On July 28, 2026 and 3 May, by Sept. 1. In June, 40 of May 21st 1999; 2026-02-30.";
        assert_eq!(found(text), ["July 28, 2026", "3 May", "Sept. 1", "May 21st 1999", "2026-02-30"]);
        assert!(found("He may 3 in march. August company. 2026-13-01").is_empty());
    }
}

//! A time in the words in which editors type one.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use crate::article::english::{DAYS, MONTHS};

/// What somebody typed, before it is known which instant that is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Spoken {
    /// `2026-12-01T06:00:00+09:00`: leaves nothing open.
    Instant(Timestamp),
    /// `in 90 minutes`
    After(SignedDuration),
    /// `tomorrow 06:00`, `18:00`, `1 dec 06:00 Asia/Seoul`
    Clock {
        /// The day.
        day: Day,
        /// What the clock shows.
        time: Time,
        /// Whose clock, if not the newsroom's.
        zone: Option<TimeZone>,
    },
}

/// A day in an editor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// None said: the next time that the clock shows it.
    Next,
    /// So many days from today.
    In(u8),
    /// The next such day of the week.
    Weekday(Weekday),
    /// The next such day of a year.
    OfYear {
        /// From 1.
        month: i8,
        /// From 1.
        day: i8,
    },
    /// That very day.
    Date(Date),
}

/// Why words are no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unspoken {
    /// They cannot be read.
    Unreadable,
    /// They name a day and no hour.
    NoHour,
}

/// Reads what somebody typed.
pub(super) fn spoken(typed: &str) -> Result<Spoken, Unspoken> {
    let typed = typed.trim();
    if let Ok(instant) = typed.to_ascii_uppercase().parse() {
        return Ok(Spoken::Instant(instant));
    }
    let lower = typed.to_lowercase().replace(',', " ");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    if words.first() == Some(&"at") {
        words.remove(0);
    }
    if let ["in", number, unit] = words[..] {
        return after(number, unit).map(Spoken::After).ok_or(Unspoken::Unreadable);
    }
    let zone = words.last().and_then(|word| zone(word));
    if zone.is_some() {
        words.pop();
    }
    let day_alone = |words: &[&str]| !words.is_empty() && day(words).is_some();
    // `2026-12-01T06:00`
    if let Some((date, time)) = words.last().and_then(|word| word.split_once('t'))
        && let (Ok(date), Some(time), 1) = (date.parse(), clock(&[time]), words.len())
    {
        return Ok(Spoken::Clock { day: Day::Date(date), time, zone });
    }
    if day_alone(&words) {
        return Err(Unspoken::NoHour);
    }
    // The time is the last word, or the last two: `6 am`.
    for length in [1, 2] {
        let Some(at) = words.len().checked_sub(length) else { break };
        let (before, last) = words.split_at(at);
        let before = before.strip_suffix(&["at"]).unwrap_or(before);
        if let (Some(time), Some(day)) = (clock(last), day(before)) {
            return Ok(Spoken::Clock { day, time, zone });
        }
    }
    Err(Unspoken::Unreadable)
}

/// `2 hours`, `90 min`.
fn after(number: &str, unit: &str) -> Option<SignedDuration> {
    let number: i64 = number.parse().ok().filter(|number| (0..=100_000).contains(number))?;
    Some(match unit.trim_end_matches('s') {
        "m" | "min" | "minute" => SignedDuration::from_mins(number),
        "h" | "hour" => SignedDuration::from_hours(number),
        "d" | "day" => SignedDuration::from_hours(number * 24),
        _ => return None,
    })
}

/// A time zone by its full name: abbreviations mean one place here and another there.
fn zone(word: &str) -> Option<TimeZone> {
    match word {
        "utc" | "gmt" | "z" => Some(TimeZone::UTC),
        word if word.contains('/') => TimeZoneDatabase::bundled().get(word).ok(),
        _ => None,
    }
}

/// `18:00`, `18.00`, `18h00`, `1800`, `6am`, `6:30 pm`, `noon`.
fn clock(words: &[&str]) -> Option<Time> {
    let joined = words.concat();
    if joined == "noon" {
        return Some(Time::constant(12, 0, 0, 0));
    }
    let (digits, half) = match (joined.strip_suffix("am"), joined.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ if words.len() == 1 => (joined.as_str(), None),
        _ => return None,
    };
    let parts: Vec<&str> = digits.split([':', '.', 'h']).collect();
    let (hour, rest): (&str, &[&str]) = match parts[..] {
        [whole] if half.is_some() => (whole, &[]),
        [whole] if whole.len() == 4 && whole.is_ascii() => (&whole[..2], &[&whole[2..]]),
        [hour, ..] if parts.len() > 1 => (hour, &parts[1..]),
        _ => return None,
    };
    let two = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i8>().ok()).flatten()
    };
    let exact = |text: &&str| two(text).filter(|_| text.len() == 2);
    let hour = match (two(hour)?, half) {
        (hour, None) => hour,
        (12, Some(half)) => half,
        (hour @ 1..=11, Some(half)) => hour + half,
        _ => return None,
    };
    match rest {
        [] => Time::new(hour, 0, 0, 0).ok(),
        // `18h`
        [""] if digits.ends_with('h') => Time::new(hour, 0, 0, 0).ok(),
        [minute] => Time::new(hour, exact(minute)?, 0, 0).ok(),
        [minute, second] => Time::new(hour, exact(minute)?, exact(second)?, 0).ok(),
        _ => None,
    }
}

/// Nothing, `today`, `mon`, `26 july`, `dec 1 2026`, `2026-12-01`.
fn day(words: &[&str]) -> Option<Day> {
    match words {
        [] => Some(Day::Next),
        ["today"] => Some(Day::In(0)),
        ["tomorrow"] => Some(Day::In(1)),
        [word] => weekday(word).map(Day::Weekday).or_else(|| word.parse().ok().map(Day::Date)),
        [one, other] => of_year(one, other).map(|(month, day)| Day::OfYear { month, day }),
        [one, other, year] if year.len() == 4 => {
            let (month, day) = of_year(one, other)?;
            Date::new(year.parse().ok()?, month, day).ok().map(Day::Date)
        }
        _ => None,
    }
}

fn of_year(one: &str, other: &str) -> Option<(i8, i8)> {
    let number = |word: &str| word.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
    match (month(one), month(other)) {
        (Some(month), None) => Some((month, number(other)?)),
        (None, Some(month)) => Some((month, number(one)?)),
        _ => None,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    begins(word, &DAYS).and_then(|at| Weekday::from_monday_one_offset(at).ok())
}

fn month(word: &str) -> Option<i8> {
    begins(word, &MONTHS)
}

/// Which name begins with `word`, three letters at least, counted from 1.
fn begins(word: &str, names: &[&str]) -> Option<i8> {
    let at = names.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(day: Day, hour: i8, minute: i8) -> Result<Spoken, Unspoken> {
        Ok(Spoken::Clock { day, time: Time::constant(hour, minute, 0, 0), zone: None })
    }

    #[test]
    fn times_as_editors_type_them() {
        for six in ["18:00", "18.00", "18h00", "18h", "1800", "6pm", "6 PM", "6:00pm", "at 18:00", "18:00:00"] {
            assert_eq!(spoken(six), at(Day::Next, 18, 0), "{six}");
        }
        let table = [
            ("6:30", Day::Next, 6, 30),
            ("0630", Day::Next, 6, 30),
            ("noon", Day::Next, 12, 0),
            ("12am", Day::Next, 0, 0),
            ("12 pm", Day::Next, 12, 0),
            ("today 06:00", Day::In(0), 6, 0),
            ("Tomorrow 06:00", Day::In(1), 6, 0),
            ("tomorrow at 6am", Day::In(1), 6, 0),
            ("tomorrow, 6 am", Day::In(1), 6, 0),
            ("mon 06:00", Day::Weekday(Weekday::Monday), 6, 0),
            ("Sunday 23:59", Day::Weekday(Weekday::Sunday), 23, 59),
            ("1 Dec 06:00", Day::OfYear { month: 12, day: 1 }, 6, 0),
            ("july 26 06:00", Day::OfYear { month: 7, day: 26 }, 6, 0),
            ("26 jul 2027 06:00", Day::Date(Date::constant(2027, 7, 26)), 6, 0),
            ("2026-12-01 06:00", Day::Date(Date::constant(2026, 12, 1)), 6, 0),
            ("2026-12-01T06:00", Day::Date(Date::constant(2026, 12, 1)), 6, 0),
        ];
        for (typed, day, hour, minute) in table {
            assert_eq!(spoken(typed), at(day, hour, minute), "{typed}");
        }
    }

    #[test]
    fn what_leaves_nothing_open() {
        let instant = "2026-12-01T06:00:00+09:00".parse().map(Spoken::Instant).map_err(|_| Unspoken::Unreadable);
        for typed in ["2026-12-01T06:00:00+09:00", "2026-11-30t21:00:00z", "2026-12-01 06:00+09:00"] {
            assert_eq!(spoken(typed), instant, "{typed}");
        }
        for typed in ["in 90 minutes", "in 90 min", "IN 90 m"] {
            assert_eq!(spoken(typed), Ok(Spoken::After(SignedDuration::from_mins(90))), "{typed}");
        }
        assert_eq!(spoken("in 1 day"), Ok(Spoken::After(SignedDuration::from_hours(24))));
        let Ok(Spoken::Clock { zone, .. }) = spoken("tomorrow 06:00 asia/seoul") else { panic!("a time in Seoul") };
        assert_eq!(zone.as_ref().and_then(TimeZone::iana_name), Some("Asia/Seoul"));
    }

    #[test]
    fn a_day_has_an_hour_and_other_words_are_no_time() {
        for typed in ["tomorrow", "2026-12-01", "mon", "1 dec", "1 dec 2026"] {
            assert_eq!(spoken(typed), Err(Unspoken::NoHour), "{typed}");
        }
        for typed in [
            "",
            "soon",
            "6",
            "25:00",
            "18:60",
            "18:5",
            "13pm",
            "0am",
            "midnight",
            "06:00 KST",
            "06:00 Asia/Nowhere",
            "31 31 06:00",
            "2026-02-30 06:00",
            "30 feb 2026 06:00",
            "in x hours",
            "in -1 hours",
            "in 5 years",
            "::",
            "h",
            "18:00 18:00",
            "요금",
            "१२:००",
            "t",
            "2026-12-01t",
        ] {
            assert_eq!(spoken(typed), Err(Unspoken::Unreadable), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_is_a_fault_of_ours(typed in "\\PC{0,30}", words in "[0-9a-z:. ]{0,20}") {
            for any in [typed, words] {
                prop_assert!(!matches!(spoken(&any), Ok(Spoken::After(span)) if span.is_negative()));
            }
        }
    }
}

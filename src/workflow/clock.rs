//! Which instant somebody means by a time on the newsroom's clock, and what to say where there are two of it or none.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, Timestamp};

use super::spoken::{Day, Spoken, Unspoken, spoken};

/// An instant that somebody named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// It.
    pub at: Timestamp,
    /// How often the clock shows it that night.
    pub shown: Shown,
}

/// How often a clock shows a time on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As on all days but one.
    Once,
    /// Twice, as the clocks go back: the later one is meant, as nothing comes out before anybody could have meant it.
    Twice {
        /// The earlier one.
        earlier: Timestamp,
    },
}

/// Why words name no instant to come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTime {
    /// They cannot be read.
    #[error("`{0}` is not a time")]
    Unreadable(String),
    /// They name a day alone.
    #[error("`{0}` says no hour")]
    NoHour(String),
    /// The clocks go forward over it.
    #[error("there is no {time} on {date}: the clocks go forward over it", time = .typed.time().strftime("%H:%M"), date = .typed.date())]
    Skipped {
        /// What was meant.
        typed: DateTime,
        /// As much before the gap as it lies in it.
        before: DateTime,
        /// As much after.
        after: DateTime,
    },
    /// It has passed.
    #[error("that time has passed")]
    Past(Timestamp),
}

/// The instant that `typed` names to somebody in `zone` at `now`. It is always to come.
pub fn when(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<When, NoTime> {
    let unreadable = || NoTime::Unreadable(typed.trim().to_owned());
    let once = |at: Timestamp| When { at, shown: Shown::Once };
    let found = match spoken(typed) {
        Err(Unspoken::Unreadable) => return Err(unreadable()),
        Err(Unspoken::NoHour) => return Err(NoTime::NoHour(typed.trim().to_owned())),
        Ok(Spoken::Instant(at)) => once(at),
        Ok(Spoken::After(span)) => once(now.checked_add(span).map_err(|_| unreadable())?),
        Ok(Spoken::Clock { day, time, zone: own }) => {
            let zone = own.as_ref().unwrap_or(zone);
            let today = zone.to_datetime(now).date();
            let mut passed = None;
            // A day that is only described is the first such day on which the time is still to come.
            for date in days(day, today).ok_or_else(unreadable)? {
                let found = on_clock(date.to_datetime(time), zone);
                match found {
                    Ok(when) if when.at > now => return Ok(when),
                    // The clocks have gone forward already: the next such day is meant.
                    Err(NoTime::Skipped { after, .. }) if has_passed(after, now, zone) => {}
                    Err(other) => return Err(other),
                    Ok(when) => passed = Some(when),
                }
            }
            passed.ok_or_else(unreadable)?
        }
    };
    if found.at > now { Ok(found) } else { Err(NoTime::Past(found.at)) }
}

fn has_passed(local: DateTime, now: Timestamp, zone: &TimeZone) -> bool {
    zone.to_datetime(now) >= local
}

/// The days that can be meant, in order.
fn days(day: Day, today: Date) -> Option<Vec<Date>> {
    let later = |days: i64| today.checked_add(Span::new().days(days)).ok();
    match day {
        Day::Date(date) => Some(vec![date]),
        Day::In(days) => Some(vec![later(days.into())?]),
        // Three, as the time of tomorrow may have been skipped or be the present one.
        Day::Next => (0..3).map(later).collect(),
        Day::Weekday(weekday) => {
            let all: Option<Vec<Date>> = (0..15).map(later).collect();
            Some(all?.into_iter().filter(|date| date.weekday() == weekday).collect())
        }
        // Up to the next leap year.
        Day::OfYear { month, day } => {
            let found: Vec<Date> =
                (0..=8).filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok()).collect();
            (!found.is_empty()).then(|| found.into_iter().filter(|date| *date >= today).collect())
        }
    }
}

/// The instant at which clocks in `zone` show `local`.
fn on_clock(local: DateTime, zone: &TimeZone) -> Result<When, NoTime> {
    let out_of_reach = |_| NoTime::Unreadable(local.to_string());
    let found = zone.to_ambiguous_timestamp(local);
    match found.offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            let at = offset.to_timestamp(local).map_err(out_of_reach)?;
            Ok(When { at, shown: Shown::Once })
        }
        AmbiguousOffset::Fold { before, after } => {
            let earlier = before.to_timestamp(local).map_err(out_of_reach)?;
            let at = after.to_timestamp(local).map_err(out_of_reach)?;
            Ok(When { at, shown: Shown::Twice { earlier } })
        }
        AmbiguousOffset::Gap { before, after } => {
            let shown = |offset: jiff::tz::Offset| offset.to_timestamp(local).map(|at| zone.to_datetime(at));
            let before_it = shown(after).map_err(out_of_reach)?;
            let after_it = shown(before).map_err(out_of_reach)?;
            Err(NoTime::Skipped { typed: local, before: before_it, after: after_it })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[track_caller]
    fn is(typed: &str, now: &str, place: &str, expected: &str) {
        let found = when(typed, at(now), &zone(place)).map(|when| when.at.to_string());
        assert_eq!(found, Ok(at(expected).to_string()), "{typed} in {place} at {now}");
    }

    #[test]
    fn the_next_such_time_on_the_newsrooms_clock() {
        let now = "2026-07-25T23:50:00+09:00";
        let seoul = |typed, expected| is(typed, now, "Asia/Seoul", expected);
        seoul("06:00", "2026-07-26T06:00:00+09:00");
        seoul("23:55", "2026-07-25T23:55:00+09:00");
        seoul("23:50", "2026-07-26T23:50:00+09:00");
        seoul("tomorrow 06:00", "2026-07-26T06:00:00+09:00");
        seoul("sat 23:00", "2026-08-01T23:00:00+09:00");
        seoul("sun 23:00", "2026-07-26T23:00:00+09:00");
        seoul("25 jul 23:00", "2027-07-25T23:00:00+09:00");
        seoul("29 feb 06:00", "2028-02-29T06:00:00+09:00");
        seoul("2026-12-01 06:00", "2026-12-01T06:00:00+09:00");
        seoul("06:00 utc", "2026-07-26T06:00:00Z");
        seoul("06:00 Europe/Lisbon", "2026-07-26T06:00:00+01:00");
        seoul("in 90 minutes", "2026-07-26T01:20:00+09:00");
        seoul("2026-12-01T06:00:00-05:00", "2026-12-01T06:00:00-05:00");
    }

    #[test]
    fn what_has_passed_or_says_too_little_is_refused() {
        let now = at("2026-07-25T23:50:00+09:00");
        let said = |typed| when(typed, now, &zone("Asia/Seoul")).map_err(|error| error.to_string());
        for typed in ["today 18:00", "2026-07-25 23:50", "2025-12-01 06:00", "2026-07-25T14:50:00Z", "in 0 minutes"] {
            assert_eq!(said(typed), Err("that time has passed".to_owned()), "{typed}");
        }
        assert_eq!(said(" tomorrow"), Err("`tomorrow` says no hour".to_owned()));
        assert_eq!(said("soon"), Err("`soon` is not a time".to_owned()));
        assert_eq!(said("31 jun 06:00"), Err("`31 jun 06:00` is not a time".to_owned()));
    }

    type Changes = (&'static str, &'static str, [&'static str; 2], &'static str, [&'static str; 2]);

    /// Both changes of a year in zones of both hemispheres, with an hour and with half an hour, at midnight and in the
    /// morning: the zone, a time that is skipped, the two times beside it, and a time that comes twice with its two instants.
    const CHANGES: [Changes; 8] = [
        (
            "Europe/Lisbon",
            "2026-03-29 01:30",
            ["2026-03-29T00:30:00", "2026-03-29T02:30:00"],
            "2026-10-25 01:30",
            ["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"],
        ),
        (
            "Europe/Berlin",
            "2026-03-29 02:00",
            ["2026-03-29T01:00:00", "2026-03-29T03:00:00"],
            "2026-10-25 02:00",
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"],
        ),
        (
            "America/New_York",
            "2026-03-08 02:59",
            ["2026-03-08T01:59:00", "2026-03-08T03:59:00"],
            "2026-11-01 01:59",
            ["2026-11-01T01:59:00-04:00", "2026-11-01T01:59:00-05:00"],
        ),
        (
            "America/St_Johns",
            "2026-03-08 02:30",
            ["2026-03-08T01:30:00", "2026-03-08T03:30:00"],
            "2026-11-01 01:30",
            ["2026-11-01T01:30:00-02:30", "2026-11-01T01:30:00-03:30"],
        ),
        (
            "Australia/Sydney",
            "2026-10-04 02:30",
            ["2026-10-04T01:30:00", "2026-10-04T03:30:00"],
            "2027-04-04 02:30",
            ["2027-04-04T02:30:00+11:00", "2027-04-04T02:30:00+10:00"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-04 02:15",
            ["2026-10-04T01:45:00", "2026-10-04T02:45:00"],
            "2027-04-04 01:45",
            ["2027-04-04T01:45:00+11:00", "2027-04-04T01:45:00+10:30"],
        ),
        (
            "America/Santiago",
            "2026-09-06 00:30",
            ["2026-09-05T23:30:00", "2026-09-06T01:30:00"],
            "2027-04-03 23:30",
            ["2027-04-03T23:30:00-03:00", "2027-04-03T23:30:00-04:00"],
        ),
        (
            "Africa/Cairo",
            "2026-04-24 00:00",
            ["2026-04-23T23:00:00", "2026-04-24T01:00:00"],
            "2026-10-29 23:30",
            ["2026-10-29T23:30:00+03:00", "2026-10-29T23:30:00+02:00"],
        ),
    ];

    #[test]
    fn a_skipped_time_is_refused_and_of_two_the_later_is_meant() {
        let now = at("2026-01-01T00:00:00Z");
        for (place, skipped, beside, twice, [earlier, later]) in CHANGES {
            let here = zone(place);
            let beside = beside.map(|text| text.parse::<DateTime>().expect("a time"));
            let typed = skipped.replace(' ', "T").parse().expect("a time");
            let expected = NoTime::Skipped { typed, before: beside[0], after: beside[1] };
            assert_eq!(when(skipped, now, &here), Err(expected), "{place}");
            for one in beside {
                assert!(when(&one.to_string(), now, &here).is_ok(), "{place} {one}");
            }
            let expected = When { at: at(later), shown: Shown::Twice { earlier: at(earlier) } };
            assert_eq!(when(twice, now, &here), Ok(expected), "{place}");
            // Either can be had by its offset.
            for exact in [earlier, later] {
                assert_eq!(when(exact, now, &here), Ok(When { at: at(exact), shown: Shown::Once }), "{place}");
            }
        }
    }

    #[test]
    fn on_the_night_itself() {
        let berlin = |typed, now| when(typed, at(now), &zone("Europe/Berlin")).map(|when| when.at.to_string());
        let ok = |text: &str| Ok(at(text).to_string());
        // Going forward: before it the time is refused, after it tomorrow's is meant.
        assert!(matches!(berlin("02:30", "2026-03-29T00:00:00+01:00"), Err(NoTime::Skipped { .. })));
        assert_eq!(berlin("02:30", "2026-03-29T04:00:00+02:00"), ok("2026-03-30T02:30:00+02:00"));
        assert_eq!(berlin("06:00", "2026-03-28T23:00:00+01:00"), ok("2026-03-29T06:00:00+02:00"));
        // Going back: before, between and after the two.
        for now in ["2026-10-25T00:00:00+02:00", "2026-10-25T02:45:00+02:00", "2026-10-25T02:15:00+01:00"] {
            assert_eq!(berlin("02:30", now), ok("2026-10-25T02:30:00+01:00"), "{now}");
        }
        assert_eq!(berlin("02:30", "2026-10-25T02:30:00+01:00"), ok("2026-10-26T02:30:00+01:00"));
        assert_eq!(berlin("06:00", "2026-10-24T23:00:00+02:00"), ok("2026-10-25T06:00:00+01:00"));
    }

    const ZONES: [&str; 9] = [
        "UTC",
        "Asia/Seoul",
        "Asia/Kathmandu",
        "Europe/Lisbon",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia",
    ];

    proptest! {
        /// Whatever the day: what is found is to come, the clock shows it as it was typed, it comes within two days, and
        /// no earlier instant to come shows it.
        #[test]
        fn the_clock_shows_what_was_typed(
            second in 1_700_000_000_i64..2_000_000_000, hour in 0_i8..24, minute in 0_i8..60,
            place in prop::sample::select(&ZONES[..]),
        ) {
            let (here, now) = (zone(place), Timestamp::from_second(second).expect("an instant"));
            let typed = format!("{hour:02}:{minute:02}");
            match when(&typed, now, &here) {
                Ok(found) => {
                    let local = here.to_datetime(found.at);
                    prop_assert!(found.at > now);
                    prop_assert_eq!((local.hour(), local.minute(), local.second()), (hour, minute, 0));
                    prop_assert!(found.at.as_second() - second <= 2 * 26 * 3600);
                    if let Shown::Twice { earlier } = found.shown {
                        prop_assert!(earlier < found.at);
                        prop_assert_eq!(here.to_datetime(earlier), local);
                    }
                }
                Err(NoTime::Skipped { before, after, .. }) => prop_assert!(before < after),
                Err(other) => prop_assert!(false, "{other}"),
            }
        }

        /// An instant with its offset is that instant, whatever the zone.
        #[test]
        fn an_exact_instant_needs_no_zone(second in 1_700_000_001_i64..2_000_000_000, place in prop::sample::select(&ZONES[..])) {
            let wanted = Timestamp::from_second(second).expect("an instant");
            let now = Timestamp::from_second(1_700_000_000).expect("an instant");
            let typed = wanted.to_zoned_datetime(zone(place)).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            prop_assert_eq!(when(&typed, now, &zone(place)), Ok(When { at: wanted, shown: Shown::Once }));
        }
    }
}

//! Dates as readers see them: in the newsroom's zone, in a form that every language reads.

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use serde::Serialize;
use toml::value::Datetime;

/// A point in time, or a day whose hour nobody told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// The instant; of a day, its beginning.
    pub(super) at: ZonedDateTime,
    whole_day: bool,
}

/// A moment as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    /// For machines: the `datetime` of a `<time>`.
    pub(super) machine: String,
    /// For people.
    pub(super) words: String,
    /// The day alone, for people.
    pub(super) day: String,
}

impl Moment {
    /// An instant.
    pub(super) fn new(at: Timestamp, zone: &TimeZone) -> Self {
        Self { at: at.to_zoned_datetime(zone.clone()), whole_day: false }
    }

    /// A date of TOML. A local one is meant in `zone`; a time without a day is none.
    pub(super) fn of(date: &Datetime, zone: &TimeZone) -> Option<Self> {
        let day = date.date?;
        let day =
            civil::Date::new(i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?)
                .ok()?;
        let Some(time) = date.time else {
            return Some(Self { at: day.to_zoned_datetime(zone.clone()).ok()?, whole_day: true });
        };
        // A leap second is not a time that clocks here know.
        let second = i8::try_from(time.second.unwrap_or(0)).ok()?.min(59);
        let time = civil::Time::new(i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?, second, 0).ok()?;
        let own = match date.offset {
            None => zone.clone(),
            Some(toml::value::Offset::Z) => TimeZone::UTC,
            Some(toml::value::Offset::Custom { minutes }) => {
                TimeZone::fixed(Offset::from_seconds(i32::from(minutes) * 60).ok()?)
            }
        };
        let at = day.to_datetime(time).to_zoned_datetime(own).ok()?;
        Some(Self { at: at.with_time_zone(zone.clone()), whole_day: false })
    }

    /// As a page shows it.
    pub(super) fn shown(&self) -> Shown {
        let day = self.at.date().to_string();
        if self.whole_day {
            return Shown { machine: day.clone(), words: day.clone(), day };
        }
        let words = self.at.strftime("%Y-%m-%d %H:%M %Z").to_string();
        Shown { machine: self.rfc3339(), words, day }
    }

    /// As feeds want it: RFC 3339, to the second.
    pub(super) fn rfc3339(&self) -> String {
        self.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(toml: &str, machine: &str, words: &str) {
        let zone = TimeZone::fixed(Offset::constant(9));
        let shown = Moment::of(&toml.parse().expect("a date"), &zone).expect("a day").shown();
        assert_eq!((shown.machine.as_str(), shown.words.as_str()), (machine, words));
    }

    #[test]
    fn dates_are_shown_in_the_newsrooms_zone() {
        check("2026-07-25T09:00:00-04:00", "2026-07-25T22:00:00+09:00", "2026-07-25 22:00 +09");
        check("2026-07-25T23:30:00Z", "2026-07-26T08:30:00+09:00", "2026-07-26 08:30 +09");
        check("2026-07-25T09:00:00", "2026-07-25T09:00:00+09:00", "2026-07-25 09:00 +09");
        check("2026-07-25 09:00:07.5", "2026-07-25T09:00:07+09:00", "2026-07-25 09:00 +09");
        check("2026-07-25", "2026-07-25", "2026-07-25");
    }

    #[test]
    fn a_time_without_a_day_is_no_date() {
        assert_eq!(Moment::of(&"09:00:00".parse().expect("a time"), &TimeZone::UTC), None);
    }
}

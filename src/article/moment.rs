//! The instant that a date in front matter means.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use toml::value::Datetime;

/// The instant of a written date: one without an offset is meant on clocks in `zone`, a day alone from its beginning. Of
/// a time that clocks show twice the later one is meant, and of one that they skip the one as much after the gap: what
/// waits for it never comes out too early. None for a time without a day.
pub fn instant_of(written: &Datetime, zone: &TimeZone) -> Option<Timestamp> {
    let text = written.to_string();
    if written.offset.is_some() {
        return text.parse().ok();
    }
    let local = text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(Into::into))?;
    zone.to_ambiguous_timestamp(local).later().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_date_is_the_newsrooms_and_never_too_early() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        let table = [
            ("2026-07-25T06:00:00", "2026-07-25T06:00:00+02:00"),
            ("2026-07-25", "2026-07-25T00:00:00+02:00"),
            ("2026-07-25T06:00:00-04:00", "2026-07-25T10:00:00Z"),
            ("2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00"),
            ("2026-10-25T02:30:00", "2026-10-25T02:30:00+01:00"),
        ];
        for (written, expected) in table {
            let found = instant_of(&written.parse().expect("a date"), &berlin);
            assert_eq!(found, expected.parse().ok(), "{written}");
        }
        assert_eq!(instant_of(&"06:00:00".parse().expect("a time"), &berlin), None);
    }
}

//! Phrases that screens and letters say the same way: counts, names, moments, what is missing, what is true.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::finding::{Finding, Level};
use crate::workflow::{Ask, Asked, Fact, Missing, Void};

/// `1 word`, `14 words`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Small numbers as people write them.
pub fn number(number: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// `Jun Seo`, `Jun Seo and Ana Ruiz`, `Jun Seo, Ana Ruiz and Mina Park`.
pub fn and<T: AsRef<str>>(names: &[T]) -> String {
    joined(names, "and")
}

/// `Jun Seo or Ana Ruiz`.
pub fn or<T: AsRef<str>>(names: &[T]) -> String {
    joined(names, "or")
}

fn joined<T: AsRef<str>>(names: &[T], last: &str) -> String {
    match names {
        [] => String::new(),
        [name] => name.as_ref().to_owned(),
        [rest @ .., end] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", rest.join(", "), end.as_ref())
        }
    }
}

/// A moment as people here say it: the time alone today, with the day otherwise.
pub fn moment(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (time, now) = (time.to_zoned_datetime(zone.clone()), now.to_zoned_datetime(zone.clone()));
    let form = if time.date() == now.date() {
        "%H:%M"
    } else if time.year() == now.year() {
        "%-d %b %H:%M"
    } else {
        "%-d %b %Y %H:%M"
    };
    time.strftime(form).to_string()
}

/// The same with the zone's own name behind it: `06:00 KST`.
pub fn moment_there(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    format!("{} {}", moment(time, now, zone), zone_name(time, zone))
}

/// A moment with its day, on clocks in `zone`, and on those in `own` where they differ:
/// `Sun 26 Jul 06:00 KST (yours: Sat 25 Jul 22:00 WEST)`.
pub fn appointment(time: Timestamp, now: Timestamp, zone: &TimeZone, own: &TimeZone) -> String {
    let on = |zone: &TimeZone| {
        let local = time.to_zoned_datetime(zone.clone());
        let form =
            if local.year() == now.to_zoned_datetime(zone.clone()).year() { "%a %-d %b" } else { "%a %-d %b %Y" };
        format!("{} {} {}", local.strftime(form), local.strftime("%H:%M"), zone_name(time, zone))
    };
    if zone.to_offset(time) == own.to_offset(time) { on(zone) } else { format!("{} (yours: {})", on(zone), on(own)) }
}

fn zone_name(time: Timestamp, zone: &TimeZone) -> String {
    time.to_zoned_datetime(zone.clone()).strftime("%Z").to_string()
}

/// One missing thing in a line.
pub fn missing(missing: &Missing) -> String {
    let because = |why: &Option<String>| why.as_ref().map(|why| format!(", because {why}")).unwrap_or_default();
    let from = |could: &[String]| match could {
        [] => ": nobody on the staff list could give it".to_owned(),
        could => format!(" (by {})", or(could)),
    };
    match missing {
        Missing::People { count, because: why, could } => {
            let people =
                if *count == 1 { "one more person's yes".to_owned() } else { format!("{count} more people's yes") };
            format!("{people}{}{}", from(could), because(why))
        }
        Missing::Role { role, because: why, could } => format!("{role} approval{}{}", from(could), because(why)),
        Missing::Knowledge { sources, could } => {
            format!("somebody who says that the desk knows the source {sources}{}", from(could))
        }
        Missing::Finding(finding) => {
            let path = finding.path.as_deref().map(|path| format!(", {path}")).unwrap_or_default();
            format!("{} ({}{path})", finding.message, finding.rule)
        }
    }
}

/// How many names stand in one line.
const NAMED: usize = 4;

/// What is asked for: `2 people`, `legal`.
pub fn asked(asked: &Asked) -> String {
    match asked {
        Asked::People(1) => "1 person".to_owned(),
        Asked::People(people) => format!("{people} people"),
        Asked::Role(role) => role.to_string(),
        Asked::Knowledge => "a source that the desk knows".to_owned(),
    }
}

/// `Mina Park; Jun Seo or Ana Ruiz could`.
pub fn who(ask: &Ask) -> String {
    let some = |names: &[String]| {
        let mut shown: Vec<String> = names.iter().take(NAMED).cloned().collect();
        if names.len() > NAMED {
            shown.push(count(names.len() - NAMED, "other"));
        }
        shown
    };
    let given = and(&some(&ask.given));
    let could = match &ask.could[..] {
        _ if ask.is_met => String::new(),
        [] => "nobody on the staff list could".to_owned(),
        could => format!("{} could", or(&some(could))),
    };
    [given, could].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Why a schedule is void, as a phrase.
pub fn void(why: &Void) -> String {
    match why {
        Void::Unreadable => "its schedule cannot be read".to_owned(),
        Void::Elsewhere => "its schedule is another article's".to_owned(),
        Void::WordsChanged => "the words changed since".to_owned(),
        Void::Public => "it is public already".to_owned(),
        Void::OtherPublic => "the public version changed since".to_owned(),
        Void::Returned => "it was sent back".to_owned(),
        Void::NothingWaits => "nothing of it waits any more".to_owned(),
        Void::NotOnStaff(name) => format!("{name} is not on the staff list"),
        Void::NotTheirs => "its schedule is not signed as it has to be".to_owned(),
        Void::Missing(missing) => {
            let lines: Vec<String> = missing.iter().map(self::missing).collect();
            format!("it needs {} again", lines.join("; "))
        }
    }
}

/// `0 errors, 2 warnings`, `1 note`; none where nothing was found.
pub fn counted(findings: &[Finding]) -> Option<String> {
    let of = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings, notes) = (of(Level::Error), of(Level::Warning), of(Level::Note));
    let grave = format!("{}, {}", count(errors, "error"), count(warnings, "warning"));
    match (errors + warnings, notes) {
        (0, 0) => None,
        (0, notes) => Some(count(notes, "note")),
        (_, 0) => Some(grave),
        (_, notes) => Some(format!("{grave}, {}", count(notes, "note"))),
    }
}

/// A fact as a person reads it.
pub fn fact(fact: Fact) -> String {
    match fact {
        Fact::Corrected(1) => "corrected once".to_owned(),
        Fact::Corrected(times) => format!("corrected {times} times"),
        other => other.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_count_and_list_like_this() {
        assert_eq!((count(1, "word"), count(0, "word"), number(2)), ("1 word".into(), "0 words".into(), "two".into()));
        assert_eq!(and(&["Jun", "Ana", "Mina"]), "Jun, Ana and Mina");
        assert_eq!(or(&["Jun", "Ana"]), "Jun or Ana");
    }

    #[test]
    fn an_appointment_is_told_on_both_clocks_where_they_differ() {
        let zone = |name: &str| TimeZone::get(name).expect("a zone");
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let now = at("2026-07-25T23:52:00+09:00");
        let said = |text: &str, one: &str, own: &str| appointment(at(text), now, &zone(one), &zone(own));
        let six = "2026-07-26T06:00:00+09:00";
        assert_eq!(said(six, "Asia/Seoul", "Asia/Tokyo"), "Sun 26 Jul 06:00 KST");
        let lisbon = "Sun 26 Jul 06:00 KST (yours: Sat 25 Jul 22:00 WEST)";
        assert_eq!(said(six, "Asia/Seoul", "Europe/Lisbon"), lisbon);
        // The same clock in winter, another in summer.
        assert_eq!(said("2026-12-01T06:00:00Z", "Europe/Lisbon", "UTC"), "Tue 1 Dec 06:00 WET");
        assert_eq!(
            said("2027-07-01T06:00:00+01:00", "Europe/Lisbon", "UTC"),
            "Thu 1 Jul 2027 06:00 WEST (yours: Thu 1 Jul 2027 05:00 UTC)"
        );
        assert_eq!(moment_there(at(six), now, &zone("Asia/Seoul")), "26 Jul 06:00 KST");
    }

    #[test]
    fn moments_are_as_short_as_they_may_be() {
        let zone = TimeZone::get("Asia/Seoul").expect("a zone");
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let now = at("2026-07-25T23:52:00+09:00");
        assert_eq!(moment(at("2026-07-25T22:10:00+09:00"), now, &zone), "22:10");
        assert_eq!(moment(at("2026-07-24T22:10:00+09:00"), now, &zone), "24 Jul 22:10");
        assert_eq!(moment(at("2025-07-24T22:10:00+09:00"), now, &zone), "24 Jul 2025 22:10");
    }
}

//! `[newsroom]`.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::read::Section;

/// What the newsroom is called and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct NewsroomInfo {
    /// The name that assents are bound to, random from `init`; empty where nobody chose one.
    pub id: String,
    /// Which edition of desk's rules holds: what happens after it stands here is judged by it.
    pub format: Format,
    /// What readers call it.
    pub name: String,
    /// Where readers find it: an address without a slash at its end.
    pub url: Option<String>,
    /// The language of its articles, such as `en` or `pt-BR` (BCP 47).
    pub language: String,
    /// The time zone that dates and times are shown and written in.
    pub timezone: TimeZone,
    /// Addresses of remotes that only the staff can read; all others the whole world can.
    pub private: Vec<String>,
}

/// An edition of desk's rules. A step of the public version is judged by the one that stood before it, so what landed
/// under an earlier edition stays as whole as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Public words may change without a note to readers.
    First,
    /// They may not: every correction holds a change record.
    Told,
}

impl Format {
    /// The newest.
    pub const NEWEST: Self = Self::Told;

    /// The number that stands in `desk.toml`.
    pub fn number(self) -> u32 {
        match self {
            Self::First => 1,
            Self::Told => 2,
        }
    }
}

impl NewsroomInfo {
    pub(super) fn read(section: &Section<'_>) -> Self {
        Self {
            id: section.parsed("id", id).unwrap_or_default(),
            format: format(section),
            name: section.text("name").unwrap_or_default().to_owned(),
            url: section.parsed("url", url),
            language: section.parsed("language", language).unwrap_or_default(),
            timezone: section.parsed("timezone", timezone).unwrap_or(TimeZone::UTC),
            private: section.texts("private").into_iter().map(|(address, _)| address.to_owned()).collect(),
        }
    }
}

fn format(section: &Section<'_>) -> Format {
    match section.count("format") {
        Some(1) | None => Format::First,
        Some(2) => Format::Told,
        Some(0) => {
            section.wrong("format", "`newsroom.format` counts from 1");
            Format::NEWEST
        }
        Some(later) => {
            let newest = Format::NEWEST.number();
            section.wrong(
                "format",
                format!("this newsroom keeps rules of a newer desk (format {later}; this one knows {newest})"),
            );
            Format::NEWEST
        }
    }
}

fn id(text: &str) -> Result<String, &'static str> {
    let sound =
        text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if sound { Ok(text.to_owned()) } else { Err("`newsroom.id` is at most 64 letters, digits and hyphens") }
}

/// An address that pages can be joined to.
pub(super) fn url(text: &str) -> Result<String, String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(|one: char| one.is_whitespace() || one.is_control()) => {
            Ok(text.to_owned())
        }
        _ => Err(format!("`{text}` is not a web address (https://...)")),
    }
}

/// A language tag (BCP 47), as far as its form goes.
pub(super) fn language(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let sound = (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if sound { Ok(text.to_owned()) } else { Err(format!("`{text}` is not a language tag (`en`, `pt-BR`)")) }
}

/// A time zone by its name, from the list inside the program: the same on every machine.
pub(super) fn timezone(name: &str) -> Result<TimeZone, String> {
    let database = TimeZoneDatabase::bundled();
    database.get(name).map_err(|_| {
        let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
        let place = name.rsplit('/').next().unwrap_or(name);
        let same_place =
            names.iter().find(|known| known.rsplit('/').next().is_some_and(|end| end.eq_ignore_ascii_case(place)));
        let meant =
            same_place.map(String::as_str).or_else(|| crate::finding::nearest(name, names.iter().map(String::as_str)));
        match meant {
            Some(meant) => format!("`{name}` is not a time zone; did you mean `{meant}`?"),
            None => format!("`{name}` is not a time zone (`Europe/Lisbon`, `America/New_York`, `UTC`)"),
        }
    })
}

//! Words under embargo that can be read already.

use jiff::Timestamp;

use super::subject::{Card, Context};
use crate::article::{Document, instant_of};
use crate::config::Config;
use crate::finding::{Finding, Level, Span};

/// The rule's name; its documentation stands with those of other things that happened.
const NAME: &str = "embargo-exposed";

/// Until when an article may not be read outside, as its `embargo` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Embargo {
    /// The second, counted from 1970.
    second: i64,
    /// Where it is written.
    pub span: Span,
}

impl Embargo {
    /// That of `document`; none where it has none, or none that can be read.
    pub(super) fn of(document: &Document, config: &Config) -> Option<Self> {
        let value = document.field("embargo")?;
        let until = instant_of(value.as_datetime()?, &config.newsroom.timezone)?;
        Some(Self { second: until.as_second(), span: value.span })
    }

    /// Whether it is still to come.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.second > now.as_second()
    }
}

/// That an article whose embargo holds can be read at `place`. Always an error, whatever is set and whoever allows it.
pub fn exposed(card: &Card, place: &str, context: &Context<'_>) -> Option<Finding> {
    let embargo = card.embargo.filter(|embargo| embargo.holds(context.now))?;
    let local = context.config.newsroom.timezone.to_datetime(Timestamp::from_second(embargo.second).ok()?);
    let (day, hour, minute) = (local.date(), local.hour(), local.minute());
    let message = format!("under embargo until {day} {hour:02}:{minute:02}, and {place} may be read by everybody");
    let finding = Finding::new(NAME, Level::Error, message).in_file(card.path.as_str()).at(embargo.span);
    Some(finding.help(
        "take it away there and tell those who gave you the words; if only the staff can read that remote, name it as \
         `private` under [newsroom] in desk.toml",
    ))
}

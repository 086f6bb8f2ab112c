//! Findings that somebody asked to leave out, with a reason.
//!
//! A writer asks in the text (a comment of its own, for the block behind it; at the top, for the whole article) or in
//! the front matter (`[[desk.allow]]`); the newsroom asks in `desk.toml` (`[[check.allow]]`). All three are words that
//! colleagues see before they agree: in the first two the digest covers them, the third changes only as the policy
//! demands. One without a reason, past its end, or for a rule that nobody may leave out leaves nothing out, and says so.

mod hide;
mod permission;
mod read;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub(super) use hide::hide;
pub use permission::{Permission, permission};
pub(super) use read::{of_article, of_newsroom};

use crate::config::Glob;
use crate::finding::{Edit, Finding, Span};

/// A wish that findings be left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppression {
    /// The rule, or the whole style (`Google.*`), as written.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds; none holds for good.
    pub until: Option<Date>,
    /// Where it is written.
    pub origin: Origin,
    /// All of it, in its file.
    pub span: Span,
    /// The rule's name in it.
    pub rule_span: Span,
    /// What it is about.
    pub covers: Covers,
    /// Why it leaves nothing out, if so.
    pub fault: Option<Fault>,
    /// How many findings it leaves out.
    pub hides: usize,
    /// What takes it out of its file, and nothing else with it.
    pub removal: Option<Edit>,
}

/// Where a suppression is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In the text, as a comment.
    Text,
    /// In the article's front matter.
    FrontMatter,
    /// In `desk.toml`.
    Newsroom,
}

impl Origin {
    /// As it is said to people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::FrontMatter => "front matter",
            Self::Newsroom => "desk.toml",
        }
    }
}

/// What a suppression is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Covers {
    /// The whole article that it stands in.
    Article,
    /// These bytes of it.
    Place(Span),
    /// Every article at such a path.
    Paths(Glob),
}

/// Why a suppression leaves nothing out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not written as one; what it should be.
    Form(&'static str),
    /// Nobody says why.
    NoReason,
    /// Its last day is over.
    Over(Date),
    /// There is no such rule; the one whose name is most like it.
    NoRule(Option<String>),
    /// Whoever wrote it may not leave this rule out.
    NotPermitted(Permission),
}

impl Suppression {
    /// Whether it leaves out what it is about.
    pub fn holds(&self) -> bool {
        self.fault.is_none()
    }

    /// Whether it is about `rule`.
    pub fn names(&self, rule: &str) -> bool {
        self.rule == rule
            || self.rule.strip_suffix(".*").is_some_and(|style| {
                rule.strip_prefix(style).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| !rest.is_empty())
            })
    }

    /// Whether it is about this finding in its own article, or at a path it names.
    pub(super) fn is_about(&self, finding: &Finding) -> bool {
        let here = match &self.covers {
            Covers::Article => true,
            Covers::Place(place) => {
                finding.span.is_some_and(|span| span.start >= place.start && span.start <= place.end)
            }
            Covers::Paths(glob) => {
                finding.path.as_deref().and_then(|path| path.parse().ok()).is_some_and(|path| glob.matches(&path))
            }
        };
        here && self.names(&finding.rule)
    }
}

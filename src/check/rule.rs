//! What a rule is: a name, what it weighs at each stage, what it looks at, and its documentation.

use super::marks::Marks;
use super::outside::Answers;
use super::phrases::Phrases;
use super::subject::{Card, Context, Subject};
use super::suppression::Suppression;
use crate::article::Stage;
use crate::finding::{Finding, Level};

/// One rule. A rule has no state: it is a function and words about it, and its file holds nothing else.
pub struct Rule {
    /// Its name, which reads well after the word "allow": `photo-alt`.
    pub name: &'static str,
    /// What it weighs at each stage, and which move it holds.
    pub levels: Levels,
    /// What must stand in an article before this rule is asked about it. One of them is enough; a rule that seeks
    /// nothing is asked about every article.
    pub seeks: &'static [Seeks],
    /// What it looks at.
    pub scope: Scope,
    /// Its documentation in Markdown: every section of [`SECTIONS`], in that order.
    pub doc: &'static str,
}

/// The sections of a rule's documentation.
pub const SECTIONS: [&str; 5] = ["## What it says", "## Why it matters", "## Bad", "## Good", "## How to mend it"];

impl Rule {
    /// A finding of this rule. Its level, its file and what it holds are filled in by the run.
    pub(super) fn finding(&self, message: impl Into<String>) -> Finding {
        Finding::new(self.name, Level::Note, message)
    }
}

/// What a rule has nothing to say without. Found out once for all rules, and before any of them is asked.
#[derive(Clone, Copy)]
pub enum Seeks {
    /// Words with one of these marks.
    Marks(Marks),
    /// One of these phrases among the words. Where they stand, `Subject::hits` tells.
    Phrases(&'static Phrases),
    /// A link or an image in the body.
    Links,
    /// A field of this name in the front matter.
    Field(&'static str),
}

/// What a rule looks at.
pub enum Scope {
    /// The words of one article, in its front matter and in its body.
    Words(fn(&Subject<'_>) -> Vec<Finding>),
    /// One article whole: its front matter, its files, its body. Not asked while the front matter cannot be read.
    Article(fn(&Subject<'_>) -> Vec<Finding>),
    /// All articles side by side.
    Newsroom(fn(&[Card], &Context<'_>) -> Vec<Finding>),
    /// What articles say of other sites, beside what these answered. Not asked where nobody asked them.
    Outside(fn(&[Card], &Answers) -> Vec<Finding>),
    /// What somebody asked to leave out, once it is known what that was.
    Suppressions(fn(&[Suppression]) -> Vec<Finding>),
}

/// When a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// About one article.
    Alone,
    /// Once all articles are known.
    Compared,
    /// Once other sites have answered.
    Answered,
}

impl Scope {
    /// When a rule of this scope is asked.
    pub(super) fn turn(&self) -> Turn {
        match self {
            Self::Words(_) | Self::Article(_) | Self::Suppressions(_) => Turn::Alone,
            Self::Newsroom(_) => Turn::Compared,
            Self::Outside(_) => Turn::Answered,
        }
    }
}

/// What a rule weighs while an article is at each stage; none is silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// While it is written.
    pub draft: Option<Level>,
    /// While colleagues read it.
    pub review: Option<Level>,
    /// Once it is public, and in a correction of it.
    pub published: Option<Level>,
    /// The first stage that it keeps an article from; none when it never holds a move.
    pub holds: Option<Hold>,
}

/// The first stage that a finding keeps an article from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// It can be neither sent nor published.
    Review,
    /// It can be sent, and not published.
    Published,
}

impl Hold {
    /// The stage's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => Stage::Review.as_str(),
            Self::Published => Stage::Published.as_str(),
        }
    }
}

impl Levels {
    /// Wrong at every stage: what is written cannot be meant.
    pub const ALWAYS: Self = Self::every(Some(Level::Error), Some(Hold::Review));
    /// A draft is told; it can be neither sent nor published.
    pub const FROM_REVIEW: Self = Self { draft: Some(Level::Warning), ..Self::ALWAYS };
    /// A draft is told; it can be sent, and not published.
    pub const FROM_PUBLICATION: Self = Self { holds: Some(Hold::Published), ..Self::FROM_REVIEW };
    /// Read from prose, so it may be mistaken: told, and holds nothing.
    pub const ADVICE: Self = Self::every(Some(Level::Warning), None);
    /// Worth knowing, and often meant: told softly, and holds nothing.
    pub const HINT: Self = Self::every(Some(Level::Note), None);

    const fn every(level: Option<Level>, holds: Option<Hold>) -> Self {
        Self { draft: level, review: level, published: level, holds }
    }

    /// The same level at every stage: what a newsroom sets in `[check]`. An error holds every move.
    pub fn set(level: Level) -> Self {
        Self::every(Some(level), (level == Level::Error).then_some(Hold::Review))
    }

    /// The level while an article is at `stage`.
    pub fn at(self, stage: Stage) -> Option<Level> {
        match stage {
            // What is abandoned or withdrawn must not be held up.
            Stage::Draft | Stage::Spiked | Stage::Withdrawn => self.draft,
            Stage::Review => self.review,
            Stage::Published => self.published,
        }
    }
}

/// Whether `finding` keeps its article from reaching `to`: what `submit` and `publish` ask.
pub fn holds(finding: &Finding, to: Stage) -> bool {
    match finding.holds {
        Some(first) if first == Hold::Review.as_str() => matches!(to, Stage::Review | Stage::Published),
        Some(_) => to == Stage::Published,
        None => finding.level == Level::Error,
    }
}

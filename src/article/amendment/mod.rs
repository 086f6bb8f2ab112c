//! Change records: what changed in words that readers have seen, as the article's own front matter tells it.
//!
//! A record is one `[[changes]]` table: kind, date, note and, where it puts right an earlier note, which. Records are
//! counted from 1 in the order in which they stand; as those that readers have seen never change, go or move, a number
//! names one note for ever. Whether a change tells readers what it changed is decided by [`told`], for a move that is
//! about to be made and for one that was made long ago alike.

mod between;
mod draft;
mod figures;
mod record;
mod refile;
mod write;

pub use between::{Side, Telling, Untold, keeps_notes, recalls, told};
pub use draft::drafted;
pub use figures::untold_figures;
pub use record::{Label, Told, records};
pub use refile::word_changed;
pub use write::{Noting, noted, recalled};

use std::fmt;
use std::str::FromStr;

/// What sort of change of public words it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amendment {
    /// What stood there was wrong.
    Correction,
    /// What stood there was right and could be misread.
    Clarification,
    /// There is more to tell than there was.
    Update,
    /// The editors have something to say about it.
    EditorsNote,
    /// No word changed: typography, punctuation, a link that was broken.
    Refile,
}

impl Amendment {
    /// All of them, the gravest first.
    pub const ALL: [Self; 5] = [Self::Correction, Self::Clarification, Self::Update, Self::EditorsNote, Self::Refile];

    /// The word that stands in the change record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Clarification => "clarification",
            Self::Correction => "correction",
            Self::EditorsNote => "editors-note",
            Self::Refile => "refile",
        }
    }

    /// Whether readers are shown the note. A refile is kept in the register and shown nowhere else.
    pub fn is_shown(self) -> bool {
        self != Self::Refile
    }

    /// Whether it may put right an earlier note.
    pub fn may_correct(self) -> bool {
        matches!(self, Self::Correction | Self::Clarification | Self::EditorsNote)
    }
}

impl fmt::Display for Amendment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// A word that names no kind of change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of change (correction, clarification, update, editors-note, refile)")]
pub struct UnknownAmendment(pub String);

impl FromStr for Amendment {
    type Err = UnknownAmendment;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| UnknownAmendment(word.to_owned()))
    }
}

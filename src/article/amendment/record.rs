//! Change records, read.

use toml::value::Datetime;

use super::Amendment;
use crate::article::front::{Data, Table};
use crate::article::{Document, Withdrawal};

/// What a change record calls itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A change of public words.
    Change(Amendment),
    /// Public words that went.
    Withdrawal(Withdrawal),
    /// Neither: written by hand, or by something else than desk.
    Other,
}

impl Label {
    /// The word for programs: that of the record, `change` where it has none that is known.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change(kind) => kind.as_str(),
            Self::Withdrawal(kind) => kind.as_str(),
            Self::Other => "change",
        }
    }

    /// Whether readers are shown it.
    pub fn is_shown(self) -> bool {
        self != Self::Change(Amendment::Refile)
    }
}

/// One change record.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its number, from 1.
    pub number: usize,
    /// What it calls itself.
    pub label: Label,
    /// When it was written.
    pub date: Option<Datetime>,
    /// What it says; empty where it says nothing.
    pub note: String,
    /// The number of the earlier note that it puts right.
    pub corrects: Option<usize>,
}

/// The change records of an article, in order.
pub fn records(document: &Document) -> Vec<Told> {
    document.tables_of("changes").into_iter().enumerate().map(|(at, table)| read(at + 1, table)).collect()
}

fn read(number: usize, table: &Table) -> Told {
    let word = table.text("kind").unwrap_or_default();
    let label = match (word.parse(), word.parse()) {
        (Ok(kind), _) => Label::Change(kind),
        (_, Ok(kind)) => Label::Withdrawal(kind),
        _ => Label::Other,
    };
    let corrects = match table.get("corrects").map(|value| &value.data) {
        Some(Data::Integer(other)) => usize::try_from(*other).ok(),
        _ => None,
    };
    Told {
        number,
        label,
        date: table.get("date").and_then(|value| value.as_datetime()).copied(),
        note: table.text("note").unwrap_or_default().to_owned(),
        corrects: corrects.filter(|&other| (1..number).contains(&other)),
    }
}

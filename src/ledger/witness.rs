//! What somebody else wrote down of a person's word: a review on a forge, with the words that were seen when it was given.

use std::fmt;
use std::str::FromStr;

use super::{InvalidStatement, Who, escape};
use crate::article::ObjectId;

/// Whoever wrote it down, and what they saw.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Witness {
    /// Who.
    pub by: Who,
    /// The repository on its forge: `github.com/post/desk`.
    pub place: String,
    /// The pull request.
    pub request: u64,
    /// The review.
    pub review: u64,
    /// The number of the account that gave it.
    pub account: u64,
    /// The commit whose words were seen.
    pub commit: ObjectId,
    /// How that is known.
    pub ground: Ground,
}

/// How it is known what somebody saw. The surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// It was there when the forge told of the review.
    Event,
    /// The forge's own history of pushes says where the branch stood then.
    History,
    /// The forge keeps the commit that a review was given for.
    Commit,
}

impl Ground {
    const ALL: [Self; 3] = [Self::Event, Self::History, Self::Commit];

    /// The word that stands in the statement.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::History => "history",
            Self::Commit => "commit",
        }
    }
}

const WITNESS: &str = "witness: ";
const SEEN: &str = "seen: ";

impl fmt::Display for Witness {
    /// The two lines that follow a statement's own.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, place, request, review, account, commit, ground } = self;
        let place = escape::line(place, &[' ']);
        writeln!(out, "{WITNESS}{by}")?;
        writeln!(out, "{SEEN}{place} {request} {review} {account} {commit} {}", ground.as_str())
    }
}

impl Witness {
    /// Reads what [`fmt::Display`] wrote, of the lines that follow a statement's own; none where there is no such line.
    pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Option<Self>, InvalidStatement> {
        let invalid = || InvalidStatement::Value("witness");
        let (mut by, mut seen) = (None, None);
        for line in lines {
            by = by.or(line.strip_prefix(WITNESS));
            seen = seen.or(line.strip_prefix(SEEN));
        }
        let (Some(by), Some(seen)) = (by, seen) else {
            return if by.is_none() && seen.is_none() { Ok(None) } else { Err(invalid()) };
        };
        let parts: Vec<&str> = seen.split(' ').collect();
        let [place, request, review, account, commit, ground] = parts[..] else { return Err(invalid()) };
        fn number<T: FromStr>(text: &str) -> Result<T, InvalidStatement> {
            text.parse().map_err(|_| InvalidStatement::Value("witness"))
        }
        Ok(Some(Self {
            by: by.parse()?,
            place: escape::unline(place).ok_or_else(invalid)?,
            request: number(request)?,
            review: number(review)?,
            account: number(account)?,
            commit: number(commit)?,
            ground: Ground::ALL.into_iter().find(|one| one.as_str() == ground).ok_or_else(invalid)?,
        }))
    }
}

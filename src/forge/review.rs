//! What reviewers said.

use jiff::Timestamp;

use super::pull_request::CommitId;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct User {
    /// Its number, which it keeps when its name changes.
    pub id: u64,
    /// Its name.
    pub login: String,
}

/// A time as forges write it (RFC 3339); none for what is no time.
pub(super) fn time(written: Option<String>) -> Option<Timestamp> {
    written?.parse().ok()
}

/// What a review says of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// Yes.
    Approved,
    /// No, not like this.
    ChangesRequested,
    /// Neither.
    Commented,
    /// It was taken back by somebody else, whatever it said.
    Dismissed,
}

/// A review as the forge has it. What it was a review *of* is for others to find out: the commit that a forge names
/// may be one that the reviewer never saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its number.
    pub id: u64,
    /// Who gave it; none when the account is gone.
    pub by: Option<User>,
    /// What it says.
    pub opinion: Opinion,
    /// When it was given.
    pub at: Option<Timestamp>,
    /// The commit that the forge names. GitHub names another one when a branch is pushed with the same difference.
    pub commit: Option<CommitId>,
    /// Whether the forge itself calls it out of date.
    pub stale: bool,
    /// Its words.
    pub text: String,
}

/// Something a reviewer wrote beside a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its number.
    pub id: u64,
    /// The remark that it answers.
    pub answers: Option<u64>,
    /// Who wrote it.
    pub by: Option<User>,
    /// When.
    pub at: Option<Timestamp>,
    /// The file.
    pub path: String,
    /// The line in the file as it stood at [`Remark::commit`], counted from 1.
    pub line: Option<u32>,
    /// The commit it was written about.
    pub commit: Option<CommitId>,
    /// Its words.
    pub text: String,
}

/// Where a branch stood from some time on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadAt {
    /// The commit.
    pub commit: CommitId,
    /// Since when, by the forge's clock.
    pub since: Timestamp,
}

/// A review to be given.
#[derive(Debug, Clone, Copy)]
pub struct NewReview<'a> {
    /// The commit it is of.
    pub commit: &'a CommitId,
    /// What it says.
    pub opinion: Opinion,
    /// Its words.
    pub text: &'a str,
}

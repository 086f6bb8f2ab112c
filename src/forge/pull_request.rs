//! Pull requests.

use std::fmt;

use super::review::User;

/// The name of a commit, as a forge writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(String);

impl CommitId {
    /// Takes the name of a commit; none for anything else.
    pub fn new(name: &str) -> Option<Self> {
        let sound = matches!(name.len(), 40 | 64) && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        // All zeros is how forges write that there was none.
        (sound && name.bytes().any(|byte| byte != b'0')).then(|| Self(name.to_owned()))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a pull request in its repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub u64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a pull request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits.
    Open,
    /// It was closed, and nothing of it landed by it.
    Closed,
    /// It was merged.
    Merged,
}

/// A pull request as the forge has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRequest {
    /// Its number.
    pub number: Number,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Whether its author says that it is not ready.
    pub draft: bool,
    /// The branch it brings, without `refs/heads/`.
    pub branch: String,
    /// Whose repository that branch is in, and what it is called; none when that repository is gone.
    pub from: Option<(String, String)>,
    /// Where that branch stands.
    pub head: CommitId,
    /// The branch it is to land on.
    pub base: String,
    /// Who opened it; none when the account is gone.
    pub author: Option<User>,
    /// Who merged it, where the forge tells; it does when it is asked for one pull request.
    pub merged_by: Option<User>,
    /// The labels on it.
    pub labels: Vec<String>,
    /// Who was asked to review it and has not answered.
    pub asked: Vec<User>,
}

/// A pull request to be opened or renewed.
#[derive(Debug, Clone, Copy)]
pub struct NewPullRequest<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text, in Markdown.
    pub text: &'a str,
    /// The branch it brings.
    pub branch: &'a str,
    /// The branch it is to land on.
    pub base: &'a str,
    /// The labels it is to have. Of the labels that begin with [`NewPullRequest::LABELS`] it keeps no others.
    pub labels: &'a [&'a str],
    /// The accounts that are to review it.
    pub reviewers: &'a [&'a str],
}

impl NewPullRequest<'_> {
    /// How the labels begin that are desk's to give and to take.
    pub const LABELS: &'static str = "desk: ";
}

/// A pull request that was opened or renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// It.
    pub request: PullRequest,
    /// Whether it was there before.
    pub renewed: bool,
    /// What could not be asked of the forge beside it, with what it said.
    pub not_done: Vec<String>,
}

/// How the words of a pull request land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By a commit with two parents.
    Merge,
    /// By one commit on top.
    Squash,
    /// By the commits of the branch, written anew on top.
    Rebase,
}

/// A merge to be done.
#[derive(Debug, Clone, Copy)]
pub struct Merge<'a> {
    /// Where the branch must stand. Nothing else is merged.
    pub head: &'a CommitId,
    /// How.
    pub method: Method,
    /// The first line of the commit's message.
    pub title: &'a str,
    /// The rest of it.
    pub message: &'a str,
}

/// What became of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// It landed. What landed is to be fetched and held against what was meant to.
    Landed,
    /// Somebody pushed to the branch in between: nothing was merged.
    HeadMoved,
    /// The public version has moved in between: nothing was merged.
    BaseMoved,
    /// The forge has not made up its mind yet.
    Undecided,
    /// The forge does not merge it, and says why.
    Refused(String),
}

//! How a repository stands on its forge: who asks, what checks say, what protects its branches.

use super::address::Kind;
use super::pull_request::Method;
use super::review::User;

/// What a forge says, or does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It does not say, or not to whoever asks. Never counts in favour.
    #[default]
    Unknown,
}

impl Known {
    /// What two sources say of the same demand: one that makes it is enough.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::No, Self::No) => Self::No,
        }
    }
}

impl From<bool> for Known {
    fn from(is: bool) -> Self {
        if is { Self::Yes } else { Self::No }
    }
}

/// A forge and whoever asks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Which it is.
    pub kind: Kind,
    /// What it says it runs, where it says.
    pub version: Option<String>,
    /// Who asks; none for a token of no person, such as one of a workflow.
    pub me: Option<User>,
    /// Whether it merges nothing but the commit it was told.
    pub pins_heads: Known,
}

/// What a check says of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckState {
    /// It runs, or waits.
    Pending,
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It was not asked, and holds nothing up.
    Skipped,
}

/// One check of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: String,
    /// What it says.
    pub state: CheckState,
    /// The program that says so, where the forge tells.
    pub by: Option<String>,
}

/// What desk says of a commit.
#[derive(Debug, Clone, Copy)]
pub struct NewStatus<'a> {
    /// The name of the check.
    pub name: &'a str,
    /// What it says.
    pub state: CheckState,
    /// In one line.
    pub text: &'a str,
}

/// What protects a branch. The least that any rule of the forge demands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protection {
    /// How many people must approve; none where nothing is known.
    pub people: Option<u32>,
    /// Whether it changes by pull requests alone.
    pub pull_requests: Known,
    /// Whether a push makes approvals stale.
    pub dismisses_stale: Known,
    /// Whether somebody else than the last who pushed must approve.
    pub last_push: Known,
    /// Whether CODEOWNERS must approve.
    pub code_owners: Known,
    /// Whether the branch must have the newest public version in it: nothing lands that was not looked at as it lands.
    pub up_to_date: Known,
    /// The checks that must pass; none where nothing is known.
    pub checks: Option<Vec<String>>,
    /// Whether commits must be signed.
    pub signatures: Known,
    /// Whether history can be rewritten.
    pub force_pushes: Known,
    /// Whether the branch can be deleted.
    pub deletion: Known,
    /// Whether it holds for administrators too.
    pub administrators: Known,
    /// Whether pull requests land by a queue.
    pub queue: Known,
    /// Whether history must be one line, without merges.
    pub linear: Known,
    /// How pull requests may land; none where nothing is known.
    pub methods: Option<Vec<Method>>,
}

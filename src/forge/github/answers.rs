//! What GitHub answers, as far as it is read. Fields that its description allows to be missing are optional here.

use serde::Deserialize;

use super::super::address::Place;
use super::super::pull_request::{CommitId, Number, PullRequest, State};
use super::super::review::{HeadAt, Opinion, Remark, Review, User, time};
use super::super::standing::{Check, CheckState};

#[derive(Deserialize)]
pub(super) struct Account {
    id: u64,
    login: String,
}

impl From<Account> for User {
    fn from(account: Account) -> Self {
        Self { id: account.id, login: account.login }
    }
}

#[derive(Deserialize)]
pub(super) struct Label {
    pub(super) name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct End {
    #[serde(rename = "ref")]
    pub(super) name: String,
    sha: String,
    repo: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    name: String,
    owner: Account,
}

#[derive(Deserialize)]
pub(super) struct Pull {
    pub(super) number: u64,
    title: String,
    body: Option<String>,
    state: String,
    #[serde(default)]
    draft: bool,
    merged_at: Option<String>,
    merged_by: Option<Account>,
    user: Option<Account>,
    pub(super) head: End,
    pub(super) base: End,
    #[serde(default)]
    labels: Vec<Label>,
    requested_reviewers: Option<Vec<Account>>,
}

impl Pull {
    /// Whether it brings `branch` of the repository that branches of `place` are in, into `base`. Of a copy that is gone
    /// only the branch is left.
    pub(super) fn is_of(&self, place: &Place, branch: &str, base: &str) -> bool {
        let is = |home: &Repository| place.has_branches_in(&home.owner.login, &home.name);
        self.head.name == branch && self.base.name == base && self.head.repo.as_ref().is_none_or(is)
    }

    pub(super) fn into_request(self) -> Option<PullRequest> {
        let state = match (self.merged_at.is_some(), self.state.as_str()) {
            (true, _) => State::Merged,
            (false, "open") => State::Open,
            (false, _) => State::Closed,
        };
        Some(PullRequest {
            number: Number(self.number),
            title: self.title,
            text: self.body.unwrap_or_default(),
            state,
            draft: self.draft,
            from: self.head.repo.map(|repository| (repository.owner.login, repository.name)),
            head: CommitId::new(&self.head.sha)?,
            branch: self.head.name,
            base: self.base.name,
            author: self.user.map(Into::into),
            merged_by: self.merged_by.map(Into::into),
            labels: Label::names(self.labels),
            asked: self.requested_reviewers.unwrap_or_default().into_iter().map(Into::into).collect(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ReviewRow {
    id: u64,
    user: Option<Account>,
    #[serde(default)]
    body: Option<String>,
    state: String,
    commit_id: Option<String>,
    submitted_at: Option<String>,
}

impl ReviewRow {
    /// None for a review that is still being written, and for what desk does not know.
    pub(super) fn into_review(self) -> Option<Review> {
        let opinion = match self.state.as_str() {
            "APPROVED" => Opinion::Approved,
            "CHANGES_REQUESTED" => Opinion::ChangesRequested,
            "COMMENTED" => Opinion::Commented,
            "DISMISSED" => Opinion::Dismissed,
            _ => return None,
        };
        Some(Review {
            id: self.id,
            by: self.user.map(Into::into),
            opinion,
            at: time(self.submitted_at),
            commit: self.commit_id.as_deref().and_then(CommitId::new),
            stale: false,
            text: self.body.unwrap_or_default(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ReviewComment {
    id: u64,
    in_reply_to_id: Option<u64>,
    user: Option<Account>,
    created_at: Option<String>,
    path: String,
    line: Option<u32>,
    original_line: Option<u32>,
    commit_id: Option<String>,
    original_commit_id: Option<String>,
    body: String,
}

impl From<ReviewComment> for Remark {
    /// Where it still stands in the newest text, else where it stood when it was written.
    fn from(row: ReviewComment) -> Self {
        let (line, commit) = match row.line {
            Some(line) => (Some(line), row.commit_id),
            None => (row.original_line, row.original_commit_id),
        };
        Self {
            id: row.id,
            answers: row.in_reply_to_id,
            by: row.user.map(Into::into),
            at: time(row.created_at),
            path: row.path,
            line,
            commit: commit.as_deref().and_then(CommitId::new),
            text: row.body,
        }
    }
}

/// A push as the server saw it.
#[derive(Deserialize)]
pub(super) struct Activity {
    after: String,
    timestamp: String,
}

impl Activity {
    /// None where the branch was deleted.
    pub(super) fn into_head(self) -> Option<HeadAt> {
        Some(HeadAt { commit: CommitId::new(&self.after)?, since: self.timestamp.parse().ok()? })
    }
}

#[derive(Deserialize)]
pub(super) struct CheckRuns {
    check_runs: Vec<CheckRun>,
}

#[derive(Deserialize)]
struct CheckRun {
    name: String,
    status: String,
    conclusion: Option<String>,
    app: Option<App>,
}

#[derive(Deserialize)]
struct App {
    slug: Option<String>,
}

impl CheckRuns {
    pub(super) fn into_checks(self) -> Vec<Check> {
        let each = self.check_runs.into_iter();
        each.map(|run| Check {
            state: match (run.status.as_str(), run.conclusion.as_deref()) {
                ("completed", Some("success")) => CheckState::Passed,
                ("completed", Some("neutral" | "skipped")) => CheckState::Skipped,
                ("completed", _) => CheckState::Failed,
                _ => CheckState::Pending,
            },
            name: run.name,
            by: run.app.and_then(|app| app.slug),
        })
        .collect()
    }
}

#[derive(Deserialize)]
pub(super) struct Statuses {
    statuses: Vec<Status>,
}

#[derive(Deserialize)]
struct Status {
    context: String,
    state: String,
}

impl Statuses {
    pub(super) fn into_checks(self) -> Vec<Check> {
        let each = self.statuses.into_iter();
        each.map(|status| Check {
            state: match status.state.as_str() {
                "success" => CheckState::Passed,
                "pending" => CheckState::Pending,
                _ => CheckState::Failed,
            },
            name: status.context,
            by: None,
        })
        .collect()
    }
}

#[derive(Deserialize)]
pub(super) struct Comment {
    pub(super) id: u64,
    body: Option<String>,
    user: Option<Account>,
}

impl Comment {
    pub(super) fn begins_with(&self, mark: &str) -> bool {
        self.body.as_deref().is_some_and(|body| body.lines().next() == Some(mark))
    }

    pub(super) fn by(&self) -> Option<u64> {
        self.user.as_ref().map(|user| user.id)
    }
}

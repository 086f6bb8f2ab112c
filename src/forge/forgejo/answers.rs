//! What Forgejo answers, as far as it is read. Its description requires no field: everything is optional here that
//! desk can do without.

use serde::Deserialize;

use super::super::address::Place;
use super::super::pull_request::{CommitId, Method, Number, PullRequest, State};
use super::super::review::{Opinion, Remark, Review, User, time};
use super::super::standing::{Check, CheckState, Known, Protection};

#[derive(Deserialize)]
pub(super) struct Version {
    pub(super) version: String,
}

#[derive(Deserialize)]
pub(super) struct Account {
    id: i64,
    login: String,
}

impl Account {
    /// None for the place of an account that is gone, which has a number below one.
    pub(super) fn into_user(self) -> Option<User> {
        let id = u64::try_from(self.id).ok().filter(|id| *id > 0)?;
        Some(User { id, login: self.login })
    }
}

fn user(account: Option<Account>) -> Option<User> {
    account.and_then(Account::into_user)
}

#[derive(Deserialize)]
pub(super) struct Label {
    pub(super) id: i64,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct End {
    #[serde(rename = "ref")]
    name: String,
    sha: String,
    repo: Option<Home>,
}

#[derive(Deserialize)]
struct Home {
    name: String,
    owner: Account,
}

#[derive(Deserialize)]
pub(super) struct Pull {
    pub(super) number: u64,
    title: String,
    #[serde(default)]
    body: String,
    state: String,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    merged: bool,
    merged_by: Option<Account>,
    user: Option<Account>,
    head: End,
    base: End,
    labels: Option<Vec<Label>>,
    requested_reviewers: Option<Vec<Account>>,
}

impl Pull {
    /// Whether it brings `branch` of the repository that branches of `place` are in, into `base`.
    pub(super) fn is_of(&self, place: &Place, branch: &str, base: &str) -> bool {
        let is = |home: &Home| place.has_branches_in(&home.owner.login, &home.name);
        self.head.name == branch && self.base.name == base && self.head.repo.as_ref().is_some_and(is)
    }

    pub(super) fn into_request(self) -> Option<PullRequest> {
        let state = match (self.merged, self.state.as_str()) {
            (true, _) => State::Merged,
            (false, "open") => State::Open,
            (false, _) => State::Closed,
        };
        Some(PullRequest {
            number: Number(self.number),
            title: self.title,
            text: self.body,
            state,
            draft: self.draft,
            from: self.head.repo.map(|home| (home.owner.login, home.name)),
            head: CommitId::new(&self.head.sha)?,
            branch: self.head.name,
            base: self.base.name,
            author: user(self.user),
            merged_by: self.merged_by.and_then(Account::into_user),
            labels: self.labels.unwrap_or_default().into_iter().map(|label| label.name).collect(),
            asked: self.requested_reviewers.unwrap_or_default().into_iter().filter_map(Account::into_user).collect(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ReviewRow {
    pub(super) id: u64,
    user: Option<Account>,
    #[serde(default)]
    body: String,
    state: String,
    #[serde(default)]
    commit_id: String,
    #[serde(default)]
    stale: bool,
    #[serde(default)]
    dismissed: bool,
    submitted_at: Option<String>,
    #[serde(default)]
    pub(super) comments_count: u32,
}

impl ReviewRow {
    /// None for a review that is still being written, for a wish for one, and for what desk does not know.
    pub(super) fn into_review(self) -> Option<Review> {
        let opinion = match self.state.as_str() {
            "APPROVED" | "REQUEST_CHANGES" | "COMMENT" if self.dismissed => Opinion::Dismissed,
            "APPROVED" => Opinion::Approved,
            "REQUEST_CHANGES" => Opinion::ChangesRequested,
            "COMMENT" => Opinion::Commented,
            _ => return None,
        };
        Some(Review {
            id: self.id,
            by: user(self.user),
            opinion,
            at: time(self.submitted_at),
            commit: CommitId::new(&self.commit_id),
            stale: self.stale,
            text: self.body,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct LineComment {
    id: u64,
    user: Option<Account>,
    created_at: Option<String>,
    #[serde(default)]
    path: String,
    #[serde(default)]
    position: u32,
    #[serde(default)]
    original_position: u32,
    #[serde(default)]
    commit_id: String,
    #[serde(default)]
    original_commit_id: String,
    #[serde(default)]
    body: String,
}

impl LineComment {
    pub(super) fn into_remark(self) -> Remark {
        let (line, commit) = match self.position {
            0 => (self.original_position, &self.original_commit_id),
            line => (line, &self.commit_id),
        };
        Remark {
            id: self.id,
            answers: None,
            by: user(self.user),
            at: time(self.created_at),
            path: self.path,
            line: Some(line).filter(|line| *line > 0),
            commit: CommitId::new(commit),
            text: self.body,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Statuses {
    statuses: Option<Vec<Status>>,
}

#[derive(Deserialize)]
struct Status {
    context: String,
    status: String,
}

impl Statuses {
    pub(super) fn into_checks(self) -> Vec<Check> {
        let each = self.statuses.unwrap_or_default().into_iter();
        each.map(|status| Check {
            state: match status.status.as_str() {
                "success" | "warning" => CheckState::Passed,
                "skipped" => CheckState::Skipped,
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
    #[serde(default)]
    body: String,
    user: Option<Account>,
}

impl Comment {
    pub(super) fn begins_with(&self, mark: &str) -> bool {
        self.body.lines().next() == Some(mark)
    }

    pub(super) fn by(&self) -> Option<u64> {
        self.user.as_ref().and_then(|user| u64::try_from(user.id).ok())
    }
}

/// A rule that protects branches.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Rule {
    rule_name: String,
    branch_name: String,
    enable_push: bool,
    required_approvals: u32,
    dismiss_stale_approvals: bool,
    ignore_stale_approvals: bool,
    block_on_outdated_branch: bool,
    enable_status_check: bool,
    status_check_contexts: Option<Vec<String>>,
    require_signed_commits: bool,
    apply_to_admins: bool,
    block_admin_merge_override: bool,
    enable_force_push: bool,
}

impl Rule {
    /// What `rules` do for `branch`. A rule for many branches may be for this one: where there is such a rule and none
    /// of the branch's own, nothing is known.
    pub(super) fn of(branch: &str, rules: &[Self]) -> Protection {
        let is = |rule: &&Self| rule.rule_name == branch || (rule.rule_name.is_empty() && rule.branch_name == branch);
        match rules.iter().find(is) {
            Some(rule) => rule.protection(),
            None if rules.iter().any(|rule| rule.rule_name.contains(['*', '?', '[', '{'])) => Protection::default(),
            None => Self { enable_push: true, enable_force_push: true, ..Self::default() }.protection_of(Known::Yes),
        }
    }

    fn protection(&self) -> Protection {
        self.protection_of(Known::No)
    }

    fn protection_of(&self, deletion: Known) -> Protection {
        let contexts = self.status_check_contexts.clone().filter(|_| self.enable_status_check);
        Protection {
            people: Some(self.required_approvals),
            pull_requests: (!self.enable_push).into(),
            dismisses_stale: (self.dismiss_stale_approvals || self.ignore_stale_approvals).into(),
            last_push: Known::No,
            code_owners: Known::No,
            up_to_date: self.block_on_outdated_branch.into(),
            checks: Some(contexts.unwrap_or_default()),
            signatures: self.require_signed_commits.into(),
            force_pushes: self.enable_force_push.into(),
            deletion,
            administrators: (self.apply_to_admins || self.block_admin_merge_override).into(),
            queue: Known::No,
            linear: Known::No,
            methods: None,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Repository {
    allow_merge_commits: Option<bool>,
    allow_squash_merge: Option<bool>,
    allow_rebase: Option<bool>,
}

impl Repository {
    /// How pull requests may land; none where it does not say.
    pub(super) fn methods(&self) -> Option<Vec<Method>> {
        let each = [
            (self.allow_merge_commits?, Method::Merge),
            (self.allow_squash_merge?, Method::Squash),
            (self.allow_rebase?, Method::Rebase),
        ];
        Some(each.into_iter().filter(|(allowed, _)| *allowed).map(|(_, method)| method).collect())
    }
}

//! GitHub, by its REST interface (version 2022-11-28): the public service, its tenants, and servers of one's own.
//!
//! What it is known to do that a reader of its documentation would not expect: a review's `commit_id` is moved to the
//! new head when a push leaves the difference as it was; a merge whose body has no `sha` merges whatever is there; an
//! unknown field of a body is passed over; a commit without any status is "pending".

mod answers;
mod protection;
#[cfg(test)]
mod tests;

use serde_json::json;

use super::address::Place;
use super::error::{Error, Result};
use super::http::{Client, Manners, Verb};
use super::pull_request::{CommitId, Merge, Merged, Method, NewPullRequest, Number, Opened, PullRequest, State};
use super::review::{HeadAt, NewReview, Opinion, Remark, Review};
use super::route::Route;
use super::standing::{About, Check, CheckState, Known, NewStatus, Protection};
use super::token::Token;
use super::{Forge, Kind};
use crate::web::Proxy;
use answers::{Account, Activity, CheckRuns, Comment, Label, Pull, ReviewComment, ReviewRow, Statuses};

const MANNERS: Manners = Manners {
    scheme: "Bearer",
    accept: "application/vnd.github+json",
    headers: &[("x-github-api-version", "2022-11-28")],
    rows: "per_page",
};

/// One repository on GitHub.
pub(super) struct GitHub {
    client: Client,
    place: Place,
    repository: Route,
}

impl GitHub {
    pub(super) fn new(place: &Place, token: Option<Token>, proxy: Option<&Proxy>) -> Self {
        Self {
            client: Client::new(place, token, proxy, MANNERS),
            place: place.clone(),
            repository: Route::new(&["repos", &place.owner, &place.repository]),
        }
    }

    fn pulls(&self) -> Route {
        self.repository.below(&["pulls"])
    }

    fn pull(&self, number: Number) -> Route {
        self.repository.below(&["pulls", &number.to_string()])
    }

    /// A pull request is an issue where its labels and comments are concerned.
    fn issue(&self, number: Number) -> Route {
        self.repository.below(&["issues", &number.to_string()])
    }

    fn read(&self, act: &'static str, pull: Pull) -> Result<PullRequest> {
        pull.into_request().ok_or_else(|| self.client.unreadable(act, "a commit has no name".to_owned()))
    }

    fn newest(&self, act: &'static str, branch: &str, base: &str, state: &str) -> Result<Option<PullRequest>> {
        let head = format!("{}:{branch}", self.place.branch_owner());
        let route = self.pulls().with("head", &head).with("base", base).with("state", state);
        let found: Vec<Pull> = self.client.all(act, &route)?;
        // The forge passes over a filter that it cannot read: what it gives is held against what was asked.
        let ours = found.into_iter().filter(|pull| pull.is_of(&self.place, branch, base));
        ours.max_by_key(|pull| pull.number).map(|pull| self.read(act, pull)).transpose()
    }

    fn renew(&self, request: PullRequest, new: &NewPullRequest<'_>) -> Result<PullRequest> {
        const ACT: &str = "renew the pull request";
        if request.title == new.title && request.text == new.text {
            return Ok(request);
        }
        let body = json!({ "title": new.title, "body": new.text });
        let answer = self.client.send(ACT, Verb::Patch, &self.pull(request.number), &body)?.sound(ACT)?;
        self.read(ACT, answer.read(ACT)?)
    }

    fn begin(&self, new: &NewPullRequest<'_>) -> Result<(PullRequest, bool)> {
        const ACT: &str = "open the pull request";
        let body =
            json!({ "title": new.title, "body": new.text, "head": self.place.head(new.branch), "base": new.base });
        let answer = self.client.send(ACT, Verb::Post, &self.pulls(), &body);
        if !matches!(&answer, Ok(answer) if answer.status == 201) {
            // The answer may have been lost, or somebody else was quicker: what is there now decides.
            if let Some(there) = self.newest(ACT, new.branch, new.base, "open")? {
                return Ok((self.renew(there, new)?, true));
            }
        }
        Ok((self.read(ACT, answer?.sound(ACT)?.read(ACT)?)?, false))
    }

    /// Gives the labels, and takes those of desk's that no longer hold.
    fn label(&self, request: &PullRequest, wanted: &[&str]) -> Result<()> {
        const ACT: &str = "label the pull request";
        let labels = self.issue(request.number).below(&["labels"]);
        let there = |name: &str| request.labels.iter().any(|label| label == name);
        let missing: Vec<&&str> = wanted.iter().filter(|label| !there(label)).collect();
        if !missing.is_empty() {
            self.client.send(ACT, Verb::Post, &labels, &json!({ "labels": missing }))?.sound(ACT)?;
        }
        let own = request.labels.iter().filter(|label| label.starts_with(NewPullRequest::LABELS));
        for label in own.filter(|label| !wanted.contains(&label.as_str())) {
            let answer = self.client.ask(ACT, Verb::Delete, &labels.below(&[label]), None)?;
            if answer.status != 404 {
                answer.sound(ACT)?;
            }
        }
        Ok(())
    }

    fn request_reviews(&self, request: &PullRequest, reviewers: &[&str]) -> Result<()> {
        const ACT: &str = "ask for a review";
        let is = |user: &super::User, name: &str| user.login.eq_ignore_ascii_case(name);
        let author = |name: &str| request.author.as_ref().is_some_and(|author| is(author, name));
        let asked = |name: &str| request.asked.iter().any(|user| is(user, name));
        let route = self.pull(request.number).below(&["requested_reviewers"]);
        // One by one: GitHub refuses all of them for one whom it does not know.
        let mut refused = Vec::new();
        for name in reviewers.iter().filter(|name| !author(name) && !asked(name)) {
            let answer = self.client.send(ACT, Verb::Post, &route, &json!({ "reviewers": [name] }))?;
            if let Err(error) = answer.sound(ACT) {
                refused.push(match error {
                    Error::Refused { said, .. } | Error::Forbidden { said, .. } => format!("{name} ({said})"),
                    error => return Err(error),
                });
            }
        }
        match refused.is_empty() {
            true => Ok(()),
            false => Err(Error::Refused { act: ACT, said: refused.join(", ") }),
        }
    }

    /// What became of a merge whose answer was lost.
    fn what_happened(&self, number: Number, merge: &Merge<'_>, error: Error) -> Result<Merged> {
        let now = self.pull_request(number)?;
        match now.state {
            State::Merged if now.head == *merge.head => Ok(Merged::Landed),
            State::Open if now.head != *merge.head => Ok(Merged::HeadMoved),
            _ => Err(error),
        }
    }
}

impl Forge for GitHub {
    fn about(&self) -> Result<About> {
        const ACT: &str = "ask who you are";
        let answer = self.client.ask(ACT, Verb::Get, &Route::new(&["user"]), None)?;
        let version = answer.header("x-github-enterprise-version").map(str::to_owned);
        // A workflow's token is nobody's: GitHub answers it with 403.
        let me = match answer.status {
            403 => None,
            _ => Some(answer.sound(ACT)?.read::<Account>(ACT)?.into()),
        };
        Ok(About { kind: Kind::GitHub, version, me, pins_heads: Known::Yes })
    }

    fn open(&self, new: &NewPullRequest<'_>) -> Result<Opened> {
        const ACT: &str = "look for the pull request";
        let (request, renewed) = match self.newest(ACT, new.branch, new.base, "open")? {
            Some(there) => (self.renew(there, new)?, true),
            None => self.begin(new)?,
        };
        let beside = [self.label(&request, new.labels), self.request_reviews(&request, new.reviewers)];
        let not_done = beside.into_iter().filter_map(|done| Some(done.err()?.to_string())).collect();
        Ok(Opened { request, renewed, not_done })
    }

    fn pull_request(&self, number: Number) -> Result<PullRequest> {
        const ACT: &str = "read the pull request";
        self.read(ACT, self.client.get(ACT, &self.pull(number))?)
    }

    fn find(&self, branch: &str, base: &str) -> Result<Option<PullRequest>> {
        const ACT: &str = "look for the pull request";
        match self.newest(ACT, branch, base, "open")? {
            Some(open) => Ok(Some(open)),
            None => self.newest(ACT, branch, base, "all"),
        }
    }

    fn brought(&self, commit: &CommitId) -> Result<Option<PullRequest>> {
        const ACT: &str = "ask what brought the words";
        let route = self.repository.below(&["commits", commit.as_str(), "pulls"]);
        let found: Vec<Pull> = match self.client.all(ACT, &route) {
            // It does not know the commit.
            Err(Error::NotFound { .. } | Error::Refused { .. }) => Vec::new(),
            other => other?,
        };
        let requests = found.into_iter().map(|pull| self.read(ACT, pull)).collect::<Result<Vec<_>>>()?;
        Ok(requests.into_iter().filter(|request| request.state == State::Merged).max_by_key(|request| request.number))
    }

    fn reviews(&self, number: Number) -> Result<Vec<Review>> {
        let rows: Vec<ReviewRow> = self.client.all("read the reviews", &self.pull(number).below(&["reviews"]))?;
        Ok(rows.into_iter().filter_map(ReviewRow::into_review).collect())
    }

    fn remarks(&self, number: Number) -> Result<Vec<Remark>> {
        let route = self.pull(number).below(&["comments"]);
        let rows: Vec<ReviewComment> = self.client.all("read the remarks", &route)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    fn heads(&self, request: &PullRequest) -> Result<Option<Vec<HeadAt>>> {
        const ACT: &str = "read when the branch was pushed";
        let Some((owner, name)) = &request.from else { return Ok(None) };
        let route = Route::new(&["repos", owner, name, "activity"]);
        let route = route.with("ref", &format!("refs/heads/{}", request.branch)).with("per_page", "100");
        let mut heads: Vec<HeadAt> = Vec::new();
        let mut after: Option<String> = None;
        // Newest first; a page names the cursor of the next.
        for _ in 0..50 {
            let page = after.as_ref().map_or_else(|| route.clone(), |cursor| route.with("after", cursor));
            let answer = self.client.ask(ACT, Verb::Get, &page, None)?;
            if matches!(answer.status, 403 | 404) {
                return Ok(None);
            }
            let answer = answer.sound(ACT)?;
            heads.extend(answer.read::<Vec<Activity>>(ACT)?.into_iter().filter_map(Activity::into_head));
            after = answer.next("after");
            if after.is_none() {
                heads.sort_by_key(|head| head.since);
                return Ok(Some(heads));
            }
        }
        Ok(None)
    }

    fn checks(&self, commit: &CommitId) -> Result<Vec<Check>> {
        const ACT: &str = "read the checks";
        let of = self.repository.below(&["commits", commit.as_str()]);
        let runs = of.below(&["check-runs"]).with("filter", "latest");
        let mut checks = self.client.rows(ACT, &runs, CheckRuns::into_checks)?;
        // Only the newest status of a name counts, and that is what GitHub gives here.
        let statuses = self.client.rows(ACT, &of.below(&["status"]), Statuses::into_checks)?;
        checks.extend(statuses);
        Ok(checks)
    }

    fn protection(&self, branch: &str) -> Result<Protection> {
        protection::read(&self.client, &self.repository, branch)
    }

    fn merge(&self, number: Number, merge: &Merge<'_>) -> Result<Merged> {
        const ACT: &str = "merge the pull request";
        let method = match merge.method {
            Method::Merge => "merge",
            Method::Squash => "squash",
            Method::Rebase => "rebase",
        };
        let body = json!({
            "sha": merge.head.as_str(),
            "merge_method": method,
            "commit_title": merge.title,
            "commit_message": merge.message,
        });
        let route = self.pull(number).below(&["merge"]);
        let answer = match self.client.send(ACT, Verb::Put, &route, &body) {
            Ok(answer) => answer,
            Err(error @ Error::NoAnswer { .. }) => return self.what_happened(number, merge, error),
            Err(error) => return Err(error),
        };
        match answer.status {
            200 => Ok(Merged::Landed),
            // "Head branch was modified", and "Base branch was modified": GitHub says both with 405 or 409.
            405 | 409 if answer.said().to_lowercase().contains("base branch was modified") => Ok(Merged::BaseMoved),
            409 => Ok(Merged::HeadMoved),
            405 | 422 => {
                let now = self.pull_request(number)?;
                match now.state {
                    State::Merged if now.head == *merge.head => Ok(Merged::Landed),
                    _ => Ok(Merged::Refused(answer.said())),
                }
            }
            _ => answer.sound(ACT).map(|_| Merged::Landed),
        }
    }

    fn review(&self, number: Number, review: &NewReview<'_>) -> Result<()> {
        const ACT: &str = "give the review";
        let event = match review.opinion {
            Opinion::Approved => "APPROVE",
            Opinion::ChangesRequested => "REQUEST_CHANGES",
            Opinion::Commented | Opinion::Dismissed => "COMMENT",
        };
        let body = json!({ "commit_id": review.commit.as_str(), "event": event, "body": review.text });
        self.client.send(ACT, Verb::Post, &self.pull(number).below(&["reviews"]), &body)?.sound(ACT).map(drop)
    }

    fn comment(&self, number: Number, mark: &str, text: &str) -> Result<()> {
        const ACT: &str = "write a comment";
        let body = json!({ "body": format!("{mark}\n{text}") });
        let route = self.issue(number).below(&["comments"]);
        let me = self.about()?.me;
        let all: Vec<Comment> = self.client.all(ACT, &route)?;
        let own = |comment: &&Comment| me.as_ref().is_none_or(|me| comment.by().is_some_and(|id| id == me.id));
        let there = all.iter().filter(|comment| comment.begins_with(mark)).find(own);
        let answer = match there {
            Some(comment) => {
                let route = self.repository.below(&["issues", "comments", &comment.id.to_string()]);
                self.client.send(ACT, Verb::Patch, &route, &body)?
            }
            None => self.client.send(ACT, Verb::Post, &route, &body)?,
        };
        answer.sound(ACT).map(drop)
    }

    fn set_status(&self, commit: &CommitId, status: &NewStatus<'_>) -> Result<()> {
        const ACT: &str = "say how the check stands";
        let state = match status.state {
            CheckState::Pending => "pending",
            CheckState::Passed | CheckState::Skipped => "success",
            CheckState::Failed => "failure",
        };
        // GitHub takes 140 characters of it.
        let text: String = status.text.chars().take(140).collect();
        let body = json!({ "state": state, "context": status.name, "description": text });
        let route = self.repository.below(&["statuses", commit.as_str()]);
        self.client.send(ACT, Verb::Post, &route, &body)?.sound(ACT).map(drop)
    }
}

impl Label {
    fn names(labels: Vec<Self>) -> Vec<String> {
        labels.into_iter().filter_map(|label| label.name).collect()
    }
}

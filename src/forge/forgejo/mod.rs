//! Forgejo, Gitea and Codeberg, by their common interface (`/api/v1`).
//!
//! What it is known to do: a review keeps the commit it was given for, and is called stale only when the difference
//! changed; a server older than Gitea 1.19 passes over the commit that a merge is pinned to, and is therefore asked for
//! no merge; labels are numbers; a list's pages are shorter than asked for.

mod answers;
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
use answers::{Account, Comment, Label, LineComment, Pull, Repository, ReviewRow, Rule, Statuses, Version};

const MANNERS: Manners = Manners { scheme: "token", accept: "application/json", headers: &[], rows: "limit" };

/// One repository on a Forgejo.
pub(super) struct Forgejo {
    client: Client,
    place: Place,
    repository: Route,
}

impl Forgejo {
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

    fn issue(&self, number: Number) -> Route {
        self.repository.below(&["issues", &number.to_string()])
    }

    fn read(&self, act: &'static str, pull: Pull) -> Result<PullRequest> {
        pull.into_request().ok_or_else(|| self.client.unreadable(act, "a commit has no name".to_owned()))
    }

    fn newest(&self, act: &'static str, branch: &str, base: &str, state: &str) -> Result<Option<PullRequest>> {
        // Older servers pass over `head` and `base`: what they give is held against what was asked.
        let route = self.pulls().with("state", state).with("base", base).with("head", &self.place.head(branch));
        let found: Vec<Pull> = self.client.all(act, &route)?;
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

    /// Gives the labels that the repository has, and takes those of desk's that no longer hold.
    fn label(&self, request: &PullRequest, wanted: &[&str]) -> Result<()> {
        const ACT: &str = "label the pull request";
        let there = |name: &str| request.labels.iter().any(|label| label == name);
        let dropped = |name: &str| name.starts_with(NewPullRequest::LABELS) && !wanted.contains(&name);
        if wanted.iter().all(|label| there(label)) && !request.labels.iter().any(|label| dropped(label)) {
            return Ok(());
        }
        let known: Vec<Label> = self.client.all(ACT, &self.repository.below(&["labels"]))?;
        let labels = self.issue(request.number).below(&["labels"]);
        let missing = wanted.iter().filter(|label| !there(label));
        let (had, lacking): (Vec<&&str>, Vec<&&str>) =
            missing.partition(|name| known.iter().any(|label| label.name == ***name));
        let ids: Vec<i64> =
            known.iter().filter(|label| had.iter().any(|name| **name == label.name)).map(|label| label.id).collect();
        if !ids.is_empty() {
            self.client.send(ACT, Verb::Post, &labels, &json!({ "labels": ids }))?.sound(ACT)?;
        }
        for label in known.iter().filter(|label| there(&label.name) && dropped(&label.name)) {
            let answer = self.client.ask(ACT, Verb::Delete, &labels.below(&[&label.id.to_string()]), None)?;
            if answer.status != 404 {
                answer.sound(ACT)?;
            }
        }
        match lacking.first() {
            None => Ok(()),
            Some(name) => Err(Error::Refused { act: ACT, said: format!("the repository has no label `{name}`") }),
        }
    }

    fn request_reviews(&self, request: &PullRequest, reviewers: &[&str]) -> Result<()> {
        const ACT: &str = "ask for a review";
        let is = |user: &super::User, name: &str| user.login.eq_ignore_ascii_case(name);
        let author = |name: &str| request.author.as_ref().is_some_and(|author| is(author, name));
        let asked = |name: &str| request.asked.iter().any(|user| is(user, name));
        let route = self.pull(request.number).below(&["requested_reviewers"]);
        let mut refused = Vec::new();
        for name in reviewers.iter().filter(|name| !author(name) && !asked(name)) {
            let answer = self.client.send(ACT, Verb::Post, &route, &json!({ "reviewers": [name] }))?;
            if let Err(error) = answer.sound(ACT) {
                refused.push(match error {
                    Error::Refused { said, .. } | Error::Forbidden { said, .. } => format!("{name} ({said})"),
                    Error::NotFound { .. } => format!("{name} (no such account)"),
                    error => return Err(error),
                });
            }
        }
        match refused.is_empty() {
            true => Ok(()),
            false => Err(Error::Refused { act: ACT, said: refused.join(", ") }),
        }
    }

    fn version(&self) -> Result<String> {
        Ok(self.client.get::<Version>("ask what it runs", &Route::new(&["version"]))?.version)
    }

    fn what_happened(&self, number: Number, merge: &Merge<'_>, error: Error) -> Result<Merged> {
        let now = self.pull_request(number)?;
        match now.state {
            State::Merged if now.head == *merge.head => Ok(Merged::Landed),
            State::Open if now.head != *merge.head => Ok(Merged::HeadMoved),
            _ => Err(error),
        }
    }
}

/// Whether a server of `version` merges nothing but the commit it was told. Forgejo names the Gitea it is like:
/// `9.0.3+gitea-1.22.0`.
fn pins_heads(version: &str) -> Known {
    let gitea = version.split_once("+gitea-").map_or(version, |(_, gitea)| gitea);
    let mut numbers = gitea.split(['.', '-', '+']).map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) => ((major, minor) >= (1, 19)).into(),
        _ => Known::Unknown,
    }
}

impl Forge for Forgejo {
    fn about(&self) -> Result<About> {
        let version = self.version()?;
        let me: Account = self.client.get("ask who you are", &Route::new(&["user"]))?;
        let pins_heads = pins_heads(&version);
        Ok(About { kind: Kind::Forgejo, version: Some(version), me: me.into_user(), pins_heads })
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
        let route = self.repository.below(&["commits", commit.as_str(), "pull"]);
        let found = self.client.find(ACT, &route)?.map(|pull| self.read(ACT, pull)).transpose()?;
        Ok(found.filter(|request| request.state == State::Merged))
    }

    fn reviews(&self, number: Number) -> Result<Vec<Review>> {
        let rows: Vec<ReviewRow> = self.client.all("read the reviews", &self.pull(number).below(&["reviews"]))?;
        Ok(rows.into_iter().filter_map(ReviewRow::into_review).collect())
    }

    fn remarks(&self, number: Number) -> Result<Vec<Remark>> {
        const ACT: &str = "read the remarks";
        let reviews = self.pull(number).below(&["reviews"]);
        let rows: Vec<ReviewRow> = self.client.all(ACT, &reviews)?;
        let mut remarks = Vec::new();
        for row in rows.iter().filter(|row| row.comments_count > 0) {
            let route = reviews.below(&[&row.id.to_string(), "comments"]);
            remarks.extend(self.client.get::<Vec<LineComment>>(ACT, &route)?.into_iter().map(LineComment::into_remark));
        }
        Ok(remarks)
    }

    fn heads(&self, _request: &PullRequest) -> Result<Option<Vec<HeadAt>>> {
        // It does not tell, and a review names the commit that it was given for.
        Ok(None)
    }

    fn checks(&self, commit: &CommitId) -> Result<Vec<Check>> {
        let route = self.repository.below(&["commits", commit.as_str(), "status"]);
        self.client.rows("read the checks", &route, Statuses::into_checks)
    }

    fn protection(&self, branch: &str) -> Result<Protection> {
        const ACT: &str = "read what protects the branch";
        let answer = self.client.ask(ACT, Verb::Get, &self.repository.below(&["branch_protections"]), None)?;
        let mut protection = match answer.status {
            403 | 404 => Protection::default(),
            _ => Rule::of(branch, &answer.sound(ACT)?.read::<Vec<Rule>>(ACT)?),
        };
        let repository: Option<Repository> = self.client.find(ACT, &self.repository)?;
        protection.methods = repository.and_then(|repository| repository.methods());
        Ok(protection)
    }

    fn merge(&self, number: Number, merge: &Merge<'_>) -> Result<Merged> {
        const ACT: &str = "merge the pull request";
        let version = self.version()?;
        if pins_heads(&version) != Known::Yes {
            let missing = "be told which commit to merge: it would merge whatever is there";
            return Err(Error::TooOld { host: self.client.host().to_owned(), version, missing });
        }
        let method = match merge.method {
            Method::Merge => "merge",
            Method::Squash => "squash",
            Method::Rebase => "rebase",
        };
        let body = json!({
            "Do": method,
            "head_commit_id": merge.head.as_str(),
            "MergeTitleField": merge.title,
            "MergeMessageField": merge.message,
        });
        let route = self.pull(number).below(&["merge"]);
        let answer = match self.client.send(ACT, Verb::Post, &route, &body) {
            Ok(answer) => answer,
            Err(error @ Error::NoAnswer { .. }) => return self.what_happened(number, merge, error),
            Err(error) => return Err(error),
        };
        let said = answer.said();
        match answer.status {
            200 => Ok(Merged::Landed),
            409 if said.contains("head out of date") => Ok(Merged::HeadMoved),
            409 if said.contains("push out of date") => Ok(Merged::BaseMoved),
            405 | 409 | 423 => {
                let now = self.pull_request(number)?;
                Ok(match now.state {
                    State::Merged if now.head == *merge.head => Merged::Landed,
                    State::Open if now.head != *merge.head => Merged::HeadMoved,
                    _ if said.to_lowercase().contains("try again later") => Merged::Undecided,
                    _ => Merged::Refused(said),
                })
            }
            _ => answer.sound(ACT).map(|_| Merged::Landed),
        }
    }

    fn review(&self, number: Number, review: &NewReview<'_>) -> Result<()> {
        const ACT: &str = "give the review";
        let event = match review.opinion {
            Opinion::Approved => "APPROVED",
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
        let me = self.client.get::<Account>(ACT, &Route::new(&["user"]))?.into_user();
        // This list has no pages.
        let all: Vec<Comment> = self.client.get(ACT, &route)?;
        let own = |comment: &&Comment| me.as_ref().is_none_or(|me| comment.by() == Some(me.id));
        let answer = match all.iter().filter(|comment| comment.begins_with(mark)).find(own) {
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
        let body = json!({ "state": state, "context": status.name, "description": status.text });
        let route = self.repository.below(&["statuses", commit.as_str()]);
        self.client.send(ACT, Verb::Post, &route, &body)?.sound(ACT).map(drop)
    }
}

//! What Forgejo answers, where it is not what GitHub does: a review keeps its commit, a remark belongs to a review, labels
//! are numbers, nobody tells the log of pushes, and pull requests are listed whatever was asked for.

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::{Account, Hub, Mishap, Pull, Remark, Review, State, answers, merging};

/// The labels that the repository has; their numbers are their places from one on.
const LABELS: [&str; 3] = ["bug", "desk: draft", "desk: review"];

/// What a server is that merges nothing but the commit it was told.
const VERSION: &str = "11.0.1+gitea-1.22.0";

/// The answer; none where it is lost.
pub fn answer(hub: &Hub, request: &Request, route: &str) -> Option<Answer> {
    let mut state = hub.state();
    if route == "/version" {
        return Some(answers::sent(200, json!({ "version": VERSION })));
    }
    let Some(by) = request.by() else { return Some(answers::sent(401, json!({ "message": "token is required" }))) };
    let (status, body) = match route.strip_prefix("/repos/post/desk") {
        None if route == "/user" => (200, user(by)),
        None => not_found(),
        Some(rest) => of_repository(&mut state, request, rest, by)?,
    };
    Some(answers::sent(status, body))
}

fn not_found() -> (u16, Value) {
    (404, json!({ "message": "The target couldn't be found." }))
}

fn of_repository(state: &mut State, request: &Request, rest: &str, by: Account) -> Option<(u16, Value)> {
    let parts: Vec<&str> = rest.trim_start_matches('/').split('/').collect();
    let get = request.method == "GET";
    Some(match &parts[..] {
        [""] => (200, repository(state)),
        ["pulls"] if get => {
            state.follow();
            let wanted = request.query.get("state").cloned().unwrap_or_default();
            let mut each = state.pulls.iter().filter(|pull| wanted == "all" || pull.is_open == (wanted == "open"));
            (200, paged(request, each.by_ref().map(pull_request).collect()))
        }
        ["pulls"] => answers::opened(state, &request.json(), by, pull_request),
        ["branch_protections"] => (200, state.rules.clone()),
        ["labels"] => (200, paged(request, LABELS.into_iter().map(label).collect())),
        ["commits", commit, "pull"] => match state.pulls.iter().find(|pull| pull.landed == *commit) {
            Some(found) => (200, pull_request(found)),
            None => not_found(),
        },
        ["commits", _, "status"] => (200, json!({ "state": "", "statuses": [] })),
        ["statuses", _] | ["issues", _, "comments"] if !get && by == super::LEE => {
            (403, json!({ "message": "user should have a permission to write to a repo" }))
        }
        ["statuses", commit] => answers::status(state, commit, &request.json()),
        ["issues", "comments", id] => answers::commented_anew(state, id, &request.json()),
        ["pulls" | "issues", number, ..] => {
            let number = number.parse().ok()?;
            if state.pull(number).is_none() {
                return Some(not_found());
            }
            return of_pull(state, request, number, (&parts[2..], by));
        }
        _ => not_found(),
    })
}

fn of_pull(state: &mut State, request: &Request, number: u64, (parts, by): (&[&str], Account)) -> Option<(u16, Value)> {
    let (get, sent) = (request.method == "GET", request.json());
    Some(match parts {
        [] => {
            let pull = state.pull(number)?;
            if request.method == "PATCH" {
                let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
                (pull.title, pull.text) = (text("title"), text("body"));
            }
            (if get { 200 } else { 201 }, pull_request(pull))
        }
        ["reviews"] if get => (200, paged(request, reviews(state, number)?)),
        ["reviews"] => return reviewed(state, number, &sent, by),
        ["reviews", id, "comments"] => {
            let place = id.parse::<usize>().ok()?.checked_sub(REMARKS)?;
            (200, json!([remark(place, state.pull(number)?.remarks.get(place)?)]))
        }
        // The list of comments has no pages.
        ["comments"] if get => (200, state.pull(number)?.comments.iter().map(answers::comment).collect()),
        ["comments"] => answers::commented(state, number, &sent, by)?,
        ["labels"] => {
            let ids = sent["labels"].as_array()?.iter().filter_map(Value::as_u64);
            let names = ids.filter_map(|id| LABELS.get(usize::try_from(id).ok()? - 1)).map(|name| (*name).to_owned());
            let names: Vec<String> = names.collect();
            state.pull(number)?.labels.extend(names);
            (200, labels(state.pull(number)?))
        }
        ["labels", id] => {
            let place = id.parse::<usize>().ok()?.checked_sub(1)?;
            state.pull(number)?.labels.retain(|label| label != LABELS[place]);
            (204, Value::Null)
        }
        ["requested_reviewers"] => {
            let pull = state.pull(number)?;
            pull.asked.extend(sent["reviewers"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned));
            (201, json!([]))
        }
        ["merge"] => return merged(state, number, &sent, by),
        _ => not_found(),
    })
}

fn reviewed(state: &mut State, number: u64, sent: &Value, by: Account) -> Option<(u16, Value)> {
    let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    let given = match text("event").as_str() {
        "APPROVED" => "APPROVED",
        "REQUEST_CHANGES" => "CHANGES_REQUESTED",
        _ => "COMMENTED",
    };
    if state.pull(number)?.by == by && given != "COMMENTED" {
        return Some((422, json!({ "message": "approve your own pull is not allowed" })));
    }
    let (id, at) = (state.number(), state.tick());
    let review = Review { id, by: Some(by), state: given, text: text("body"), commit: text("commit_id"), at };
    state.pull(number)?.reviews.push(review);
    state.tick();
    Some((200, reviews(state, number)?.pop()?))
}

/// Where the numbers begin of the reviews that hold one remark each.
const REMARKS: usize = 9000;

fn reviews(state: &mut State, number: u64) -> Option<Vec<Value>> {
    let pull = state.pull(number)?.clone();
    let row = |review: &Review| {
        let given = match review.state {
            "CHANGES_REQUESTED" => "REQUEST_CHANGES",
            "COMMENTED" => "COMMENT",
            // It says that it was dismissed beside what it was.
            _ => "APPROVED",
        };
        json!({ "id": review.id, "user": review.by.map_or(json!({ "id": -1, "login": "Ghost" }), user), "state": given,
                "body": review.text, "commit_id": review.commit, "stale": review.commit != pull.head,
                "official": true, "dismissed": review.state == "DISMISSED", "comments_count": 0,
                "submitted_at": review.at.to_string() })
    };
    let of_remark = |(place, one): (usize, &Remark)| {
        json!({ "id": REMARKS + place, "user": user(one.by), "state": "COMMENT", "body": "", "commit_id": one.commit,
                "comments_count": 1, "submitted_at": one.at.to_string() })
    };
    let remarks = pull.remarks.iter().enumerate().map(of_remark);
    Some(remarks.chain(pull.reviews.iter().map(row)).collect())
}

fn remark(place: usize, one: &Remark) -> Value {
    json!({ "id": place, "user": user(one.by), "path": one.path, "position": one.line, "original_position": 0,
            "commit_id": one.commit, "original_commit_id": "", "body": one.text, "created_at": one.at.to_string() })
}

fn merged(state: &mut State, number: u64, sent: &Value, by: Account) -> Option<(u16, Value)> {
    let mishap = std::mem::replace(&mut state.mishap, Mishap::None);
    if mishap == Mishap::HeadMoves {
        let branch = state.pull(number)?.branch.clone();
        merging::commit_file(state, None, &branch, ["articles/2026/07/pier/index.md", "not these words\n"]);
    }
    let pull = state.pull(number)?;
    let refused = |code, said: &str| Some((code, json!({ "message": said })));
    if !pull.is_open {
        return refused(405, "The PR is already merged or closed");
    }
    if sent["head_commit_id"].as_str().is_some_and(|head| !head.is_empty() && head != pull.head) {
        return refused(409, "head out of date");
    }
    let method = sent["Do"].as_str().unwrap_or_default();
    if !state.methods.contains(&method) {
        return refused(405, "the merge style is not allowed");
    }
    if let Some(said) = merging::forbids(state, number) {
        return refused(405, &said);
    }
    let line = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    let (title, message) = (line("MergeTitleField"), line("MergeMessageField"));
    if merging::merge(state, number, method, by, &title, &message).is_none() {
        return refused(405, "PR is not mergeable");
    }
    (mishap != Mishap::LostAnswer).then_some((200, Value::Null))
}

fn paged(request: &Request, rows: Vec<Value>) -> Value {
    let first = request.query.get("page").is_none_or(|page| page == "1");
    Value::Array(if first { rows } else { Vec::new() })
}

fn repository(state: &State) -> Value {
    let may = |method: &str| state.methods.contains(&method);
    json!({ "id": 1, "name": "desk", "allow_merge_commits": may("merge"), "allow_squash_merge": may("squash"),
            "allow_rebase": may("rebase") })
}

fn user(account: Account) -> Value {
    json!({ "id": account.id, "login": account.login })
}

fn label(name: &str) -> Value {
    json!({ "id": LABELS.iter().position(|known| *known == name).map_or(0, |place| place + 1), "name": name })
}

fn labels(pull: &Pull) -> Value {
    pull.labels.iter().map(|name| label(name)).collect()
}

fn pull_request(pull: &Pull) -> Value {
    let repository = json!({ "name": "desk", "owner": { "id": 1, "login": "post" } });
    let asked = pull.asked.iter().filter_map(|login| super::EVERYBODY.into_iter().find(|one| one.login == login));
    json!({
        "number": pull.number, "title": pull.title, "body": pull.text, "draft": false, "user": user(pull.by),
        "state": if pull.is_open { "open" } else { "closed" }, "merged": pull.merged.is_some(),
        "merged_at": pull.merged.map(|(at, _)| at.to_string()), "merged_by": pull.merged.map(|(_, by)| user(by)),
        "head": { "ref": pull.branch, "sha": pull.head, "repo": { "name": "desk", "owner": pull.owner() } },
        "base": { "ref": pull.base, "sha": "0".repeat(40), "repo": repository },
        "labels": labels(pull), "requested_reviewers": asked.map(user).collect::<Vec<_>>(),
    })
}

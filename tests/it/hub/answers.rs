//! What the interface answers, by GitHub's own description of it.

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::{Account, Hub, Mishap, Pull, Review, State, commits, merging};

/// The answer; none where it is lost.
pub fn answer(hub: &Hub, request: &Request, route: &str) -> Option<Answer> {
    let mut state = hub.state();
    let Some(by) = request.by() else { return Some(sent(401, json!({ "message": "Bad credentials" }))) };
    let (status, body) = match route.strip_prefix("/repos/post/desk") {
        None if route == "/user" => (200, user(by)),
        // Only the repository that a branch is in knows when it was pushed.
        None if route == "/repos/lee/desk/activity" => (200, activity(&state, request, "lee:")),
        None => not_found(),
        Some(rest) => of_repository(&mut state, request, rest, by)?,
    };
    Some(sent(status, body))
}

pub fn sent(status: u16, body: Value) -> Answer {
    if body.is_null() {
        return (status, Vec::new(), Vec::new());
    }
    let bytes = serde_json::to_vec(&body).unwrap();
    (status, vec![("content-type".to_owned(), "application/json".to_owned())], bytes)
}

fn not_found() -> (u16, Value) {
    (404, json!({ "message": "Not Found" }))
}

fn of_repository(state: &mut State, request: &Request, rest: &str, by: Account) -> Option<(u16, Value)> {
    let parts: Vec<&str> = rest.trim_start_matches('/').split('/').collect();
    let get = request.method == "GET";
    Some(match &parts[..] {
        [""] => (200, repository(state)),
        ["pulls"] if get => (200, listed(state, request)),
        ["pulls"] => opened(state, &request.json(), by, pull_request),
        ["activity"] if state.mishap == Mishap::NoLog => (403, json!({ "message": "Forbidden" })),
        ["activity"] => (200, activity(state, request, "")),
        ["commits", commit, "pulls"] => {
            let found = state.pulls.iter().filter(|pull| pull.landed == *commit);
            (200, found.map(pull_request).collect())
        }
        ["rules", "branches", _] => {
            let first = request.query.get("page").is_none_or(|page| page == "1");
            (200, if first { state.rules.clone() } else { json!([]) })
        }
        ["branches", _, "protection"] => (404, json!({ "message": "Branch not protected" })),
        ["commits", _, "check-runs"] => (200, json!({ "total_count": 0, "check_runs": [] })),
        ["commits", commit, "status"] => (200, commits::standing(state, commit)),
        ["commits", commit] => (200, commits::shown(state, commit)),
        // Whoever is a guest here may read, and write nothing.
        ["statuses", _] | ["issues", _, "comments"] if !get && by == super::LEE => {
            (403, json!({ "message": "Resource not accessible by integration" }))
        }
        ["statuses", commit] => status(state, commit, &request.json()),
        ["issues", "comments", id] => commented_anew(state, id, &request.json()),
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
    let rows = |all: Vec<Value>| (200, page(request, all));
    let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    Some(match parts {
        [] => {
            let pull = state.pull(number)?;
            if request.method == "PATCH" {
                (pull.title, pull.text) = (text("title"), text("body"));
            }
            (200, pull_request(pull))
        }
        ["commits"] => {
            let head = state.pull(number)?.head.clone();
            let all = state.git(["rev-list", "--reverse", &format!("main..{head}")]);
            (200, all.lines().map(|commit| commits::shown(state, commit)).collect())
        }
        ["reviews"] if get => rows(state.pull(number)?.reviews.iter().map(review).collect()),
        ["reviews"] => {
            let event = text("event");
            if state.pull(number)?.by == by && event != "COMMENT" {
                return Some((422, json!({ "message": "Can not approve your own pull request" })));
            }
            let (id, at) = (state.number(), state.tick());
            let given = match event.as_str() {
                "APPROVE" => "APPROVED",
                "REQUEST_CHANGES" => "CHANGES_REQUESTED",
                _ => "COMMENTED",
            };
            let (commit, text) = (text("commit_id"), text("body"));
            let new = Review { id, by: Some(by), state: given, text, commit, at };
            let answer = review(&new);
            state.pull(number)?.reviews.push(new);
            state.tick();
            (200, answer)
        }
        ["comments"] if request.path.contains("/pulls/") => rows(remarks(state.pull(number)?)),
        ["comments"] if get => rows(state.pull(number)?.comments.iter().map(comment).collect()),
        ["comments"] => commented(state, number, &sent, by)?,
        ["labels"] if get => (200, labels(state.pull(number)?)),
        ["labels"] => {
            let pull = state.pull(number)?;
            pull.labels.extend(sent["labels"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned));
            (200, labels(pull))
        }
        ["labels", name] => {
            let pull = state.pull(number)?;
            pull.labels.retain(|label| label != name);
            (200, labels(pull))
        }
        ["requested_reviewers"] => {
            let pull = state.pull(number)?;
            pull.asked.extend(sent["reviewers"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned));
            (201, pull_request(pull))
        }
        ["merge"] => return merged(state, number, &sent, by),
        _ => not_found(),
    })
}

fn merged(state: &mut State, number: u64, sent: &Value, by: Account) -> Option<(u16, Value)> {
    let mishap = std::mem::replace(&mut state.mishap, Mishap::None);
    if mishap == Mishap::HeadMoves {
        let branch = state.pull(number)?.branch.clone();
        merging::commit_file(state, None, &branch, ["articles/2026/07/pier/index.md", "not these words\n"]);
    }
    if mishap == Mishap::BaseMoves {
        let rules = state.git(["show", "main:desk.toml"]).replace("people = 2", "people = 3") + "\n";
        merging::commit_file(state, None, "main", ["desk.toml", &rules]);
    }
    let pull = state.pull(number)?;
    let refused = |code, said: &str| Some((code, json!({ "message": said })));
    if !pull.is_open {
        return refused(405, "Pull Request is not mergeable");
    }
    if sent["sha"].as_str().is_some_and(|sha| sha != pull.head) {
        return refused(409, "Head branch was modified. Review and try the merge again.");
    }
    let method = sent["merge_method"].as_str().unwrap_or("merge");
    if !state.methods.contains(&method) {
        return refused(405, "Merge commits are not allowed on this repository.");
    }
    if let Some(said) = merging::forbids(state, number) {
        return refused(405, &said);
    }
    let line = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    let Some(sha) = merging::merge(state, number, method, by, &line("commit_title"), &line("commit_message")) else {
        return refused(405, "Pull Request is not mergeable");
    };
    match mishap {
        Mishap::LostAnswer => None,
        _ => Some((200, json!({ "sha": sha, "merged": true, "message": "Pull Request successfully merged" }))),
    }
}

/// The rows of the page that is asked for.
fn page(request: &Request, all: Vec<Value>) -> Value {
    let number = |name: &str, else_: usize| request.query.get(name).map_or(else_, |text| text.parse().unwrap());
    let (page, each) = (number("page", 1), number("per_page", 30).min(100));
    all.into_iter().skip((page - 1) * each).take(each).collect()
}

/// A pull request begins, as `shown` shows it.
pub fn opened(state: &mut State, sent: &Value, by: Account, shown: fn(&Pull) -> Value) -> (u16, Value) {
    let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    let head = text("head");
    let (fork, branch) = head.split_once(':').map_or((None, &*head), |(_, branch)| (Some(by), branch));
    if state.pulls.iter().any(|pull| pull.is_open && pull.fork == fork && pull.branch == branch) {
        return (
            422,
            json!({ "message": "Validation Failed", "errors": [{ "message": "A pull request already exists" }] }),
        );
    }
    let [title, body, base] = ["title", "body", "base"].map(text);
    state.pulls.push(Pull { fork, ..Pull::new(state, by, [&title, &body, branch, &base]) });
    state.follow();
    (201, shown(&state.pulls[state.pulls.len() - 1]))
}

pub fn status(state: &mut State, commit: &str, sent: &Value) -> (u16, Value) {
    let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    state.statuses.push((commit.to_owned(), text("context"), text("state"), text("description")));
    (201, commits::statuses(state, commit)[0].clone())
}

pub fn commented(state: &mut State, number: u64, sent: &Value, by: Account) -> Option<(u16, Value)> {
    let new = (state.number(), by, sent["body"].as_str().unwrap_or_default().to_owned());
    let answer = comment(&new);
    state.pull(number)?.comments.push(new);
    Some((201, answer))
}

pub fn commented_anew(state: &mut State, id: &str, sent: &Value) -> (u16, Value) {
    let comments = state.pulls.iter_mut().flat_map(|pull| &mut pull.comments);
    match comments.into_iter().find(|(own, ..)| own.to_string() == id) {
        Some(found) => {
            found.2 = sent["body"].as_str().unwrap_or_default().to_owned();
            (200, comment(found))
        }
        None => not_found(),
    }
}

fn listed(state: &mut State, request: &Request) -> Value {
    state.follow();
    let asked = |name: &str| request.query.get(name).map(String::as_str);
    let head = asked("head");
    let wanted = asked("state").unwrap_or("open");
    let found = state.pulls.iter().filter(|pull| {
        let own = if pull.is_open { "open" } else { "closed" };
        let whose = pull.fork.map_or("post", |fork| fork.login);
        head.is_none_or(|head| head == format!("{whose}:{}", pull.branch)) && (wanted == "all" || wanted == own)
    });
    if asked("page").is_some_and(|page| page != "1") { json!([]) } else { found.map(pull_request).collect() }
}

fn activity(state: &State, request: &Request, whose: &str) -> Value {
    let name = format!("{whose}{}", request.query.get("ref").map_or("", String::as_str));
    let of = state.pushes.iter().enumerate().rev().filter(|(_, push)| push.name == name);
    let row = |(id, push): (usize, &super::Pushed)| {
        json!({ "id": id, "node_id": "x", "before": push.before, "after": push.after, "ref": push.name,
                "timestamp": push.at.to_string(), "activity_type": "push", "actor": Value::Null })
    };
    of.map(row).collect()
}

fn repository(state: &State) -> Value {
    let may = |method: &str| state.methods.contains(&method);
    json!({ "id": 1, "name": "desk", "full_name": "post/desk", "url": state.place, "allow_merge_commit": may("merge"), "allow_squash_merge": may("squash"),
            "allow_rebase_merge": may("rebase") })
}

fn user(account: Account) -> Value {
    json!({ "id": account.id, "login": account.login })
}

fn labels(pull: &Pull) -> Value {
    pull.labels.iter().map(|name| json!({ "name": name })).collect()
}

fn pull_request(pull: &Pull) -> Value {
    let place = pull.place.rsplit_once("/pulls/").map(|(place, _)| place);
    let repository = json!({ "name": "desk", "owner": { "id": 1, "login": "post" }, "url": place });
    let asked = pull.asked.iter().filter_map(|login| super::EVERYBODY.into_iter().find(|one| one.login == login));
    json!({
        "url": pull.place, "issue_url": pull.place.replace("/pulls/", "/issues/"), "number": pull.number, "title": pull.title, "body": pull.text, "draft": false, "user": user(pull.by),
        "state": if pull.is_open { "open" } else { "closed" }, "merged": pull.merged.is_some(),
        "merged_at": pull.merged.map(|(at, _)| at.to_string()), "merged_by": pull.merged.map(|(_, by)| user(by)),
        "head": { "ref": pull.branch, "sha": pull.head, "repo": { "name": "desk", "owner": pull.owner() } },
        "base": { "ref": pull.base, "sha": "0".repeat(40), "repo": repository },
        "labels": labels(pull), "requested_reviewers": asked.map(user).collect::<Vec<_>>(),
    })
}

fn review(review: &Review) -> Value {
    json!({ "id": review.id, "user": review.by.map(user), "state": review.state, "body": review.text,
            "commit_id": review.commit, "submitted_at": review.at.to_string() })
}

fn remarks(pull: &Pull) -> Vec<Value> {
    let row = |(id, one): (usize, &super::Remark)| {
        json!({ "id": id, "user": user(one.by), "path": one.path, "line": one.line, "original_line": one.line,
                "commit_id": one.commit, "original_commit_id": one.commit, "body": one.text,
                "created_at": one.at.to_string() })
    };
    pull.remarks.iter().enumerate().map(row).collect()
}

pub fn comment((id, by, text): &(u64, Account, String)) -> Value {
    json!({ "id": id, "user": user(*by), "body": text })
}

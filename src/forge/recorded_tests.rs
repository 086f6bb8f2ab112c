//! What GitHub itself once answered, read by desk's own client: every recorded answer of those that desk asks for, and every
//! recorded no.
//!
//! Needs `DESK_RECORDED`, the file that `tests/peers/recorded.py` writes; without it the tests say that they skipped.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{Error, Result};
use super::github::GitHub;
use super::http::{Client, Manners, Verb};
use super::route::Route;
use super::stand_in::{Asked, Says, StandIn};
use super::token::Token;
use super::{
    CheckState, CommitId, Forge as _, Kind, Known, Merge, Merged, Method, NewPullRequest, Number, Opinion, PullRequest,
    State,
};

/// One answer, and what it was given to.
#[derive(Debug, Clone, Deserialize)]
struct Recorded {
    file: String,
    verb: String,
    path: String,
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Recorded {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn value(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// As the stand-in says it: with every header that a client could heed.
    fn says(&self) -> Says {
        let heeded = ["date", "etag", "link", "location", "retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"];
        let own = heeded.into_iter().filter_map(|name| Some((name, self.header(name)?.to_owned())));
        Says(self.status, own.collect(), self.body.clone())
    }

    /// `GET pulls/_/reviews`: what was asked, whichever it was.
    fn shape(&self) -> String {
        shape(&format!("{} {}", self.verb, self.path))
    }
}

fn shape(line: &str) -> String {
    let (verb, target) = line.split_once(' ').unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().trim_start_matches("/api/v3");
    let mut steps: Vec<&str> = path.trim_matches('/').split('/').collect();
    if steps.first() == Some(&"repos") && steps.len() >= 3 {
        steps.drain(..3);
    }
    for at in 0..steps.len() {
        let named = at > 0 && ["commits", "branches", "statuses"].contains(&steps[at - 1]);
        if named || steps[at].bytes().all(|byte| byte.is_ascii_digit()) {
            steps[at] = "_";
        }
    }
    format!("{verb} {}", steps.join("/"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "what was recorded is a file of this machine, which is not in the project"
)]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn recorded() -> Vec<Recorded> {
    let Some(file) = std::env::var_os("DESK_RECORDED") else {
        eprintln!("SKIPPED: DESK_RECORDED does not name what was recorded of GitHub's answers");
        return Vec::new();
    };
    let text = std::fs::read_to_string(file).expect("what was recorded");
    text.lines().map(|line| serde_json::from_str(line).expect("a recorded answer")).collect()
}

#[expect(clippy::print_stderr, reason = "how much was held against what is what the reader wants to know")]
fn say(counts: &BTreeMap<String, usize>) {
    eprintln!("recorded: {} answers agree", counts.values().sum::<usize>());
    for (shape, count) in counts {
        eprintln!("  {count:3}  {shape}");
    }
}

/// Answers that somebody shortened by hand after they were recorded.
const SHORTENED: [&str; 1] = ["PullRequest.setUp.txt"];

/// A forge that gives `row` to whoever asks in its shape, once for each list, and `others` otherwise.
fn plays(row: &Recorded, others: impl Fn(&str) -> Says + Send + Sync + 'static) -> StandIn {
    let (own, says) = (row.shape(), row.says());
    StandIn::new(Kind::GitHub, move |asked: &Asked, _| match shape(&asked.line) {
        wraps if wraps.ends_with("/check-runs") && is_later(asked) => Says::json(&json!({ "check_runs": [] })),
        _ if is_later(asked) => Says::json(&json!([])),
        asked if asked == own => says.clone(),
        asked => others(&asked),
    })
}

/// Whether this is a list's second page, or a later one.
fn is_later(asked: &Asked) -> bool {
    asked.line.contains("&page=") && !asked.line.ends_with("&page=1")
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a pull request is what was recorded of it.
fn is(request: &PullRequest, said: &Value) -> bool {
    let state = match (said["merged_at"].is_null(), text(said, "/state")) {
        (false, _) => State::Merged,
        (true, "open") => State::Open,
        (true, _) => State::Closed,
    };
    let login = |user: &Option<super::User>| user.as_ref().map(|user| (user.id, user.login.clone()));
    let labels: Vec<&str> = said["labels"].as_array().into_iter().flatten().map(|label| text(label, "/name")).collect();
    let asked = said["requested_reviewers"].as_array().map_or(0, Vec::len);
    json!(request.number.0) == said["number"]
        && (request.title.as_str(), request.text.as_str()) == (text(said, "/title"), text(said, "/body"))
        && (request.branch.as_str(), request.base.as_str()) == (text(said, "/head/ref"), text(said, "/base/ref"))
        && request.head.as_str() == text(said, "/head/sha")
        && (request.state, request.draft) == (state, said["draft"] == true)
        && request.from == owner(said)
        && login(&request.author) == account(&said["user"])
        && login(&request.merged_by) == account(&said["merged_by"])
        && (request.labels.iter().map(String::as_str).eq(labels), request.asked.len()) == (true, asked)
}

fn owner(said: &Value) -> Option<(String, String)> {
    let repository = said.pointer("/head/repo").filter(|repository| !repository.is_null())?;
    Some((text(repository, "/owner/login").to_owned(), text(repository, "/name").to_owned()))
}

fn account(said: &Value) -> Option<(u64, String)> {
    Some((said["id"].as_u64()?, text(said, "/login").to_owned()))
}

/// Whether desk reads `row` as what it says; none where desk asks for no such thing.
fn agrees(row: &Recorded) -> Option<Result<bool>> {
    let said = row.value();
    let rows = || said.as_array().cloned().unwrap_or_default();
    let empty = |_: &str| Says::json(&json!([]));
    // Whoever asks is at home where the recorded branch is.
    let home = owner(&said).or_else(|| rows().iter().find_map(owner));
    let github = |forge: &StandIn| {
        let mut place = forge.place.clone();
        if let Some((owner, name)) = &home {
            (place.owner, place.repository) = (owner.clone(), name.clone());
        }
        GitHub::new(&place, Token::new("t"), None)
    };
    let number = row.path.split('/').find_map(|step| step.parse().ok()).map_or(Number(1), Number);
    let commit = CommitId::new("6dcb09b5b57875f334f61aebed695e2e4193db5e")?;
    let opens = |said: &Value, there: Value| {
        let forge = plays(row, move |_| Says::json(&there));
        let new = NewPullRequest {
            title: "Another",
            text: "text",
            branch: text(said, "/head/ref"),
            base: text(said, "/base/ref"),
            labels: &[],
            reviewers: &[],
        };
        github(&forge).open(&new).map(|opened| is(&opened.request, said))
    };
    Some(match row.shape().as_str() {
        "GET user" => github(&plays(row, empty)).about().map(|about| {
            let me = about.me.map(|me| (me.id, me.login));
            me == account(&said)
        }),
        "GET pulls/_" => github(&plays(row, empty)).pull_request(number).map(|request| is(&request, &said)),
        "GET pulls" => {
            let first = rows().into_iter().find(|said| owner(said).is_some())?;
            let found = github(&plays(row, empty)).find(text(&first, "/head/ref"), text(&first, "/base/ref"));
            found.map(|found| found.is_some_and(|found| rows().iter().any(|said| is(&found, said))))
        }
        "GET commits/_/pulls" => github(&plays(row, empty)).brought(&commit).map(|found| {
            let merged = rows().into_iter().filter(|said| !said["merged_at"].is_null());
            match merged.max_by_key(|said| said["number"].as_u64()) {
                Some(said) => found.is_some_and(|found| is(&found, &said)),
                None => found.is_none(),
            }
        }),
        "GET pulls/_/reviews" => github(&plays(row, empty)).reviews(number).map(|reviews| {
            let given: Vec<Value> = rows().into_iter().filter(|said| said["state"] != "PENDING").collect();
            let same = |(review, said): (&super::Review, &Value)| {
                let opinion = match text(said, "/state") {
                    "APPROVED" => Opinion::Approved,
                    "CHANGES_REQUESTED" => Opinion::ChangesRequested,
                    "DISMISSED" => Opinion::Dismissed,
                    _ => Opinion::Commented,
                };
                (review.opinion, review.text.as_str()) == (opinion, text(said, "/body"))
                    && review.commit.as_ref().map_or("", CommitId::as_str) == text(said, "/commit_id")
                    && review.at.is_some_and(|at| at.to_string() == text(said, "/submitted_at"))
                    && review.by.as_ref().map(|by| (by.id, by.login.clone())) == account(&said["user"])
            };
            reviews.len() == given.len() && reviews.iter().zip(&given).all(same)
        }),
        "GET pulls/_/comments" => github(&plays(row, empty)).remarks(number).map(|remarks| {
            let same = |(remark, said): (&super::Remark, &Value)| {
                (remark.path.as_str(), remark.text.as_str()) == (text(said, "/path"), text(said, "/body"))
                    && remark.by.as_ref().map(|by| (by.id, by.login.clone())) == account(&said["user"])
                    && remark.at.is_some_and(|at| at.to_string() == text(said, "/created_at"))
            };
            remarks.len() == rows().len() && remarks.iter().zip(&rows()).all(same)
        }),
        "GET commits/_/check-runs" => {
            let forge = plays(row, |_| Says::json(&json!({ "state": "pending", "statuses": [] })));
            github(&forge).checks(&commit).map(|checks| {
                let runs = said["check_runs"].as_array().cloned().unwrap_or_default();
                let same = |(check, run): (&super::Check, &Value)| {
                    let passed = run["conclusion"] == "success";
                    check.name == text(run, "/name") && (check.state == CheckState::Passed) == passed
                };
                checks.len() == runs.len() && checks.iter().zip(&runs).all(same)
            })
        }
        "GET commits/_/status" => {
            let forge = plays(row, |_| Says::json(&json!({ "total_count": 0, "check_runs": [] })));
            github(&forge).checks(&commit).map(|checks| {
                let all = said["statuses"].as_array().cloned().unwrap_or_default();
                checks.len() == all.len()
                    && checks.iter().zip(&all).all(|(one, said)| one.name == text(said, "/context"))
            })
        }
        "GET branches/_/protection" => github(&plays(row, empty)).protection("main").map(|protection| {
            let reviews = said.pointer("/required_pull_request_reviews").filter(|reviews| !reviews.is_null());
            // Where a number is not told, none is counted on.
            let people = reviews.map_or(0, |reviews| reviews["required_approving_review_count"].as_u64().unwrap_or(0));
            let all = said.pointer("/enforce_admins/enabled") == Some(&json!(true));
            protection.people.map(u64::from) == Some(people) && (protection.administrators == Known::Yes) == all
        }),
        "GET issues/_/comments" => {
            let forge = plays(row, |asked| match asked {
                "GET user" => Says::json(&json!({ "id": 1, "login": "mina" })),
                _ => Says::json(&json!({})),
            });
            let done = github(&forge).comment(number, "<!-- nobody wrote this -->", "words");
            done.map(|()| forge.lines().last().is_some_and(|line| line.starts_with("POST /issues/")))
        }
        "POST pulls" => opens(&said, json!([])),
        "PATCH pulls/_" => opens(&said, json!([said])),
        "PUT pulls/_/merge" => {
            let merge = Merge { head: &commit, method: Method::Merge, title: "T", message: "M" };
            github(&plays(row, empty)).merge(number, &merge).map(|merged| merged == Merged::Landed)
        }
        _ => return None,
    })
}

#[test]
fn what_github_answered_is_read() {
    let (mut counts, mut faults) = (BTreeMap::new(), Vec::new());
    let sound = |row: &&Recorded| matches!(row.status, 200 | 201) || row.shape().ends_with("/protection");
    for row in recorded().iter().filter(sound).filter(|row| !SHORTENED.contains(&row.file.as_str())) {
        match agrees(row) {
            None => {}
            Some(Ok(true)) => *counts.entry(row.shape()).or_default() += 1,
            Some(read) => faults.push(format!("{}: {} {}: {read:?}", row.file, row.verb, row.path)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if !counts.is_empty() {
        say(&counts);
        assert!(counts.len() >= 10, "answers of only {} kinds were recorded", counts.len());
    }
}

thread_local!(static WAITED: std::cell::RefCell<Vec<u64>> = const { std::cell::RefCell::new(Vec::new()) });

/// What becomes of asking as `row` was asked when the answer is always this one: the error, how often it was asked, and how
/// many seconds were waited each time.
fn asks(row: &Recorded) -> Option<(Error, usize, Vec<u64>)> {
    const MANNERS: Manners = Manners { scheme: "Bearer", accept: "application/json", headers: &[], rows: "per_page" };
    let says = row.says();
    let forge = StandIn::new(Kind::GitHub, move |_, _| says.clone());
    let client = Client::new(&forge.place, Token::new("t"), None, MANNERS);
    let client = client.sleeping(|wait: Duration| WAITED.with_borrow_mut(|all| all.push(wait.as_secs())));
    let (act, route) = ("ask it", Route::new(&["it"]));
    let verb = match row.verb.as_str() {
        "GET" => Verb::Get,
        "POST" => Verb::Post,
        "PUT" => Verb::Put,
        "PATCH" => Verb::Patch,
        _ => Verb::Delete,
    };
    let body = (verb != Verb::Get).then_some(&b"{}"[..]);
    let error = client.ask(act, verb, &route, body).and_then(|answer| answer.sound(act)).err()?;
    Some((error, forge.asked().len(), WAITED.with_borrow_mut(std::mem::take)))
}

#[test]
fn what_github_refused_is_understood() {
    let (mut counts, mut faults) = (BTreeMap::new(), Vec::new());
    for row in recorded().iter().filter(|row| row.status >= 301 && row.status != 304) {
        let Some((error, asked, waited)) = asks(row) else {
            faults.push(format!("{}: {} {} {} is no error", row.file, row.verb, row.path, row.status));
            continue;
        };
        let said = row.value()["message"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        // GitHub's documentation: wait as `retry-after` says, or for a minute when nothing is left and nobody says more.
        let pause = row.header("retry-after").and_then(|seconds| seconds.parse().ok());
        let pause = pause.or_else(|| (row.header("x-ratelimit-remaining") == Some("0")).then_some(60));
        let holds = match (row.status, pause, &error) {
            (301 | 302, _, Error::Moved { .. })
            | (401, _, Error::NotSignedIn { .. })
            | (404, _, Error::NotFound { .. }) => asked == 1,
            (403, Some(pause), Error::Limited { wait, .. }) => (wait.as_secs(), waited) == (pause, vec![pause; 2]),
            (403, None, Error::Forbidden { said: told, .. }) => asked == 1 && waited.is_empty() && told.contains(&said),
            (400 | 409 | 422, _, Error::Refused { said: told, .. }) => asked == 1 && told.contains(&said),
            (500.., _, Error::NoAnswer { .. }) => asked == if row.verb == "GET" { 3 } else { 1 },
            _ => false,
        };
        match holds {
            true => *counts.entry(format!("{} {}", row.status, row.verb)).or_default() += 1,
            false => faults.push(format!("{}: {} {} {}: {error:?}", row.file, row.verb, row.path, row.status)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if !counts.is_empty() {
        say(&counts);
    }
}

#[test]
fn what_github_did_not_send_again_is_read_again() {
    const MANNERS: Manners = Manners { scheme: "Bearer", accept: "application/json", headers: &[], rows: "per_page" };
    let all = recorded();
    let mut counts = BTreeMap::new();
    for (at, row) in all.iter().enumerate().filter(|(_, row)| row.status == 304) {
        let whole = |one: &&Recorded| {
            one.file == row.file
                && one.status == 200
                && shape(&one.path) == shape(&row.path)
                && one.header("etag").is_some()
        };
        let Some(first) = all[..at].iter().rev().find(whole) else { continue };
        let (whole, unchanged, mark) = (first.says(), row.says(), first.header("etag").map(str::to_owned));
        let forge = StandIn::new(Kind::GitHub, move |asked, _| match asked.header("if-none-match") {
            Some(known) if Some(known) == mark.as_deref() => unchanged.clone(),
            _ => whole.clone(),
        });
        let client = Client::new(&forge.place, Token::new("t"), None, MANNERS);
        for _ in 0..2 {
            let read: Result<Value> = client.get("read it", &Route::new(&["it"]));
            assert_eq!(read, Ok(first.value()), "{}", row.file);
        }
        assert!(forge.asked()[1].header("if-none-match").is_some(), "{}", row.file);
        *counts.entry(row.shape()).or_default() += 1;
    }
    if !counts.is_empty() {
        say(&counts);
    }
}

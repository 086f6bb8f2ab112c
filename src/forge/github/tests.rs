//! GitHub as a stand-in plays it.

use serde_json::{Value, json};

use super::*;
use crate::forge::User;
use crate::forge::stand_in::{Asked, Says, StandIn};

const HEAD: &str = "1111111111111111111111111111111111111111";
const OTHER: &str = "2222222222222222222222222222222222222222";

fn pull(number: u64, title: &str) -> Value {
    let end = |name: &str, sha: &str| json!({ "ref": name, "sha": sha, "repo": { "name": "desk", "owner": { "id": 9, "login": "post" } } });
    json!({
        "number": number, "title": title, "body": "the text", "state": "open", "draft": false, "merged_at": null,
        "user": { "id": 1, "login": "mina" }, "head": end("desk/harbor", HEAD), "base": end("main", OTHER),
        "labels": [{ "name": "desk: draft" }, { "name": "port" }], "requested_reviewers": [{ "id": 2, "login": "Jun" }],
    })
}

fn github(forge: &StandIn) -> GitHub {
    GitHub::new(&forge.place, Token::new("t"), None)
}

fn id(name: &str) -> CommitId {
    CommitId::new(name).expect("a commit")
}

fn new<'a>(labels: &'a [&'a str], reviewers: &'a [&'a str]) -> NewPullRequest<'a> {
    NewPullRequest { title: "Harbor", text: "the text", branch: "desk/harbor", base: "main", labels, reviewers }
}

#[test]
fn asked_twice_there_is_one_pull_request() {
    // The forge may pass over what it was asked for.
    let mut other = pull(9, "x");
    other["head"]["ref"] = json!("x");
    let forge = StandIn::new(Kind::GitHub, move |asked, before| match (asked.line.split(' ').next(), before) {
        (Some("GET"), 0) => Says::json(&json!([])),
        (Some("GET"), _) => Says::json(&json!([pull(7, "Old"), other])),
        (Some("POST"), _) if asked.line.ends_with("/pulls") => Says(201, Vec::new(), pull(7, "Harbor").to_string()),
        (Some("PATCH"), _) => Says::json(&pull(7, "Harbor")),
        _ => Says::json(&json!([])),
    });
    let github = github(&forge);
    let first = github.open(&new(&[], &[])).expect("opened");
    assert_eq!((first.request.number, first.renewed), (Number(7), false));
    let second = github.open(&new(&[], &[])).expect("renewed");
    assert_eq!((second.request.number, second.renewed, second.not_done), (Number(7), true, Vec::new()));
    let query = "/pulls?head=post%3Adesk%2Fharbor&base=main&state=open&per_page=100&page=1";
    let labels = "DELETE /issues/7/labels/desk%3A%20draft";
    assert_eq!(
        forge.lines(),
        [&format!("GET {query}"), "POST /pulls", labels, &format!("GET {query}"), "PATCH /pulls/7", labels]
    );
    assert_eq!(
        forge.asked()[1].body,
        json!({ "title": "Harbor", "body": "the text", "head": "desk/harbor", "base": "main" })
    );
}

#[test]
fn a_commit_that_the_forge_does_not_know_was_brought_by_nothing() {
    for status in [404, 422] {
        let said = json!({ "message": "No commit found for SHA" }).to_string();
        let forge = StandIn::new(Kind::GitHub, move |_, _| Says(status, Vec::new(), said.clone()));
        assert_eq!(github(&forge).brought(&id(HEAD)).expect("asked"), None, "{status}");
    }
}

#[test]
fn a_lost_answer_opens_no_second_one() {
    let forge = StandIn::new(Kind::GitHub, |asked, before| match asked.line.starts_with("POST") {
        true => Says::nothing(),
        false if before == 0 => Says::json(&json!([])),
        false => Says::json(&json!([pull(7, "Harbor")])),
    });
    let opened = github(&forge).open(&new(&["desk: draft"], &[])).expect("opened");
    assert_eq!((opened.request.number, opened.renewed), (Number(7), true));
    assert_eq!(forge.lines().iter().filter(|line| line.starts_with("POST")).count(), 1);
}

#[test]
fn labels_and_reviewers_are_asked_for_once_each() {
    let forge = StandIn::new(Kind::GitHub, |asked, _| match asked.line.split(' ').next() {
        Some("GET") => Says::json(&json!([pull(7, "Harbor")])),
        Some("POST") if asked.body == json!({ "reviewers": ["stranger"] }) => Says::status(422, "not a collaborator"),
        _ => Says::json(&json!({})),
    });
    let wanted = new(&["desk: review", "port"], &["mina", "jun", "ana", "stranger"]);
    let opened = github(&forge).open(&wanted).expect("renewed");
    assert_eq!(opened.not_done, ["cannot ask for a review: stranger (not a collaborator)"]);
    let orders: Vec<(String, Value)> = forge
        .asked()
        .into_iter()
        .skip(1)
        .map(|asked| (asked.line.rsplit('/').next().unwrap_or_default().to_owned(), asked.body))
        .collect();
    assert_eq!(
        orders,
        [
            ("labels".to_owned(), json!({ "labels": ["desk: review"] })),
            ("desk%3A%20draft".to_owned(), Value::Null),
            ("requested_reviewers".to_owned(), json!({ "reviewers": ["ana"] })),
            ("requested_reviewers".to_owned(), json!({ "reviewers": ["stranger"] })),
        ]
    );
}

/// What becomes of a merge that is answered by `says`, when the pull request then is `now`.
fn merged(says: Says, now: Value) -> Result<Merged> {
    let forge = StandIn::new(Kind::GitHub, move |asked, _| match asked.line.starts_with("PUT") {
        true => says.clone(),
        false => Says::json(&now),
    });
    let head = id(HEAD);
    let merge = Merge { head: &head, method: Method::Squash, title: "T", message: "M" };
    let answer = github(&forge).merge(Number(7), &merge);
    let order = &forge.asked()[0];
    assert_eq!(order.line, "PUT /api/v3/repos/post/desk/pulls/7/merge");
    let body = json!({ "sha": HEAD, "merge_method": "squash", "commit_title": "T", "commit_message": "M" });
    assert_eq!(order.body, body, "nothing is merged without its commit");
    answer
}

#[test]
fn nothing_merges_but_the_commit_that_was_meant() {
    let open = || pull(7, "Harbor");
    let mut landed = open();
    landed["merged_at"] = json!("2026-11-24T10:00:00Z");
    let mut moved = open();
    moved["head"]["sha"] = json!(OTHER);
    assert_eq!(merged(Says::json(&json!({ "merged": true })), open()), Ok(Merged::Landed));
    assert_eq!(
        merged(Says::status(409, "Head branch was modified. Review and try the merge again."), open()),
        Ok(Merged::HeadMoved)
    );
    assert_eq!(merged(Says::status(405, "Base branch was modified."), open()), Ok(Merged::BaseMoved));
    assert_eq!(merged(Says::status(405, "2 of 3 checks"), open()), Ok(Merged::Refused("2 of 3 checks".to_owned())));
    assert_eq!(merged(Says::status(405, "already merged"), landed.clone()), Ok(Merged::Landed));
    assert!(matches!(merged(Says::status(403, "no"), open()), Err(Error::Forbidden { .. })));
    // The answer was lost: the forge is asked what happened.
    assert_eq!(merged(Says::nothing(), landed), Ok(Merged::Landed));
    assert_eq!(merged(Says::nothing(), moved), Ok(Merged::HeadMoved));
    assert!(matches!(merged(Says::nothing(), open()), Err(Error::NoAnswer { .. })));
}

#[test]
fn reviews_say_what_the_forge_says_and_no_more() {
    let row = |id: u64, state: &str| json!({ "id": id, "user": { "id": 2, "login": "jun" }, "body": "b", "state": state, "commit_id": HEAD, "submitted_at": "2026-11-24T10:00:00Z" });
    let mut ghost = row(3, "APPROVED");
    ghost["user"] = Value::Null;
    ghost["commit_id"] = Value::Null;
    let rows = json!([row(1, "APPROVED"), row(2, "PENDING"), ghost, row(4, "DISMISSED"), row(5, "SOMETHING_NEW")]);
    let forge = StandIn::new(Kind::GitHub, move |_, _| Says::json(&rows));
    let reviews = github(&forge).reviews(Number(7)).expect("read");
    let said: Vec<(u64, Opinion, Option<u64>, bool)> = reviews
        .iter()
        .map(|review| (review.id, review.opinion, review.by.as_ref().map(|by| by.id), review.commit.is_some()))
        .collect();
    let expected = [
        (1, Opinion::Approved, Some(2), true),
        (3, Opinion::Approved, None, false),
        (4, Opinion::Dismissed, Some(2), true),
    ];
    assert_eq!(said, expected);
}

#[test]
fn heads_are_read_by_the_cursor_that_the_forge_names() {
    let push = |after: &str, time: &str| json!({ "after": after, "timestamp": time, "activity_type": "push" });
    let forge = StandIn::new(Kind::GitHub, move |asked: &Asked, _| match asked.line.contains("after=a%3D1") {
        false => {
            Says::json(&json!([push(OTHER, "2026-11-24T11:00:00Z"), push(&"0".repeat(40), "2026-11-24T10:30:00Z")]))
                .with("Link", "<https://evil.example/x?after=a%3D1&before=>; rel=\"next\"")
        }
        true => Says::json(&json!([push(HEAD, "2026-11-24T10:00:00Z")])),
    });
    let github = github(&forge);
    let request = pull(7, "Harbor");
    let request = serde_json::from_value::<answers::Pull>(request).expect("read").into_request().expect("whole");
    let heads = github.heads(&request).expect("read").expect("told");
    let at = |name: &str, time: &str| HeadAt { commit: id(name), since: time.parse().expect("a time") };
    assert_eq!(heads, [at(HEAD, "2026-11-24T10:00:00Z"), at(OTHER, "2026-11-24T11:00:00Z")]);
    assert!(forge.asked().iter().all(|asked| asked.line.contains("ref=refs%2Fheads%2Fdesk%2Fharbor")));

    let silent = StandIn::new(Kind::GitHub, |_, _| Says::status(404, "Not Found"));
    assert_eq!(self::github(&silent).heads(&request), Ok(None));
}

#[test]
fn both_kinds_of_checks_are_read() {
    let forge = StandIn::new(Kind::GitHub, |asked, _| match asked.line.contains("check-runs") {
        true => Says::json(&json!({ "total_count": 2, "check_runs": [
            { "name": "desk", "status": "completed", "conclusion": "success", "app": { "slug": "github-actions" } },
            { "name": "site", "status": "in_progress", "conclusion": null, "app": null },
        ] })),
        // No status at all is "pending" to GitHub; that is no check.
        false => Says::json(&json!({ "state": "pending", "statuses": [] })),
    });
    let checks = github(&forge).checks(&id(HEAD)).expect("read");
    let said: Vec<(&str, CheckState, Option<&str>)> =
        checks.iter().map(|check| (check.name.as_str(), check.state, check.by.as_deref())).collect();
    assert_eq!(said, [("desk", CheckState::Passed, Some("github-actions")), ("site", CheckState::Pending, None)]);
}

#[test]
fn a_workflow_is_nobody() {
    let nobody = StandIn::new(Kind::GitHub, |_, _| Says::status(403, "Resource not accessible by integration"));
    assert_eq!(github(&nobody).about().expect("answered").me, None);
    let somebody = StandIn::new(Kind::GitHub, |_, _| Says::json(&json!({ "id": 1, "login": "mina" })));
    assert_eq!(github(&somebody).about().expect("answered").me, Some(User { id: 1, login: "mina".to_owned() }));
}

#[test]
fn a_comment_is_renewed_and_not_heaped_up() {
    let forge = StandIn::new(Kind::GitHub, |asked, _| match asked.line.as_str() {
        line if line.ends_with("/user") => Says::json(&json!({ "id": 1, "login": "mina" })),
        line if line.starts_with("GET") => Says::json(&json!([
            { "id": 5, "body": "<!-- desk -->\nof another", "user": { "id": 2, "login": "jun" } },
            { "id": 6, "body": "<!-- desk -->\nold", "user": { "id": 1, "login": "mina" } },
        ])),
        _ => Says::json(&json!({})),
    });
    github(&forge).comment(Number(7), "<!-- desk -->", "new").expect("written");
    let order = forge.asked().pop().expect("an order");
    assert_eq!(order.line, "PATCH /api/v3/repos/post/desk/issues/comments/6");
    assert_eq!(order.body, json!({ "body": "<!-- desk -->\nnew" }));
}

#[test]
fn protection_is_what_either_kind_of_rule_demands() {
    let rules = json!([
        { "type": "pull_request", "parameters": { "required_approving_review_count": 1, "dismiss_stale_reviews_on_push": true, "allowed_merge_methods": ["merge", "squash"] } },
        { "type": "required_status_checks", "parameters": { "required_status_checks": [{ "context": "desk" }], "strict_required_status_checks_policy": true } },
        { "type": "deletion" },
    ]);
    let classic = json!({ "required_pull_request_reviews": { "required_approving_review_count": 2 }, "enforce_admins": { "enabled": true }, "allow_force_pushes": { "enabled": false } });
    let read = |rules: Says, classic: Says| {
        let forge = StandIn::new(Kind::GitHub, move |asked, _| match asked.line.contains("/rules/") {
            true => rules.clone(),
            false => classic.clone(),
        });
        github(&forge).protection("main").expect("read")
    };
    let both = read(Says::json(&rules), Says::json(&classic));
    assert_eq!(
        (both.people, both.dismisses_stale, both.up_to_date, both.administrators),
        (Some(2), Known::Yes, Known::Yes, Known::Yes)
    );
    assert_eq!((both.checks, both.methods), (Some(vec!["desk".to_owned()]), Some(vec![Method::Merge, Method::Squash])));
    assert_eq!((both.force_pushes, both.deletion, both.code_owners), (Known::No, Known::No, Known::No));

    // An older protection that may not be read may demand more: nothing that rules do not settle is known.
    let half = read(Says::json(&rules), Says::status(403, "Resource not accessible by integration"));
    assert_eq!(
        (half.dismisses_stale, half.code_owners, half.force_pushes),
        (Known::Yes, Known::Unknown, Known::Unknown)
    );
    let none = read(Says::json(&json!([])), Says::status(404, "Branch not protected"));
    assert_eq!(
        (none.people, none.pull_requests, none.force_pushes, none.queue),
        (Some(0), Known::No, Known::Yes, Known::No)
    );
    let blind = read(Says::status(404, "Not Found"), Says::status(404, "Not Found"));
    assert_eq!(blind, Protection::default());
}

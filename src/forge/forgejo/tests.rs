//! Forgejo as a stand-in plays it.

use serde_json::{Value, json};

use super::*;
use crate::forge::stand_in::{Says, StandIn};

const HEAD: &str = "1111111111111111111111111111111111111111";
const OTHER: &str = "2222222222222222222222222222222222222222";

fn pull(number: u64) -> Value {
    let end = |name: &str, sha: &str| json!({ "ref": name, "sha": sha, "repo": { "name": "desk", "owner": { "id": 9, "login": "post" } } });
    json!({
        "number": number, "title": "Harbor", "body": "the text", "state": "open", "merged": false,
        "user": { "id": 1, "login": "mina" }, "head": end("desk/harbor", HEAD), "base": end("main", OTHER),
        "labels": [{ "id": 3, "name": "desk: draft" }], "requested_reviewers": null,
    })
}

fn forgejo(forge: &StandIn) -> Forgejo {
    Forgejo::new(&forge.place, Token::new("t"), None)
}

fn new<'a>(labels: &'a [&'a str], reviewers: &'a [&'a str]) -> NewPullRequest<'a> {
    NewPullRequest { title: "Harbor", text: "the text", branch: "desk/harbor", base: "main", labels, reviewers }
}

#[test]
fn a_fork_with_the_same_branch_is_another_pull_request() {
    let mut fork = pull(9);
    fork["head"]["repo"]["owner"] = json!({ "id": 5, "login": "stranger" });
    let forge = StandIn::new(Kind::Forgejo, move |_, _| Says::json(&json!([pull(7), fork, pull(8)])));
    let found = forgejo(&forge).find("desk/harbor", "main").expect("read").expect("there");
    assert_eq!((found.number, found.head.as_str()), (Number(8), HEAD));
    assert_eq!(forge.asked()[0].header("authorization"), Some("token t"));
    assert_eq!(forgejo(&forge).find("desk/ferry", "main"), Ok(None));
}

#[test]
fn labels_are_numbers() {
    let forge = StandIn::new(Kind::Forgejo, |asked, _| match asked.line.as_str() {
        line if line.contains("/labels?") => {
            Says::json(&json!([{ "id": 3, "name": "desk: draft" }, { "id": 4, "name": "desk: review" }]))
        }
        line if line.starts_with("GET") => Says::json(&json!([pull(7)])),
        _ => Says::json(&json!([])),
    });
    let opened = forgejo(&forge).open(&new(&["desk: review", "desk: none"], &[])).expect("renewed");
    assert_eq!(opened.not_done, ["cannot label the pull request: the repository has no label `desk: none`"]);
    let asked = forge.asked();
    assert_eq!(asked[2].body, json!({ "labels": [4] }));
    assert_eq!(forge.lines()[3], "DELETE /issues/7/labels/3");
}

#[test]
fn reviews_keep_the_commit_they_were_given_for() {
    let row = |id: u64, state: &str| json!({ "id": id, "user": { "id": 2, "login": "jun" }, "state": state, "commit_id": HEAD, "stale": id == 2 });
    let mut dismissed = row(3, "APPROVED");
    dismissed["dismissed"] = json!(true);
    let mut ghost = row(5, "APPROVED");
    ghost["user"] = json!({ "id": -1, "login": "Ghost" });
    let rows = json!([row(1, "REQUEST_REVIEW"), row(2, "APPROVED"), dismissed, row(4, "REQUEST_CHANGES"), ghost]);
    let forge = StandIn::new(Kind::Forgejo, move |_, _| Says::json(&rows));
    let reviews = forgejo(&forge).reviews(Number(7)).expect("read");
    let said: Vec<(u64, Opinion, bool, bool)> =
        reviews.iter().map(|review| (review.id, review.opinion, review.stale, review.by.is_some())).collect();
    assert_eq!(
        said,
        [
            (2, Opinion::Approved, true, true),
            (3, Opinion::Dismissed, false, true),
            (4, Opinion::ChangesRequested, false, true),
            (5, Opinion::Approved, false, false),
        ]
    );
    assert!(reviews.iter().all(|review| review.commit.as_ref().is_some_and(|commit| commit.as_str() == HEAD)));
}

fn merged(version: &'static str, says: Says, now: Value) -> (Result<Merged>, Vec<Value>) {
    let forge = StandIn::new(Kind::Forgejo, move |asked, _| match asked.line.as_str() {
        line if line.ends_with("/version") => Says::json(&json!({ "version": version })),
        line if line.starts_with("POST") => says.clone(),
        _ => Says::json(&now),
    });
    let head = CommitId::new(HEAD).expect("a commit");
    let answer =
        forgejo(&forge).merge(Number(7), &Merge { head: &head, method: Method::Merge, title: "T", message: "M" });
    let orders =
        forge.asked().into_iter().filter(|asked| asked.line.starts_with("POST")).map(|asked| asked.body).collect();
    (answer, orders)
}

#[test]
fn nothing_merges_but_the_commit_that_was_meant() {
    let new = "9.0.3+gitea-1.22.0";
    let (answer, orders) = merged(new, Says(200, Vec::new(), String::new()), pull(7));
    assert_eq!(answer, Ok(Merged::Landed));
    assert_eq!(
        orders,
        [json!({ "Do": "merge", "head_commit_id": HEAD, "MergeTitleField": "T", "MergeMessageField": "M" })]
    );
    for (status, said, expected) in [
        (409, "head out of date", Merged::HeadMoved),
        (409, "merge push out of date", Merged::BaseMoved),
        (405, "Please try again later", Merged::Undecided),
        (405, "not enough approvals", Merged::Refused("not enough approvals".to_owned())),
        (423, "archived", Merged::Refused("archived".to_owned())),
    ] {
        assert_eq!(merged(new, Says::status(status, said), pull(7)).0, Ok(expected), "{said}");
    }
    let mut landed = pull(7);
    landed["merged"] = json!(true);
    assert_eq!(merged(new, Says::nothing(), landed).0, Ok(Merged::Landed));
}

#[test]
fn an_old_server_is_asked_for_no_merge() {
    for version in ["1.15.4", "unknown"] {
        let (answer, orders) = merged(version, Says(200, Vec::new(), String::new()), pull(7));
        assert!(matches!(answer, Err(Error::TooOld { .. })), "{answer:?}");
        assert!(orders.is_empty());
    }
}

#[test]
fn protection_is_the_branchs_own_rule() {
    let read = |rules: Value| {
        let forge = StandIn::new(Kind::Forgejo, move |asked, _| match asked.line.ends_with("/branch_protections") {
            true => Says::json(&rules),
            false => {
                Says::json(&json!({ "allow_merge_commits": true, "allow_squash_merge": false, "allow_rebase": false }))
            }
        });
        forgejo(&forge).protection("main").expect("read")
    };
    let rule = json!({ "rule_name": "main", "required_approvals": 2, "enable_push": false, "dismiss_stale_approvals": true,
        "block_on_outdated_branch": true, "enable_status_check": true, "status_check_contexts": ["desk"], "apply_to_admins": true });
    let own = read(json!([rule]));
    assert_eq!(
        (own.people, own.pull_requests, own.dismisses_stale, own.up_to_date),
        (Some(2), Known::Yes, Known::Yes, Known::Yes)
    );
    assert_eq!((own.force_pushes, own.administrators, own.methods), (Known::No, Known::Yes, Some(vec![Method::Merge])));
    let open = read(json!([{ "rule_name": "release" }]));
    assert_eq!(
        (open.people, open.pull_requests, open.force_pushes, open.deletion),
        (Some(0), Known::No, Known::Yes, Known::Yes)
    );
    let perhaps = read(json!([{ "rule_name": "m*" }]));
    assert_eq!((perhaps.people, perhaps.pull_requests), (None, Known::Unknown));
}

#[test]
fn old_servers_are_told_by_their_version() {
    for (version, expected) in [
        ("1.15.4", Known::No),
        ("1.18.5", Known::No),
        ("1.19.0", Known::Yes),
        ("1.24.2+dev-7", Known::Yes),
        ("9.0.3+gitea-1.22.0", Known::Yes),
        ("1.18.5-0+gitea-1.18.5", Known::No),
        ("17.0.0-dev-12-abc+gitea-1.22.0", Known::Yes),
        ("development", Known::Unknown),
        ("", Known::Unknown),
    ] {
        assert_eq!(pins_heads(version), expected, "{version}");
    }
}

//! A client that nobody here wrote, PyGithub, on the forge that the tests play with: what one of the two does the other
//! reads, and what they read is the same.
//!
//! Needs `DESK_PYGITHUB`, a Python that has it; without it the tests say that they skipped. Where Prism can be had,
//! everything goes through it.

use desk::forge::{CheckState, CommitId, Forge, Kind, Number, Opinion, Place, Settings, State, Token, User, connect};
use serde_json::{Value, json};

use crate::hub::{ANA, Account, JUN, MINA};
use crate::newsroom;
use crate::prism::say;
use crate::pull_requests::{PIER, Post};

/// A newsroom, with the other client beside it.
struct Both {
    post: Post,
    python: String,
}

impl Both {
    fn new() -> Option<Self> {
        let Ok(python) = std::env::var("DESK_PYGITHUB") else {
            say("SKIPPED: DESK_PYGITHUB does not name a Python that has PyGithub");
            return None;
        };
        Some(Self { post: Post::new(), python })
    }

    /// Has PyGithub do something with the token of `by`; what came of it.
    #[track_caller]
    fn py<const N: usize>(&self, by: Account, words: [&str; N]) -> Value {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/pygithub.py");
        let interface = format!("{}/api/v3", self.post.hub.url());
        let visit = self.post.newsroom.as_(newsroom::JUN).variable("GH_TOKEN", &by.token());
        let output = visit.run_with(&self.python, [program, &interface, "post/desk"].iter().chain(&words));
        let (_, faults) = self.post.hub.judgement();
        assert!(output.code == Some(0) && faults.is_empty(), "{words:?}: {output}\n{}", faults.join("\n"));
        output.json()
    }

    /// What desk reads of a pull request, in the words in which `tests/peers/pygithub.py` says what PyGithub reads.
    fn desk_reads(&self, number: u64) -> Value {
        let settings = Settings { kind: Some(Kind::GitHub), url: Some(self.post.hub.url()), repository: None };
        let place = Place::of("git@forge.example:post/desk.git", &settings).unwrap().unwrap();
        let forge: Box<dyn Forge> = connect(&place, Token::new(&JUN.token()), None);
        let request = forge.pull_request(Number(number)).unwrap();
        let login = |user: &Option<User>| user.as_ref().map(|user| user.login.clone());
        let opinion = |opinion| match opinion {
            Opinion::Approved => "APPROVED",
            Opinion::ChangesRequested => "CHANGES_REQUESTED",
            Opinion::Commented => "COMMENTED",
            Opinion::Dismissed => "DISMISSED",
        };
        let reviews = forge.reviews(request.number).unwrap().into_iter().map(|review| {
            // PyGithub names a time's zone by its distance.
            let at = review.at.unwrap().to_string().replace('Z', "+00:00");
            let commit = review.commit.as_ref().map(CommitId::as_str);
            json!([review.id, login(&review.by), opinion(review.opinion), commit, at, review.text])
        });
        let remarks = forge.remarks(request.number).unwrap().into_iter();
        let remarks = remarks.map(|remark| json!([login(&remark.by), remark.path, remark.line, remark.text]));
        let checks = forge.checks(&request.head).unwrap().into_iter().map(|check| {
            let state = match check.state {
                CheckState::Pending => "pending",
                CheckState::Passed => "success",
                CheckState::Failed => "failure",
                CheckState::Skipped => "skipped",
            };
            json!([check.name, state])
        });
        json!({
            "number": request.number.0, "title": request.title, "text": request.text,
            "state": match request.state { State::Open => "open", State::Closed => "closed", State::Merged => "merged" },
            "head": request.head.as_str(), "branch": request.branch, "base": request.base,
            "author": login(&request.author), "merged_by": login(&request.merged_by), "labels": request.labels,
            "asked": request.asked.iter().map(|user| user.login.clone()).collect::<Vec<_>>(),
            "reviews": reviews.collect::<Vec<_>>(), "remarks": remarks.collect::<Vec<_>>(),
            "checks": checks.collect::<Vec<_>>(),
        })
    }

    /// Both read the same of a pull request; everything that PyGithub reads of it.
    #[track_caller]
    fn agree(&self, number: u64) -> Value {
        let whole = self.py(ANA, ["read", &number.to_string()]);
        let mut seen = whole.clone();
        let fields = seen.as_object_mut().unwrap();
        let newest = fields.remove("statuses").unwrap();
        let checks = newest.as_array().unwrap().iter().map(|row| json!([row[0], row[1]]));
        fields.insert("checks".to_owned(), checks.collect());
        // desk has no use for these.
        for name in ["commits", "comments", "stands"] {
            assert!(fields.remove(name).is_some(), "{name}");
        }
        assert_eq!(seen, self.desk_reads(number));
        whole
    }
}

#[test]
fn what_desk_sends_is_what_pygithub_reads() {
    let Some(both) = Both::new() else { return };
    let post = &both.post;
    post.sent();
    let line = post.newsroom.read(PIER).lines().position(|line| line.contains("berth 4")).unwrap() as u32 + 1;
    post.hub.browser(JUN).remark(1, PIER, line, "Which berth?");
    assert_eq!(post.mina(["check", "--approvals", "1", "--status", "--comment"]).code, Some(1));
    let seen = both.agree(1);
    assert_eq!((&seen["title"], &seen["author"]), (&json!("Title of pier"), &json!("mina-park")));
    assert_eq!((&seen["labels"], &seen["asked"]), (&json!(["desk: review"]), &json!(["junseo", "ana"])));
    assert_eq!((&seen["remarks"][0][3], &seen["stands"]), (&json!("Which berth?"), &json!("pending")));
    assert_eq!((&seen["statuses"][0][0], seen["comments"].as_array().map(Vec::len)), (&json!("desk"), Some(1)));
    let tip = post.newsroom.git(["rev-parse", "desk/pier"]);
    let commits = seen["commits"].as_array().unwrap();
    assert_eq!(commits.last().unwrap()[0], tip.trim());

    post.jun(["sync"]).ok();
    post.jun(["approve", "pier", "--yes"]).ok();
    post.mina(["check", "--approvals", "1", "--status", "--comment"]).ok();
    let seen = both.agree(1);
    assert_eq!((&seen["reviews"][0][2], &seen["stands"]), (&json!("APPROVED"), &json!("success")));
    post.mina(["publish", "pier"]).ok();
    let seen = both.agree(1);
    assert_eq!((&seen["state"], &seen["merged_by"]), (&json!("merged"), &json!("mina-park")));
}

#[test]
fn what_pygithub_does_desk_understands() {
    let Some(both) = Both::new() else { return };
    let post = &both.post;
    post.newsroom.brief("pier");
    post.mina(["sync"]).ok();
    post.at(newsroom::MINA, MINA).git(["push", "--quiet", "origin", "desk/pier"]);
    let opened = both.py(MINA, ["open", "desk/pier", "Ferry", "By hand"]);
    assert_eq!((&opened["number"], &opened["state"]), (&json!(1), &json!("open")));
    assert_eq!(both.py(MINA, ["open", "desk/pier", "Ferry", "Again"])["refused"], 422);
    both.agree(1);

    // desk takes over what stands there already.
    post.mina(["submit", "pier"]).ok();
    assert_eq!(both.agree(1)["title"], "Title of pier");
    post.stays();
    both.py(ANA, ["review", "1", "COMMENT", "Good, but short."]);
    assert_eq!(both.py(MINA, ["review", "1", "APPROVE", "My own"])["refused"], 422);
    both.py(JUN, ["review", "1", "APPROVE", "Fine \u{2713}"]);
    both.py(JUN, ["comment", "1", "Before noon, please."]);
    both.py(JUN, ["status", "1", "site", "failure", "It does not build"]);
    both.py(JUN, ["status", "1", "site", "success", "It builds"]);
    let seen = both.agree(1);
    assert_eq!(seen["comments"], json!([["junseo", "Before noon, please."]]));
    assert_eq!((&seen["stands"], &seen["statuses"]), (&json!("success"), &json!([["site", "success", "It builds"]])));
    assert!(post.mina(["show", "pier"]).ok().contains("Ana Ruiz, 13:00: Good, but short."));

    // It merges the commit that it names and no other, and what it merged is stamped.
    let head = seen["head"].as_str().unwrap();
    assert_eq!(both.py(JUN, ["merge", "1", &"1".repeat(40), "merge"])["refused"], 409);
    assert_eq!(post.readers_see(), "");
    assert_eq!(both.py(JUN, ["merge", "1", head, "merge"])["merged"], true);
    post.mina(["tick"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    let seen = both.agree(1);
    assert_eq!((&seen["state"], &seen["merged_by"]), (&json!("merged"), &json!("junseo")));
    assert_eq!(both.py(JUN, ["merge", "1", head, "merge"])["refused"], 405);
    post.whole();
}

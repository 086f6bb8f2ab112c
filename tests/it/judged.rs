//! Whole stories on a forge whose every request and every answer is held against the forge's own description of its
//! interface, by Prism, which stands between.

use crate::hub::{ANA, JUN, Make};
use crate::prism::{needed, say};
use crate::pull_requests::{PIER, Post};

/// An article's whole way, with everything that is said of it meanwhile, and its correction, which is merged by hand.
fn story(make: Make, file: &str, least: usize) {
    if needed(file).is_none() {
        return;
    }
    let post = Post::on(make);
    post.sent();
    post.mina(["submit", "pier"]).ok();
    let line = post.newsroom.read(PIER).lines().position(|line| line.contains("berth 4")).unwrap() as u32 + 1;
    post.hub.browser(JUN).remark(1, PIER, line, "Which berth?");
    post.hub.browser(ANA).review(1, "COMMENTED", "Good, but short.");
    assert!(post.mina(["show", "pier"]).ok().contains("Which berth?"));
    let gate = ["check", "--approvals", "1", "--status", "--comment"];
    assert_eq!(post.mina(gate).code, Some(1));
    post.stays();

    // Somebody edits in the browser, and whoever had approved is told to look again.
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    post.stays();
    post.mina(["submit", "pier"]).ok();
    post.jun(["sync"]).ok();
    post.jun(["return", "pier", "--note", "Which berth?"]).ok();
    post.mina(["sync"]).ok();
    post.mina(["submit", "pier"]).ok();
    post.jun(["sync"]).ok();
    post.jun(["approve", "pier", "--yes"]).ok();
    post.mina(gate).ok();
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 6"));

    // A correction that a colleague approves and merges in the browser.
    post.newsroom.edit(PIER, "berth 6", "berth 5");
    post.mina(["correct", "pier", "--kind", "correction", "--note", "It is berth 5."]).ok();
    post.mina(["submit", "pier"]).ok();
    post.hub.browser(JUN).approve(2);
    post.hub.browser(JUN).merge(2, "squash");
    post.mina(["tick"]).ok();
    assert!(post.readers_see().contains("berth 5"));
    post.mina(["doctor"]).ok();
    post.jun(["sync"]).ok();
    post.whole();
    let (judged, _) = post.hub.judgement();
    let unchanged = post.hub.state().unchanged.len();
    say(&format!("{}: {judged} requests and their answers judged, {unchanged} of them not sent again", make.name()));
    assert!(judged >= least, "only {judged} requests were judged");
    assert!(unchanged > 0, "nothing was asked for by its mark");
}

#[test]
fn github_would_ask_and_answer_so() {
    story(Make::GitHub, "github.json", 40);
}

#[test]
fn forgejo_would_ask_and_answer_so() {
    story(Make::Forgejo, "forgejo.json", 40);
}

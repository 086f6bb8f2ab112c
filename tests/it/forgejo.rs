//! The same newsroom on Forgejo: what was agreed to there lands, as the same words, with the same record.

use crate::hub::{JUN, LEE, MINA, Make, Mishap};
use crate::newsroom;
use crate::pull_requests::{PIER, Post};

#[test]
fn what_was_approved_there_lands_and_is_stamped() {
    let post = Post::on(Make::Forgejo);
    post.newsroom.brief("pier");
    insta::assert_snapshot!(post.mina(["submit", "pier"]), @r"
    --- stderr ---
    Saved pier: 6 words changed.
    Sent to Jun Seo and Ana Ruiz: http://[FORGE]/post/desk/pulls/1
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    insta::assert_snapshot!(post.mina(["submit", "pier"]), @r"
    --- stderr ---
    Sent to Jun Seo and Ana Ruiz: http://[FORGE]/post/desk/pulls/1
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    {
        let mut state = post.hub.state();
        let pull = state.pull(1).unwrap();
        assert_eq!(pull.labels, ["desk: review"]);
        assert_eq!(pull.asked, ["junseo", "ana"]);
        assert_eq!(state.pulls.len(), 1);
    }
    post.stays();
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(post.mina(["sync"]), @r"
    --- stderr ---
    pier: approved by Jun Seo (13:00): desk show pier
    [exit 0]
    ");
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    Published: Title of pier, 13:15
      landed through http://[FORGE]/post/desk/pulls/1
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:00
    Mistake? desk correct pier
    [exit 0]
    ");
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
    post.jun(["sync"]).ok();
    post.corrects();
    post.stays();
    post.hub.browser(JUN).approve(2);
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 5"));
    post.whole();
}

#[test]
fn a_yes_and_a_no_from_the_terminal_stand_there_too() {
    let post = Post::on(Make::Forgejo);
    post.sent();
    post.jun(["sync"]).ok();
    post.jun(["approve", "pier", "--yes"]).ok();
    post.jun(["return", "pier", "--note", "Which berth?"]).ok();
    let state = post.hub.state().pull(1).unwrap().clone();
    let given: Vec<_> = state.reviews.iter().map(|review| (review.state, review.by)).collect();
    assert_eq!(given, [("APPROVED", Some(JUN)), ("CHANGES_REQUESTED", Some(JUN))]);
    assert_eq!(state.labels, ["desk: draft"]);
}

#[test]
fn remarks_stand_beside_their_paragraphs() {
    let post = Post::on(Make::Forgejo);
    post.sent();
    let line = post.newsroom.read(PIER).lines().position(|line| line.contains("berth 4")).unwrap() as u32 + 1;
    post.hub.browser(JUN).remark(1, PIER, line, "Which berth?");
    let shown = post.mina(["show", "pier"]).ok();
    assert!(shown.contains("about paragraph 1\n  Jun Seo, 13:00: Which berth?\n"), "{shown}");
}

#[test]
fn what_comes_between_is_seen() {
    for mishap in [Mishap::HeadMoves, Mishap::LostAnswer] {
        let post = Post::on(Make::Forgejo);
        post.sent();
        post.hub.browser(JUN).approve(1);
        post.hub.state().mishap = mishap;
        if mishap == Mishap::HeadMoves {
            post.stays();
            assert!(post.hub.state().pull(1).unwrap().is_open);
        } else {
            post.mina(["publish", "pier"]).ok();
            assert!(post.readers_see().contains("berth 4"));
            post.whole();
        }
    }
}

#[test]
fn what_somebody_merged_there_is_stamped_once_all_agree() {
    for method in ["merge", "squash", "rebase"] {
        let post = Post::on(Make::Forgejo);
        post.sent();
        post.hub.browser(JUN).merge(1, method);
        assert_eq!(post.mina(["tick"]).code, Some(1), "{method}");
        assert_eq!(post.readers_see(), "", "{method}");
        post.jun(["sync"]).ok();
        post.jun(["approve", "pier", "--yes"]).ok();
        post.mina(["tick"]).ok();
        assert!(post.readers_see().contains("berth 4"), "{method}");
        post.whole();
    }
}

#[test]
fn the_required_check_is_set_there() {
    let post = Post::on(Make::Forgejo);
    post.sent();
    let gate = ["check", "--approvals", "1", "--status", "--comment"];
    assert_eq!(post.mina(gate).code, Some(1));
    post.hub.browser(JUN).approve(1);
    post.mina(gate).ok();
    {
        let state = post.hub.state();
        let states: Vec<&str> = state.statuses.iter().map(|(_, _, state, _)| state.as_str()).collect();
        assert_eq!(states, ["pending", "success"]);
        assert_eq!(state.pulls[0].comments.len(), 1);
    }
    // A guest's token may not write there, and the answer is the same.
    post.told(post.at(newsroom::MINA, LEE).run(gate)).ok();
    // The one who submitted may not say yes, whoever's key it is.
    assert_ne!(post.told(post.at(newsroom::MINA, MINA).run(["approve", "pier", "--yes"])).code, Some(0));
}

#[test]
fn what_protects_the_public_version_is_read_there() {
    let post = Post::on(Make::Forgejo);
    let doctor = post.mina(["doctor"]).to_string();
    assert!(doctor.contains("anybody"), "{doctor}");
    post.hub.state().rules = serde_json::json!([{
        "rule_name": "main", "enable_push": false, "required_approvals": 1, "dismiss_stale_approvals": true,
        "block_on_outdated_branch": false, "enable_status_check": true, "status_check_contexts": ["desk"],
        "apply_to_admins": true,
    }]);
    insta::assert_snapshot!(post.mina(["doctor"]), @r#"
    ok      git 2.47.3
    ok      Port Alder Post, with 3 on the staff list
    ok      kinds of article: brief, news and opinion
    ok      you are Mina Park <mina@post.example>: writer, admin, editorial
    note    what you say is not signed
            a yes without a signature is recorded as claimed, not as proved
            git config gpg.format ssh && git config user.signingKey ~/.ssh/id_ed25519.pub
    ok      this folder shows the public version (`main`)
    note    commits made with git itself are not checked
            desk setup hooks
    note    git is told to keep nothing safe against a power cut (core.fsync = none)
            so desk waits for no disk either: what it said is done may be lost
            git config --unset core.fsync
    ok      pull requests are on [FORGE], where you are mina-park
    note    the public version changes by pull requests alone, and stamps are pushed
            what landed stays hidden, or without its record, until somebody may push the stamp
            let desk's workflow pass by that rule, or: stamp = "submit" under [review] in desk.toml
    note    a pull request may land next to words that came after it was read
            what lands is then put together by the forge, and desk finds out afterwards
            require branches to be up to date before they land
    [exit 0]
    "#);
}

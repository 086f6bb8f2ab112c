//! What comes between a yes and the landing of a pull request: other words under the same patch, other rules, other people,
//! and many reviews.

use crate::hub::{ANA, JUN, LEE, Mishap, merging};
use crate::pull_requests::{PIER, Post};

/// Mina's correction of public words, which Jun has read and agreed to.
fn agreed() -> Post {
    let post = Post::new();
    post.public();
    post.corrects();
    post.hub.browser(JUN).approve(2);
    post
}

/// The branch is written anew on other words, so that its last commit changes just what it changed before.
#[test]
fn the_same_patch_over_other_words_is_not_what_was_agreed_to() {
    let post = agreed();
    {
        let state = post.hub.state();
        let (tip, scratch) = (state.git(["rev-parse", "desk/pier"]), state.repository.join("scratch.git"));
        let run = |args: &[&str]| crate::hub::git(&scratch, args.iter().copied());
        state.git(["clone", "--quiet", ".", &scratch.to_string_lossy()]);
        run(&["checkout", "--quiet", "-B", "desk/pier", "origin/main"]);
        let text = std::fs::read_to_string(scratch.join(PIER)).unwrap();
        let other = text.replace("Title of pier", "A title that nobody has read");
        assert_ne!(other, text);
        std::fs::write(scratch.join(PIER), other).unwrap();
        run(&["commit", "--quiet", "--all", "--message", "other words"]);
        run(&["cherry-pick", "--allow-empty", &format!("origin/main..{tip}")]);
        let patch = |commit: &str| {
            run(&["diff", &format!("{commit}^!"), "--unified=0"]).lines().skip(4).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(patch(&tip), patch("HEAD"), "the same patch");
        run(&["push", "--quiet", "--force", "origin", "desk/pier"]);
        assert_ne!(state.git(["rev-parse", "desk/pier"]), tip);
    }
    let said = post.stays();
    assert!(said.contains("not yet") || said.contains("more pe"), "{said}");
    post.hub.browser(ANA).merge(2, "merge");
    assert_eq!(post.mina(["tick"]).code, Some(1));
    assert_eq!(post.newsroom.run(["audit", "pier"]).code, Some(1), "nobody agreed to what was merged");
}

/// Of each person the newest opinion counts, on whatever page of the forge's answer it stands.
#[test]
fn an_opinion_counts_as_it_was_given_last() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).request_changes(1, "no");
    post.stays();
    for _ in 0..100 {
        post.hub.browser(LEE).review(1, "COMMENTED", "so?");
    }
    post.hub.browser(JUN).approve(1);
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    for _ in 0..100 {
        post.hub.browser(LEE).review(1, "COMMENTED", "so?");
    }
    post.hub.browser(JUN).request_changes(1, "no");
    post.stays();
}

/// Rules that come in the same pull request are nobody's rules yet, and do not land with words that somebody agreed to.
#[test]
fn rules_are_not_loosened_by_what_they_judge() {
    let post = Post::new();
    post.sent();
    post.hub.browser(ANA).edit(1, "desk.toml", "people = 2", "people = 1");
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
    help: desk show pier --needs
    [exit 1]
    ");
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: the pull request brings what nobody may agree to
      `noreply@github.com` changed how the newsroom works without the role `admin`
      nothing became public
    help: take it out of the branch: http://[FORGE]/post/desk/pull/1
    [exit 1]
    ");
    assert!(post.hub.state().git(["show", "main:desk.toml"]).contains("people = 2"));
}

/// A merge takes all that is on the branch: another article's correction, which is well told and nobody agreed to.
#[test]
fn a_yes_to_one_article_makes_no_other_public() {
    let post = Post::new();
    post.public();
    post.corrects();
    post.newsroom.brief("quay");
    post.mina(["submit", "quay"]).ok();
    {
        let mut state = post.hub.state();
        let tree = state.git(["merge-tree", "--write-tree", "desk/quay", "desk/pier"]);
        let both = ["-p", "desk/quay", "-p", "desk/pier", "-m", "Merge it"];
        let merged = state.git(["commit-tree", &tree].into_iter().chain(both));
        let before = state.git(["rev-parse", "desk/quay"]);
        merging::move_to(&mut state, "refs/heads/desk/quay", [&before, &merged], None);
        state.tick();
    }
    post.jun(["sync"]).ok();
    post.jun(["approve", "quay"]).ok();
    insta::assert_snapshot!(post.mina(["publish", "quay"]), @r"
    --- stderr ---
    error: the pull request would make `pier` public too, and not everybody has agreed to that
      nothing became public
    help: desk show pier --needs, or take it out of the branch: http://[FORGE]/post/desk/pull/3
    [exit 1]
    ");
    assert!(post.readers_see().contains("berth 4"));
    // A review is of all that its pull request brings.
    post.hub.browser(JUN).approve(3);
    insta::assert_snapshot!(post.mina(["publish", "quay"]), @r"
    --- stderr ---
    Published: Title of quay, 13:20
      landed through http://[FORGE]/post/desk/pull/3
      /2026/07/quay/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:18
    Mistake? desk correct quay
    [exit 0]
    ");
    insta::assert_snapshot!(post.mina(["tick"]), @r"
    Published: Title of pier
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:00
    [exit 0]
    ");
    assert!(post.readers_see().contains("berth 5"));
    post.whole();
}

/// Somebody whose name is taken off the staff list has agreed to nothing.
#[test]
fn who_left_the_staff_agrees_to_nothing() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    let staff = post.newsroom.read("staff.toml").replace("jun@post.example", "gone@post.example");
    let staff = staff.replace(&format!("\"{}+", JUN.id), "\"77+");
    post.newsroom.git(["checkout", "--quiet", "main"]);
    post.newsroom.write("staff.toml", staff);
    post.newsroom.git(["commit", "--quiet", "--all", "--message", "Jun leaves"]);
    post.newsroom.git(["push", "--quiet", "../forge/post/desk.git", "main"]);
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
      the review of Jun Seo on [FORGE] does not count: the account is not on the staff list
    help: desk show pier --needs
    [exit 1]
    ");
}

/// The rules become stricter after desk has judged and before the forge merges.
#[test]
fn what_lands_is_judged_by_the_rules_it_lands_on() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.state().mishap = Mishap::BaseMoves;
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Ana Ruiz)
      nothing was changed
    help: desk show pier --needs
    [exit 1]
    ");
    post.hub.browser(ANA).approve(1);
    post.mina(["tick"]).ok();
    assert!(post.readers_see().contains("berth 4"));
}

/// What was done elsewhere is understood by the next `desk sync`.
#[test]
fn what_was_done_elsewhere_is_understood() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).merge(1, "merge");
    insta::assert_snapshot!(post.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    pier: landed by The forge (13:00); readers do not see it yet
      desk show pier --needs says what is missing; desk publish pier
    [exit 0]
    ");
    insta::assert_snapshot!(post.mina(["list"]), @r"
    pier  review    Title of pier
    --- stderr ---
    1 article, 0 open
    [exit 0]
    ");
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).close(1);
    insta::assert_snapshot!(post.mina(["sync"]), @r"
    --- stderr ---
    pier: its pull request was closed, and nothing landed: http://[FORGE]/post/desk/pull/1
      desk submit pier opens another; desk return pier sends it back to its writer
    [exit 0]
    ");
    insta::assert_snapshot!(post.mina(["show", "pier"]), @r"
    Title of pier
      stage    review
      kind     brief
      section  local
      words    6
      file     articles/2026/07/pier/index.md
      digest   sha256:204cdb27ab6472bc06163b77a65d7710a7c38564b316c0272ce82a816b2e24c7
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    let post = Post::new();
    post.sent();
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    insta::assert_snapshot!(post.mina(["sync"]), @r"
    --- stderr ---
    pier: went on with The forge (13:00): desk show pier --changes
    [exit 0]
    ");
}

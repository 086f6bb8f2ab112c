//! The required check of a pull request, as a workflow runs it.

use crate::hub::{ANA, Account, JUN, LEE, MINA};
use crate::newsroom;
use crate::pull_requests::{PIER, Post};

/// A workflow's own copy, with whatever token it has.
fn workflow(post: &Post, token: Account, args: &[&str], event: Option<&str>) -> newsroom::Output {
    if !post.newsroom.around().join("ci").exists() {
        post.newsroom.git(["clone", "--quiet", "../forge/post/desk.git", "../ci"]);
        post.newsroom.git(["-C", "../ci", "remote", "set-url", "origin", &format!("{}/post/desk.git", post.hub.url())]);
    }
    let mut visit = post.at(newsroom::MINA, token);
    if let Some(event) = event {
        let file = post.newsroom.around().join("event.json");
        std::fs::write(&file, event).unwrap();
        visit = visit.variable("GITHUB_EVENT_PATH", &file.to_string_lossy());
    }
    let page = post.newsroom.around().join("page.md");
    visit = visit.variable("GITHUB_STEP_SUMMARY", &page.to_string_lossy());
    let output = visit.run(["-C", "../ci", "--no-input", "check", "--approvals"].iter().chain(args));
    post.told(output)
}

fn status(post: &Post) -> (String, String) {
    let (_, name, state, line) = post.hub.state().statuses.last().cloned().unwrap();
    assert_eq!(name, "desk");
    (state, line)
}

#[test]
fn it_waits_for_people_and_holds_once_they_agreed() {
    let post = Post::new();
    post.sent();
    let told = ["1", "--status", "--comment"];
    insta::assert_snapshot!(workflow(&post, MINA, &told, None), @r"
    desk: needs one more person's yes (by Jun Seo or Ana Ruiz) (http://[FORGE]/post/desk/pull/1)
    pier: Title of pier
      has the yes of Mina Park
      needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 1]
    ");
    assert_eq!(
        status(&post),
        ("pending".to_owned(), "needs one more person's yes (by Jun Seo or Ana Ruiz)".to_owned())
    );
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(workflow(&post, MINA, &told, None), @r"
    desk: Jun Seo and Mina Park agreed to these exact words (http://[FORGE]/post/desk/pull/1)
    pier: Title of pier
      has the yes of Jun Seo and Mina Park
    [exit 0]
    ");
    assert_eq!(status(&post).0, "success");
    // One summary, renewed.
    let comments = post.hub.state().pull(1).unwrap().comments.clone();
    assert_eq!(comments.len(), 1);
    assert!(comments[0].2.contains("agreed to these exact words"), "{comments:?}");
    let page = std::fs::read_to_string(post.newsroom.around().join("page.md")).unwrap();
    assert!(page.contains("## desk: waits for people") && page.contains("## desk: holds"), "{page}");
    // One word more, and it waits again.
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    workflow(&post, MINA, &told, None).fails(1);
    assert_eq!(status(&post).0, "pending");
}

#[test]
fn what_is_broken_is_a_failure() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).edit(1, PIER, "section = \"local\"", "section = 5");
    insta::assert_snapshot!(workflow(&post, MINA, &["1", "--status"], None), @r"
    desk: 1 error, 0 warnings: desk check pier (http://[FORGE]/post/desk/pull/1)
    pier: Title of pier
      needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
      error: `section` must be text in quotes, not a number (wrong-type)
    [exit 1]
    ");
    assert_eq!(status(&post).0, "failure");
}

/// What no yes to an article covers is held by the same status: it is the one that the branch requires.
#[test]
fn what_the_commits_may_not_do_is_a_failure() {
    type Deed = fn(&Post);
    let deeds: [(&str, Deed); 4] = [
        ("the rules are loosened", |post| {
            post.hub.browser(ANA).edit(2, "desk.toml", "people = 2", "people = 1");
        }),
        ("somebody comes to the staff list", |post| {
            post.hub.browser(ANA).edit(2, "staff.toml", "mina@post.example", "lee@reader.example");
        }),
        ("a record is written by hand", |post| post.hub.browser(ANA).edit(2, &record(post), "Mina Park", "Jun Seo")),
        ("something else is public by a merge", |post| {
            post.hub.browser(ANA).edit(2, PIER, "stage = \"published\"", "stage = \"withdrawn\"");
        }),
    ];
    for (deed, done) in deeds {
        let post = Post::new();
        post.public();
        post.corrects();
        post.hub.browser(JUN).approve(2);
        workflow(&post, MINA, &["2", "--status"], None).ok();
        done(&post);
        post.hub.browser(JUN).approve(2);
        post.hub.browser(MINA).approve(2);
        let said = workflow(&post, MINA, &["2", "--status"], None);
        assert_eq!((said.code, status(&post).0.as_str()), (Some(1), "failure"), "{deed}: {said}");
        if deed == "the rules are loosened" {
            insta::assert_snapshot!(said, @r"
            desk: 1 error, 0 warnings: `noreply@\u{200b}github.com` changed how the newsroom works without the role `admin` (http://[FORGE]/post/desk/pull/2)
            pier: Title of pier
              has the yes of Jun Seo and Mina Park
            error: `noreply@github.com` changed how the newsroom works without the role `admin` (governed-file, desk.toml in [commit]
            [exit 1]
            ");
        }
    }
}

fn record(post: &Post) -> String {
    let names = post.hub.state().git(["ls-tree", "-r", "--name-only", "main", "records"]);
    names.lines().next().unwrap().to_owned()
}

/// Where a pull request lands is a word of the forge's; which branch is the public version is not the pull request's.
#[test]
fn a_pull_request_to_somewhere_else_is_not_judged_as_one_to_the_public_version() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    "lax".clone_into(&mut post.hub.state().pull(1).unwrap().base);
    insta::assert_snapshot!(workflow(&post, MINA, &["1", "--status"], None), @r"
    --- stderr ---
    error: pull request 1 would land on `lax`, and readers are served from `main`
    [exit 2]
    ");
    assert!(post.hub.state().statuses.is_empty());
}

#[test]
fn with_a_guests_token_the_run_itself_is_the_check() {
    let post = Post::new();
    post.sent();
    insta::assert_snapshot!(workflow(&post, LEE, &["1", "--status", "--comment"], None), @r"
    desk: needs one more person's yes (by Jun Seo or Ana Ruiz) (http://[FORGE]/post/desk/pull/1)
    pier: Title of pier
      has the yes of Mina Park
      needs one more person's yes (by Jun Seo or Ana Ruiz)
    --- stderr ---
    Not told there: may not say how the check stands: Resource not accessible by integration
    Not told there: may not write a comment: Resource not accessible by integration
    Whoever runs this is the check then: how it ends is what counts.
    [exit 1]
    ");
    post.hub.browser(JUN).approve(1);
    workflow(&post, LEE, &["1", "--status"], None).ok();
    assert!(post.hub.state().statuses.is_empty());
}

#[test]
fn what_was_seen_is_written_down_when_the_review_comes() {
    let post = Post::new();
    post.sent();
    let review = post.hub.browser(JUN).approve(1);
    let head = post.hub.state().pull(1).unwrap().head.clone();
    let event = |named: &str| {
        format!(
            "{{\"action\":\"submitted\",\"review\":{{\"id\":{review},\"commit_id\":\"{named}\",\"body\":\"$(rm -rf .)\"}},\
             \"pull_request\":{{\"number\":1,\"head\":{{\"sha\":\"{head}\"}}}}}}"
        )
    };
    // What names something else than what stood there is no ground for anything.
    let main = post.hub.state().git(["rev-parse", "main"]);
    let said = workflow(&post, MINA, &[], Some(&event(&main)));
    assert!(!said.to_string().contains("written down"), "{said}");
    insta::assert_snapshot!(workflow(&post, MINA, &[], Some(&event(&head))), @r"
    desk: Jun Seo and Mina Park agreed to these exact words (http://[FORGE]/post/desk/pull/1)
    pier: Title of pier
      has the yes of Jun Seo and Mina Park
    --- stderr ---
    What was seen is written down: 1 review.
    [exit 0]
    ");
    let kept = post.hub.state().git(["for-each-ref", "--format=%(refname)", "refs/desk/approvals"]);
    assert_eq!(kept.lines().count(), 2, "{kept}");
    let told = workflow(&post, MINA, &["--format", "json"], Some(&event(&head))).json();
    assert_eq!((told["state"].as_str(), told["request"].as_u64()), (Some("success"), Some(1)), "{told}");
}

#[test]
fn the_doctor_says_what_protects_and_what_is_in_the_way() {
    let post = Post::new();
    let doctor = || {
        let told = post.mina(["doctor"]).to_string();
        let of_forge =
            |line: &&str| ["pull request", "forge", "approv", "rules", "yes"].iter().any(|word| line.contains(word));
        told.lines().filter(of_forge).map(|line| format!("{line}\n")).collect::<String>()
    };
    insta::assert_snapshot!(doctor(), @r"
            a yes without a signature is recorded as claimed, not as proved
    ok      pull requests are on [FORGE], where you are mina-park
    note    the forge does not require the check `desk`
            require the status `desk` in the branch's rules, from the app that runs the workflow
    note    the public version can be rewritten or deleted on the forge
            block force pushes and deletion in the branch's rules
    note    a pull request may land next to words that came after it was read
            what lands is then put together by the forge, and desk finds out afterwards
    note    approvals stay on the page when words change
            have the forge dismiss stale approvals
    note    part of what protects the public version on the forge could not be read
            what could not be read may be missing: who may pass the rules by, or how pull requests may land
            look at the branch's rules as an administrator: nobody may pass them by, and merging or squashing is allowed
    ");
    post.hub.state().rules = serde_json::json!([
        { "type": "deletion" },
        { "type": "non_fast_forward" },
        { "type": "pull_request", "parameters": { "required_approving_review_count": 2,
          "dismiss_stale_reviews_on_push": true, "require_last_push_approval": true, "require_code_owner_review": false,
          "required_review_thread_resolution": false } },
        { "type": "required_status_checks", "parameters": { "strict_required_status_checks_policy": true,
          "required_status_checks": [{ "context": "desk" }] } },
        { "type": "merge_queue" },
    ]);
    insta::assert_snapshot!(doctor(), @r#"
            a yes without a signature is recorded as claimed, not as proved
    ok      pull requests are on [FORGE], where you are mina-park
    broken  pull requests land by a queue on the forge
            take the merge queue out of the branch's rules
    broken  the forge asks for 2 approvals, and 1 can give one
            whoever submits has agreed by submitting, and the forge takes no approval of one's own pull request
            lower the number in the branch's rules: the check `desk` counts people
    note    whoever pushed last cannot approve on the forge, and nobody else is left
            a colleague who mends a comma could not say yes any more, though the writer agrees
            take "approval of the most recent push" out of the branch's rules: desk asks for a yes to the exact words
    note    the public version changes by pull requests alone, and stamps are pushed
    note    part of what protects the public version on the forge could not be read
            what could not be read may be missing: who may pass the rules by, or how pull requests may land
            look at the branch's rules as an administrator: nobody may pass them by, and merging or squashing is allowed
    "#);
    post.sent();
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    error: pull requests land by a queue on [FORGE]
      a queue puts words together that nobody has read together
      nothing became public
    help: take the merge queue out of the branch's rules: desk doctor says more
    [exit 1]
    ");
}

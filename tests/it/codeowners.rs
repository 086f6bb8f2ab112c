//! `desk setup codeowners`.

use crate::newsroom::Newsroom;

/// The Port Alder Post, with accounts on two forges.
fn newsroom() -> Newsroom {
    let newsroom = Newsroom::new();
    let staff = newsroom.read("staff.toml");
    let with = |staff: String, address: &str, forges: &str| {
        let line = format!("emails = [\"{address}\"]\n");
        assert!(staff.contains(&line), "{staff}");
        staff.replace(&line, &format!("{line}forges = {{ {forges} }}\n"))
    };
    let staff = with(staff, "mina@post.example", "\"github.com\" = \"mina-park\", \"git.post.example\" = \"mina\"");
    let staff = with(staff, "jun@post.example", "\"github.com\" = \"junseo\"");
    newsroom.write("staff.toml", staff);
    newsroom.git(["commit", "-qam", "Accounts"]);
    newsroom
}

#[test]
fn a_forge_is_told_whom_to_ask() {
    let newsroom = newsroom();
    let shown = newsroom.run(["setup", "codeowners", "github", "--dry-run"]);
    insta::assert_snapshot!(shown);
    assert!(!newsroom.exists(".github"));
    insta::assert_snapshot!(newsroom.run(["setup", "codeowners", "github"]));
    assert_eq!(newsroom.read(".github/CODEOWNERS"), shown.stdout);
    insta::assert_snapshot!(newsroom.run(["setup", "codeowners", "github"]));
    insta::assert_snapshot!(newsroom.run(["undo"]));
    assert!(!newsroom.exists(".github/CODEOWNERS"));
    insta::assert_snapshot!(newsroom.run([
        "setup",
        "codeowners",
        "forgejo",
        "--host",
        "git.post.example",
        "--dry-run"
    ]));
}

#[test]
fn what_people_wrote_stays_and_marks_that_are_gone_are_missed() {
    let newsroom = newsroom();
    newsroom.write("docs/CODEOWNERS", "*.css @web\n");
    newsroom.run(["setup", "codeowners", "github"]).ok();
    assert!(!newsroom.exists(".github"));
    let written = newsroom.read("docs/CODEOWNERS");
    assert!(
        written.starts_with("*.css @web\n\n# desk: begin") && written.contains("/desk.toml @mina-park @junseo\n"),
        "{written}"
    );
    newsroom.write("docs/CODEOWNERS", format!("{written}*.js @web\n").replace("@mina-park", "@mallory"));
    newsroom.run(["setup", "codeowners", "github"]).ok();
    assert_eq!(newsroom.read("docs/CODEOWNERS"), format!("{written}*.js @web\n"));

    let broken = written.replace("# desk: end\n", "");
    newsroom.write("docs/CODEOWNERS", &broken);
    insta::assert_snapshot!(newsroom.run(["setup", "codeowners", "github"]));
    assert_eq!(newsroom.read("docs/CODEOWNERS"), broken);
}

#[test]
fn the_remote_says_which_forge_it_is() {
    let newsroom = newsroom();
    insta::assert_snapshot!(newsroom.run(["setup", "codeowners"]));
    insta::assert_snapshot!(newsroom.run(["setup", "codeowners", "forgejo"]));
    newsroom.git(["remote", "add", "origin", "https://github.com/post/newsroom.git"]);
    let said = newsroom.run(["setup", "codeowners", "--dry-run"]).ok();
    assert!(said.contains("/desk.toml @mina-park @junseo\n"), "{said}");
}

//! Articles that are checked beside others: in a range of commits, and in editions of a folder that is no newsroom.

use crate::commits::{commit, draft, published, told};
use crate::newsroom::{MINA, Newsroom};

/// Checks in a folder that is no newsroom: how many articles, and which rules.
#[track_caller]
fn loosely(newsroom: &Newsroom, args: &[&str], code: i32) -> (u64, Vec<String>) {
    let output = newsroom.run(["check", "--format", "json"].iter().chain(args));
    assert_eq!(output.code, Some(code), "{output}");
    let report = output.json();
    let rules = report["findings"].as_array().unwrap().iter();
    (report["checked"].as_u64().unwrap(), rules.map(|one| one["rule"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn a_folder_of_markdown_in_git_has_editions_too() {
    let newsroom = Newsroom::repository();
    let post = |words: &str| format!("+++\ntitle = \"The quay\"\n+++\n{words}\n");
    newsroom.write("posts/quay.md", post("The the quay is shut.")).write("posts/berth.md", post("A berth."));
    newsroom.write("notes.md", "The the notes.\n");
    assert_eq!(loosely(&newsroom, &["--staged"], 0), (0, vec![]), "nothing is staged");
    newsroom.git(["add", "--all"]);
    newsroom.write("posts/quay.md", post("The quay is shut."));
    let doubled = || vec!["doubled-word".to_owned()];
    assert_eq!(loosely(&newsroom, &["--staged"], 0), (2, doubled()));
    assert_eq!(loosely(&newsroom, &["--staged", "posts/berth.md"], 0), (1, vec![]));
    newsroom.git(["commit", "--quiet", "-m", "one"]);
    assert_eq!(loosely(&newsroom, &["--staged"], 0), (0, vec![]));
    assert_eq!(loosely(&newsroom, &["--since", "HEAD"], 0), (1, vec![]));
    assert_eq!(loosely(&newsroom, &["--rev", "HEAD"], 0), (2, doubled()));
    assert_eq!(loosely(&newsroom, &["-C", "posts", "--rev", "HEAD"], 0), (2, doubled()));
    // What changed is compared with what did not.
    newsroom.write("posts/quay.md", post("The quay is shut.").replace("+++\nThe", "slug = \"berth\"\n+++\nThe"));
    assert_eq!(loosely(&newsroom, &["--since", "HEAD"], 1), (1, vec!["duplicate-slug".to_owned()]));
    assert!(newsroom.run(["check", "--rev", "nothing"]).fails(2).contains("nothing"));
    let folder = Newsroom::folder();
    folder.write("quay.md", post("The quay."));
    assert!(folder.run(["check", "--staged"]).fails(2).contains("there is no newsroom in this folder"));
}

#[test]
fn articles_are_compared_in_a_range_with_those_that_it_leaves() {
    let newsroom = Newsroom::new();
    published(&newsroom, "harbor");
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    let quay = draft(&newsroom, "quay", "See [it](/2026/07/harbor/) and [that](/2026/07/harbour/).");
    commit(&newsroom, MINA, "one");
    assert_eq!(told(&newsroom, "main..work", 0), ["warning[dead-link] quay (in one)"]);
    newsroom.edit(&quay, "[that](/2026/07/harbour/)", "that");
    commit(&newsroom, MINA, "two");
    assert_eq!(told(&newsroom, "main..work", 0), [""; 0]);
    // A reason holds here as elsewhere, and is told when it is idle.
    newsroom.edit(&quay, "See [it]", "<!-- desk: allow dead-link -- comes tomorrow -->\nSee [it]");
    commit(&newsroom, MINA, "three");
    assert_eq!(told(&newsroom, "main..work", 0), ["warning[suppression-unused] quay (in three)"]);
    newsroom.edit(&quay, "and that", "and [that](/2026/07/harbour/)");
    commit(&newsroom, MINA, "four");
    assert_eq!(told(&newsroom, "main..work", 0), [""; 0]);
    assert!(newsroom.run(["check", "--range", "main..work"]).stderr.contains("Left out: 1 finding with a reason."));
}

#[test]
fn words_under_embargo_are_not_sent_where_everybody_reads() {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("budget");
    newsroom.edit(&path, "draft = true", "draft = true\nembargo = 2026-08-01T06:00:00Z");
    let rules = |newsroom: &Newsroom, code| loosely(newsroom, &[], code).1;
    newsroom.run(["submit", "budget"]).ok();
    newsroom.git(["update-ref", "refs/remotes/origin/desk/budget", "desk/budget"]);
    newsroom.git(["remote", "add", "origin", "/srv/post.git"]);
    assert_eq!(rules(&newsroom, 0), ["embargo"], "a folder of the house");
    newsroom.git(["remote", "set-url", "origin", "https://git.example/post.git"]);
    assert_eq!(rules(&newsroom, 1), ["embargo", "embargo-exposed"]);
    let screen = newsroom.run(["check"]).stdout;
    insta::assert_snapshot!(screen.split("\n\n").find(|part| part.contains("embargo-exposed")).unwrap(), @r"
    error[embargo-exposed]: under embargo until 2026-08-01 06:00, and
                              `origin/desk/budget` may be read by everybody
     --> articles/2026/07/budget/index.md:4:11
      |
    4 | embargo = 2026-08-01T06:00:00Z
      |           ^^^^^^^^^^^^^^^^^^^^
      |
      = help: take it away there and tell those who gave you the words; if only
              the staff can read that remote, name it as `private` under
              [newsroom] in desk.toml
    Holds nothing.                         Why: desk check --explain embargo-exposed
    ");
    assert_eq!(told(&newsroom, "main..desk/budget", 1).len(), 2);
    // As a CI fetches what somebody proposes.
    newsroom.git(["update-ref", "-d", "refs/remotes/origin/desk/budget"]);
    newsroom.git(["update-ref", "refs/remotes/pull/7/head", "desk/budget"]);
    assert_eq!(rules(&newsroom, 1), ["embargo", "embargo-exposed"]);
    newsroom.git(["update-ref", "-d", "refs/remotes/pull/7/head"]);
    assert_eq!(rules(&newsroom, 0), ["embargo"]);
    assert_eq!(told(&newsroom, "main..desk/budget", 0).len(), 1, "nobody has it yet");
    newsroom.git(["update-ref", "refs/remotes/origin/desk/budget", "desk/budget"]);
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.edit("desk.toml", "[newsroom]\n", "[newsroom]\nprivate = [\"git.example/post\"]\n");
    newsroom.git(["commit", "--quiet", "-m", "ours alone", "desk.toml"]);
    assert_eq!(rules(&newsroom, 0), ["embargo"], "the newsroom alone reads there");
    newsroom.edit("desk.toml", "git.example/post", "git.example/other");
    newsroom.git(["commit", "--quiet", "-m", "another", "desk.toml"]);
    assert_eq!(rules(&newsroom, 1), ["embargo", "embargo-exposed"]);
    newsroom.later(60 * 24 * 10);
    assert_eq!(rules(&newsroom, 0), [""; 0]);
}

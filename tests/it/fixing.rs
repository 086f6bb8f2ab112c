//! Findings that are mended, left out with a reason, or not mended yet.

use crate::newsroom::{JUN, Newsroom};

/// A brief with something for `--fix`, something for `--unsafe-fixes`, and words that are somebody else's.
fn with_faults(newsroom: &Newsroom) -> String {
    let path = newsroom.brief("harbor");
    let body = "\nThe per\u{200b}mit, [it says](https://port.example/p?utm_source=mail&id=4), came late.\n\n\
                The the port waits. “The the tide,” she said.\n";
    newsroom.write(&path, newsroom.read(&path) + body);
    path
}

#[test]
fn what_is_mechanical_is_mended_and_can_be_taken_back() {
    let newsroom = Newsroom::new();
    let path = with_faults(&newsroom);
    let before = newsroom.read(&path);
    insta::assert_snapshot!(newsroom.run(["check", "--diff"]));
    insta::assert_snapshot!(newsroom.run(["check", "--diff", "--unsafe-fixes"]));
    assert_eq!(newsroom.read(&path), before, "a diff changes nothing");
    insta::assert_snapshot!(newsroom.run(["check", "--fix"]));
    let after = before.replace('\u{200b}', "").replace("utm_source=mail&", "");
    assert_eq!(newsroom.read(&path), after);
    insta::assert_snapshot!(newsroom.run(["check", "--fix"]));
    assert_eq!(newsroom.run(["check", "--diff"]).ok(), "");
    newsroom.run(["undo"]).ok();
    assert_eq!(newsroom.read(&path), before);
    newsroom.run(["check", "harbor", "--fix", "--unsafe-fixes"]).ok();
    assert_eq!(newsroom.read(&path), after.replace("The the port", "The port"));
}

#[test]
fn line_ends_stay_and_public_words_wait_to_be_named() {
    let newsroom = Newsroom::new();
    let path = with_faults(&newsroom);
    newsroom.edit(&path, "per\u{200b}mit", "permit").edit(&path, "utm_source=mail&id=4", "utm_source=mail");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.run(["publish"]).ok();
    let public = newsroom.read(&path);
    insta::assert_snapshot!(newsroom.run(["check", "--diff"]));
    newsroom.run(["check", "--fix"]).ok();
    assert_eq!(newsroom.read(&path), public);
    newsroom.write(&path, public.replace('\n', "\r\n"));
    newsroom.run(["check", "--fix", "harbor"]).ok();
    assert_eq!(newsroom.read(&path), public.replace("?utm_source=mail", "").replace('\n', "\r\n"));
}

#[test]
fn the_approver_reads_every_suppression() {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("harbor");
    let body = "\n<!-- desk: allow doubled-word until 2026-09-01 -- The The is the name of a band -->\n\
                The the played on the quay.\n";
    newsroom.write(&path, newsroom.read(&path) + body);
    let allow = "[[desk.allow]]\nrule = \"unmatched-quotes\"\nreason = \"quoted as it was sent\"\n";
    newsroom.edit(&path, "[desk]\n", &format!("{allow}\n[desk]\n"));
    insta::assert_snapshot!(newsroom.run(["check"]));
    newsroom.edit(&path, "The the played", "The the “played");
    insta::assert_snapshot!(newsroom.run(["check"]));
    assert_eq!(newsroom.run(["check", "--format", "json"]).json()["suppressed"], 2);
    newsroom.run(["submit"]).ok();
    insta::assert_snapshot!(newsroom.as_(JUN).run(["approve", "--yes"]));
    insta::assert_snapshot!(newsroom.run(["show", "harbor"]));
    let shown = newsroom.run(["show", "harbor", "--format", "json"]).json();
    assert_eq!(shown["suppressions"][0]["rule"], "unmatched-quotes");
    newsroom.run(["publish"]).ok();
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/harbor/index.html");
    assert!(page.contains("played on the quay") && !page.contains("name of a band"), "{page}");
    assert!(!page.contains("quoted as it was sent"), "{page}");
}

#[test]
fn the_newsroom_leaves_out_by_path_and_tells_what_is_idle() {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("harbor");
    newsroom.write(&path, newsroom.read(&path) + "\nThe the port waits.\n");
    let allow = "\n[[check.allow]]\nrule = \"doubled-word\"\npath = \"articles/2026/**\"\nreason = \"an archive\"\n\n\
                 [[check.allow]]\nrule = \"placeholder\"\npath = \"articles/2019/**\"\nreason = \"an archive\"\n\n\
                 [[check.allow]]\nrule = \"photo-alts\"\npath = \"articles/**\"\nreason = \"an archive\"\n";
    newsroom.write("desk.toml", newsroom.read("desk.toml") + allow);
    newsroom.git(["commit", "--quiet", "--message", "desk: what the archive may", "desk.toml"]);
    insta::assert_snapshot!(newsroom.run(["check", "--format", "short"]));
    insta::assert_snapshot!(newsroom.run(["check", "harbor"]));
}

#[test]
fn a_baseline_only_shrinks() {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("harbor");
    newsroom.write(&path, newsroom.read(&path) + "\nThe the port waits. TK\n");
    newsroom.run(["check", "--deny-warnings"]).fails(1);
    insta::assert_snapshot!(newsroom.run(["check", "--write-baseline"]));
    insta::assert_snapshot!(newsroom.read("baseline.toml"));
    newsroom.git(["add", "baseline.toml"]);
    newsroom.git(["commit", "--quiet", "--message", "desk: what is not mended yet"]);
    insta::assert_snapshot!(newsroom.run(["check", "--deny-warnings"]));
    newsroom.run(["submit"]).ok();
    newsroom.edit(&path, "The the port waits. TK", "A new line\n\nThe the port waits. And and so on.");
    insta::assert_snapshot!(newsroom.run(["check", "--format", "short"]));
    insta::assert_snapshot!(newsroom.run(["check", "--write-baseline"]));
    assert_eq!(newsroom.read("baseline.toml").matches(" = 1\n").count(), 2, "the version and one finding");
    newsroom.run(["check", "--write-baseline"]).ok();
    newsroom.edit(&path, "The the port waits. And and so on.", "So on.");
    insta::assert_snapshot!(newsroom.run(["check", "--write-baseline"]));
    assert!(!newsroom.exists("baseline.toml"));
    newsroom.run(["undo"]).ok();
    assert!(newsroom.exists("baseline.toml"));
}

#[test]
fn a_folder_of_markdown_in_git_is_mended_too() {
    let folder = Newsroom::folder();
    let text = "+++\ntitle = \"The quay\"\n+++\nThe per\u{200b}mit came late. The the quay is shut.\n";
    folder.write("quay.md", text);
    assert!(folder.run(["check", "--fix"]).fails(2).contains("there is no newsroom in this folder"));
    assert_eq!(folder.read("quay.md"), text, "without git nobody could take it back");
    folder.git(["init", "--quiet"]);
    let shown = folder.run(["check", "--diff"]);
    assert_eq!((shown.code, folder.read("quay.md").as_str()), (Some(1), text), "{shown}");
    let mended = folder.run(["check", "--fix"]);
    assert!(mended.stderr.contains("Mended quay.md: 1 hidden-characters.\nSee what changed: git diff\n"), "{mended}");
    assert_eq!(folder.read("quay.md"), text.replace('\u{200b}', ""));
    folder.run(["check", "--fix", "--unsafe-fixes", "quay.md"]).ok();
    assert!(folder.read("quay.md").contains("late. The quay is shut."));
}

#[test]
fn a_suppression_of_a_rule_that_compares_is_idle_too() {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("harbor");
    let text = newsroom.read(&path);
    let allow = "\n<!-- desk: allow dead-link -- comes tomorrow -->\n";
    newsroom.brief("quay");
    newsroom.write(&path, format!("{text}{allow}See [the quay](/2026/07/quays/).\n"));
    assert_eq!(newsroom.run(["check", "harbor", "--format", "short"]).ok(), "");
    newsroom.write(&path, format!("{text}{allow}See [the quay](/2026/07/quay/).\n"));
    let told = newsroom.run(["check", "harbor", "--format", "short"]).ok();
    assert!(told.contains("suppression-unused"), "{told}");
}

#[test]
fn what_is_wrong_in_the_settings_holds_no_move() {
    let newsroom = Newsroom::new();
    let desk = newsroom.read("desk.toml");
    newsroom.write("desk.toml", desk + "\n[check.levels]\ndoubled-words = \"off\"\n");
    newsroom.git(["commit", "--quiet", "-m", "levels", "desk.toml"]);
    let screen = newsroom.run(["check"]).fails(1);
    assert!(screen.contains("there is no rule `doubled-words`") && screen.contains("Holds nothing."), "{screen}");
}

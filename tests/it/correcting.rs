//! Public words that change, and readers who are told.

use crate::newsroom::{JUN, Newsroom};

const HARBOR: &str = "articles/2026/07/harbor/index.md";

#[test]
fn readers_are_told_what_was_corrected() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    let correct = |note: &str| newsroom.run(["correct", "harbor", "--kind", "correction", "--note", note]);
    correct("It is berth 5.").fails(1);
    newsroom.edit(HARBOR, "berth 4", "berth 5");
    let said = correct("The berth was wrong.").fails(1);
    assert!(said.contains("the note does not say 5") && said.contains("help: --note"), "{said}");
    insta::assert_snapshot!(correct("It is berth 5. An earlier version said 4."), @r"
    --- stderr ---
    Noted in harbor: Title of harbor
      It is berth 5. An earlier version said 4.
    Readers see it with the changed words: desk submit harbor
    [exit 0]
    ");
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.run(["audit"]).ok();
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/harbor/index.html");
    assert!(page.contains("Correction") && page.contains("An earlier version said 4."), "{page}");
    // What readers have seen stays.
    newsroom.edit(HARBOR, "An earlier version said 4.", "");
    for verb in ["submit", "publish"] {
        let said = newsroom.run([verb, "harbor"]).fails(1);
        assert!(said.contains("never changes"), "{said}");
    }
}

#[test]
fn a_note_is_drafted_from_what_differs() {
    let newsroom = reworded();
    let said = newsroom.run(["correct", "harbor", "--kind", "correction"]);
    assert_eq!(said.code, Some(0), "{said}");
    let draft = "An earlier version of this article said the dredger waits at berth 4; it is berth 5.";
    assert!(said.stderr.contains(draft) && newsroom.read(HARBOR).contains(draft), "{said}");
    let shown = newsroom.run(["show", "harbor"]).ok();
    assert!(shown.contains("change 1, correction"), "{shown}");
    // Nobody is there to be asked of what sort it is.
    let said = newsroom.run(["correct", "harbor"]).fails(2);
    assert!(said.contains("--kind KIND"), "{said}");
}

/// A public brief of which Mina has changed a word.
fn reworded() -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.edit(HARBOR, "berth 4", "berth 5");
    newsroom
}

#[test]
fn nothing_changes_behind_the_backs_of_readers() {
    let newsroom = reworded();
    insta::assert_snapshot!(newsroom.run(["publish", "harbor"]), @r"
    --- stderr ---
    Saved harbor: 1 word changed.
    error: `harbor` changed, and readers would not be told
      nothing else was changed
      words that readers have seen change only with a note that says so
    help: desk correct harbor
    [exit 1]
    ");
    insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
    --- stderr ---
    error: `harbor` changed, and readers would not be told
      nothing was changed
      words that readers have seen change only with a note that says so
    help: desk correct harbor
    [exit 1]
    ");
    let found = newsroom.run(["check", "--range", "main..desk/harbor"]).fails(1);
    assert!(found.contains("stealth-edit") && found.contains("no note tells readers"), "{found}");
    newsroom.tell("harbor");
    newsroom.run(["check", "--range", "main..desk/harbor"]).ok();
}

#[test]
fn a_refile_is_one_persons_and_changes_no_word() {
    let newsroom = reworded();
    let refile = ["correct", "harbor", "--kind", "refile", "--note", "A comma."];
    let said = newsroom.run(refile).fails(1);
    assert!(said.contains("a refile changes no word, and paragraph 1 in `harbor` says something else now"), "{said}");
    assert!(said.contains("help: desk correct harbor --kind correction"), "{said}");
    newsroom.edit(HARBOR, "berth 5.", "berth 4");
    newsroom.run(refile).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.run(["audit"]).ok();
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/harbor/index.html");
    assert!(!page.contains("A comma.") && !page.contains("Updated"), "{page}");
}

#[test]
fn a_change_is_dropped_and_taken_up_again() {
    let newsroom = reworded();
    let references = newsroom.references();
    newsroom.run(["correct", "harbor", "--kind", "correction", "--note", "It is berth 5."]).ok();
    let noted = newsroom.read(HARBOR);
    insta::assert_snapshot!(newsroom.run(["correct", "harbor", "--cancel"]), @r"
    --- stderr ---
    Dropped: readers go on reading harbor as it was.
      the words are kept, to be taken up again: desk revive harbor
    [exit 0]
    ");
    assert!(newsroom.read(HARBOR).contains("berth 4"));
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    newsroom.run(["undo"]).ok();
    assert_eq!(newsroom.read(HARBOR), noted);
    newsroom.run(["correct", "harbor", "--cancel"]).ok();
    newsroom.run(["revive", "harbor"]).ok();
    assert_eq!(newsroom.read(HARBOR), noted);
    newsroom.run(["correct", "harbor", "--cancel"]).ok();
    insta::assert_snapshot!(newsroom.run(["correct", "harbor", "--cancel"]), @r"
    --- stderr ---
    error: nothing of `harbor` has changed
      nothing was changed
    help: desk edit harbor
    [exit 1]
    ");
    assert_ne!(newsroom.references(), references, "the words are kept");
}

//! Public words that change, and readers who are told.

use crate::newsroom::{ANA, JUN, Newsroom};

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
    assert!(said.contains("Saved harbor") && said.contains("nothing else was changed"), "{said}");
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
    assert!(said.stderr.replace("\n  ", " ").contains(draft) && newsroom.read(HARBOR).contains(draft), "{said}");
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
    let needs = newsroom.run(["show", "harbor", "--needs"]).ok();
    assert!(needs.contains("because no word changed"), "{needs}");
    newsroom.run(["publish", "harbor"]).ok();
    assert_eq!(newsroom.run(["list", "--format", "json"]).json()["articles"][0]["facts"], serde_json::json!([]));
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
    let said = newsroom.run(["revive", "harbor"]).stderr;
    assert!(said.contains("The change is open again: desk show harbor --changes"), "{said}");
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

#[test]
fn a_note_that_was_dropped_by_hand_is_put_back_on_a_branch() {
    let newsroom = reworded();
    newsroom.run(["correct", "harbor", "--kind", "correction", "--note", "It is berth 5."]).ok();
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    let agreed = newsroom.read(HARBOR);
    let by_hand = agreed.replace("It is berth 5.", "It always was berth 5.");
    newsroom.write(HARBOR, &by_hand);
    newsroom.as_(JUN).git(["commit", "--quiet", "--all", "--message", "Tidy up"]);
    newsroom.write(HARBOR, &agreed);
    let restores = ["correct", "harbor", "--kind", "clarification", "--note", "The note above is as it was again."];
    newsroom.run(restores).ok();
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.run(["check", "--range", "main..desk/harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    let audited = newsroom.run(["audit"]).ok();
    assert!(audited.contains("made good"), "{audited}");
}

#[test]
fn what_comes_back_says_that_it_was_withdrawn() {
    let newsroom = reworded();
    newsroom.git(["checkout", "--quiet", "--", HARBOR]);
    let note = "The port never said this.";
    let said = newsroom.as_(ANA).run(["withdraw", "harbor", "--kind", "kill", "--note", note]).stderr;
    for remains in ["history", "feed readers", "caches"] {
        assert!(said.contains(remains), "{said}");
    }
    insta::assert_snapshot!(newsroom.run(["revive", "harbor"]), @r"
    --- stderr ---
    Revived: Title of harbor
    It is a draft again: desk edit harbor
    Readers see the notice until then; what it told them stays among the notes.
    [exit 0]
    ");
    let revived = newsroom.read(HARBOR);
    assert!(revived.contains("berth 4") && revived.contains(note), "{revived}");
    newsroom.edit(HARBOR, note, "It was a misunderstanding.");
    insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
    --- stderr ---
    Saved harbor: the front matter changed.
    error: a note under `harbor` that readers have seen is not as it was: it never changes
      nothing else was changed
      what was wrong in a note is told in another one: desk correct --corrects NUMBER
    help: desk show harbor --changes, and put it back
    [exit 1]
    ");
    newsroom.write(HARBOR, &revived);
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.run(["check", "--range", "main..desk/harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.run(["audit"]).ok();
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/harbor/index.html");
    assert!(page.contains(note) && page.contains("published again later"), "{page}");
}

#[test]
fn one_note_puts_right_another() {
    let newsroom = reworded();
    newsroom.run(["correct", "harbor", "--kind", "correction", "--note", "It is berth 5."]).ok();
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.edit(HARBOR, "at berth 5", "at berth 6");
    let corrects = |number| {
        let note = "It is berth 6; an earlier correction said 5.";
        newsroom.run(["correct", "harbor", "--kind", "correction", "--corrects", number, "--note", note])
    };
    let said = corrects("2").fails(1);
    assert!(said.contains("corrects no note that readers have seen"), "{said}");
    corrects("1").ok();
    let more = ["correct", "harbor", "--kind", "update", "--note", "The dredger is the Alder Queen.", "--also"];
    newsroom.run(more).ok();
    let shown = newsroom.run(["show", "harbor"]).ok();
    assert!(
        shown.contains("corrects 1, not public yet: It is berth 6") && shown.contains("change 3, update"),
        "{shown}"
    );
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.run(["audit"]).ok();
    let listed = newsroom.run(["list", "--format", "json"]).json();
    assert_eq!(listed["articles"][0]["changes"][1]["corrects"], 1, "{listed}");
    newsroom.run(["build"]).ok();
    let register: serde_json::Value = serde_json::from_str(&newsroom.read("public/corrections.json")).unwrap();
    let kinds: Vec<_> = register["changes"].as_array().unwrap().iter().map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("update"), Some("correction"), Some("correction")]);
}

#[test]
fn the_editors_may_have_something_to_say_though_no_word_changes() {
    let newsroom = reworded();
    newsroom.git(["checkout", "--quiet", "--", HARBOR]);
    let note =
        |kind: &'static str| newsroom.run(["correct", "harbor", "--kind", kind, "--note", "Somebody complained."]);
    for kind in ["correction", "update", "refile"] {
        let said = note(kind).fails(1);
        assert!(said.contains("nothing of `harbor` has changed"), "{said}");
    }
    insta::assert_snapshot!(note("editors-note"), @r"
    --- stderr ---
    Noted in harbor: Title of harbor
      Somebody complained.
    Readers see it when it is published: desk submit harbor
    [exit 0]
    ");
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.run(["check", "--range", "main..desk/harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    // What was wrong is the note.
    let again = ["correct", "harbor", "--kind", "correction", "--corrects", "1", "--note", "Nobody complained."];
    newsroom.run(again).ok();
    newsroom.run(["undo"]).ok();
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    newsroom.run(again).ok();
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.run(["audit"]).ok();
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/harbor/index.html");
    assert!(page.contains("Editors’ note") && page.contains("Nobody complained."), "{page}");
}

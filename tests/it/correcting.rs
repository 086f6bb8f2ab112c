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
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    let said = newsroom.run(["publish", "harbor"]).fails(1);
    assert!(said.contains("never changes"), "{said}");
}

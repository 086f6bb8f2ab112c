//! A repository that has articles becomes a newsroom, and its articles stay as they are.

use crate::newsroom::{JUN, Newsroom};

const HUGO: &str = "baseURL = 'https://alder.example/'\ntitle = 'Alder Tides'\nlanguageCode = 'en-us'\n";
const ZOLA: &str = "base_url = 'https://quay.example'\ntitle = 'Quay Notes'\n";

const INIT: [&str; 8] =
    ["init", "--profile", "pair", "--staff", "Jun Seo <jun@post.example>:editorial", "--timezone", "UTC", "--no-input"];

/// A Hugo site with single files, a bundle, capitals, `@` and dots in names.
fn hugo() -> Newsroom {
    let newsroom = Newsroom::repository();
    newsroom
        .write("hugo.toml", HUGO)
        .write("content/_index.md", "+++\ntitle = 'Home'\n+++\n")
        .write("content/about.md", "+++\ntitle = 'About us'\n+++\n\nWe write about tides.\n")
        .write(
            "content/posts/Quiet@Night-1.2.md",
            "+++\ntitle = 'A quiet night'\ndate = 2025-11-02T21:00:00Z\ntags = ['harbor']\n[params]\nbyline = 'Mina'\n+++\n\nNothing moved on the water.\n",
        )
        .write(
            "content/posts/ferry/index.md",
            "+++\ntitle = 'The last ferry'\ndate = 2025-12-01T08:00:00Z\ntags = ['harbor', 'ferry']\n[params]\nbyline = 'Jun'\n+++\n\nIt left at eight.\n",
        )
        .write("content/posts/ferry/quay.txt", "a list of sailings\n")
        .write(
            "content/posts/fog.md",
            "+++\ntitle = 'Fog'\ndate = 2025-12-05T08:00:00Z\ndraft = true\ntags = []\n[params]\nbyline = 'Jun'\n+++\n\nNot written yet.\n",
        );
    commit(&newsroom);
    newsroom
}

/// A Zola site whose names carry dates and whose front matter has a path, `[taxonomies]` and `[extra]`.
fn zola() -> Newsroom {
    let newsroom = Newsroom::repository();
    newsroom
        .write("config.toml", ZOLA)
        .write("content/_index.md", "+++\ntitle = 'Home'\n+++\n")
        .write(
            "content/2025-11-02-tide.md",
            "+++\ntitle = 'Tide tables'\ndate = 2025-11-02\npath = \"tables\"\n[taxonomies]\ntags = ['sea']\n[extra]\nbyline = 'Mina'\n+++\n\nHigh water at six.\n",
        )
        .write(
            "content/2025-11-09-Lamp.Room/index.md",
            "+++\ntitle = 'The lamp room'\ndate = 2025-11-09\n[taxonomies]\ntags = ['light']\n[extra]\nbyline = 'Jun'\n+++\n\nThe lamp turns.\n",
        );
    commit(&newsroom);
    newsroom
}

fn commit(newsroom: &Newsroom) {
    newsroom.git(["add", "."]);
    newsroom.git(["commit", "--quiet", "-m", "the site so far"]);
}

/// Nothing that was there differs, and nothing waits to be committed.
#[track_caller]
fn untouched(newsroom: &Newsroom) {
    let changed = newsroom.git(["diff", "--name-status", "HEAD~1", "HEAD"]);
    assert!(changed.lines().all(|line| line.starts_with("A\t")), "{changed}");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
}

#[test]
fn a_hugo_site_is_taken_in() {
    let newsroom = hugo();
    insta::assert_snapshot!(newsroom.run(INIT));
    untouched(&newsroom);
    let desk =
        newsroom.read("desk.toml").lines().filter(|line| !line.starts_with("id = ")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(desk);
    insta::assert_snapshot!(newsroom.git(["ls-files", "records", "schemas"]));
    insta::assert_snapshot!(newsroom.read("schemas/posts.schema.json"));
    insta::assert_snapshot!(newsroom.run(["list"]));
    insta::assert_snapshot!(newsroom.run(["check"]));
    untouched(&newsroom);
}

#[test]
fn an_article_of_a_hugo_site_is_adopted_by_its_first_move() {
    let newsroom = hugo();
    newsroom.run(INIT).ok();
    newsroom.edit("content/posts/Quiet@Night-1.2.md", "Nothing moved", "Almost nothing moved");
    insta::assert_snapshot!(newsroom.run(["edit", "Quiet@Night-1.2", "--no-edit"]));
    insta::assert_snapshot!(newsroom.read("content/posts/Quiet@Night-1.2.md"));
    newsroom.tell("Quiet@Night-1.2");
    insta::assert_snapshot!(newsroom.run(["submit", "Quiet@Night-1.2"]));
    insta::assert_snapshot!(newsroom.as_(JUN).run(["approve", "Quiet@Night-1.2", "--yes"]));
    insta::assert_snapshot!(newsroom.run(["publish", "Quiet@Night-1.2", "--yes"]));
    let file = newsroom.read("content/posts/Quiet@Night-1.2.md");
    assert!(file.contains("Almost nothing moved") && file.contains("date = 2025-11-02T21:00:00Z"), "{file}");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    insta::assert_snapshot!(newsroom.run(["list"]));
    insta::assert_snapshot!(newsroom.run(["audit"]));
}

#[test]
fn a_zola_site_is_taken_in_and_an_article_of_it_is_corrected() {
    let newsroom = zola();
    insta::assert_snapshot!(newsroom.run(INIT));
    untouched(&newsroom);
    assert!(newsroom.read("desk.toml").contains("generator = \"zola\""));
    insta::assert_snapshot!(newsroom.run(["list"]));
    insta::assert_snapshot!(newsroom.run(["check"]));
    newsroom.edit("content/2025-11-09-Lamp.Room/index.md", "turns", "no longer turns");
    newsroom.tell("Lamp.Room");
    insta::assert_snapshot!(newsroom.run(["submit", "Lamp.Room"]));
    newsroom.as_(JUN).run(["approve", "Lamp.Room", "--yes"]).ok();
    newsroom.run(["publish", "Lamp.Room", "--yes"]).ok();
    insta::assert_snapshot!(newsroom.read("content/2025-11-09-Lamp.Room/index.md"));
    newsroom.edit("content/2025-11-02-tide.md", "six", "seven");
    newsroom.tell("tide").run(["submit", "tide"]).ok();
    newsroom.as_(JUN).run(["approve", "tide", "--yes"]).ok();
    newsroom.run(["publish", "tide", "--yes"]).ok();
    let file = newsroom.read("content/2025-11-02-tide.md");
    assert!(file.contains("path = \"tables\"") && file.contains("byline = 'Mina'"), "{file}");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
}

#[test]
fn plain_markdown_is_taken_in_from_the_folder_that_was_said() {
    let newsroom = Newsroom::repository();
    newsroom
        .write("notes/one.md", "+++\ntitle = 'One'\n+++\n\nFirst.\n")
        .write("posts/two.md", "+++\ntitle = 'Two'\n+++\n\nSecond.\n");
    commit(&newsroom);
    newsroom.write("notes/untracked.md", "+++\ntitle = 'Not yet'\n+++\n\nNobody's.\n");
    newsroom.edit("notes/one.md", "First.", "First, and changed.");
    insta::assert_snapshot!(newsroom.run(INIT.iter().chain(&["--articles", "notes", "--name", "Notes"])));
    let before = newsroom.read("records/before-desk.toml");
    assert!(before.contains("notes/one.md") && !before.contains("untracked") && !before.contains("two"), "{before}");
    assert_eq!(newsroom.git(["status", "--porcelain"]), " M notes/one.md\n?? notes/untracked.md\n");
    assert!(newsroom.read("notes/one.md").contains("and changed"));
}

fn yaml() -> Newsroom {
    let newsroom = Newsroom::repository();
    newsroom
        .write("hugo.yaml", "baseURL: https://alder.example/\ntitle: Alder Tides\n")
        .write("content/posts/plain.md", "---\ntitle: Plain\ndate: 2025-11-02\n---\n\nWords --- and more.\n")
        .write("content/posts/unsure.md", "---\ntitle: Unsure\nopen: yes\n---\n\nWords.\n")
        .write("content/posts/toml.md", "+++\ntitle = 'TOML'\n+++\n\nWords.\n");
    commit(&newsroom);
    newsroom
}

#[test]
fn yaml_stays_until_somebody_asks_for_toml() {
    let newsroom = yaml();
    insta::assert_snapshot!(newsroom.run(INIT));
    untouched(&newsroom);
    insta::assert_snapshot!(newsroom.run(["list"]));
    newsroom.edit("content/posts/plain.md", "more", "many more");
    insta::assert_snapshot!(newsroom.run(["submit", "plain"]));
    assert!(newsroom.read("content/posts/plain.md").contains("many more"));
    newsroom.edit("content/posts/plain.md", "many more", "more");
    insta::assert_snapshot!(newsroom.run(["undo"]));
    insta::assert_snapshot!(newsroom.run(INIT.iter().chain(&["--convert"])));
    insta::assert_snapshot!(newsroom.read("content/posts/plain.md"));
    assert!(newsroom.read("content/posts/unsure.md").starts_with("---\n"));
    insta::assert_snapshot!(newsroom.git(["diff", "--name-status", "HEAD~1", "HEAD"]));
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    newsroom.run(["audit"]).ok();
    newsroom.edit("content/posts/plain.md", "more", "many more");
    newsroom.tell("plain").run(["submit", "plain"]).ok();
}

#[test]
fn a_conversion_never_writes_over_words_that_are_not_committed() {
    let newsroom = yaml();
    newsroom.edit("content/posts/plain.md", "more", "many more");
    insta::assert_snapshot!(newsroom.run(INIT.iter().chain(&["--convert"])));
    assert!(newsroom.read("content/posts/plain.md").contains("many more"));
    assert_eq!(newsroom.git(["rev-list", "--count", "HEAD"]), "1\n");
    assert!(!newsroom.exists("desk.toml"));
}

//! Articles under another name, and readers who knew the old one.

use crate::newsroom::{ANA, JUN, Newsroom, Output};

const HARBOR: &str = "articles/2026/07/harbor/index.md";
const PORT: &str = "articles/2026/07/port/index.md";

fn public(newsroom: &Newsroom, slug: &str) {
    newsroom.brief(slug);
    through(newsroom, slug);
}

/// Through review, and before the public.
fn through(newsroom: &Newsroom, slug: &str) {
    newsroom.run(["submit", slug]).ok();
    newsroom.as_(JUN).run(["approve", slug, "--yes"]).ok();
    newsroom.run(["publish", slug]).ok();
}

fn rename(newsroom: &Newsroom, from: &str, to: &str) -> Output {
    newsroom.run(["rename", from, to])
}

#[test]
fn a_draft_moves_at_once_with_all_that_it_has() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.write("articles/2026/07/harbor/dredger.jpg", "a photo");
    insta::assert_snapshot!(newsroom.run(["rename", "harbor", "port", "--title", "The port waits"]), @r"
    --- stderr ---
    Saved harbor: 6 words and 1 file changed.
    Renamed harbor to port: The port waits
      articles/2026/07/port/index.md
    [exit 0]
    ");
    assert!(!newsroom.exists("articles/2026/07/harbor") && newsroom.exists("articles/2026/07/port/dredger.jpg"));
    assert!(!newsroom.read(PORT).contains("aliases"), "nobody knew it yet");
    insta::assert_snapshot!(newsroom.run(["list"]), @r"
    port  draft    The port waits
    --- stderr ---
    1 article, 1 open
    [exit 0]
    ");
    // Its past goes along.
    let log = newsroom.git(["log", "--follow", "--format=%s", "desk/harbor", "--", PORT]);
    assert!(log.lines().count() >= 2, "{log}");
    newsroom.run(["undo", "--yes"]).ok();
    assert!(newsroom.exists(HARBOR) && !newsroom.exists("articles/2026/07/port"));
    rename(&newsroom, "harbor", "port").ok();
    through(&newsroom, "port");
    newsroom.run(["audit"]).ok();
}

#[test]
fn readers_of_the_old_address_are_led_to_the_new_one() {
    let newsroom = Newsroom::new();
    public(&newsroom, "harbor");
    insta::assert_snapshot!(rename(&newsroom, "harbor", "port"), @r"
    --- stderr ---
    Renamed harbor to port: Title of harbor
      articles/2026/07/port/index.md
    Readers find it at /2026/07/harbor/ until it is public under its new name;
    then that leads to the new address: desk submit port
    [exit 0]
    ");
    assert!(newsroom.read(PORT).contains("aliases = [\"/2026/07/harbor/\"]"), "{}", newsroom.read(PORT));
    insta::assert_snapshot!(newsroom.run(["list"]), @r"
    port  published  correcting  Title of harbor
    --- stderr ---
    1 article, 1 open
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["show", "port"]), @r"
    Title of harbor
      stage    published, correcting
      kind     brief
      section  local
      words    6
      file     articles/2026/07/port/index.md
      digest   sha256:092d636694691fb2c04ad07ce59c4d3258f51dd3182a231f30f755a83bbeb6bc
    change 1, refile, 13:07, not public yet: /2026/07/harbor/ → /2026/07/port/
    Needs editorial approval (by Mina Park or Jun Seo)
    Needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    newsroom.run(["build"]).ok();
    assert!(newsroom.exists("public/2026/07/harbor/index.html") && !newsroom.exists("public/2026/07/port"));
    newsroom.run(["submit", "port"]).ok();
    newsroom.as_(JUN).run(["approve", "port", "--yes"]).ok();
    insta::assert_snapshot!(newsroom.run(["publish", "port"]), @r"
    --- stderr ---
    Published: Title of harbor, 13:13
      /2026/07/port/   live when the site is built: desk build
      /2026/07/harbor/   leads there too
      exactly the 6 words Jun Seo approved at 13:12
    Mistake? desk undo takes it back while nothing has left this machine.
    [exit 0]
    ");
    assert!(!newsroom.exists("articles/2026/07/harbor"));
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    insta::assert_snapshot!(newsroom.run(["audit"]), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    newsroom.run(["build"]).ok();
    let old = newsroom.read("public/2026/07/harbor/index.html");
    assert!(old.contains("2026/07/port/"), "{old}");
    newsroom.run(["check"]).ok();
    insta::assert_snapshot!(newsroom.run(["show", "port", "--history"]), @r"
    13:04  Mina Park submitted it (ae48e3d0059a)
    13:05  Jun Seo approved it (ae48e3d0059a)
    13:06  Mina Park published it (review -> published)
    13:11  Mina Park submitted it (092d63669469)
    13:12  Jun Seo approved it (092d63669469)
    13:13  Mina Park corrected it (published -> published)
    [exit 0]
    ");
}

#[test]
fn back_under_its_name_nothing_is_open() {
    let newsroom = Newsroom::new();
    public(&newsroom, "harbor");
    let before = (newsroom.read(HARBOR), newsroom.references());
    rename(&newsroom, "harbor", "port").ok();
    insta::assert_snapshot!(rename(&newsroom, "port", "harbor"), @r"
    --- stderr ---
    Renamed port to harbor: Title of harbor
      articles/2026/07/harbor/index.md
    It is called what readers know it by: nothing of it is open any more.
    [exit 0]
    ");
    assert_eq!((newsroom.read(HARBOR), newsroom.references()), before);
    // There and back, each time before the public.
    for (from, to) in [("harbor", "port"), ("port", "harbor"), ("harbor", "port")] {
        rename(&newsroom, from, to).ok();
        through(&newsroom, to);
    }
    assert!(newsroom.read(PORT).contains("aliases = [\"/2026/07/harbor/\"]"), "{}", newsroom.read(PORT));
    newsroom.run(["audit"]).ok();
}

#[test]
fn an_address_leads_to_one_article_for_ever() {
    let newsroom = Newsroom::new();
    public(&newsroom, "harbor");
    rename(&newsroom, "harbor", "port").ok();
    through(&newsroom, "port");
    newsroom.brief("ferry");
    insta::assert_snapshot!(rename(&newsroom, "ferry", "port"), @r"
    --- stderr ---
    Saved ferry: 6 words changed.
    error: there is an article called `port` already
      nothing else was changed
    help: desk show port, or choose another name
    [exit 1]
    ");
    insta::assert_snapshot!(rename(&newsroom, "ferry", "harbor"), @r"
    --- stderr ---
    error: readers find `port` at `2026/07/harbor`
      nothing was changed
      an address leads to one article for ever
    help: desk show port, or choose another name
    [exit 1]
    ");
    let new = ["new", "Harbor", "--kind", "brief", "--slug", "harbor", "--set", "section=local", "--no-edit"];
    insta::assert_snapshot!(newsroom.run(new), @r"
    --- stderr ---
    error: readers find `port` at `2026/07/harbor`
      an address leads to one article for ever
    help: desk show port, or choose another name with --slug
    [exit 1]
    ");
    insta::assert_snapshot!(rename(&newsroom, "ferry", "Not A Slug"), @r"
    --- stderr ---
    error: `Not A Slug` cannot be a slug (use letters, digits and hyphens)
    help: harbor-dredging
    [exit 2]
    ");
    insta::assert_snapshot!(rename(&newsroom, "ferry", "ferry"), @r"
    --- stderr ---
    error: `ferry` is called that already
      nothing was changed
    help: desk show ferry
    [exit 1]
    ");
    newsroom.write("articles/2026/07/quay/notes.txt", "mine");
    insta::assert_snapshot!(rename(&newsroom, "ferry", "quay"), @r"
    --- stderr ---
    error: `articles/2026/07/quay` is in the way
      nothing was changed
    help: move it elsewhere, or choose another name
    [exit 1]
    ");
    // What readers know stays, whoever strikes it out.
    newsroom.edit(PORT, "aliases = [\"/2026/07/harbor/\"]\n", "");
    insta::assert_snapshot!(newsroom.run(["submit", "port"]), @r#"
    --- stderr ---
    Saved port: 1 word changed.
    error: readers know `port` at `2026/07/harbor`, which would lead nowhere
      nothing else was changed
      an address that was public stays: links and bookmarks lead to it
    help: add "/2026/07/harbor/" to its aliases; desk rename does that by itself
    [exit 1]
    "#);
    newsroom.edit(PORT, "draft = false\n", "draft = false\naliases = [\"/2026/07/harbor/\", \"/2026/07/ferry/\"]\n");
    newsroom.run(["correct", "port", "--kind", "refile", "--note", "Another way in."]).ok();
    insta::assert_snapshot!(newsroom.run(["submit", "port"]), @r"
    --- stderr ---
    error: not yet: one thing is missing
      the address `2026/07/ferry` is that of `articles/2026/07/ferry/index.md` too (duplicate-slug, articles/2026/07/port/index.md)
      nothing was changed
    help: desk check port
    [exit 1]
    ");
}

#[test]
fn whoever_agreed_to_the_old_place_agrees_again() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    insta::assert_snapshot!(rename(&newsroom, "harbor", "port"), @r"
    --- stderr ---
    Renamed harbor to port: Title of harbor
      articles/2026/07/port/index.md
    The yes of Mina Park and Jun Seo was to its old place: desk submit port
    [exit 0]
    ");
    newsroom.run(["publish", "port"]).fails(1);
    through(&newsroom, "port");
    newsroom.run(["audit"]).ok();
}

#[test]
fn what_is_gone_keeps_its_name() {
    let newsroom = Newsroom::new();
    public(&newsroom, "harbor");
    newsroom.as_(ANA).run(["withdraw", "harbor", "--kind", "legal", "--note", "The court forbids it."]).ok();
    insta::assert_snapshot!(rename(&newsroom, "harbor", "port"), @r"
    --- stderr ---
    error: `harbor` is withdrawn, and keeps its name while it is
      nothing was changed
    help: desk revive harbor
    [exit 1]
    ");
    newsroom.brief("ferry");
    newsroom.run(["spike", "ferry"]).ok();
    insta::assert_snapshot!(rename(&newsroom, "ferry", "boats"), @r"
    --- stderr ---
    error: `ferry` is spiked, and keeps its name while it is
      nothing was changed
    help: desk revive ferry
    [exit 1]
    ");
}

#[test]
fn withdrawn_while_it_is_renamed_the_notice_stands_where_readers_look() {
    let newsroom = Newsroom::new();
    public(&newsroom, "harbor");
    rename(&newsroom, "harbor", "port").ok();
    newsroom.as_(ANA).run(["withdraw", "port", "--kind", "legal", "--note", "The court forbids it."]).ok();
    assert!(newsroom.read(HARBOR).contains("The court forbids it."));
    assert!(!newsroom.exists(PORT), "{}", newsroom.git(["status", "--porcelain"]));
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["audit"]).ok();
}

/// A brief that leads to the harbor, in so many ways.
fn leading(newsroom: &Newsroom, slug: &str) -> String {
    let path = newsroom.brief(slug);
    let links = "\nSee [the port](../harbor/), [once](/2026/07/harbor/#late) and [more](../harbor/index.md).\n";
    newsroom.write(&path, newsroom.read(&path) + links);
    path
}

#[test]
fn what_led_to_it_leads_to_it() {
    let newsroom = Newsroom::new();
    public(&newsroom, "harbor");
    let ferry = leading(&newsroom, "ferry");
    through(&newsroom, "ferry");
    let quay = leading(&newsroom, "quay");
    leading(&newsroom, "pier");
    newsroom.run(["submit", "pier"]).ok();
    rename(&newsroom, "harbor", "port").ok();
    assert!(newsroom.read(&quay).contains("../harbor/"), "readers find it there still");
    newsroom.run(["submit", "port"]).ok();
    newsroom.as_(JUN).run(["approve", "port", "--yes"]).ok();
    insta::assert_snapshot!(newsroom.run(["publish", "port"]), @r"
    --- stderr ---
    Published: Title of harbor, 13:17
      /2026/07/port/   live when the site is built: desk build
      /2026/07/harbor/   leads there too
      exactly the 6 words Jun Seo approved at 13:16
    Links to port are mended in ferry and quay.
    Not mended, because somebody has it open: pier.
      The old address leads on from there.
    Mistake? desk undo takes one after another back while nothing has left this machine.
    [exit 0]
    ");
    for path in [&ferry, &quay] {
        let text = newsroom.read(path);
        assert!(text.contains("(../port/), [once](/2026/07/port/#late) and [more](../port/index.md)"), "{text}");
    }
    insta::assert_snapshot!(newsroom.run(["list"]), @r"
    ferry  published    Title of ferry
    pier   review       Title of pier
    port   published    Title of harbor
    quay   draft        Title of quay
    --- stderr ---
    4 articles, 2 open
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["show", "ferry"]), @r"
    Title of ferry
      stage    published
      kind     brief
      section  local
      words    12
      file     articles/2026/07/ferry/index.md
      digest   sha256:a12887428ec6b90fd1207e1aa9412f013be0d9a82e26291ecd2bcabe306e2e54
    change 1, refile, 13:17: /2026/07/harbor/ → /2026/07/port/
    [exit 0]
    ");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "?? articles/2026/07/pier/\n?? articles/2026/07/quay/\n");
    newsroom.run(["audit"]).ok();
    newsroom.run(["check"]).ok();
    // What was sent already leads on, too.
    newsroom.as_(JUN).run(["approve", "pier", "--yes"]).ok();
    newsroom.run(["publish", "pier"]).ok();
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/pier/index.html");
    assert_eq!(page.matches("2026/07/port/").count(), 2, "{page}");
    // Taken back one by one.
    for _ in 0..5 {
        newsroom.run(["undo", "--yes"]).ok();
    }
    assert!(newsroom.read(&ferry).contains("../harbor/") && newsroom.exists(PORT));
}

#[test]
fn drafts_that_lead_to_a_draft_follow_it_at_once() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    let quay = leading(&newsroom, "quay");
    newsroom.edit(&quay, "draft = true", "draft = true\nrelated = [\"harbor\"]");
    insta::assert_snapshot!(rename(&newsroom, "harbor", "port"), @r"
    --- stderr ---
    Saved harbor: 6 words changed.
    Renamed harbor to port: Title of harbor
      articles/2026/07/port/index.md
    Links to port are mended in quay.
    [exit 0]
    ");
    let text = newsroom.read(&quay);
    assert!(text.contains("related = [\"port\"]") && !text.contains("harbor/"), "{text}");
}

//! The site as a whole: what is public comes out, and nothing else does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::article::{Document, RepoPath, Stage};

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a sound path")
}

fn info() -> SiteInfo {
    SiteInfo {
        id: "n1".to_owned(),
        name: "Port Alder Post".to_owned(),
        url: Some("https://post.example".to_owned()),
        language: "en".to_owned(),
        timezone: TimeZone::UTC,
        description: Some("News of the harbour".to_owned()),
        root: path("articles"),
    }
}

fn now() -> Timestamp {
    "2026-08-01T00:00:00Z".parse().expect("a time")
}

fn article(home: &str, front: &str, body: &str, files: &[&str]) -> PublicArticle {
    let home = path(home);
    let main = home.join("index.md").expect("sound");
    let text = format!("+++\n{front}\n+++\n{body}");
    let files = std::iter::once(main.clone()).chain(files.iter().map(|file| home.join(file).expect("sound"))).collect();
    let (document, findings) = Document::read(main, text.as_bytes());
    assert_eq!(findings, [], "{front}");
    PublicArticle { document, home, files, first_published: None, last_changed: None }
}

const PUBLIC: &str = "[desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WX\"\nkind = \"news\"\nstage = \"published\"";

fn ferry() -> PublicArticle {
    let front = format!(
        "title = \"Ferry fares rise in May\"\ndescription = \"Four per cent, says the port\"\n\
         date = 2026-07-25T09:00:00Z\nauthors = [\"Mina Park\", \"Jun Seo\"]\nsection = \"Harbour\"\ntags = [\"port\"]\n\
         dateline = \"PORT ALDER\"\naliases = [\"/old/fares/\"]\n\
         [[photos]]\nfile = \"quay.jpg\"\nalt = \"A quay\"\ncaption = \"The quay\"\ncredit = \"Port\"\n\
         [[changes]]\nkind = \"correction\"\ndate = 2026-07-26\nnote = \"It was four, not five.\"\n{PUBLIC}"
    );
    article(
        "articles/2026/07/ferry",
        &front,
        "# Fares\n\nThey *rise*. See [figures](fares.csv).\n",
        &["quay.jpg", "fares.csv", "notes.txt"],
    )
}

fn text(site: &Site, at: &str) -> String {
    match site.pages.iter().find(|page| page.path.as_str() == at).map(|page| &page.content) {
        Some(Content::Bytes(bytes)) => String::from_utf8(bytes.clone()).expect("UTF-8"),
        other => panic!("{at}: {other:?}"),
    }
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in:\n{text}");
    }
}

#[test]
fn an_article_becomes_a_page() {
    let site = build(&info(), now(), &[ferry()]).expect("no collision");
    assert_eq!(site.left_out, []);
    let paths: Vec<_> = site.pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "2026/07/ferry/fares.csv",
            "2026/07/ferry/index.html",
            "2026/07/ferry/quay.jpg",
            "404.html",
            "corrections.json",
            "corrections/index.html",
            "desk.css",
            "feed.xml",
            "index.html",
            "old/fares/index.html",
            "sections/harbour/index.html",
            "sitemap.xml",
        ]
    );
    holds(
        &text(&site, "2026/07/ferry/index.html"),
        &[
            "<h1>Ferry fares rise in May</h1>",
            "<h2>Fares</h2>",
            "By Mina Park, Jun Seo",
            "<time datetime=\"2026-07-25T09:00:00+00:00\">2026-07-25 09:00 UTC</time>",
            "<link rel=\"canonical\" href=\"https://post.example/2026/07/ferry/\">",
            "<img src=\"quay.jpg\" alt=\"A quay\">",
            "It was four, not five.",
            "href=\"../../../desk.css\"",
            "href=\"../../../sections/harbour/\"",
            "href=\"fares.csv\"",
        ],
    );
    holds(&text(&site, "index.html"), &["href=\"2026/07/ferry/\"", "src=\"2026/07/ferry/quay.jpg\"", "Four per cent"]);
    holds(&text(&site, "old/fares/index.html"), &["content=\"0; url=https://post.example/2026/07/ferry/\""]);
    holds(&text(&site, "sitemap.xml"), &["<loc>https://post.example/2026/07/ferry/</loc>"]);
    holds(&text(&site, "404.html"), &["href=\"/desk.css\""]);
}

#[test]
fn the_structured_data_say_what_the_page_says() {
    let site = build(&info(), now(), &[ferry()]).expect("no collision");
    let page = text(&site, "2026/07/ferry/index.html");
    let json =
        page.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let json: serde_json::Value = serde_json::from_str(json.expect("it is there")).expect("JSON");
    assert_eq!(json["@type"], "NewsArticle");
    assert_eq!(json["headline"], "Ferry fares rise in May");
    assert_eq!(json["author"][1]["name"], "Jun Seo");
    assert_eq!(json["image"][0], "https://post.example/2026/07/ferry/quay.jpg");
    assert_eq!(json["correction"][0]["text"], "It was four, not five.");
}

#[test]
fn the_feed_is_atom() {
    let site = build(&info(), now(), &[ferry()]).expect("no collision");
    let feed = text(&site, "feed.xml");
    let document = roxmltree::Document::parse(&feed).expect("well-formed");
    let find = |name: &str| {
        let entry = document.descendants().find(|node| node.has_tag_name("entry")).expect("an entry");
        entry
            .children()
            .find(|node| node.has_tag_name(name))
            .and_then(|node| node.text())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(find("title"), "Ferry fares rise in May");
    assert_eq!(find("published"), "2026-07-25T09:00:00+00:00");
    assert!(find("id").starts_with("urn:uuid:"), "{}", find("id"));
    holds(&find("content"), &["<em>rise</em>", "href=\"https://post.example/2026/07/ferry/fares.csv\""]);
    let moved = PublicArticle { home: path("articles/2026/08/boats"), ..ferry() };
    let again = text(&build(&info(), now(), &[moved]).expect("no collision"), "feed.xml");
    assert!(again.contains(&find("id")), "an article keeps its id when it moves");
}

#[test]
fn nothing_that_is_not_public_is_shown() {
    let secret = |front: &str| article("articles/secret", &format!("title = \"SECRET\"\n{front}"), "SECRET", &[]);
    let staged = |stage: &str| secret(&format!("[desk]\nstage = \"{stage}\""));
    let cases = [
        (staged("draft"), Reason::Stage(Some(Stage::Draft))),
        (staged("review"), Reason::Stage(Some(Stage::Review))),
        (staged("withdrawn"), Reason::Stage(Some(Stage::Withdrawn))),
        (staged("spiked"), Reason::Stage(Some(Stage::Spiked))),
        (staged("Published"), Reason::Stage(None)),
        (secret("[desk]\nkind = \"news\""), Reason::Stage(None)),
        (secret("draft = true\n[desk]\nstage = \"published\""), Reason::Hidden),
        (secret("draft = true"), Reason::Stage(Some(Stage::Draft))),
        (secret("publishDate = 2026-09-01"), Reason::NotYet),
        (secret("date = 2026-09-01T00:00:00Z"), Reason::NotYet),
        (secret("expiryDate = 2026-08-01T00:00:00Z"), Reason::Over),
        (PublicArticle { home: path("elsewhere/secret"), ..secret("") }, Reason::Elsewhere),
    ];
    for (hidden, reason) in cases {
        let front = format!("title = \"Open\"\n{PUBLIC}");
        let open = article("articles/open", &front, "[more](../secret/index.md)", &[]);
        let site = build(&info(), now(), &[open, hidden.clone()]).expect("no collision");
        assert_eq!(site.left_out, [LeftOut { article: hidden.document.path.clone(), reason }]);
        for page in &site.pages {
            let Content::Bytes(bytes) = &page.content else { panic!("nothing is copied") };
            let text = String::from_utf8_lossy(bytes);
            assert!(!page.path.as_str().contains("secret") && !text.to_lowercase().contains("secret"), "{text}");
        }
    }
}

#[test]
fn only_files_that_the_words_show_are_copied() {
    let body =
        "![a](b.jpg) ![x](../other/c.jpg) ![y](plan.svg) [n](index.md) [s](page.html) ![o](https://x.example/a.jpg)";
    let files = ["b.jpg", "notes.txt", "plan.svg", "page.html", "draft.md"];
    let one = article("articles/a", &format!("title = \"A\"\n{PUBLIC}"), body, &files);
    let site = build(&info(), now(), &[one]).expect("no collision");
    let copied: Vec<_> = site.pages.iter().filter(|page| matches!(page.content, Content::Copy(_))).collect();
    assert_eq!(copied.len(), 1, "{copied:?}");
    let page = text(&site, "a/index.html");
    holds(&page, &["src=\"b.jpg\"", "src=\"https://x.example/a.jpg\"", "img-src 'self' https:"]);
    assert!(!page.contains("c.jpg") && !page.contains("plan.svg") && !page.contains("page.html"), "{page}");
}

#[test]
fn a_photo_alone_in_the_text_is_a_figure_and_stands_once() {
    let one = PublicArticle {
        document: Document::read(
            path("articles/2026/07/ferry/index.md"),
            ferry().document.text.replace("They *rise*", "![](quay.jpg)\n\nThey *rise*").as_bytes(),
        )
        .0,
        ..ferry()
    };
    let page = text(&build(&info(), now(), &[one]).expect("no collision"), "2026/07/ferry/index.html");
    assert_eq!(page.matches("quay.jpg\" alt").count(), 1, "{page}");
    holds(&page, &["alt=\"A quay\"", "<figcaption>The quay <span class=\"credit\">Photo: Port</span></figcaption>"]);
}

#[test]
fn links_lead_to_public_articles() {
    let front = format!("title = \"A\"\nslug = \"fares\"\n{PUBLIC}");
    let body = "[one](../b/index.md#x) [two](../b/) [three](//x.example/) [four](javascript:alert) [five](/all/)";
    let site = build(
        &info(),
        now(),
        &[
            article("articles/2026/a", &front, body, &[]),
            article("articles/2026/b", &format!("title = \"B\"\n{PUBLIC}"), "", &[]),
        ],
    );
    let page = text(&site.expect("no collision"), "2026/fares/index.html");
    holds(&page, &["\"../../2026/b/#x\"", "\"../../2026/b/\"", "\"https://x.example/\"", "\"../../all/\"", "four"]);
}

#[track_caller]
fn collides(one: &str, other: &str, at: &str) {
    let make = |front: &str, home: &str| article(home, &format!("title = \"A\"\n{front}\n{PUBLIC}"), "", &[]);
    let (one, other) = (make(one, "articles/2026/a"), make(other, "articles/2026/b"));
    let names = (Owner::Article(one.document.path.clone()), Owner::Article(other.document.path.clone()));
    let BuildError::Collision { path, first, second } = build(&info(), now(), &[one, other]).expect_err("they collide");
    assert_eq!((path.as_str(), first, second), (at, names.0, names.1));
}

#[test]
fn two_articles_cannot_stand_at_one_address() {
    collides("", "slug = \"a\"", "2026/a/index.html");
    collides("", "slug = \"A\"", "2026/A/index.html");
    collides("aliases = [\"/x/\"]", "aliases = [\"x\"]", "x/index.html");
    collides("aliases = [\"/x.html\"]", "aliases = [\"/x.html/y\"]", "x.html/y/index.html");
    let feed = article("articles/feed.xml", &format!("title = \"A\"\n{PUBLIC}"), "", &[]);
    let error = build(&info(), now(), &[feed]).expect_err("the feed stands there");
    assert_eq!(
        error.to_string(),
        "the site itself and `articles/feed.xml/index.md` would both stand at `feed.xml/index.html`"
    );
}

#[test]
fn an_empty_newsroom_says_so() {
    let bare = SiteInfo { url: None, description: None, ..info() };
    let site = build(&bare, now(), &[]).expect("no collision");
    holds(&text(&site, "index.html"), &["Nothing is published here yet"]);
    let feed = text(&site, "feed.xml");
    roxmltree::Document::parse(&feed).expect("well-formed");
    assert!(site.pages.iter().all(|page| page.path.as_str() != "sitemap.xml"));
}

#[test]
fn order_of_reading_changes_no_byte() {
    let one = || article("articles/a", &format!("title = \"A\"\nsection = \"news\"\n{PUBLIC}"), "x", &[]);
    let other = || article("articles/b", &format!("title = \"B\"\nsection = \"News\"\n{PUBLIC}"), "y", &[]);
    let forwards = build(&info(), now(), &[one(), other(), ferry()]).expect("no collision");
    assert_eq!(forwards, build(&info(), now(), &[ferry(), other(), one()]).expect("no collision"));
    assert_eq!(forwards.pages.iter().filter(|page| page.path.as_str().starts_with("sections/")).count(), 2);
}

#[test]
fn many_articles_have_a_page_of_all() {
    let articles: Vec<_> = (0..45)
        .map(|at| article(&format!("articles/a{at}"), &format!("title = \"Story {at}\"\n{PUBLIC}"), "", &[]))
        .collect();
    let site = build(&info(), now(), &articles).expect("no collision");
    assert_eq!(text(&site, "index.html").matches("<li>\n<article>").count(), 40);
    assert_eq!(text(&site, "all/index.html").matches("<li>\n<article>").count(), 45);
}

#[test]
fn texts_that_would_take_long_are_left_out() {
    let cells = format!("|{}\n|{}\n{}", "a|".repeat(500), "-|".repeat(500), "|b|\n".repeat(500));
    let hostile = [
        ("> ".repeat(50_000), Some(Reason::TooDeep)),
        ("- ".repeat(500) + "x", Some(Reason::TooDeep)),
        ("word ".repeat(300_000), Some(Reason::TooLarge)),
        (cells, Some(Reason::TooLarge)),
        ("*a **a ".repeat(2_000), None),
        ("[".repeat(20_000), None),
        ("<div>".repeat(20_000), None),
    ];
    for (body, reason) in hostile {
        let one = article("articles/a", &format!("title = \"A\"\n{PUBLIC}"), &body, &[]);
        let site = build(&info(), now(), &[one]).expect("no collision");
        let said = site.left_out.first().map(|left| left.reason.clone());
        assert_eq!(said, reason, "{}", body.chars().take(20).collect::<String>());
        assert!(site.left_out.iter().all(|left| left.reason.is_fault()));
    }
}

/// Everything that could make a browser do something, looked for the way a browser reads.
fn check_page(html: &str) -> Result<(), TestCaseError> {
    let allowed = BTreeSet::from([
        "a",
        "article",
        "blockquote",
        "body",
        "br",
        "code",
        "del",
        "div",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "img",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
        "!doctype",
    ]);
    let mut scripts = 0;
    for piece in html.split('<').skip(1) {
        let tag = piece.trim_start_matches('/').split([' ', '>', '\n']).next().unwrap_or_default();
        prop_assert!(allowed.contains(tag), "<{tag}> in {html}");
        scripts += usize::from(tag == "script");
        let (inside, _) = piece.split_once('>').unwrap_or((piece, ""));
        let mut quoted = inside.split('"');
        while let (Some(names), value) = (quoted.next(), quoted.next()) {
            let name = names.trim().trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
            prop_assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{name} in {html}");
            if matches!(name, "href" | "src") {
                let value: String = value.unwrap_or_default().to_ascii_lowercase();
                let scheme = value.split(['/', '#', '?']).next().and_then(|first| first.split_once(':'));
                let sound = ["http", "https", "mailto", "tel"];
                prop_assert!(scheme.is_none_or(|(scheme, _)| sound.contains(&scheme)), "{value} in {html}");
            }
        }
    }
    prop_assert!(scripts == 0 || scripts == 2, "{scripts} script tags in {html}");
    Ok(())
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "</script>",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onload='x",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "&lt;script&gt;",
        "&#106;avascript:x",
        "[a](javascript:alert(1))",
        "![a](javascript:x)",
        "[a](<java\nscript:x>)",
        "![a](quay.jpg)",
        "<a href=javascript:x>",
        "<svg/onload=x>",
        "</title>",
        "</style><style>*{}",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "\u{0}",
        "\u{1b}[31m",
        "\u{b}",
        "\u{ffff}",
        "\u{202e}",
        "\u{2028}",
        "\n\n",
        "> ",
        "- ",
        "# ",
        "`",
        "```\n",
        "|a|b|\n|-|-|\n",
        "[^a]",
        "[^a]: <b onclick=x>\n",
        "<table>",
        "<div class=\"scroll\" role=\"x\">",
        "\\",
        "\"",
        "'",
        "&",
        "<",
        ">",
        "http://x.example/\"onclick=\"x",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "é",
        "기사",
        "a",
    ]);
    prop_oneof![4 => prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()), 1 => "\\PC{0,30}"]
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        let _ = write!(out, "\\U{:08x}", u32::from(one));
    }
    out + "\""
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn hostile_text_stays_text(words in prop::collection::vec(hostile(), 14), body in prop::collection::vec(hostile(), 0..6)) {
        let word = |at: usize| quoted(&words[at]);
        let front = format!(
            "title = {}\ndescription = {}\ndate = 2026-07-25\nauthors = [{}]\nsection = {}\ntags = [{}]\ndateline = {}\n\
             slug = {}\naliases = [{}]\nauthor-bio = {}\ndisclosure = {}\n[[photos]]\nfile = \"quay.jpg\"\nalt = {}\n\
             caption = {}\ncredit = {}\n[[changes]]\nkind = \"correction\"\nnote = {}\n{PUBLIC}",
            word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7), word(8), word(9), word(10), word(11),
            word(12), word(13),
        );
        let body = body.join(" ").replace('\0', "");
        let one = article("articles/a", &front, &body, &["quay.jpg"]);
        let info = SiteInfo { name: words[0].clone(), description: Some(words[1].clone()), url: Some(words[2].clone()), language: words[3].clone(), ..info() };
        let site = build(&info, now(), &[one]).expect("one article cannot collide");
        for page in &site.pages {
            let Content::Bytes(bytes) = &page.content else { continue };
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            if page.path.as_str().ends_with(".html") {
                check_page(text)?;
            } else if page.path.as_str().ends_with(".xml") {
                let parsed = roxmltree::Document::parse(text);
                prop_assert!(parsed.is_ok(), "{parsed:?} in {text}");
                for content in parsed.iter().flat_map(roxmltree::Document::descendants).filter(|node| node.has_tag_name("content")) {
                    check_page(content.text().unwrap_or_default())?;
                }
            }
        }
    }
}

#[test]
fn a_notice_stands_at_the_address_and_nowhere_else() {
    let front = |kind: &str| {
        format!(
            "title = \"Mayor took bribes\"\ndate = 2026-07-01T10:00:00Z\nupdated = 2026-07-02T10:00:00Z\n[[changes]]\n\
             kind = \"{kind}\"\nnote = \"The only <source> lied.\"\n[desk]\nstage = \"withdrawn\""
        )
    };
    for (kind, heading, titled) in
        [("retraction", "This article was retracted", true), ("kill", "This article was withdrawn", false)]
    {
        let other = article("articles/other", "title = \"Other\"\ndate = 2026-07-01", "[It](../mayor/index.md).", &[]);
        let gone = article("articles/mayor", &front(kind), "The mayor took bribes.", &["a.jpg"]);
        let site = build(&info(), now(), &[gone, other]).expect("a site");
        assert_eq!(site.left_out, []);
        let page = text(&site, "mayor/index.html");
        assert!(page.contains(heading) && page.contains("The only &lt;source&gt; lied."), "{page}");
        assert!(page.contains("noindex") && !page.contains("The mayor took"), "{page}");
        assert_eq!(page.contains("Mayor took bribes"), titled);
        let says_it = |place: &&&str| text(&site, place).contains("lied");
        assert_eq!(["index.html", "feed.xml", "sitemap.xml"].iter().find(says_it), None);
        assert!(text(&site, "other/index.html").contains("href=\"../mayor/\""));
    }
}

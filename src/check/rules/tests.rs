//! What holds for every rule, and helpers for the tests beside each.

use std::collections::HashSet;

use super::RULES;
use crate::article::RepoPath;
use crate::check::rule::{SECTIONS, Scope, Seeks};
use crate::check::subject::{Beside, Context, Piece, Sort, Subject, Tree};
use crate::config::Config;
use crate::finding::Finding;
use crate::schema::{self, Schema, Schemas};
use crate::style::Styles;

/// An article by its folder's name, with a photo beside it.
fn piece(folder: &str, text: &str) -> Piece {
    let path = |name: &str| RepoPath::new(format!("articles/{folder}/{name}")).expect("a sound path");
    let photo = Beside { path: path("dredger.jpg"), sort: Sort::Ordinary, size: 4 };
    Piece::read(path("index.md"), text.as_bytes(), vec![photo])
}

/// The schemas that desk brings.
fn schemas() -> Schemas {
    let read = |(kind, text): (&str, &str)| {
        let path = RepoPath::new(format!("schemas/{kind}.schema.json")).expect("a sound path");
        Schema::read(kind, &path, text.as_bytes()).expect("a schema")
    };
    schema::defaults().into_iter().map(read).collect()
}

fn check(pieces: Vec<Piece>) -> Vec<Finding> {
    check_under(&Config::default(), pieces)
}

fn check_under(config: &Config, pieces: Vec<Piece>) -> Vec<Finding> {
    let now = "2026-07-25T12:00:00Z".parse().expect("a time");
    super::super::run(
        &Tree { pieces },
        &Context { config, schemas: &schemas(), styles: &Styles::default(), answers: None, now },
    )
}

/// An article with this body below a short front matter.
fn with_body(body: &str) -> String {
    format!("+++\ntitle = \"Dredging\"\ndate = 2026-07-25\n+++\n{body}")
}

#[track_caller]
fn own(rule: &str, findings: Vec<Finding>) -> impl Iterator<Item = Finding> {
    assert!(RULES.iter().any(|one| one.name == rule), "{rule}");
    findings.into_iter().filter(move |finding| finding.rule == rule)
}

/// What `rule` says about an article with these words: its messages.
#[track_caller]
pub(crate) fn messages_of(rule: &str, text: &str) -> Vec<String> {
    own(rule, check(vec![piece("2026/07/quay", text)])).map(|finding| finding.message).collect()
}

/// The same in a newsroom with this `desk.toml`.
#[track_caller]
pub(crate) fn messages_under(rule: &str, settings: &str, text: &str) -> Vec<String> {
    let path = RepoPath::new("desk.toml").expect("a sound path");
    let config = Config::read(&path, settings.as_bytes()).expect("a configuration");
    own(rule, check_under(&config, vec![piece("2026/07/quay", text)])).map(|finding| finding.message).collect()
}

/// The same for several articles by their folders' names, each message behind its folder.
#[track_caller]
pub(crate) fn messages_among(rule: &str, articles: &[(&str, &str)]) -> Vec<String> {
    let pieces = articles.iter().map(|(folder, text)| piece(folder, text)).collect();
    let said = |finding: Finding| format!("{}: {}", finding.path.unwrap_or_default(), finding.message);
    own(rule, check(pieces)).map(said).collect()
}

/// The same for a body below a short front matter.
#[track_caller]
pub(crate) fn messages(rule: &str, body: &str) -> Vec<String> {
    messages_of(rule, &with_body(body))
}

/// The words that `rule` points at in an article with these words.
#[track_caller]
pub(crate) fn said_of(rule: &str, text: &str) -> Vec<String> {
    let spans = own(rule, check(vec![piece("2026/07/quay", text)])).filter_map(|finding| finding.span);
    spans.map(|span| text[span.range()].to_owned()).collect()
}

/// The same for a body below a short front matter.
#[track_caller]
pub(crate) fn said(rule: &str, body: &str) -> Vec<String> {
    said_of(rule, &with_body(body))
}

#[test]
fn names_are_plain_and_stand_once() {
    let mut seen = HashSet::new();
    for rule in RULES {
        let plain =
            rule.name.split('-').all(|part| !part.is_empty() && part.bytes().all(|one| one.is_ascii_lowercase()));
        assert!(plain, "{}", rule.name);
        assert!(seen.insert(rule.name), "{} stands twice", rule.name);
    }
}

#[test]
fn every_rule_is_documented() {
    for rule in RULES {
        assert!(rule.doc.starts_with(&format!("# {}\n", rule.name)), "{}", rule.name);
        let places: Vec<_> = SECTIONS.iter().map(|section| rule.doc.find(&format!("\n{section}\n"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: {places:?}", rule.name);
        assert!(rule.doc.lines().all(|line| line.chars().count() <= 120), "{} has a long line", rule.name);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_findings_or_none(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        check(vec![piece("one", &String::from_utf8_lossy(&bytes))]);
    }

    #[test]
    fn spans_lie_on_characters_and_fixes_mend(
        front in proptest::collection::vec(proptest::sample::select(FRONT), 0..8),
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..12),
        body in proptest::collection::vec(proptest::sample::select(PARTS), 0..24),
    ) {
        let (front, words, body) = (front.concat(), words.concat(), body.concat());
        let text = format!("+++\ntitle = \"Dredging — again\"\n{front}+++\n{words}{body}");
        for finding in check(vec![piece("one", &text)]) {
            let labels = finding.labels.iter().map(|label| label.span);
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in finding.span.into_iter().chain(labels).chain(edits) {
                proptest::prop_assert!(text.get(span.range()).is_some(), "{finding:?}");
            }
            if let Some(fix) = &finding.fix {
                let mended = crate::article::edit::apply(&text, &fix.edits);
                proptest::prop_assert!(mended != text, "{finding:?}");
            }
        }
    }
}

proptest::proptest! {
    /// What a rule seeks is what it says nothing without: asked about every article, it says no more.
    #[test]
    fn a_rule_is_silent_where_nothing_stands_that_it_seeks(
        front in proptest::collection::vec(proptest::sample::select(FRONT), 0..4),
        parts in proptest::collection::vec(proptest::sample::select(parts()), 0..30),
    ) {
        let text = format!("+++\ntitle = \"Dredging — again\"\n{}+++\n{}", front.concat(), parts.concat());
        let piece = piece("one", &text);
        let now = "2026-07-25T12:00:00Z".parse().expect("a time");
        let (config, schemas, styles) = (Config::default(), schemas(), Styles::default());
        let context = Context { config: &config, schemas: &schemas, styles: &styles, answers: None, now };
        let subject = Subject::new(&piece, &context);
        for rule in RULES.iter().filter(|rule| !subject.offers(rule)) {
            if let Scope::Words(check) | Scope::Article(check) = rule.scope {
                proptest::prop_assert_eq!(check(&subject), vec![], "{}", rule.name);
            }
        }
    }
}

/// Everything that some rule looks for.
fn parts() -> Vec<&'static str> {
    let bad = RULES.iter().filter_map(|rule| rule.doc.split("## Bad").nth(1)?.split("## ").next());
    let phrases = RULES.iter().flat_map(|rule| rule.seeks).filter_map(|seeks| match seeks {
        Seeks::Phrases(phrases) => Some(phrases.each()),
        _ => None,
    });
    let examples = bad.flat_map(|example| example.lines().filter(|line| !line.starts_with("```")));
    examples.chain(phrases.flatten()).chain(WORDS.iter().chain(PARTS).copied()).collect()
}

/// What front matter is made of; a key that comes twice makes it unreadable, which is a case too.
const FRONT: &[&str] = &[
    "date = 2026-07-25\n",
    "description = \"14 pilots, 4% é “more” \\\"x\\\"\"\n",
    "authors = [\"By Mina P\u{430}rk and Jun Seo\", \"é\", 3]\n",
    "dateline = \"Port Älder, July 25 —\"\n",
    "dateline = '''\né (x)'''\n",
    "related = [\"x\", \"../é.md\", \"/2026/07/x/\"]\n",
    "embargo = 2027-01-01\n",
    "expiryDate = 2025-01-01T00:00:00Z\n",
    "[[sources]]\nname = \"é officials\"\nanonymous = true\n",
    "[[photos]]\nfile = \"x.jpg\"\ncaption = \"Tïlelli, 12%\"\nalt = \"x.jpg\"\nrights = \"until 31 June 2026\"\n",
    "[desk]\nkind = \"news\"\nstage = \"review\"\n",
];

/// What the rules that read prose look for.
const WORDS: &[&str] = &[
    "PORT ÄLDER (Agency) — ",
    "12 men and 7 women, 20 people in all. ",
    "20 people: 12 men é and 7 women ",
    "3 of 10 (40%) ",
    "Mina Park, 45, was born in 1990. ",
    "é-year-old born in 1990 ",
    "June 31, ",
    "2026-02-30",
    "Officials said ",
    "a source said ",
    "“The permit came late, and nobody told us é.” ",
    "John Tilelli’s ",
    "Park's ",
    "p\u{435}rmit ﬁnd ",
    "accused of é ",
    "[here](/2026/07/é/) ",
    "[]() ",
    "[é](#é) ",
    "[x](http://mina:é@10.0.0.1) ",
    "<div é> ",
    "<!-- é ",
    "$22 million ",
    "forty-é ",
    "\n\n",
    "> ",
    "- ",
];

/// What bodies are made of: everything that a rule looks for, and everything that could throw off a place.
pub(crate) const PARTS: &[&str] = &[
    "the the ",
    "“",
    "”",
    "\"",
    "\u{200b}",
    "é",
    "한국",
    "\n\n",
    "\n",
    "TK ",
    "HPA ",
    "(HPA) ",
    "Harbor Pilots Association ",
    "Monday, July 28, 2026 ",
    "July 28, a Monday",
    "# ",
    "### ",
    "> ",
    "- ",
    "    ",
    "`code` ",
    "*",
    "**",
    "[a](https://a.example/?utm_x=1&b=2) ",
    "![x](y.jpg)",
    "&amp; ",
    "<b>",
    "\\",
    "asked to remain anonymous ",
    "Back To Top",
    "| a | b |\n|---|---|\n",
    "(Photo: x)",
    ".",
    " ",
    "\u{202e}",
    "8",
    "-",
    "’s ",
];

//! Every format against text that means something to whoever reads the format.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use super::{FORMATS, Form, Look, Report, Sources, format, schema};
use crate::finding::{Edit, Finding, Level, Safety, Span};

const PATH: &str = "articles/a, b:c/index.md";

fn written(name: &str, look: Look<'_>, sources: &Sources, findings: &[Finding]) -> String {
    let mut out = Vec::new();
    let report = Report { findings, sources, checked: 2, suppressed: 1 };
    (format(name).expect("a format").write)(&report, look, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("text")
}

fn shown(name: &str, text: &str, findings: &[Finding]) -> String {
    written(name, Look::default(), &Sources::from([(PATH.to_owned(), Arc::from(text))]), findings)
}

fn summary(text: &str, findings: &[Finding]) -> String {
    let sources = Sources::from([(PATH.to_owned(), Arc::from(text))]);
    let mut out = Vec::new();
    let report = Report { findings, sources: &sources, checked: 2, suppressed: 1 };
    super::summary::write(&report, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("text")
}

const TEXT: &str = "😀 ]]> \"the the\"\nquay\n";

fn hostile() -> Vec<Finding> {
    let message = "say `a|b`: 100%0A\n::error::no [link](http://evil.example) <b>&amp; ]]> ##[group]x \u{1b}[2J @all";
    let words = TEXT.find("the the").expect("there");
    let mut commit = Finding::new("stealth-edit", Level::Warning, "words changed").in_file(PATH).at(0..4);
    commit.commit = Some("0123456789abcdef".to_owned());
    commit.mended = Some("fedcba9876543210".to_owned());
    vec![
        Finding::new("doubled-word", Level::Error, message)
            .in_file(PATH)
            .at(words..words + 7)
            .help("take \"one\" out")
            .beside(TEXT.find("quay").map(Span::at).expect("there"), "beside ]( this")
            .fix(Safety::Unsafe, vec![Edit::delete(Span::new(words + 3, words + 7))]),
        Finding::new("unknown-rule", Level::Note, "the newsroom as a whole"),
        commit,
    ]
}

#[test]
fn sarif() {
    let value: Value = serde_json::from_str(&shown("sarif", TEXT, &hostile())).expect("JSON");
    let run = &value["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| rule["id"].as_str().expect("text"))
        .collect();
    assert_eq!(rules, ["doubled-word", "stealth-edit", "unknown-rule"]);
    let help = &run["tool"]["driver"]["rules"][0]["help"]["markdown"];
    assert!(help.as_str().is_some_and(|help| help.contains("## How to mend it")), "{help}");
    insta::assert_snapshot!(serde_json::to_string_pretty(&run["results"]).expect("JSON"));
}

#[test]
fn github() {
    insta::assert_snapshot!(shown("github", TEXT, &hostile()));
    insta::assert_snapshot!("summary", summary(TEXT, &hostile()));
}

#[test]
fn gitlab() {
    let value: Value = serde_json::from_str(&shown("gitlab", TEXT, &hostile())).expect("JSON");
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).expect("JSON"));
}

#[test]
fn junit() {
    insta::assert_snapshot!(shown("junit", TEXT, &hostile()));
}

#[test]
fn spoken() {
    let sources = Sources::from([(PATH.to_owned(), Arc::from(TEXT))]);
    let look = Look { form: Form::Spoken, ..Look::default() };
    insta::assert_snapshot!(written("human", look, &sources, &hostile()));
}

#[test]
fn a_place_is_a_link_where_links_are_wanted() {
    let sources = Sources::from([(PATH.to_owned(), Arc::from(TEXT))]);
    let look = Look { links: Some("file:///post"), ..Look::default() };
    let drawn = written("human", look, &sources, &hostile()[..1]);
    let link =
        "\u{1b}]8;;file:///post/articles/a%2C%20b%3Ac/index.md\u{1b}\\articles/a, b:c/index.md:1:8\u{1b}]8;;\u{1b}\\";
    assert!(drawn.contains(link), "{drawn:?}");
}

#[test]
fn where_nothing_is_found_every_format_says_so_in_its_way() {
    let all: String =
        FORMATS.iter().map(|format| format!("{}: {}\n", format.name, shown(format.name, "", &[]).trim_end())).collect();
    insta::assert_snapshot!(all + &summary("", &[]));
}

#[test]
fn what_github_would_drop_is_counted_and_stays_in_the_log() {
    let many = |rule: &str, level, number| -> Vec<Finding> {
        (0..number).map(|at| Finding::new(rule, level, format!("number {at} ##[error]"))).collect()
    };
    let findings =
        [many("placeholder", Level::Note, 11), many("title", Level::Warning, 10), many("byline", Level::Error, 12)];
    insta::assert_snapshot!(shown("github", "", &findings.concat()));
}

#[test]
fn a_summary_fits() {
    let long = Finding::new("placeholder", Level::Warning, "*".repeat(4000)).in_file(PATH);
    let page = summary("", &vec![long; 400]);
    assert!(page.len() < 1024 * 1024, "{}", page.len());
    assert!(page.ends_with("more are in the log: a summary holds no more.\n"), "{}", &page[page.len() - 80..]);
}

#[test]
fn a_finding_keeps_its_fingerprint_when_its_line_moves_and_shares_it_with_none() {
    let prints = |text: &str| -> Vec<String> {
        let findings: Vec<Finding> = text
            .match_indices("the the")
            .map(|(at, _)| Finding::new("doubled-word", Level::Warning, "twice").in_file(PATH).at(at..at + 7))
            .collect();
        let value: Value = serde_json::from_str(&shown("gitlab", text, &findings)).expect("JSON");
        let entries = value.as_array().expect("entries").iter();
        entries.map(|entry| entry["fingerprint"].as_str().expect("text").to_owned()).collect()
    };
    let before = prints("Seen the the quay. And the the pier.\n");
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(before, prints("A new line.\n\nSeen again the the quay. And the the pier.\n"));
}

fn anything() -> impl Strategy<Value = Finding> {
    let text = "[a-z`:,%|<>&\\[\\]()\"'\u{0}\u{1b}\u{85}\u{202e}\u{fffe}\u{ffff}é😀\r\n#]{0,24}";
    let level = prop_oneof![Just(Level::Note), Just(Level::Warning), Just(Level::Error)];
    let rest = (proptest::option::of("[a-z/:,é \u{7}]{1,9}"), proptest::option::of((0usize..90, 0usize..30)), text);
    ("[a-z.-]{0,9}", level, text, rest, any::<(bool, bool)>()).prop_map(
        |(rule, level, message, (path, span, help), (fixed, mended))| {
            let mut finding = Finding::new(rule, level, message).help(help.clone());
            finding.path = path;
            finding.span = span.map(|(from, length)| Span::new(from, from + length));
            finding.label = fixed.then(|| help.clone());
            finding.commit = mended.then(|| help.clone());
            finding.mended = mended.then(|| "0123".to_owned());
            match finding.span {
                Some(span) if fixed => finding.fix(Safety::Safe, vec![Edit::replace(span, help)]),
                _ => finding,
            }
        },
    )
}

proptest! {
    #[test]
    fn every_format_can_be_read_again(
        findings in proptest::collection::vec(anything(), 0..24),
        text in "[a-z😀\u{0}\r\n ]{0,90}",
    ) {
        let sources: Sources =
            findings.iter().filter_map(|finding| Some((finding.path.clone()?, Arc::from(&*text)))).collect();
        let write = |name: &str| written(name, Look::default(), &sources, &findings);
        for name in ["json", "sarif", "gitlab"] {
            let value: Result<Value, _> = serde_json::from_str(&write(name));
            prop_assert!(value.is_ok(), "{name}: {value:?}");
        }
        let value: Value = serde_json::from_str(&write("json")).expect("read above");
        let schema: Value = serde_json::from_str(schema("findings").expect("a schema")).expect("JSON");
        prop_assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&value), "{value}");
        let junit = write("junit");
        prop_assert!(roxmltree::Document::parse(&junit).is_ok(), "{junit}");
        for line in write("github").lines() {
            let is_command = line.starts_with("::") || !line.contains("##[");
            prop_assert!(is_command, "{line}");
        }
        let spoken = written("human", Look { form: Form::Spoken, ..Look::default() }, &sources, &findings);
        let lines = if findings.is_empty() { 0 } else { findings.len() + 1 };
        prop_assert_eq!(spoken.lines().count(), lines);
    }
}

//! Asking only the rules that can find anything says what asking each of them says.

use proptest::prelude::*;

use super::{Choice, Shelf, Styles};
use crate::article::{Body, Document, RepoPath};

fn article(text: &str) -> (Document, Body) {
    let path = RepoPath::new("articles/a/index.md").expect("sound");
    let (document, _) = Document::read(path, text.as_bytes());
    let body = Body::read(&document);
    (document, body)
}

fn styles(rules: &[String]) -> Styles {
    let file = |(at, rule): (usize, &String)| (format!("House/R{at:02}.yml"), rule.clone().into_bytes());
    let choice = Choice { styles: vec!["House".to_owned()], ..Choice::default() };
    Styles::read(&Shelf::new(rules.iter().enumerate().map(file)), &choice)
}

#[track_caller]
fn agrees(styles: &Styles, text: &str) -> Result<(), TestCaseError> {
    let (document, body) = article(text);
    prop_assert_eq!(styles.check(&document, &body), styles.check_plainly(&document, &body), "{:?}", text);
    Ok(())
}

/// Words, marks and signs in which the patterns below can be found, and some in which they nearly can.
fn prose() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "is",
        "was",
        "landed",
        "café",
        "cafés",
        "us",
        "bus",
        "US",
        "NATO",
        "(NATO)",
        "North Atlantic",
        "the",
        "The",
        "we",
        "Wé",
        "e.g.",
        "e.g.,",
        "eg",
        "ferry",
        "Ferries",
        "ferry-like",
        "early-ly-x",
        "12kB",
        "3rd",
        "1st",
        "MMXX",
        "\u{212a}ing",
        "bu\u{17f}",
        "İs",
        "ſs",
        "naïve",
        "“quoted”.",
        "\"quoted\".",
        "(s)",
        "plan(s)",
        "!",
        "wow!",
        "...",
        "--",
        "—",
        "–",
        ":",
        ": A",
        ":A",
        ";",
        ", and",
        ", x and",
        ",",
        ".",
        "?",
        "a.b",
        "`is`",
        "*was*",
        "[us](u)",
        "&amp;",
        "\\*",
        "https://us.example/is",
        "\u{a0}",
        "\u{301}",
        "e\u{301}",
        "½",
        "²",
        "٣",
        "日本",
        "\n",
        "\r\n",
        "  ",
    ]);
    let blank = prop::sample::select(vec![" ", " ", " ", "", "\n"]);
    let start = prop::sample::select(vec!["", "# ", "## ", "- ", "> ", "| ", "1. "]);
    let block = (start, prop::collection::vec((word, blank), 0..14))
        .prop_map(|(start, words)| start.to_owned() + &words.concat_pairs());
    prop::collection::vec(block, 0..5)
        .prop_map(|blocks| format!("+++\ntitle = 'is it us'\n+++\n{}", blocks.join("\n\n")))
}

trait Pairs {
    fn concat_pairs(&self) -> String;
}

impl Pairs for Vec<(&str, &str)> {
    fn concat_pairs(&self) -> String {
        self.iter().flat_map(|(word, blank)| [*word, *blank]).collect()
    }
}

/// A part of a pattern: those of published styles, and all that the syntax has.
fn part() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "is",
        "was",
        "us",
        "we",
        "café",
        "e\\.g\\.",
        "ferr(?:y|ies)",
        "[A-Z]{2,5}",
        "\\w+ed",
        "[\\w]+ed",
        "\\w+",
        "\\W",
        "\\d+(?:st|nd|rd)",
        "\\d+kB",
        "\\s",
        "\\s?",
        "\\S",
        " ",
        "[^\\s-]+ly-",
        "[^,]+,",
        "(?:[^,]+,){1,}\\s\\w+\\sand",
        "\\(s\\)",
        "\\(.+\\)",
        "\"[^\"]+\"",
        "[“”]",
        "[—–]",
        "!",
        "\\.\\.\\.",
        ":",
        ";",
        "^",
        "$",
        "\\A",
        "\\Z",
        "\\b",
        "\\B",
        ".",
        ".*",
        ".+?",
        "(?i)k",
        "(?-i)S",
        "(?=\\s)",
        "(?!\\w)",
        "(?<=e)",
        "(?<!:[^ ]+?)",
        "(?<![a-z])",
        "(?=[)\\]]|x)",
        "(?i:US)",
        "(a|e)",
        "x?",
        "\\p{L}",
        "\\p{Lu}+",
        "[é-ï]",
        "[^a-z]",
        "[[:upper:]]",
        "[]a]",
        "[\\w.-]",
        "|",
        "{",
        "\\'",
    ])
}

fn pattern() -> impl Strategy<Value = String> {
    prop::collection::vec(part(), 1..5).prop_map(|parts| parts.concat())
}

/// A rule of any kind that patterns speak for.
fn rule() -> impl Strategy<Value = String> {
    let scope =
        prop::sample::select(vec!["text", "sentence", "raw", "paragraph", "~heading", "heading", "list", "summary"]);
    let point = prop::sample::select(vec![
        "existence",
        "raw",
        "substitution",
        "occurrence",
        "repetition",
        "consistency",
        "conditional",
        "capitalization",
    ]);
    let truths = prop::array::uniform3(any::<bool>());
    (point, scope, prop::collection::vec(pattern(), 2..4), truths).prop_map(|(point, scope, patterns, truths)| {
        let quoted: Vec<String> = patterns.iter().map(|one| format!("'{}'", one.replace('\'', "''"))).collect();
        let ([nonword, ignore_case, append], one, other) = (truths, &quoted[0], &quoted[1]);
        let (extends, own) = match point {
            "existence" => ("existence", format!("tokens: [{}]\nappend: {append}", quoted.join(", "))),
            "raw" => ("existence", format!("tokens: [{one}]\nraw: [{other}]\nappend: {append}")),
            "substitution" => ("substitution", format!("swap: {{{one}: '$1x', {other}: us}}\ncapitalize: {append}")),
            "occurrence" => {
                ("occurrence", format!("token: {one}\nmax: {}\nmin: {}", 1 + u8::from(append), u8::from(nonword)))
            }
            "repetition" => ("repetition", format!("tokens: [{}]\nalpha: {append}", quoted.join(", "))),
            "consistency" => ("consistency", format!("either: {{{one}: {other}}}")),
            "conditional" => ("conditional", format!("first: {one}\nsecond: '({})'", patterns[1].replace('\'', "''"))),
            _ => ("capitalization", format!("match: $title\nexceptions: [{}]", quoted.join(", "))),
        };
        let nonword = if ["existence", "substitution", "consistency"].contains(&extends) {
            format!("\nnonword: {nonword}")
        } else {
            String::new()
        };
        let case = if extends == "capitalization" { String::new() } else { format!("\nignorecase: {ignore_case}") };
        format!("extends: {extends}\nmessage: '%s'\nscope: '{scope}'\n{own}{nonword}{case}\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn asking_those_that_can_find_says_what_asking_each_says(
        rules in prop::collection::vec(rule(), 1..6),
        texts in prop::collection::vec(prose(), 1..4),
    ) {
        let styles = styles(&rules);
        for text in &texts {
            agrees(&styles, text)?;
        }
    }
}

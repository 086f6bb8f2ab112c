//! What holds for every rule and every article.

use super::{Choice, Shelf, Styles, explain};
use crate::article::{Body, Document, RepoPath};
use crate::finding::{Finding, Level};

fn article(text: &[u8]) -> (Document, Body) {
    let path = RepoPath::new("articles/a/index.md").expect("sound");
    let (document, _) = Document::read(path, text);
    let body = Body::read(&document);
    (document, body)
}

/// Files below `styles/`, by path.
fn shelf(files: &[(&str, &str)]) -> Shelf {
    Shelf::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())))
}

fn house() -> Choice {
    Choice { styles: vec!["House".to_owned()], ..Choice::default() }
}

/// What one rule says of a text: the words it points at.
#[track_caller]
fn points_at(rule: &str, text: &str) -> Vec<String> {
    let styles = Styles::read(&shelf(&[("House/Rule.yml", rule)]), &house());
    assert_eq!(styles.findings(), [], "{rule}");
    let (document, body) = article(text.as_bytes());
    let found = styles.check(&document, &body);
    found.iter().map(|finding| document.text[finding.span.map_or(0..0, |span| span.range())].to_owned()).collect()
}

fn existence(rest: &str) -> String {
    format!("extends: existence\nmessage: \"not '%s'\"\n{rest}\n")
}

#[test]
fn code_and_addresses_are_not_read() {
    let rule = existence("tokens: [very]");
    let text = "+++\ntitle = \"A very *x*\"\n[[photos]]\ncaption = \"very c\"\nalt = \"very a\"\n+++\n\
                `very` https://very.example/very. [very](/very \"t\") <b>very</b> ![very](very.jpg)\n\n\
                ```very\nvery\n```\n\n<div>very</div>\n\n> very\n\n| very | b |\n|--|--|\n| very | very |\n";
    let found = points_at(&rule, text);
    assert_eq!(found, ["very"; 10].map(str::to_owned), "title, caption, two alts, link, tag, quote, three cells");
}

#[test]
fn words_lead_back_to_their_bytes() {
    let rule = existence("tokens: [ferry fares]\nignorecase: true");
    assert_eq!(points_at(&rule, "+++\n+++\n*Ferry* fares\n"), ["Ferry* fares"]);
    assert_eq!(points_at(&rule, "+++\n+++\nA &amp; b \\* ferry fares &lt;\r\nx\r\n"), ["ferry fares"]);
    let across = existence("tokens: ['ferry\\sfares']");
    assert_eq!(points_at(&across, "+++\n+++\n> é ferry\n> fares\n"), ["ferry\n> fares"]);
}

#[test]
fn scopes_choose_what_is_read() {
    let text = "+++\n+++\n# TODO one\n\n## TODO two\n\nTODO text. TODO again.\n\n- TODO item\n\n> TODO quote\n";
    let count = |scope: &str| points_at(&existence(&format!("tokens: [TODO]\nscope: {scope}")), text).len();
    let expected = [
        ("text", 6),
        ("heading.h2", 1),
        ("list", 1),
        ("~heading", 4),
        ("sentence", 2),
        ("[list, blockquote]", 2),
        ("raw", 6),
    ];
    for (scope, expected) in expected {
        assert_eq!(count(scope), expected, "{scope}");
    }
}

#[test]
fn a_limit_is_kept_and_a_place_is_told_once() {
    let text = "+++\n+++\nvery very very\n";
    assert_eq!(points_at(&existence("tokens: [very]\nlimit: 2"), text).len(), 2);
    assert_eq!(points_at(&existence("tokens: [very]\nscope: [paragraph, sentence, text]"), text).len(), 3);
}

#[test]
fn vocabularies_are_heeded() {
    let files = [
        ("House/Rule.yml", &*existence("tokens: [alder]\nignorecase: true")),
        ("config/vocabularies/Post/accept.txt", "# names\nAlder\n"),
        ("config/vocabularies/Post/reject.txt", "utili[sz]e\n"),
    ];
    let mut choice = house();
    choice.styles.push("Vale".to_owned());
    choice.vocabularies.push("Post".to_owned());
    let styles = Styles::read(&shelf(&files), &choice);
    let (document, body) = article(b"+++\n+++\nAlder, alder and utilise.\n");
    let mut said: Vec<String> = styles.check(&document, &body).into_iter().map(|finding| finding.message).collect();
    said.sort();
    assert_eq!(said, ["Avoid using 'utilise'.", "Use 'Alder' instead of 'alder'.", "not 'alder'"]);
}

#[track_caller]
fn complains(rule: &str, expected: &str) {
    let styles = Styles::read(&shelf(&[("House/Rule.yml", rule)]), &house());
    let said: Vec<String> =
        styles.findings().iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
    assert!(said.iter().any(|line| line.contains(expected)), "{rule}\n{said:#?}");
    assert!(styles.findings().iter().all(|finding| finding.path.as_deref() == Some("styles/House/Rule.yml")));
}

#[test]
fn what_cannot_be_used_is_named() {
    complains("extends: sequence\nmessage: x\ntokens: []\n", "style-unsupported: `extends: sequence` is not supported");
    complains("extends: script\nmessage: x\nscript: x\n", "runs no scripts");
    complains("extends: existance\nmessage: x\n", "style-invalid: there is no `existance`");
    complains("extends: existence\ntokens: [a]\n", "the key `message` is missing");
    complains(&existence("tokens: [a, '(b']"), "`(b` cannot be read as a pattern");
    complains(&existence("tokens: [a]\nscope: headings"), "there is no scope `headings`");
    complains(&existence("tokens: [a]\nlevel: fatal"), "`level` must be one of");
    complains(&existence("tokens: [a]\nnonwords: true"), "`nonwords` means nothing");
    complains(&existence("tokens: [a]\naction: {name: suggest, params: [x.tengo]}"), "does not do the action");
    complains(&existence("tokens: [a]\ncode: true"), "`code` does nothing: write `scope: raw`");
    complains(&existence("tokens: [a]\nscope: text.comment.line"), "no part of an article is `text.comment.line`");
    complains("extends: substitution\nmessage: x\nswap: {a: b}\npos: NN\n", "`pos` does nothing");
    complains(
        "extends: conditional\nmessage: x\nfirst: a\nsecond: (b)\nignorecase: true\n",
        "`ignorecase` does nothing",
    );
    complains("extends: capitalization\nmessage: x\nmatch: $title\nstyle: MLA\n", "`style` must be `AP` or `Chicago`");
    complains("extends: metric\nmessage: x\nformula: zebras\ncondition: '> 1'\n", "there is no `zebras`");
    complains("extends: spelling\nmessage: x\n", "there is no dictionary");
    complains("a: [", "style-invalid: this is not YAML");
    let choice = Choice { styles: vec!["Goggle".to_owned()], vocabularies: vec!["Pots".to_owned()], ..house() };
    let missing = Styles::read(&Shelf::default(), &choice).missing().clone();
    assert_eq!((missing.styles, missing.vocabularies), (vec!["Goggle".to_owned()], vec!["Pots".to_owned()]));
}

#[test]
fn a_dictionary_that_cannot_be_used_is_named() {
    let rule = "extends: spelling\nmessage: \"'%s'?\"\nthreshold: 1\n";
    let said = |affixes: &[u8], words: &[u8]| -> Vec<String> {
        let files = [
            ("House/Rule.yml", rule.as_bytes()),
            ("config/dictionaries/a.aff", affixes),
            ("config/dictionaries/a.dic", words),
        ];
        let files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        let styles = Styles::read(&Shelf::new(files), &house());
        let (document, body) = article(b"+++\n+++\nferry fery\n");
        let said = styles.findings().iter().map(|finding| format!("{}: {}", finding.rule, finding.message));
        said.chain(styles.check(&document, &body).into_iter().map(|finding| finding.message)).collect()
    };
    let hyphens = said(b"SET UTF-8\nBREAK 1\nBREAK -\n", b"2\nferry\nfery-ferry\n");
    assert_eq!(hyphens[1..], ["'fery'?"]);
    let threshold = "style-unsupported: `threshold` does nothing: a word is in the dictionary or it is not".to_owned();
    assert_eq!(said(b"SET UTF-8\n", b"1\nferry\n"), [threshold.clone(), "'fery'?".to_owned()]);
    let broken = said(b"SET UTF-8\nFLAG num\n", b"2\nferry\nquay/x\n");
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken[1].starts_with("style-invalid: the dictionary `styles/config/dictionaries/a.dic` cannot be used"));
    assert!(said(b"SET UTF-8\n", b"ferry\n")[1].contains("cannot be used"));
    let foreign = said(b"SET ISO8859-1\n", b"2\nferry\ncaf\xe9\n");
    assert_eq!(
        foreign[1..],
        [
            "style-unsupported: `styles/config/dictionaries/a.dic` is not in UTF-8: words with other letters than a to z are not known",
            "'fery'?"
        ]
    );
}

#[test]
fn a_runaway_pattern_is_said() {
    let rule = existence("nonword: true\ntokens: ['(a*)(a*)(a*)(a*)\\1\\2z']");
    let styles = Styles::read(&shelf(&[("House/Rule.yml", &rule)]), &house());
    let (document, body) = article(format!("+++\n+++\n{}b z\n", "a".repeat(80)).as_bytes());
    let said: Vec<Finding> = styles.check(&document, &body);
    assert_eq!(said.len(), 1);
    assert!(said[0].message.contains("takes too long"));
}

#[test]
fn levels_and_fixes_are_as_they_are_set() {
    let files = [("House/Rule.yml", &*existence("level: suggestion\ntokens: [very]\naction: {name: remove}"))];
    let mut choice = Choice { least: Level::Warning, ..house() };
    assert_eq!(Styles::read(&shelf(&files), &choice).rules().count(), 0);
    choice.levels.insert("House.Rule".to_owned(), Some(Level::Error));
    let (document, body) = article(b"+++\n+++\nso very late, ve&#114;y\n");
    let found = Styles::read(&shelf(&files), &choice).check(&document, &body);
    assert_eq!(found[0].level, Level::Error);
    let fix = found[0].fix.as_ref().expect("a fix");
    assert_eq!((&document.text[fix.edits[0].span.range()], &*fix.edits[0].text), ("very", ""));
    choice.levels.insert("House.Rule".to_owned(), None);
    assert_eq!(Styles::read(&shelf(&files), &choice).rules().count(), 0);
}

#[test]
fn rules_explain_themselves() {
    let files =
        [("House/Rule.yml", &*existence("link: https://post.example/a\ndescription: Because.\ntokens: [very]"))];
    let text = explain(&shelf(&files), "House.Rule").expect("a rule");
    for part in ["# House.Rule", "not '%s'", "Because.", "https://post.example/a", "warning", "styles/House/Rule.yml"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(explain(&shelf(&files), "Vale.Spelling").is_some());
    assert_eq!(explain(&shelf(&files), "House.Other"), None);
}

const POINTS: &str =
    "existence substitution occurrence repetition consistency conditional capitalization metric spelling";

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_and_any_patterns_give_findings_on_whole_characters(
        body in "[-a-zé“”*_`<>\\[\\]()&;#|\\\\ \n\r\t0-9.!>]{0,120}",
        tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..8),
        patterns in proptest::collection::vec("[a-zé\\[\\]{}()\\\\^$*+?.|sbwd-]{1,8}", 1..4),
        scope in "(text|raw|sentence|paragraph|~heading|heading & ~heading.h1|list|alt|summary)",
        truths in proptest::array::uniform4(proptest::prelude::any::<bool>()),
    ) {
        let quoted: Vec<String> = patterns.iter().map(|one| format!("'{}'", one.replace('\'', "''"))).collect();
        let one = quoted[0].clone();
        let list = quoted.join(", ");
        let [nonword, ignore_case, append, capital] = truths;
        let files: Vec<(String, String)> = POINTS.split(' ').map(|point| {
            let own = match point {
                "existence" => format!("tokens: [{list}]\nnonword: {nonword}\nignorecase: {ignore_case}\nappend: {append}"),
                "substitution" => format!("swap: {{{one}: x}}\ncapitalize: {capital}\nnonword: {nonword}\naction: {{name: replace}}"),
                "occurrence" => format!("token: {one}\nmax: 1"),
                "repetition" => format!("tokens: [{list}]\nalpha: {append}"),
                "consistency" => format!("either: {{{one}: b}}\nnonword: {nonword}"),
                "conditional" => format!("first: {one}\nsecond: '({})'", patterns[0].replace('\'', "''")),
                "capitalization" => format!("match: $title\nexceptions: [{list}]"),
                "metric" => "formula: words\ncondition: '> 0'".to_owned(),
                _ => format!("exceptions: [{list}]"),
            };
            let scope = if point == "metric" { String::new() } else { format!("\nscope: '{scope}'") };
            (format!("House/{point}.yml"), format!("extends: {point}\nmessage: '%s'\n{own}{scope}\n"))
        }).chain([("config/dictionaries/a.aff".to_owned(), "SET UTF-8\n".to_owned()), ("config/dictionaries/a.dic".to_owned(), "1\na\n".to_owned())]).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let styles = Styles::read(&shelf(&files), &house());
        for bytes in [format!("+++\ntitle = 'é a'\n+++\n{body}").into_bytes(), [body.as_bytes(), &tail].concat()] {
            let (document, read) = article(&bytes);
            for finding in styles.check(&document, &read) {
                let spans = finding.span.into_iter().chain(finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span)));
                for span in spans {
                    proptest::prop_assert!(document.text.get(span.range()).is_some(), "{finding:?}");
                }
            }
        }
    }
}

//! The table of rules against the files: each has its own, and fixtures that show it at work.

use std::path::{Path, PathBuf};

use desk::article::RepoPath;
use desk::check::{self, Answer, Answers, Beside, Context, Piece, RULES, Scope, Sort, Tree};
use desk::config::Config;
use desk::finding::Finding;
use desk::schema::{self, Schema, Schemas};
use desk::style::Styles;

/// An article by its folder's name, with a photo beside it, and a link when the text names it.
fn piece(folder: &str, text: &str) -> Piece {
    let path = |name: &str| RepoPath::new(format!("articles/{folder}/{name}")).unwrap();
    let beside = |name: &str, sort| Beside { path: path(name), sort, size: 4 };
    let link = text.contains("elsewhere.jpg").then(|| beside("elsewhere.jpg", Sort::Link));
    let files = [beside("dredger.jpg", Sort::Ordinary)].into_iter().chain(link).collect();
    Piece::read(path("index.md"), text.as_bytes(), files)
}

/// The findings under the configuration and the schemas that stand beside the fixtures of `rule`, or desk's own.
fn check(rule: &str, pieces: Vec<Piece>) -> Vec<Finding> {
    let folder = root().join("tests/cases").join(rule);
    let read = |(kind, text): (&str, &str)| {
        let path = RepoPath::new(format!("schemas/{kind}.schema.json")).unwrap();
        let own = std::fs::read_to_string(folder.join(format!("{kind}.schema.json")));
        Schema::read(kind, &path, own.as_deref().unwrap_or(text).as_bytes()).unwrap()
    };
    let schemas: Schemas = schema::defaults().into_iter().map(read).collect();
    let settings = std::fs::read(folder.join("desk.toml")).unwrap_or_default();
    let config = Config::read(&RepoPath::new("desk.toml").unwrap(), &settings).unwrap();
    let now = "2026-07-25T12:00:00Z".parse().unwrap();
    let answers = Answers::from([
        ("https://gone.example/notices/412".to_owned(), Answer::Gone("it is gone".to_owned())),
        ("https://slow.example/timetable".to_owned(), Answer::Unsure("it is slow".to_owned())),
    ]);
    check::run(
        &Tree { pieces },
        &Context { config: &config, schemas: &schemas, styles: &Styles::default(), answers: Some(&answers), now },
    )
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file_names(folder: PathBuf) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A fixture; a checkout may turn line ends, and the fixtures mean `\n`.
fn fixture(rule: &str, name: &str) -> String {
    let path = root().join("tests/cases").join(rule).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display())).replace("\r\n", "\n")
}

/// Files of `rules/` that are not rules.
const OTHERS: [&str; 4] = ["mod", "tests", "photos", "sources"];

#[test]
fn every_file_is_in_the_table_and_the_table_is_in_order() {
    let mut files: Vec<String> = file_names(root().join("src/check/rules"))
        .into_iter()
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| !OTHERS.contains(&name.as_str()))
        .map(|name| name.replace('_', "-"))
        .collect();
    files.sort();
    let table: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(table, files);
}

#[test]
fn every_rule_has_fixtures_that_show_it() {
    let mut folders = file_names(root().join("tests/cases"));
    folders.sort();
    assert_eq!(folders, RULES.iter().map(|rule| rule.name).collect::<Vec<_>>(), "tests/cases and the rules differ");
    for rule in RULES {
        let (good, bad) = (fixture(rule.name, "good.md"), fixture(rule.name, "bad.md"));
        let (good, bad) = match rule.scope {
            Scope::Newsroom(_) => (
                vec![piece("2026/07/one", &bad), piece("2026/07/two", &good)],
                vec![piece("2026/07/one", &bad), piece("2026/07/two", &bad)],
            ),
            _ => (vec![piece("2026/07/one", &good)], vec![piece("2026/07/one", &bad)]),
        };
        let own = |pieces| {
            let findings: Vec<Finding> = check(rule.name, pieces);
            findings.into_iter().filter(|finding| finding.rule == rule.name).collect::<Vec<_>>()
        };
        assert_eq!(own(good), [], "{}: good.md is not", rule.name);
        assert!(!own(bad).is_empty(), "{}: bad.md is not bad", rule.name);
    }
}

#[test]
fn messages_have_one_grammar() {
    for rule in RULES {
        let text = fixture(rule.name, "bad.md");
        for finding in check(rule.name, vec![piece("2026/07/one", &text), piece("2026/07/two", &text)]) {
            for words in [Some(&finding.message), finding.help.as_ref(), finding.label.as_ref()].into_iter().flatten() {
                assert!(!words.ends_with(['.', ' ']) || words.ends_with("..."), "{}: {words}", finding.rule);
                assert!(!words.contains('\n'), "{}: {words}", finding.rule);
            }
        }
    }
}

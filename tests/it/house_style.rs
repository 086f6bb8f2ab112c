//! House style: each way of looking with an article that is as it should be and one that is not, and the program itself.

use std::path::{Path, PathBuf};

use desk::article::{Body, Document, RepoPath};
use desk::finding::line_column;
use desk::style::{Choice, Shelf, Styles};

use crate::newsroom::Newsroom;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/styles")
}

fn read(path: PathBuf) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display())).replace("\r\n", "\n")
}

fn names(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn shelf() -> Shelf {
    let files = ["House", "config/dictionaries"].into_iter().flat_map(|folder| {
        names(root().join(folder)).into_iter().map(move |name| {
            let path = format!("{folder}/{name}");
            let text = read(root().join(&path));
            (path, text.into_bytes())
        })
    });
    Shelf::new(files)
}

/// What the rule says of a text: line, column, level, message.
fn said(rule: &str, text: &str) -> String {
    let level = [(rule.to_owned(), Some(desk::finding::Level::Warning))];
    let levels = Choice { levels: level.into(), ..Choice::default() };
    let all = Choice { styles: vec!["House".to_owned()], ..Choice::default() };
    assert_eq!(Styles::read(&shelf(), &levels).rules().count(), 1, "{rule} cannot be switched on alone");
    let styles = Styles::read(&shelf(), &all);
    assert_eq!(styles.findings(), [], "the files are sound");
    let (document, _) = Document::read(RepoPath::new("articles/a/index.md").unwrap(), text.as_bytes());
    let mut lines = String::new();
    for finding in styles.check(&document, &Body::read(&document)).into_iter().filter(|finding| finding.rule == rule) {
        let place = line_column(text, finding.span.map_or(0, |span| span.start));
        lines.push_str(&format!("{}:{}:{}:{}\n", place.line, place.column, finding.level.as_str(), finding.message));
    }
    lines
}

#[test]
fn every_way_of_looking_finds_what_it_should() {
    let mut wrong = Vec::new();
    for file in names(root().join("House")) {
        let rule = file.strip_suffix(".yml").unwrap();
        let case = root().join("cases").join(rule.to_lowercase());
        let rule = format!("House.{rule}");
        wrong.extend(Some(said(&rule, &read(case.join("good.md")))).filter(|said| !said.is_empty()));
        let (found, expected) = (said(&rule, &read(case.join("bad.md"))), read(case.join("bad.txt")));
        if found != expected {
            wrong.push(format!("{rule}: {found}instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const PLAIN: &str = "extends: substitution\nmessage: \"write '%s', not '%s'\"\nlink: https://post.example/plain\n\
                     level: error\naction: {name: replace}\nswap: {utilise: use}\n";

/// A newsroom whose public version has a style of its own, switched on.
fn styled(settings: &str) -> Newsroom {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.write("styles/House/Plain.yml", PLAIN);
    newsroom.write("desk.toml", format!("{}\n[check]\n{settings}\n", newsroom.read("desk.toml")));
    newsroom.git(["add", "styles", "desk.toml"]);
    newsroom.git(["commit", "-qm", "styles: plain words"]);
    let slug = newsroom.brief("ferry-fares-rise");
    newsroom.write(&slug, newsroom.read(&slug) + "\nThey utilise the quay.\n");
    newsroom
}

#[test]
fn a_style_of_the_newsroom_holds_what_it_calls_an_error() {
    let newsroom = styled("styles = [\"House\"]");
    let said = newsroom.run(["check", "--format", "short"]).fails(1);
    assert!(said.contains("error[House.Plain] write 'use', not 'utilise'"), "{said}");
    let explained = newsroom.run(["check", "--explain", "House.Plain"]).ok();
    for part in ["# House.Plain", "write '%s', not '%s'", "https://post.example/plain", "styles/House/Plain.yml"] {
        assert!(explained.contains(part), "{part}: {explained}");
    }
    newsroom.run(["check", "--explain", "House.Plane"]).fails(2);
    let held = newsroom.run(["publish", "ferry-fares-rise"]).fails(1);
    assert!(held.contains("not 'utilise'") || held.contains("House.Plain"), "{held}");
}

#[test]
fn levels_are_the_newsrooms_to_set() {
    let newsroom = styled("styles = [\"House\"]\n[check.levels]\n\"House.Plain\" = \"note\"");
    let said = newsroom.run(["check", "--format", "short"]).ok();
    assert!(said.contains("note[House.Plain]"), "{said}");
    let off = styled("styles = [\"House\"]\n[check.levels]\n\"House.Plain\" = \"off\"");
    assert!(!off.run(["check", "--format", "short"]).ok().contains("House"));
    let alone = styled("levels = { \"House.Plain\" = \"warning\" }");
    assert!(alone.run(["check", "--format", "short"]).ok().contains("warning[House.Plain]"));
}

#[test]
fn what_is_missing_is_said() {
    let newsroom = styled("styles = [\"Hose\"]\nvocabularies = [\"Post\"]\nlevels = { \"House.Plane\" = \"off\" }");
    let said = newsroom.run(["check", "--format", "short"]).fails(1);
    for part in ["no style `Hose`", "no vocabulary `Post`", "no rule `House.Plane`"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

//! House style against the suite that says what it should find.
//!
//! `VALE_TESTDATA` names the folder `testdata` of Vale's sources; each scenario of its `features` that is about Markdown
//! is run through our room. `VALE_PACKAGES` names a folder with published packages, each in a folder of its own. Without
//! the variables nothing is compared, and the tests say so. With `--nocapture` they list what differs.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test reads what it is pointed at, and tells what differs"
)]

#[path = "vale/feature.rs"]
mod feature;
#[path = "vale/settings.rs"]
mod settings;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use desk::article::{Body, Document, RepoPath};
use desk::finding::{Finding, Level};
use desk::style::{Shelf, Styles};

use feature::Scenario;
use settings::Settings;

/// How many scenarios agreed when this was last measured; it may only grow.
const AGREED: usize = 41;

/// What became of a scenario.
enum Outcome {
    Agrees,
    Differs(Vec<String>),
    /// It is about something that desk does not do, or not about Markdown.
    Apart(String),
}

fn folder(variable: &str) -> Option<PathBuf> {
    let found = std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: {variable} names no folder, so house style was not compared with anything");
    }
    found
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The files below `styles`, and `dictionary` for rules that name none.
fn shelf(styles: &Path, dictionary: Option<&Path>) -> Shelf {
    let own = files_below(styles).into_iter().filter_map(|path| {
        let name = path.strip_prefix(styles).ok()?.to_string_lossy().replace('\\', "/");
        Some((name, std::fs::read(&path).ok()?))
    });
    let default = dictionary.into_iter().flat_map(files_below).filter_map(|path| {
        let name = format!("config/dictionaries/{}", path.file_name()?.to_string_lossy());
        Some((name, std::fs::read(&path).ok()?))
    });
    Shelf::new(own.chain(default))
}

fn check(styles: &Styles, bytes: &[u8]) -> (String, Vec<Finding>) {
    let path = RepoPath::new("articles/a/index.md").unwrap();
    let (document, _) = Document::read(path, bytes);
    let body = Body::read(&document);
    (document.text.to_string(), styles.check(&document, &body))
}

/// A finding as a line: file, line, column, rule, message.
fn line(file: &str, text: &str, finding: &Finding) -> String {
    let before = text[..finding.span.map_or(0, |span| span.start)].replace("\r\n", "\n").replace('\r', "\n");
    let (number, column) = match finding.span {
        Some(_) => (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1),
        None => (1, 1),
    };
    format!("{file}:{number}:{column}:{}:{}", finding.rule, finding.message)
}

fn settings_of(scenario: &Scenario, fixtures: &Path, folder: &Path) -> Option<Settings> {
    if let Some(given) = &scenario.settings {
        return Some(Settings::parse(given, &fixtures.join("formats")));
    }
    let own = [".vale.ini", "_vale", ".vale"].into_iter().map(|name| folder.join(name));
    let path = scenario.settings_at.iter().map(|path| fixtures.join(path)).chain(own).find(|path| path.is_file())?;
    Some(Settings::parse(&std::fs::read_to_string(&path).ok()?, path.parent()?))
}

fn is_markdown(name: &str) -> bool {
    name.ends_with(".md") || name.ends_with(".mdx")
}

/// The Markdown that a scenario is about, by name.
fn files_of(scenario: &Scenario, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    let files = if scenario.files.is_empty() {
        files_below(folder).into_iter().map(|path| (name(&path), std::fs::read(&path).unwrap())).collect()
    } else {
        scenario.files.clone()
    };
    let is_named = |name: &str| scenario.named.is_empty() || scenario.named.iter().any(|named| named == name);
    files.into_iter().filter(|(name, _)| is_markdown(name) && is_named(name)).collect()
}

fn run(testdata: &Path, scenario: &Scenario) -> Outcome {
    let Some(place) = &scenario.place else { return Outcome::Apart(scenario.step.clone()) };
    let fixtures = testdata.join("fixtures");
    let folder = fixtures.join(place);
    let Some(settings) = settings_of(scenario, &fixtures, &folder) else {
        return Outcome::Apart("no settings".to_owned());
    };
    let files = files_of(scenario, &folder);
    if files.is_empty() {
        return Outcome::Apart("no Markdown".to_owned());
    }
    if let Some(key) = files.iter().find_map(|(name, _)| settings.foreign(name)) {
        return Outcome::Apart(format!("the setting {key}"));
    }
    let dictionary = testdata.join("../internal/spell/data");
    let shelf = shelf(&settings.styles_path, dictionary.is_dir().then_some(dictionary.as_path()));
    let (mut found, mut undone) = (BTreeSet::new(), BTreeSet::new());
    for (name, bytes) in &files {
        let styles = Styles::read(&shelf, &settings.choice(name));
        let (text, findings) = check(&styles, bytes);
        found.extend(findings.iter().map(|finding| line(name, &text, finding)));
        let said = styles.findings().iter();
        undone.extend(
            said.map(|finding| format!("{}: {}", finding.path.as_deref().unwrap_or_default(), finding.message)),
        );
    }
    judge(scenario, &found, &undone)
}

fn judge(scenario: &Scenario, found: &BTreeSet<String>, undone: &BTreeSet<String>) -> Outcome {
    // What a rule would say that desk does not support is left out; a scenario about nothing else is apart.
    let is_undone = |line: &String| {
        let rule = line.split(':').nth(3).unwrap_or_default().replace('.', "/");
        undone.iter().any(|why| why.contains("`extends: ") && why.contains(&format!("/{rule}.yml")))
    };
    let markdown = scenario.expected.iter().filter(|line| is_markdown(line.split(':').next().unwrap_or_default()));
    let (left_out, wanted): (BTreeSet<String>, BTreeSet<String>) = markdown.cloned().partition(is_undone);
    if wanted.is_empty() && !left_out.is_empty() {
        return Outcome::Apart(undone.iter().next().cloned().unwrap_or_default());
    }
    let missing = wanted.difference(found).map(|line| format!("- {line}"));
    let surplus = found.difference(&wanted).filter(|_| scenario.exactly).map(|line| format!("+ {line}"));
    let mut differences: Vec<String> = missing.chain(surplus).collect();
    if differences.is_empty() {
        return Outcome::Agrees;
    }
    differences.extend(undone.iter().map(|why| format!("  ({why})")));
    Outcome::Differs(differences)
}

#[test]
fn scenarios_agree() {
    let Some(testdata) = folder("VALE_TESTDATA") else { return };
    let (mut agree, mut differ, mut apart) = (0, 0, 0);
    for feature in files_below(&testdata.join("features"))
        .iter()
        .filter(|path| path.extension().is_some_and(|one| one == "feature"))
    {
        let title = feature.file_stem().unwrap().to_string_lossy().into_owned();
        for scenario in feature::read(&std::fs::read_to_string(feature).unwrap()) {
            match run(&testdata, &scenario) {
                Outcome::Agrees => {
                    agree += 1;
                    println!("agrees   {title}: {}", scenario.name);
                }
                Outcome::Differs(lines) => {
                    differ += 1;
                    println!("DIFFERS  {title}: {}\n           {}", scenario.name, lines.join("\n           "));
                }
                Outcome::Apart(why) => {
                    apart += 1;
                    println!("apart    {title}: {} ({why})", scenario.name);
                }
            }
        }
    }
    println!("{agree} scenarios agree, {differ} differ, {apart} are about something else");
    assert!(agree >= AGREED, "{agree} scenarios agree, and {AGREED} did");
}

/// A published package is read without a complaint, but for what desk does not do, and finds something.
#[test]
fn packages_work_unchanged() {
    let Some(packages) = folder("VALE_PACKAGES") else { return };
    let text = "# The Very Best Ferries!\n\nWe will utilize the ferry, e.g. on Monday, in order to leverage it...\n\nThere is are no ferries that is very good. I'm sorry, it was made by him\u{2014}obviously  so.\n";
    let mut read = 0;
    for entry in std::fs::read_dir(&packages).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        // A package is the folder itself, or one of its own name in it.
        let home = if entry.join(&name).is_dir() { entry.clone() } else { packages.clone() };
        let rules =
            files_below(&home.join(&name)).into_iter().filter(|path| path.extension().is_some_and(|one| one == "yml"));
        let rules = rules.count();
        if rules == 0 {
            continue;
        }
        let files = files_below(&home.join(&name)).into_iter().map(|path| {
            let below = path.strip_prefix(&home).unwrap().to_string_lossy().replace('\\', "/");
            (below, std::fs::read(&path).unwrap())
        });
        let choice = desk::style::Choice { styles: vec![name.clone()], ..desk::style::Choice::default() };
        let styles = Styles::read(&Shelf::new(files), &choice);
        let wrong: Vec<_> = styles.findings().iter().filter(|finding| finding.level == Level::Error).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        for finding in styles.findings() {
            println!("{name}: {}: {}", finding.path.clone().unwrap_or_default(), finding.message);
        }
        let (_, found) = check(&styles, text.as_bytes());
        println!("{name}: {} of {rules} rules look; {} findings", styles.rules().count(), found.len());
        assert!(!found.is_empty(), "{name} finds nothing");
        read += 1;
    }
    assert!(read > 0, "there is no package in {}", packages.display());
}

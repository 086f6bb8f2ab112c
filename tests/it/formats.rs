//! Findings for other programs: what is written holds the schema that is promised, and those of the programs that read
//! it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::newsroom::{JUN, Newsroom, Output};

/// A folder that holds the schemas of formats that others own, which are not this project's to pass on:
/// `sarif-2.1.0.json` (OASIS) and `junit-10.xsd` (Jenkins's xUnit plugin). Of what it has not, the test says that it is
/// skipped.
const FOREIGN: &str = "DESK_FORMAT_SCHEMAS";

/// Every JSON that a command writes in these tests is held against the schema that desk prints for it.
#[track_caller]
pub fn holds_its_schema(args: &[String], output: &Output) {
    let schema = match args {
        _ if !args.iter().any(|arg| arg == "json" || arg == "--format=json") || output.stdout.is_empty() => return,
        args if args.iter().any(|arg| arg == "--approvals") => "approvals",
        args if args.iter().any(|arg| arg == "check") => "findings",
        args if args.iter().any(|arg| arg == "list") => "list",
        args if args.iter().any(|arg| arg == "audit") => "audit",
        args if args.iter().any(|arg| arg == "show") => "show",
        args if args.iter().any(|arg| arg == "sync") => "sync",
        _ => return,
    };
    let schema: Value = serde_json::from_str(desk::report::schema(schema).unwrap()).unwrap();
    valid(&schema, &output.json());
}

#[track_caller]
fn valid(schema: &Value, value: &Value) {
    let schema = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value}");
}

/// A newsroom with findings of each level, some with a fix, in words that mean something to machines.
fn at_fault() -> Newsroom {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("harbor");
    newsroom.write(&path, newsroom.read(&path) + "\nThe the 😀 `]]>` ::error::x ##[group] \u{1b}[2J TK.\n");
    newsroom.write("articles/2026/07/torn/index.md", "+++\ntitle = = 1\n+++\nwords\n");
    newsroom.write("articles/2026/07/harbor/a, b:c.jpg", "not a photo");
    newsroom
}

#[test]
fn json_of_a_newsroom_at_fault_holds_its_schema() {
    let newsroom = at_fault();
    let report = newsroom.run(["check", "--format", "json"]);
    assert_eq!(report.code, Some(1), "{report}");
    assert!(report.json()["findings"].as_array().is_some_and(|findings| findings.len() > 2), "{report}");
    newsroom.run(["list", "--format", "json"]).ok();
}

/// So that a key which the program writes is never one that the schema does not know.
#[test]
fn schemas_know_every_key() {
    let newsroom = at_fault();
    let path = newsroom.brief("ferry");
    newsroom.run(["submit", "ferry"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    newsroom.run(["publish", "ferry"]).ok();
    newsroom.write(&path, newsroom.read(&path) + "\nMore.\n");
    newsroom.git(["commit", "--quiet", "--all", "--message", "by hand"]);
    let commands: [(&str, &[&str]); 4] =
        [("findings", &["check"]), ("list", &["list"]), ("show", &["show", "ferry"]), ("audit", &["audit"])];
    for (name, args) in commands {
        let schema: Value = serde_json::from_str(desk::report::schema(name).unwrap()).unwrap();
        let written = newsroom.run(args.iter().chain(&["--format", "json"])).json();
        known(name, &schema, &schema, &written);
    }
    let audited = newsroom.run(["audit", "--format", "json"]).json();
    assert_eq!(audited["articles"][0]["breaks"][0]["reason"], "changed-without-record", "{audited}");
    assert_eq!(audited["articles"][0]["links"][0]["assents"][1]["name"], "Jun Seo", "{audited}");
}

/// Looks for keys that `part`, a part of `schema`, says nothing of, all the way down.
#[track_caller]
fn known(name: &str, schema: &Value, part: &Value, value: &Value) {
    let part = resolved(schema, part);
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let inner = part["properties"].get(key);
                let inner = inner.unwrap_or_else(|| panic!("{name}: the schema says nothing of `{key}`"));
                known(name, schema, inner, value);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| known(name, schema, &part["items"], value)),
        _ => {}
    }
}

/// What `part` leads to: itself, or the definition that it names alone or among others.
fn resolved<'a>(schema: &'a Value, part: &'a Value) -> &'a Value {
    if let Some(place) = part["$ref"].as_str() {
        return schema.pointer(place.trim_start_matches('#')).unwrap();
    }
    let among = ["anyOf", "allOf"].iter().filter_map(|key| part[key].as_array()).flatten();
    let named = among.into_iter().find(|one| one.get("$ref").is_some());
    named.map_or(part, |one| resolved(schema, one))
}

#[test]
fn a_job_gets_its_summary_and_only_where_it_asks_for_one() {
    let newsroom = at_fault();
    let page = newsroom.around().join("page.md");
    std::fs::write(&page, "What was there.\n").unwrap();
    let visit = newsroom.as_(crate::newsroom::MINA).variable("GITHUB_STEP_SUMMARY", &page.to_string_lossy());
    assert_eq!(visit.run(["check", "--format", "github"]).code, Some(1));
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("What was there.\n## desk check\n\n"), "{text}");
    assert!(visit.run(["check", "--format", "short"]).code == Some(1));
    assert_eq!(std::fs::read_to_string(&page).unwrap(), text);
    assert_eq!(newsroom.run(["check", "--format", "github"]).code, Some(1));
    let nowhere = newsroom.around().join("no/page.md");
    let visit = newsroom.as_(crate::newsroom::MINA).variable("GITHUB_STEP_SUMMARY", &nowhere.to_string_lossy());
    assert!(visit.run(["check", "--format", "github"]).fails(3).contains("could not write the job's summary"));
}

#[test]
fn whoever_listens_gets_sentences() {
    let newsroom = at_fault();
    let visit = newsroom.as_(crate::newsroom::MINA).variable("DESK_ACCESSIBLE", "1");
    insta::assert_snapshot!(visit.run(["check"]));
}

#[test]
fn links_are_made_where_the_terminal_shows_them() {
    let newsroom = at_fault();
    let visit = newsroom.as_(crate::newsroom::MINA).variable("FORCE_HYPERLINK", "1");
    let link = "\u{1b}]8;;file://[DESK]/articles/";
    assert!(visit.run(["check", "--color", "always"]).stdout.contains(link));
    assert!(!visit.run(["check"]).stdout.contains(link), "styles are taken out, and links with them");
    assert!(!newsroom.run(["check", "--color", "always"]).stdout.contains(link));
}

/// Past the test runner, which keeps what a test says that passes.
fn skipped(why: &str) {
    std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes()).unwrap();
}

#[test]
fn what_others_read_holds_their_schemas() {
    let Some(folder) = std::env::var_os(FOREIGN).map(PathBuf::from) else {
        return skipped(&format!("{FOREIGN} names no folder: SARIF and JUnit are not held against their schemas"));
    };
    let sarif = std::fs::read_to_string(folder.join("sarif-2.1.0.json")).ok();
    let sarif: Option<Value> = sarif.map(|text| serde_json::from_str(&text).unwrap());
    if sarif.is_none() {
        skipped(&format!("{FOREIGN} has no sarif-2.1.0.json: SARIF is not held against it"));
    }
    for newsroom in [Newsroom::new(), at_fault()] {
        if let Some(sarif) = &sarif {
            valid(sarif, &newsroom.run(["check", "--format", "sarif"]).json());
        }
        newsroom.write("../report.xml", newsroom.run(["check", "--format", "junit"]).stdout);
        junit(&newsroom.around().join("report.xml"), &folder.join("junit-10.xsd"));
    }
}

/// GitLab publishes no schema of these reports on their own; its documentation lists what it reads of an entry ("Code
/// Quality report format", in the chapter "Code Quality").
#[test]
fn gitlab_is_given_what_its_documentation_asks() {
    let entry = json!({
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": { "type": "string", "minLength": 1 },
            "check_name": { "type": "string", "minLength": 1 },
            "fingerprint": { "type": "string", "minLength": 1 },
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    // From the repository's folder, without `./`.
                    "path": { "type": "string", "pattern": "^[^./]|^\\.[^./]" },
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": { "begin": { "type": "integer", "minimum": 1 } },
                    },
                },
            },
            "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
        },
    });
    let said = at_fault().run(["check", "--format", "gitlab"]);
    assert!(said.stdout.starts_with('['), "no mark before it: {said}");
    let entries = said.json();
    let entries = entries.as_array().unwrap();
    assert!(entries.len() > 2, "{said}");
    entries.iter().for_each(|one| valid(&entry, one));
    let prints: BTreeSet<&str> = entries.iter().map(|one| one["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), entries.len(), "GitLab shows one of those that have the same: {said}");
}

/// Holds a report against the schema of such reports, by whichever program there is that can.
#[track_caller]
fn junit(report: &Path, schema: &Path) {
    if !schema.exists() {
        return skipped(&format!("{FOREIGN} has no junit-10.xsd: JUnit is not held against it"));
    }
    let programs: [(&str, &[&str]); 2] =
        [("xmllint", &["--noout", "--nonet", "--schema"]), ("xmlschema-validate", &["--schema"])];
    for (program, args) in programs {
        if let Ok(said) = Command::new(program).args(args).args([schema, report]).output() {
            assert!(
                said.status.success(),
                "{}{}",
                String::from_utf8_lossy(&said.stdout),
                String::from_utf8_lossy(&said.stderr)
            );
            return;
        }
    }
    skipped("there is neither xmllint nor xmlschema-validate: JUnit is not held against its schema");
}

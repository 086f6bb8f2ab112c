//! What other programs lean on: the JSON of reports, key by key.

use serde_json::{Value, json};

use crate::newsroom::{JUN, MINA, Newsroom};

/// The names of an object's members, in order.
#[track_caller]
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("an object: {value}")).keys().map(String::as_str).collect()
}

#[test]
fn list_tells_every_article() {
    let newsroom = Newsroom::new();
    assert_eq!(newsroom.run(["list", "--format", "json"]).json(), json!({"version": 1, "articles": []}));
    let path = newsroom.brief("harbor");
    newsroom.edit(&path, "draft = true\n", "draft = true\nauthors = [\"Mina Park\"]\n");
    newsroom.brief("pier");
    newsroom.run(["submit", "harbor"]).ok();
    let list = newsroom.run(["list", "--format", "json"]).json();
    assert_eq!(keys(&list), ["version", "articles"]);
    let harbor = &list["articles"][0];
    let all = ["id", "slug", "title", "kind", "stage", "path", "branch", "authors", "updated", "changes", "facts"];
    assert_eq!(keys(harbor), all);
    assert_eq!(harbor["id"].as_str().map(str::len), Some(26), "{harbor}");
    let expected = [
        ("slug", json!("harbor")),
        ("title", json!("Title of harbor")),
        ("kind", json!("brief")),
        ("stage", json!("review")),
        ("path", json!(path)),
        ("branch", json!("desk/harbor")),
        ("authors", json!(["Mina Park"])),
        ("facts", json!([])),
    ];
    for (key, value) in expected {
        assert_eq!(harbor[key], value, "{key}");
    }
    harbor["updated"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    let approved = newsroom.run(["list", "--format", "json"]).json();
    assert_eq!(approved["articles"][0]["facts"], json!(["approved"]));
    newsroom.run(["publish", "harbor"]).ok();
    let public = newsroom.run(["list", "--format", "json"]).json();
    assert_eq!(
        (&public["articles"][0]["stage"], &public["articles"][0]["branch"]),
        (&json!("published"), &Value::Null)
    );
}

#[test]
fn check_tells_every_finding() {
    let newsroom = Newsroom::new();
    let sound = newsroom.run(["check", "--format", "json"]).json();
    assert_eq!(sound, json!({"version": 1, "findings": [], "checked": 0, "suppressed": 0}));
    newsroom.brief("harbor");
    newsroom.write("articles/2026/07/torn/index.md", "+++\ntitle = = 1\n+++\nwords\n");
    let output = newsroom.run(["check", "--format", "json"]);
    assert_eq!(output.code, Some(1), "{output}");
    let report = output.json();
    assert_eq!(keys(&report), ["version", "findings", "checked", "suppressed"]);
    assert_eq!(report["checked"], 2);
    let finding = &report["findings"][0];
    let names = [
        "rule",
        "level",
        "message",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "help",
        "fix",
        "commit",
        "mended",
    ];
    assert_eq!(keys(finding), names);
    assert_eq!(finding["rule"], "invalid-toml");
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["path"], "articles/2026/07/torn/index.md");
    assert_eq!((&finding["line"], &finding["column"]), (&json!(2), &json!(9)));
    assert_eq!((&finding["fix"], &finding["commit"]), (&Value::Null, &Value::Null));
    let whole = newsroom.run(["check", "articles/2026/07/harbor", "--format", "json"]);
    assert_eq!(whole.code, Some(0), "{whole}");
    assert_eq!(whole.json()["checked"], 1);
}

#[test]
fn show_tells_where_one_article_stands() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    let shown = newsroom.as_(MINA).run(["show", "harbor", "--format", "json"]).json();
    for (key, value) in [("version", json!(1)), ("slug", json!("harbor")), ("stage", json!("review"))] {
        assert_eq!(shown[key], value, "{key}");
    }
    assert_eq!(shown["public_digest"], Value::Null);
    assert!(shown["digest"].as_str().unwrap().starts_with("sha256:"), "{shown}");
    assert_eq!(shown["assents"].as_array().map(Vec::len), Some(1), "{shown}");
    assert_eq!(shown["missing"].as_array().map(Vec::len), Some(1), "{shown}");
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.run(["publish"]).ok();
    let public = newsroom.run(["show", "harbor", "--format", "json"]).json();
    assert_eq!(public["public_digest"], shown["digest"], "what was agreed to is what is public");
    assert_eq!(public["stage"], "published");
}

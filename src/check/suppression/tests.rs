use super::*;
use crate::article::RepoPath;
use crate::check::{self, Baseline, Context, Extent, Piece, Settled, Tree};
use crate::config::Config;
use crate::schema::Schemas;
use crate::style::Styles;

const FRONT: &str = "title = \"Quay\"\ndate = 2026-07-25\ndraft = true\n";

fn settled(settings: &str, front: &str, body: &str) -> (Settled, Vec<Finding>) {
    let desk = RepoPath::new("desk.toml").expect("a sound path");
    let config = Config::read(&desk, settings.as_bytes()).expect("a configuration");
    let path = RepoPath::new("articles/quay/index.md").expect("a sound path");
    let text = format!("+++\n{FRONT}{front}+++\n{body}");
    let now = "2026-07-25T12:00:00Z".parse().expect("a time");
    let styles = Styles::default();
    let context = Context { config: &config, schemas: &Schemas::default(), styles: &styles, answers: None, now };
    let tree = Tree { pieces: vec![Piece::read(path, text.as_bytes(), Vec::new())] };
    let outcomes = tree.pieces.iter().map(|piece| check::one(piece, &context)).collect();
    let told = check::gather(outcomes, Vec::new(), check::Extent::Newsroom, &context);
    let settled = check::settle(told, &context, &Baseline::default(), |_| Some(text.as_str()));
    let of_settings = settled.of_settings(&desk, Extent::Newsroom, &context);
    (settled, of_settings)
}

/// The rules that speak, and how many findings are left out.
#[track_caller]
fn says(front: &str, body: &str, rules: &[&str], left_out: usize) {
    let (settled, _) = settled("", front, body);
    let said: Vec<&str> = settled.told.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!((said.as_slice(), settled.suppressed), (rules, left_out), "{front}{body}");
}

#[test]
fn a_comment_is_about_the_block_behind_it() {
    let allow = "<!-- desk: allow doubled-word -- The The is a band -->";
    says("", &format!("One.\n\n{allow}\n\nThe the.\n\nThe the.\n"), &["doubled-word"], 1);
    says("", &format!("One.\n{allow}\nThe the.\n"), &[], 1);
    says("", &format!("One.\n\n{allow}\n## The the\n\nThe the.\n"), &["doubled-word"], 1);
    says("", &format!("One.\n\n{allow}\n<!-- other -->\nThe the.\n"), &[], 1);
    says("", &format!("One.\n\n{allow}\n| the the | a |\n|---|---|\n| b | the the |\n"), &[], 2);
    says("", &format!("One.\n\n- Two\n\n  {allow}\n\n  The the.\n"), &[], 1);
    says("", &format!("The the.\n\n{allow}\n"), &["doubled-word", "suppression-unused"], 0);
    says("", &format!("One.\n\n```\n{allow}\n```\n\nThe the.\n"), &["doubled-word"], 0);
}

#[test]
fn inside_a_paragraph_it_is_about_that_paragraph() {
    let allow = "<!-- desk: allow doubled-word until 2026-07-25 — The The is a band -->";
    says("", &format!("The the. {allow}\n\nThe the.\n"), &["doubled-word"], 1);
    says("", &format!("> One\n\n- The the, *é* {allow} and on\n"), &[], 1);
}

#[test]
fn above_all_words_it_is_about_the_article() {
    let allow = "<!-- desk: allow doubled-word -- The The is a band -->\n";
    says("description = \"The the\"\n", &format!("{allow}\nThe the.\n\nThe the.\n"), &[], 3);
    says("", &format!("<!-- a note -->\n{allow}\nThe the.\n\nThe the.\n"), &[], 2);
    let table = "[[desk.allow]]\nrule = \"doubled-word\"\nreason = \"The The is a band\"\nuntil = 2026-07-25\n";
    says(table, "The the.\n\nThe the.\n", &[], 2);
    says(&table.replace("2026-07-25", "\"2026-08-01\""), "The the.\n", &[], 1);
}

#[test]
fn what_leaves_nothing_out_says_why() {
    says("", "<!-- desk: allow doubled-word -->\n\nThe the.\n", &["suppression-reason", "doubled-word"], 0);
    says("", "<!-- desk: allow doubled-word -- ... -->\n\nThe the.\n", &["suppression-reason", "doubled-word"], 0);
    says(
        "",
        "<!-- desk: allow doubled-word until 2026-07-24 -- band -->\n\nThe the.\n",
        &["suppression-expired", "doubled-word"],
        0,
    );
    for odd in ["ignore x", "", "allow", "allow doubled-word until", "allow doubled-word until 2026-13-01 -- x"] {
        says("", &format!("<!-- desk: {odd} -->\n\nThe the.\n"), &["suppression-form", "doubled-word"], 0);
    }
    says("", "<!-- desk: allow doubled-word -- band --> The the.\n", &["suppression-form"], 0);
    says("", "<!-- desk: allow doubled-words -- band -->\n", &["suppression-rule"], 0);
    says("", "<!-- desk: allow * -- all is well -->\n", &["suppression-rule"], 0);
    says("", "<!-- desk: allow kept-line-form -- band -->\n", &["suppression-rule"], 0);
    says("", "<!-- desk: allow suppression-unused -- band -->\n", &["suppression-rule"], 0);
    says("", "<!-- desk: allow missing-field -- no time -->\n", &["suppression-rule"], 0);
    says("", "<!-- desk: allow Google.Passive -- no such style here -->\n", &["suppression-unused"], 0);
    says("[[desk.allow]]\nrule = \"doubled-word\"\n", "The the.\n", &["suppression-reason", "doubled-word"], 0);
    says("[[desk.allow]]\nreason = \"x\"\n", "One.\n", &["suppression-form"], 0);
    says("[[desk.allow]]\nrule = \"TK\"\nreason = \"x\"\nuntil = 1\n", "One.\n", &["suppression-form"], 0);
}

#[test]
fn what_cannot_be_read_cannot_be_allowed_and_makes_nothing_idle() {
    let body = "<!-- desk: allow photo-alt -- x -->\n\n<!-- desk: allow invalid-toml -- x -->\n";
    let (settled, _) = settled("", "title = 2\n", body);
    let said: Vec<&str> = settled.told.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(said, ["invalid-toml", "suppression-rule"]);
}

#[test]
fn a_whole_style_is_named_by_its_star() {
    let one = |rule: &str| Suppression {
        rule: rule.to_owned(),
        reason: String::new(),
        until: None,
        origin: Origin::Text,
        span: Span::at(0),
        rule_span: Span::at(0),
        covers: Covers::Article,
        fault: None,
        hides: 0,
        removal: None,
    };
    assert!(one("Google.*").names("Google.Passive") && one("Google.Passive").names("Google.Passive"));
    assert!(!one("Google.*").names("GoogleX.Passive") && !one("Google.Pass").names("Google.Passive"));
    assert!(!one("Google.*").names("Google"));
}

#[test]
fn the_newsroom_allows_by_path() {
    let allow = |rest: &str| format!("[[check.allow]]\nrule = \"doubled-word\"\npath = \"articles/**\"\n{rest}");
    let body = "The the.\n";
    let (all, of_settings) = settled(&allow("reason = \"an archive\"\n"), "", body);
    assert_eq!((all.told.findings.len(), all.suppressed, of_settings.len()), (0, 1, 0));
    for (rest, rule) in [
        ("", "suppression-reason"),
        ("reason = \"x\"\nuntil = 2026-07-01\n", "suppression-expired"),
        ("reason = \"x\"\n[[check.allow]]\nrule = \"TK\"\npath = \"a/**\"\nreason = \"x\"\n", "suppression-rule"),
        (
            "reason = \"x\"\n[[check.allow]]\nrule = \"placeholder\"\npath = \"a\"\nreason = \"x\"\n",
            "suppression-unused",
        ),
    ] {
        let (_, of_settings) = settled(&allow(rest), "", body);
        let said: Vec<&str> = of_settings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(said, [rule], "{rest}");
    }
    let missing = "[[check.allow]]\nrule = \"duplicate-id\"\npath = \"articles/**\"\nreason = \"x\"\n";
    assert_eq!(settled(missing, "", body).1[0].rule, "suppression-rule");
}

#[test]
fn what_allows_nothing_makes_no_article_desks() {
    let path = RepoPath::new("articles/quay/index.md").expect("a sound path");
    let text = "+++\ntitle = \"Quay\"\n[[desk.allow]]\nrule = \"x\"\n+++\n";
    let document = crate::article::Document::read(path, text.as_bytes()).0;
    assert!(!document.is_adopted() && document.stage() == Some(crate::article::Stage::Published));
    let id = crate::article::ArticleId::generate(1, [1; 10], None);
    let edits = crate::article::edit::adopt(&document, id, "news", crate::article::Stage::Draft).expect("adopted");
    let adopted = crate::article::edit::apply(text, &edits);
    let (document, findings) = crate::article::Document::read(document.path, adopted.as_bytes());
    assert!(findings.is_empty() && document.id() == Some(id), "{adopted}");
}

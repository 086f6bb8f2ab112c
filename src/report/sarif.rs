//! SARIF 2.1.0, for code scanning: results with the rules they come from, regions in UTF-16 as the programs that show
//! SARIF count, and fingerprints that stay when lines move.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::json::inert;
use super::place::floor;
use super::sentence::{commits, told};
use super::{Format, Look, NEWSROOM, Report};
use crate::check;
use crate::finding::{Finding, Fix, Level, Safety, Span};

pub(super) static FORMAT: Format =
    Format { name: "sarif", about: "SARIF 2.1.0, for code scanning", write, summary: None };

fn write(report: &Report<'_>, _look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings {
        rules.entry(&finding.rule).or_default().push(finding);
    }
    let places: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(place, rule)| (*rule, place)).collect();
    let results: Vec<Value> = report
        .findings
        .iter()
        .zip(fingerprints(report))
        .map(|(finding, fingerprint)| result(finding, places[&*finding.rule], &fingerprint, report))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "desk",
                "fullName": "desk, the editorial desk of a newsroom",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(rule, findings)| descriptor(rule, findings)).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    writeln!(out, "{}", inert(&log.to_string()))
}

/// What a rule is, in the words that `--explain` prints.
fn descriptor(rule: &str, findings: &[&Finding]) -> Value {
    let Ok(doc) = check::explain(rule) else {
        // A rule of the newsroom's own style: what it says is all that is known of it.
        let said = findings.first().map(|finding| told(finding)).unwrap_or_default();
        return json!({
            "id": rule,
            "shortDescription": {"text": said},
            "help": {"text": said, "markdown": code(&said)},
            "defaultConfiguration": {"level": level(findings)},
        });
    };
    let short = section(doc, check::SECTIONS[0]).unwrap_or(doc);
    let short = flowing(short.split("\n\n").next().unwrap_or(short));
    let why = section(doc, check::SECTIONS[1]).map(flowing);
    json!({
        "id": rule,
        "shortDescription": {"text": short},
        "fullDescription": {"text": why.map_or_else(|| flowing(doc), |why| format!("{short} {why}"))},
        "help": {"text": doc.trim(), "markdown": doc.trim()},
        "defaultConfiguration": {"level": level(findings)},
        "properties": {"tags": ["editorial"]},
    })
}

/// The worst that a rule says here.
fn level(findings: &[&Finding]) -> &'static str {
    findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Note).as_str()
}

/// The text below a heading, up to the next.
fn section<'a>(doc: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = doc.split_once(&format!("{heading}\n"))?;
    Some(rest.split("\n## ").next().unwrap_or(rest).trim())
}

/// A paragraph on one line.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` as a block of code, in which Markdown reads nothing: set in by four columns.
fn code(text: &str) -> String {
    format!("    {text}")
}

fn result(finding: &Finding, place: usize, fingerprint: &str, report: &Report<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": finding.level.as_str(),
        "message": {"text": unlinked(&message(finding))},
        "locations": [location(finding, finding.span, report)],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "desk/1": fingerprint},
    });
    let related: Vec<Value> = finding
        .labels
        .iter()
        .map(|label| {
            let mut related = location(finding, Some(label.span), report);
            related["message"] = json!({"text": unlinked(&super::sentence::sentence(&label.message))});
            related
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(fix) = finding.fix.as_ref().and_then(|fix| fixed(finding, fix, report)) {
        result["fixes"] = json!([fix]);
    }
    let mut properties = serde_json::Map::new();
    let known =
        [("holds", finding.holds), ("commit", finding.commit.as_deref()), ("mended", finding.mended.as_deref())];
    properties.extend(known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    if !properties.is_empty() {
        result["properties"] = properties.into();
    }
    result
}

fn message(finding: &Finding) -> String {
    let told = told(finding);
    commits(finding).map_or_else(|| told.clone(), |commits| format!("{told} {commits}"))
}

/// In a message `[words](target)` is a link: no article makes one.
fn unlinked(text: &str) -> String {
    text.replace("](", "\\](")
}

fn location(finding: &Finding, span: Option<Span>, report: &Report<'_>) -> Value {
    // What is said of the newsroom as a whole is shown at its settings: a result without a file is shown nowhere.
    let path = finding.path.as_deref().unwrap_or(NEWSROOM);
    let mut physical = json!({"artifactLocation": artifact(path)});
    let text = report.text_of(finding).filter(|_| finding.mended.is_none());
    physical["region"] = match (text, span) {
        (Some(text), Some(span)) => region(text, span),
        // About the file as a whole: code scanning wants a line all the same.
        _ => json!({"startLine": 1}),
    };
    json!({"physicalLocation": physical})
}

fn artifact(path: &str) -> Value {
    json!({"uri": super::escape::uri(path), "uriBaseId": "%SRCROOT%"})
}

fn region(text: &str, span: Span) -> Value {
    let (start, end) = (Point::of(text, span.start), Point::of(text, span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A line, and a column in UTF-16 code units; both from 1.
struct Point {
    line: usize,
    column: usize,
}

impl Point {
    fn of(text: &str, at: usize) -> Self {
        let before = &text[..floor(text, at)];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        Self { line, column: before[start..].encode_utf16().count() + 1 }
    }
}

fn fixed(finding: &Finding, fix: &Fix, report: &Report<'_>) -> Option<Value> {
    let text = report.text_of(finding).filter(|_| finding.mended.is_none())?;
    let replacements = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": region(text, edit.span), "insertedContent": {"text": edit.text}}));
    let about = match fix.safety {
        Safety::Safe => "Mechanical: `desk check --fix` does it.",
        Safety::Unsafe => "Changes words: read it first, or `desk check --unsafe-fixes`.",
    };
    Some(json!({
        "description": {"text": about},
        "artifactChanges": [{
            "artifactLocation": artifact(finding.path.as_deref()?),
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    }))
}

//! JSON for programs: one object, versioned. Absent values are `null`.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::escape::acts;
use super::{Format, Look, Report};
use crate::finding::{Finding, Fix, Level, Safety, line_column};

pub(super) static FORMAT: Format = Format { name: "json", about: "for programs", write, summary: None };

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    findings: Vec<Entry<'a>>,
    checked: usize,
    suppressed: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    level: Level,
    message: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
    fix: Option<Mend<'a>>,
    commit: Option<&'a str>,
    mended: Option<&'a str>,
}

#[derive(Serialize)]
struct Mend<'a> {
    safety: Safety,
    edits: Vec<Splice<'a>>,
}

/// Bytes of the file, from `start` up to, not including, `end`.
#[derive(Serialize)]
struct Splice<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

fn write(report: &Report<'_>, _look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().map(|finding| entry(finding, report)).collect();
    let document = Document { version: 1, findings, checked: report.checked, suppressed: report.suppressed };
    let json = serde_json::to_string(&document)?;
    writeln!(out, "{}", inert(&json))
}

/// JSON in which no character acts on a terminal: they stand in strings only, where an escape means the same.
pub(super) fn inert(json: &str) -> Cow<'_, str> {
    if !json.chars().any(acts) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for one in json.chars() {
        if acts(one) {
            out.extend(one.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(one);
        }
    }
    Cow::Owned(out)
}

fn entry<'a>(finding: &'a Finding, report: &Report<'_>) -> Entry<'a> {
    let text = report.text_of(finding);
    let place = |at: usize| text.map(|text| line_column(text, at));
    let first = finding.span.and_then(|span| place(span.start));
    let last = finding.span.and_then(|span| place(span.end));
    Entry {
        rule: &finding.rule,
        level: finding.level,
        message: &finding.message,
        path: finding.path.as_deref(),
        line: first.map(|place| place.line),
        column: first.map(|place| place.column),
        end_line: last.map(|place| place.line),
        end_column: last.map(|place| place.column),
        help: finding.help.as_deref(),
        fix: finding.fix.as_ref().map(mend),
        commit: finding.commit.as_deref(),
        mended: finding.mended.as_deref(),
    }
}

fn mend(fix: &Fix) -> Mend<'_> {
    let edits = fix.edits.iter();
    Mend {
        safety: fix.safety,
        edits: edits.map(|edit| Splice { start: edit.span.start, end: edit.span.end, text: &edit.text }).collect(),
    }
}

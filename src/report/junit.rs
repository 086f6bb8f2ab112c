//! JUnit's XML, for programs that count tests: a suite per file, in it a test per rule that had something to say. Only
//! errors are failures; warnings and notes are tests skipped, with the words beside them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::acts;
use super::place::Place;
use super::sentence::{commits, count, holds, sentence, told};
use super::{Format, Look, NEWSROOM, Report};
use crate::finding::{Finding, Level};

pub(super) static FORMAT: Format =
    Format { name: "junit", about: "for programs that count tests (XML)", write, summary: None };

/// What each rule says of each file.
type Suites<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Finding>>>;

fn write(report: &Report<'_>, _look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites = Suites::new();
    for finding in report.findings {
        let suite = suites.entry(finding.path.as_deref().unwrap_or(NEWSROOM)).or_default();
        suite.entry(&finding.rule).or_default().push(finding);
    }
    let tests: usize = suites.values().map(BTreeMap::len).sum::<usize>().max(1);
    let failures: usize = suites.values().map(failures).sum();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="desk check" tests="{tests}" failures="{failures}" errors="0" time="0">"#)?;
    for (path, rules) in &suites {
        suite(path, rules, report, out)?;
    }
    if suites.is_empty() {
        // A file without a test counts as a fault with some who read it.
        writeln!(out, r#"  <testsuite name="desk" tests="1" failures="0" errors="0" skipped="0" time="0">"#)?;
        writeln!(out, r#"    <testcase name="nothing found" classname="desk" time="0"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn failures(rules: &BTreeMap<&str, Vec<&Finding>>) -> usize {
    rules.values().filter(|findings| worst(findings) == Level::Error).count()
}

fn worst(findings: &[&Finding]) -> Level {
    findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Note)
}

fn suite(
    path: &str,
    rules: &BTreeMap<&str, Vec<&Finding>>,
    report: &Report<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (tests, failed) = (rules.len(), failures(rules));
    let path = escaped(path);
    writeln!(
        out,
        r#"  <testsuite name="{path}" tests="{tests}" failures="{failed}" errors="0" skipped="{}" time="0">"#,
        tests - failed
    )?;
    for (rule, findings) in rules {
        test(&path, rule, findings, report, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn test(path: &str, rule: &str, findings: &[&Finding], report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let level = worst(findings);
    let first = findings.iter().find(|finding| finding.level == level).expect("the worst is one of them");
    let mut message = told(first);
    if findings.len() > 1 {
        message += &format!(" And {}.", count(findings.len() - 1, "more place"));
    }
    let element = if level == Level::Error { "failure" } else { "skipped" };
    let rule = escaped(rule);
    writeln!(out, r#"    <testcase name="{rule}" classname="{path}" time="0">"#)?;
    writeln!(out, r#"      <{element} type="{}" message="{}">"#, level.as_str(), escaped(&message))?;
    for finding in findings {
        writeln!(out, "{}", escaped(&line(finding, report)))?;
    }
    writeln!(out, "      </{element}>")?;
    writeln!(out, "    </testcase>")
}

fn line(finding: &Finding, report: &Report<'_>) -> String {
    let mut line = String::new();
    if let Some(place) = Place::of(finding, report) {
        line += &format!("{}:{}: ", place.first.line, place.first.column);
    }
    line += &format!("{}: {}", finding.level.as_str(), sentence(&finding.message));
    if let Some(help) = &finding.help {
        line += &format!(" Help: {help}.");
    }
    if let Some(commits) = commits(finding) {
        line += &format!(" {commits}");
    }
    format!("{line} {}", holds(finding))
}

/// `text` for XML, in an attribute or between tags. What XML cannot hold at all, and what acts on a reader's screen, is
/// written out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.extend(one.escape_unicode()),
            one if acts(one) => out.extend(one.escape_unicode()),
            one => out.push(one),
        }
    }
    out
}

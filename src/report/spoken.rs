//! For people who listen: a line a finding, in whole words. Nothing is drawn, and nothing is said by colour alone.

use std::io::{self, Write};

use super::Report;
use super::escape::visible;
use super::human::summary;
use super::place::{Place, words};
use super::sentence::{commits, holds, sentence};
use crate::finding::Finding;

/// Words longer than this are left to be found by their line.
const QUOTED: usize = 60;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", line(finding, report))?;
    }
    if report.findings.is_empty() { Ok(()) } else { writeln!(out, "{}.", summary(report)) }
}

fn line(finding: &Finding, report: &Report<'_>) -> String {
    let mut said = sentence(finding.level.as_str());
    said.pop();
    if let Some(path) = &finding.path {
        said += &format!(" in {}", visible(path));
    }
    if let Some(place) = Place::of(finding, report) {
        said += &format!(", line {}, column {}", place.first.line, place.first.column);
    }
    if let Some(quoted) = quoted(finding, report) {
        said += &format!(", at the words \"{}\"", visible(quoted));
    }
    said += &format!(": {}", full_stop(&visible(&finding.message)));
    for (word, more) in [("Here", &finding.label), ("Help", &finding.help)] {
        if let Some(more) = more {
            said += &format!(" {word}: {}", full_stop(&visible(more)));
        }
    }
    if let Some(commits) = commits(finding) {
        said += &format!(" {commits}");
    }
    format!("{said} {} Rule {}.", holds(finding), visible(&finding.rule))
}

fn quoted<'a>(finding: &Finding, report: &Report<'a>) -> Option<&'a str> {
    // A value in the front matter has quotation marks of its own.
    let quoted = words(report.text_of(finding)?, finding.span?).trim_matches('"');
    let fits = !quoted.trim().is_empty() && !quoted.contains('\n') && quoted.chars().count() <= QUOTED;
    fits.then_some(quoted)
}

fn full_stop(phrase: &str) -> String {
    if phrase.ends_with('.') { phrase.to_owned() } else { format!("{phrase}.") }
}

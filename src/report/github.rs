//! GitHub's annotations: workflow commands, as the runner reads them.
//!
//! GitHub keeps the first ten annotations of each level in a step and drops the rest without a word. So the worst come
//! first, the last of the ten says how many more there are, and those follow as plain lines of the log.

use std::io::{self, Write};

use super::escape::visible;
use super::place::Place;
use super::sentence::{commits, count, holds, sentence};
use super::{Format, Look, Report, summary};
use crate::finding::{Finding, Level};

pub(super) static FORMAT: Format = Format {
    name: "github",
    about: "annotations for GitHub Actions, and a job summary",
    write,
    summary: Some(summary::write),
};

/// How many annotations of one level GitHub keeps in a step.
const KEPT: usize = 10;

fn write(report: &Report<'_>, _look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut dropped = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.level == level).collect();
        let room = if findings.len() > KEPT { KEPT - 1 } else { KEPT };
        let (shown, rest) = findings.split_at(room.min(findings.len()));
        for finding in shown {
            writeln!(out, "{}", annotation(finding, report))?;
        }
        if !rest.is_empty() {
            let more = count(rest.len(), &format!("more {}", level.as_str()));
            let why = format!("GitHub keeps {KEPT} of each level per step");
            let words = format!("{more} not shown here: {why}. All are in the job's summary and in the log.");
            writeln!(out, "::{} title=desk::{}", command(level), data(&words))?;
            dropped.push((more, rest.to_vec()));
        }
    }
    for (more, rest) in dropped {
        writeln!(out, "::group::{more}")?;
        for finding in rest {
            writeln!(out, "{}", plain(finding, report))?;
        }
        writeln!(out, "::endgroup::")?;
    }
    Ok(())
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    }
}

fn annotation(finding: &Finding, report: &Report<'_>) -> String {
    let mut properties = Vec::new();
    if let Some(path) = &finding.path {
        properties.push(format!("file={}", property(path)));
    }
    if let Some(place) = Place::of(finding, report) {
        let (first, last) = (place.first, place.last);
        properties.push(format!("line={},endLine={}", first.line, place.last_line()));
        // Columns of two lines are refused.
        if first.line == last.line {
            properties.push(format!("col={},endColumn={}", first.column, last.column));
        }
    }
    properties.push(format!("title={}", property(&finding.rule)));
    format!("::{} {}::{}", command(finding.level), properties.join(","), data(&said(finding)))
}

/// What is wrong, what to do about it, and what it holds: a line each.
fn said(finding: &Finding) -> String {
    let help = finding.help.as_ref().or(finding.label.as_ref()).map(|help| format!("Help: {}", visible(help)));
    let lines = [Some(sentence(&finding.message)), help, commits(finding), Some(holds(finding).to_owned())];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A finding as a line that the runner takes for no command: it looks for `::` at the beginning, and for `##[` anywhere.
fn plain(finding: &Finding, report: &Report<'_>) -> String {
    let mut line = format!("{}[{}]", finding.level.as_str(), finding.rule);
    if let Some(path) = &finding.path {
        line += &format!(" {path}");
    }
    if let Some(place) = Place::of(finding, report) {
        line += &format!(":{}:{}", place.first.line, place.first.column);
    }
    visible(&format!("{line}: {}", finding.message)).replace("##[", "# #[")
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands between the commas.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

//! The page that a job shows beside its log: Markdown, in which the words of an article stay words.

use std::io::{self, Write};

use super::escape::visible;
use super::human::summary;
use super::place::Place;
use super::sentence::{commits, count, holds};
use super::{NEWSROOM, Report};
use crate::finding::{Finding, Level};

/// GitHub shows no summary that is larger than a mebibyte. This leaves room for the end.
const ROOM: usize = 1_000_000;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## desk check\n")?;
    let articles = count(report.checked, "article");
    let left_out = match report.suppressed {
        0 => String::new(),
        number => format!(" Left out, each with a reason: {}.", count(number, "finding")),
    };
    if report.findings.is_empty() {
        return writeln!(out, "Nothing found in {articles}.{left_out}");
    }
    writeln!(out, "{} in {articles}.{left_out}\n", summary(report))?;
    writeln!(out, "| level | place | what | rule |\n| --- | --- | --- | --- |")?;
    let mut room = ROOM;
    let mut left = report.findings.len();
    for level in [Level::Error, Level::Warning, Level::Note] {
        for finding in report.findings.iter().filter(|finding| finding.level == level) {
            let row = row(finding, report);
            let Some(rest) = room.checked_sub(row.len() + 1) else {
                return writeln!(out, "\n{left} more are in the log: a summary holds no more.");
            };
            room = rest;
            left -= 1;
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}

fn row(finding: &Finding, report: &Report<'_>) -> String {
    let mut place = words(finding.path.as_deref().unwrap_or(NEWSROOM));
    if let Some(at) = Place::of(finding, report) {
        place += &format!("\\:{}", at.first.line);
    }
    let mut what = words(&finding.message);
    for more in [&finding.label, &finding.help].into_iter().flatten() {
        what += &format!("<br>{}", words(more));
    }
    if let Some(commits) = commits(finding) {
        what += &format!("<br>{commits}");
    }
    what += &format!("<br>{}", holds(finding));
    format!("| {} | {place} | {what} | {} |", finding.level.as_str(), words(&finding.rule))
}

/// `text` in Markdown that shows just that; what stands in backticks is code.
fn words(text: &str) -> String {
    let text = visible(text);
    let pairs = text.matches('`').count() / 2;
    let mut parts = text.split('`');
    let mut out = escaped(parts.next().unwrap_or_default());
    for _ in 0..pairs {
        let code = parts.next().unwrap_or_default();
        let after = parts.next().unwrap_or_default();
        out += &format!("<code>{}</code>{}", escaped(code), escaped(after));
    }
    for rest in parts {
        out += &format!("\\`{}", escaped(rest));
    }
    out
}

/// Every sign that Markdown could read is told to be itself: links, mentions, tags and tables alike.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for one in text.chars() {
        match one {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' => out.push_str("&#124;"),
            '@' => out.push_str("&#64;"),
            ',' | '\'' | '"' | '/' | ';' | '%' | '=' => out.push(one),
            one if one.is_ascii_punctuation() => out.extend(['\\', one]),
            one => out.push(one),
        }
    }
    out
}

//! For people: the words quoted, carets under them, what it holds and how to learn why.

use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Padding, Renderer, Snippet};

use super::escape::{uri, visible};
use super::excerpt::{Excerpt, Mark, wrapped};
use super::sentence::{commits, count, holds};
use super::{Colour, Form, Format, Look, Report, spoken};
use crate::finding::{Finding, Level, line_column};

pub(super) static FORMAT: Format = Format { name: "human", about: "for people", write, summary: None };

fn write(report: &Report<'_>, look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    if look.form == Form::Spoken {
        return spoken::write(report, out);
    }
    let renderer = match look.colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    // Lines are cut to fit before they are drawn, so the renderer itself never has to.
    let renderer = renderer.term_width(look.width.max(40) * 4);
    for finding in report.findings {
        one(finding, report, look, &renderer, out)?;
    }
    if report.findings.is_empty() { Ok(()) } else { writeln!(out, "{}", summary(report)) }
}

fn one(
    finding: &Finding,
    report: &Report<'_>,
    look: Look<'_>,
    renderer: &Renderer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let level = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let head = finding.level.as_str().len() + finding.rule.len() + 4;
    let message = wrapped(&visible(&finding.message), look.width, head, 2);
    let text = report.text_of(finding);
    let excerpt = text.and_then(|text| Some(Excerpt::new(text, &marks(finding)?, look.width)));
    let help = finding.help.as_deref().map(|help| wrapped(&visible(help), look.width, 14, 0));

    let mut group: Group<'_> = Group::with_title(level.primary_title(&message).id(&*finding.rule));
    match &excerpt {
        Some(excerpt) => {
            let mut snippet = Snippet::source(&excerpt.text).line_start(excerpt.first_line).path(PLACE);
            for mark in &excerpt.marks {
                let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                snippet = snippet.annotation(kind.span(mark.range.clone()).label(mark.label.as_deref()));
            }
            group = group.element(snippet);
        }
        None if finding.path.is_some() => group = group.element(Origin::path(PLACE)),
        None => {}
    }
    match &help {
        Some(help) => group = group.element(Title::HELP.message(help)),
        None if excerpt.is_some() => group = group.element(Padding),
        None => {}
    }
    let drawn = renderer.render(&[group]);
    writeln!(out, "{}", with_place(&drawn, &linked(finding, &place(finding, text), look)))?;
    if let Some(came) = commits(finding) {
        writeln!(out, "{came}")?;
    }
    writeln!(out, "{}\n", footer(finding, look.width))
}

/// Stands for the place while a finding is drawn: the renderer would count columns in the cut line.
const PLACE: &str = "\u{f8ff}\u{f8fe}\u{f8ff}";

fn place(finding: &Finding, text: Option<&Arc<str>>) -> String {
    let path = visible(finding.path.as_deref().unwrap_or_default());
    match (text, finding.span) {
        (Some(text), Some(span)) => {
            let at = line_column(text, span.start);
            format!("{path}:{}:{}", at.line, at.column)
        }
        _ => path.into_owned(),
    }
}

/// The place as a link to the file, where links are wanted.
fn linked(finding: &Finding, place: &str, look: Look<'_>) -> String {
    match (look.links, &finding.path, &finding.mended) {
        (Some(root), Some(path), None) => format!("\u{1b}]8;;{root}/{}\u{1b}\\{place}\u{1b}]8;;\u{1b}\\", uri(path)),
        _ => place.to_owned(),
    }
}

fn with_place(drawn: &str, place: &str) -> String {
    let Some((before, after)) = drawn.split_once(PLACE) else { return drawn.to_owned() };
    format!("{before}{place}{}", after.trim_start_matches([':', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
}

/// The places to mark, the first of them first.
fn marks(finding: &Finding) -> Option<Vec<Mark>> {
    let first = Mark { range: finding.span?.range(), label: finding.label.clone(), primary: true };
    let others = finding.labels.iter().map(|label| Mark {
        range: label.span.range(),
        label: Some(label.message.clone()),
        primary: false,
    });
    Some(std::iter::once(first).chain(others).collect())
}

fn footer(finding: &Finding, width: usize) -> String {
    let holds = holds(finding);
    let why = format!("Why: desk check --explain {}", finding.rule);
    if holds.len() + 2 + why.len() > width {
        return format!("{holds}\n{why}");
    }
    let gap = 41usize.min(width - why.len()).max(holds.len() + 2);
    format!("{holds:gap$}{why}")
}

/// How many findings there are of each level.
pub(super) fn summary(report: &Report<'_>) -> String {
    let counted: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .map(|level| (report.count(level), level.as_str()))
        .filter(|&(count, _)| count > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    counted.join(", ")
}

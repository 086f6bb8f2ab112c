//! One line a finding: `path:line:column: level[rule] message`, as editors' problem lists read them.

use std::io::{self, Write};

use super::escape::visible;
use super::{Format, Look, Report, came};
use crate::finding::line_column;

pub(super) static FORMAT: Format = Format { name: "short", about: "a line a finding", write, summary: None };

fn write(report: &Report<'_>, _look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        if let Some(path) = &finding.path {
            write!(out, "{}:", visible(path))?;
            if let (Some(text), Some(span)) = (report.text_of(finding), finding.span) {
                let place = line_column(text, span.start);
                write!(out, "{}:{}:", place.line, place.column)?;
            }
            write!(out, " ")?;
        }
        let came = came(finding).map(|came| format!(" ({came})")).unwrap_or_default();
        writeln!(out, "{}[{}] {}{came}", finding.level.as_str(), finding.rule, visible(&finding.message))?;
    }
    Ok(())
}

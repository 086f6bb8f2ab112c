//! Where a finding is, as each format counts it.

use super::Report;
use crate::finding::{Finding, LineColumn, Span, line_column};

/// The first and the last place of a finding, in a file as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Where it begins.
    pub(super) first: LineColumn,
    /// Where it ends: the character behind it.
    pub(super) last: LineColumn,
}

impl Place {
    /// The place of `finding` in characters. None for one without a place, and none for one that a later commit mended:
    /// the file as it stands no longer holds it.
    pub(super) fn of(finding: &Finding, report: &Report<'_>) -> Option<Self> {
        let span = finding.span.filter(|_| finding.mended.is_none())?;
        let text = report.text_of(finding)?;
        Some(Self { first: line_column(text, span.start), last: line_column(text, span.end) })
    }

    /// The last line that has a character of it, for programs that count lines only.
    pub(super) fn last_line(self) -> usize {
        if self.last.column == 1 { self.first.line.max(self.last.line - 1) } else { self.last.line }
    }
}

/// The words of `text` in `span`, whatever the span is.
pub(super) fn words(text: &str, span: Span) -> &str {
    let (from, to) = (floor(text, span.start), floor(text, span.end));
    &text[from..to.max(from)]
}

/// The character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

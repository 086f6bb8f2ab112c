//! Words between quotation marks and in quoted blocks: somebody else's, so no fix may touch them unread.

use super::passage::Passage;
use super::subject::Piece;
use crate::finding::{Finding, Safety, Span};

/// Sees to it that no fix in a quotation is made unread: a mechanical one waits for a person, and one that changes
/// words is not offered at all.
pub(super) fn guard(findings: &mut [Finding], piece: &Piece, passages: &[Passage<'_>]) {
    if findings.iter().all(|finding| finding.fix.is_none()) {
        return;
    }
    let edited: Vec<Span> = findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
        .flat_map(|fix| &fix.edits)
        .map(|edit| edit.span)
        .collect();
    let is_edited = |whole: Span| edited.iter().any(|edit| edit.start <= whole.end && whole.start <= edit.end);
    let quoted = quotations(piece, passages, is_edited);
    for finding in findings {
        let Some(fix) = &mut finding.fix else { continue };
        let touches =
            |span: Span, quote: &Span| quote.contains(span) || (span.start < quote.end && quote.start < span.end);
        if fix.edits.iter().any(|edit| quoted.iter().any(|quote| touches(edit.span, quote))) {
            match fix.safety {
                Safety::Safe => fix.safety = Safety::Unsafe,
                Safety::Unsafe => finding.fix = None,
            }
        }
    }
}

/// The bytes of an article that are quoted, marks included, in those passages that are `wanted`.
fn quotations(piece: &Piece, passages: &[Passage<'_>], wanted: impl Fn(Span) -> bool) -> Vec<Span> {
    let blocks = piece.body.blocks.iter().filter(|block| block.quoted).map(|block| block.span);
    let spoken = passages
        .iter()
        .filter(|passage| wanted(passage.span()))
        .flat_map(|passage| spoken(passage.text).into_iter().map(|span| passage.place(span.start, span.end)));
    blocks.chain(spoken).collect()
}

/// A mark that opened a quotation.
#[derive(Clone, Copy)]
enum Open {
    /// “ and „.
    Curly,
    /// «, » and their small sisters: some languages turn them round.
    Angle(char),
    /// ‘.
    Single,
    /// ".
    Straight,
    /// '.
    StraightSingle,
}

/// Where `text` stands between quotation marks. One that is not closed runs to the end, as a quotation over several
/// paragraphs does; one that was never opened comes from the beginning. In doubt more counts as quoted, not less.
fn spoken(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, Open)> = None;
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, one)) = chars.next() {
        let behind = chars.peek().map(|&(_, one)| one);
        let end = at + one.len_utf8();
        let word = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
        match open {
            Some((start, kind)) => {
                let closes = match kind {
                    Open::Curly => matches!(one, '\u{201d}' | '\u{201c}') && !word(behind),
                    Open::Angle('«') => one == '»',
                    Open::Angle('»') => one == '«',
                    Open::Angle('‹') => one == '›',
                    Open::Angle(_) => one == '‹',
                    Open::Single => one == '\u{2019}' && !word(behind),
                    Open::Straight => one == '"',
                    Open::StraightSingle => one == '\'' && !word(behind),
                };
                if closes {
                    spans.push(Span::new(start, end));
                    open = None;
                }
            }
            None => {
                open = match one {
                    '\u{201c}' | '\u{201e}' => Some((at, Open::Curly)),
                    '«' | '»' | '‹' | '›' => Some((at, Open::Angle(one))),
                    '\u{2018}' => Some((at, Open::Single)),
                    '"' if !before.is_some_and(|one| one.is_ascii_digit()) => Some((at, Open::Straight)),
                    '\'' if !word(before) && word(behind) => Some((at, Open::StraightSingle)),
                    _ => None,
                };
                if one == '\u{201d}' {
                    spans.push(Span::new(0, end));
                }
            }
        }
        before = Some(one);
    }
    spans.extend(open.map(|(start, _)| Span::new(start, text.len())));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn quotes(text: &str, expected: &[&str]) {
        let found: Vec<&str> = spoken(text).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_stands_between_marks_is_somebody_elses() {
        quotes("He said “the the” twice, and “no”.", &["“the the”", "“no”"]);
        quotes("He said \"the the\" of the 6\" pipe.", &["\"the the\""]);
        quotes("„Das das“, sagte er, «le le» et »das das«.", &["„Das das“", "«le le»", "»das das«"]);
        quotes("The ports’ fees don’t fall.", &[]);
        quotes("The ports' fees don't fall.", &[]);
        quotes("It's the ‘knew it’ leak, 'so so' they don't.", &["‘knew it’", "'so so'"]);
        quotes("“Not closed here", &["“Not closed here"]);
        quotes("Closed here,” he said.", &["Closed here,”"]);
        quotes("“Outer ‘inner’ outer” out", &["“Outer ‘inner’ outer”"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_sound_spans(text in "[a-zé“”„«»‹›‘’\"' 0-9]{0,60}") {
            for span in spoken(&text) {
                proptest::prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}

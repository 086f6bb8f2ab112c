//! The paragraphs of an article as people count them: what stands between blank lines of its Markdown.

use std::collections::BTreeMap;

use super::Document;
use crate::finding::Span;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes in the file, from its first line to the end of its last.
    pub span: Span,
    /// What it says as it is written, with the line breaks inside it taken for spaces: moving those changes no word.
    pub words: String,
}

/// The paragraphs of an article, in the order in which a [`super::Difference`] counts them.
pub fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let from = document.body.start;
    let mut all = split(document.body_text());
    for paragraph in &mut all {
        paragraph.span = paragraph.span.shifted(from);
    }
    all
}

/// The paragraphs of a text.
pub(super) fn split(text: &str) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        let span = Span::new(at, at + whole.len());
        at = span.end;
        match all.last_mut() {
            _ if line.is_empty() => is_open = false,
            Some(last) if is_open => {
                last.words.push(' ');
                last.words.push_str(line);
                last.span.end = span.end;
            }
            _ => {
                all.push(Paragraph { span, words: line.to_owned() });
                is_open = true;
            }
        }
    }
    all
}

/// How much two texts have in common: the share of their words that stand in both, from 0 to 1.
pub fn alike(one: &str, other: &str) -> f64 {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut total, mut shared) = (0_u32, 0_u32);
    for word in one.split_whitespace() {
        *counts.entry(word).or_default() += 1;
        total += 1;
    }
    for word in other.split_whitespace() {
        total += 1;
        if let Some(left) = counts.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            shared += 2;
        }
    }
    if total == 0 { 1.0 } else { f64::from(shared) / f64::from(total) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_have_their_lines() {
        let text = "\n\nOne\nmore.\n \nTwo.  \r\n\n\nThree";
        let all = split(text);
        let words: Vec<&str> = all.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(words, ["One more.", "Two.", "Three"]);
        let lines: Vec<&str> = all.iter().map(|one| &text[one.span.range()]).collect();
        assert_eq!(lines, ["One\nmore.\n", "Two.  \r\n", "Three"]);
        assert_eq!(split(" \n\t\n"), []);
    }

    #[test]
    fn texts_are_alike_by_their_words() {
        for (one, other, expected) in
            [("a b c d", "d c b a", 1.0), ("a a", "a", 2.0 / 3.0), ("a", "b", 0.0), ("", "", 1.0), ("a b", "a c", 0.5)]
        {
            assert!((alike(one, other) - expected).abs() < 1e-9, "{one} / {other}");
        }
    }
}

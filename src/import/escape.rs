//! Words as Markdown that says exactly these words.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, parse_document};

use crate::article::Body;

/// `words` (one line, no blanks at its ends) as a paragraph.
pub(super) fn paragraph(words: &str) -> String {
    let light = at_line_start(&inline(words));
    if renders_as(&light, words) { light } else { every_mark(words) }
}

/// `words` as a heading of `level`.
pub(super) fn heading(level: usize, words: &str) -> String {
    let mut text = inline(words);
    if text.ends_with('#') {
        text.truncate(text.len() - 1);
        text.push_str("\\#");
    }
    let marks = "#".repeat(level.clamp(2, 6));
    let light = format!("{marks} {text}");
    if renders_as(&light, words) { light } else { format!("{marks} {}", every_mark(words)) }
}

/// `words` within a paragraph: only marks that could mean something are escaped.
pub(super) fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut before = None;
    let mut rest = words.chars().peekable();
    while let Some(one) = rest.next() {
        let after = rest.peek().copied();
        let spaced = |near: Option<char>| near.is_some_and(char::is_whitespace);
        let in_word = |near: Option<char>| near.is_some_and(char::is_alphanumeric);
        let means_something = match one {
            '\\' | '`' | '[' | ']' | '~' => true,
            '*' => !(spaced(before) && spaced(after)),
            '_' => !(in_word(before) && in_word(after) || spaced(before) && spaced(after)),
            '<' => after.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => is_entity(rest.clone()),
            _ => false,
        };
        if means_something {
            out.push('\\');
        }
        out.push(one);
        before = Some(one);
    }
    out
}

/// Whether what follows an ampersand could make it an entity.
fn is_entity(rest: impl Iterator<Item = char>) -> bool {
    let mut rest = rest.skip_while(|one| one.is_ascii_alphanumeric() || *one == '#');
    rest.next() == Some(';')
}

/// Escapes what would make the line another kind of block: a heading, a list, a quotation, a rule.
pub(super) fn at_line_start(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('#' | '>' | '+' | '-' | '=' | ':' | '|') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}

/// Every mark escaped: not pretty, never wrong.
fn every_mark(words: &str) -> String {
    let mut out = String::with_capacity(words.len() * 2);
    for one in words.chars() {
        if one.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(one);
    }
    out
}

/// Whether `markdown` is one block that says `words` and nothing else.
pub(super) fn renders_as(markdown: &str, words: &str) -> bool {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &Body::options());
    let mut children = root.children();
    match (children.next(), children.next()) {
        (Some(only), None) => same_words(&text_of(only), words),
        _ => false,
    }
}

/// Whether both say the same words; how many blanks stand between them makes no difference to a reader.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// The words a reader sees of `node`.
pub(super) fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        match &inner.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::CodeBlock(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            NodeValue::HtmlInline(html) => out.push_str(html),
            NodeValue::HtmlBlock(html) => out.push_str(&html.literal),
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Item(_) => out.push('\n'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, markdown: &str) {
        assert_eq!(paragraph(words), markdown);
        assert!(renders_as(markdown, words), "{markdown}");
    }

    #[test]
    fn marks_that_mean_nothing_stay_bare() {
        check(
            "Fares rise 4% -- a lot (again), \u{201c}says\u{201d} Kim & Co.!",
            "Fares rise 4% -- a lot (again), \u{201c}says\u{201d} Kim & Co.!",
        );
        check("2 * 3 = 6 and snake_case", "2 * 3 = 6 and snake_case");
        check("under <5 and AT&T", "under <5 and AT&T");
    }

    #[test]
    fn marks_that_would_mean_something_are_escaped() {
        check("*Not* a _list_", "\\*Not\\* a \\_list\\_");
        check("# 1 in sales", "\\# 1 in sales");
        check("1. May was dry", "1\\. May was dry");
        check("- he said", "\\- he said");
        check("> 5 knots", "\\> 5 knots");
        check("a <b> &amp; [x](y)", "a \\<b> \\&amp; \\[x\\](y)");
        check("---", "\\---");
    }

    #[test]
    fn headings_keep_their_last_mark() {
        assert_eq!(heading(2, "Why C #"), "## Why C \\#");
    }

    proptest::proptest! {
        #[test]
        fn any_line_comes_out_as_the_same_words(words in "[-a-c1.)#>+*_`~<>!&;:=|\\[\\]()\\\\\"'/ \u{a0}é“]{1,40}") {
            let words = words.trim_matches(crate::import::text::is_blank);
            if !words.is_empty() {
                proptest::prop_assert!(renders_as(&paragraph(words), words), "{}", paragraph(words));
                proptest::prop_assert!(renders_as(&heading(2, words), words), "{}", heading(2, words));
            }
        }
    }
}

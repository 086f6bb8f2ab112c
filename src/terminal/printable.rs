//! Text that somebody else wrote, made safe to show.

use std::fmt::{self, Write as _};

/// Text from an article, from git or from a file name, with every character that could act on a terminal, reorder
/// other text or hide shown as `\u{...}`.
///
/// ```
/// use desk::terminal::printable;
/// assert_eq!(printable("ferry\u{1b}[2J").to_string(), "ferry\\u{1b}[2J");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printable<'a> {
    text: &'a str,
    lines: Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    Shown,
    Kept,
}

/// `text` for one line: line ends are shown too, as `\n`.
pub fn printable(text: &str) -> Printable<'_> {
    Printable { text, lines: Lines::Shown }
}

/// `text` of several lines: its line ends are kept, and a tab is four spaces.
pub fn printable_text(text: &str) -> Printable<'_> {
    Printable { text, lines: Lines::Kept }
}

impl fmt::Display for Printable<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if out.width().is_some() || out.precision().is_some() {
            let plain = Printable { ..*self };
            return out.pad(&plain.to_string());
        }
        let mut rest = self.text.chars().peekable();
        while let Some(one) = rest.next() {
            match (one, self.lines) {
                ('\n', Lines::Kept) => out.write_char('\n')?,
                ('\r', Lines::Kept) if rest.peek() == Some(&'\n') => {}
                ('\t', Lines::Kept) => out.write_str("    ")?,
                ('\n', Lines::Shown) => out.write_str("\\n")?,
                ('\r', Lines::Shown) => out.write_str("\\r")?,
                ('\t', Lines::Shown) => out.write_str("\\t")?,
                _ if is_live(one) => write!(out, "\\u{{{:x}}}", u32::from(one))?,
                _ => out.write_char(one)?,
            }
        }
        Ok(())
    }
}

/// Whether a character acts on what is around it, or cannot be seen at all.
fn is_live(one: char) -> bool {
    one.is_control()
        || matches!(
            one,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0e}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_are_shown() {
        let table = [
            ("plain words, déjà vu, 한국어", "plain words, déjà vu, 한국어"),
            ("\u{1b}]0;x\u{7}", "\\u{1b}]0;x\\u{7}"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("a\u{9b}31m", "a\\u{9b}31m"),
            ("two\nlines\t.", "two\\nlines\\t."),
        ];
        for (text, shown) in table {
            assert_eq!(printable(text).to_string(), shown);
        }
    }

    #[test]
    fn several_lines_stay_several_lines() {
        assert_eq!(printable_text("a\r\nb\rc\td\n").to_string(), "a\nb\\u{d}c    d\n");
    }

    #[test]
    fn columns_can_be_padded() {
        assert_eq!(format!("{:8}|", printable("a\u{7}")), "a\\u{7}  |");
    }

    proptest! {
        #[test]
        fn nothing_live_comes_out(text in any::<String>()) {
            prop_assert!(!printable(&text).to_string().chars().any(is_live));
            prop_assert!(!printable_text(&text).to_string().chars().any(|one| one != '\n' && is_live(one)));
        }
    }
}

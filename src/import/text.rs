//! From bytes to lines that can be told apart: what is not text is refused, what is not UTF-8 is said.

use super::{Doubt, Imported, Why};

/// The largest file that is read, in bytes: a page with its pictures inside, not a film.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Longer than [`LARGEST`].
    #[error("`{name}` is {} MB long: an article is text, and desk reads {} MB at most", .bytes / 1_000_000, LARGEST / 1_000_000)]
    TooLarge {
        /// The file.
        name: String,
        /// Its length.
        bytes: usize,
    },
    /// Nothing but blanks.
    #[error("`{name}` is empty")]
    Empty {
        /// The file.
        name: String,
    },
    /// A picture, an archive, a word processor's file: anything but text.
    #[error("`{name}` is not text: save it as plain text, HTML or Markdown")]
    NotText {
        /// The file.
        name: String,
    },
    /// Elements within elements beyond any real page.
    #[error("`{name}` nests its elements too deeply to be a page")]
    TooDeep {
        /// The file.
        name: String,
    },
    /// More elements, or more attributes on one, than any real page has.
    #[error("`{name}` has too many elements to be a page")]
    TooManyElements {
        /// The file.
        name: String,
    },
}

/// Text with the lines where bytes were no text.
pub(super) struct Decoded {
    pub(super) text: String,
    doubtful: Vec<usize>,
    mark: bool,
}

impl Decoded {
    /// Says in `imported` what reading the bytes cost.
    pub(super) fn tell(&self, imported: &mut Imported) {
        if self.mark {
            imported.remove("byte order mark", 1, Why::Invisible);
        }
        for &line in &self.doubtful {
            let text = self.text.lines().nth(line - 1).unwrap_or_default().trim();
            imported.doubt(text, line, Doubt::NotUtf8);
        }
    }
}

/// Reads UTF-8, or UTF-16 that says so by its byte order mark.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Unreadable> {
    let name = || name.to_owned();
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge { name: name(), bytes: bytes.len() });
    }
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => Decoded { mark: true, ..utf8(rest) },
        _ => utf8(bytes),
    };
    let start = decoded.text.as_bytes();
    if start[..start.len().min(4096)].contains(&0) || bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK\x03\x04") {
        return Err(Unreadable::NotText { name: name() });
    }
    if decoded.text.chars().all(is_blank) {
        return Err(Unreadable::Empty { name: name() });
    }
    Ok(decoded)
}

/// How many doubtful lines are named; a file in another encoding has them everywhere.
const NAMED: usize = 20;

fn utf8(bytes: &[u8]) -> Decoded {
    let mut doubtful = Vec::new();
    let mut line = 1;
    for chunk in bytes.utf8_chunks() {
        line += chunk.valid().bytes().filter(|&byte| byte == b'\n').count();
        if !chunk.invalid().is_empty() && doubtful.last() != Some(&line) && doubtful.len() < NAMED {
            doubtful.push(line);
        }
    }
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), doubtful, mark: false }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut doubtful = Vec::new();
    let mut line = 1;
    let units = pairs.iter().map(|&pair| unit(pair));
    let broken_end = (!rest.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    for one in char::decode_utf16(units).map(Result::ok).chain(broken_end.map(|_| None)) {
        line += usize::from(one == Some('\n'));
        if one.is_none() && doubtful.last() != Some(&line) && doubtful.len() < NAMED {
            doubtful.push(line);
        }
        text.push(one.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text, doubtful, mark: true }
}

/// Whether a reader sees nothing there: white space, and the characters of no width that pages leave behind.
pub(super) fn is_blank(one: char) -> bool {
    one.is_whitespace() || matches!(one, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether `one` ends a line.
fn ends_line(one: char) -> bool {
    matches!(one, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A line without its blanks at both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) number: usize,
}

/// The lines of `text`; blanks at their ends that are more than spaces, and control characters, are listed.
pub(super) fn lines(text: &str, imported: &mut Imported) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Vec::new();
    let mut number = 1;
    for piece in text.split_inclusive(ends_line) {
        let line = piece.strip_suffix(ends_line).unwrap_or(piece);
        lines.push(Line { text: clean(line, number, imported), number });
        number += usize::from(piece.ends_with('\n'));
    }
    lines
}

/// `text` without blanks at its ends and without control characters; what is not a plain space is listed.
pub(super) fn clean(text: &str, number: usize, imported: &mut Imported) -> String {
    let visible = text.replace(|one: char| one.is_control() && one != '\t', "");
    if visible.len() != text.len() {
        imported.remove("control characters", number, Why::Invisible);
    }
    let trimmed = visible.trim_matches(is_blank);
    let ends = visible.trim_start_matches(is_blank).len();
    let (before, after) = (&visible[..visible.len() - ends], &visible[visible.len() - ends + trimmed.len()..]);
    let mut odd: Vec<char> =
        before.chars().chain(after.chars()).filter(|one| !matches!(one, ' ' | '\t' | '\n')).collect();
    odd.dedup();
    for one in odd {
        imported.remove(blank_name(one), number, Why::Blank);
    }
    trimmed.to_owned()
}

/// What to call a blank that cannot be shown.
fn blank_name(one: char) -> String {
    match one {
        '\u{a0}' => "no-break space".to_owned(),
        '\u{200b}' => "zero-width space".to_owned(),
        '\u{feff}' => "byte order mark".to_owned(),
        '\u{3000}' => "ideographic space".to_owned(),
        _ => format!("U+{:04X}", one as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn what_is_no_text_is_refused() {
        let large = vec![b'a'; LARGEST + 1];
        assert!(matches!(decode("a", &large), Err(Unreadable::TooLarge { bytes, .. }) if bytes == LARGEST + 1));
        assert!(matches!(decode("a", b" \n\xc2\xa0\n"), Err(Unreadable::Empty { .. })));
        assert!(matches!(decode("a", b"PK\x03\x04rest"), Err(Unreadable::NotText { .. })));
        assert!(matches!(decode("a", b"GIF89a\0\0"), Err(Unreadable::NotText { .. })));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_said() {
        let decoded = decode("a", b"Fine\nCaf\xe9 and \xff\nfine").expect("text");
        let mut imported = Imported::empty(Format::Paste);
        decoded.tell(&mut imported);
        assert_eq!(decoded.text, "Fine\nCaf\u{fffd} and \u{fffd}\nfine");
        let said: Vec<_> = imported.unsure.iter().map(|unsure| (unsure.line, unsure.what)).collect();
        assert_eq!(said, [(2, Doubt::NotUtf8)]);
    }

    #[test]
    fn utf16_with_its_mark_is_read() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("Pier “4”\nopen".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode("a", &bytes).expect("text").text, "Pier “4”\nopen");
    }

    #[test]
    fn line_ends_of_every_kind_count_and_blanks_are_listed() {
        let mut imported = Imported::empty(Format::Paste);
        let lines = lines("a \r\nb\u{a0} \rc\u{2028}d\u{1}e\n", &mut imported);
        let read: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.number)).collect();
        assert_eq!(read, [("a", 1), ("b", 2), ("c", 3), ("de", 3)]);
        let removed: Vec<_> = imported.removed.iter().map(|one| (one.text.as_str(), one.line)).collect();
        assert_eq!(removed, [("no-break space", 2), ("control characters", 3)]);
    }
}

//! Making characters visible that would otherwise act: on a terminal, or on the order in which a line is read.

use std::borrow::Cow;

/// `text` with every control character, every character that turns the direction of text and every one that cannot be
/// seen written out as `\u{..}`. Line ends and tabs go the same way: what comes back is one line.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for one in text.chars() {
        if acts(one) {
            out.extend(one.escape_unicode());
        } else {
            out.push(one);
        }
    }
    Cow::Owned(out)
}

/// `path` as a relative URI: its parts stay apart, and whatever else could mean something in a URI is written out.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether a character does something to the terminal or to the text around it.
pub(super) fn acts(one: char) -> bool {
    one.is_control()
        || matches!(one,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

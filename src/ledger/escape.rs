//! Free text on one line of a statement, and any text in TOML, so that both come back byte for byte.

/// What stands for nothing at all. A text that is this word itself is escaped.
const NOTHING: &str = "-";

/// `text` on one line, without the characters in `others`.
pub(super) fn line(text: &str, others: &[char]) -> String {
    if text.is_empty() {
        return NOTHING.to_owned();
    }
    if text == NOTHING {
        return "\\u{2d}".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if one.is_control() || matches!(one, '\u{2028}' | '\u{2029}') || others.contains(&one) => {
                out.push_str(&format!("\\u{{{:x}}}", one as u32));
            }
            _ => out.push(one),
        }
    }
    out
}

/// The text that [`line()`] wrote; none when there is an escape that it never writes.
pub(super) fn unline(text: &str) -> Option<String> {
    if text == NOTHING {
        return Some(String::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(one) = rest.next() {
        if one != '\\' {
            out.push(one);
            continue;
        }
        match rest.next()? {
            '\\' => out.push('\\'),
            'n' => out.push('\n'),
            'u' => {
                let (digits, _) = rest.as_str().strip_prefix('{')?.split_once('}')?;
                out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                rest = rest.as_str()[digits.len() + 2..].chars();
            }
            _ => return None,
        }
    }
    Some(out)
}

/// `text` as a TOML string on one line.
pub(super) fn toml(text: &str) -> String {
    format!("\"{}\"", toml_escaped(text))
}

/// `text` as a TOML string that keeps its lines apart, for people to read.
pub(super) fn toml_lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(toml_escaped).collect();
    format!("\"\"\"\n{}\"\"\"", lines.join("\n"))
}

fn toml_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if one.is_control() => out.push_str(&format!("\\u{:04X}", one as u32)),
            _ => out.push(one),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            let one_line = line(&text, &['<', '>', ',']);
            prop_assert!(!one_line.contains(['\n', '<', '>', ',']));
            prop_assert_eq!(unline(&one_line), Some(text.clone()));
            for toml in [toml(&text), toml_lines(&text)] {
                let table: ::toml::Table = format!("x = {toml}\n").parse().expect("TOML");
                prop_assert_eq!(table["x"].as_str(), Some(text.as_str()));
            }
        }
    }

    #[test]
    fn nothing_and_its_sign_differ() {
        for text in ["", "-", "--", "a\nb", "\\u{2d}"] {
            assert_eq!(unline(&line(text, &[])).as_deref(), Some(text));
        }
        for odd in ["\\", "\\x", "\\u", "\\u{}", "\\u{110000}", "\\u{2d"] {
            assert_eq!(unline(odd), None, "{odd}");
        }
    }
}

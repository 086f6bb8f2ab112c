//! Patterns as the published styles write them, in the dialect that the engines here read.
//!
//! Styles are written for an engine of the .NET family. Most of its syntax is that of every other; what differs is put
//! right here: braces and brackets that stand for themselves, hyphens beside a class, escapes of plain characters.

/// `pattern` for the engines here.
pub(super) fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(one) = rest.chars().next() {
        let after = &rest[one.len_utf8()..];
        rest = match one {
            '\\' => escape(after, &mut out),
            '[' => class(after, &mut out),
            '{' => {
                let end = quantifier(after);
                out.push_str(if end.is_some() { "{" } else { "\\{" });
                let taken = end.unwrap_or_default();
                out.push_str(&after[..taken]);
                &after[taken..]
            }
            '}' => {
                out.push_str("\\}");
                after
            }
            '(' if after.starts_with("?#") => after.split_once(')').map_or("", |(_, rest)| rest),
            one => {
                out.push(one);
                after
            }
        };
    }
    out
}

/// How long a quantifier such as `2,5}` is.
fn quantifier(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let inner = &text[..end];
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!least.is_empty() && digits(least) && digits(most)).then_some(end + 1)
}

/// What follows a backslash outside a class.
fn escape<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some(one) = text.chars().next() else {
        out.push_str("\\\\");
        return text;
    };
    match one {
        'Z' => out.push_str("\\z"),
        'a'..='z' | 'A'..='Z' | '0'..='9' => {
            out.push('\\');
            out.push(one);
        }
        one => plain(one, out),
    }
    &text[one.len_utf8()..]
}

/// A character that stands for itself.
fn plain(one: char, out: &mut String) {
    if one.is_ascii_punctuation()
        && !matches!(one, '<' | '>' | '_' | '"' | '\'' | '/' | ',' | ';' | ':' | '=' | '!' | '@' | '%' | '`')
    {
        out.push('\\');
    }
    out.push(one);
}

/// A class in brackets; what follows its opening bracket is given, what follows its closing one comes back.
fn class<'a>(text: &'a str, out: &mut String) -> &'a str {
    out.push('[');
    let mut rest = text;
    if let Some(after) = rest.strip_prefix('^') {
        out.push('^');
        rest = after;
    }
    let mut first = true;
    // Whether what came last was a class such as `\w`, beside which a hyphen stands for itself.
    let mut after_class = false;
    while let Some(one) = rest.chars().next() {
        let after = &rest[one.len_utf8()..];
        let mut is_class = false;
        match one {
            ']' if !first => {
                out.push(']');
                return after;
            }
            '[' if after.starts_with(':') && after.contains(":]") => {
                let end = after.find(":]").map_or(0, |end| end + 2);
                out.push('[');
                out.push_str(&after[..end]);
                rest = &after[end..];
                first = false;
                after_class = true;
                continue;
            }
            '[' | ']' | '&' | '~' => {
                out.push('\\');
                out.push(one);
            }
            '-' => {
                let before_class = after.strip_prefix('\\').is_some_and(|next| next.starts_with(is_class_letter));
                let at_edge = first || after.starts_with(']');
                if after_class || before_class || at_edge || after.starts_with('-') {
                    out.push('\\');
                }
                out.push('-');
            }
            '\\' => {
                let letter = after.chars().next().unwrap_or('\\');
                is_class = is_class_letter(letter);
                if letter == 'b' {
                    out.push_str("\\x08");
                } else if letter.is_ascii_alphanumeric() {
                    out.push('\\');
                    out.push(letter);
                } else {
                    in_class(letter, out);
                }
                rest = after.get(letter.len_utf8()..).unwrap_or_default();
                first = false;
                after_class = is_class;
                continue;
            }
            one => out.push(one),
        }
        rest = after;
        first = false;
        after_class = is_class;
    }
    rest
}

fn is_class_letter(letter: char) -> bool {
    matches!(letter, 'w' | 'W' | 'd' | 'D' | 's' | 'S' | 'p' | 'P')
}

/// A character that stands for itself in a class.
fn in_class(one: char, out: &mut String) {
    if matches!(one, '[' | ']' | '^' | '-' | '\\' | '&' | '~') {
        out.push('\\');
    }
    out.push(one);
}

/// `pattern` with its capturing groups made plain ones.
pub(super) fn without_captures(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(one) = chars.next() {
        out.push(one);
        match one {
            '\\' => out.extend(chars.next()),
            '[' if !in_class => {
                in_class = true;
                out.extend(chars.next_if(|&next| next == '^'));
                out.extend(chars.next_if(|&next| next == ']'));
            }
            ']' => in_class = false,
            '(' if !in_class && chars.peek() != Some(&'?') => out.push_str("?:"),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::pattern::Pattern;
    use crate::style::text::Letters;

    #[track_caller]
    fn reads(pattern: &str, text: &str, expected: Option<&str>) {
        let compiled = Pattern::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        for letters in [Letters::Unicode, Letters::Ascii] {
            let found = compiled.find_all(text, letters).expect("no runaway").into_iter().next();
            assert_eq!(found.map(|range| &text[range]), expected, "{pattern}");
        }
    }

    #[test]
    fn what_differs_is_put_right() {
        reads(r"{{.+?}}", "a {{x}} b", Some("{{x}}"));
        reads(r"a{2,3}b{1}", "aaab", Some("aaab"));
        reads(r"[[(]x", "[x", Some("[x"));
        reads(r"[^\s-/]+", "a-b", Some("a"));
        reads(r"[\w-]+", "a-b", Some("a-b"));
        reads(r"[a&&b~]+", "&~", Some("&~"));
        reads(r"[]a]+", "]a", Some("]a"));
        reads(r"\<\'\-\/\_", "<'-/_", Some("<'-/_"));
        reads(r"(?#note)a", "a", Some("a"));
        reads(r"\bst\b", "1st st", Some("st"));
        reads(r"(?<!:[^ ]+?):\s[A-Z]", "a: B", Some(": B"));
    }

    #[test]
    fn captures_become_plain_groups() {
        assert_eq!(without_captures(r"(a|[(])\((?:b)"), r"(?:a|[(])\((?:b)");
    }

    proptest::proptest! {
        #[test]
        fn any_pattern_is_translated(pattern in "[-a-z\\[\\]{}()\\\\^$*+?.|:#é0-9,&~]{0,30}") {
            translate(&pattern);
            without_captures(&pattern);
        }
    }
}

//! Which words a text must hold for a pattern to match at all, read off the pattern itself.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::dialect::{Boundary, translate};

/// The most words that a pattern may ask for.
const MOST: usize = 2_000;

/// Words in lower case of which any text that `pattern` matches holds at least one, whatever the case; none when that
/// cannot be told.
pub(super) fn required(pattern: &str) -> Option<Vec<String>> {
    let bare = without_looking(pattern)?;
    // Case is dropped from the words themselves; folding it here would make classes of letters of them.
    let mut translated = translate(&bare, Boundary::Unicode);
    for (flags, without) in [("(?i)", ""), ("(?-i)", ""), ("(?i:", "(?:"), ("(?-i:", "(?:")] {
        translated = translated.replace(flags, without);
    }
    let hir = regex_syntax::ParserBuilder::new().build().parse(&translated).ok()?;
    let mut words = of(&hir)?.into_iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
    words.sort();
    words.dedup();
    let weak = |word: &String| word.len() < 2 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
    (!words.is_empty() && words.len() <= MOST && !words.iter().any(|word| word.is_empty() || weak(word)))
        .then_some(words)
}

fn of(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?]),
        HirKind::Class(class) => characters(class),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Repetition(_) => None,
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Concat(parts) => best(parts.iter().filter_map(of)),
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(of(part)?);
            }
            Some(all)
        }
    }
}

/// Of several sets of which one word each must be there, the one that is rarest: that of the longest words.
fn best(sets: impl Iterator<Item = Vec<String>>) -> Option<Vec<String>> {
    let shortest = |set: &Vec<String>| set.iter().map(String::len).min().unwrap_or_default();
    sets.max_by_key(|set| (shortest(set), std::cmp::Reverse(set.len())))
}

/// A class of few characters.
fn characters(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let count: u32 = class.ranges().iter().map(|range| range.end() as u32 - range.start() as u32 + 1).sum();
    (count <= 10).then(|| {
        class.ranges().iter().flat_map(|range| range.start()..=range.end()).map(|one| one.to_string()).collect()
    })
}

/// The pattern without what only looks around: it matches whatever the pattern matches. None where it refers to its own
/// groups.
fn without_looking(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len());
    let bytes = pattern.as_bytes();
    let mut at = 0;
    let mut in_class = false;
    while at < bytes.len() {
        let rest = &pattern[at..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            let next = escaped.chars().next().map_or(0, char::len_utf8);
            if !in_class && escaped.starts_with(|one: char| one.is_ascii_digit() || one == 'k' || one == 'G') {
                return None;
            }
            out.push_str(&rest[..=next]);
            at += 1 + next;
            continue;
        }
        if !in_class && ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| rest.starts_with(look)) {
            out.push_str("(?:)");
            at += group(rest)?;
            continue;
        }
        if !in_class && (rest.starts_with("(?(") || rest.starts_with("(?>")) {
            return None;
        }
        let one = rest.chars().next()?;
        match one {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        out.push(one);
        at += one.len_utf8();
    }
    Some(out)
}

/// How long the group is that `text` begins with.
fn group(text: &str) -> Option<usize> {
    let (mut depth, mut in_class, mut escaped) = (0_usize, false, false);
    for (at, one) in text.char_indices() {
        match one {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn asks(pattern: &str, expected: Option<&[&str]>) {
        let found = required(pattern);
        let expected = expected.map(|words| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn words_are_read_off() {
        asks(r"(?i)(?m)\b(?:are not|Cannot|can(?:no|')t)\b", Some(&["are not", "can", "cannot"]));
        asks(r"(?m)(?:(?<!:[^ ]+?):\s[A-Z])", Some(&[":"]));
        asks(r"(?:\d+(?:st|nd))", Some(&["nd", "st"]));
        asks(r"\w+", None);
        asks(r"(a)\1", None);
        asks(r"x?", None);
        asks(r"(?:foo|\d+)", None);
    }
}

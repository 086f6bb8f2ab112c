//! What a pattern matches at most: a regular expression without looking around, found in every text in which the
//! pattern is. The machine that looks for all patterns at once is made of these.

use std::sync::OnceLock;

use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

use super::text::PLAIN;

/// The characters of texts whose letters are those of ASCII, put together once.
static PLAIN_CLASS: OnceLock<ClassUnicode> = OnceLock::new();

/// `pattern`, which is in the dialect of the engines here, without what looks around; none where it refers to its own
/// groups or is not to be understood otherwise.
pub(super) fn without_looking(pattern: &str) -> Option<Hir> {
    regex_syntax::parse(&bare(pattern)?).ok()
}

fn bare(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len());
    let mut at = 0;
    while let Some(one) = pattern[at..].chars().next() {
        let rest = &pattern[at..];
        let length = match one {
            '\\' => {
                let next = rest[1..].chars().next()?;
                if next.is_ascii_digit() || matches!(next, 'k' | 'g' | 'G' | 'K') {
                    return None;
                }
                1 + next.len_utf8()
            }
            '[' => class(rest)?,
            '(' if ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| rest.starts_with(look)) => {
                out.push_str("(?:)");
                at += group(rest)?;
                continue;
            }
            '(' if rest.starts_with("(?(") || rest.starts_with("(?>") || rest.starts_with("(?|") => return None,
            one => one.len_utf8(),
        };
        out.push_str(&rest[..length]);
        at += length;
    }
    Some(out)
}

/// How long the class in brackets is that `text` begins with. What stands for itself in it is escaped already.
fn class(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = &text[at..];
        at += match rest.chars().next()? {
            ']' => return Some(at + 1),
            '\\' => 1 + rest[1..].chars().next()?.len_utf8(),
            '[' => rest.find(":]")? + 2,
            one => one.len_utf8(),
        };
    }
}

/// How long the group is that `text` begins with.
fn group(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let rest = &text[at..];
        at += match rest.chars().next()? {
            '(' => {
                depth += 1;
                1
            }
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
                1
            }
            '\\' => 1 + rest[1..].chars().next()?.len_utf8(),
            '[' => class(rest)?,
            one => one.len_utf8(),
        };
    }
}

/// `hir` without the beginnings and ends of texts and lines: what it matches in a sentence is matched by this in the
/// passage that the sentence is part of. Words end in the one where they end in the other.
pub(super) fn unanchored(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(Look::Start | Look::End | Look::StartLF | Look::EndLF | Look::StartCRLF | Look::EndCRLF) => {
            Hir::empty()
        }
        _ => rebuilt(hir, unanchored),
    }
}

/// `hir` without anything that depends on what stands around: what it matches alone is matched by this anywhere.
pub(super) fn floating(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(_) => Hir::empty(),
        _ => rebuilt(hir, floating),
    }
}

/// `hir` for texts whose letters are those of ASCII: it matches there what `hir` does, and is far smaller.
pub(super) fn narrowed(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) if text.chars().all(is_plain) => Hir::literal(literal.0.clone()),
            _ => Hir::fail(),
        },
        HirKind::Class(Class::Unicode(class)) if !class.is_ascii() => {
            let mut class = class.clone();
            class.intersect(PLAIN_CLASS.get_or_init(plain));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            look => *look,
        }),
        _ => rebuilt(hir, narrowed),
    }
}

/// `hir` without the boundaries of words, which the machine knows in ASCII alone: it matches wherever `hir` does. At
/// its two ends what is no part of a word takes their place.
pub(super) fn loosened(hir: &Hir) -> Hir {
    let HirKind::Concat(parts) = hir.kind() else { return unbound(hir) };
    let mut loose: Vec<Hir> = parts.iter().map(unbound).collect();
    let is_bound =
        |part: Option<&Hir>| part.is_some_and(|part| matches!(part.kind(), HirKind::Look(Look::WordUnicode)));
    let edge =
        |look| Hir::alternation(vec![Hir::look(look), Hir::class(Class::Unicode(words(Words::Outside).clone()))]);
    if is_bound(parts.first()) && parts.get(1).is_some_and(|next| is_word(next, Side::First)) {
        loose[0] = edge(Look::Start);
    }
    let last = parts.len() - 1;
    if last > 0 && is_bound(parts.last()) && is_word(&parts[last - 1], Side::Last) {
        loose[last] = edge(Look::End);
    }
    Hir::concat(loose)
}

fn unbound(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(
            Look::WordUnicode
            | Look::WordUnicodeNegate
            | Look::WordStartUnicode
            | Look::WordEndUnicode
            | Look::WordStartHalfUnicode
            | Look::WordEndHalfUnicode,
        ) => Hir::empty(),
        _ => rebuilt(hir, unbound),
    }
}

/// `hir` with what it is made of changed.
pub(super) fn rebuilt(hir: &Hir, change: fn(&Hir) -> Hir) -> Hir {
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(change(&repetition.sub)), ..*repetition })
        }
        HirKind::Capture(capture) => Hir::capture(Capture { sub: Box::new(change(&capture.sub)), ..capture.clone() }),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(change).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(change).collect()),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

/// Whether whatever `hir` matches has a letter of a word at that side.
fn is_word(hir: &Hir, side: Side) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).is_ok_and(|text| {
            let one = match side {
                Side::First => text.chars().next(),
                Side::Last => text.chars().next_back(),
            };
            one.is_some_and(|one| one.is_ascii_alphanumeric())
        }),
        HirKind::Class(Class::Unicode(class)) => {
            let mut others = class.clone();
            others.difference(words(Words::Inside));
            others.ranges().is_empty()
        }
        HirKind::Repetition(repetition) => repetition.min > 0 && is_word(&repetition.sub, side),
        HirKind::Capture(capture) => is_word(&capture.sub, side),
        HirKind::Alternation(parts) => parts.iter().all(|part| is_word(part, side)),
        HirKind::Concat(parts) => match side {
            Side::First => parts.first(),
            Side::Last => parts.last(),
        }
        .is_some_and(|part| is_word(part, side)),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

enum Words {
    Inside,
    Outside,
}

/// The characters of words, or all others.
fn words(which: Words) -> &'static ClassUnicode {
    static CLASSES: [OnceLock<ClassUnicode>; 2] = [const { OnceLock::new() }; 2];
    let (place, pattern) = match which {
        Words::Inside => (&CLASSES[0], r"\w"),
        Words::Outside => (&CLASSES[1], r"\W"),
    };
    place.get_or_init(|| match regex_syntax::parse(pattern).map(Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        _ => ClassUnicode::empty(),
    })
}

fn is_plain(one: char) -> bool {
    one.is_ascii() || PLAIN.iter().any(|&(first, last)| (first..=last).contains(&one))
}

/// The characters that a text can have whose letters are those of ASCII.
fn plain() -> ClassUnicode {
    let ranges = PLAIN.iter().chain(&[('\0', '\x7f')]);
    ClassUnicode::new(ranges.map(|&(first, last)| ClassUnicodeRange::new(first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn leaves(pattern: &str, expected: Option<&str>) {
        assert_eq!(bare(pattern).as_deref(), expected, "{pattern}");
    }

    #[test]
    fn what_looks_around_is_left_out() {
        leaves(r"(?<!:[^ ]+?):\s[A-Z]", Some(r"(?:):\s[A-Z]"));
        leaves(r"a(?=[)\]]|\)(b))c(?:d)", Some("a(?:)c(?:d)"));
        leaves(r"[(?=][[:alpha:](?!]", Some(r"[(?=][[:alpha:](?!]"));
        leaves(r"(a)\1", None);
        leaves(r"(?>a)b", None);
        leaves(r"(?=a", None);
    }

    fn parsed(pattern: &str) -> Hir {
        regex_syntax::parse(pattern).expect("a pattern")
    }

    #[track_caller]
    fn is_in(hir: &Hir, text: &str, expected: bool) {
        let regex = regex_automata::meta::Regex::builder().build_from_hir(hir).expect("small");
        assert_eq!(regex.is_match(text), expected, "{text}");
    }

    #[test]
    fn texts_with_letters_of_ascii_need_less() {
        let narrow = narrowed(&parsed(r"(?i)\bk\w(?:é|—)"));
        assert!(narrow.to_string().len() < 80, "{narrow}");
        is_in(&narrow, "“Ka—”", true);
        is_in(&narrow, "aka—", false);
        is_in(&narrowed(&parsed("é")), "é", false);
    }

    #[test]
    fn a_sentence_stands_in_a_passage() {
        is_in(&unanchored(&parsed(r"(?m)^it\b.*late$")), "Then it was late indeed", true);
    }

    #[test]
    fn words_end_where_others_begin() {
        let ends = loosened(&parsed(r"\b(?:us|we)\b"));
        for (text, expected) in [("us", true), ("“we”", true), ("bus", false), ("éus", false), ("wé", false)] {
            is_in(&ends, text, expected);
        }
        let marks = loosened(&parsed(r"\b(?:\.a|we)\b!"));
        is_in(&marks, "éwe!", true);
        is_in(&marks, ".a!", true);
    }
}

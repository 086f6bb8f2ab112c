//! Patterns with a short memory, for the machine that looks for all patterns at once.
//!
//! What runs on over blanks, such as everything in brackets, is remembered to the end of a passage, and each such pattern
//! would double the states of the machine. Of one, the part before what runs on is looked for, or the part after it.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

use super::shadow::rebuilt;

/// The most blanks that are remembered.
const FEW: u32 = 8;

/// What is found in every text in which `hir` is, and forgets what it saw after a few words.
pub(super) fn brief(hir: &Hir) -> Hir {
    match hir.kind() {
        _ if !is_long(hir) => hir.clone(),
        HirKind::Repetition(repetition) if repetition.min == 0 => Hir::empty(),
        HirKind::Repetition(repetition) => brief(&repetition.sub),
        HirKind::Concat(parts) => best(parts),
        _ => rebuilt(hir, brief),
    }
}

/// Of the runs of parts between those that are long the one that says most.
fn best(parts: &[Hir]) -> Hir {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for part in parts {
        if is_long(part) {
            if let HirKind::Repetition(repetition) = part.kind()
                && repetition.min > 0
                && !is_long(&repetition.sub)
            {
                run.push((*repetition.sub).clone());
            }
            runs.push(std::mem::replace(&mut run, vec![end(part)]));
            runs.push(vec![brief(part)]);
        } else {
            run.push(part.clone());
        }
    }
    runs.push(run);
    let runs = runs.into_iter().map(Hir::concat);
    runs.max_by_key(|run| run.properties().minimum_len().unwrap_or_default()).unwrap_or_else(Hir::empty)
}

/// What is found at the end of whatever `hir` matches.
fn end(hir: &Hir) -> Hir {
    match hir.kind() {
        _ if !is_long(hir) => hir.clone(),
        HirKind::Repetition(repetition) if repetition.min == 0 => Hir::empty(),
        HirKind::Repetition(repetition) => end(&repetition.sub),
        HirKind::Concat(parts) => {
            let first = parts.iter().rposition(is_long).unwrap_or_default();
            Hir::concat(parts[first..].iter().map(end).collect())
        }
        _ => rebuilt(hir, end),
    }
}

/// Whether anything in it runs on over blanks.
fn is_long(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(repetition) => runs_on(repetition) || is_long(&repetition.sub),
        HirKind::Capture(capture) => is_long(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(is_long),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

fn runs_on(repetition: &Repetition) -> bool {
    repetition.max.is_none_or(|most| most > FEW) && has_blank(&repetition.sub) && !is_blank(&repetition.sub)
}

/// Whether it matches nothing but blanks.
fn is_blank(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.iter().all(u8::is_ascii_whitespace),
        HirKind::Class(Class::Unicode(class)) => class
            .ranges()
            .iter()
            .all(|range| range.len() <= 32 && (range.start()..=range.end()).all(char::is_whitespace)),
        HirKind::Capture(capture) => is_blank(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_blank),
        HirKind::Class(Class::Bytes(_)) | HirKind::Repetition(_) | HirKind::Empty | HirKind::Look(_) => false,
    }
}

/// Whether a blank can be in what it matches.
fn has_blank(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.contains(&b' '),
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().any(|range| range.start() <= ' ' && ' ' <= range.end())
        }
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => has_blank(&repetition.sub),
        HirKind::Capture(capture) => has_blank(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_blank),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn leaves(pattern: &str, expected: &str) {
        let parsed = |pattern: &str| regex_syntax::parse(pattern).expect("a pattern");
        assert_eq!(brief(&parsed(pattern)).to_string(), parsed(expected).to_string(), "{pattern}");
    }

    #[test]
    fn what_runs_on_is_left_out() {
        leaves(r"\bis\b\s*\w+ed", r"\bis\b\s*\w+ed");
        leaves(r"x[^,]+,\s(?:and|or)", r"[^,],\s(?:and|or)");
        leaves(r"(?:[^,]+,)+ (?:and|or)", r"[^,], (?:and|or)");
        leaves(r"before.*x", "before");
        leaves(r"[a-z]+ly-", r"[a-z]+ly-");
        leaves(r".*", "");
    }
}

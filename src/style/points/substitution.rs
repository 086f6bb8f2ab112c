//! `substitution`: words that others should stand for.

use std::sync::OnceLock;

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, exceptions};
use crate::style::action::Action;
use crate::style::dialect::without_captures;
use crate::style::fields::Fields;
use crate::style::message::either;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::vocabulary::Exceptions;

#[derive(Debug)]
struct Substitution {
    /// One group for each pair.
    pattern: Pattern,
    pairs: Vec<Pair>,
    exceptions: Exceptions,
    capitalize: bool,
}

#[derive(Debug)]
struct Pair {
    /// What is looked for.
    observed: String,
    /// What should stand there.
    expected: String,
    /// What is looked for, where `expected` takes parts of it.
    parts: Option<Pattern>,
    /// What counts as right already.
    right: OnceLock<Option<Pattern>>,
}

pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let exceptions = exceptions(fields, around);
    let ignore_case = fields.truth("ignorecase", false);
    let words = !fields.truth("nonword", false);
    let capitalize = fields.truth("capitalize", false);
    if fields.text("pos").is_some_and(|pos| !pos.is_empty()) {
        fields.unsupported(fields.span("pos"), "`pos` does nothing: desk does not tag parts of speech");
    }
    let mut swap = fields.pairs("swap");
    swap.sort_by_key(|(observed, ..)| std::cmp::Reverse(observed.len()));
    let case = if ignore_case { "(?i)" } else { "" };
    let mut pairs = Vec::new();
    for &(observed, expected, span) in &swap {
        let alone = Pattern::new(format!("{case}{observed}"));
        if let Err(why) = &alone {
            fields.wrong(span, format!("`{observed}` cannot be read as a pattern: {why}"));
            continue;
        }
        let parts = alone.ok().filter(|_| takes_parts(expected));
        pairs.push(Pair {
            observed: observed.to_owned(),
            expected: expected.to_owned(),
            parts,
            right: OnceLock::new(),
        });
    }
    if pairs.is_empty() {
        fields.wrong(fields.span("swap"), "`swap` names nothing to look for");
        return None;
    }
    let any = pairs.iter().map(|pair| format!("({})", without_captures(&pair.observed))).collect::<Vec<_>>().join("|");
    let whole = if words { format!(r"{case}(?m)\b(?:{any})\b") } else { format!("{case}(?m)(?:{any})") };
    let pattern = super::compile(fields, "swap", whole)?;
    Some(Box::new(Substitution { pattern, pairs, exceptions, capitalize }))
}

/// Whether `$1` or its like is in it.
fn takes_parts(expected: &str) -> bool {
    expected.split('$').skip(1).any(|after| after.starts_with(|one: char| one.is_ascii_digit()))
}

impl Substitution {
    fn expected(&self, pair: &Pair, observed: &str) -> String {
        let mut expected = pair.expected.clone();
        if self.capitalize && observed == capitalized(observed) {
            expected = capitalized(&expected);
        }
        match &pair.parts {
            Some(pattern) => pattern.replace(observed, &expected),
            None => expected,
        }
    }
}

impl Pair {
    /// Whether `observed` is what is expected.
    fn is_right(&self, expected: &str, observed: &str) -> bool {
        let is_phrase = expected.chars().all(|one| one.is_alphanumeric() || one == ' ' || one == '-');
        if is_phrase {
            return expected == observed;
        }
        let compiled = || Pattern::new(format!("^(?:{expected})$")).ok();
        let right = if expected == self.expected {
            return match self.right.get_or_init(compiled) {
                Some(pattern) => pattern.is_in(observed),
                None => expected == observed,
            };
        } else {
            compiled()
        };
        right.map_or(expected == observed, |pattern| pattern.is_in(observed))
    }
}

impl Point for Substitution {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let mut hits = Vec::new();
        for groups in self.pattern.capture_all(chunk.words, chunk.letters)? {
            let group = groups.iter().enumerate().skip(1).find_map(|(at, group)| Some((at - 1, group.clone()?)));
            let Some((which, range)) = group.filter(|(_, range)| !range.is_empty()) else { continue };
            let Some(pair) = self.pairs.get(which) else { continue };
            let observed = chunk.words[range.clone()].trim();
            let expected = self.expected(pair, observed);
            if pair.is_right(&expected, observed) || self.exceptions.hold(observed) {
                continue;
            }
            hits.push(self.hit(frame, range, expected, observed));
        }
        Ok(hits)
    }

    fn needs(&self) -> Option<Vec<&Pattern>> {
        Some(vec![&self.pattern])
    }
}

impl Substitution {
    fn hit(&self, frame: &Frame<'_>, range: std::ops::Range<usize>, expected: String, observed: &str) -> Hit {
        let Action::Replace(given) = frame.action else {
            let instead = frame.action.outcome(observed).unwrap_or_default();
            return Hit { at: Some(range), words: vec![expected, observed.to_owned()], instead, message: None };
        };
        if !given.is_empty() {
            let words = vec![expected, observed.to_owned()];
            return Hit { at: Some(range), words, instead: given.clone(), message: None };
        }
        let is_capital = self.capitalize && observed == capitalized(observed);
        let option = |option: &str| if is_capital { capitalized(option) } else { option.to_owned() };
        let options: Vec<String> = expected.split('|').map(option).collect();
        let words = vec![either(&options), observed.to_owned()];
        Hit { at: Some(range), words, instead: options, message: Some(unquoted(frame.message)) }
    }
}

/// The options bring their own quotation marks.
fn unquoted(message: &str) -> String {
    let mut message = message.to_owned();
    for quoted in ["'%s'", "\"%s\""] {
        if message.matches(quoted).count() == 2 {
            message = message.replacen(quoted, "%s", 1);
        }
    }
    message
}

/// With a capital at the beginning, if it begins with a letter of ASCII.
fn capitalized(text: &str) -> String {
    let mut out = text.to_owned();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

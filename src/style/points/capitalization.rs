//! `capitalization`: headings in one case.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, compile, exceptions};
use crate::style::action::Action;
use crate::style::case::{Case, Caser, TitleStyle};
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::text::Letters;
use crate::style::vocabulary::Exceptions;

/// How many of the words must be right, when a rule does not say.
const THRESHOLD: f64 = 0.8;

#[derive(Debug)]
struct Capitalization {
    demand: Demand,
    exceptions: Exceptions,
    threshold: f64,
}

#[derive(Debug)]
enum Demand {
    Case(Box<Caser>, Pattern),
    Lower,
    Upper,
    Pattern(Pattern),
}

pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let exceptions = exceptions(fields, around);
    let mut own: Vec<String> = fields.texts("exceptions").into_iter().map(|(word, _)| word.to_owned()).collect();
    if fields.truth("vocab", true) {
        own.extend(around.vocabulary.accepted.iter().cloned());
    }
    let indicators = fields.texts("indicators").into_iter().map(|(text, _)| text.to_owned()).collect();
    let threshold = fields.number("threshold").filter(|&threshold| threshold != 0.0).unwrap_or(THRESHOLD);
    let style = if fields.text("style") == Some("Chicago") { TitleStyle::Chicago } else { TitleStyle::Ap };
    let prefix = fields.text("prefix").filter(|text| !text.is_empty());
    let prefix = prefix.and_then(|prefix| compile(fields, "prefix", prefix.to_owned()));
    let case = |case| {
        let words = exceptions.source().map(|own| format!("{own}|")).unwrap_or_default();
        let words = compile(fields, "exceptions", format!(r"{words}[\p{{N}}\p{{L}}*]+[^\s]*"))?;
        Some(Demand::Case(Box::new(Caser::new(case, &own, prefix)), words))
    };
    let demand = match fields.text("match") {
        Some("$title") => case(Case::Title(style))?,
        Some("$sentence") => case(Case::Sentence(indicators))?,
        Some("$lower") => Demand::Lower,
        Some("$upper") => Demand::Upper,
        Some(pattern) => Demand::Pattern(compile(fields, "match", pattern.to_owned())?),
        None => {
            fields.wrong(fields.span("extends"), "there is no `match` that says how words should be written");
            return None;
        }
    };
    Some(Box::new(Capitalization { demand, exceptions, threshold }))
}

impl Capitalization {
    /// What should stand there, and whether `text` is right.
    fn judge(&self, text: &str) -> (String, bool) {
        match &self.demand {
            Demand::Lower => {
                let expected = text.to_lowercase();
                let right = text == expected || self.exceptions.hold(text);
                (expected, right)
            }
            Demand::Upper => {
                let expected = text.to_uppercase();
                let right = text == expected || self.exceptions.hold(text);
                (expected, right)
            }
            Demand::Pattern(pattern) => {
                (pattern.source().to_owned(), pattern.is_in(text) || self.exceptions.hold(text))
            }
            Demand::Case(caser, words) => {
                let expected = caser.convert(text);
                let right = self.compare(caser, words, text, &expected);
                (expected, right)
            }
        }
    }

    fn compare(&self, caser: &Caser, words: &Pattern, text: &str, expected: &str) -> bool {
        let split = |text: &str| -> Vec<String> {
            let found = words.find_all(text, Letters::of(text)).unwrap_or_default();
            found.into_iter().map(|range| text[range].to_owned()).collect()
        };
        let (found, wanted) = (split(text), split(expected));
        let is_sentence = matches!(caser.case, Case::Sentence(_));
        let mut right = 0_u32;
        for (at, word) in found.iter().enumerate() {
            let is_right = wanted.get(at).is_none_or(|wanted| wanted == word) || self.exceptions.hold(word);
            if is_right || (!is_sentence && *word == word.to_uppercase()) {
                right += 1;
            } else if is_sentence && at == 0 && *word != begun(word) {
                return false;
            }
        }
        found.is_empty() || f64::from(right) / found.len() as f64 >= self.threshold
    }
}

/// `word` with one capital in front of each of its parts, and no other.
fn begun(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut inside = false;
    for one in word.chars() {
        let is_part = one.is_alphanumeric() || one == '_' || one == '\'';
        if is_part && !inside {
            out.extend(one.to_uppercase());
        } else {
            out.extend(one.to_lowercase());
        }
        inside = is_part;
    }
    out
}

impl Point for Capitalization {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let text = chunk.words.trim();
        let (expected, right) = self.judge(text);
        if right {
            return Ok(Vec::new());
        }
        let start = chunk.words.find(text).unwrap_or_default();
        let instead = match (frame.action, &self.demand) {
            (Action::Replace(given), Demand::Case(..)) if given.is_empty() => vec![expected.clone()],
            (action, _) => action.outcome(text).unwrap_or_default(),
        };
        let words = vec![text.to_owned(), expected];
        Ok(vec![Hit { at: Some(start..start + text.len()), words, instead, message: None }])
    }
}

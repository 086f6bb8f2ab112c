//! `capitalization`: headings in one case.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, compile, exceptions};
use crate::style::action::Action;
use crate::style::case::{Case, Caser, TitleStyle};
use crate::style::fields::Fields;
use crate::style::heading_words::{HeadingWords, WORD};
use crate::style::pattern::{Exhausted, Pattern};
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
    Case(Box<Caser>, Box<HeadingWords>),
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
    let style = match fields.text("style") {
        Some("Chicago") => TitleStyle::Chicago,
        None | Some("" | "AP") => TitleStyle::Ap,
        Some(other) => {
            let message = format!("`style` must be `AP` or `Chicago`, not `{other}`: `AP` is taken");
            fields.unsupported(fields.span("style"), message);
            TitleStyle::Ap
        }
    };
    let prefix = fields.text("prefix").filter(|text| !text.is_empty());
    let prefix = prefix.and_then(|prefix| compile(fields, "prefix", prefix.to_owned()));
    let case = |case| {
        let special = exceptions.pattern();
        let words = special.map(|special| format!("{}|", special.source())).unwrap_or_default();
        let words = HeadingWords::new(compile(fields, "exceptions", format!("{words}{WORD}"))?, special);
        Some(Demand::Case(Box::new(Caser::new(case, &own, prefix)), Box::new(words)))
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
                let right = (text == expected && self.threshold <= 1.0) || self.compare(caser, words, text, &expected);
                (expected, right)
            }
        }
    }

    fn compare(&self, caser: &Caser, words: &HeadingWords, text: &str, expected: &str) -> bool {
        let (found, wanted) = (words.of(text), words.of(expected));
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

//! `repetition`: the same word again and again.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, compile, exceptions};
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::vocabulary::Exceptions;

#[derive(Debug)]
struct Repetition {
    pattern: Pattern,
    exceptions: Exceptions,
    most: usize,
    ignore_case: bool,
    alpha: bool,
}

pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let exceptions = exceptions(fields, around);
    let most = fields.count("max");
    let (ignore_case, alpha) = (fields.truth("ignorecase", false), fields.truth("alpha", false));
    let tokens: Vec<&str> = fields.texts("tokens").into_iter().map(|(token, _)| token).collect();
    if tokens.is_empty() {
        fields.wrong(fields.span("extends"), "there are no `tokens` to look for");
        return None;
    }
    let case = if ignore_case { "(?i)" } else { "" };
    let pattern = compile(fields, "tokens", format!("{case}({})", tokens.join("|")))?;
    Some(Box::new(Repetition { pattern, exceptions, most, ignore_case, alpha }))
}

impl Repetition {
    fn is_same(&self, one: &str, other: &str) -> bool {
        let same = one == other
            || (self.ignore_case && one.len() == other.len() && one.to_lowercase() == other.to_lowercase());
        same && !one.is_empty() && (!self.alpha || one.chars().all(char::is_alphabetic))
    }
}

impl Point for Repetition {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let mut hits = Vec::new();
        let mut count = 0;
        let mut last: Option<std::ops::Range<usize>> = None;
        for range in self.pattern.find_all(chunk.words, chunk.letters)? {
            let word = chunk.words[range.clone()].trim();
            if let Some(before) = last.filter(|before| self.is_same(word, chunk.words[before.clone()].trim())) {
                count += 1;
                let both = before.start..range.end;
                let words = &chunk.words[both.clone()];
                if count > self.most && !words.contains('\n') && !self.exceptions.hold(words) {
                    hits.push(Hit { words: vec![word.to_owned()], ..Hit::of(chunk, both, frame) });
                    count = 0;
                }
            }
            last = Some(range);
        }
        Ok(hits)
    }
    fn needs(&self) -> Option<Vec<&Pattern>> {
        Some(vec![&self.pattern])
    }
}

//! `occurrence`: words that should be there so many times at most, or at least.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, compile};
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::text::MASK;

#[derive(Debug)]
struct Occurrence {
    pattern: Pattern,
    most: usize,
    least: usize,
}

pub(super) fn read(fields: &Fields<'_>, _: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let (most, least) = (fields.count("max"), fields.count("min"));
    let case = if fields.truth("ignorecase", false) { "(?i)" } else { "" };
    let Some(token) = fields.text("token").filter(|token| !token.is_empty()) else {
        fields.wrong(fields.span("extends"), "there is no `token` to count");
        return None;
    };
    let pattern = compile(fields, "token", format!("{case}(?:{token})"))?;
    Some(Box::new(Occurrence { pattern, most, least }))
}

impl Point for Occurrence {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let found = self.pattern.find_all(chunk.words, chunk.letters)?;
        let count = found.len();
        if !((self.most > 0 && count > self.most) || (self.least > 0 && count < self.least)) {
            return Ok(Vec::new());
        }
        let words = vec![count.to_string()];
        if count == 0 {
            return Ok(vec![Hit { words, ..Hit::default() }]);
        }
        let is_read = |words: &str| !words.trim().is_empty() && words.chars().any(|one| one != MASK && one != '@');
        let first = found.into_iter().find(|range| is_read(&chunk.words[range.clone()]));
        Ok(first.map(|range| Hit { words, ..Hit::of(chunk, range, frame) }).into_iter().collect())
    }
    fn needs(&self) -> Option<Vec<&Pattern>> {
        (self.least == 0).then(|| vec![&self.pattern])
    }
}

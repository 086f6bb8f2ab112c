//! `consistency`: two spellings of which an article should keep to one.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings};
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};

#[derive(Debug)]
struct Consistency {
    pairs: Vec<Pattern>,
}

pub(super) fn read(fields: &Fields<'_>, _: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let words = !fields.truth("nonword", false);
    let case = if fields.truth("ignorecase", false) { "(?i)" } else { "" };
    let mut pairs = Vec::new();
    for (one, other, span) in fields.pairs("either") {
        let any = format!("(?P<first>{one})|(?P<second>{other})");
        let whole = if words { format!(r"{case}(?m)\b(?:{any})\b") } else { format!("{case}(?m)(?:{any})") };
        match Pattern::new(whole) {
            Ok(pattern) => pairs.push(pattern),
            Err(why) => fields.wrong(span, format!("`{one}` and `{other}` cannot be read as patterns: {why}")),
        }
    }
    if pairs.is_empty() {
        fields.wrong(fields.span("either"), "`either` names nothing to look for");
        return None;
    }
    Some(Box::new(Consistency { pairs }))
}

impl Point for Consistency {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, memory: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let mut hits = Vec::new();
        for (which, pattern) in self.pairs.iter().enumerate() {
            let mut found = Vec::new();
            for groups in pattern.capture_all(chunk.words, chunk.letters)? {
                // The two sides are the first two groups that no other lies around.
                let side = usize::from(groups.get(1).is_none_or(Option::is_none));
                memory.sides.insert((frame.rule.to_owned(), which, side));
                found.extend(groups.into_iter().next().flatten().filter(|range| !range.is_empty()));
            }
            let seen = |side| memory.sides.contains(&(frame.rule.to_owned(), which, side));
            // It is told where the passage has the spelling first that it has last.
            let last = found.last().map(|range| &chunk.words[range.clone()]);
            let first = found.iter().find(|range| Some(&chunk.words[(*range).clone()]) == last);
            hits.extend(first.filter(|_| seen(0) && seen(1)).map(|range| Hit::of(chunk, range.clone(), frame)));
        }
        Ok(hits)
    }

    fn needs(&self) -> Option<Vec<&Pattern>> {
        Some(self.pairs.iter().collect())
    }
}

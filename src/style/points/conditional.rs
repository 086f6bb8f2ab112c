//! `conditional`: words that need others, such as an abbreviation and what it stands for.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, compile, exceptions};
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::vocabulary::Exceptions;

#[derive(Debug)]
struct Conditional {
    /// What needs the other.
    first: Pattern,
    /// The other; its groups say for which words it stands.
    second: Pattern,
    exceptions: Exceptions,
}

pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let exceptions = exceptions(fields, around);
    if fields.truth("ignorecase", false) {
        let message = "`ignorecase` does nothing in a rule of this kind: write `(?i)` before its patterns";
        fields.unsupported(fields.span("ignorecase"), message);
    }
    let pattern = |key: &'static str| match fields.text(key).filter(|text| !text.is_empty()) {
        Some(text) => compile(fields, key, text.to_owned()),
        None => {
            fields.wrong(fields.span("extends"), format!("there is no `{key}` to look for"));
            None
        }
    };
    let (first, second) = (pattern("first"), pattern("second"));
    Some(Box::new(Conditional { first: first?, second: second?, exceptions }))
}

impl Point for Conditional {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, memory: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        for groups in self.second.capture_all(chunk.words, chunk.letters)? {
            let named = groups.into_iter().skip(1).flatten().filter(|range| !range.is_empty());
            memory.defined.extend(named.map(|range| chunk.words[range].to_owned()));
        }
        let found = self.first.find_all(chunk.words, chunk.letters)?.into_iter();
        let is_open = |words: &str| !memory.defined.contains(words) && !self.exceptions.hold(words);
        Ok(found
            .filter(|range| is_open(&chunk.words[range.clone()]))
            .map(|range| Hit::of(chunk, range, frame))
            .collect())
    }
    fn needs(&self) -> Option<Vec<&Pattern>> {
        Some(vec![&self.first, &self.second])
    }
}

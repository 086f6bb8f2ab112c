//! `existence`: words that should not be there.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings, exceptions};
use crate::finding::Span;
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::vocabulary::Exceptions;

#[derive(Debug)]
struct Existence {
    pattern: Pattern,
    exceptions: Exceptions,
}

pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let exceptions = exceptions(fields, around);
    let all = fields.texts("tokens");
    let tokens: Vec<&str> = all.iter().map(|(token, _)| *token).filter(|token| !token.trim().is_empty()).collect();
    let raw: String = fields.texts("raw").into_iter().map(|(raw, _)| raw).collect();
    let (appended, ignore_case) = (fields.truth("append", false), fields.truth("ignorecase", false));
    let words = !fields.truth("nonword", false) && !all.is_empty();
    if tokens.is_empty() && raw.is_empty() {
        fields.wrong(fields.span("extends"), "there are neither `tokens` nor `raw`: nothing is looked for");
        return None;
    }
    let any = tokens.join("|");
    let any = if words { format!(r"(?m)\b(?:{any})\b") } else { format!("(?m)(?:{any})") };
    let whole = if appended { format!("{any}{raw}") } else { format!("{raw}{any}") };
    let whole = if ignore_case { format!("(?i){whole}") } else { whole };
    match Pattern::new(&whole) {
        Ok(pattern) => Some(Box::new(Existence { pattern, exceptions })),
        Err(why) => {
            culprit(fields, &all, &why);
            None
        }
    }
}

/// Says which of the words does not compile.
fn culprit(fields: &Fields<'_>, tokens: &[(&str, Span)], whole: &str) {
    let mut said = false;
    for (token, span) in tokens {
        if let Err(why) = Pattern::new(format!("(?:{token})")) {
            fields.wrong(*span, format!("`{token}` cannot be read as a pattern: {why}"));
            said = true;
        }
    }
    for (raw, span) in fields.texts("raw") {
        if let Err(why) = Pattern::new(raw) {
            fields.wrong(span, format!("`{raw}` cannot be read as a pattern: {why}"));
            said = true;
        }
    }
    if !said {
        fields.wrong(fields.span("extends"), format!("its words cannot be read as one pattern: {whole}"));
    }
}

impl Point for Existence {
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let found = self.pattern.find_all(chunk.words, chunk.letters)?.into_iter();
        let kept = found.filter(|range| !self.exceptions.hold(chunk.words[range.clone()].trim()));
        Ok(kept.map(|range| Hit::of(chunk, range, frame)).collect())
    }

    fn needs(&self) -> Option<Vec<&Pattern>> {
        Some(vec![&self.pattern])
    }
}

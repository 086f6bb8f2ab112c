//! Whether readers were told of what changed in words that they had seen.

use super::article::{Found, Pair};
use super::entries::{Beginning, Court};
use super::step::Past;
use crate::article::amendment::{self, Side, Untold};
use crate::article::{Document, Move, Stage};
use crate::config::Format;
use crate::ledger::{Act, Record, RecordEntry};
use crate::workflow::is_a_refile;

impl Court<'_> {
    /// Whether an entry records a change that one person may make, because no word changed in it.
    pub(super) fn is_refile(&self, entry: &RecordEntry, before: Option<&Found>, after: &Found) -> bool {
        let corrects = matches!(entry.act, Act::Move { step: Move::Correct, .. });
        let before = before.filter(|found| found.is_shown() && found.stage() == Stage::Published);
        corrects
            && entry.mends.is_empty()
            && before.is_some_and(|before| is_a_refile(self.rules.config.newsroom.format, before.side(), after.side()))
    }

    /// What readers were not told of the corrections that `record` has beyond the first `known` entries. They are judged
    /// together, by the words before and after the step: each brings a note of its own, and every earlier one stays.
    pub(super) fn untold<P: Past>(
        &self,
        record: &Record,
        known: usize,
        pair: Option<&Pair>,
        past: &P,
    ) -> Result<Option<Untold>, P::Error> {
        let held = self.rules.config.newsroom.format >= Format::Told && self.beginning == Beginning::Later;
        let new = record.entries.get(known..).unwrap_or_default();
        let corrections: Vec<&RecordEntry> = new.iter().filter(|entry| changes_words(entry)).collect();
        let ends_public = new.last().is_some_and(|entry| entry.act.to() == Stage::Published);
        let sides = pair.and_then(|pair| pair.before.as_ref().zip(pair.after.as_ref()));
        let Some((before, after)) = sides.filter(|(before, _)| before.is_shown()) else { return Ok(None) };
        if !held || !ends_public || corrections.is_empty() {
            return Ok(None);
        }
        let agreed = match corrections.first().and_then(|entry| entry.mends.first()) {
            Some(first) => agreed(past, *first, after)?,
            None => None,
        };
        let side = agreed.as_ref().map_or(before.side(), |document| Side { document, ..before.side() });
        let known_words = known.checked_sub(1).map(|at| record.entries[at].content);
        if known_words.is_some() && known_words == after.digest(self.article) {
            return Ok(None);
        }
        let notes = |document: &Document| amendment::records(document).len();
        Ok(match amendment::told(side, after.side()) {
            Err(untold) => Some(untold),
            Ok(_) if notes(&after.document) < notes(side.document) + corrections.len() => Some(Untold::NoNote),
            Ok(_) => None,
        })
    }
}

fn changes_words(entry: &RecordEntry) -> bool {
    matches!(entry.act, Act::Move { step: Move::Correct, .. })
        && (entry.replaces != Some(entry.content) || !entry.mends.is_empty())
}

/// The words that stood there before the first step that changed them by hand.
fn agreed<P: Past>(past: &P, first: crate::article::ObjectId, after: &Found) -> Result<Option<Document>, P::Error> {
    let Some(before) = past.before(first)? else { return Ok(None) };
    let bytes = past.file(before, &after.main)?;
    Ok(bytes.map(|bytes| Document::read(after.main.clone(), &bytes).0))
}

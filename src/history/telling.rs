//! Whether readers were told of what changed in words that they had seen.

use super::article::{Found, Pair, find};
use super::entries::{Beginning, Court, last_content};
use super::step::Past;
use crate::article::amendment::{self, Side, Untold};
use crate::article::{ArticleId, Document, Move, ObjectId, Stage};
use crate::config::Format;
use crate::ledger::{Act, Record, RecordEntry, record_path};
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
        if !held || !ends_public {
            return Ok(None);
        }
        // In place of a notice: what it told stands in them.
        if before.stage() == Stage::Withdrawn && !amendment::recalls(&before.document, &after.document) {
            return Ok(Some(Untold::NotesChanged));
        }
        if before.stage() == Stage::Withdrawn || corrections.is_empty() {
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

/// The version of `found` that the last entry of its record speaks of, at `at` or before; none where the words at `at`
/// are that version, and where there is none. Words that were changed by hand since are nobody's.
pub(super) fn recorded<P: Past>(
    past: &P,
    mut at: ObjectId,
    article: ArticleId,
    found: &Found,
) -> Result<Option<Found>, P::Error> {
    let bytes = past.file(at, &record_path(article))?;
    let record = bytes.and_then(|bytes| Record::read(&record_path(article), &bytes).ok());
    let Some(words) = record.as_ref().and_then(last_content).filter(|words| found.digest(article) != Some(*words))
    else {
        return Ok(None);
    };
    while let Some(before) = past.before(at)? {
        let earlier = find(past, before, found.home.clone(), found.main.clone())?;
        if earlier.digest(article) == Some(words) {
            return Ok(Some(earlier));
        }
        at = before;
    }
    Ok(None)
}

/// The words that stood there before the first step that changed them by hand.
fn agreed<P: Past>(past: &P, first: ObjectId, after: &Found) -> Result<Option<Document>, P::Error> {
    let Some(before) = past.before(first)? else { return Ok(None) };
    let bytes = past.file(before, &after.main)?;
    Ok(bytes.map(|bytes| Document::read(after.main.clone(), &bytes).0))
}

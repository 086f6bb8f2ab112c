//! Whether readers are told of a change, and what that asks of people.

use super::{Circumstances, Refusal, Standing, Version};
use crate::article::amendment::{self, Label, Side, Telling, Untold};
use crate::article::{Amendment, Move};
use crate::config::Format;
use crate::ledger::{Act, Record};

/// Whether a change from `before` to `after` is one that a single person may make: it says so, and changes no word.
pub fn is_a_refile(format: Format, before: Side<'_>, after: Side<'_>) -> bool {
    format >= Format::Told && amendment::told(before, after) == Ok(Telling::Refile)
}

/// The same of the change that is open. What was changed by hand is nobody's refile.
pub(super) fn is_refile(standing: &Standing, circumstances: &Circumstances) -> bool {
    match (standing.published(), &standing.open) {
        (Some(public), Some(open)) if standing.broken.is_empty() => {
            is_a_refile(circumstances.format, public.side(), open.side())
        }
        _ => false,
    }
}

/// Whether the last that happened to the public words was a refile.
pub(super) fn was_refiled(standing: &Standing, circumstances: &Circumstances) -> bool {
    let (Some(public), Some(last)) = (standing.published(), standing.record.as_ref().and_then(Record::last_move))
    else {
        return false;
    };
    circumstances.format >= Format::Told
        && matches!(last.act, Act::Move { step: Move::Correct, .. })
        && last.people == 1
        && amendment::records(&public.document).last().is_some_and(|one| one.label == Label::Change(Amendment::Refile))
}

/// Whether readers are told what the open change of public words changes, and truly. What is not public yet has no
/// readers to tell, and words that are again as they were agreed to tell nothing new. Words that come back in place of a
/// notice say what it said.
pub(super) fn tells(standing: &Standing, open: &Version) -> Result<(), Refusal> {
    if standing.withdrawn().is_some_and(|notice| !amendment::recalls(&notice.document, &open.document)) {
        return Err(Refusal::Untold(Untold::NotesChanged));
    }
    let Some(before) = standing.told_against() else { return Ok(()) };
    if before.digest == open.digest {
        return Ok(());
    }
    amendment::told(before.side(), open.side())?;
    let known = amendment::records(&before.document).len();
    let new = &amendment::records(&open.document)[known..];
    let corrects = |one: &&amendment::Told| one.label == Label::Change(Amendment::Correction);
    if !new.iter().any(|one| corrects(&one)) {
        return Ok(());
    }
    let said = new.iter().map(|one| one.note.as_str()).collect::<Vec<_>>().join(" ");
    let figures = amendment::untold_figures(&before.document, &open.document, &said);
    if figures.is_empty() { Ok(()) } else { Err(Refusal::NoteLacks { figures }) }
}

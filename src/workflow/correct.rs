//! Telling readers what changed in words that they have seen.

use super::commit::{file_steps, message, on_branch, saved, writes};
use super::publish::public_time;
use super::{Circumstances, Refusal, Standing};
use crate::article::notice::on_one_line;
use crate::article::{Amendment, Change, Entry, Move, Reach, Stage, amendment};

/// Writes the change record of an open change of public words into the article, where it is agreed to and published
/// with them. What a correction changes in figures must stand in its note.
pub fn correct(
    standing: &Standing,
    circumstances: &Circumstances,
    kind: Amendment,
    note: &str,
) -> Result<Change, Refusal> {
    let step = Move::Correct;
    let public = standing.published().ok_or(Refusal::NotLegal { step, stage: standing.stage() })?;
    let note = on_one_line(note);
    if note.is_empty() {
        return Err(Refusal::NoNote);
    }
    if standing.open.is_none() {
        return Err(Refusal::NothingChanged);
    }
    let open = saved(standing)?;
    if open.stage != Stage::Published {
        return Err(Refusal::NotLegal { step, stage: open.stage });
    }
    if !amendment::keeps_notes(&public.document, &open.document) {
        return Err(Refusal::NotesChanged);
    }
    if kind == Amendment::Correction {
        let untold = amendment::untold_figures(&public.document, &open.document, &note);
        if !untold.is_empty() {
            return Err(Refusal::NoteLacks { figures: untold });
        }
    }
    let told = public.document.tables_of("changes").len();
    let now = public_time(circumstances.now, &circumstances.zone);
    let text = amendment::noted(&open.document, told, kind, &now, &note)
        .ok_or_else(|| Refusal::Unreadable(open.main.clone()))?;
    let with = |entry: &Entry| match entry.path == open.main {
        true => Entry { bytes: text.clone().into_bytes(), ..entry.clone() },
        false => entry.clone(),
    };
    let after: Vec<Entry> = open.entries.iter().map(with).collect();
    let message = message(standing, "tell readers what changed", &note, &[]);
    Ok(Change {
        summary: format!("noted what changed in {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![on_branch(standing, open, writes(&open.entries, &after), message)],
        files: standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

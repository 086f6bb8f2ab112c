//! Telling readers what changed in words that they have seen.

use super::commit::{file_steps, message, on_branch, read, saved, sound, writes};
use super::publish::public_time;
use super::telling::tells;
use super::{Circumstances, Refusal, Standing, Version};
use crate::article::amendment::{self, Noting};
use crate::article::notice::on_one_line;
use crate::article::{Amendment, Change, Entry, Move, Reach, RefStep, Stage, Target, Write};

/// What readers are to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What sort of change it is.
    pub kind: Amendment,
    /// What the note says.
    pub note: String,
    /// The number of the earlier note that it puts right.
    pub corrects: Option<usize>,
    /// What becomes of other notes that readers have not seen yet.
    pub beside: Beside,
}

/// What becomes of notes that were written into this open change before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// They give way.
    Nothing,
    /// They stay: more than one thing is told at once.
    Others,
}

impl Correction {
    /// Whether there is something to tell although no word changes: what the editors have to say, what was right and was
    /// misread, what was wrong in an earlier note.
    pub fn stands_alone(&self) -> bool {
        matches!(self.kind, Amendment::EditorsNote | Amendment::Clarification) || self.corrects.is_some()
    }
}

/// The public words of an article that nobody has open, for a note that stands alone.
fn unchanged<'a>(standing: &'a Standing, correction: &Correction) -> Result<&'a Version, Refusal> {
    let public = standing.published().filter(|_| correction.stands_alone()).ok_or(Refusal::NothingChanged)?;
    sound(standing, public)?;
    match standing.in_the_way.first() {
        Some(path) => Err(Refusal::PlaceTaken(path.clone())),
        None if standing.is_unsaved() => Err(Refusal::Unsaved),
        None => Ok(public),
    }
}

/// The article's branch, cut from the base.
fn cut(standing: &Standing, circumstances: &Circumstances, writes: Vec<Write>, message: String) -> RefStep {
    let parents = vec![circumstances.base.tip];
    let target = Target::Commit { parents, writes, message };
    RefStep { name: standing.branch.clone(), expect: None, target }
}

/// Writes the change record of an open change of public words into the article, where it is agreed to and published
/// with them. What a correction changes in figures must stand in its note; a refile may change no word. A note that
/// stands alone opens the article.
pub fn correct(standing: &Standing, circumstances: &Circumstances, correction: &Correction) -> Result<Change, Refusal> {
    let step = Move::Correct;
    let before = standing.told_against().ok_or(Refusal::NotLegal { step, stage: standing.stage() })?;
    let note = on_one_line(&correction.note);
    if note.is_empty() {
        return Err(Refusal::NoNote);
    }
    let open = match &standing.open {
        Some(_) => saved(standing)?,
        None => unchanged(standing, correction)?,
    };
    if open.stage != Stage::Published {
        return Err(Refusal::NotLegal { step, stage: open.stage });
    }
    let seen = amendment::records(&before.document).len();
    let kept = match correction.beside {
        Beside::Nothing => seen,
        Beside::Others => amendment::records(&open.document).len().max(seen),
    };
    let date = public_time(circumstances.now, &circumstances.zone);
    let noting = Noting { kind: correction.kind, date: &date, note: &note, corrects: correction.corrects };
    let text = amendment::noted(&open.document, kept, &noting).ok_or_else(|| Refusal::Unreadable(open.main.clone()))?;
    let with = |entry: &Entry| match entry.path == open.main {
        true => Entry { bytes: text.clone().into_bytes(), ..entry.clone() },
        false => entry.clone(),
    };
    let after: Vec<Entry> = open.entries.iter().map(with).collect();
    let digest = crate::article::Digest::of_article(standing.id, &open.home, &open.main, &after);
    let noted = Version { document: read(&open.main, &text), entries: after.clone(), digest, ..open.clone() };
    tells(standing, &noted)?;
    let message = message(standing, "tell readers what changed", &note, &[]);
    Ok(Change {
        summary: format!("noted what changed in {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![match standing.open {
            Some(_) => on_branch(standing, open, writes(&open.entries, &after), message),
            None => cut(standing, circumstances, writes(&open.entries, &after), message),
        }],
        files: standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

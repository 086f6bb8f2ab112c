//! Saving: the words of the working folder go to the article's branch. It is no move; every move begins with it.

use super::commit::{file_steps, message, writes};
use super::{Circumstances, Refusal, Standing};
use crate::article::{
    ArticleId, Change, Entry, NoDigest, ORDINARY_FILE, Reach, RefStep, RepoPath, Stage, Target, edit,
};

/// Saves what the working folder holds; none when nothing differs from what is saved. `entries` are the files to save
/// if they are not just those of the working folder (an article that is adopted by this very save, see [`adopt`]).
///
/// A file that cannot be read as an article is saved all the same: saving loses nothing. But it never takes in a link
/// or a file from elsewhere.
pub fn save(
    standing: &Standing,
    circumstances: &Circumstances,
    entries: Option<Vec<Entry>>,
) -> Result<Option<Change>, Refusal> {
    let Some(working) = &standing.working else { return Ok(None) };
    let after = entries.unwrap_or_else(|| working.clone());
    ordinary(&after)?;
    if after.is_empty() {
        return Err(Refusal::NothingSaved);
    }
    let parent = standing.open.as_ref().or(standing.base.as_ref());
    let before = parent.map(|version| version.entries.as_slice()).unwrap_or_default();
    let changed = writes(before, &after);
    if changed.is_empty() {
        return Ok(None);
    }
    if let (None, Some(path)) = (&standing.open, standing.in_the_way.first()) {
        return Err(Refusal::PlaceTaken(path.clone()));
    }
    let tip = standing.open.as_ref().map(|open| open.commit);
    let step = RefStep {
        name: standing.branch.clone(),
        expect: tip,
        target: Target::Commit {
            parents: vec![tip.unwrap_or(circumstances.base.tip)],
            writes: changed,
            message: message(standing, "save", "", &[]),
        },
    };
    Ok(Some(Change {
        summary: format!("saved {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![step],
        files: file_steps(working, &after),
        reach: Reach::Here,
    }))
}

/// Opens a public article whose words were changed by hand, as it stands: so that people can agree to what readers
/// see. None when it is open, or when nothing was changed.
pub fn reopen(standing: &Standing, circumstances: &Circumstances) -> Option<Change> {
    let public = standing.public().filter(|_| standing.open.is_none() && !standing.broken.is_empty())?;
    let opens = format!("{OPENS}{}", public.main);
    let step = RefStep {
        name: standing.branch.clone(),
        expect: None,
        target: Target::Commit {
            parents: vec![circumstances.base.tip],
            writes: Vec::new(),
            message: message(standing, "open what was changed by hand", "", &[opens]),
        },
    };
    Some(Change {
        summary: format!("opened {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![step],
        files: Vec::new(),
        reach: Reach::Here,
    })
}

/// Begins the trailer that names the file of an article which was opened as it stood.
const OPENS: &str = "Desk-Opens: ";

/// The file of the article that a commit opened as it stood.
pub fn opened(message: &str) -> Option<RepoPath> {
    RepoPath::new(message.lines().rev().find_map(|line| line.strip_prefix(OPENS))?).ok()
}

/// Whether all of these are ordinary files: nothing else is ever saved.
fn ordinary(entries: &[Entry]) -> Result<(), Refusal> {
    match entries.iter().find(|entry| entry.mode != ORDINARY_FILE) {
        Some(odd) => Err(NoDigest::Mode { path: odd.path.clone(), mode: odd.mode }.into()),
        None => Ok(()),
    }
}

/// The files of an article that desk did not keep, with the `[desk]` table that adopts it. It stays where it stood:
/// public if readers see it, otherwise a draft.
pub fn adopt(main: &RepoPath, entries: &[Entry], id: ArticleId, kind: &str) -> Result<Vec<Entry>, Refusal> {
    ordinary(entries)?;
    let missing = || Refusal::Unreadable(main.clone());
    let entry = entries.iter().find(|entry| entry.path == *main).ok_or_else(missing)?;
    let text = std::str::from_utf8(&entry.bytes).map_err(|_| missing())?;
    let document = super::commit::read(main, text);
    if document.front_span.is_none() || (document.front.fields.is_empty() && !document.text.is_empty()) {
        return Err(missing());
    }
    if document.is_adopted() {
        return Ok(entries.to_vec());
    }
    let stage = document.stage().unwrap_or(Stage::Draft);
    let adopted = edit::apply(text, &edit::adopt(&document, id, kind, stage)?);
    Ok(entries
        .iter()
        .map(|one| Entry {
            bytes: if one.path == *main { adopted.clone().into_bytes() } else { one.bytes.clone() },
            ..one.clone()
        })
        .collect())
}

//! The parts that every move's change is made of.

use super::{Refusal, Standing, Version};
use crate::article::kept::{self, Kept};
use crate::article::{
    ArticleId, Change, Digest, Document, Entry, FileStep, Move, ObjectId, Reach, RefName, RefStep, RepoPath, Stage,
    Target, Write, edit,
};
use crate::ledger::Assent;

/// A commit's message: what happened, why, and trailers for people.
pub(super) fn message(standing: &Standing, act: &str, note: &str, trailers: &[String]) -> String {
    let mut text = format!("{}: {act}\n", standing.slug);
    if !note.trim().is_empty() {
        // On one line, so that nothing in a note can pass for a trailer of desk's.
        text.push_str(&format!("\n{}\n", note.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    text.push_str(&format!("\nDesk-Article: {}\n", standing.id));
    for trailer in trailers {
        text.push_str(&format!("{trailer}\n"));
    }
    text
}

/// The article that a commit of desk's is about, as its trailer says.
pub fn article_of(message: &str) -> Option<ArticleId> {
    message.lines().rev().find_map(|line| line.strip_prefix("Desk-Article: "))?.trim().parse().ok()
}

/// The trailer that names a move.
pub(super) fn move_trailer(step: Move, from: Stage, to: Stage) -> String {
    format!("Desk-Move: {step} ({from} -> {to})")
}

/// The trailer that names the words.
pub(super) fn content_trailer(content: Digest) -> String {
    format!("Desk-Content: {content}")
}

/// A statement, kept under its name.
pub(super) fn keep(standing: &Standing, assent: &Assent) -> RefStep {
    RefStep { name: RefName::approval(standing.id, assent.name()), expect: None, target: Target::Files(assent.files()) }
}

/// Keeps what people said elsewhere among what they said here; none where all of it is.
pub fn kept(standing: &Standing, said: &[Assent]) -> Option<Change> {
    let steps: Vec<RefStep> = said.iter().map(|assent| keep(standing, assent)).collect();
    (!steps.is_empty()).then(|| Change {
        summary: format!("kept what was said of {}", standing.slug),
        articles: vec![standing.id],
        steps,
        files: Vec::new(),
        reach: Reach::Came,
    })
}

/// A commit on the article's branch.
pub(super) fn on_branch(standing: &Standing, open: &Version, writes: Vec<Write>, message: String) -> RefStep {
    RefStep {
        name: standing.branch.clone(),
        expect: Some(open.commit),
        target: Target::Commit { parents: vec![open.commit], writes, message },
    }
}

/// What turns the files `before` into the files `after`.
pub(super) fn writes(before: &[Entry], after: &[Entry]) -> Vec<Write> {
    let gone = before
        .iter()
        .filter(|entry| !after.iter().any(|other| other.path == entry.path))
        .map(|entry| Write::remove(entry.path.clone()));
    let put = after
        .iter()
        .filter(|entry| !before.contains(entry))
        .map(|entry| Write::put(entry.path.clone(), entry.bytes.clone()));
    gone.chain(put).collect()
}

/// The same in the working folder, where `before` is what must be there.
pub(super) fn file_steps(before: &[Entry], after: &[Entry]) -> Vec<FileStep> {
    writes(before, after)
        .into_iter()
        .map(|write| FileStep {
            expect: before.iter().find(|entry| entry.path == write.path).map(|entry| entry.bytes.clone()),
            path: write.path,
            bytes: write.bytes,
        })
        .collect()
}

/// The files of an article with other kept lines, and the digest of their words, which must be `content`.
pub(super) fn stamped(
    standing: &Standing,
    version: &Version,
    lines: &[(Kept, String)],
    content: Digest,
) -> Result<Vec<Entry>, Refusal> {
    let mut text = version.document.text.to_string();
    for (kept, value) in lines {
        let document = read(&version.main, &text);
        let edit = kept::set(&document, *kept, value)?;
        text = edit::apply(&text, &[edit]);
    }
    let entries: Vec<Entry> = version
        .entries
        .iter()
        .map(|entry| {
            let is_main = entry.path == version.main;
            Entry { bytes: if is_main { text.clone().into_bytes() } else { entry.bytes.clone() }, ..entry.clone() }
        })
        .collect();
    let found = Digest::of_article(standing.id, &version.home, &version.main, &entries)?;
    if found == content { Ok(entries) } else { Err(Refusal::OtherWords { assented: content, found }) }
}

/// The files of an article in another stage, hidden from readers.
pub(super) fn hidden(standing: &Standing, version: &Version, stage: Stage) -> Result<Vec<Entry>, Refusal> {
    let content = version.digest.clone()?;
    let lines = [(Kept::Stage, format!("\"{stage}\"")), (Kept::Draft, "true".to_owned())];
    stamped(standing, version, &lines, content)
}

pub(super) fn read(main: &RepoPath, text: &str) -> Document {
    Document::read(main.clone(), text.as_bytes()).0
}

/// The version that a move begins from: saved, whole, and really this article's.
pub(super) fn saved(standing: &Standing) -> Result<&Version, Refusal> {
    let open = standing.open.as_ref().ok_or(Refusal::NothingSaved)?;
    if standing.is_unsaved() {
        return Err(Refusal::Unsaved);
    }
    sound(standing, open)?;
    Ok(open)
}

/// Whether it is whole and really this article's.
pub(super) fn sound(standing: &Standing, version: &Version) -> Result<Digest, Refusal> {
    if version.document.front_span.is_none() || version.document.front.fields.is_empty() {
        return Err(Refusal::Unreadable(version.main.clone()));
    }
    if version.document.id() != Some(standing.id) {
        return Err(Refusal::OtherId(version.main.clone()));
    }
    Ok(version.digest.clone()?)
}

/// A reference that goes.
pub(super) fn gone(name: &RefName, expect: ObjectId) -> RefStep {
    RefStep { name: name.clone(), expect: Some(expect), target: Target::Gone }
}

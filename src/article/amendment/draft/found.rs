//! What differs, as readers read it: sentence by sentence.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::article::{Body, Document, Table, sentences};

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Article,
    Headline,
    Summary,
    Byline,
    Dateline,
    Caption,
    Credit,
}

/// Words that changed, came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) spot: Spot,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// All of them, from the headline down.
pub(super) fn found(before: &Document, after: &Document) -> Vec<Found> {
    let mut all = Vec::new();
    let mut put = |spot, old: Option<String>, new: Option<String>| {
        let full = |text: &String| !text.trim().is_empty();
        let (old, new) = (old.filter(full), new.filter(full));
        if old != new {
            all.push(Found { spot, old, new });
        }
    };
    for (spot, field) in [(Spot::Headline, "title"), (Spot::Summary, "description")] {
        let text = |document: &Document| document.text_of(field).map(str::to_owned);
        put(spot, text(before), text(after));
    }
    for (spot, field) in [(Spot::Byline, "authors"), (Spot::Dateline, "dateline")] {
        let text = |document: &Document| Some(document.list_of(field).join(", "));
        put(spot, text(before), text(after));
    }
    let photos = [before, after].map(|document| document.tables_of("photos"));
    for new in &photos[1] {
        let Some(old) = photos[0].iter().find(|old| old.text("file") == new.text("file")) else { continue };
        for (spot, field) in [(Spot::Caption, "caption"), (Spot::Credit, "credit")] {
            let text = |photo: &Table| photo.text(field).map(str::to_owned);
            put(spot, text(old), text(new));
        }
    }
    all.extend(in_words(before, after));
    all
}

fn in_words(before: &Document, after: &Document) -> Vec<Found> {
    let [old, new] = [before, after].map(told);
    let mut all = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
        for at in 0..gone.len().max(come.len()) {
            let (one, other) = (gone.get(at).cloned(), come.get(at).cloned());
            let put = |old, new| Found { spot: Spot::Article, old, new };
            match (one, other) {
                (Some(one), Some(other)) if !are_alike(&one, &other) => {
                    all.extend([put(Some(one), None), put(None, Some(other))]);
                }
                (one, other) => all.push(put(one, other)),
            }
        }
    }
    all
}

/// The sentences of the Markdown as they are read.
fn told(document: &Document) -> Vec<String> {
    let body = Body::read(document);
    let mut all = Vec::new();
    for block in &body.blocks {
        let text = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        all.extend(sentences(&text).into_iter().map(|range| text[range].to_owned()));
    }
    all.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    all
}

/// Whether one is the other with something changed, rather than another sentence.
fn are_alike(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared * 3 >= one.len().max(other.len()) || one.len() == 1 && other.len() == 1
}

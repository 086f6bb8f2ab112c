//! For tests: every word that came in is somewhere in what came out.

use super::{Imported, Removed, Why, escape};

/// The words of a text, marks around them left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|one: char| !one.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words
}

/// Every word of what came out, what was left out included.
pub(super) fn all_words(imported: &Imported) -> Vec<String> {
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, &imported.body, &crate::article::Body::options());
    let mut all = escape::text_of(root);
    let photos = imported.photos.iter().flat_map(|photo| [&photo.caption, &photo.credit]);
    let fields = [&imported.title, &imported.description, &imported.dateline, &imported.date, &imported.section];
    for text in fields.into_iter().chain(photos).flatten().chain(&imported.authors) {
        all.push(' ');
        all.push_str(text);
    }
    let spoken = |one: &&Removed| {
        !matches!(one.why, Why::Blank | Why::Invisible | Why::Script | Why::Mark | Why::Embed | Why::Pixel)
    };
    for removed in imported.removed.iter().filter(spoken) {
        all.push(' ');
        all.push_str(&removed.text);
    }
    words(&all)
}

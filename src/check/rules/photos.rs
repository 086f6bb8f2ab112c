//! The photos that an article names.

use crate::article::Table;
use crate::check::subject::Subject;
use crate::finding::Span;

/// Where to say that a photo has no `key`, or only blanks: at its file's name, or else at its first key.
pub(super) fn without<'a>(subject: &'a Subject<'_>, key: &'a str) -> impl Iterator<Item = Span> + 'a {
    let lacks = move |photo: &&Table| {
        photo.get(key).is_none_or(|value| value.as_str().is_some_and(|text| text.trim().is_empty()))
    };
    subject.document().tables_of("photos").into_iter().filter(lacks).filter_map(place)
}

/// Where a photo stands in the front matter.
fn place(photo: &Table) -> Option<Span> {
    photo.get("file").map(|file| file.span).or_else(|| photo.fields.first().map(|field| field.key_span))
}

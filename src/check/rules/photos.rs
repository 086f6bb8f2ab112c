//! The photos that an article names.

use crate::article::{Table, Value};
use crate::check::subject::Subject;
use crate::finding::{Finding, Span};

/// Where to say that a photo has no `key`, or only blanks: at its file's name, or else at its first key.
pub(super) fn without<'a>(subject: &'a Subject<'_>, key: &'a str) -> impl Iterator<Item = Span> + 'a {
    let photos = subject.document().tables_of("photos").into_iter();
    photos.filter(move |photo| photo.get(key).is_none_or(is_blank)).filter_map(place)
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Where a photo stands in the front matter.
fn place(photo: &Table) -> Option<Span> {
    photo.get("file").map(|file| file.span).or_else(|| photo.fields.first().map(|field| field.key_span))
}

/// The findings of a rule that wants `key` under every photo.
pub(super) fn each_without(subject: &Subject<'_>, key: &str, say: impl Fn() -> Finding) -> Vec<Finding> {
    without(subject, key).map(|at| say().at(at).labelled(format!("add below: {key} = \"...\""))).collect()
}

/// A name in an article that leads to a file of its own folder, not out into the web or the site.
pub(super) fn is_beside(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(['/', '#', '?']) && !name.contains(':') && !name.contains('%')
}

/// The file that `name` leads to, without a query or a place in it.
pub(super) fn file_of(name: &str) -> &str {
    let name = name.split(['#', '?']).next().unwrap_or(name);
    name.strip_prefix("./").unwrap_or(name)
}

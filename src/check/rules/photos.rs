//! The photos that an article names.

use crate::article::{Table, Value};
use crate::check::dates::{Written, day_of, written};
use crate::check::subject::Subject;
use crate::check::words::words;
use crate::finding::{Finding, Span};
use jiff::civil::Date;

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

/// When the right to show a photo ends.
pub(super) struct Ends {
    /// The photo's file, or what else names it.
    pub photo: String,
    /// The last day on which it may be shown.
    pub last: Date,
    /// Where that is written.
    pub span: Span,
}

/// The photos whose rights end: by `rights-until`, or by a date in `rights` (`until 31 July 2026`).
pub(super) fn ends(subject: &Subject<'_>) -> Vec<Ends> {
    let zone = &subject.context.config.newsroom.timezone;
    let photos = subject.document().tables_of("photos").into_iter();
    photos
        .filter_map(|photo| {
            let (last, span) = match photo.get("rights-until") {
                Some(value) => (
                    match value.as_datetime() {
                        Some(written) => day_of(written, zone)?,
                        None => value.as_str()?.trim().parse().ok()?,
                    },
                    value.span,
                ),
                None => {
                    let rights = photo.get("rights")?;
                    (end_in(rights.as_str()?)?, rights.span)
                }
            };
            Some(Ends { photo: photo.text("file").unwrap_or("this photo").to_owned(), last, span })
        })
        .collect()
}

/// The last day that `rights` names behind a word for an end.
fn end_in(rights: &str) -> Option<Date> {
    let all: Vec<_> = words(rights).collect();
    let ends = |word: &str| {
        ["until", "till", "through", "expire", "expires", "expiring", "ends", "ending"]
            .iter()
            .any(|end| word.eq_ignore_ascii_case(end))
    };
    let first = all.iter().position(|(_, word)| ends(word))?;
    written(rights, &all[first..]).iter().filter_map(Written::date).max()
}

/// The day it is in the newsroom. Only an article to which the day matters asks for it: what is said of it then is not
/// remembered.
pub(super) fn today(subject: &Subject<'_>) -> Date {
    subject.context.config.newsroom.timezone.to_datetime(subject.now()).date()
}

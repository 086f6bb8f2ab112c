//! The sources that an article records.

use crate::article::Value;
use crate::check::subject::Subject;
use crate::finding::Span;

/// A source as the front matter has it.
pub(super) struct Source<'a> {
    /// What it is called there.
    pub name: &'a str,
    /// Whether readers are not told who it is.
    pub unnamed: bool,
    /// Where it stands.
    pub span: Span,
}

/// The sources that are recorded, in the order of the front matter.
pub(super) fn recorded<'a>(subject: &'a Subject<'_>) -> Vec<Source<'a>> {
    let tables = subject.document().tables_of("sources").into_iter();
    tables
        .filter_map(|table| {
            let name = table.get("name");
            let span = name.map(|name| name.span).or_else(|| table.fields.first().map(|field| field.key_span))?;
            let unnamed = table.get("anonymous").and_then(Value::as_bool) == Some(true);
            Some(Source { name: name.and_then(Value::as_str).unwrap_or_default(), unnamed, span })
        })
        .collect()
}

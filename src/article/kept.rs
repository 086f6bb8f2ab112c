//! Kept lines: the four lines of an article's file that desk writes and no digest covers.
//!
//! They are `draft`, `date` and `updated` at the top level and `stage` in `[desk]`, each as one bare key with one value
//! on a line of its own and nothing behind it. Written in any other form (quoted, dotted, inline, with a comment) a
//! key is the writer's text like any other: it is covered by the digest, and desk refuses to move the article.

use super::front::{self, Data, Field};
use super::{Document, RepoPath};
use crate::finding::{Edit, Span};

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// `draft`: true until the article is public.
    Draft,
    /// `date`: when it became public first.
    Date,
    /// `updated`: when its public words changed last.
    Updated,
    /// `desk.stage`.
    Stage,
}

impl Kept {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Date, Self::Updated, Self::Stage];

    /// The dotted path of keys.
    pub fn path(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Date => "date",
            Self::Updated => "updated",
            Self::Stage => "desk.stage",
        }
    }

    fn key(self) -> &'static str {
        self.path().rsplit('.').next().unwrap_or_else(|| self.path())
    }

    fn holds(self, data: &Data) -> bool {
        matches!(
            (self, data),
            (Self::Draft, Data::Boolean(_))
                | (Self::Date | Self::Updated, Data::Datetime(_))
                | (Self::Stage, Data::String(_))
        )
    }

    fn field(self, document: &Document) -> Option<&Field> {
        match self {
            Self::Stage => document.value("desk")?.as_table()?.field("stage"),
            _ => document.front.field(self.path()),
        }
    }
}

/// A key of a kept line that stands in a form desk does not keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` must be a line of its own: `{} = ...`", .kept.path(), .kept.key())]
pub struct NotKept {
    /// Which.
    pub kept: Kept,
    /// Where it stands now.
    pub span: Span,
}

/// The bytes of a kept line, its line end included; none when there is no such key.
pub fn line(document: &Document, kept: Kept) -> Result<Option<Span>, NotKept> {
    let Some(field) = kept.field(document) else { return Ok(None) };
    let refused = Err(NotKept { kept, span: field.key_span });
    let text = &*document.text;
    let start = text[..field.key_span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[field.value.span.end..].find('\n').map_or(text.len(), |newline| field.value.span.end + newline + 1);
    let between = &text[field.key_span.end..field.value.span.start];
    let alone = start == field.key_span.start
        && &text[field.key_span.range()] == kept.key()
        && between.trim_matches([' ', '\t']) == "="
        && text[field.value.span.end..end].trim().is_empty()
        && !text[field.value.span.range()].contains('\n')
        && kept.holds(&field.value.data);
    if alone { Ok(Some(Span::new(start, end))) } else { refused }
}

/// What would give a kept line its form without changing what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Straightened {
    /// The edits.
    pub edits: Vec<Edit>,
    /// Whether a comment goes with them.
    pub comment: bool,
}

/// The edits that make a kept line of one that only stands a little off: indented, its key in quotes, a comment behind
/// it. None when more is wrong with it.
pub fn straighten(document: &Document, kept: Kept) -> Option<Straightened> {
    let field = kept.field(document).filter(|field| kept.holds(&field.value.data))?;
    let text = &*document.text;
    let (key, value) = (field.key_span, field.value.span);
    let start = text[..key.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[value.end..].find('\n').map_or(text.len(), |newline| value.end + newline);
    let behind = text[value.end..end].trim();
    let word = text[key.range()].trim_matches(['"', '\'']);
    let plain = text[start..key.start].trim().is_empty()
        && word == kept.key()
        && text[key.end..value.start].trim_matches([' ', '\t']) == "="
        && !text[value.range()].contains('\n')
        && (behind.is_empty() || behind.starts_with('#'));
    if !plain {
        return None;
    }
    let mut edits = Vec::new();
    if start < key.start {
        edits.push(Edit::delete(Span::new(start, key.start)));
    }
    if text[key.range()] != *word {
        edits.push(Edit::replace(key, word));
    }
    if !behind.is_empty() {
        edits.push(Edit::delete(Span::new(value.end, value.end + text[value.end..end].trim_end().len())));
    }
    Some(Straightened { edits, comment: !behind.is_empty() })
}

/// The bytes of an article's file without its kept lines: what a digest covers.
pub fn without_kept_lines(bytes: &[u8]) -> Vec<u8> {
    let nowhere = RepoPath::new("article").expect("a sound path");
    let (document, _) = Document::read(nowhere, bytes);
    let mut lines: Vec<Span> = Kept::ALL.into_iter().filter_map(|kept| line(&document, kept).ok().flatten()).collect();
    lines.sort();
    let mut rest = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for span in lines {
        rest.extend_from_slice(&bytes[at..span.start]);
        at = span.end;
    }
    rest.extend_from_slice(&bytes[at..]);
    rest
}

/// The edit that makes a kept line say `value` (TOML, such as `true` or `"draft"`), adding the line where it is missing.
pub fn set(document: &Document, kept: Kept, value: &str) -> Result<Edit, NotKept> {
    if line(document, kept)?.is_some() {
        let span = kept.field(document).map(|field| field.value.span).expect("the line was just found");
        return Ok(Edit::replace(span, value));
    }
    let text = format!("{} = {value}{}", kept.key(), document.line_end());
    let at = match kept {
        Kept::Stage => under_header(document, "desk"),
        _ => Some(end_of_top_level(document)),
    };
    match at {
        Some(at) => Ok(Edit::insert(at, text)),
        None => Err(NotKept { kept, span: document.front_span.unwrap_or(Span::at(0)) }),
    }
}

/// The edit that takes a kept line out, none when it is not there.
pub fn remove(document: &Document, kept: Kept) -> Result<Option<Edit>, NotKept> {
    Ok(line(document, kept)?.map(Edit::delete))
}

/// Where a line goes that belongs right under `[name]`.
pub(super) fn under_header(document: &Document, name: &str) -> Option<usize> {
    let header = headers(document).find(|(_, line)| line.trim() == format!("[{name}]"))?.0;
    document.text[header.end..].find('\n').map(|newline| header.end + newline + 1)
}

/// Where a line goes that belongs to no table: behind the last top-level key, before the first header.
pub(super) fn end_of_top_level(document: &Document) -> usize {
    let front = document.front_span.unwrap_or(Span::at(document.body.start));
    let first_header = headers(document).next().map_or(front.end, |(span, _)| span.start);
    document
        .front
        .fields
        .iter()
        .filter(|field| field.key_span.end < first_header)
        .map(|field| field.value.span.end.max(field.key_span.end))
        .filter(|&end| end <= first_header)
        .max()
        .and_then(|end| document.text[end..front.end].find('\n').map(|newline| end + newline + 1))
        .unwrap_or(if first_header < front.end { first_header } else { front.end.min(first_header) })
}

/// The lines of the front matter that open a table, those inside multi-line values left out.
pub(super) fn headers(document: &Document) -> impl Iterator<Item = (Span, &str)> {
    let front = document.front_span.unwrap_or(Span::at(0));
    front::lines(&document.text[..front.end], front.start)
        .filter(|(_, line)| line.trim_start().starts_with('['))
        .filter(move |(span, _)| !inside_value(&document.front, *span))
}

fn inside_value(table: &front::Table, place: Span) -> bool {
    table.fields.iter().any(|field| covers(&field.value, place))
}

fn covers(value: &front::Value, place: Span) -> bool {
    match &value.data {
        // A table that a header opens spans only that header; one in braces is a value.
        Data::Table(table) => inside_value(table, place),
        Data::Array(values) if values.iter().any(|value| matches!(value.data, Data::Table(_))) => {
            values.iter().any(|value| covers(value, place))
        }
        _ => value.span.start < place.start && place.start < value.span.end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::edit;

    fn read(text: &str) -> Document {
        Document::read(RepoPath::new("articles/a/index.md").expect("sound"), text.as_bytes()).0
    }

    const STORY: &str = "+++\ntitle = \"A\"\ndate = 2026-07-25T09:00:00-04:00\ndraft = true\n\n[[photos]]\nfile = \"a.jpg\"\n\n[desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WX\"\nstage = \"draft\"\n+++\nBody\n";

    #[test]
    fn only_bare_lines_are_left_out() {
        let rest = String::from_utf8(without_kept_lines(STORY.as_bytes())).expect("text");
        assert_eq!(
            rest,
            "+++\ntitle = \"A\"\n\n[[photos]]\nfile = \"a.jpg\"\n\n[desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WX\"\n+++\nBody\n"
        );
        for kept_as_text in [
            "+++\n\"draft\" = true\n+++\n",
            "+++\ndesk.stage = \"draft\"\n+++\n",
            "+++\ndesk = { stage = \"draft\" }\n+++\n",
            "+++\ndraft = true # for now\n+++\n",
            "+++\n draft = true\n+++\n",
            "+++\nnote = \"\"\"\ndraft = true\n\"\"\"\n+++\n",
            "+++\ndraft = \"true\"\n+++\n",
            "+++\ndraft = true\ndraft = false\n+++\n",
            "+++\n+++\ndraft = true\n",
        ] {
            assert_eq!(without_kept_lines(kept_as_text.as_bytes()), kept_as_text.as_bytes(), "{kept_as_text}");
        }
    }

    #[test]
    fn setting_a_line_changes_no_other_byte() {
        let document = read(STORY);
        let edits = [
            set(&document, Kept::Stage, "\"published\"").expect("kept"),
            set(&document, Kept::Draft, "false").expect("kept"),
            set(&document, Kept::Updated, "2026-07-26T00:00:00Z").expect("kept"),
        ];
        let stamped = edit::apply(&document.text, &edits);
        assert_eq!(without_kept_lines(stamped.as_bytes()), without_kept_lines(STORY.as_bytes()));
        let stamped = read(&stamped);
        assert_eq!(stamped.stage(), Some(crate::article::Stage::Published));
        assert!(!stamped.is_hidden() && stamped.value("updated").is_some() && stamped.value("photos").is_some());
    }

    #[test]
    fn a_line_is_added_where_it_belongs() {
        for text in [
            "+++\n[desk]\nid = \"x\"\n+++\n",
            "+++\n# hello\ntags = [\n\"[a]\",\n]\n\n# photos\n[[photos]]\nfile = \"x\"\n[desk]\n+++\n",
            "+++\n+++\n",
            "+++\r\ntitle = \"x\"\r\n+++\r\nBody\r\n",
        ] {
            let document = read(text);
            let edit = set(&document, Kept::Draft, "true").expect("kept");
            let after = read(&edit::apply(text, &[edit]));
            assert!(after.is_hidden(), "{:?}", after.text);
            assert_eq!(without_kept_lines(after.text.as_bytes()), text.as_bytes());
        }
    }
}

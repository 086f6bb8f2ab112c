//! Edits to an article's file by splicing text: comments, blank lines, the order of keys and line ends stay as the
//! writer left them. Nothing here serialises a file anew but [`compose`], which writes a fresh one.

use toml::Value;

use super::kept::{self, NotKept};
use super::{ArticleId, Document, Stage};
use crate::finding::{Edit, Span};

/// Applies edits to `text`; of two that overlap, the earlier one wins and the later is left out.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in sorted {
        if edit.span.start < at {
            continue;
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The edit that gives the top-level key or `table.key` at `path` the value `value`. A missing key is added behind the
/// last of its table; a missing table behind everything else.
pub fn set(document: &Document, path: &str, value: &Value) -> Edit {
    if let Some(present) = document.value(path) {
        return Edit::replace(present.span, literal(value));
    }
    let end = document.line_end();
    let Some((table, key)) = path.rsplit_once('.') else {
        return Edit::insert(kept::end_of_top_level(document), format!("{} = {}{end}", bare(path), literal(value)));
    };
    match kept::under_header(document, table) {
        Some(at) => Edit::insert(at, format!("{} = {}{end}", bare(key), literal(value))),
        None => {
            Edit::insert(front_end(document), format!("{end}[{table}]{end}{} = {}{end}", bare(key), literal(value)))
        }
    }
}

/// The edit that takes out the line of a top-level key or of `table.key`, none when it is not there. Only for a key
/// whose value stands on lines of its own.
pub fn remove(document: &Document, path: &str) -> Option<Edit> {
    let (table, key) = path.rsplit_once('.').map_or((None, path), |(table, key)| (Some(table), key));
    let fields = match table {
        Some(table) => document.value(table)?.as_table()?,
        None => &document.front,
    };
    let field = fields.field(key)?;
    let start = document.text[..field.key_span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let after = field.value.span.end;
    let end = document.text[after..].find('\n').map_or(document.text.len(), |newline| after + newline + 1);
    Some(Edit::delete(Span::new(start, end)))
}

/// The edit that takes a block out of the Markdown with its lines, so that what stood apart still does and no empty line
/// is left over; none when other words stand on its lines.
pub fn remove_block(text: &str, block: Span) -> Option<Edit> {
    let line_start = text[..block.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[block.end..].find('\n').map_or(text.len(), |newline| block.end + newline + 1);
    if !text[line_start..block.start].trim().is_empty() || !text[block.end..line_end].trim().is_empty() {
        return None;
    }
    let above = text[..line_start].lines().next_back().map(str::trim);
    let parted = matches!(above, None | Some("" | "+++"));
    let next = text[line_end..].find('\n').map_or(text.len(), |newline| line_end + newline + 1);
    let empty_below = text[line_end..next].trim().is_empty();
    Some(Edit::delete(match (parted, empty_below) {
        (true, true) => Span::new(line_start, next),
        (true, false) | (false, true) => Span::new(line_start, line_end),
        // Its own line stays as the empty one between them.
        (false, false) => Span::new(line_start, block.end),
    }))
}

/// The edit that takes out one table of an array of tables, its `[[header]]` and the empty line that set it off
/// included; none when it stands in braces.
pub fn remove_table(document: &Document, table: &super::Table) -> Option<Edit> {
    let first = table.fields.iter().map(|field| field.key_span.start).min()?;
    let last = table.fields.iter().map(|field| field.value.span.end).max()?;
    let (header, line) = kept::headers(document).take_while(|(span, _)| span.start < first).last()?;
    if !line.trim_start().starts_with("[[") {
        return None;
    }
    let text = &*document.text;
    let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline + 1);
    let next = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    let above = text[..header.start].lines().next_back().map(str::trim);
    let spare = matches!(above, None | Some("" | "+++")) && text[end..next].trim().is_empty();
    Some(Edit::delete(Span::new(header.start, if spare { next } else { end })))
}

/// The edit that adds one `[[name]]` table before `[desk]`, or at the end of the front matter.
pub fn append_table(document: &Document, name: &str, fields: &[(&str, Value)]) -> Edit {
    let end = document.line_end();
    let mut text = String::new();
    let at = kept::headers(document)
        .find(|(_, line)| line.trim() == "[desk]")
        .map_or_else(|| front_end(document), |(span, _)| span.start);
    if at == front_end(document) {
        text.push_str(end);
    }
    text.push_str(&format!("[[{name}]]{end}"));
    for (key, value) in fields {
        text.push_str(&format!("{} = {}{end}", bare(key), literal(value)));
    }
    if at != front_end(document) {
        text.push_str(end);
    }
    Edit::insert(at, text)
}

/// The edits that adopt an article desk did not keep: a `[desk]` table and, unless it is public, `draft = true`.
pub fn adopt(document: &Document, id: ArticleId, kind: &str, stage: Stage) -> Result<Vec<Edit>, NotKept> {
    let end = document.line_end();
    let table = format!(
        "{end}[desk]{end}id = \"{id}\"{end}kind = {}{end}stage = \"{stage}\"{end}",
        literal(&Value::String(kind.to_owned()))
    );
    let mut edits = vec![Edit::insert(front_end(document), table)];
    if stage != Stage::Published && !document.is_hidden() {
        edits.insert(0, kept::set(document, kept::Kept::Draft, "true")?);
    }
    Ok(edits)
}

/// What a fresh article's file is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manuscript {
    /// Top-level keys in the order they are to stand; `draft` among them.
    pub fields: Vec<(String, Value)>,
    /// `[params]`, `[extra]` and their like, each with its keys.
    pub tables: Vec<(String, Vec<(String, Value)>)>,
    /// `[[photos]]`, `[[sources]]` and their like, each with its keys.
    pub lists: Vec<(String, Vec<(String, Value)>)>,
    /// The Markdown.
    pub body: String,
}

/// Writes a fresh file.
pub fn compose(manuscript: &Manuscript, id: ArticleId, kind: &str) -> String {
    let mut text = String::from("+++\n");
    let mut write = |fields: &[(String, Value)]| {
        for (key, value) in fields {
            text.push_str(&format!("{} = {}\n", bare(key), literal(value)));
        }
    };
    write(&manuscript.fields);
    for (name, fields) in &manuscript.tables {
        text.push_str(&format!("\n[{name}]\n"));
        for (key, value) in fields {
            text.push_str(&format!("{} = {}\n", bare(key), literal(value)));
        }
    }
    for (name, fields) in &manuscript.lists {
        text.push_str(&format!("\n[[{name}]]\n"));
        for (key, value) in fields {
            text.push_str(&format!("{} = {}\n", bare(key), literal(value)));
        }
    }
    let kind = literal(&Value::String(kind.to_owned()));
    text.push_str(&format!("\n[desk]\nid = \"{id}\"\nkind = {kind}\nstage = \"draft\"\n+++\n"));
    text.push_str(&manuscript.body);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// A value as it stands in TOML on one line.
pub fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(values) => format!("[{}]", values.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let fields: Vec<_> =
                table.iter().map(|(key, value)| format!("{} = {}", bare(key), literal(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

/// A basic string (TOML 1.0, "String"): quotes, backslashes and control characters escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for one in text.chars() {
        match one {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if one.is_control() => out.push_str(&format!("\\u{:04X}", one as u32)),
            _ => out.push(one),
        }
    }
    out.push('"');
    out
}

pub(super) fn bare(key: &str) -> String {
    if !key.is_empty() && key.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_')) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

fn front_end(document: &Document) -> usize {
    document.front_span.map_or(document.body.start, |span| span.end)
}

//! Front matter cut along its lines: tables, in them the lines of each field, and before each what stands above it.

use super::keyed::distinct;
use crate::article::front::{self, Data, Table, Value};
use crate::article::kept::Kept;
use crate::article::{Document, Field};
use crate::finding::Span;

/// Front matter in its pieces. Put together again they are the text, byte for byte.
pub(super) struct Layout<'a> {
    pub(super) sections: Vec<Section<'a>>,
    /// What follows the last field.
    pub(super) tail: &'a str,
}

/// What stands under one header, or before the first.
pub(super) struct Section<'a> {
    /// What it is called among all: its path, and for one of several which one.
    pub(super) name: String,
    /// Its path.
    path: String,
    /// Whether it is one of several.
    listed: Listed,
    /// Blank lines and comments above the header.
    pub(super) lead: &'a str,
    /// The header's line.
    pub(super) header: &'a str,
    pub(super) entries: Vec<Entry<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    No,
    Yes,
    /// Below one of several.
    Below,
}

/// The lines of one field.
pub(super) struct Entry<'a> {
    /// Its key, as it is written.
    pub(super) key: String,
    /// Blank lines and comments above it.
    pub(super) lead: &'a str,
    /// Its lines.
    pub(super) text: &'a str,
    pub(super) value: &'a Value,
}

impl Section<'_> {
    /// All of it as it stands in the file.
    pub(super) fn text(&self) -> String {
        let entries = self.entries.iter().flat_map(|entry| [entry.lead, entry.text]);
        [self.lead, self.header].into_iter().chain(entries).collect()
    }

    /// What it says: the same, without what stands above it.
    pub(super) fn said(&self) -> Vec<&str> {
        std::iter::once(self.header).chain(self.entries.iter().map(|entry| entry.text)).collect()
    }

    /// How people call it: `photos, dredger.jpg`.
    pub(super) fn title(&self) -> String {
        self.name.replace('\u{0}', ", ")
    }

    /// The field's name in full.
    pub(super) fn field(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}: {key}", self.title()) }
    }

    /// Whether desk writes this field.
    pub(super) fn is_kept(&self, key: &str) -> bool {
        let full = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Kept::ALL.iter().any(|kept| kept.path() == full)
    }
}

/// Cuts the front matter of `document`; none where its lines cannot be told apart for certain.
pub(super) fn cut(document: &Document) -> Option<Layout<'_>> {
    let front = document.front_span?;
    let text = &document.text[..front.end];
    let mut values = Vec::new();
    assigned(&document.front, text, &mut values);
    values.sort_by_key(|value| value.span);
    let top = Section {
        name: String::new(),
        path: String::new(),
        listed: Listed::No,
        lead: "",
        header: "",
        entries: Vec::new(),
    };
    let mut sections = vec![top];
    let (mut lead, mut read) = (front.start, front.start);
    for (span, line) in front::lines(text, front.start) {
        let trimmed = line.trim_start();
        if span.start < read || trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if trimmed.starts_with('[') {
            read = line_end(text, span.end);
            let (path, listed) = header(trimmed)?;
            let header = &text[span.start..read];
            sections.push(Section {
                name: String::new(),
                path,
                listed,
                lead: &text[lead..span.start],
                header,
                entries: Vec::new(),
            });
        } else {
            let value = values.get(values.partition_point(|value| value.span.start < span.start)).copied()?;
            read = line_end(text, value.span.end);
            let key = text.get(span.start..value.span.start)?.trim_end().strip_suffix('=')?.trim();
            if key.contains('\n') {
                return None;
            }
            let entry =
                Entry { key: key.to_owned(), lead: &text[lead..span.start], text: &text[span.start..read], value };
            sections.last_mut()?.entries.push(entry);
        }
        lead = read;
    }
    Some(Layout { sections, tail: &text[lead..] })
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The path in a header's line.
fn header(line: &str) -> Option<(String, Listed)> {
    let (listed, rest, end) = match line.strip_prefix("[[") {
        Some(rest) => (Listed::Yes, rest, "]]"),
        None => (Listed::No, line.strip_prefix('[')?, "]"),
    };
    let path = rest[..rest.find(end)?].trim();
    (!path.contains(['"', '\''])).then(|| (path.to_owned(), listed))
}

/// Values that stand behind a `=`, those within others left out.
fn assigned<'a>(table: &'a Table, text: &str, values: &mut Vec<&'a Value>) {
    for Field { value, .. } in &table.fields {
        if is_assigned(text, value.span) {
            values.push(value);
            continue;
        }
        match &value.data {
            Data::Table(inner) => assigned(inner, text, values),
            Data::Array(elements) => {
                elements.iter().filter_map(Value::as_table).for_each(|inner| assigned(inner, text, values));
            }
            _ => {}
        }
    }
}

fn is_assigned(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    before.trim_end_matches([' ', '\t']).ends_with('=')
}

/// Fields by which one of several tables is known again, the surest first.
const KNOWN_BY: [&str; 7] = ["file", "src", "url", "id", "name", "date", "title"];

/// Names the sections of three versions so that the same one has the same name in each.
pub(super) fn name(layouts: &mut [Layout<'_>; 3]) {
    let mut paths: Vec<String> = layouts
        .iter()
        .flat_map(|layout| &layout.sections)
        .filter(|section| section.listed == Listed::Yes)
        .map(|section| section.path.clone())
        .collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        let lists: Vec<Vec<&Section<'_>>> = layouts
            .iter()
            .map(|layout| layout.sections.iter().filter(|one| one.listed == Listed::Yes && one.path == path).collect())
            .collect();
        let names: Vec<Vec<String>> = match KNOWN_BY.iter().find_map(|key| known_by(key, &lists)) {
            Some(names) => names,
            None if lists.iter().all(|list| list.len() == lists[0].len()) => {
                lists.iter().map(|list| (1..=list.len()).map(|at| at.to_string()).collect()).collect()
            }
            None => lists.iter().map(|list| list.iter().map(|one| one.said().concat()).collect()).collect(),
        };
        for (layout, names) in layouts.iter_mut().zip(names) {
            let sections = layout.sections.iter_mut().filter(|one| one.listed == Listed::Yes && one.path == path);
            for (section, name) in sections.zip(names) {
                section.name = format!("{path}\u{0}{name}");
            }
        }
    }
    for layout in layouts {
        let mut above: Option<(String, String)> = None;
        for section in &mut layout.sections {
            let below = above.as_ref().filter(|(path, _)| section.path.starts_with(&format!("{path}.")));
            match (section.listed, below) {
                (Listed::Yes, None) => above = Some((section.path.clone(), section.name.clone())),
                (_, Some((_, parent))) => {
                    let own = if section.name.is_empty() { &section.path } else { &section.name };
                    section.name = format!("{parent}\u{0}{own}");
                    section.listed = Listed::Below;
                }
                _ => section.name.clone_from(&section.path),
            }
        }
        let names = distinct(layout.sections.iter().map(|section| section.name.clone()).collect());
        for (section, name) in layout.sections.iter_mut().zip(names) {
            section.name = name;
        }
    }
}

/// What `key` says in each table of each version, if every table has it and no two of one version say the same.
fn known_by(key: &str, lists: &[Vec<&Section<'_>>]) -> Option<Vec<Vec<String>>> {
    lists
        .iter()
        .map(|list| {
            let said = |section: &&Section<'_>| {
                let entry = section.entries.iter().find(|entry| entry.key == key)?;
                match &entry.value.data {
                    Data::String(text) => Some(text.clone()),
                    Data::Datetime(date) => Some(date.to_string()),
                    _ => None,
                }
            };
            let names = list.iter().map(said).collect::<Option<Vec<String>>>()?;
            let mut once = names.clone();
            once.sort();
            once.dedup();
            (once.len() == names.len()).then_some(names)
        })
        .collect()
}

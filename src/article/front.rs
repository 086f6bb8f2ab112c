//! Front matter: finding it, and its TOML as a tree in which every key and value knows its bytes in the file.

use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use crate::finding::{Finding, Level, Span};

/// A value and the bytes it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its bytes in the file, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Text, unquoted and unescaped.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a point.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time or both.
    Datetime(Datetime),
    /// A list, or an array of tables.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key, unquoted.
    pub key: String,
    /// The key's bytes in the file.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

/// Keys and values in the order in which TOML's parser gives them (by key).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The fields.
    pub fields: Vec<Field>,
}

impl Table {
    /// Reads a file that is TOML from its first byte to its last, such as `desk.toml`; the finding is `invalid-toml`.
    pub fn parse(toml: &str) -> Result<Self, Box<Finding>> {
        parse(toml, 0)
    }

    /// The field called `key`.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.field(key).map(|field| &field.value)
    }

    /// The value of `key` when it is a string.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The value at a dotted path of bare keys.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let value = self.get(first)?;
        match rest {
            Some(rest) => value.as_table()?.at(rest),
            None => Some(value),
        }
    }

    /// The same as JSON, dates as strings: what a schema sees.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::Value::Object(self.fields.iter().map(|field| (field.key.clone(), field.value.to_json())).collect())
    }
}

impl Value {
    /// As a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// As a truth value.
    pub fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Boolean(truth) => Some(truth),
            _ => None,
        }
    }

    /// As a date.
    pub fn as_datetime(&self) -> Option<&Datetime> {
        match &self.data {
            Data::Datetime(datetime) => Some(datetime),
            _ => None,
        }
    }

    /// As a table.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }

    /// As a list.
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.data {
            Data::Array(values) => Some(values),
            _ => None,
        }
    }

    /// A string as a list of one, or the strings of a list.
    pub fn strings(&self) -> Vec<&str> {
        match &self.data {
            Data::String(text) => vec![text],
            Data::Array(values) => values.iter().filter_map(Self::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The tables of an array of tables.
    pub fn tables(&self) -> Vec<&Table> {
        self.as_array().unwrap_or_default().iter().filter_map(Self::as_table).collect()
    }

    /// As JSON, dates as strings.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::String(text) => text.clone().into(),
            Data::Integer(number) => (*number).into(),
            Data::Float(number) => (*number).into(),
            Data::Boolean(truth) => (*truth).into(),
            Data::Datetime(datetime) => datetime.to_string().into(),
            Data::Array(values) => values.iter().map(Self::to_json).collect(),
            Data::Table(table) => table.to_json(),
        }
    }
}

/// A file cut into its parts.
pub(super) struct Parts {
    /// The TOML between the fences.
    pub(super) front: Option<Span>,
    /// What follows.
    pub(super) body: Span,
    /// Why there is no front matter.
    pub(super) finding: Option<Finding>,
}

/// The byte order mark that some editors put first.
const MARK: &str = "\u{feff}";

/// Cuts `text` at its fences: a line of exactly `+++` (blanks may follow) first, and the next such line.
pub(super) fn split(text: &str) -> Parts {
    let start = if text.starts_with(MARK) { MARK.len() } else { 0 };
    let all = Span::new(start, text.len());
    let without = |finding: Finding| Parts { front: None, body: all, finding: Some(finding) };
    let mut lines = lines(text, start);
    let Some((opener, first)) = lines.next() else {
        return without(
            Finding::new("empty-file", Level::Error, "this file is empty").help("desk new writes a fresh one"),
        );
    };
    match first.trim_end() {
        "+++" => {}
        "---" => {
            return without(
                Finding::new("yaml-front-matter", Level::Error, "the front matter is YAML, and desk reads TOML")
                    .at(opener)
                    .help("desk init --convert turns it into TOML"),
            );
        }
        _ => {
            return without(
                Finding::new("no-front-matter", Level::Error, "this file has no front matter")
                    .at(opener)
                    .help("begin with a line +++, then title = \"...\", then another line +++"),
            );
        }
    }
    let front_start = lines.offset();
    for (span, line) in lines {
        if line.trim_end() == "+++" {
            let body = Span::new((span.end + newline_at(text, span.end)).min(text.len()), text.len());
            return Parts { front: Some(Span::new(front_start, span.start)), body, finding: None };
        }
    }
    Parts {
        front: None,
        body: Span::at(text.len()),
        finding: Some(
            Finding::new("unclosed-front-matter", Level::Error, "the front matter that begins here never ends")
                .at(opener)
                .help("put a line +++ between the last key and the first paragraph"),
        ),
    }
}

fn newline_at(text: &str, at: usize) -> usize {
    match &text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

/// Lines with their bytes, line ends left out.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
}

pub(super) fn lines(text: &str, at: usize) -> Lines<'_> {
    Lines { text, at }
}

impl Lines<'_> {
    /// Where the next line begins.
    pub(super) fn offset(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (Span, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let rest = &self.text[self.at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = rest[..length].strip_suffix('\r').unwrap_or(&rest[..length]);
        let span = Span::new(self.at, self.at + line.len());
        self.at = (self.at + length + 1).min(self.text.len());
        Some((span, line))
    }
}

/// Parses TOML that begins at byte `offset` of its file.
pub(super) fn parse(toml: &str, offset: usize) -> Result<Table, Box<Finding>> {
    match DeTable::parse(toml) {
        Ok(table) => Ok(convert_table(table.get_ref(), offset)),
        Err(error) => {
            let span = error.span().map_or(Span::at(offset), |range| Span::from(range).shifted(offset));
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            Err(Box::new(
                Finding::new("invalid-toml", Level::Error, message)
                    .at(span)
                    .help("text stands in double quotes; each key stands once; one key = value a line"),
            ))
        }
    }
}

fn convert_table(table: &DeTable<'_>, offset: usize) -> Table {
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| Field {
            key: key.get_ref().to_string(),
            key_span: Span::from(key.span()).shifted(offset),
            value: Value { span: Span::from(value.span()).shifted(offset), data: convert(value.get_ref(), offset) },
        })
        .collect();
    fields.sort_by_key(|field| field.key_span.start);
    Table { fields }
}

fn convert(value: &DeValue<'_>, offset: usize) -> Data {
    match value {
        DeValue::String(text) => Data::String(text.to_string()),
        DeValue::Integer(number) => {
            let digits = number.as_str();
            i64::from_str_radix(digits, number.radix()).map_or_else(|_| Data::String(digits.to_owned()), Data::Integer)
        }
        DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Data::Boolean(*truth),
        DeValue::Datetime(datetime) => Data::Datetime(*datetime),
        DeValue::Array(values) => Data::Array(
            values
                .iter()
                .map(|value| Value {
                    span: Span::from(value.span()).shifted(offset),
                    data: convert(value.get_ref(), offset),
                })
                .collect(),
        ),
        DeValue::Table(table) => Data::Table(convert_table(table, offset)),
    }
}

//! Where in an article a value stands, and what an editor calls it.

use jsonschema::paths::{Location, LocationSegment};

use crate::article::{Document, Field, Value};
use crate::finding::Span;

/// A place that a schema speaks of.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    /// The value there; none for the article as a whole.
    pub(super) value: Option<&'a Value>,
    /// Its bytes: those of the opening fence for the article as a whole.
    pub(super) span: Span,
    /// What it is called, in backticks, with its list and number where there are several.
    pub(super) name: String,
    /// The names of the fields that lead there.
    path: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Field(String),
    Number(usize),
}

impl<'a> Place<'a> {
    /// The article as a whole.
    pub(super) fn whole(document: &Document) -> Self {
        Self { value: None, span: fence(document), name: "the article".to_owned(), path: Vec::new() }
    }

    /// Where `location` leads; as far as it can be followed.
    pub(super) fn at(document: &'a Document, location: &Location) -> Self {
        let mut place = Self::whole(document);
        for segment in location {
            let next = match segment {
                LocationSegment::Property(name) => place.field(document, &name),
                LocationSegment::Index(index) => place.item(index),
            };
            match next {
                Some(next) => place = next,
                None => break,
            }
        }
        place
    }

    /// The field called `name` here.
    pub(super) fn field(&self, document: &'a Document, name: &str) -> Option<Self> {
        let entry = self.entry(document, name)?;
        Some(self.step(&entry.value, Step::Field(name.to_owned())))
    }

    /// The same with its key.
    pub(super) fn entry(&self, document: &'a Document, name: &str) -> Option<&'a Field> {
        match self.value {
            Some(value) => value.as_table()?.field(name),
            None => document.entry(name),
        }
    }

    /// The item of this number, from 0.
    pub(super) fn item(&self, index: usize) -> Option<Self> {
        Some(self.step(self.value?.as_array()?.get(index)?, Step::Number(index)))
    }

    fn step(&self, value: &'a Value, step: Step) -> Self {
        let mut path = self.path.clone();
        path.push(step);
        Self { value: Some(value), span: value.span, name: called(&path), path }
    }

    /// What the field `name` here would be called.
    pub(super) fn called(&self, name: &str) -> String {
        let mut path = self.path.clone();
        path.push(Step::Field(name.to_owned()));
        called(&path)
    }

    /// Where to point when something is missing here: the header of a table, or the opening fence.
    pub(super) fn opening(&self, document: &Document) -> Span {
        let line_end = document.text[self.span.range()].find('\n').map_or(self.span.end, |at| self.span.start + at);
        Span::new(self.span.start, line_end)
    }
}

/// `caption` of number 2 in `photos`.
fn called(path: &[Step]) -> String {
    let mut words = Vec::new();
    let mut rest = path;
    while let Some((last, before)) = rest.split_last() {
        match (last, before.last()) {
            (Step::Number(index), Some(Step::Field(list))) => {
                words.push(format!("number {} of `{list}`", index + 1));
                rest = &before[..before.len() - 1];
            }
            (Step::Number(index), _) => {
                words.push(format!("number {}", index + 1));
                rest = before;
            }
            (Step::Field(name), _) => {
                words.push(format!("`{name}`"));
                rest = before;
            }
        }
    }
    words.join(" in ")
}

/// The line that opens the front matter.
fn fence(document: &Document) -> Span {
    let front = document.front_span.map_or(document.body.start, |span| span.start);
    let before = document.text[..front].trim_end_matches(['\n', '\r']);
    let start =
        before.rfind(['\n', '\u{feff}']).map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    Span::new(start, before.len())
}

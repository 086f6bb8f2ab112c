//! From a schema's file to a schema ready to hold against articles.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;

use super::demand::{self, Demands};
use super::locate::locate;
use super::rules::INVALID_SCHEMA;
use crate::article::{Document, RepoPath, Stage, Table};
use crate::finding::{Finding, Level, Span};

/// What a kind of article must look like.
#[derive(Debug, Clone)]
pub struct Schema {
    pub(super) kind: String,
    pub(super) path: RepoPath,
    pub(super) json: Value,
    pub(super) validator: Validator,
    pub(super) demands: Demands,
    pub(super) words: Option<BodyWords>,
    /// The fields it names at the top, in its order.
    pub(super) fields: Vec<String>,
}

/// `x-body-words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BodyWords {
    pub(super) minimum: Option<u64>,
    pub(super) maximum: Option<u64>,
    pub(super) from: Stage,
}

/// The schemas of a newsroom by kind.
#[derive(Debug, Clone, Default)]
pub struct Schemas(BTreeMap<String, Schema>);

impl Schemas {
    /// The schema of `kind`.
    pub fn get(&self, kind: &str) -> Option<&Schema> {
        self.0.get(kind)
    }

    /// The kinds there are, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every schema, in order of kind.
    pub fn iter(&self) -> impl Iterator<Item = &Schema> {
        self.0.values()
    }

    /// Adds a schema; one of the same kind goes.
    pub fn insert(&mut self, schema: Schema) {
        self.0.insert(schema.kind.clone(), schema);
    }
}

impl FromIterator<Schema> for Schemas {
    fn from_iter<I: IntoIterator<Item = Schema>>(schemas: I) -> Self {
        Self(schemas.into_iter().map(|schema| (schema.kind.clone(), schema)).collect())
    }
}

impl Schema {
    /// The kind that the file at `path` is the schema of: `schemas/news.schema.json` and `schemas/news.schema.toml` are
    /// that of `news`. None for any other file.
    pub fn kind_of(path: &RepoPath) -> Option<&str> {
        let name = path.as_str().strip_prefix("schemas/")?;
        let kind = name.strip_suffix(".schema.json").or_else(|| name.strip_suffix(".schema.toml"))?;
        if kind.is_empty() || kind.contains('/') { None } else { Some(kind) }
    }

    /// Reads the schema of `kind`: TOML where `path` ends so, otherwise JSON. The findings are `invalid-utf8`,
    /// `invalid-toml` and `invalid-schema`.
    pub fn read(kind: &str, path: &RepoPath, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let refuse = |finding: Finding| vec![finding.in_file(path.as_str())];
        let text = std::str::from_utf8(bytes)
            .map_err(|_| refuse(Finding::new("invalid-utf8", Level::Error, "this schema is not UTF-8 text")))?;
        let source = Source::parse(path, text).map_err(|finding| refuse(*finding))?;
        let mut problems: Vec<Finding> = Vec::new();
        remote_references(&source.json, &mut String::new(), &mut |pointer, target| {
            problems
                .push(source.problem(pointer, format!("`{target}` is not in this file, and a schema stands alone")));
        });
        let demands =
            demand::read(&source.json, &mut |pointer, message| problems.push(source.problem(pointer, message)));
        let words = body_words(&source, &mut problems);
        if !problems.is_empty() {
            return Err(problems.into_iter().flat_map(refuse).collect());
        }
        let validator = compile(&source.json).map_err(|error| {
            let message = format!("this is no schema: {error}");
            refuse(source.problem(error.instance_path().as_str(), message))
        })?;
        let mut fields = Vec::new();
        demand::fields(&source.json, &mut fields);
        Ok(Self { kind: kind.to_owned(), path: path.clone(), json: source.json, validator, demands, words, fields })
    }

    /// The kind.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Where its file is.
    pub fn path(&self) -> &RepoPath {
        &self.path
    }

    /// What the kind is, in a sentence, when the schema says so.
    pub fn description(&self) -> Option<&str> {
        self.json.get("description")?.as_str()
    }

    /// The fields it names, in its order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(String::as_str)
    }

    /// The fields in which no two articles may be alike.
    pub fn unique_fields(&self) -> impl Iterator<Item = &str> {
        let unique =
            |field: &&String| self.property(field).and_then(|field| field.get("x-unique")) == Some(&Value::Bool(true));
        self.fields.iter().filter(unique).map(String::as_str)
    }

    /// Whether it says `keyword` (`maxLength`, `pattern`) of a field.
    pub fn says(&self, field: &str, keyword: &str) -> bool {
        self.property(field).is_some_and(|own| own.get(keyword).is_some())
    }

    /// The schema of a field, references followed.
    pub(super) fn property(&self, field: &str) -> Option<&Value> {
        demand::resolve(&self.json, self.json.get("properties")?.get(field)?)
    }

    /// An article's front matter as the schema sees it: fields that it names are looked for in the generators' tables
    /// too, and these tables themselves, with `[desk]`, are out of sight unless it names them.
    pub(super) fn instance(&self, document: &Document) -> Value {
        let named = |name: &str| self.fields.iter().any(|field| field == name);
        let hidden = |name: &str| (Document::TABLES.contains(&name) || name == "desk") && !named(name);
        let mut map: serde_json::Map<String, Value> = document
            .front
            .fields
            .iter()
            .filter(|field| !(hidden(&field.key) && field.value.as_table().is_some()))
            .map(|field| (field.key.clone(), field.value.to_json()))
            .collect();
        for name in &self.fields {
            if !map.contains_key(name)
                && let Some(value) = document.field(name)
            {
                map.insert(name.clone(), value.to_json());
            }
        }
        Value::Object(map)
    }
}

/// Formats hold; nothing is fetched.
pub(super) fn compile(schema: &Value) -> Result<Validator, jsonschema::ValidationError<'static>> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .offline()
        .build(schema)
}

/// A schema's text with what it says.
struct Source<'a> {
    text: &'a str,
    json: Value,
    table: Option<Table>,
}

impl<'a> Source<'a> {
    fn parse(path: &RepoPath, text: &'a str) -> Result<Self, Box<Finding>> {
        if path.as_str().ends_with(".toml") {
            let table = Table::parse(text)?;
            return Ok(Self { text, json: table.to_json(), table: Some(table) });
        }
        let json = serde_json::from_str(text).map_err(|error| {
            let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            Box::new(
                Finding::new(INVALID_SCHEMA, Level::Error, format!("this is not JSON: {message}")).at(Span::at(at)),
            )
        })?;
        Ok(Self { text, json, table: None })
    }

    fn problem(&self, pointer: &str, message: impl Into<String>) -> Finding {
        let finding = Finding::new(INVALID_SCHEMA, Level::Error, message);
        match self.span(pointer) {
            Some(span) => finding.at(span),
            None => finding,
        }
    }

    fn span(&self, pointer: &str) -> Option<Span> {
        let steps: Vec<String> =
            pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        let Some(table) = &self.table else { return locate(self.text, &steps) };
        let (first, rest) = steps.split_first()?;
        let mut value = table.get(first)?;
        for step in rest {
            let next = match (value.as_table(), value.as_array()) {
                (Some(table), _) => table.get(step),
                (_, Some(values)) => step.parse::<usize>().ok().and_then(|at| values.get(at)),
                _ => None,
            };
            let Some(next) = next else { break };
            value = next;
        }
        Some(value.span)
    }
}

/// Every reference that leads out of the file.
fn remote_references(schema: &Value, pointer: &mut String, say: &mut impl FnMut(&str, &str)) {
    let length = pointer.len();
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                // Data, not schemas.
                if matches!(key.as_str(), "const" | "enum" | "examples" | "default") {
                    continue;
                }
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                match (key.as_str(), value.as_str()) {
                    ("$ref" | "$dynamicRef", Some(target)) if !target.starts_with('#') => say(pointer, target),
                    _ => remote_references(value, pointer, say),
                }
                pointer.truncate(length);
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                pointer.push_str(&format!("/{at}"));
                remote_references(value, pointer, say);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn body_words(source: &Source<'_>, problems: &mut Vec<Finding>) -> Option<BodyWords> {
    let words = source.json.get("x-body-words")?;
    let number = |key: &str| words.get(key).map(Value::as_u64);
    let from = match words.get("from") {
        None => Some(Stage::Draft),
        Some(stage) => stage.as_str().and_then(|stage| stage.parse().ok()),
    };
    match (number("minimum"), number("maximum"), from) {
        (Some(None), ..) | (_, Some(None), _) | (.., None) => {
            let message = "`x-body-words` has `minimum` and `maximum`, numbers of words, and `from`, a stage";
            problems.push(source.problem("/x-body-words", message));
            None
        }
        (minimum, maximum, Some(from)) => {
            Some(BodyWords { minimum: minimum.flatten(), maximum: maximum.flatten(), from })
        }
    }
}

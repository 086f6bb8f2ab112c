//! What a stage demands: `x-required-from`, and where a date stands without quotes. Plain JSON Schema knows neither
//! stages nor dates.

use jsonschema::Validator;
use serde_json::Value;

use super::read::compile;
use crate::article::Stage;

/// The demands of one part of a schema, and of the parts below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Demands {
    /// Fields that must be there, with the stage from which they must.
    pub(super) required: Vec<(Stage, String)>,
    /// Whether the value is a date, or text that is none.
    pub(super) writing: Option<Writing>,
    /// The demands on fields.
    pub(super) fields: Vec<(String, Self)>,
    /// The demands on each item of a list.
    pub(super) items: Option<Box<Self>>,
    /// Demands that depend on the value.
    pub(super) choices: Vec<Choice>,
}

/// How TOML writes what JSON calls a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// In quotes.
    Text,
    /// Without: a date, a time or both.
    Date,
}

/// `if`, `then` and `else`.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) condition: Validator,
    pub(super) then: Demands,
    pub(super) otherwise: Demands,
}

impl Demands {
    fn is_empty(&self) -> bool {
        self.required.is_empty()
            && self.writing.is_none()
            && self.fields.is_empty()
            && self.items.is_none()
            && self.choices.is_empty()
    }
}

/// How far references are followed, and how many parts are looked at, so that no schema takes long to read.
const DEEPEST: usize = 16;
const MOST: usize = 20_000;

/// How often a schema that refers to itself is followed round.
const ROUNDS: usize = 2;

/// Reads the demands of `schema`; `say` hears the pointer and the fault of an annotation that is wrong.
pub(super) fn read(schema: &Value, say: &mut dyn FnMut(&str, String)) -> Demands {
    let mut reader = Reader { root: schema, following: Vec::new(), seen: 0, say };
    let mut demands = Demands::default();
    reader.part(schema, "", 0, &mut demands);
    demands
}

struct Reader<'a> {
    root: &'a Value,
    /// The references that led here.
    following: Vec<String>,
    seen: usize,
    say: &'a mut dyn FnMut(&str, String),
}

impl Reader<'_> {
    fn below(&mut self, schema: &Value, pointer: &str, depth: usize) -> Demands {
        let mut demands = Demands::default();
        self.part(schema, pointer, depth + 1, &mut demands);
        demands
    }

    fn part(&mut self, schema: &Value, pointer: &str, depth: usize, demands: &mut Demands) {
        self.seen += 1;
        if depth > DEEPEST || self.seen > MOST {
            return;
        }
        if let Some(target) = reference(schema)
            && let Some(referred) = pointed(self.root, target)
            && self.following.iter().filter(|followed| *followed == target).count() < ROUNDS
        {
            self.following.push(target.to_owned());
            self.part(referred, target.trim_start_matches('#'), depth + 1, demands);
            self.following.pop();
        }
        self.required(schema, pointer, demands);
        demands.writing = demands.writing.or(writing(schema));
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let below = self.below(property, &format!("{pointer}/properties/{name}"), depth);
                if !below.is_empty() {
                    demands.fields.push((name.clone(), below));
                }
            }
        }
        if let Some(items) = schema.get("items") {
            let below = self.below(items, &format!("{pointer}/items"), depth);
            if !below.is_empty() {
                demands.items = Some(Box::new(below));
            }
        }
        for (at, part) in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.part(part, &format!("{pointer}/allOf/{at}"), depth + 1, demands);
        }
        self.choice(schema, pointer, depth, demands);
    }

    fn choice(&mut self, schema: &Value, pointer: &str, depth: usize, demands: &mut Demands) {
        let Some(condition) = schema.get("if") else { return };
        let mut branch = |name: &str| {
            schema.get(name).map(|part| self.below(part, &format!("{pointer}/{name}"), depth)).unwrap_or_default()
        };
        let (then, otherwise) = (branch("then"), branch("else"));
        if then.is_empty() && otherwise.is_empty() {
            return;
        }
        let mut alone = serde_json::Map::new();
        if let Some(definitions) = self.root.get("$defs") {
            alone.insert("$defs".to_owned(), definitions.clone());
        }
        alone.insert("allOf".to_owned(), Value::Array(vec![condition.clone()]));
        // One that does not compile is reported when the whole schema is.
        if let Ok(condition) = compile(&Value::Object(alone)) {
            demands.choices.push(Choice { condition, then, otherwise });
        }
    }

    fn required(&mut self, schema: &Value, pointer: &str, demands: &mut Demands) {
        let Some(annotation) = schema.get("x-required-from") else { return };
        let pointer = format!("{pointer}/x-required-from");
        let Some(stages) = annotation.as_object() else {
            (self.say)(&pointer, "`x-required-from` maps a stage to a list of fields".to_owned());
            return;
        };
        for (name, fields) in stages {
            let place = format!("{pointer}/{name}");
            let Some(stage) = name.parse().ok().filter(|stage| rank(*stage) > 0 || *stage == Stage::Draft) else {
                (self.say)(&place, format!("`{name}` is not a stage that demands fields (draft, review, published)"));
                continue;
            };
            match fields.as_array().map(|fields| fields.iter().map(Value::as_str).collect::<Option<Vec<_>>>()) {
                Some(Some(fields)) => {
                    demands.required.extend(fields.into_iter().map(|field| (stage, field.to_owned())));
                }
                _ => (self.say)(&place, "this must be a list of fields".to_owned()),
            }
        }
    }
}

/// How much a stage demands. What is abandoned or withdrawn must not be held up.
pub(super) fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Draft | Stage::Spiked | Stage::Withdrawn => 0,
        Stage::Review => 1,
        Stage::Published => 2,
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()
}

/// What a reference within the file points at.
fn pointed<'a>(root: &'a Value, target: &str) -> Option<&'a Value> {
    root.pointer(target.strip_prefix('#')?)
}

/// A part of a schema with its references followed.
pub(super) fn resolve<'a>(root: &'a Value, mut schema: &'a Value) -> Option<&'a Value> {
    for _ in 0..DEEPEST {
        match reference(schema) {
            Some(target) => schema = pointed(root, target)?,
            None => return Some(schema),
        }
    }
    None
}

fn writing(schema: &Value) -> Option<Writing> {
    if schema.get("type")?.as_str()? != "string" {
        return None;
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("date" | "date-time" | "time") => Some(Writing::Date),
        _ => Some(Writing::Text),
    }
}

/// The fields that `schema` names for an article: properties and requirements, those of its parts too.
pub(super) fn fields(schema: &Value, names: &mut Vec<String>) {
    collect(schema, schema, names, &mut 0, 0);
}

fn collect(root: &Value, schema: &Value, names: &mut Vec<String>, seen: &mut usize, depth: usize) {
    *seen += 1;
    if depth > DEEPEST || *seen > MOST {
        return;
    }
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    for name in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(serde_json::Map::keys) {
        add(name);
    }
    let lists = schema.get("x-required-from").and_then(Value::as_object).into_iter().flat_map(serde_json::Map::values);
    for name in lists.chain(schema.get("required")).filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
        add(name);
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for part in schema.get(key).and_then(Value::as_array).into_iter().flatten() {
            collect(root, part, names, seen, depth + 1);
        }
    }
    for part in ["if", "then", "else"].into_iter().filter_map(|key| schema.get(key)) {
        collect(root, part, names, seen, depth + 1);
    }
    if let Some(referred) = reference(schema).and_then(|target| pointed(root, target)) {
        collect(root, referred, names, seen, depth + 1);
    }
}

//! What `desk new` asks, and how an answer becomes a value.

use serde_json::Value as Json;
use toml::value::Datetime;

use super::Schema;
use super::demand;
use crate::article::Stage;

/// A question about one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The field.
    pub field: String,
    /// The question, as the schema words it.
    pub ask: String,
    /// The stage from which the field must be there; none when it need not be.
    pub required_from: Option<Stage>,
    /// What kind of answer it takes.
    pub answer: Answer,
    /// The answers there are, when the schema lists them.
    pub choices: Vec<String>,
    /// The most characters an answer may have.
    pub longest: Option<u64>,
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A line of text.
    Text,
    /// Several, with commas between them.
    List,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A date, a time or both.
    Date,
}

/// An answer that does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongAnswer {
    /// The kind has no such field.
    #[error("`{field}` is not a field of `{kind}` articles{}", .meant.as_ref().map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default())]
    Field {
        /// What was asked for.
        field: String,
        /// The kind.
        kind: String,
        /// The field that was probably meant.
        meant: Option<String>,
    },
    /// The text is of another type.
    #[error("`{field}` must be {wanted}, not `{text}`")]
    Type {
        /// The field.
        field: String,
        /// What it takes.
        wanted: &'static str,
        /// What was given.
        text: String,
    },
    /// The field holds tables, which no single answer makes.
    #[error("`{0}` is not a field for one answer: write it in the article")]
    Compound(String),
}

impl Schema {
    /// The questions, in the schema's order: every field with an `x-prompt`.
    pub fn questions(&self) -> Vec<Question> {
        let properties = self.json.get("properties").and_then(Json::as_object);
        let asked = properties.into_iter().flatten().filter_map(|(field, own)| {
            let schema = self.property(field)?;
            let ask = own.get("x-prompt").or_else(|| schema.get("x-prompt"))?.as_str()?;
            Some(Question {
                field: field.clone(),
                ask: ask.to_owned(),
                required_from: self.required_from(field),
                answer: answer(schema)?,
                choices: choices(schema),
                longest: schema.get("maxLength").and_then(Json::as_u64),
            })
        });
        asked.collect()
    }

    /// The stage from which `field` must be there.
    pub fn required_from(&self, field: &str) -> Option<Stage> {
        let plain = self.json.get("required").and_then(Json::as_array).into_iter().flatten();
        let always = plain.filter_map(Json::as_str).any(|name| name == field).then_some(Stage::Draft);
        let staged = self.demands.required.iter().filter(|(_, name)| name == field).map(|&(stage, _)| stage);
        always.into_iter().chain(staged).min_by_key(|&stage| demand::rank(stage))
    }

    /// `text` as a value of `field`: what `--set field=text` means. A field that the schema does not describe is text;
    /// one that it does not know and does not allow is refused.
    pub fn value(&self, field: &str, text: &str) -> Result<toml::Value, WrongAnswer> {
        let known = self.fields.iter().any(|name| name == field);
        let closed = self.json.get("additionalProperties") == Some(&Json::Bool(false));
        let refused = self.property(field) == Some(&Json::Bool(false));
        if refused || (closed && !known) {
            let meant = crate::finding::nearest(field, self.fields().filter(|name| *name != field));
            let meant = meant.filter(|_| !refused).map(str::to_owned);
            return Err(WrongAnswer::Field { field: field.to_owned(), kind: self.kind.clone(), meant });
        }
        let Some(schema) = self.property(field).filter(|schema| schema.get("type").is_some()) else {
            return Ok(toml::Value::String(text.to_owned()));
        };
        let answer = answer(schema).ok_or_else(|| WrongAnswer::Compound(field.to_owned()))?;
        answer.value(text).map_err(|wanted| WrongAnswer::Type {
            field: field.to_owned(),
            wanted,
            text: text.to_owned(),
        })
    }
}

impl Answer {
    /// `text` as a value, or what was wanted instead.
    pub fn value(self, text: &str) -> Result<toml::Value, &'static str> {
        let trimmed = text.trim();
        match self {
            Self::Text => Ok(toml::Value::String(trimmed.to_owned())),
            Self::List => {
                let entries = trimmed.split(',').map(str::trim).filter(|entry| !entry.is_empty());
                Ok(toml::Value::Array(entries.map(|entry| toml::Value::String(entry.to_owned())).collect()))
            }
            Self::Truth => match trimmed.to_lowercase().as_str() {
                "true" | "yes" | "y" => Ok(toml::Value::Boolean(true)),
                "false" | "no" | "n" => Ok(toml::Value::Boolean(false)),
                _ => Err("`true` or `false`"),
            },
            Self::Integer => trimmed.parse().map(toml::Value::Integer).map_err(|_| "a whole number"),
            Self::Number => trimmed.parse().map(toml::Value::Float).map_err(|_| "a number"),
            Self::Date => trimmed
                .parse::<Datetime>()
                .map(toml::Value::Datetime)
                .map_err(|_| "a date, such as 2026-07-25T09:00:00Z"),
        }
    }
}

/// The kind of answer a schema takes: of several types the first that one line can be.
fn answer(schema: &Json) -> Option<Answer> {
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Json::String(one)) => vec![one],
        Some(Json::Array(several)) => several.iter().filter_map(Json::as_str).collect(),
        _ => vec!["string"],
    };
    kinds.into_iter().find_map(|kind| match kind {
        "string" => Some(match schema.get("format").and_then(Json::as_str) {
            Some("date" | "date-time" | "time") => Answer::Date,
            _ => Answer::Text,
        }),
        "array" => {
            let tables = schema.get("items").is_some_and(|items| {
                items.get("$ref").is_some() || items.get("type").is_some_and(|kind| kind != "string")
            });
            if tables { None } else { Some(Answer::List) }
        }
        "boolean" => Some(Answer::Truth),
        "integer" => Some(Answer::Integer),
        "number" => Some(Answer::Number),
        _ => None,
    })
}

fn choices(schema: &Json) -> Vec<String> {
    let listed = schema.get("enum").or_else(|| schema.get("items")?.get("enum")).and_then(Json::as_array);
    listed.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

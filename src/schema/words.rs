//! A validator's error in an editor's words.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value as Json;

use super::Schema;
use super::place::Place;
use super::rules::{
    MISSING_FIELD, NOT_IN_LIST, OUT_OF_RANGE, REPEATED_ENTRY, SCHEMA, TOO_LONG, TOO_SHORT, UNKNOWN_FIELD,
    UNWANTED_FIELD, WRONG_FORM, WRONG_TYPE,
};
use crate::article::{Data, Document, Value, edit};
use crate::finding::{Edit, Finding, Level, Safety, Span, nearest};

/// What is said of one error: usually one thing, of unknown fields one each.
pub(super) fn findings(schema: &Schema, document: &Document, error: &ValidationError<'_>) -> Vec<Finding> {
    let place = Place::at(document, error.instance_path());
    let own = says(schema, error);
    let say = |rule: &str, message: String, span: Span| {
        vec![Finding::new(rule, Level::Error, own.map_or(message, str::to_owned)).at(span)]
    };
    let name = &place.name;
    match error.kind() {
        Kind::Required { property } => match property.as_str() {
            Some(field) => vec![missing(document, &place, field)],
            None => Vec::new(),
        },
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|field| unknown(schema, document, &place, field, error)).collect()
        }
        Kind::FalseSchema => say(UNWANTED_FIELD, unwanted(schema, &place), key_or_value(document, &place, error)),
        Kind::Type { kind } => vec![wrong_type(own, &place, kind)],
        Kind::Enum { options } => not_in_list(own, &place, options.as_array().map_or(&[], Vec::as_slice)),
        Kind::Constant { expected_value } => {
            let message = format!("{name} must be {}", shown(expected_value));
            say(NOT_IN_LIST, message, place.span)
        }
        Kind::MaxLength { limit } => {
            let length = place.value.and_then(Value::as_str).map_or(0, |text| text.chars().count());
            let message = format!("{name} is {length} characters long; {limit} is the most");
            say(TOO_LONG, message, place.span)
        }
        Kind::MinLength { limit } => {
            let length = place.value.and_then(Value::as_str).map_or(0, |text| text.chars().count());
            let message = match length {
                0 => format!("{name} is empty"),
                _ => format!("{name} is {length} characters long; {limit} is the least"),
            };
            say(TOO_SHORT, message, place.span)
        }
        Kind::MaxItems { limit } => {
            say(TOO_LONG, format!("{name} has {}; {limit} is the most", entries(&place)), place.span)
        }
        Kind::MinItems { limit } => {
            say(TOO_SHORT, format!("{name} has {}; {limit} is the least", entries(&place)), place.span)
        }
        Kind::Maximum { limit } => say(OUT_OF_RANGE, format!("{name} must be {limit} or less"), place.span),
        Kind::Minimum { limit } => say(OUT_OF_RANGE, format!("{name} must be {limit} or more"), place.span),
        Kind::ExclusiveMaximum { limit } => say(OUT_OF_RANGE, format!("{name} must be less than {limit}"), place.span),
        Kind::ExclusiveMinimum { limit } => say(OUT_OF_RANGE, format!("{name} must be more than {limit}"), place.span),
        Kind::Pattern { pattern } => {
            say(WRONG_FORM, format!("{name} does not have the form that its schema asks for: `{pattern}`"), place.span)
        }
        Kind::Format { format } => say(WRONG_FORM, format!("{name} must be {}", form(format)), place.span),
        Kind::UniqueItems => repeated(own, &place),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => alternatives(context).map_or_else(
            || say(SCHEMA, format!("{name} fits none of the forms that its schema allows"), place.span),
            |errors| errors.iter().flat_map(|error| findings(schema, document, error)).collect(),
        ),
        Kind::Contains => say(SCHEMA, format!("{name} lacks an entry that its schema asks for"), place.span),
        Kind::PropertyNames { .. } => {
            say(UNKNOWN_FIELD, format!("{name} has a key that its schema refuses"), place.span)
        }
        _ => say(SCHEMA, format!("{name} does not fit its schema"), place.span),
    }
}

/// The schema's own words for the part of it that did not fit.
fn says<'a>(schema: &'a Schema, error: &ValidationError<'_>) -> Option<&'a str> {
    let (part, _) = error.schema_path().as_str().rsplit_once('/')?;
    schema.json.pointer(part)?.get("x-says")?.as_str()
}

/// That a field must be there.
pub(super) fn missing(document: &Document, place: &Place<'_>, field: &str) -> Finding {
    let empty = place.field(document, field);
    let message = match &empty {
        Some(_) => format!("{} is empty", place.called(field)),
        None => format!("{} is missing", place.called(field)),
    };
    let finding = Finding::new(MISSING_FIELD, Level::Error, message);
    match empty {
        Some(empty) => finding.at(empty.span),
        None => finding.at(place.opening(document)).labelled(format!("add below: {field} = ...")),
    }
}

fn unknown(
    schema: &Schema,
    document: &Document,
    place: &Place<'_>,
    field: &str,
    error: &ValidationError<'_>,
) -> Finding {
    let span = place.entry(document, field).map_or(place.span, |entry| entry.key_span);
    let message = format!("{} is not a field of `{}` articles", place.called(field), schema.kind);
    let finding = Finding::new(UNKNOWN_FIELD, Level::Error, message).at(span);
    let siblings = error.schema_path().as_str().rsplit_once('/').and_then(|(part, _)| schema.json.pointer(part));
    let known = siblings.and_then(|part| part.get("properties")?.as_object());
    let wanted = |name: &&String| known.is_some_and(|known| known[*name] != Json::Bool(false));
    let names = known.into_iter().flat_map(serde_json::Map::keys).filter(wanted).map(String::as_str);
    match nearest(field, names) {
        Some(meant) => {
            let finding = finding.help(format!("did you mean `{meant}`?"));
            let taken = place.entry(document, meant).is_some();
            if taken { finding } else { finding.fix(Safety::Unsafe, vec![Edit::replace(span, meant)]) }
        }
        None => finding.help("fields of the site's own go into [params] (Hugo) or [extra] (Zola)"),
    }
}

fn unwanted(schema: &Schema, place: &Place<'_>) -> String {
    format!("{} does not belong in `{}` articles", place.name, schema.kind)
}

/// The key of a field that should not be there at all.
fn key_or_value(document: &Document, place: &Place<'_>, error: &ValidationError<'_>) -> Span {
    let path = error.instance_path().as_str();
    match path.rsplit_once('/') {
        Some(("", field)) => document.entry(field).map_or(place.span, |entry| entry.key_span),
        _ => place.span,
    }
}

fn wrong_type(own: Option<&str>, place: &Place<'_>, kind: &TypeKind) -> Finding {
    let wanted: Vec<JsonType> = match kind {
        TypeKind::Single(one) => vec![*one],
        TypeKind::Multiple(set) => set.iter().collect(),
    };
    let described: Vec<&str> = wanted.iter().map(|&one| described(one)).collect();
    let message = format!("{} must be {}, not {}", place.name, described.join(" or "), present(place.value));
    let finding = Finding::new(WRONG_TYPE, Level::Error, own.map_or(message, str::to_owned)).at(place.span);
    match place.value.map(|value| &value.data) {
        Some(Data::String(text)) if wanted == [JsonType::Array] => {
            let list = toml::Value::Array(vec![toml::Value::String(text.clone())]);
            finding.fix(Safety::Safe, vec![Edit::replace(place.span, edit::literal(&list))])
        }
        _ => finding,
    }
}

fn described(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "nothing",
        JsonType::Boolean => "`true` or `false` without quotes",
        JsonType::Integer => "a whole number without quotes",
        JsonType::Number => "a number without quotes",
        JsonType::String => "text in quotes",
        JsonType::Array => "a list in [brackets]",
        JsonType::Object => "a table",
    }
}

/// What a value is, for "must be ..., not ...".
pub(super) fn present(value: Option<&Value>) -> &'static str {
    match value.map(|value| &value.data) {
        Some(Data::String(_)) => "text",
        Some(Data::Integer(_) | Data::Float(_)) => "a number",
        Some(Data::Boolean(_)) => "`true` or `false`",
        Some(Data::Datetime(_)) => "a date",
        Some(Data::Array(_)) => "a list",
        Some(Data::Table(_)) | None => "a table",
    }
}

fn not_in_list(own: Option<&str>, place: &Place<'_>, options: &[Json]) -> Vec<Finding> {
    const MOST: usize = 12;
    let mut listed: Vec<String> = options.iter().take(MOST).map(shown).collect();
    if options.len() > MOST {
        listed.push(format!("{} more", options.len() - MOST));
    }
    let message = format!("{} must be one of {}", place.name, listed.join(", "));
    let finding = Finding::new(NOT_IN_LIST, Level::Error, own.map_or(message, str::to_owned)).at(place.span);
    let written = place.value.and_then(Value::as_str).unwrap_or_default();
    vec![match nearest(written, options.iter().filter_map(Json::as_str)) {
        Some(meant) => {
            let literal = edit::literal(&toml::Value::String(meant.to_owned()));
            finding
                .help(format!("did you mean `{meant}`?"))
                .fix(Safety::Unsafe, vec![Edit::replace(place.span, literal)])
        }
        None => finding,
    }]
}

fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

fn entries(place: &Place<'_>) -> String {
    match place.value.and_then(Value::as_array).map_or(0, <[Value]>::len) {
        0 => "no entry".to_owned(),
        1 => "1 entry".to_owned(),
        several => format!("{several} entries"),
    }
}

fn form(format: &str) -> &str {
    match format {
        "date-time" => "a date with time and zone, such as 2026-07-25T09:00:00Z",
        "date" => "a date, such as 2026-07-25",
        "time" => "a time with its zone, such as 09:00:00Z",
        "email" | "idn-email" => "an e-mail address",
        "uri" | "iri" => "a web address, such as https://post.example/ferries",
        "uri-reference" | "iri-reference" => "a web address, whole or from the site's root",
        "regex" => "a regular expression",
        "hostname" | "idn-hostname" => "the name of a host, such as post.example",
        "uuid" => "a UUID",
        _ => "of the form that its schema names",
    }
}

fn repeated(own: Option<&str>, place: &Place<'_>) -> Vec<Finding> {
    let values = place.value.and_then(Value::as_array).unwrap_or_default();
    let again = |at: usize| values[..at].iter().find(|earlier| earlier.to_json() == values[at].to_json());
    let found = (0..values.len()).find_map(|at| again(at).map(|first| (first, &values[at])));
    let Some((first, second)) = found else { return Vec::new() };
    let message = match second.as_str() {
        Some(text) => format!("{} has `{text}` twice", place.name),
        None => format!("{} has the same entry twice", place.name),
    };
    let finding = Finding::new(REPEATED_ENTRY, Level::Error, own.map_or(message, str::to_owned));
    vec![finding.at(second.span).beside(first.span, "first here")]
}

/// Of several forms the one that was meant: the only one that the value is not of a wholly different type for.
fn alternatives<'a>(context: &'a [Vec<ValidationError<'static>>]) -> Option<&'a [ValidationError<'static>]> {
    let of_its_type = |errors: &&Vec<ValidationError<'static>>| {
        let shallow = errors.iter().map(|error| error.instance_path().as_str().len()).min().unwrap_or_default();
        !errors.iter().any(|error| {
            matches!(error.kind(), Kind::Type { .. } | Kind::Constant { .. })
                && error.instance_path().as_str().len() == shallow
        })
    };
    let mut fitting = context.iter().filter(of_its_type);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

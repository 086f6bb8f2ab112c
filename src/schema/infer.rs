//! A schema from articles that are there already.

use serde_json::{Map, Value as Json, json};

use crate::article::{Data, Document, Value};

/// Fields that desk writes itself: never asked for.
const KEPT: [&str; 3] = ["draft", "date", "updated"];

/// The schema of a section, as the text of its file, told from the front matter of its articles: the type of each
/// field, and which of them all have. It is true of every article it was told from, and closes nothing: a field that
/// it does not name may come.
pub fn infer(section: &str, documents: &[Document]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for document in documents {
        for name in field_names(document) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let everywhere: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !KEPT.contains(name) && !documents.is_empty())
        .filter(|name| documents.iter().all(|document| document.field(name).is_some_and(|value| !is_empty(value))))
        .collect();
    let properties: Map<String, Json> = names
        .iter()
        .map(|name| {
            let values: Vec<&Value> = documents.iter().filter_map(|document| document.field(name)).collect();
            let mut property = describe(&values);
            if everywhere.contains(name) && takes_a_line(&property) {
                property["x-prompt"] = json!(name);
            }
            ((*name).to_owned(), property)
        })
        .collect();
    let (draft, review): (Vec<&str>, Vec<&str>) = everywhere.into_iter().partition(|name| *name == "title");
    let mut required = Map::new();
    for (stage, fields) in [("draft", draft), ("review", review)] {
        if !fields.is_empty() {
            required.insert(stage.to_owned(), json!(fields));
        }
    }
    let count = documents.len();
    let counted = if count == 1 { "1 article".to_owned() } else { format!("{count} articles") };
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": section,
        "description": format!("Told from {counted} by desk init. It is yours to make stricter."),
        "type": "object",
        "x-required-from": required,
        "properties": properties,
    });
    let mut text = serde_json::to_string_pretty(&schema).expect("JSON has a text");
    text.push('\n');
    text
}

/// The fields of an article, those in the generators' tables among them.
fn field_names(document: &Document) -> impl Iterator<Item = &str> {
    let table = |name: &str| Document::TABLES.contains(&name) || name == "desk";
    let own = document.front.fields.iter().filter(move |field| !table(&field.key)).map(|field| field.key.as_str());
    let lifted = Document::TABLES
        .into_iter()
        .filter_map(|name| document.front.get(name)?.as_table())
        .flat_map(|table| &table.fields)
        .map(|field| field.key.as_str());
    own.chain(lifted.filter(move |name| !table(name)))
}

fn is_empty(value: &Value) -> bool {
    match &value.data {
        Data::String(text) => text.trim().is_empty(),
        Data::Array(values) => values.iter().all(is_empty),
        _ => false,
    }
}

/// What all of `values` are.
fn describe(values: &[&Value]) -> Json {
    let mut types: Vec<&str> = Vec::new();
    for value in values {
        let Some(one) = json_type(&value.data) else { return json!({}) };
        if !types.contains(&one) {
            types.push(one);
        }
    }
    if types.contains(&"number") {
        types.retain(|one| *one != "integer");
    }
    match types[..] {
        ["date"] => dates(values),
        // What is sometimes a date and sometimes not is left open.
        _ if types.contains(&"date") => json!({}),
        ["array"] if values.iter().all(|value| of_texts(value)) => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
        [one] => json!({ "type": one }),
        _ => json!({ "type": types }),
    }
}

fn json_type(data: &Data) -> Option<&'static str> {
    match data {
        Data::String(_) => Some("string"),
        Data::Integer(_) => Some("integer"),
        // JSON has no infinity.
        Data::Float(number) => number.is_finite().then_some("number"),
        Data::Boolean(_) => Some("boolean"),
        Data::Datetime(_) => Some("date"),
        Data::Array(_) => Some("array"),
        Data::Table(_) => Some("object"),
    }
}

fn of_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|entries| entries.iter().all(|entry| entry.as_str().is_some()))
}

fn dates(values: &[&Value]) -> Json {
    let all =
        |fits: fn(&toml::value::Datetime) -> bool| values.iter().filter_map(|value| value.as_datetime()).all(fits);
    let whole = |date: &toml::value::Datetime| date.date.is_some() && date.time.is_some() && date.offset.is_some();
    if all(whole) {
        json!({ "type": "string", "format": "date-time" })
    } else if all(|date| date.date.is_some() && date.time.is_none()) {
        json!({ "type": "string", "format": "date" })
    } else {
        json!({})
    }
}

fn takes_a_line(property: &Json) -> bool {
    property.get("type").is_some_and(|kind| kind == "string" || kind == "array" && property.get("items").is_some())
}

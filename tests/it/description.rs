//! A forge's own description of its interface: OpenAPI 3.0 as GitHub writes it, Swagger 2.0 as Forgejo does.

use std::path::Path;

use serde_json::{Map, Value, json};

/// The description of one forge, as `tests/peers/descriptions.mjs` cut it.
#[derive(Debug)]
pub struct Description(Value);

impl Description {
    pub fn read(file: &Path) -> Self {
        Self(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
    }

    /// The operation that `line` (`GET /user?page=1`) asks for.
    pub fn operation(&self, line: &str) -> Option<&Value> {
        let (verb, target) = line.split_once(' ')?;
        let steps: Vec<&str> = target.split('?').next()?.trim_matches('/').split('/').collect();
        let fits = |path: &str| {
            let own: Vec<&str> = path.trim_matches('/').split('/').collect();
            own.len() == steps.len() && own.iter().zip(&steps).all(|(own, step)| own.starts_with('{') || own == step)
        };
        let paths = self.0["paths"].as_object()?;
        let found = paths.iter().filter(|(path, _)| fits(path)).min_by_key(|(path, _)| path.matches('{').count());
        found?.1.get(verb.to_lowercase())
    }

    /// The schema of an operation's body.
    pub fn body_schema<'a>(&'a self, operation: &'a Value) -> Option<&'a Value> {
        let open =
            operation.get("requestBody").map(|body| &self.resolved(body)["content"]["application/json"]["schema"]);
        let swagger = || {
            let mut all = operation.get("parameters")?.as_array()?.iter().map(|one| self.resolved(one));
            all.find(|one| one["in"] == "body").map(|one| &one["schema"])
        };
        open.or_else(swagger).map(|schema| self.resolved(schema))
    }

    /// `said`, with everything that the description requires of this answer beside it.
    pub fn completed(&self, line: &str, status: u16, said: &Value) -> Value {
        let answer = self.operation(line).and_then(|operation| operation["responses"].get(status.to_string()));
        let schema = answer.map(|answer| self.resolved(answer)).and_then(|answer| {
            let open = answer.pointer("/content/application~1json/schema");
            open.or_else(|| answer.get("schema"))
        });
        let mut whole = schema.map_or_else(|| said.clone(), |schema| self.filled(schema, Some(said)));
        if self.0.get("swagger").is_some() {
            without_nothing(&mut whole);
        }
        whole
    }

    fn resolved<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        while let Some(path) = value.get("$ref").and_then(Value::as_str) {
            value = self.0.pointer(path.strip_prefix('#').unwrap()).unwrap();
        }
        value
    }

    /// What is said, filled up as `schema` requires; where nothing is said, the least that it takes.
    fn filled(&self, schema: &Value, said: Option<&Value>) -> Value {
        let schema = self.resolved(schema);
        if let Some(either) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array) {
            return self.filled(self.meant(either, said), said);
        }
        match said {
            Some(Value::Object(fields)) => self.object(schema, fields),
            Some(Value::Array(rows)) => rows.iter().map(|row| self.filled(&schema["items"], Some(row))).collect(),
            Some(plain) => plain.clone(),
            None => self.least(schema),
        }
    }

    /// The one of several schemas that what is said can be: a word that only one allows decides.
    fn meant<'a>(&'a self, either: &'a [Value], said: Option<&Value>) -> &'a Value {
        let allows = |schema: &&Value| {
            let mut fields =
                self.parts(schema).into_iter().filter_map(|part| part.get("properties")?.as_object()).flatten();
            fields.all(|(name, field)| {
                let allowed = self.resolved(field).get("enum").and_then(Value::as_array);
                let own = said.and_then(|said| said.get(name));
                allowed.zip(own).is_none_or(|(allowed, own)| allowed.contains(own))
            })
        };
        either.iter().find(allows).unwrap_or(&either[0])
    }

    /// A schema and all that it is made of.
    fn parts<'a>(&'a self, schema: &'a Value) -> Vec<&'a Value> {
        let mut parts = vec![self.resolved(schema)];
        let mut at = 0;
        while let Some(part) = parts.get(at).copied() {
            parts.extend(
                part.get("allOf").and_then(Value::as_array).into_iter().flatten().map(|one| self.resolved(one)),
            );
            at += 1;
        }
        parts
    }

    fn object(&self, schema: &Value, said: &Map<String, Value>) -> Value {
        let mut all = said.clone();
        for part in self.parts(schema) {
            let required = part.get("required").and_then(Value::as_array).into_iter().flatten();
            let required: Vec<&str> = required.filter_map(Value::as_str).collect();
            for (name, field) in part.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if said.contains_key(name) || required.contains(&name.as_str()) {
                    all.insert(name.clone(), self.filled(field, all.get(name)));
                }
            }
        }
        Value::Object(all)
    }

    fn least(&self, schema: &Value) -> Value {
        if schema["nullable"] == true {
            return Value::Null;
        }
        if let Some(first) = schema.get("enum").and_then(|all| all.get(0)) {
            return first.clone();
        }
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("array"), _) => json!([]),
            (Some("boolean"), _) => json!(false),
            (Some("integer" | "number"), _) => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
            (Some("string"), Some("date-time")) => json!("2026-07-25T13:00:00Z"),
            (Some("string"), Some("uri")) => json!("http://127.0.0.1/"),
            (Some("string"), Some("email")) => json!("x@post.example"),
            // Where letters are prescribed, there is an example of them.
            (Some("string"), _) => {
                schema.get("pattern").and(schema.get("example")).cloned().unwrap_or_else(|| json!("x"))
            }
            _ => self.object(schema, &Map::new()),
        }
    }
}

/// Swagger has no word for `null`, which Forgejo nevertheless sends: there it is nothing at all.
fn without_nothing(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(without_nothing);
        }
        Value::Array(rows) => rows.iter_mut().for_each(without_nothing),
        _ => {}
    }
}

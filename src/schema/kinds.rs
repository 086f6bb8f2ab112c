//! The kinds that `init` writes.

use serde_json::{Value, json};

/// The schemas that a newsroom begins with, by kind.
pub fn defaults() -> [(&'static str, &'static str); 3] {
    [
        ("news", include_str!("kinds/news.json")),
        ("brief", include_str!("kinds/brief.json")),
        ("opinion", include_str!("kinds/opinion.json")),
    ]
}

/// The schema of `kind` for a newsroom with these sections (any, when there are none): the text of its file, ready to
/// be written. None for a kind that desk does not bring.
pub fn fresh(kind: &str, sections: &[String]) -> Option<String> {
    let (_, text) = defaults().into_iter().find(|(known, _)| *known == kind)?;
    let mut schema: Value = serde_json::from_str(text).expect("the schemas desk brings are JSON, as a test shows");
    if sections.is_empty() {
        return Some(text.to_owned());
    }
    schema["properties"]["section"]["enum"] = json!(sections);
    let mut text = serde_json::to_string_pretty(&schema).expect("JSON has a text");
    text.push('\n');
    Some(text)
}

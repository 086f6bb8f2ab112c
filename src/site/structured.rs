//! What machines read of an article: schema.org as JSON-LD.

use serde_json::{Map, Value, json};

use super::article::{Note, Story};
use super::page::SiteInfo;
use crate::article::Amendment;
use crate::article::amendment::Label;

/// The longest headline that search engines take, in characters.
const HEADLINE: usize = 110;

/// The article as JSON that may stand in a `<script>`: no `<`, `>` or `&` in it as such.
pub(super) fn json_ld(story: &Story<'_>, info: &SiteInfo, canonical: Option<&str>, pictures: &[String]) -> String {
    let mut publisher = json!({ "@type": "NewsMediaOrganization", "name": info.name });
    if let (Some(home), Value::Object(fields)) = (super::press::base(info), &mut publisher) {
        fields.insert("url".to_owned(), home.into());
    }
    let authors = story.authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            fields.insert(key.to_owned(), value);
        }
    };
    put("@context", "https://schema.org".into());
    put("@type", if story.opinion { "OpinionNewsArticle" } else { "NewsArticle" }.into());
    put("headline", story.title.chars().take(HEADLINE).collect::<String>().into());
    put("description", story.dek.clone().into());
    put("inLanguage", info.language.clone().into());
    put("datePublished", story.published.as_ref().map(|date| date.shown().machine).into());
    put("dateModified", story.modified.as_ref().or(story.published.as_ref()).map(|date| date.shown().machine).into());
    put("author", if story.authors.is_empty() { json!([publisher]) } else { authors.collect() });
    put("publisher", publisher);
    put("articleSection", story.section.as_ref().map(|section| section.name.clone()).into());
    put("keywords", story.tags.clone().into());
    put("dateline", story.dateline.clone().into());
    put("mainEntityOfPage", canonical.into());
    put("url", canonical.into());
    put("image", pictures.into());
    let is_correction = |change: &&Note| change.label == Label::Change(Amendment::Correction) && change.is_shown();
    let corrections = story.changes.iter().filter(is_correction).map(|change| {
        let mut comment = json!({ "@type": "CorrectionComment", "text": change.note });
        if let (Some(date), Value::Object(fields)) = (&change.date, &mut comment) {
            fields.insert("datePublished".to_owned(), date.shown().machine.into());
        }
        if let (Some(canonical), Value::Object(fields)) = (canonical, &mut comment) {
            fields.insert("url".to_owned(), format!("{canonical}#change-{}", change.number).into());
        }
        comment
    });
    put("correction", corrections.collect());
    escaped(&Value::Object(fields).to_string())
}

/// JSON that cannot end the element it stands in. These characters occur only inside its strings.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for one in json.chars() {
        match one {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(one))),
            one => out.push(one),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element() {
        let hostile = json!({ "a": "</script><!--<script>&\u{2028}" });
        let text = escaped(&hostile.to_string());
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("still JSON"), hostile);
    }
}

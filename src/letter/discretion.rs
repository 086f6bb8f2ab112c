//! What an article knows and does not tell its readers.
//!
//! A pull request is mailed to everybody who watches the repository, and no mail is ever called back. So nothing that
//! the article keeps about an unnamed source goes into a letter: not its reason for being unnamed (which was there, who
//! feared for what), nor its role or address, nor what it is called, unless the words that readers get say the same.

use crate::article::{Body, Data, Document, Table, Value};

/// What is said instead.
const INSTEAD: &str = "about a source that is not named; desk check says what";

/// The fewest characters that can tell anything.
const TELLING: usize = 3;

/// The fields that readers are shown, by one generator or another. Of all others a letter says only that they changed.
const SHOWN: [&str; 16] = [
    "title",
    "description",
    "author",
    "authors",
    "section",
    "dateline",
    "tags",
    "photos",
    "date",
    "updated",
    "publishDate",
    "expiryDate",
    "slug",
    "aliases",
    "author-bio",
    "disclosure",
];

/// What is told of a photo.
const OF_PHOTO: [&str; 5] = ["file", "caption", "credit", "alt", "rights"];

const PHOTOS: &str = "photos";

/// What must not be said of one article.
#[derive(Debug, Clone, Default)]
pub(super) struct Discretion {
    kept: Vec<String>,
    /// Tables in which something stands that readers are not shown.
    tables: Vec<&'static str>,
}

impl Discretion {
    /// Of all these versions of it.
    pub(super) fn of<'a>(versions: impl Iterator<Item = &'a Document>) -> Self {
        let mut discretion = Self::default();
        for document in versions {
            let told = told(document);
            let unnamed = document.tables_of("sources").into_iter().filter(|source| is_unnamed(source));
            let mut texts = Vec::new();
            unnamed.flat_map(|source| &source.fields).for_each(|field| said(&field.value, &mut texts));
            for text in texts.iter().map(|text| folded(text)) {
                if text.chars().count() >= TELLING && !told.contains(&text) && !discretion.kept.contains(&text) {
                    discretion.kept.push(text);
                }
            }
            let is_hidden = |table: &&str| {
                let table = document.value(table).and_then(Value::as_table);
                table.is_some_and(|table| table.fields.iter().any(|field| !SHOWN.contains(&field.key.as_str())))
            };
            discretion.tables.extend(Document::TABLES.into_iter().filter(is_hidden));
            let is_told = |photo: &Table| photo.fields.iter().all(|field| OF_PHOTO.contains(&field.key.as_str()));
            if !document.tables_of(PHOTOS).into_iter().all(is_told) {
                discretion.tables.push(PHOTOS);
            }
        }
        discretion
    }

    /// Of what is said about several articles.
    pub(super) fn together(all: impl IntoIterator<Item = Self>) -> Self {
        let mut together = Self::default();
        for one in all {
            together.kept.extend(one.kept);
            together.tables.extend(one.tables);
        }
        together
    }

    /// Whether `text` says nothing of it.
    pub(super) fn allows(&self, text: &str) -> bool {
        let text = folded(text);
        !self.kept.iter().any(|kept| text.contains(kept.as_str()))
    }

    /// `text`, or that there is something to be told elsewhere.
    pub(super) fn told<'t>(&self, text: &'t str) -> &'t str {
        if self.allows(text) { text } else { INSTEAD }
    }

    /// Whether what stands at a place of a difference is shown to readers.
    pub(super) fn shows(&self, place: &str) -> bool {
        let is_words = place.starts_with("paragraph ") || place == crate::article::Passage::NOTES;
        is_words || ((SHOWN.contains(&place) || Document::TABLES.contains(&place)) && !self.tables.contains(&place))
    }
}

/// Whether readers are not told who this source is: all that do not say plainly that they are.
pub(super) fn is_unnamed(source: &Table) -> bool {
    source.get("anonymous").is_some_and(|value| value.as_bool() != Some(false))
}

/// Everything that a value says, however deep.
fn said(value: &Value, texts: &mut Vec<String>) {
    match &value.data {
        Data::String(text) => texts.push(text.clone()),
        Data::Integer(number) => texts.push(number.to_string()),
        Data::Array(values) => values.iter().for_each(|value| said(value, texts)),
        Data::Table(table) => table.fields.iter().for_each(|field| said(&field.value, texts)),
        Data::Float(_) | Data::Boolean(_) | Data::Datetime(_) => {}
    }
}

/// What readers get to read, in one text.
fn told(document: &Document) -> String {
    let photos = document.tables_of("photos").into_iter();
    let captions = photos.flat_map(|photo| ["caption", "credit", "alt"].map(|key| photo.text(key))).flatten();
    let fields = ["title", "description"].into_iter().filter_map(|key| document.text_of(key));
    let mut all: Vec<&str> = fields.chain(captions).collect();
    let body = Body::read(document);
    all.extend(body.blocks.iter().map(|block| block.text.as_str()));
    folded(&all.join("\n"))
}

fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

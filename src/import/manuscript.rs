//! From what was found to an article's file.

use toml::Value;

use super::Imported;
use crate::article::edit::{self, Manuscript};
use crate::article::kept::{self, Kept, NotKept};
use crate::article::{ArticleId, Document, RepoPath, Stage};
use crate::finding::Edit;

impl Imported {
    /// The fields of a fresh article, `draft = true` among them. The date is left to publishing.
    pub fn manuscript(&self) -> Manuscript {
        let mut made = Manuscript { body: self.body.clone(), ..Manuscript::default() };
        let mut text = |key: &str, value: &Option<String>| {
            if let Some(value) = value {
                made.fields.push((key.to_owned(), Value::String(value.clone())));
            }
        };
        text("title", &self.title);
        text("description", &self.description);
        made.fields.push(("draft".to_owned(), Value::Boolean(true)));
        if !self.authors.is_empty() {
            made.fields.push(("authors".to_owned(), strings(&self.authors)));
        }
        if let Some(section) = &self.section {
            made.fields.push(("section".to_owned(), Value::String(section.clone())));
        }
        if !self.tags.is_empty() {
            made.fields.push(("tags".to_owned(), strings(&self.tags)));
        }
        if let Some(dateline) = &self.dateline {
            made.fields.push(("dateline".to_owned(), Value::String(dateline.clone())));
        }
        made.fields.extend(self.front.iter().cloned());
        for photo in &self.photos {
            let fields =
                [("file", &photo.file), ("caption", &photo.caption), ("credit", &photo.credit), ("alt", &photo.alt)];
            let fields = fields
                .into_iter()
                .filter_map(|(key, value)| Some((key.to_owned(), Value::String(value.clone()?))))
                .collect();
            made.lists.push(("photos".to_owned(), fields));
        }
        for source in &self.sources {
            let fields = vec![
                ("name".to_owned(), Value::String(source.name.clone())),
                ("anonymous".to_owned(), Value::Boolean(true)),
            ];
            made.lists.push(("sources".to_owned(), fields));
        }
        made
    }

    /// The article's file as a draft: a file that had TOML front matter is taken over with every byte of it that is
    /// not desk's own, anything else is written fresh.
    pub fn text(&self, id: ArticleId, kind: &str) -> Result<String, NotKept> {
        let Some(whole) = &self.whole else {
            return Ok(edit::compose(&self.manuscript(), id, kind));
        };
        let path = RepoPath::new("index.md").expect("a plain file name is a path");
        let (document, _) = Document::read(path, whole.as_bytes());
        let edits = if document.is_adopted() {
            readopt(&document, id, kind)?
        } else {
            edit::adopt(&document, id, kind, Stage::Draft)?
        };
        Ok(edit::apply(whole, &edits))
    }
}

/// An article that desk kept elsewhere begins anew: its own id, a draft.
fn readopt(document: &Document, id: ArticleId, kind: &str) -> Result<Vec<Edit>, NotKept> {
    Ok(vec![
        edit::set(document, "desk.id", &Value::String(id.to_string())),
        edit::set(document, "desk.kind", &Value::String(kind.to_owned())),
        kept::set(document, Kept::Stage, "\"draft\"")?,
        kept::set(document, Kept::Draft, "true")?,
    ])
}

fn strings(values: &[String]) -> Value {
    Value::Array(values.iter().cloned().map(Value::String).collect())
}

//! Photos: a file beside the words, and a table that says what it shows and whose it is.

use toml::Value;

use super::Newsroom;
use super::error::{Error, Result};
use super::moves::Saved;
use crate::article::{Document, RepoPath, Table, edit};
use crate::workflow::Standing;

/// A photo to add, or what to say of one that is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Photo {
    /// The file's name in the article's folder.
    pub name: String,
    /// Its bytes; none when the file is in the folder already.
    pub bytes: Option<Vec<u8>>,
    /// What is said of it: `caption`, `credit`, `alt`, `rights`. What is not given stays as it is.
    pub said: Vec<(String, String)>,
}

impl Newsroom {
    /// Adds a photo to an article, or says more of one it has.
    pub fn photo(&mut self, name: Option<&str>, photo: &Photo) -> Result<(Standing, Option<Saved>)> {
        self.rewrite(name, |standing, document| {
            let home = super::standing::home_of(standing, document);
            if home == document.path {
                return Err(Error::Given(
                    "this article is a single file: give it a folder of its own to keep photos in".to_owned(),
                ));
            }
            let path = home.join(&photo.name).map_err(|invalid| Error::Given(invalid.to_string()))?;
            let text = with_photo(document, photo);
            let mut files: Vec<(RepoPath, Vec<u8>)> = vec![(document.path.clone(), text.into_bytes())];
            files.extend(photo.bytes.clone().map(|bytes| (path, bytes)));
            Ok(files)
        })
    }
}

/// The article's text with the photo in it: its own table if there is one, else the first that names no file yet (a
/// caption that came with pasted text), else a new one.
fn with_photo(document: &Document, photo: &Photo) -> String {
    let tables = document.tables_of("photos");
    let named = tables.iter().find(|table| table.text("file") == Some(photo.name.as_str()));
    match named.or_else(|| tables.iter().find(|table| table.get("file").is_none())) {
        Some(table) => {
            let mut fields = vec![("file".to_owned(), photo.name.clone())];
            fields.extend(photo.said.clone());
            let edits: Vec<_> = fields
                .iter()
                .rev()
                .filter(|(field, value)| table.text(field) != Some(value.as_str()))
                .map(|(field, value)| in_table(document, table, field, value))
                .collect();
            edit::apply(&document.text, &edits)
        }
        None => {
            let fields: Vec<(&str, Value)> = std::iter::once(("file", Value::String(photo.name.clone())))
                .chain(photo.said.iter().map(|(field, value)| (field.as_str(), Value::String(value.clone()))))
                .collect();
            edit::apply(&document.text, &[edit::append_table(document, "photos", &fields)])
        }
    }
}

/// The edit that gives one field of a table a value: in its place, or on a line above its first.
fn in_table(document: &Document, table: &Table, field: &str, value: &str) -> crate::finding::Edit {
    let literal = edit::literal(&Value::String(value.to_owned()));
    if let Some(present) = table.get(field) {
        return crate::finding::Edit::replace(present.span, literal);
    }
    let first = table.fields.iter().map(|field| field.key_span.start).min().unwrap_or(document.body.start);
    crate::finding::Edit::insert(first, format!("{field} = {literal}{}", document.line_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        Document::read(RepoPath::new("articles/a/index.md").expect("sound"), text.as_bytes()).0
    }

    fn photo() -> Photo {
        Photo {
            name: "dredger.jpg".to_owned(),
            bytes: None,
            said: vec![("credit".to_owned(), "Port Authority".to_owned()), ("alt".to_owned(), "A ship".to_owned())],
        }
    }

    #[test]
    fn a_caption_that_waits_for_its_file_gets_it() {
        let text =
            "+++\ntitle = \"A\"\n\n[[photos]]\ncaption = \"The dredger.\"\n\n[desk]\nstage = \"draft\"\n+++\nBody\n";
        let after = with_photo(&read(text), &photo());
        let document = read(&after);
        let tables = document.tables_of("photos");
        assert_eq!(tables.len(), 1, "{after}");
        assert_eq!(tables[0].text("file"), Some("dredger.jpg"), "{after}");
        assert_eq!(tables[0].text("alt"), Some("A ship"), "{after}");
        assert_eq!(tables[0].text("caption"), Some("The dredger."), "{after}");
        assert_eq!(with_photo(&document, &photo()), after, "saying the same again changes nothing");
    }

    #[test]
    fn a_new_photo_gets_a_table_before_desks_own() {
        let after = with_photo(&read("+++\ntitle = \"A\"\n\n[desk]\nstage = \"draft\"\n+++\nBody\n"), &photo());
        assert!(after.find("[[photos]]") < after.find("[desk]"), "{after}");
        assert_eq!(read(&after).tables_of("photos").len(), 1);
    }
}

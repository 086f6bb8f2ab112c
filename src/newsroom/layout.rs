//! Where a fresh article's fields go: at the top level, or where the newsroom's site generator looks for them.

use toml::Value;

use crate::article::edit::Manuscript;
use crate::config::Generator;

/// Fields that Hugo reads at the top level (<https://gohugo.io/content-management/front-matter/>); its own ones go to
/// `[params]`.
const HUGO: &[&str] = &[
    "title",
    "description",
    "date",
    "updated",
    "lastmod",
    "draft",
    "slug",
    "url",
    "aliases",
    "tags",
    "categories",
    "keywords",
    "publishDate",
    "expiryDate",
    "summary",
    "linkTitle",
    "weight",
    "layout",
    "type",
];

/// Fields that Zola reads at the top level (<https://www.getzola.org/documentation/content/page/>); its own ones go to
/// `[extra]`, and taxonomies to `[taxonomies]`.
const ZOLA: &[&str] =
    &["title", "description", "date", "updated", "draft", "slug", "path", "aliases", "authors", "template", "weight"];

/// Zola's taxonomies as newsrooms name them.
const TAXONOMIES: &[&str] = &["tags", "categories", "series"];

/// Puts `fields` and `lists` where `generator` looks for them.
pub(super) fn manuscript(
    generator: Generator,
    fields: Vec<(String, Value)>,
    lists: Vec<(String, Vec<(String, Value)>)>,
    body: String,
) -> Manuscript {
    let mut manuscript = Manuscript { body, ..Manuscript::default() };
    for (name, value) in fields {
        match table_of(generator, &name) {
            None => manuscript.fields.push((name, value)),
            Some(table) => match manuscript.tables.iter_mut().find(|(known, _)| known == table) {
                Some((_, inner)) => inner.push((name, value)),
                None => manuscript.tables.push((table.to_owned(), vec![(name, value)])),
            },
        }
    }
    for (name, item) in lists {
        let name = match table_of(generator, &name) {
            Some(table) => format!("{table}.{name}"),
            None => name,
        };
        manuscript.lists.push((name, item));
    }
    manuscript
}

fn table_of(generator: Generator, field: &str) -> Option<&'static str> {
    match generator {
        Generator::Desk => None,
        Generator::Hugo => (!HUGO.contains(&field)).then_some("params"),
        Generator::Zola if TAXONOMIES.contains(&field) => Some("taxonomies"),
        Generator::Zola => (!ZOLA.contains(&field)).then_some("extra"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::edit::compose;
    use crate::article::{ArticleId, Document, RepoPath};

    #[test]
    fn every_generator_finds_what_desk_finds() {
        for generator in Generator::ALL {
            let text = |text: &str| Value::String(text.to_owned());
            let fields = vec![
                ("title".to_owned(), text("Ferry")),
                ("draft".to_owned(), Value::Boolean(true)),
                ("section".to_owned(), text("harbor")),
                ("tags".to_owned(), Value::Array(vec![text("port")])),
            ];
            let lists = vec![("photos".to_owned(), vec![("file".to_owned(), text("a.jpg"))])];
            let manuscript = manuscript(generator, fields, lists, "Body\n".to_owned());
            let composed = compose(&manuscript, ArticleId::generate(1, [1; 10], None), "news");
            let path = RepoPath::new("articles/a/index.md").expect("sound");
            let (document, findings) = Document::read(path, composed.as_bytes());
            assert_eq!(findings, [], "{composed}");
            assert_eq!(document.text_of("section"), Some("harbor"), "{composed}");
            assert_eq!(document.list_of("tags"), ["port"], "{composed}");
            assert_eq!(document.tables_of("photos").len(), 1, "{composed}");
            assert!(document.is_hidden());
        }
    }
}

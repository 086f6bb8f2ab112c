//! `unused-file`

use super::photos;
use crate::article::{BlockKind, Data, Table, Value};
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::Finding;
use std::collections::HashSet;

pub(super) static RULE: Rule =
    Rule { name: "unused-file", levels: Levels::ADVICE, seeks: &[], scope: Scope::Article(check), doc: DOC };

const DOC: &str = r##"# unused-file

## What it says
A file lies in the article's folder and nothing in the article names it.

## Why it matters
It is approved and made public together with the article, although no reader meets it: a photo that was dropped, a
first
version, a contract. Whoever knows its address can fetch it.

## Bad
```toml
# the folder holds dredger.jpg and quay.jpg
[[photos]]
file = "dredger.jpg"
```

## Good
```toml
# the folder holds dredger.jpg
[[photos]]
file = "dredger.jpg"
```

## How to mend it
Name the file in `[[photos]]`, link to it in the text, or take it out of the folder.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.piece.files.is_empty() {
        return Vec::new();
    }
    let Some(folder) = subject.piece.folder() else { return Vec::new() };
    let mut named = Vec::new();
    strings(&subject.document().front, &mut named);
    let blocks = subject.piece.body.blocks.iter();
    named.extend(blocks.flat_map(|block| &block.links).map(|link| &*link.url));
    let named: HashSet<&str> = named.into_iter().map(photos::file_of).collect();
    let html = subject.piece.body.blocks.iter().any(|block| block.kind == BlockKind::Html || !block.html.is_empty());
    let files = subject.piece.files.iter().filter_map(|file| Some((file, file.path.below(&folder)?)));
    files
        .filter(|(_, name)| !name.starts_with('.') && !name.ends_with(".md"))
        .filter(|(_, name)| !named.contains(name) && !named.contains(&*name.replace(' ', "%20")))
        // What raw HTML and templates' short codes name is out of sight.
        .filter(|(_, name)| {
            !(html || subject.document().body_text().contains("{{")) || !subject.document().body_text().contains(name)
        })
        .map(|(file, name)| {
            RULE.finding(format!("nothing in the article uses `{name}`"))
                .in_file(file.path.as_str())
                .help("name it in [[photos]], link to it, or take it out of the folder")
        })
        .collect()
}

/// Every string in `table`, however deep.
fn strings<'a>(table: &'a Table, all: &mut Vec<&'a str>) {
    for field in &table.fields {
        of_value(&field.value, all);
    }
}

fn of_value<'a>(value: &'a Value, all: &mut Vec<&'a str>) {
    match &value.data {
        Data::String(text) => all.push(text),
        Data::Array(values) => values.iter().for_each(|value| of_value(value, all)),
        Data::Table(table) => strings(table, all),
        _ => {}
    }
}

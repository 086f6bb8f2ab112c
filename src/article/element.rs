//! One string of a list in the front matter, added or taken out by splicing: the others stay as they are written.

use toml::Value;

use super::{Document, edit};
use crate::finding::{Edit, Span};

/// The edit that adds `text` at the end of the top-level list `key`; a missing list begins with it.
pub fn add(document: &Document, key: &str, text: &str) -> Edit {
    let value = Value::String(text.to_owned());
    let present = document.front.get(key);
    let Some(last) = present.and_then(|value| value.as_array()).and_then(|values| values.last()) else {
        let alone = present.and_then(|value| value.as_str()).map(|one| Value::String(one.to_owned()));
        return edit::set(document, key, &Value::Array(alone.into_iter().chain([value]).collect()));
    };
    let line_start = document.text[..last.span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = &document.text[line_start..last.span.start];
    let parted = if indent.trim().is_empty() { format!(",{}{indent}", document.line_end()) } else { ", ".to_owned() };
    Edit::insert(last.span.end, format!("{parted}{}", edit::literal(&value)))
}

/// The edit that takes out of the top-level list `key` the first string that `is_meant`; none when there is none.
pub fn remove(document: &Document, key: &str, is_meant: impl Fn(&str) -> bool) -> Option<Edit> {
    let values = document.front.get(key)?.as_array()?;
    let at = values.iter().position(|value| value.as_str().is_some_and(&is_meant))?;
    let own = values[at].span;
    match (at.checked_sub(1).map(|before| values[before].span), values.get(at + 1)) {
        (Some(before), _) => Some(Edit::delete(Span::new(before.end, own.end))),
        (None, Some(next)) => Some(Edit::delete(Span::new(own.start, next.span.start))),
        (None, None) => edit::remove(document, key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    fn read(front: &str) -> Document {
        let text = format!("+++\ntitle = \"A\"\n{front}\n[desk]\nstage = \"draft\"\n+++\nBody\n");
        Document::read(RepoPath::new("articles/a/index.md").expect("a path"), text.as_bytes()).0
    }

    #[track_caller]
    fn grows(before: &str, after: &str) {
        let (document, expected) = (read(before), read(after));
        let text = edit::apply(&document.text, &[add(&document, "aliases", "/new/")]);
        assert_eq!(text, &*expected.text);
        let back = remove(&expected, "aliases", |one| one == "/new/").expect("it is there");
        assert_eq!(edit::apply(&expected.text, &[back]), &*document.text, "and goes again");
        assert_eq!(remove(&document, "aliases", |one| one == "/new/"), None);
    }

    #[test]
    fn a_list_grows_and_shrinks_in_its_own_form() {
        grows("", "aliases = [\"/new/\"]\n");
        grows("aliases = [\"/old/\"] # kept\n", "aliases = [\"/old/\", \"/new/\"] # kept\n");
        grows("aliases = [\n  '/old/',\n]\n", "aliases = [\n  '/old/',\n  \"/new/\",\n]\n");
    }

    #[test]
    fn one_string_becomes_a_list_and_the_first_may_go() {
        let one = read("aliases = \"/old/\"\n");
        let text = edit::apply(&one.text, &[add(&one, "aliases", "/new/")]);
        assert_eq!(text, &*read("aliases = [\"/old/\", \"/new/\"]\n").text);
        let first = read("aliases = [\"/new/\", \"/old/\"]\n");
        let gone = remove(&first, "aliases", |one| one == "/new/").expect("it is there");
        assert_eq!(edit::apply(&first.text, &[gone]), &*read("aliases = [\"/old/\"]\n").text);
    }
}

//! Change records, written.

use super::Amendment;
use super::record::records;
use crate::article::{Document, edit};

/// A change record that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noting<'a> {
    /// What sort of change it is.
    pub kind: Amendment,
    /// When, as it stands in a kept line.
    pub date: &'a str,
    /// What readers are told.
    pub note: &'a str,
    /// The number of the note that it puts right.
    pub corrects: Option<usize>,
}

/// The text of `document` with only its first `kept` change records. None where one cannot be taken out.
fn without(document: &Document, kept: usize) -> Option<String> {
    let mut text = document.text.to_string();
    loop {
        let (now, _) = Document::read(document.path.clone(), text.as_bytes());
        let tables = now.tables_of("changes");
        let Some(table) = tables.get(kept..).and_then(<[_]>::last) else { return Some(text) };
        text = edit::apply(&text, &[edit::remove_table(&now, table)?]);
    }
}

/// The text of `document` with one more change record behind its first `kept`; later ones, which readers have not seen,
/// give way to it. None where it cannot be written so that it reads.
pub fn noted(document: &Document, kept: usize, noting: &Noting<'_>) -> Option<String> {
    let date = noting.date.parse().ok()?;
    let bare = without(document, kept)?;
    let string = |text: &str| toml::Value::String(text.to_owned());
    let mut fields = vec![
        ("kind", string(noting.kind.as_str())),
        ("date", toml::Value::Datetime(date)),
        ("note", string(noting.note)),
    ];
    if let Some(other) = noting.corrects {
        fields.push(("corrects", toml::Value::Integer(i64::try_from(other).ok()?)));
    }
    let (document, _) = Document::read(document.path.clone(), bare.as_bytes());
    let text = edit::apply(&bare, &[edit::append_table(&document, "changes", &fields)]);
    let (after, findings) = Document::read(document.path.clone(), text.as_bytes());
    (findings.is_empty() && records(&after).len() == kept + 1).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::keeps_notes;
    use super::*;
    use crate::article::RepoPath;

    fn read(changes: &str) -> Document {
        let text = format!("+++\ntitle = \"Ferry\"\n{changes}\n[desk]\nstage = \"published\"\n+++\nWords.\n");
        Document::read(RepoPath::new("articles/a/index.md").expect("a path"), text.as_bytes()).0
    }

    fn noting(note: &str) -> Noting<'_> {
        Noting { kind: Amendment::Correction, date: "2026-07-25T10:00:00+00:00", note, corrects: None }
    }

    #[test]
    fn a_note_is_added_and_gives_way_until_readers_have_seen_it() {
        let old = "[[changes]]\nkind = \"update\"\nnote = \"More.\"\n";
        for (changes, public) in [("", 0), (old, 1)] {
            let before = read(changes);
            let say = |document: &Document, kept: usize, note| {
                let text = noted(document, kept, &noting(note)).expect("noted");
                Document::read(before.path.clone(), text.as_bytes()).0
            };
            let first = say(&before, public, "It was \"June\".");
            let second = say(&first, public, "It was May.");
            assert!(keeps_notes(&before, &second) && !keeps_notes(&first, &second));
            let both = say(&first, public + 1, "It was May.");
            assert!(keeps_notes(&first, &both));
            let notes: Vec<_> = records(&second).into_iter().map(|one| one.note).collect();
            assert_eq!((notes.last().map(String::as_str), notes.len()), (Some("It was May."), public + 1));
            assert_eq!(without(&both, public), Some(before.text.to_string()));
        }
        assert_eq!(noted(&read("changes = []"), 0, &noting("x")), None);
    }
}

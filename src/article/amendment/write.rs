//! Change records, written.

use super::Amendment;
use super::between::notes;
use super::record::{Label, Told, records};
use crate::article::{Document, Withdrawal, edit};

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
    let new = Told {
        number: kept + 1,
        label: Label::Change(noting.kind),
        date: Some(noting.date.parse().ok()?),
        note: noting.note.to_owned(),
        corrects: noting.corrects,
    };
    let text = with(document, &without(document, kept)?, &new)?;
    let (after, findings) = Document::read(document.path.clone(), text.as_bytes());
    (findings.is_empty() && records(&after).len() == kept + 1).then_some(text)
}

/// `text`, the file of `document`, with one more record at the end.
fn with(document: &Document, text: &str, new: &Told) -> Option<String> {
    let string = |text: &str| toml::Value::String(text.to_owned());
    let mut fields = vec![("kind", string(new.label.as_str()))];
    fields.extend(new.date.map(|date| ("date", toml::Value::Datetime(date))));
    fields.push(("note", string(&new.note)));
    if let Some(other) = new.corrects {
        fields.push(("corrects", toml::Value::Integer(i64::try_from(other).ok()?)));
    }
    let (document, _) = Document::read(document.path.clone(), text.as_bytes());
    Some(edit::apply(text, &[edit::append_table(&document, "changes", &fields)]))
}

/// The text of `document`, which is taken up again, with what `notice` told readers in its place ([`super::recalls`]).
/// What readers have not seen yet comes behind what a retraction told them. None where it cannot be written.
pub fn recalled(document: &Document, notice: &Document) -> Option<String> {
    let (own, told) = (records(document), records(notice));
    let alike = notes(document).iter().zip(notes(notice)).take_while(|(one, other)| **one == *other).count();
    let retracted = told.last().is_some_and(|last| last.label == Label::Withdrawal(Withdrawal::Retraction));
    let readable = own.iter().skip(alike).all(|one| one.label != Label::Other);
    let kept = if retracted && readable { alike } else { own.len() };
    let unsaid = |one: &&Told| {
        !own[..kept].iter().any(|other| (other.label, &other.note, other.date) == (one.label, &one.note, one.date))
    };
    let new: Vec<&Told> = told.iter().filter(unsaid).chain(&own[kept..]).collect();
    new.into_iter().try_fold(without(document, kept)?, |text, one| with(document, &text, one))
}

#[cfg(test)]
mod tests {
    use super::super::{keeps_notes, recalls};
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
    fn what_a_notice_told_stands_in_what_takes_its_place() {
        let change = |note: &str| {
            format!("[[changes]]\nkind = \"correction\"\ndate = 2026-07-25T10:00:00+00:00\nnote = \"{note}\"\n")
        };
        let gone = |kind: &str| change("Our source lied.").replace("correction", kind);
        let (first, open) = (change("It is 8."), change("It is 9."));
        #[track_caller]
        fn check(notice: &str, words: &str, expected: &[&str]) {
            let (notice, words) = (read(notice), read(words));
            let text = recalled(&words, &notice).expect("written");
            let after = Document::read(words.path.clone(), text.as_bytes()).0;
            let notes: Vec<String> = records(&after).into_iter().map(|one| one.note).collect();
            assert_eq!(notes, expected, "{text}");
            assert!(recalls(&notice, &after), "{text}");
            assert_eq!(recalled(&after, &notice).as_deref(), Some(&*text), "once");
        }
        let lied = "Our source lied.";
        check(&gone("kill"), "", &[lied]);
        check(&gone("retraction"), "", &[lied]);
        check(&gone("kill"), &format!("{first}{open}"), &["It is 8.", "It is 9.", lied]);
        // All that readers were told of keeps its number after a retraction.
        let retracted = format!("{first}{}", gone("retraction"));
        check(&retracted, &first, &["It is 8.", lied]);
        check(&retracted, &format!("{first}{open}"), &["It is 8.", lied, "It is 9."]);
        check(&retracted, &retracted, &["It is 8.", lied]);
        for (notice, after) in [
            (gone("kill"), first.clone()),
            (gone("kill"), gone("kill").replace("lied", "erred")),
            (gone("kill"), gone("retraction")),
            (retracted.clone(), gone("retraction")),
            (retracted.clone(), format!("{}{first}", gone("retraction"))),
            (retracted.clone(), first.clone()),
        ] {
            assert!(!recalls(&read(&notice), &read(&after)), "{notice} {after}");
        }
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

//! Whether a change of public words tells readers what it changed.

use super::record::{Label, Told, records};
use super::{Amendment, refile};
use crate::article::{Document, Entry, Withdrawal, notice};

/// An article on one side of a change.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its file, read.
    pub document: &'a Document,
    /// All its files.
    pub entries: &'a [Entry],
}

/// What a change of public words tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// Nothing that readers need: no word changed.
    Refile,
    /// The same: no word changed, and readers find it elsewhere.
    Renamed,
    /// What changed.
    Notes,
}

/// Why readers would not be told, or not truly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Untold {
    /// There is no new change record.
    #[error("public words were changed and no note tells readers so")]
    NoNote,
    /// An earlier note is other than it was, gone, or elsewhere.
    #[error("a note that readers have seen was changed, dropped or moved")]
    NotesChanged,
    /// A new record lacks something that each has.
    #[error("change {number} has no `{field}` that can stand")]
    Malformed {
        /// Which record.
        number: usize,
        /// What it lacks: `kind`, `date` or `note`.
        field: &'static str,
    },
    /// It says that it puts right a note that is not there, or that is not one of those that readers have seen.
    #[error("change {number} corrects no note that readers have seen")]
    CorrectsNothing {
        /// Which record.
        number: usize,
    },
    /// It is called a refile and changes more than that.
    #[error("a refile changes no word, and {place} says something else now")]
    NotARefile {
        /// Where: `title`, `paragraph 4`, `dredger.jpg`.
        place: String,
    },
}

/// Whether every change that readers were told of in `before` is told in `after` as it was, and in that order.
pub fn keeps_notes(before: &Document, after: &Document) -> bool {
    notes(after).starts_with(&notes(before))
}

/// Whether words that take the place of `notice` still say what it told: that they were withdrawn, and why. A retraction
/// kept all notes, and they keep their numbers; what stood nowhere for a while may come back before the notice's own.
pub fn recalls(notice: &Document, after: &Document) -> bool {
    if matches!(notice::told(notice), Some((Withdrawal::Retraction, _))) {
        return keeps_notes(notice, after);
    }
    let mut later = notes(after).into_iter();
    notes(notice).iter().all(|told| later.any(|one| one == *told))
}

/// The records as they stand, whatever they are made of.
pub(super) fn notes(document: &Document) -> Vec<serde_json::Value> {
    match document.field("changes") {
        Some(value) => match value.as_array() {
            Some(values) => values.iter().map(crate::article::Value::to_json).collect(),
            None => vec![value.to_json()],
        },
        None => Vec::new(),
    }
}

/// What a change from the public words `before` to `after` tells readers; the error says what is wrong with it.
pub fn told(before: Side<'_>, after: Side<'_>) -> Result<Telling, Untold> {
    if !keeps_notes(before.document, after.document) {
        return Err(Untold::NotesChanged);
    }
    let known = records(before.document).len();
    let all = records(after.document);
    let tables = after.document.tables_of("changes");
    let (earlier, new) = all.split_at(known.min(all.len()));
    if new.is_empty() {
        return Err(Untold::NoNote);
    }
    for (record, table) in new.iter().zip(&tables[known.min(tables.len())..]) {
        is_sound(record, table.get("corrects").is_some(), earlier)?;
    }
    if !new.iter().any(|record| record.label == Label::Change(Amendment::Refile)) {
        return Ok(Telling::Notes);
    }
    if new.len() > 1 {
        return Err(Untold::NotARefile { place: "another change beside it".to_owned() });
    }
    match refile::word_changed(before, after) {
        Some(_) if refile::is_elsewhere(before, after) => Ok(Telling::Renamed),
        Some(place) => Err(Untold::NotARefile { place }),
        None => Ok(Telling::Refile),
    }
}

fn is_sound(record: &Told, corrects: bool, seen: &[Told]) -> Result<(), Untold> {
    let number = record.number;
    let Label::Change(kind) = record.label else { return Err(Untold::Malformed { number, field: "kind" }) };
    let dated = record.date.is_some_and(|date| date.to_string().parse::<jiff::Timestamp>().is_ok());
    if !dated {
        return Err(Untold::Malformed { number, field: "date" });
    }
    if !record.note.chars().any(char::is_alphanumeric) {
        return Err(Untold::Malformed { number, field: "note" });
    }
    let is_seen = |other: usize| seen.iter().any(|one| one.number == other && one.label.is_shown());
    if corrects && !(kind.may_correct() && record.corrects.is_some_and(is_seen)) {
        return Err(Untold::CorrectsNothing { number });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ORDINARY_FILE, RepoPath};

    const FIRST: &str = "[[changes]]\nkind = \"correction\"\ndate = 2026-07-25T10:00:00Z\nnote = \"It is 8.\"\n";
    const REFILED: &str = "[[changes]]\nkind = \"refile\"\ndate = 2026-07-26T10:00:00Z\nnote = \"A comma.\"\n";

    fn read(changes: &str, body: &str) -> (Document, Vec<Entry>) {
        let text = format!("+++\ntitle = \"Ferry\"\n{changes}\n[desk]\nstage = \"published\"\n+++\n{body}\n");
        let path = RepoPath::new("articles/a/index.md").expect("a path");
        let entries = vec![Entry { path: path.clone(), mode: ORDINARY_FILE, bytes: text.clone().into_bytes() }];
        (Document::read(path, text.as_bytes()).0, entries)
    }

    #[track_caller]
    fn check(before: (&str, &str), after: (&str, &str), expected: Result<Telling, Untold>) {
        let sides = [read(before.0, before.1), read(after.0, after.1)];
        let [before, after] = [0, 1].map(|at| Side { document: &sides[at].0, entries: &sides[at].1 });
        assert_eq!(told(before, after), expected, "{}", after.document.text);
    }

    fn second(kind: &str, rest: &str) -> String {
        format!("{FIRST}[[changes]]\nkind = \"{kind}\"\ndate = 2026-07-26T10:00:00Z\nnote = \"It is 9.\"\n{rest}")
    }

    #[test]
    fn a_change_has_a_record_of_its_own() {
        check(("", "Eight."), ("", "Nine."), Err(Untold::NoNote));
        check((FIRST, "Eight."), (FIRST, "Nine."), Err(Untold::NoNote));
        check(("", "Eight."), (FIRST, "Nine."), Ok(Telling::Notes));
        check((FIRST, "Eight."), (&second("correction", ""), "Nine."), Ok(Telling::Notes));
        // More than one at once.
        check(("", "Eight."), (&second("clarification", ""), "Nine."), Ok(Telling::Notes));
    }

    #[test]
    fn what_readers_have_seen_stays() {
        let two = second("update", "");
        let reordered =
            two.replace("[[changes]]", "\u{1}").split('\u{1}').rev().collect::<Vec<_>>().join("[[changes]]\n");
        let reordered = format!("[[changes]]\n{reordered}").replace("[[changes]]\n\n", "");
        for gone in [
            "",
            &FIRST.replace("It is 8", "It is 7"),
            &FIRST.replace("-25T", "-24T"),
            &second("update", "").replace("8.", "8!"),
        ] {
            check((FIRST, "Eight."), (gone, "Nine."), Err(Untold::NotesChanged));
        }
        assert!(!keeps_notes(&read(&two, "a").0, &read(FIRST, "a").0), "dropped");
        assert!(!keeps_notes(&read(&two, "a").0, &read(&reordered, "a").0), "reordered: {reordered}");
        assert!(!keeps_notes(&read(FIRST, "a").0, &read("changes = 3\n", "a").0));
        assert!(!keeps_notes(&read("changes = [1]\n", "a").0, &read(FIRST, "a").0));
    }

    #[test]
    fn a_record_says_what_when_and_of_which_sort() {
        let wrong = |field| Err(Untold::Malformed { number: 1, field });
        check(("", "a"), (&FIRST.replace("\"correction\"", "\"fix\""), "b"), wrong("kind"));
        check(("", "a"), (&FIRST.replace("\"correction\"", "\"kill\""), "b"), wrong("kind"));
        check(("", "a"), (&FIRST.replace("2026-07-25T10:00:00Z", "2026-07-25"), "b"), wrong("date"));
        check(("", "a"), (&FIRST.replace("It is 8.", " - "), "b"), wrong("note"));
    }

    #[test]
    fn a_note_corrects_one_that_readers_have_seen() {
        let nothing = |number| Err(Untold::CorrectsNothing { number });
        check((FIRST, "a"), (&second("correction", "corrects = 1\n"), "b"), Ok(Telling::Notes));
        check((FIRST, "a"), (&second("update", "corrects = 1\n"), "b"), nothing(2));
        for other in ["2", "0", "-1", "\"1\"", "7"] {
            check((FIRST, "a"), (&second("correction", &format!("corrects = {other}\n")), "b"), nothing(2));
        }
        // What is not public yet was seen by nobody.
        check(("", "a"), (&second("correction", "corrects = 1\n"), "b"), nothing(2));
        let after = second("correction", "corrects = 1\n").replace(FIRST, REFILED);
        check((REFILED, "a"), (&after, "b"), nothing(2));
    }

    #[test]
    fn who_renames_tells_it_as_a_refile_and_changes_no_word() {
        check(("", "Eight"), (&format!("aliases = [\"/b/\"]\n{REFILED}"), "Eight"), Ok(Telling::Renamed));
        check(("slug = \"b\"\n", "Eight"), (&format!("slug = \"a\"\n{REFILED}"), "Eight"), Ok(Telling::Renamed));
        let place = "paragraph 1".to_owned();
        let other = format!("slug = \"a\"\n{REFILED}");
        check(("slug = \"b\"\n", "Eight"), (&other, "Nine"), Err(Untold::NotARefile { place: "`slug`".to_owned() }));
        check(("slug = \"a\"\n", "Eight"), (&other, "Nine"), Err(Untold::NotARefile { place }));
        check(("slug = \"b\"\n", "Eight"), ("slug = \"a\"\n", "Eight"), Err(Untold::NoNote));
    }

    #[test]
    fn a_refile_changes_no_word_and_stands_alone() {
        check(("", "Eight ships"), (REFILED, "Eight ships."), Ok(Telling::Refile));
        let place = "paragraph 1".to_owned();
        check(("", "Eight ships"), (REFILED, "Nine ships"), Err(Untold::NotARefile { place }));
        let both = format!("{FIRST}{REFILED}");
        assert!(matches!(
            told(
                Side { document: &read("", "a").0, entries: &[] },
                Side { document: &read(&both, "a.").0, entries: &[] }
            ),
            Err(Untold::NotARefile { .. })
        ));
    }
}

//! The notice that stands in place of withdrawn words, at their address.
//!
//! It is an article's file with nothing left in it that was written to be read: the note is its whole body. What
//! places it (date, address, section, id) stays. So every generator that shows the file shows the notice, and nobody can
//! say anything else to readers in the name of a withdrawal ([`is_notice`]).

use std::fmt;
use std::str::FromStr;

use super::edit::literal;
use super::front::{Data, Field, Table, Value};
use super::{Document, Entry, Slug, Stage};

/// Why words are withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Withdrawal {
    /// The story does not hold. Its title and its earlier notes stay.
    Retraction,
    /// The story must not stand anywhere: neither its title nor earlier notes stay.
    Kill,
    /// Somebody with the power to do so ordered it: neither its title nor earlier notes stay.
    Legal,
}

impl Withdrawal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Retraction, Self::Kill, Self::Legal];

    /// The word that stands in the change record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Retraction => "retraction",
            Self::Kill => "kill",
            Self::Legal => "legal",
        }
    }
}

impl fmt::Display for Withdrawal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// A word that names no kind of withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a kind of withdrawal (retraction, kill, legal)")]
pub struct UnknownWithdrawal(pub String);

impl FromStr for Withdrawal {
    type Err = UnknownWithdrawal;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| UnknownWithdrawal(word.to_owned()))
    }
}

/// The fields that place an article and tell nothing of its words.
const PLACING: [&str; 7] = ["date", "slug", "path", "url", "aliases", "section", "weight"];

/// A note on one line.
pub fn on_one_line(note: &str) -> String {
    note.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the notice that takes the place of `document`. `now` is an instant as it stands in a kept line.
pub fn compose(document: &Document, slug: &Slug, kind: Withdrawal, note: &str, now: &str) -> String {
    let raw = |value: &Value| document.text[value.span.range()].to_owned();
    let note = on_one_line(note);
    let title = Some(document.text_of("title")).flatten().filter(|_| kind == Withdrawal::Retraction);
    let title = literal(&toml::Value::String(title.unwrap_or(slug.as_str()).to_owned()));
    let mut text = format!("+++\ntitle = {title}\nupdated = {now}\ndraft = false\n");
    for field in document.front.fields.iter().filter(|field| PLACING.contains(&field.key.as_str())) {
        if is_plain(&field.value) {
            text.push_str(&format!("{} = {}\n", field.key, raw(&field.value)));
        }
    }
    if kind == Withdrawal::Retraction {
        for change in document.front.get("changes").map(Value::tables).unwrap_or_default() {
            text.push_str("\n[[changes]]\n");
            for field in &change.fields {
                text.push_str(&format!("{} = {}\n", super::edit::bare(&field.key), raw(&field.value)));
            }
        }
    }
    let said = literal(&toml::Value::String(note.clone()));
    text.push_str(&format!("\n[[changes]]\nkind = \"{kind}\"\ndate = {now}\nnote = {said}\n\n[desk]\n"));
    for key in ["id", "kind"] {
        if let Some(value) = document.value("desk").and_then(Value::as_table).and_then(|desk| desk.get(key)) {
            text.push_str(&format!("{key} = {}\n", raw(value)));
        }
    }
    text.push_str(&format!("stage = \"{}\"\n+++\n{note}\n", Stage::Withdrawn));
    text
}

/// What a notice tells: the kind of withdrawal, and the note. None where the last change is no withdrawal.
pub fn told(document: &Document) -> Option<(Withdrawal, &str)> {
    let changes = document.tables_of("changes");
    let last = changes.last()?;
    Some((last.text("kind")?.parse().ok()?, last.text("note")?))
}

/// Whether `after` with its files `entries` tells readers nothing but `note`, in place of `before`.
pub fn is_notice(before: &Document, after: &Document, entries: &[Entry], slug: &Slug, note: &str) -> bool {
    let note = on_one_line(note);
    let alone = entries.len() == 1 && entries.iter().all(|entry| entry.path == after.path);
    let body = !note.is_empty() && after.body_text().trim() == note;
    alone
        && body
        && told(after).is_some()
        && after.front.fields.iter().all(|field| says_nothing(before, field, slug, &note))
}

/// Whether a field of a notice holds nothing that was not said before, the note apart.
fn says_nothing(before: &Document, field: &Field, slug: &Slug, note: &str) -> bool {
    let same = |name: &str| before.front.get(name).is_some_and(|old| old.to_json() == field.value.to_json());
    match field.key.as_str() {
        "title" => {
            let title = field.value.as_str();
            title == Some(slug.as_str()) || title == before.text_of("title")
        }
        // The kept lines; the judge of records reads what they say.
        "date" | "updated" | "draft" => is_plain(&field.value),
        "desk" => field.value.as_table().is_some_and(|desk| {
            let old = |key: &str| before.value("desk").and_then(Value::as_table).and_then(|desk| desk.get(key));
            let is_old = |one: &Field| old(&one.key).is_none_or(|old| old.to_json() == one.value.to_json());
            desk.fields.iter().all(|one| match one.key.as_str() {
                "stage" => true,
                "id" | "kind" => is_plain(&one.value) && is_old(one),
                _ => false,
            })
        }),
        "changes" => {
            let old: Vec<_> = before.tables_of("changes").into_iter().map(Table::to_json).collect();
            let Some((last, earlier)) = field.value.as_array().and_then(<[Value]>::split_last) else { return false };
            // A retraction keeps what readers were told before; what must not stand anywhere keeps none of it.
            let retracted = last.as_table().and_then(|last| last.text("kind")) == Some(Withdrawal::Retraction.as_str());
            let kept: Vec<_> = earlier.iter().map(Value::to_json).collect();
            kept == if retracted { old } else { Vec::new() }
                && last.as_table().is_some_and(|change| {
                    change.text("note") == Some(note)
                        && change.fields.iter().all(|one| ["kind", "date", "note"].contains(&one.key.as_str()))
                })
        }
        name => PLACING.contains(&name) && same(name),
    }
}

fn is_plain(value: &Value) -> bool {
    match &value.data {
        Data::Array(values) => values.iter().all(|value| matches!(value.data, Data::String(_))),
        Data::Table(_) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ORDINARY_FILE, RepoPath};

    const PUBLIC: &str = "+++\ntitle = \"Mayor took bribes\"\ndescription = \"He did\"\ndate = 2026-07-01T10:00:00Z\ndraft = false\nslug = \"mayor\"\naliases = [\n  \"/old/\",\n]\n\n[[photos]]\nfile = \"a.jpg\"\ncaption = \"The mayor\"\n\n[[changes]]\nkind = \"correction\"\nnote = \"It was June.\"\n\n[desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WX\"\nkind = \"news\"\nstage = \"published\"\n+++\nThe mayor took bribes.\n";
    const NOW: &str = "2026-07-02T10:00:00+00:00";

    fn main() -> RepoPath {
        RepoPath::new("articles/mayor/index.md").expect("a path")
    }

    fn read(text: &str) -> Document {
        Document::read(main(), text.as_bytes()).0
    }

    fn slug() -> Slug {
        Slug::new("mayor").expect("a slug")
    }

    fn entries(text: &str) -> Vec<Entry> {
        vec![Entry { path: main(), mode: ORDINARY_FILE, bytes: text.as_bytes().to_vec() }]
    }

    #[test]
    fn a_notice_keeps_the_place_and_says_the_note() {
        let before = read(PUBLIC);
        for kind in Withdrawal::ALL {
            let text = compose(&before, &slug(), kind, "Our only source\nlied.", NOW);
            let (after, findings) = Document::read(main(), text.as_bytes());
            assert!(findings.is_empty(), "{text}");
            assert!(is_notice(&before, &after, &entries(&text), &slug(), "Our only source lied."), "{text}");
            assert_eq!(after.body_text().trim(), "Our only source lied.");
            assert_eq!((after.stage(), after.is_hidden(), after.id()), (Some(Stage::Withdrawn), false, before.id()));
            assert_eq!(after.list_of("aliases"), ["/old/"]);
            assert_eq!(told(&after), Some((kind, "Our only source lied.")));
            for gone in ["The mayor", "He did", "a.jpg"] {
                assert!(!text.contains(gone), "{text}");
            }
            let keeps = kind == Withdrawal::Retraction;
            assert_eq!(text.contains("bribes"), keeps);
            assert_eq!(text.contains("It was June."), keeps);
        }
    }

    #[test]
    fn nothing_else_is_said_in_the_name_of_a_withdrawal() {
        let before = read(PUBLIC);
        let notice = compose(&before, &slug(), Withdrawal::Kill, "It is gone.", NOW);
        #[track_caller]
        fn refused(before: &Document, text: &str, files: &[Entry]) {
            assert!(!is_notice(before, &read(text), files, &slug(), "It is gone."), "{text}");
        }
        for (from, to) in [
            ("It is gone.\n", "It is gone. The mayor is a thief.\n"),
            ("title = \"mayor\"", "title = \"The mayor is a thief\""),
            ("draft = false", "draft = false\ndescription = \"He is a thief\""),
            ("slug = \"mayor\"", "slug = \"thief\""),
            ("[desk]", "[desk]\nnote = \"thief\""),
            ("[[changes]]", "[[changes]]\nkind = \"correction\"\nnote = \"thief\"\n\n[[changes]]"),
            ("note = \"It is gone.\"", "note = \"It is gone, thief.\""),
            ("kind = \"kill\"", "kind = \"update\""),
        ] {
            let text = notice.replacen(from, to, 1);
            assert_ne!(text, notice, "{from}");
            refused(&before, &text, &entries(&text));
        }
        let mut more = entries(&notice);
        let photo = RepoPath::new("articles/mayor/a.jpg").expect("a path");
        more.push(Entry { path: photo, mode: ORDINARY_FILE, bytes: Vec::new() });
        refused(&before, &notice, &more);
    }
}

//! A change record: what changed in words that readers have seen, as the article's own front matter tells it.

use super::{Difference, Document, Run, Table, edit};
use crate::finding::Edit;

/// What sort of change of public words it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amendment {
    /// There is more to tell than there was.
    Update,
    /// What stood there was right and could be misread.
    Clarification,
    /// What stood there was wrong.
    Correction,
    /// The editors have something to say about it.
    EditorsNote,
}

impl Amendment {
    /// The word that stands in the change record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Clarification => "clarification",
            Self::Correction => "correction",
            Self::EditorsNote => "editors-note",
        }
    }
}

/// Whether every change that readers were told of in `before` is told in `after` as it was, and in that order.
pub fn keeps_notes(before: &Document, after: &Document) -> bool {
    let told = |document: &Document| document.tables_of("changes").into_iter().map(Table::to_json).collect::<Vec<_>>();
    told(after).starts_with(&told(before))
}

/// The figures that stand in place of others from `before` to `after`, and not in `note`.
pub fn untold_figures(before: &Document, after: &Document, note: &str) -> Vec<String> {
    let said = figures(note);
    let mut untold = Vec::new();
    for passage in Difference::between(before, after).passages.iter().filter(|passage| passage.place != "changes") {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for run in &passage.runs {
            match run {
                Run::Gone(text) => gone.extend(figures(text)),
                Run::Come(text) => come.extend(figures(text)),
                Run::Same(_) => {}
            }
        }
        let new =
            come.into_iter().filter(|figure| !gone.is_empty() && !gone.contains(figure) && !said.contains(figure));
        untold.extend(new);
    }
    untold.dedup();
    untold
}

/// The runs of digits of a text, with the points and commas inside them.
fn figures(text: &str) -> Vec<String> {
    let parts = text.split(|one: char| !(one.is_numeric() || matches!(one, '.' | ',')));
    parts.map(|part| part.trim_matches(['.', ','])).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The text of `document` with one more change record; one that readers have not seen yet (beyond the first `public`)
/// gives way to it. None where it cannot be written so that it reads.
pub fn noted(document: &Document, public: usize, kind: Amendment, date: &str, note: &str) -> Option<String> {
    let date = date.parse().ok()?;
    let mut text = document.text.to_string();
    if let Some(table) = document.tables_of("changes").get(public) {
        let gone: Edit = edit::remove_table(document, table)?;
        text = edit::apply(&text, &[gone]);
    }
    let string = |text: &str| toml::Value::String(text.to_owned());
    let fields = [("kind", string(kind.as_str())), ("date", toml::Value::Datetime(date)), ("note", string(note))];
    let (bare, _) = Document::read(document.path.clone(), text.as_bytes());
    text = edit::apply(&text, &[edit::append_table(&bare, "changes", &fields)]);
    let (after, findings) = Document::read(document.path.clone(), text.as_bytes());
    (findings.is_empty() && after.tables_of("changes").len() == public + 1).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    fn read(changes: &str, body: &str) -> Document {
        let text = format!("+++\ntitle = \"Ferry\"\n{changes}\n[desk]\nstage = \"published\"\n+++\n{body}\n");
        Document::read(RepoPath::new("articles/a/index.md").expect("a path"), text.as_bytes()).0
    }

    #[test]
    fn a_corrected_figure_stands_in_the_note() {
        #[track_caller]
        fn check(before: &str, after: &str, note: &str, expected: &[&str]) {
            assert_eq!(untold_figures(&read("", before), &read("", after), note), expected);
        }
        check("Nine of 9 ships.", "Eight of 8 ships.", "There are 8 ships, not 9.", &[]);
        check("All 9 ships.", "All 8 ships.", "The number was wrong.", &["8"]);
        check("It cost $1,200.50.", "It cost $1,300.50.", "It cost $1,300.50.", &[]);
        check("The ship.", "The ship of 1912.", "It is an old ship.", &[]);
    }

    #[test]
    fn a_note_is_added_and_gives_way_until_readers_have_seen_it() {
        let old = "[[changes]]\nkind = \"update\"\nnote = \"More.\"\n";
        for (changes, public) in [("", 0), (old, 1)] {
            let before = read(changes, "Words.");
            let say = |document: &Document, note| {
                noted(document, public, Amendment::Correction, "2026-07-25T10:00:00+00:00", note).expect("noted")
            };
            let first = Document::read(before.path.clone(), say(&before, "It was \"June\".").as_bytes()).0;
            let second = Document::read(before.path.clone(), say(&first, "It was May.").as_bytes()).0;
            assert!(keeps_notes(&before, &second) && !keeps_notes(&first, &second));
            let notes: Vec<_> = second.tables_of("changes").iter().filter_map(|one| one.text("note")).collect();
            assert_eq!(notes.last(), Some(&"It was May."));
            assert_eq!(notes.len(), public + 1);
        }
        assert_eq!(noted(&read("changes = []", "Words."), 0, Amendment::Update, "2026-07-25T10:00:00Z", "x"), None);
    }
}

//! What differs between two versions of an article, in words: front matter field by field, the body paragraph by
//! paragraph and then word by word.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::Document;
use super::front::{Data, Table};
use super::kept::Kept;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// They stand in both.
    Same(String),
    /// They stood only in the older one.
    Gone(String),
    /// They stand only in the newer one.
    Come(String),
}

impl Run {
    /// What leads from one text to the other, word by word.
    pub fn between(old: &str, new: &str) -> Vec<Self> {
        words(old, new)
    }
}

/// One place that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where, as an editor says it: `title`, `photos`, `paragraph 4`.
    pub place: String,
    /// Its words in order.
    pub runs: Vec<Run>,
}

impl Passage {
    /// Where what readers are told of changes stands.
    pub const NOTES: &str = "notes to readers";
}

/// All that differs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The places, in the order of the newer version.
    pub passages: Vec<Passage>,
}

impl Difference {
    /// What differs from `old` to `new`, the lines that desk keeps left out.
    pub fn between(old: &Document, new: &Document) -> Self {
        let mut passages = fields(&old.front, &new.front);
        passages.extend(paragraphs(old.body_text(), new.body_text()));
        Self { passages }
    }

    /// Whether no word differs.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// How many words differ, what is told about them left out: in each place those that came or those that went, whichever are more.
    pub fn words(&self) -> usize {
        let count = |text: &String| text.split_whitespace().count();
        let passages = self.passages.iter().filter(|passage| passage.place != Passage::NOTES);
        passages
            .map(|passage| {
                let (mut gone, mut come) = (0, 0);
                for run in &passage.runs {
                    match run {
                        Run::Same(_) => {}
                        Run::Gone(text) => gone += count(text),
                        Run::Come(text) => come += count(text),
                    }
                }
                gone.max(come)
            })
            .sum()
    }
}

fn fields(old: &Table, new: &Table) -> Vec<Passage> {
    let kept = |key: &str| Kept::ALL.iter().any(|kept| kept.path() == key);
    let mut keys: Vec<&str> = new.fields.iter().map(|field| field.key.as_str()).collect();
    keys.extend(old.fields.iter().map(|field| field.key.as_str()).filter(|key| new.get(key).is_none()));
    keys.into_iter()
        .filter(|key| !kept(key))
        .filter_map(|key| {
            if key == "changes" {
                return notes(old, new);
            }
            let (before, after) = (shown(old, key), shown(new, key));
            (before != after).then(|| Passage { place: key.to_owned(), runs: words(&before, &after) })
        })
        .collect()
}

/// The change records that differ; those that stay as they were are left out.
fn notes(old: &Table, new: &Table) -> Option<Passage> {
    let told = |table: &Table| match table.get("changes").map(|value| &value.data) {
        Some(Data::Array(values)) if values.iter().all(|value| matches!(value.data, Data::Table(_))) => {
            values.iter().filter_map(|value| value.as_table()).map(told).collect()
        }
        Some(_) => vec![shown(table, "changes")],
        None => Vec::new(),
    };
    let mut runs = Vec::new();
    for (_, changed) in lists(&told(old), &told(new)) {
        if !runs.is_empty() {
            runs.push(Run::Same(" / ".to_owned()));
        }
        runs.extend(changed);
    }
    (!runs.is_empty()).then(|| Passage { place: Passage::NOTES.to_owned(), runs })
}

/// A field's value as it can be read; of the `[desk]` table without its stage.
fn shown(table: &Table, key: &str) -> String {
    let Some(value) = table.get(key) else { return String::new() };
    match &value.data {
        Data::String(text) => text.clone(),
        Data::Table(inner) if key == "desk" => {
            let rest: Vec<_> = inner.fields.iter().filter(|field| field.key != "stage").collect();
            rest.iter().map(|field| format!("{} = {}", field.key, field.value.to_json())).collect::<Vec<_>>().join(", ")
        }
        Data::Array(values) => values
            .iter()
            .map(|value| match &value.data {
                Data::Table(inner) => {
                    let all =
                        inner.fields.iter().map(|field| format!("{}: {}", field.key, plain(&field.value.to_json())));
                    all.collect::<Vec<_>>().join(", ")
                }
                _ => plain(&value.to_json()),
            })
            .collect::<Vec<_>>()
            .join("; "),
        _ => plain(&value.to_json()),
    }
}

/// A change record as it is read: `correction: It is berth 5.`
fn told(record: &Table) -> String {
    let text = |key| record.text(key).unwrap_or_default();
    let corrects = record.get("corrects").map(|other| format!(" (corrects {})", plain(&other.to_json())));
    format!("{}{}: {}", text("kind"), corrects.unwrap_or_default(), text("note"))
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn paragraphs(old: &str, new: &str) -> Vec<Passage> {
    let passage = |(at, runs)| Passage { place: format!("paragraph {}", at + 1), runs };
    lists(&split(old), &split(new)).into_iter().map(passage).collect()
}

/// The members of two lists that differ, each with its place in the newer one.
fn lists(before: &[String], after: &[String]) -> Vec<(usize, Vec<Run>)> {
    let mut all = Vec::new();
    let mut put = |at: usize, runs: Vec<Run>| all.push((at, runs));
    for op in capture_diff_slices(Algorithm::Myers, before, after) {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let pairs = old.len().min(new.len());
        for at in 0..pairs {
            put(new.start + at, words(&before[old.start + at], &after[new.start + at]));
        }
        for (at, come) in after.iter().enumerate().take(new.end).skip(new.start + pairs) {
            put(at, vec![Run::Come(come.clone())]);
        }
        for gone in &before[old.start + pairs..old.end] {
            put(new.end.saturating_sub(1), vec![Run::Gone(gone.clone())]);
        }
    }
    all
}

fn split(text: &str) -> Vec<String> {
    super::paragraph::split(text).into_iter().map(|paragraph| paragraph.words).collect()
}

fn words(old: &str, new: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    let flush = |gone: &mut String, come: &mut String, runs: &mut Vec<Run>| {
        if !gone.is_empty() {
            runs.push(Run::Gone(std::mem::take(gone)));
        }
        if !come.is_empty() {
            runs.push(Run::Come(std::mem::take(come)));
        }
    };
    let diff = TextDiff::from_words(old, new);
    let mut changes = diff.iter_all_changes().peekable();
    while let Some(change) = changes.next() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Delete => gone.push_str(text),
            ChangeTag::Insert => come.push_str(text),
            // A lone space between two changes belongs to them: one change of two words, not two of one.
            ChangeTag::Equal
                if text.trim().is_empty()
                    && !(gone.is_empty() && come.is_empty())
                    && changes.peek().is_some_and(|next| next.tag() != ChangeTag::Equal) =>
            {
                gone.push_str(text);
                come.push_str(text);
            }
            ChangeTag::Equal => {
                flush(&mut gone, &mut come, &mut runs);
                match runs.last_mut() {
                    Some(Run::Same(last)) => last.push_str(text),
                    _ => runs.push(Run::Same(text.to_owned())),
                }
            }
        }
    }
    flush(&mut gone, &mut come, &mut runs);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    fn read(text: &str) -> Document {
        Document::read(RepoPath::new("articles/a/index.md").expect("sound"), text.as_bytes()).0
    }

    #[test]
    fn one_word_is_one_word() {
        let old = read("+++\ntitle = \"A\"\ndraft = true\n+++\nOne.\n\nThe contractor stole the deposit.\n");
        let new = read("+++\ntitle = \"A\"\ndraft = false\n+++\nOne.\n\nThe contractor took the deposit.\n");
        let difference = Difference::between(&old, &new);
        assert_eq!(difference.words(), 1);
        let runs = |text: &str| text.to_owned();
        assert_eq!(
            difference.passages,
            [Passage {
                place: "paragraph 2".to_owned(),
                runs: vec![
                    Run::Same(runs("The contractor ")),
                    Run::Gone(runs("stole")),
                    Run::Come(runs("took")),
                    Run::Same(runs(" the deposit.")),
                ],
            }]
        );
    }

    #[test]
    fn fields_and_paragraphs_that_come_and_go_are_named() {
        let old = read("+++\ntitle = \"Old title\"\n+++\nOne.\n\nTwo.\n");
        let new = read("+++\ntitle = \"New title\"\ntags = [\"a\", \"b\"]\n+++\nOne.\n\nTwo.\n\nThree.\n");
        let difference = Difference::between(&old, &new);
        let places: Vec<_> = difference.passages.iter().map(|passage| passage.place.as_str()).collect();
        assert_eq!(places, ["title", "tags", "paragraph 3"]);
        assert!(Difference::between(&new, &new).is_empty());
    }

    #[test]
    fn of_the_notes_only_those_that_differ_are_told() {
        let note = |kind: &str, note: &str| format!("[[changes]]\nkind = \"{kind}\"\nnote = \"{note}\"\n");
        let document = |notes: &[String]| read(&format!("+++\ntitle = \"A\"\n{}+++\nWords.\n", notes.concat()));
        let (first, second) = (note("correction", "It is 8."), note("update", "More."));
        let two = document(&[first.clone(), second.clone()]);
        let of = |old: &Document, new: &Document| Difference::between(old, new).passages;
        let come = |text: &str| Run::Come(text.to_owned());
        let passage = |runs| vec![Passage { place: Passage::NOTES.to_owned(), runs }];
        assert_eq!(of(&document(std::slice::from_ref(&first)), &two), passage(vec![come("update: More.")]));
        let third = document(&[first, second, note("refile", "A comma."), note("update", "Yet more.")]);
        let more = vec![come("refile: A comma."), Run::Same(" / ".to_owned()), come("update: Yet more.")];
        assert_eq!(of(&two, &third), passage(more));
        assert_eq!(of(&two, &two), []);
    }

    proptest::proptest! {
        #[test]
        fn a_difference_leads_from_one_text_to_the_other(old in "[a-c \n]{0,40}", new in "[a-c \n]{0,40}") {
            let runs = words(&old, &new);
            let side = |keep: fn(&Run) -> bool| -> String {
                runs.iter().filter(|run| keep(run)).map(|run| match run {
                    Run::Same(text) | Run::Gone(text) | Run::Come(text) => text.as_str(),
                }).collect()
            };
            proptest::prop_assert_eq!(side(|run| !matches!(run, Run::Come(_))), old);
            proptest::prop_assert_eq!(side(|run| !matches!(run, Run::Gone(_))), new);
        }
    }
}

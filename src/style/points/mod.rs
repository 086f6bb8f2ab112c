//! What rules may extend: one file for each way of looking at words.

mod capitalization;
mod conditional;
mod consistency;
mod existence;
mod metric;
mod occurrence;
mod repetition;
mod spelling;
mod substitution;

use std::collections::BTreeSet;
use std::ops::Range;

use super::action::Action;
use super::fields::Fields;
use super::message::fill;
use super::pattern::{Exhausted, Pattern};
use super::scope::Scope;
use super::shelf::Shelf;
use super::statistics::Statistics;
use super::text::{Letters, Text};
use super::vocabulary::Vocabulary;

/// The words that a rule may extend, and what reads the rest of its file.
const POINTS: [(&str, Read); 10] = [
    ("existence", existence::read),
    ("substitution", substitution::read),
    ("occurrence", occurrence::read),
    ("repetition", repetition::read),
    ("consistency", consistency::read),
    ("conditional", conditional::read),
    ("capitalization", capitalization::read),
    ("metric", metric::read),
    ("readability", metric::read_grades),
    ("spelling", spelling::read),
];

/// What the format knows beside and desk does not do.
const UNDONE: [(&str, &str); 2] =
    [("sequence", "desk does not tag parts of speech"), ("script", "desk runs no scripts")];

/// Reads what is particular to one way of looking; none when it cannot be used, which the fields then say.
type Read = fn(&Fields<'_>, &Surroundings<'_>) -> Option<Box<dyn Point>>;

/// What a rule is read with.
pub(super) struct Surroundings<'a> {
    pub(super) name: &'a str,
    pub(super) shelf: &'a Shelf,
    pub(super) vocabulary: &'a Vocabulary,
}

/// Reads what a rule extends.
pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let name = fields.text("extends")?;
    if let Some((_, read)) = POINTS.iter().find(|(known, _)| *known == name) {
        return read(fields, around);
    }
    match UNDONE.iter().find(|(known, _)| *known == name) {
        Some((_, why)) => {
            fields.unsupported(fields.span("extends"), format!("`extends: {name}` is not supported: {why}"));
        }
        None => fields.wrong(fields.span("extends"), format!("there is no `{name}` that a rule could extend")),
    }
    None
}

/// Words to look at.
pub(super) struct Chunk<'a> {
    /// The words.
    pub(super) words: &'a str,
    pub(super) letters: Letters,
    /// What they are part of, and where in it they begin.
    pub(super) text: &'a Text,
    pub(super) at: usize,
}

/// What rules remember of an article while they read it.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Words that have been spelt out.
    pub(super) defined: BTreeSet<String>,
    /// Which of two spellings were seen: the rule, the pair, the side.
    pub(super) sides: BTreeSet<(String, usize, usize)>,
}

/// What a rule found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where in the chunk; none when it is about the whole article.
    pub(super) at: Option<Range<usize>>,
    /// The words for its message.
    pub(super) words: Vec<String>,
    /// What may stand there instead.
    pub(super) instead: Vec<String>,
    /// The message, where it is not the rule's own.
    pub(super) message: Option<String>,
}

/// What all rules have, as far as looking needs it.
pub(super) struct Frame<'a> {
    pub(super) rule: &'a str,
    pub(super) message: &'a str,
    pub(super) action: &'a Action,
}

/// One way of looking at words.
pub(super) trait Point: std::fmt::Debug + Send + Sync {
    /// What it finds in a chunk.
    fn look(&self, chunk: &Chunk<'_>, frame: &Frame<'_>, memory: &mut Memory) -> Result<Vec<Hit>, Exhausted>;

    /// What it finds by reckoning over the whole article.
    fn reckon(&self, _statistics: &Statistics) -> Vec<Hit> {
        Vec::new()
    }

    /// The pieces it reads, whatever the rule's file says.
    fn scope(&self) -> Option<Scope> {
        None
    }

    /// The patterns of which one must match in a chunk for it to find or remember anything there; none when that cannot
    /// be told.
    fn needs(&self) -> Option<Vec<&Pattern>> {
        None
    }
}

impl Hit {
    /// Found at `range`, with the words there and what the rule would do with them.
    pub(super) fn of(chunk: &Chunk<'_>, range: Range<usize>, frame: &Frame<'_>) -> Self {
        let found = chunk.words[range.clone()].to_owned();
        let instead = frame.action.outcome(&found).unwrap_or_default();
        let second = match instead.as_slice() {
            [one] => one.clone(),
            [] => found.clone(),
            several => super::message::either(several),
        };
        let words = if matches!(frame.action, Action::None) { vec![found] } else { vec![found, second] };
        Self { at: Some(range), words, instead, message: None }
    }

    /// Its message.
    pub(super) fn message(&self, frame: &Frame<'_>) -> String {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        fill(self.message.as_deref().unwrap_or(frame.message), &words)
    }
}

/// The exceptions and the accepted words that a rule heeds.
fn exceptions(fields: &Fields<'_>, around: &Surroundings<'_>) -> super::vocabulary::Exceptions {
    let own = fields.texts("exceptions");
    let heeds = fields.truth("vocab", true);
    let accepted = if heeds { around.vocabulary.accepted.as_slice() } else { &[] };
    let words = own.iter().map(|(word, _)| *word).chain(accepted.iter().map(String::as_str));
    super::vocabulary::Exceptions::new(words).unwrap_or_else(|why| {
        fields.wrong(fields.span("exceptions"), format!("the exceptions cannot be read: {why}"));
        super::vocabulary::Exceptions::default()
    })
}

/// Compiles a pattern that stands at `key`, or says why it does not compile.
fn compile(fields: &Fields<'_>, key: &str, pattern: String) -> Option<Pattern> {
    match Pattern::new(pattern) {
        Ok(pattern) => Some(pattern),
        Err(why) => {
            fields.wrong(fields.span(key), format!("`{key}` cannot be read as a pattern: {why}"));
            None
        }
    }
}

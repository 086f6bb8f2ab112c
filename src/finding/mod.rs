//! What `desk check` says about a place in an article, as plain values.
//!
//! Owns [`Finding`], its [`Level`], its byte [`Span`] and its [`Fix`]. It never renders one, never decides an exit
//! code, and knows no other room: every room may speak of findings because this one speaks of nothing.

mod nearest;

use std::ops::Range;

pub use nearest::nearest;

/// A half-open range of bytes in one file, as stored (fences, byte order mark and line ends included).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        Self { start, end }
    }

    /// The empty span at `at`: a place where something is missing.
    pub fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// The same span, `by` bytes further into the file.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// As a range, to index text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// How much a finding weighs. Ordered: a note is less than an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; holds nothing.
    Note,
    /// Worth a look before the next move; holds nothing unless asked to.
    Warning,
    /// Holds the move it stands before.
    Error,
}

impl Level {
    /// The word for it: `note`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether a fix may be made without a person reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Mechanical: no reader could notice but by comparing bytes.
    Safe,
    /// Changes words: a person reads it first.
    Unsafe,
}

/// One replacement of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes in their place.
    pub text: String,
}

impl Edit {
    /// Puts `text` where `span` was.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Puts `text` in at a place.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), text)
    }

    /// Takes the bytes of `span` out.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// A way to mend what a finding says, ready to apply.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fix {
    /// Replacements, none overlapping another.
    pub edits: Vec<Edit>,
    /// Whether it may be applied unread.
    pub safety: Safety,
}

/// A second place that explains the first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there, as a lower-case phrase.
    pub message: String,
}

/// One thing that `desk check` says, about one place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// The rule's name, which reads well after the word "allow": `photo-alt`.
    pub rule: String,
    /// How much it weighs at the stage the article is at.
    pub level: Level,
    /// A lower-case phrase without a full stop, names in backticks.
    pub message: String,
    /// The file, relative to the newsroom's root with `/` between its parts; none when it is about the whole newsroom.
    pub path: Option<String>,
    /// The bytes it is about; none when it is about the whole file.
    pub span: Option<Span>,
    /// What to write under the place, if the message above does not say it all.
    pub label: Option<String>,
    /// Other places that explain this one.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The same, ready to apply.
    pub fix: Option<Fix>,
    /// The first stage it would hold up when the article is not there yet: `review` or `published`.
    #[serde(deserialize_with = "stage_word")]
    pub holds: Option<StageWord>,
    /// The commit it was found in first, when commits were checked one by one.
    pub commit: Option<String>,
    /// The later commit that mended it. Its place is then one in the file as `commit` has it.
    pub mended: Option<String>,
    /// What names the words it is about, wherever they stand: what a baseline remembers of it. None while nobody needs it.
    pub mark: Option<u64>,
}

/// A stage that a finding holds an article from: `review` or `published`.
pub type StageWord = &'static str;

fn stage_word<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<StageWord>, D::Error> {
    let word: Option<String> = serde::Deserialize::deserialize(from)?;
    Ok(word.and_then(|word| ["review", "published"].into_iter().find(|known| *known == word)))
}

impl Finding {
    /// A finding of `rule` with no place yet.
    pub fn new(rule: impl Into<String>, level: Level, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            level,
            message: message.into(),
            path: None,
            span: None,
            label: None,
            labels: Vec::new(),
            help: None,
            fix: None,
            holds: None,
            commit: None,
            mended: None,
            mark: None,
        }
    }

    /// In this file.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// About these bytes.
    #[must_use]
    pub fn at(mut self, span: impl Into<Span>) -> Self {
        self.span = Some(span.into());
        self
    }

    /// With these words under the place.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With another place beside it.
    #[must_use]
    pub fn beside(mut self, span: impl Into<Span>, message: impl Into<String>) -> Self {
        self.labels.push(Label { span: span.into(), message: message.into() });
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a fix.
    #[must_use]
    pub fn fix(mut self, safety: Safety, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { edits, safety });
        self
    }
}

/// Where a byte stands for a person: line and column, both from 1, columns counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// The line and column of byte `at` in `text`; a place past the end is the end.
pub fn line_column(text: &str, at: usize) -> LineColumn {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    LineColumn {
        line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let text = "é1\nab";
        assert_eq!(line_column(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(line_column(text, 2), LineColumn { line: 1, column: 2 });
        assert_eq!(line_column(text, 4), LineColumn { line: 2, column: 1 });
        assert_eq!(line_column(text, 99), LineColumn { line: 2, column: 3 });
    }
}

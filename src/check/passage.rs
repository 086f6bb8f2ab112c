//! An article's words in pieces that are read on their own, each with its way back to the bytes of the file.

use std::cell::OnceCell;
use std::ops::Range;

use super::marks::Marks;
use super::phrases::Lexicon;
use super::runs::{Head, Run, Runs};
use super::subject::Piece;
use super::words::words;
use crate::article::{Block, BlockKind, Value};
use crate::finding::Span;

/// Words that are read on their own: a title, a caption, a paragraph.
#[derive(Debug, Clone)]
pub struct Passage<'a> {
    /// Where in the article it stands.
    pub part: Part,
    /// The words as a reader sees them.
    pub text: &'a str,
    /// What is known of its characters and words.
    pub marks: Marks,
    /// Its double quotation marks with their places.
    pub(super) quotes: Vec<(usize, char)>,
    origin: Origin<'a>,
    words: OnceCell<Vec<Word<'a>>>,
}

/// A word of a passage with its place in it.
pub(super) type Word<'a> = (Range<usize>, &'a str);

/// A part of an article that has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// The description under it.
    Description,
    /// A photo's caption.
    Caption,
    /// A heading in the body.
    Heading,
    /// A paragraph of the body.
    Paragraph,
    /// A paragraph in a list.
    Item,
    /// A row of a table.
    Row,
}

#[derive(Debug, Clone, Copy)]
enum Origin<'a> {
    /// A string in the front matter: its span, and where its first character stands when the file spells it plainly.
    Field {
        span: Span,
        plain: Option<usize>,
    },
    Block(&'a Block),
}

impl<'a> Passage<'a> {
    fn of_value(part: Part, value: &'a Value, file: &str) -> Option<Self> {
        let text = value.as_str()?;
        let raw = file.get(value.span.range())?;
        let plain = ["\"\"\"", "'''", "\"", "'"].into_iter().find_map(|quote| {
            let inner = raw.strip_prefix(quote)?.strip_suffix(quote)?;
            (inner == text).then_some(value.span.start + quote.len())
        });
        Some(Self::new(part, text, Origin::Field { span: value.span, plain }))
    }

    fn of_block(part: Part, block: &'a Block) -> Self {
        Self::new(part, &block.text, Origin::Block(block))
    }

    fn new(part: Part, text: &'a str, origin: Origin<'a>) -> Self {
        Self { part, text, marks: Marks::NONE, quotes: Vec::new(), origin, words: OnceCell::new() }
    }

    /// Walks over its words once, for everything that rules wish to know before they look: the marks of the passage, and
    /// the phrases that are sought, which are told by the number of their list.
    pub(super) fn survey(&mut self, lexicon: &Lexicon, mut say: impl FnMut(usize, Range<usize>)) {
        let mut runs = Runs::of(self.text);
        let mut last: Option<(Run, Head)> = None;
        let (mut is_twice, mut has_capitals) = (false, false);
        for run in runs.by_ref() {
            let head = run.head(self.text);
            if let Some((before, other)) = &last {
                is_twice |= match before.plain && run.plain {
                    true => other.is_like(&head),
                    false => may_be_same(before.of(self.text), run.of(self.text)),
                };
            }
            if run.plain {
                has_capitals |= head.capitals;
                lexicon.with_head(self.text, &run, &head, &mut say);
            }
            last = Some((run, head));
        }
        let found = [(is_twice, Marks::TWICE), (has_capitals, Marks::CAPITALS)];
        runs.marks = found.iter().filter(|(is, _)| *is).fold(runs.marks, |all, (_, mark)| all.and(*mark));
        self.marks = runs.marks;
        self.quotes = runs.quotes;
    }

    /// Whether it has one of `marks`.
    pub(super) fn has(&self, marks: Marks) -> bool {
        self.marks.have_any(marks)
    }

    /// Its words. Split once for all rules, and only if one wants them.
    pub(super) fn words(&self) -> &[Word<'a>] {
        self.words.get_or_init(|| words(self.text).collect())
    }

    /// The bytes in the file of `start..end` in the text.
    pub fn place(&self, start: usize, end: usize) -> Span {
        match self.origin {
            Origin::Field { plain: Some(first), .. } => Span::new(first + start, first + end),
            Origin::Field { span, plain: None } => span,
            Origin::Block(block) => block.place(start, end),
        }
    }

    /// Whether a cell of a table ends between `start` and `end`.
    pub fn has_edge_between(&self, start: usize, end: usize) -> bool {
        match self.origin {
            Origin::Field { .. } => false,
            Origin::Block(block) => block.cells.iter().any(|cell| (start..end).contains(&cell.end)),
        }
    }

    /// All of it in the file.
    pub fn span(&self) -> Span {
        match self.origin {
            Origin::Field { span, .. } => span,
            Origin::Block(block) => block.span,
        }
    }

    /// Whether it is a paragraph of the running text.
    pub fn is_running_text(&self) -> bool {
        self.part == Part::Paragraph
    }
}

/// Whether two words may be the same but for the case of their letters. Sigma has two small forms.
fn may_be_same(one: &str, other: &str) -> bool {
    let medial = |one: char| if one == '\u{3c2}' { '\u{3c3}' } else { one };
    let lower = one.chars().flat_map(char::to_lowercase).map(medial);
    lower.eq(other.chars().flat_map(char::to_lowercase).map(medial))
}

/// The words of `piece` in reading order.
pub(super) fn passages(piece: &Piece) -> Vec<Passage<'_>> {
    let document = &piece.document;
    let file = &*document.text;
    let mut all = Vec::with_capacity(piece.body.blocks.len() + 4);
    all.extend(document.field("title").and_then(|value| Passage::of_value(Part::Title, value, file)));
    all.extend(document.field("description").and_then(|value| Passage::of_value(Part::Description, value, file)));
    let captions = document.tables_of("photos").into_iter().filter_map(|photo| photo.get("caption"));
    all.extend(captions.filter_map(|value| Passage::of_value(Part::Caption, value, file)));
    all.extend(piece.body.blocks.iter().filter(|block| !block.quoted).filter_map(|block| {
        let part = match block.kind {
            BlockKind::Heading(_) => Part::Heading,
            BlockKind::Paragraph if block.listed => Part::Item,
            BlockKind::Paragraph => Part::Paragraph,
            BlockKind::TableRow => Part::Row,
            BlockKind::Code | BlockKind::Html | BlockKind::Rule => return None,
        };
        Some(Passage::of_block(part, block))
    }));
    all
}

//! An article's words in pieces that are read on their own, each with its way back to the bytes of the file.

use super::subject::Piece;
use crate::article::{Block, BlockKind, Value};
use crate::finding::Span;

/// Words that are read on their own: a title, a caption, a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// Where in the article it stands.
    pub part: Part,
    /// The words as a reader sees them.
    pub text: &'a str,
    origin: Origin<'a>,
}

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
        Some(Self { part, text, origin: Origin::Field { span: value.span, plain } })
    }

    fn of_block(part: Part, block: &'a Block) -> Self {
        Self { part, text: &block.text, origin: Origin::Block(block) }
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

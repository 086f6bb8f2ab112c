//! An article in the pieces that rules read, in reading order.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::scope::{Kind, Scope};
use super::text::Text;
use crate::article::sentences;
use crate::article::{Block, BlockKind, Body, CODE, Document, Value};
use crate::finding::Span;

/// A piece of an article.
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) text: Text,
    /// Where its sentences are; empty unless it is running text and a rule asks for them.
    pub(super) sentences: Vec<Range<usize>>,
}

/// An article laid out.
pub(super) struct Layout {
    /// What its front matter and its body say.
    pub(super) pieces: Vec<Piece>,
    /// How many pieces there are of each sort, for rules that reckon.
    pub(super) counts: Counts,
}

/// How many pieces there are of each sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) headings: [usize; 6],
    pub(super) items: usize,
    pub(super) quotes: usize,
    pub(super) code: usize,
}

/// Lays an article out for rules that read `scope` together.
pub(super) fn lay_out(document: &Document, body: &Body, scope: Scope) -> Layout {
    // Most blocks are one piece.
    let mut layout = Layout { pieces: Vec::with_capacity(body.blocks.len() + 8), counts: Counts::default() };
    front(document, &mut layout.pieces);
    for block in &body.blocks {
        lay_block(block, &document.text, &mut layout);
    }
    if scope.has(Kind::Sentence) {
        for piece in layout.pieces.iter_mut().filter(|piece| piece.kind == Kind::Text) {
            piece.sentences = sentences(&piece.text.words);
        }
    }
    if scope.has(Kind::Raw) {
        let text = raw(&document.text);
        layout.pieces.push(Piece { kind: Kind::Raw, text, sentences: Vec::new() });
    }
    layout
}

impl Layout {
    /// All running text, items and quotes together.
    pub(super) fn summary(&self) -> Text {
        let mut all = Text::empty(Span::at(0));
        for piece in self.pieces.iter().filter(|piece| matches!(piece.kind, Kind::Text | Kind::Item | Kind::Quote)) {
            if !all.words.is_empty() {
                all.join("\n\n");
            }
            all.append(&piece.text);
        }
        all.finished()
    }

    fn add(&mut self, kind: Kind, text: Text) {
        if !text.words.trim().is_empty() {
            self.pieces.push(Piece { kind, text: text.finished(), sentences: Vec::new() });
        }
    }
}

/// The words of the front matter that readers see.
fn front(document: &Document, pieces: &mut Vec<Piece>) {
    let mut add = |kind, value: Option<&Value>| {
        if let Some(text) = value.and_then(|value| field(value, &document.text)) {
            pieces.push(Piece { kind, text, sentences: Vec::new() });
        }
    };
    add(Kind::Title, document.field("title"));
    add(Kind::Description, document.field("description"));
    for photo in document.tables_of("photos") {
        add(Kind::Caption, photo.get("caption"));
        add(Kind::Alt, photo.get("alt"));
    }
}

fn field(value: &Value, file: &str) -> Option<Text> {
    let words = value.as_str().filter(|words| !words.trim().is_empty())?;
    let spelt = file.get(value.span.range())?;
    let first = ["\"\"\"", "'''", "\"", "'"].into_iter().find_map(|quote| {
        let inner = spelt.strip_prefix(quote)?.strip_suffix(quote)?;
        (inner == words).then_some(value.span.start + quote.len())
    });
    let mut text = Text::empty(value.span);
    text.push(words, first.map_or(value.span, |first| Span::new(first, first + words.len())));
    Some(text.finished())
}

fn raw(file: &str) -> Text {
    let mut text = Text::empty(Span::new(0, file.len()));
    let mut at = 0;
    while let Some(found) = file[at..].find('\r').map(|found| at + found) {
        text.push(&file[at..found], Span::new(at, found));
        let end = found + if file[found..].starts_with("\r\n") { 2 } else { 1 };
        text.push("\n", Span::new(found, end));
        at = end;
    }
    text.push(&file[at..], Span::new(at, file.len()));
    text.finished()
}

fn lay_block(block: &Block, file: &str, layout: &mut Layout) {
    for image in block.links.iter().filter(|link| link.image) {
        let mut text = Text::empty(image.span);
        for piece in &image.prose {
            text.push(&image.text[piece.at..piece.at + piece.length], piece.span);
        }
        layout.add(Kind::Alt, text);
    }
    let whole = 0..block.text.len();
    match block.kind {
        BlockKind::Code => layout.counts.code += 1,
        BlockKind::Html | BlockKind::Rule => {}
        BlockKind::TableRow => {
            for cell in &block.cells {
                let kind = if cell.heads { Kind::Head } else { Kind::Cell };
                layout.add(kind, words(block, file, cell.start..cell.end));
            }
        }
        _ if block.quoted => {
            layout.counts.quotes += 1;
            layout.add(Kind::Quote, words(block, file, whole));
        }
        _ if block.listed => {
            layout.counts.items += 1;
            layout.add(Kind::Item, words(block, file, whole));
        }
        BlockKind::Heading(level) => {
            let level = level.clamp(1, 6);
            layout.counts.headings[usize::from(level) - 1] += 1;
            layout.add(Kind::Heading(level), words(block, file, whole));
        }
        BlockKind::Paragraph => layout.add(Kind::Text, words(block, file, whole)),
    }
}

/// The words of a block, with its lines as the file has them and its code and bare addresses masked.
fn words(block: &Block, file: &str, range: Range<usize>) -> Text {
    let mut text = Text::empty(block.span);
    text.words.reserve(range.len());
    let pieces = block.prose.iter().filter(|piece| range.start <= piece.at && piece.at + piece.length <= range.end);
    for piece in pieces {
        let words = &block.text[piece.at..piece.at + piece.length];
        let spelt = file.get(piece.span.range()).unwrap_or_default();
        let mut code = [0; 4];
        if words == CODE.encode_utf8(&mut code) && spelt.starts_with('`') {
            text.mask(code_length(spelt), piece.span);
        } else if words == " " && spelt.starts_with(['\n', '\r']) {
            text.push("\n", piece.span);
        } else {
            push_words(&mut text, words, piece.span);
        }
    }
    text
}

/// How many characters code has.
fn code_length(spelt: &str) -> usize {
    let inner = spelt.trim_matches('`');
    let shorn =
        inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' ')).filter(|shorn| !shorn.trim().is_empty());
    shorn.unwrap_or(inner).chars().count()
}

/// Words with the addresses among them masked.
fn push_words(text: &mut Text, words: &str, span: Span) {
    let is_exact = span.end - span.start == words.len();
    let part = |range: Range<usize>| {
        if is_exact { Span::new(span.start + range.start, span.start + range.end) } else { span }
    };
    let mut at = 0;
    for address in addresses(words) {
        text.push(&words[at..address.start], part(at..address.start));
        at = address.end;
        text.mask(words[address.clone()].chars().count(), part(address));
    }
    text.push(&words[at..], part(at..words.len()));
}

/// What every address has in it, one or the other.
static ADDRESS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| [Finder::new("://"), Finder::new("www.")]);

/// Web addresses that stand in the text as they are.
fn addresses(words: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    if ADDRESS.iter().all(|sign| sign.find(words.as_bytes()).is_none()) {
        return all;
    }
    for (at, _) in words.match_indices(['h', 'f', 'w']) {
        let rest = &words[at..];
        let begins = ["http://", "https://", "ftp://", "www."].iter().any(|start| rest.starts_with(start));
        let free = words[..at].chars().next_back().is_none_or(|one| one.is_whitespace() || "(*_~\"'“‘[".contains(one));
        if !begins || !free || all.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let length = rest.find(|one: char| one.is_whitespace() || one == '<').unwrap_or(rest.len());
        let mut address = &rest[..length];
        loop {
            let shorter = address.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"', '”', '’']);
            let unopened = shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
            let shorter = if unopened { &shorter[..shorter.len() - 1] } else { shorter };
            if shorter.len() == address.len() {
                break;
            }
            address = shorter;
        }
        if address.contains('.') {
            all.push(at..at + address.len());
        }
    }
    all
}

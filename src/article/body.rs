//! The Markdown of an article as blocks of words, each word with its bytes in the file.
//!
//! CommonMark with the GitHub extensions, parsed by comrak. What a rule reads is [`Block::text`]: the words a reader
//! sees, without marks, code, raw HTML or the addresses of links; [`Block::place`] leads back to the bytes.

use comrak::nodes::{AstNode, NodeValue, Sourcepos};
use comrak::{Arena, Options, parse_document};

use super::Document;
use super::spelt::{Run, align};
use crate::finding::Span;

/// Stands in a block's text where code stood, so that words before and after it do not run together.
pub const CODE: char = '\u{fffc}';

/// How far from where comrak says a text may stand, in bytes.
const NEAR: usize = 8;

/// What kind of block it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// A row of a table.
    TableRow,
    /// Code, fenced or indented. Its text is empty.
    Code,
    /// A block of raw HTML. Its text is empty.
    Html,
    /// A line across.
    Rule,
}

/// A piece of a block's text that stands in the file as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prose {
    /// Where it begins in the block's text.
    pub at: usize,
    /// Its bytes in the file. As long as the piece itself, unless the file spells it with entities or escapes.
    pub span: Span,
    /// How long it is in the block's text.
    pub length: usize,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// All of it in the file.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
    /// The words that are linked, or the image's description.
    pub text: String,
    /// Where the words of an image's description stand; empty for a link, whose words stand in the block's text.
    pub prose: Vec<Prose>,
}

impl Link {
    /// The bytes in the file of `start..end` in an image's description.
    pub fn place(&self, start: usize, end: usize) -> Span {
        place(&self.prose, self.span, start, end)
    }
}

/// A paragraph, a heading or another block that has no block inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its bytes in the file.
    pub span: Span,
    /// The words a reader sees.
    pub text: String,
    /// Where these words stand.
    pub prose: Vec<Prose>,
    /// The links and images in it.
    pub links: Vec<Link>,
    /// Whether it stands in a block quotation.
    pub quoted: bool,
    /// Whether it stands in a list.
    pub listed: bool,
    /// Raw HTML among its words.
    pub html: Vec<Span>,
    /// The cells of a row of a table, each with where its words begin and end in the text.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Where its words begin in the row's text.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Whether it names a column.
    pub heads: bool,
}

impl Block {
    /// The bytes in the file of `start..end` in the block's text.
    pub fn place(&self, start: usize, end: usize) -> Span {
        place(&self.prose, self.span, start, end)
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        count_words(&self.text)
    }
}

/// The bytes in the file of `start..end` in the text that `prose` spells; `whole` is where all of it stands.
pub fn place(prose: &[Prose], whole: Span, start: usize, end: usize) -> Span {
    let at = |offset: usize, last: bool| {
        let after = prose.partition_point(|piece| if last { piece.at < offset } else { piece.at <= offset });
        let piece = prose.get(after.saturating_sub(1));
        piece.map_or(whole.start, |piece| {
            if piece.span.end - piece.span.start == piece.length {
                piece.span.start + offset.saturating_sub(piece.at).min(piece.length)
            } else if last {
                piece.span.end
            } else {
                piece.span.start
            }
        })
    };
    let first = at(start, false);
    Span::new(first, at(end, true).max(first))
}

/// How many words `text` has: runs of anything but blanks that hold a letter or a digit.
fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The blocks of an article's Markdown in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Body {
    /// Reads the Markdown of `document`.
    pub fn read(document: &Document) -> Self {
        let text = document.body_text();
        let arena = Arena::new();
        let root = parse_document(&arena, text, &Self::options());
        let places = Places::new(text, document.body.start);
        let mut body = Self::default();
        collect(root, &places, &mut body.blocks);
        body
    }

    /// The dialect: CommonMark with GitHub's tables, strikethrough, task lists and footnotes. Raw HTML is not passed on.
    pub fn options() -> Options<'static> {
        let mut options = Options::default();
        options.extension.strikethrough = true;
        options.extension.table = true;
        options.extension.tasklist = true;
        options.extension.footnotes = true;
        options
    }

    /// How many words a reader sees, headings included.
    pub fn words(&self) -> usize {
        self.blocks.iter().map(Block::words).sum()
    }

    /// Paragraphs that are not quoted: what the newsroom itself says.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && !block.quoted)
    }
}

/// From comrak's lines and columns to bytes of the file.
struct Places<'a> {
    text: &'a str,
    starts: Vec<usize>,
    offset: usize,
}

impl<'a> Places<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        let ends = text
            .bytes()
            .enumerate()
            .filter(|&(at, byte)| byte == b'\n' || (byte == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n')));
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts, offset }
    }

    fn byte(&self, line: usize, column: usize) -> usize {
        let mut at =
            (self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len()) + column).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// In the body's own text.
    fn local(&self, place: Sourcepos) -> Span {
        let start = self.byte(place.start.line, place.start.column.saturating_sub(1));
        let end = self.byte(place.end.line, place.end.column);
        Span::new(start, end.max(start))
    }

    fn span(&self, place: Sourcepos) -> Span {
        self.local(place).shifted(self.offset)
    }
}

/// How deep words are followed with their links in each other; deeper ones are still read, one after the other.
const DEEPEST: usize = 100;

/// The blocks below `root` in order. Without recursion: a line of ten thousand `>` is a file that anybody can write.
fn collect<'a>(root: &'a AstNode<'a>, places: &Places<'_>, blocks: &mut Vec<Block>) {
    let mut open = vec![(root, false, false)];
    while let Some((node, quoted, listed)) = open.pop() {
        let data = node.data.borrow();
        let kind = match &data.value {
            NodeValue::Paragraph => Some(BlockKind::Paragraph),
            NodeValue::Heading(heading) => Some(BlockKind::Heading(heading.level)),
            NodeValue::TableRow(_) => Some(BlockKind::TableRow),
            NodeValue::CodeBlock(_) => Some(BlockKind::Code),
            NodeValue::HtmlBlock(_) => Some(BlockKind::Html),
            NodeValue::ThematicBreak => Some(BlockKind::Rule),
            _ => None,
        };
        if let Some(kind) = kind {
            let mut block = Block {
                kind,
                span: places.span(data.sourcepos),
                text: String::new(),
                prose: Vec::new(),
                links: Vec::new(),
                quoted,
                listed,
                html: Vec::new(),
                cells: Vec::new(),
            };
            inline(node, places, 0, &mut block);
            blocks.push(block);
            continue;
        }
        let quoted = quoted || matches!(data.value, NodeValue::BlockQuote);
        let listed = listed || matches!(data.value, NodeValue::List(_));
        open.extend(node.reverse_children().map(|child| (child, quoted, listed)));
    }
}

fn inline<'a>(node: &'a AstNode<'a>, places: &Places<'_>, depth: usize, block: &mut Block) {
    if depth > DEEPEST {
        for below in node.descendants().skip(1) {
            word(below, places, block);
        }
        return;
    }
    for child in node.children() {
        let data = child.data.borrow();
        match &data.value {
            NodeValue::Link(link) | NodeValue::Image(link) => {
                let image = matches!(data.value, NodeValue::Image(_));
                let (url, from) = (link.url.clone(), block.text.len());
                let span = places.span(data.sourcepos);
                inline(child, places, depth + 1, block);
                let text = block.text[from..].to_owned();
                let mut prose = Vec::new();
                if image {
                    block.text.truncate(from);
                    let first = block.prose.partition_point(|piece| piece.at < from);
                    prose.extend(block.prose.drain(first..).map(|piece| Prose { at: piece.at - from, ..piece }));
                }
                block.links.push(Link { url, span, image, text, prose });
            }
            NodeValue::TableCell => {
                if !block.text.is_empty() {
                    push(block, " ", places, data.sourcepos);
                }
                let start = block.text.len();
                inline(child, places, depth + 1, block);
                let heads = matches!(&node.data.borrow().value, NodeValue::TableRow(true));
                block.cells.push(Cell { start, end: block.text.len(), heads });
            }
            _ => {
                word(child, places, block);
                inline(child, places, depth + 1, block);
            }
        }
    }
}

/// What `node` itself says.
fn word<'a>(node: &'a AstNode<'a>, places: &Places<'_>, block: &mut Block) {
    let data = node.data.borrow();
    match &data.value {
        NodeValue::Text(text) => push(block, text, places, data.sourcepos),
        NodeValue::SoftBreak | NodeValue::LineBreak => put(block, " ", places.span(data.sourcepos)),
        NodeValue::Code(_) => put(block, CODE.encode_utf8(&mut [0; 4]), places.span(data.sourcepos)),
        NodeValue::HtmlInline(_) => block.html.push(places.span(data.sourcepos)),
        NodeValue::Link(link) | NodeValue::Image(link) => {
            let image = matches!(data.value, NodeValue::Image(_));
            let (url, span) = (link.url.clone(), places.span(data.sourcepos));
            block.links.push(Link { url, span, image, text: String::new(), prose: Vec::new() });
        }
        _ => {}
    }
}

fn push(block: &mut Block, text: &str, places: &Places<'_>, place: Sourcepos) {
    let local = places.local(place);
    let same = |at: usize| places.text.get(at..at + text.len()) == Some(text);
    // Escapes before it in a table's row move where comrak says that it stands; what it is spelled with is near.
    let span = match (local.start..local.start + NEAR).find(|&at| same(at)) {
        Some(at) => Span::new(at, at + text.len()),
        None => match align(&places.text[local.range()], text) {
            Some(runs) => {
                let at = |run: &Run| Span::from(run.spelt.clone()).shifted(local.start + places.offset);
                runs.iter().for_each(|run| put(block, &text[run.words.clone()], at(run)));
                return;
            }
            None if local.end - local.start == text.len() => Span::at(local.start),
            None => local,
        },
    };
    put(block, text, span.shifted(places.offset));
}

fn put(block: &mut Block, text: &str, span: Span) {
    block.prose.push(Prose { at: block.text.len(), span, length: text.len() });
    block.text.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    fn body(markdown: &str) -> (Document, Body) {
        let text = format!("+++\ntitle = \"x\"\n+++\n{markdown}");
        let path = RepoPath::new("articles/a/index.md").expect("sound");
        let document = Document::read(path, text.as_bytes()).0;
        let body = Body::read(&document);
        (document, body)
    }

    #[test]
    fn words_lead_back_to_their_bytes() {
        let (document, body) =
            body("Ferry *fares* rise “4%”,\nsays [Jun](https://x.example/a) and `code`.\n\n> Quoted\n");
        let first = &body.blocks[0];
        assert_eq!(first.text, format!("Ferry fares rise “4%”, says Jun and {CODE}."));
        for word in ["fares", "“4%”", "Jun", "and"] {
            let at = first.text.find(word).expect("in the text");
            assert_eq!(&document.text[first.place(at, at + word.len()).range()], word);
        }
        assert_eq!(first.links[0].url, "https://x.example/a");
        assert!(body.blocks[1].quoted);
    }

    #[test]
    fn code_and_html_are_not_words() {
        let (_, body) = body("    draft TK\n\n<div>hidden TK</div>\n\n![alt](a.jpg) seen\n");
        let text: Vec<_> = body.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(text, ["", "", " seen"]);
        assert_eq!(body.words(), 1);
    }

    #[test]
    fn depth_breaks_nothing_and_hides_no_word() {
        for markdown in [
            format!("{}deep", "> ".repeat(20_000)),
            format!("{}deep", "- ".repeat(20_000)),
            format!("{}deep{}", "*a **a ".repeat(5_000), "**".repeat(5_000) + &"*".repeat(5_000)),
            format!("{}deep{}", "![".repeat(5_000), "](b)".repeat(5_000)),
            format!("{}deep", "[a](<b> \"".repeat(5_000)),
        ] {
            let (_, body) = body(&markdown);
            let said = |block: &Block| {
                block.text.contains("deep") || block.links.iter().any(|link| link.image || link.text.contains("deep"))
            };
            assert!(body.blocks.iter().any(said), "{}", &markdown[..20]);
        }
    }

    #[test]
    fn an_escaped_bar_in_a_table_moves_no_span_into_a_character() {
        let (document, body) = body("a\\|éa\n|-\t");
        for block in &body.blocks {
            for (at, one) in block.text.char_indices() {
                assert!(document.text.get(block.place(at, at + one.len_utf8()).range()).is_some(), "{at} {one:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_sound_spans(markdown in "[-a-zé\"*_`<>\\[\\]()&;#|\\\\ \n\r\t0-9]{0,80}") {
            let (document, body) = body(&markdown);
            for block in &body.blocks {
                for (at, one) in block.text.char_indices() {
                    let span = block.place(at, at + one.len_utf8());
                    proptest::prop_assert!(document.text.get(span.range()).is_some());
                }
            }
        }
    }
}

//! The article itself, for those who read it on a phone: its words, without anything that could act.

use super::markdown::{Place, clipped, code, fenced, piece};
use super::sheet::Sheet;
use super::{count, request};
use crate::article::{Block, BlockKind, Body, CODE, Cell, Document, Slug};

/// The most of the lines that are code or raw HTML.
const LINES: usize = 2_000;

/// The whole text, folded. Where there is no room for all of it, it ends with a whole paragraph and says so.
pub(super) fn fold(document: &Document, slug: &Slug, sheet: &mut Sheet) {
    let body = Body::read(document);
    let paragraphs: Vec<String> = body.blocks.iter().map(|block| paragraph(block, document)).collect();
    let paragraphs: Vec<String> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
    if paragraphs.is_empty() {
        return;
    }
    sheet.end(&format!("<details>\n<summary>The text, {}</summary>", count(body.words(), "word")));
    let left = sheet.paragraphs(&paragraphs);
    if left > 0 {
        sheet.end(&format!(
            "*{} more, for which there is no room here: {}*",
            count(left, "paragraph"),
            code(&format!("desk show {slug} --text"))
        ));
    }
    sheet.end("</details>");
}

fn paragraph(block: &Block, document: &Document) -> String {
    let source = || document.text.get(block.span.range()).unwrap_or_default();
    let mut text = match block.kind {
        BlockKind::Rule => "\\* \\* \\*".to_owned(),
        BlockKind::Code | BlockKind::Html => return fenced(&clipped(source().trim_end(), LINES)),
        BlockKind::TableRow => cells(block),
        BlockKind::Heading(_) => match spelt(block, document, Place::Within) {
            words if words.trim().is_empty() => String::new(),
            words => format!("**{}**", words.trim()),
        },
        BlockKind::Paragraph => spelt(block, document, Place::Start).trim().to_owned(),
    };
    for link in &block.links {
        let line = if link.image {
            format!("*picture: {} ({})*", request::field(&link.text), code(&clipped(&link.url, 300)))
        } else {
            format!("→ {}", code(&clipped(&link.url, 300)))
        };
        text = if text.is_empty() { line } else { format!("{text}\\\n{line}") };
    }
    let before = match (block.quoted, block.listed) {
        (true, _) => "> ",
        (false, true) => "- ",
        (false, false) => return text,
    };
    if text.is_empty() {
        text
    } else {
        format!("{before}{}", text.replace('\n', if before == "- " { "\n  " } else { "\n> " }))
    }
}

/// The words of a block, and its code as it is spelt.
fn spelt(block: &Block, document: &Document, place: Place) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (found, sign) in block.text.match_indices(CODE) {
        let here = if at == 0 { place } else { Place::Within };
        out += &piece(&block.text[at..found], here);
        let source = document.text.get(block.place(found, found + sign.len()).range()).unwrap_or_default();
        let inner = source.trim_matches('`').trim();
        out += &code(if inner.is_empty() { "code" } else { inner });
        at = found + sign.len();
    }
    out + &piece(&block.text[at..], if at == 0 { place } else { Place::Within })
}

fn cells(block: &Block) -> String {
    let text = |(at, cell): (usize, &Cell)| {
        let place = if at == 0 { Place::Start } else { Place::Within };
        piece(block.text.get(cell.start..cell.end).unwrap_or_default(), place)
    };
    block.cells.iter().enumerate().map(text).collect::<Vec<_>>().join(" &#124; ").trim().to_owned()
}

//! Words with their emphasis and links, as Markdown beside the same words bare.

use super::parts;
use super::tree::{Data, NodeId, Tree, collapse};
use crate::import::escape;

/// A run of words, once as Markdown and once without marks.
#[derive(Debug, Default, Clone)]
pub(super) struct Inline {
    pub(super) markdown: String,
    pub(super) words: String,
}

impl Inline {
    fn push(&mut self, markdown: &str, words: &str) {
        if markdown.starts_with('[') && self.markdown.ends_with('!') {
            self.markdown.pop();
            self.markdown.push_str("\\!");
        }
        self.markdown.push_str(markdown);
        self.words.push_str(words);
    }

    pub(super) fn push_text(&mut self, text: &str) {
        let text = collapse(text);
        let text =
            if self.words.is_empty() || self.words.ends_with(' ') { text.trim_start_matches(' ') } else { &text };
        self.push(&escape::inline(text), text);
    }
}

/// A link that leads nowhere from here, or that a page must not bring along.
#[derive(Debug)]
pub(super) struct LooseLink {
    pub(super) address: String,
    pub(super) line: usize,
}

/// Reads one node of a paragraph into `out`. What is no word (images, code) is left to `skip`.
pub(super) fn read(
    tree: &Tree,
    id: NodeId,
    out: &mut Inline,
    loose: &mut Vec<LooseLink>,
    skip: &mut dyn FnMut(NodeId) -> bool,
) {
    if let Data::Text(text) = &tree.node(id).data {
        out.push_text(text);
        return;
    }
    if skip(id) {
        return;
    }
    let name = tree.name(id);
    if name == "br" {
        out.push("\\\n", " ");
        return;
    }
    if matches!(name, "wbr" | "img") {
        return;
    }
    let mark = match name {
        "em" | "i" | "cite" | "dfn" => "*",
        "strong" | "b" => "**",
        "del" | "s" | "strike" => "~~",
        _ => "",
    };
    let link = if name == "a" { link(tree, id, loose) } else { None };
    if mark.is_empty() && link.is_none() {
        for &child in &tree.node(id).children {
            read(tree, child, out, loose, skip);
        }
        return;
    }
    let mut inner = Inline::default();
    for &child in &tree.node(id).children {
        read(tree, child, &mut inner, loose, skip);
    }
    let bare = inner.markdown.trim();
    if bare.is_empty() {
        // Blanks alone: they part the words around them.
        out.push_text(&tree.raw_text(id));
        return;
    }
    let blank = |is: bool| if is { " " } else { "" };
    let starts = blank(starts_blank(tree, id) && !out.words.is_empty() && !out.words.ends_with(' '));
    let ends = blank(inner.words.ends_with(' '));
    let marked = match link {
        Some(address) => format!("{starts}[{bare}](<{address}>){ends}"),
        None => format!("{starts}{mark}{bare}{mark}{ends}"),
    };
    if starts.is_empty() {
        out.push(&marked, &inner.words);
    } else {
        out.push(" ", " ");
        out.push(&marked[1..], &inner.words);
    }
}

/// Whether the text in `id` begins with a blank.
fn starts_blank(tree: &Tree, id: NodeId) -> bool {
    tree.raw_text(id).starts_with([' ', '\n', '\t', '\r'])
}

/// Where a link leads, if a reader of the article can follow it.
fn link(tree: &Tree, id: NodeId, loose: &mut Vec<LooseLink>) -> Option<String> {
    let address = tree.attribute(id, "href")?.trim();
    if address.is_empty() || address.starts_with('#') || parts::holds_block(tree, id) {
        return None;
    }
    let lower = address.to_ascii_lowercase();
    if !["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        loose.push(LooseLink { address: address.to_owned(), line: tree.node(id).line });
        return None;
    }
    let mut safe = String::with_capacity(address.len());
    for one in address.chars() {
        match one {
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            ' ' => safe.push_str("%20"),
            _ if one.is_control() => {}
            _ => safe.push(one),
        }
    }
    Some(safe)
}

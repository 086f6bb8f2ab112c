//! The story's paragraphs, sub-heads, lists, quotations and photos, in the order of the page.

use std::collections::HashSet;

use super::inline::{self, Inline};
use super::parts;
use super::tree::{self, Data, NodeId, Tree};
use crate::import::caption::{self, Sureness};
use crate::import::text::{self, is_blank};
use crate::import::{Doubt, Imported, Photo, Why, escape, furniture};

/// What is known while the page is walked.
pub(super) struct Story<'a> {
    pub(super) tree: &'a Tree,
    pub(super) imported: Imported,
    /// Elements that went to a field.
    pub(super) taken: HashSet<NodeId>,
    /// Paragraphs that stood already.
    pub(super) seen: HashSet<String>,
    /// Photos that stood already.
    pub(super) addresses: HashSet<String>,
    /// How much text all paragraphs of the page have.
    pub(super) weight: usize,
    /// Whether the first paragraph was met.
    pub(super) begun: bool,
}

impl Story<'_> {
    /// Reads what stands in `id`, block by block.
    pub(super) fn blocks(&mut self, id: NodeId) -> Vec<String> {
        let tree = self.tree;
        let mut out = Vec::new();
        let mut run = Inline::default();
        for &child in &tree.node(id).children {
            if self.is_inline(child) {
                self.inline(child, &mut run);
                continue;
            }
            self.flush(&mut run, id, &mut out);
            if !self.leaves_out(child) {
                self.block(child, &mut out);
            }
        }
        self.flush(&mut run, id, &mut out);
        out
    }

    fn is_inline(&self, id: NodeId) -> bool {
        match &self.tree.node(id).data {
            Data::Text(_) => true,
            Data::Element { .. } => {
                let name = self.tree.name(id);
                !tree::is_block(name) && name != "img" && name != "picture" && !parts::holds_block(self.tree, id)
            }
            Data::Other => false,
        }
    }

    /// Whether `id` is no part of the story any more: it went to a field, or belongs to the page, and is listed.
    fn leaves_out(&mut self, id: NodeId) -> bool {
        if self.taken.contains(&id) {
            return true;
        }
        let Some(why) = parts::reason(self.tree, id) else { return false };
        let keeps = why != Why::Script
            && (parts::holds(self.tree, id, &self.taken) || 2 * parts::weight(self.tree, id) > self.weight);
        if keeps {
            return false;
        }
        self.remove(id, why);
        true
    }

    /// Lists an element with all that stands in it.
    pub(super) fn remove(&mut self, id: NodeId, why: Why) {
        let node = self.tree.node(id);
        let words = match &node.data {
            Data::Text(text) => tree::collapse(text).trim_matches(is_blank).to_owned(),
            _ => self.tree.text(id),
        };
        let address = ["src", "data"].iter().find_map(|key| self.tree.attribute(id, key));
        let text = match (words.is_empty(), why, address) {
            (false, ..) => words,
            (true, Why::Embed, Some(address)) => shortened(address),
            _ => return,
        };
        self.imported.remove(text, node.line, why);
    }

    fn inline(&mut self, id: NodeId, run: &mut Inline) {
        let tree = self.tree;
        let mut loose = Vec::new();
        let mut images = Vec::new();
        inline::read(tree, id, run, &mut loose, &mut |inner| {
            if tree.name(inner) == "img" {
                images.push(inner);
            }
            self.leaves_out(inner)
        });
        for link in loose {
            self.imported.doubt(link.address, link.line, Doubt::Link);
        }
        for image in images {
            self.photo(image, None);
        }
    }

    /// Ends a paragraph.
    fn flush(&mut self, run: &mut Inline, id: NodeId, out: &mut Vec<String>) {
        let run = std::mem::take(run);
        let line = self.tree.node(id).line;
        let words = text::clean(&run.words, line, &mut self.imported);
        if words.is_empty() {
            return;
        }
        if furniture::is_furniture(&words) {
            return self.imported.remove(words, line, Why::Furniture);
        }
        if words.len() >= 40 && !self.seen.insert(words.clone()) {
            return self.imported.remove(words, line, Why::Duplicate);
        }
        let is_caption = self.tree.classes(id).iter().any(|class| class.contains("caption"));
        let waiting = self.imported.photos.last_mut().filter(|photo| is_caption && photo.caption.is_none());
        if let Some(photo) = waiting {
            (photo.caption, photo.credit) = caption_and_credit(&words);
            return;
        }
        let mut markdown = visible(&run.markdown);
        let mut story = words.as_str();
        if !std::mem::replace(&mut self.begun, true) && self.imported.dateline.is_none() {
            let rest = self.imported.take_dateline(&words, line);
            let head = &words[..words.len() - rest.len()];
            // The dash may stand in bold: then the words are kept without it.
            markdown = markdown.strip_prefix(head).map_or_else(|| escape::paragraph(rest), str::to_owned);
            story = rest;
        }
        self.imported.notice_unnamed(story, line);
        out.push(self.paragraph(&markdown, story, line));
    }

    /// The Markdown when it says these words, else the words alone.
    fn paragraph(&mut self, markdown: &str, words: &str, line: usize) -> String {
        let lines: Vec<String> = markdown.split('\n').map(escape::at_line_start).collect();
        let marked = lines.join("\n");
        if escape::renders_as(&marked, words) {
            return marked;
        }
        let start: String = words.chars().take(60).collect();
        self.imported.remove(format!("emphasis or links: {start}"), line, Why::Mark);
        escape::paragraph(words)
    }

    fn block(&mut self, id: NodeId, out: &mut Vec<String>) {
        match self.tree.name(id) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, out),
            "ul" | "ol" => self.list(id, out),
            "blockquote" => {
                let inner = self.blocks(id).join("\n\n");
                if !inner.is_empty() {
                    out.push(prefixed(&inner, "> ", "> "));
                }
            }
            "pre" => self.code(id, out),
            "table" => self.table(id, out),
            "hr" => out.push("---".to_owned()),
            "figure" => self.figure(id, out),
            "img" => self.photo(id, None),
            _ => {
                let inner = self.blocks(id);
                out.extend(inner);
            }
        }
    }

    fn heading(&mut self, id: NodeId, out: &mut Vec<String>) {
        let line = self.tree.node(id).line;
        let mut run = Inline::default();
        for &child in &self.tree.node(id).children {
            self.inline(child, &mut run);
        }
        let words = text::clean(&run.words, line, &mut self.imported);
        let level = self.tree.name(id)[1..].parse().unwrap_or(2);
        if words.is_empty() {
            return;
        }
        if self.imported.title.as_deref() == Some(&words) {
            return self.imported.remove(words, line, Why::Duplicate);
        }
        if furniture::is_furniture(&words) || furniture::opens_other_stories(&words) {
            return self.imported.remove(words, line, Why::Furniture);
        }
        out.push(escape::heading(level, &words));
    }

    fn list(&mut self, id: NodeId, out: &mut Vec<String>) {
        let tree = self.tree;
        let ordered = tree.name(id) == "ol";
        let mut items = Vec::new();
        for &child in &tree.node(id).children {
            if matches!(tree.node(child).data, Data::Other) || self.leaves_out(child) {
                continue;
            }
            let inner = match &tree.node(child).data {
                Data::Text(text) => vec![escape::paragraph(tree::collapse(text).trim_matches(is_blank))],
                _ => self.blocks(child),
            };
            let inner = inner.join("\n\n");
            if !inner.trim().is_empty() {
                let marker = if ordered { format!("{}. ", items.len() + 1) } else { "- ".to_owned() };
                items.push(prefixed(&inner, &marker, &" ".repeat(marker.len())));
            }
        }
        if !items.is_empty() {
            out.push(items.join("\n"));
        }
    }

    fn code(&mut self, id: NodeId, out: &mut Vec<String>) {
        let text: String =
            self.tree.raw_text(id).chars().filter(|&one| one == '\n' || one == '\t' || !one.is_control()).collect();
        if text.trim_matches(is_blank).is_empty() {
            return;
        }
        let longest = text.split(|one| one != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        out.push(format!("{fence}\n{}\n{fence}", text.trim_end_matches('\n')));
    }

    /// A line for each row: what a table says needs a person's eye anyway.
    fn table(&mut self, id: NodeId, out: &mut Vec<String>) {
        let tree = self.tree;
        let line = tree.node(id).line;
        let from = out.len();
        for row in tree.within(id).filter(|&inner| matches!(tree.name(inner), "tr" | "caption")) {
            let cells: Vec<String> = match tree.name(row) {
                "caption" => vec![tree.text(row)],
                _ => tree
                    .node(row)
                    .children
                    .iter()
                    .map(|&cell| tree.text(cell))
                    .filter(|cell| !cell.is_empty())
                    .collect(),
            };
            let cells = text::clean(&cells.join(" | "), tree.node(row).line, &mut self.imported);
            if !cells.is_empty() {
                out.push(escape::paragraph(&cells));
            }
        }
        if let Some(first) = out.get(from) {
            self.imported.doubt(first.clone(), line, Doubt::Table);
        }
    }

    fn figure(&mut self, id: NodeId, out: &mut Vec<String>) {
        let tree = self.tree;
        let find = |name: &str| tree.within(id).find(|&inner| tree.name(inner) == name);
        let (image, caption) = (find("img"), find("figcaption"));
        if let Some(image) = image {
            self.photo(image, caption);
            self.taken.extend(caption);
        }
        let images = tree.within(id).filter(|&inner| matches!(tree.name(inner), "img" | "source"));
        // The same photo in other sizes.
        self.taken.extend(images.take(usize::from(image.is_some()) * 64));
        let inner = self.blocks(id);
        out.extend(inner);
    }

    fn photo(&mut self, image: NodeId, caption: Option<NodeId>) {
        let tree = self.tree;
        let line = tree.node(image).line;
        let attribute = |key: &str| tree.attribute(image, key).map(str::trim).filter(|value| !value.is_empty());
        let real = |address: &&str| !address.starts_with("data:");
        let address = ["src", "data-src", "data-original"].into_iter().filter_map(attribute).find(real);
        let small = |key: &str| attribute(key).and_then(|size| size.parse::<u32>().ok()).is_some_and(|size| size <= 2);
        let alt = attribute("alt");
        if caption.is_none() && (small("width") || small("height") || address.is_none() && alt.is_none()) {
            return self.imported.remove(shortened(address.unwrap_or("an image")), line, Why::Pixel);
        }
        if address.is_some_and(|address| !self.addresses.insert(address.to_owned())) {
            return;
        }
        let mut photo = Photo { address: address.map(str::to_owned), alt: alt.map(str::to_owned), ..Photo::default() };
        if let Some(caption) = caption {
            (photo.caption, photo.credit) = self.caption(caption);
        }
        let about = photo.caption.as_ref().or(photo.address.as_ref()).or(photo.alt.as_ref());
        self.imported.doubt(about.cloned().unwrap_or_default(), line, Doubt::PhotoWithoutFile);
        self.imported.photos.push(photo);
    }

    /// A caption apart from its credit: an element of its own, or brackets at the end.
    fn caption(&mut self, id: NodeId) -> (Option<String>, Option<String>) {
        let tree = self.tree;
        let credits = |class: &String| matches!(class.as_str(), "credit" | "copyright" | "source" | "photographer");
        let credit = tree.within(id).skip(1).find(|&inner| tree.classes(inner).iter().any(credits));
        let line = tree.node(id).line;
        let whole = text::clean(&tree.text(id), line, &mut self.imported);
        let Some(credit) = credit.map(|credit| tree.text(credit)).filter(|credit| !credit.is_empty()) else {
            return caption_and_credit(&whole);
        };
        let rest = whole.strip_suffix(&credit).or_else(|| whole.strip_prefix(&credit));
        match rest.map(|rest| rest.trim_matches(is_blank)) {
            Some("") => (None, Some(credit)),
            Some(rest) => (Some(rest.to_owned()), Some(credit)),
            None => (Some(whole), None),
        }
    }
}

fn caption_and_credit(words: &str) -> (Option<String>, Option<String>) {
    match caption::split(words).filter(|found| found.sureness >= Sureness::Guess) {
        Some(found) => (Some(found.caption.to_owned()), Some(found.credit.to_owned())),
        None => (Some(words.to_owned()).filter(|words| !words.is_empty()), None),
    }
}

/// Markdown without control characters, blanks at its ends, and breaks that end nothing.
fn visible(markdown: &str) -> String {
    let visible: String = markdown.chars().filter(|&one| one == '\n' || one == '\t' || !one.is_control()).collect();
    // A line end stands only behind the backslash of a break.
    let blank = |one: char| is_blank(one) && one != '\n';
    let mut rest = visible.trim_matches(blank);
    while let Some(shorter) = rest.strip_suffix("\\\n").or_else(|| rest.strip_prefix("\\\n")) {
        rest = shorter.trim_matches(blank);
    }
    rest.to_owned()
}

/// Every line of `text` behind `rest`, the first behind `first`.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let prefix = if index == 0 { first } else { rest };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}

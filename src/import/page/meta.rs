//! What a page says about its story: headline, dek, byline, date. Then the story itself.

use std::collections::HashSet;

use super::blocks::Story;
use super::parts;
use super::tree::{self, Data, NodeId, ROOT, Tree};
use crate::import::{Doubt, Format, Imported, Unreadable, Why, byline};

/// Words in a class by which pages name the dek.
const DEK: &[&str] = &["dek", "deck", "standfirst", "subheadline", "subhead", "subtitle"];

/// Reads a page.
pub(in crate::import) fn read(name: &str, html: &str) -> Result<Imported, Unreadable> {
    let tree = Tree::read(name, html)?;
    let body = tree.within(ROOT).find(|&id| tree.name(id) == "body").unwrap_or(ROOT);
    let root = parts::story(&tree, body);
    let mut story = Story {
        tree: &tree,
        imported: Imported::empty(Format::Html),
        taken: HashSet::new(),
        seen: HashSet::new(),
        addresses: HashSet::new(),
        weight: parts::weight(&tree, body),
        begun: false,
    };
    story.scripts();
    story.title(root, body);
    story.dek(root, body);
    story.byline(root, body);
    story.date(root, body);
    story.section();
    story.outside(body, root);
    let blocks = story.blocks(root);
    let mut imported = story.imported;
    imported.body = blocks.iter().map(|block| format!("{block}\n")).collect::<Vec<_>>().join("\n");
    Ok(imported)
}

impl Story<'_> {
    /// Says once that code was left out: pages have dozens.
    fn scripts(&mut self) {
        let mut code = self.tree.within(ROOT).filter(|&id| matches!(self.tree.name(id), "script" | "style"));
        if let Some(first) = code.next() {
            let (many, line) = (1 + code.count(), self.tree.node(first).line);
            self.imported.remove(format!("scripts and styles: {many}"), line, Why::Script);
        }
    }

    /// The first that `wanted` accepts, in the story and then anywhere on the page.
    fn find(&self, root: NodeId, body: NodeId, wanted: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        let shown = |id: &NodeId| matches!(self.tree.node(*id).data, Data::Element { .. }) && self.is_shown(*id);
        self.tree.within(root).chain(self.tree.within(body)).filter(|&id| wanted(id)).find(shown)
    }

    /// Whether nothing around the element hides it or sets it apart from the story.
    fn is_shown(&self, id: NodeId) -> bool {
        std::iter::successors(Some(id), |&id| self.tree.node(id).parent)
            .all(|id| parts::reason(self.tree, id).is_none())
    }

    /// What a `meta` element says.
    fn meta(&self, names: &[&str]) -> Option<(String, usize)> {
        let tree = self.tree;
        names.iter().find_map(|wanted| {
            tree.within(ROOT).filter(|&id| tree.name(id) == "meta").find_map(|id| {
                let name = tree.attribute(id, "property").or_else(|| tree.attribute(id, "name"))?;
                let content = tree::collapse(tree.attribute(id, "content")?);
                let content = content.trim_matches(crate::import::text::is_blank);
                let found = name.eq_ignore_ascii_case(wanted) && !content.is_empty();
                found.then(|| (content.to_owned(), tree.node(id).line))
            })
        })
    }

    fn title(&mut self, root: NodeId, body: NodeId) {
        let tree = self.tree;
        if let Some(heading) = self.find(root, body, |id| tree.name(id) == "h1" && !tree.text(id).is_empty()) {
            self.imported.title = Some(tree.text(heading));
            self.taken.insert(heading);
            return;
        }
        let named = tree.within(ROOT).find(|&id| tree.name(id) == "title");
        // A `title` element's text is its only child.
        let text = |id: NodeId| match &tree.node(*tree.node(id).children.first()?).data {
            Data::Text(text) => Some((tree::collapse(text).trim().to_owned(), tree.node(id).line)),
            _ => None,
        };
        let found = self.meta(&["og:title"]).or_else(|| text(named?)).filter(|(title, _)| !title.is_empty());
        if let Some((title, line)) = found {
            self.imported.doubt(&title, line, Doubt::Title);
            self.imported.title = Some(title);
        }
    }

    fn dek(&mut self, root: NodeId, body: NodeId) {
        let tree = self.tree;
        let is_dek = |id: NodeId| {
            tree.classes(id).iter().any(|class| DEK.contains(&class.as_str()))
                && (1..=300).contains(&tree.text(id).chars().count())
                && !tree.within(id).any(|inner| tree.name(inner) == "h1")
        };
        if let Some(dek) = self.find(root, body, is_dek) {
            self.imported.description = Some(tree.text(dek));
            self.taken.insert(dek);
            return;
        }
        let Some((text, line)) = self.meta(&["description", "og:description"]) else { return };
        // Many pages repeat how the story begins: that is no dek.
        let begin: String = text.trim_end_matches(['.', '\u{2026}', ' ']).chars().take(60).collect();
        if !tree.text(root).contains(&begin) {
            self.imported.doubt(&text, line, Doubt::HiddenDescription);
            self.imported.description = Some(text);
        }
    }

    fn byline(&mut self, root: NodeId, body: NodeId) {
        let tree = self.tree;
        let is_byline = |id: NodeId| {
            let named =
                |class: &String| matches!(class.as_str(), "byline" | "author" | "authors" | "writer" | "reporter");
            let marked =
                tree.attribute(id, "rel") == Some("author") || tree.attribute(id, "itemprop") == Some("author");
            (marked || tree.classes(id).iter().any(named)) && read_byline(&tree.text(id)).is_some()
        };
        if let Some(found) = self.find(root, body, is_byline) {
            let line = tree.node(found).line;
            if let Some(byline) = read_byline(&tree.text(found)) {
                self.imported.authors = byline.names;
                byline.left_out.into_iter().for_each(|text| self.imported.remove(text, line, Why::Label));
                self.taken.insert(found);
            }
            return;
        }
        if let Some((text, _)) = self.meta(&["author", "article:author", "byl"]) {
            self.imported.authors = read_byline(&text).map(|byline| byline.names).unwrap_or_default();
        }
    }

    fn date(&mut self, root: NodeId, body: NodeId) {
        let tree = self.tree;
        // A time within a paragraph is a word of the story.
        let apart = |id: NodeId| {
            let parent = tree.node(id).parent.unwrap_or(id);
            tree.name(parent) != "p" || byline::is_date(&tree.text(parent))
        };
        let found = self.find(root, body, |id| tree.name(id) == "time" && apart(id));
        let from_page = found.map(|id| (tree.text(id), tree.node(id).line)).filter(|(text, _)| !text.is_empty());
        if from_page.is_some() {
            self.taken.extend(found);
        }
        let hidden = || self.meta(&["article:published_time", "date", "dc.date"]);
        if let Some((text, line)) = from_page.or_else(hidden) {
            self.imported.doubt(&text, line, Doubt::Date);
            self.imported.date = Some(text);
        }
    }

    fn section(&mut self) {
        if let Some((section, line)) = self.meta(&["article:section"]) {
            self.imported.doubt(&section, line, Doubt::Section);
            self.imported.section = Some(section);
        }
        let tree = self.tree;
        let tags = tree.within(ROOT).filter(|&id| tree.attribute(id, "property") == Some("article:tag"));
        self.imported.tags =
            tags.filter_map(|id| tree.attribute(id, "content")).map(|tag| tag.trim().to_owned()).collect();
    }

    /// Lists what stands around the story.
    fn outside(&mut self, id: NodeId, root: NodeId) {
        let keep: HashSet<NodeId> = self.taken.iter().copied().chain([root]).collect();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if keep.contains(&id) {
            } else if parts::holds(self.tree, id, &keep) {
                waiting.extend(self.tree.node(id).children.iter().rev());
            } else if self.tree.name(id) != "script" && self.tree.name(id) != "style" {
                let why = parts::reason(self.tree, id).filter(|why| *why != Why::Script).unwrap_or(Why::Furniture);
                self.remove(id, why);
            }
        }
    }
}

fn read_byline(text: &str) -> Option<byline::Byline> {
    byline::read(text).or_else(|| byline::names(text))
}

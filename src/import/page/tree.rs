//! A page as a tree. html5ever reads the page as browsers do; this keeps its elements in a list, each with the line it
//! stands in, and stops at pages made to exhaust a reader.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use crate::import::{Unreadable, text};

/// How deep elements may stand in each other. Real pages stay below a hundred.
const DEEPEST: usize = 400;

/// How many nodes a page may have. Real pages stay below fifty thousand.
const MOST_NODES: usize = 400_000;

/// How many attributes one tag may have: html5ever compares each with all before it.
const MOST_ATTRIBUTES: usize = 10_000;

/// How many bytes are read between two looks at the bounds: what a page can do to us in one such step is small.
const STEP: usize = 8 * 1024;

/// A node's place in the list.
pub(super) type NodeId = usize;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(String),
    /// The page itself, a template's inside, comments.
    Other,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) line: usize,
    pub(super) children: Vec<NodeId>,
    pub(super) parent: Option<NodeId>,
    depth: usize,
    template: Option<NodeId>,
}

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// The page itself.
pub(super) const ROOT: NodeId = 0;

impl Tree {
    /// Reads a page.
    pub(super) fn read(name: &str, html: &str) -> Result<Self, Unreadable> {
        if attributes_in_one_tag(html) > MOST_ATTRIBUTES {
            return Err(Unreadable::TooManyElements { name: name.to_owned() });
        }
        let sink =
            Sink { nodes: RefCell::new(vec![Node::new(Data::Other, 1)]), line: Cell::new(1), deepest: Cell::new(0) };
        // Without scripts, so that what stands in `noscript` is read as elements.
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let mut parser = parse_document(sink, ParseOpts { tree_builder, ..ParseOpts::default() });
        let mut rest = html;
        while !rest.is_empty() {
            let (step, after) = rest.split_at(rest.floor_char_boundary(STEP));
            parser.process(StrTendril::from(step));
            rest = after;
            let sink = &parser.tokenizer.sink.sink;
            if sink.deepest.get() > DEEPEST {
                return Err(Unreadable::TooDeep { name: name.to_owned() });
            }
            if sink.nodes.borrow().len() > MOST_NODES {
                return Err(Unreadable::TooManyElements { name: name.to_owned() });
            }
        }
        let tree = parser.finish();
        // Moving an element moves what is in it, so the depth is certain only now.
        match tree.depth() > DEEPEST {
            true => Err(Unreadable::TooDeep { name: name.to_owned() }),
            false => Ok(tree),
        }
    }

    fn depth(&self) -> usize {
        let mut waiting = vec![(ROOT, 0)];
        let mut deepest = 0;
        while let Some((id, depth)) = waiting.pop() {
            deepest = deepest.max(depth);
            waiting.extend(self.nodes[id].children.iter().map(|&child| (child, depth + 1)));
        }
        deepest
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// The element's name in small letters; empty for anything else.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The element's attribute called `key`.
    pub(super) fn attribute(&self, id: NodeId, key: &str) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Element { attributes, .. } => {
                attributes.iter().find(|one| &*one.name.local == key).map(|one| &*one.value)
            }
            _ => None,
        }
    }

    /// The words of its class and its id, in small letters.
    pub(super) fn classes(&self, id: NodeId) -> Vec<String> {
        ["class", "id"]
            .into_iter()
            .filter_map(|key| self.attribute(id, key))
            .flat_map(|names| names.split(|one: char| !one.is_ascii_alphanumeric()))
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect()
    }

    /// `id` and everything in it, in the order of the page.
    pub(super) fn within(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut waiting = vec![id];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(self.nodes[next].children.iter().rev());
            Some(next)
        })
    }

    /// The text in `id`, as it stands.
    pub(super) fn raw_text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for inner in self.within(id) {
            match &self.nodes[inner].data {
                Data::Text(text) if !self.parent_name(inner).is_some_and(is_code) => out.push_str(text),
                Data::Element { .. } if inner != id && is_block(self.name(inner)) || self.name(inner) == "br" => {
                    out.push(' ')
                }
                _ => {}
            }
        }
        out
    }

    fn parent_name(&self, id: NodeId) -> Option<&str> {
        self.nodes[id].parent.map(|parent| self.name(parent))
    }

    /// The text in `id`, with single blanks.
    pub(super) fn text(&self, id: NodeId) -> String {
        collapse(&self.raw_text(id)).trim_matches(text::is_blank).to_owned()
    }
}

/// The most words that follow each other between a `<` and the next `>`, which no tag has more attributes than.
fn attributes_in_one_tag(html: &str) -> usize {
    let tags = html.split('>').filter_map(|piece| Some(piece.split_once('<')?.1));
    tags.map(|tag| tag.split([' ', '\t', '\n', '\r', '\u{c}', '/', '"', '\'']).count()).max().unwrap_or(0)
}

/// White space of the page's own lines, as one blank. A no-break space is none of it.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' if out.ends_with(' ') => {}
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => out.push(' '),
            _ => out.push(one),
        }
    }
    out
}

/// Elements whose text is no text.
pub(super) fn is_code(name: &str) -> bool {
    matches!(name, "script" | "style" | "title")
}

/// Elements that begin on a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

impl Node {
    fn new(data: Data, line: usize) -> Self {
        Self { data, line, children: Vec::new(), parent: None, depth: 0, template: None }
    }
}

/// What html5ever builds into.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    line: Cell<usize>,
    deepest: Cell<usize>,
}

impl Sink {
    fn make(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(data, self.line.get()));
        nodes.len() - 1
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[id].parent.take()
            && let Some(at) = nodes[parent].children.iter().rposition(|&child| child == id)
        {
            nodes[parent].children.remove(at);
        }
    }

    /// Puts `child` into `parent` before its `at`th child.
    fn put(&self, parent: NodeId, at: usize, child: NodeOrText<NodeId>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).and_then(|at| nodes[parent].children.get(at).copied());
                if let Some(Data::Text(present)) = before.map(|before| &mut nodes[before].data) {
                    present.push_str(&text);
                    return;
                }
                drop(nodes);
                self.make(Data::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, id);
        nodes[id].parent = Some(parent);
        nodes[id].depth = nodes[parent].depth + 1;
        self.deepest.set(self.deepest.get().max(nodes[id].depth));
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].data {
            Data::Element { name, .. } => name,
            _ => unreachable!("html5ever asks elements only for their name"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        let template = (&*name.local == "template").then(|| self.make(Data::Other));
        let id = self.make(Data::Element { name, attributes });
        self.nodes.borrow_mut()[id].template = template;
        id
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.make(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.make(Data::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.put(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.nodes.borrow()[*target].template.unwrap_or(*target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(id) = &child {
            self.detach(*id);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[*sibling].parent.map(|parent| {
                let at = nodes[parent].children.iter().rposition(|child| child == sibling).unwrap_or(0);
                (parent, at)
            })
        };
        if let Some((parent, at)) = place {
            self.put(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target].data {
            for one in more {
                if attributes.iter().all(|present| present.name != one.name) {
                    attributes.push(one);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let children = self.nodes.borrow()[*node].children.clone();
        for child in children {
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX));
    }
}

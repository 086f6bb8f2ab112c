//! The words of an article as HTML that can do nothing but be read.
//!
//! Two walls, one behind the other: comrak leaves raw HTML out, and what it writes passes ammonia with a short list of
//! what may stay. Before that, links and pictures are led where they belong or taken out, and text that would take
//! ammonia long (its time grows with the square of the depth) is refused.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::address::{Address, decoded, encoded};
use super::article::{has_ending, is_picture, own_file, plain};
use super::page::{PublicArticle, Reason};
use crate::article::{Body, RepoPath};

/// How deep quotations, lists and emphasis may stand in each other.
const DEEPEST: usize = 100;
/// The most Markdown that becomes a page, in bytes.
const LONGEST: usize = 1024 * 1024;
/// The most parts (words in emphasis, cells of tables...) that a page may have.
const MOST_PARTS: usize = 100_000;
/// The endings of files that an article may hand out beside its photos: none that a browser would run.
const HANDED_OUT: &[&str] =
    &["csv", "docx", "json", "m4a", "mp3", "mp4", "ods", "odt", "ogg", "pdf", "tsv", "txt", "xlsx", "zip"];

/// Where links in a text lead.
pub(super) struct Ways<'a> {
    /// What stands before the path of another page: `../../` on a page, the site's own address in a feed.
    pub(super) root: &'a str,
    /// What stands before the name of the article's own file.
    pub(super) own: &'a str,
    /// The addresses of public articles by their homes and their files.
    pub(super) articles: &'a BTreeMap<String, Address>,
    /// The figure for a photo that stands alone in the text, made for this link.
    pub(super) figure: &'a dyn Fn(&RepoPath, &str, &str) -> Option<String>,
    /// What a table is called to people who do not see that it can be scrolled.
    pub(super) table: &'a str,
}

/// The words of an article as HTML.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) html: String,
    /// The article's own files that it shows or links to.
    pub(super) files: Vec<RepoPath>,
    /// Whether it shows pictures of other sites.
    pub(super) outside_pictures: bool,
}

fn options() -> Options<'static> {
    let mut options = Body::options();
    // A box to tick is a control without a name; "[x]" says the same.
    options.extension.tasklist = false;
    options.render.r#unsafe = false;
    options
}

/// Whether `markdown` can become a page.
pub(super) fn measure(markdown: &str) -> Result<(), Reason> {
    if markdown.len() > LONGEST {
        return Err(Reason::TooLarge);
    }
    let arena = Arena::new();
    let (mut depth, mut parts) = (0_usize, 0_usize);
    for edge in parse_document(&arena, markdown, &options()).traverse() {
        match edge {
            NodeEdge::Start(_) => {
                depth += 1;
                parts += 1;
            }
            NodeEdge::End(_) => depth -= 1,
        }
        if depth > DEEPEST {
            return Err(Reason::TooDeep);
        }
        if parts > MOST_PARTS {
            return Err(Reason::TooLarge);
        }
    }
    Ok(())
}

/// The words of `source`, which [`measure`] found fit, as HTML.
pub(super) fn render(source: &PublicArticle, ways: &Ways<'_>) -> Words {
    let markdown = plain(source.document.body_text());
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, &markdown, &options);
    let mut words = Words::default();
    lift_headings(root);
    let nodes: Vec<_> = root.descendants().collect();
    for node in nodes {
        if !figure(node, source, ways, &mut words) {
            lead(node, source, ways, &mut words);
        }
        frame_table(&arena, node, ways);
    }
    let mut html = String::new();
    if format_html(root, &options, &mut html).is_ok() {
        words.html = CLEANER.clean(&html).to_string();
        for (align, class) in [("left", "start"), ("right", "end"), ("center", "middle")] {
            for cell in ["td", "th"] {
                let new = format!("<{cell} class=\"{class}\">");
                words.html = words.html.replace(&format!("<{cell} align=\"{align}\">"), &new);
            }
        }
    }
    words
}

/// Makes the highest heading a second-level one: the first level is the title's.
fn lift_headings<'a>(root: &'a AstNode<'a>) {
    let level = |node: &'a AstNode<'a>| match node.data.borrow().value {
        NodeValue::Heading(ref heading) => Some(heading.level),
        _ => None,
    };
    let Some(highest) = root.descendants().filter_map(level).min() else { return };
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data.borrow_mut().value {
            heading.level = (heading.level + 2 - highest).clamp(2, 6);
        }
    }
}

/// Turns a paragraph that is one photo of the front matter into a figure.
fn figure<'a>(node: &'a AstNode<'a>, source: &PublicArticle, ways: &Ways<'_>, words: &mut Words) -> bool {
    if !matches!(node.data.borrow().value, NodeValue::Paragraph) {
        return false;
    }
    let Some(only) = node.first_child().filter(|child| child.next_sibling().is_none()) else { return false };
    let link = match &only.data.borrow().value {
        NodeValue::Image(image) => image.url.clone(),
        _ => return false,
    };
    let Some(file) = decoded(&link).and_then(|link| own_file(source, &link)).filter(|file| is_picture(file)) else {
        return false;
    };
    let href = own_link(source, file, ways);
    let Some(html) = (ways.figure)(file, &href, &text_of(only)) else { return false };
    only.detach();
    node.data.borrow_mut().value = NodeValue::Raw(html);
    words.files.push(file.clone());
    true
}

/// Leads a link or a picture where it belongs, or leaves only its words.
fn lead<'a>(node: &'a AstNode<'a>, source: &PublicArticle, ways: &Ways<'_>, words: &mut Words) {
    let mut data = node.data.borrow_mut();
    let (link, to) = match &mut data.value {
        NodeValue::Link(link) => {
            let to = link_to(&link.url, source, ways, words);
            (link, to)
        }
        NodeValue::Image(image) => {
            let to = picture_at(&image.url, source, ways, words);
            (image, to)
        }
        _ => return,
    };
    // What shows only under a mouse is lost on everybody else.
    link.title.clear();
    if let Some(to) = to {
        link.url = to;
        return;
    }
    drop(data);
    while let Some(child) = node.first_child() {
        node.insert_before(child);
    }
    node.detach();
}

/// Lets a wide table be scrolled by itself, with the keyboard too.
fn frame_table<'a>(arena: &'a Arena<'a>, node: &'a AstNode<'a>, ways: &Ways<'_>) {
    if matches!(node.data.borrow().value, NodeValue::Table(_)) {
        let label: String = ways.table.chars().filter(|one| one.is_alphanumeric() || *one == ' ').collect();
        let open = format!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">");
        node.insert_before(arena.alloc(NodeValue::Raw(open).into()));
        node.insert_after(arena.alloc(NodeValue::Raw("</div>".to_owned()).into()));
    }
}

fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Whether a link names a scheme, such as `https:`.
fn scheme(link: &str) -> Option<String> {
    let (scheme, _) = link.split_once(':')?;
    let named = !scheme.contains(['/', '?', '#']);
    named.then(|| scheme.to_ascii_lowercase())
}

fn link_to(link: &str, source: &PublicArticle, ways: &Ways<'_>, words: &mut Words) -> Option<String> {
    if link.starts_with("//") {
        return Some(format!("https:{link}"));
    }
    match scheme(link).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Some(link.to_owned()),
        Some(_) => return None,
        None => {}
    }
    if link.starts_with('#') {
        return Some(link.to_owned());
    }
    if let Some(below) = link.strip_prefix('/') {
        return Some(format!("{}{below}", ways.root));
    }
    let (path, rest) = link.split_at(link.find(['#', '?']).unwrap_or(link.len()));
    let path = decoded(path)?;
    if let Some(file) = own_file(source, &path).filter(|file| is_picture(file) || has_ending(file, HANDED_OUT)) {
        words.files.push(file.clone());
        return Some(own_link(source, file, ways));
    }
    let target = resolve(source.document.path.parent().as_ref().map_or("", RepoPath::as_str), &path)?;
    ways.articles.get(target.as_str()).map(|address| format!("{}{}{rest}", ways.root, address.href()))
}

fn picture_at(link: &str, source: &PublicArticle, ways: &Ways<'_>, words: &mut Words) -> Option<String> {
    if scheme(link).as_deref() == Some("https") {
        words.outside_pictures = true;
        return Some(link.to_owned());
    }
    let file = own_file(source, &decoded(link)?).filter(|file| is_picture(file))?;
    words.files.push(file.clone());
    Some(own_link(source, file, ways))
}

fn own_link(source: &PublicArticle, file: &RepoPath, ways: &Ways<'_>) -> String {
    format!("{}{}", ways.own, encoded(file.below(&source.home).unwrap_or(file.name())))
}

/// Where a relative link leads in the repository; none when it would leave it.
fn resolve(folder: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The second wall.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "div",
            "em",
            "figcaption",
            "figure",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "img",
            "li",
            "ol",
            "p",
            "pre",
            "section",
            "span",
            "strong",
            "sup",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["aria-label", "href", "id"])),
            ("img", HashSet::from(["alt", "src"])),
            ("li", HashSet::from(["id"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["align"])),
            ("th", HashSet::from(["align"])),
        ]))
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .allowed_classes(HashMap::from([
            ("div", HashSet::from(["scroll"])),
            ("section", HashSet::from(["footnotes"])),
            ("span", HashSet::from(["credit"])),
        ]))
        .set_tag_attribute_value("img", "loading", "lazy")
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .attribute_filter(|tag, attribute, value| match (tag, attribute) {
            (_, "id") if !value.starts_with("fn") => None,
            ("img", "src") if scheme(value).is_some_and(|scheme| scheme != "https" && scheme != "http") => None,
            _ => Some(value.into()),
        })
        .strip_comments(true)
        .link_rel(Some("noopener"));
    cleaner
});

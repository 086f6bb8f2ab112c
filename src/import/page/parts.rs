//! Which parts of a page are no story.

use std::collections::HashSet;

use super::tree::{Data, NodeId, Tree};
use crate::import::Why;

/// Words in a class or id by which pages name what is not the story.
const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie",
    "newsletter",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "promo",
    "recommend",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "social",
    "sponsored",
    "subscribe",
    "toolbar",
    "trending",
];

/// Words by which pages name what only machines or screen readers get.
const HIDDEN: &[&str] = &["hidden", "invisible"];

/// Why an element is no story; none when it is, or may be.
pub(super) fn reason(tree: &Tree, id: NodeId) -> Option<Why> {
    let hidden = tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden") == Some("true")
        || tree.attribute(id, "style").is_some_and(|style| {
            let style = style.replace(' ', "").to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        });
    let role = tree.attribute(id, "role").unwrap_or_default();
    match tree.name(id) {
        "script" | "style" | "link" | "meta" => return Some(Why::Script),
        "template" | "noscript" => return Some(Why::Hidden),
        "iframe" | "object" | "embed" | "video" | "audio" | "canvas" | "svg" | "math" => return Some(Why::Embed),
        "nav" | "aside" | "footer" | "form" | "button" | "dialog" | "menu" | "select" | "input" | "textarea" => {
            return Some(Why::Furniture);
        }
        "body" | "html" | "article" | "main" | "p" | "h1" => return hidden.then_some(Why::Hidden),
        _ => {}
    }
    let classes = tree.classes(id);
    let named = |words: &[&str]| classes.iter().any(|class| words.contains(&class.as_str()));
    let reader = |class: &String| matches!(class.as_str(), "sr" | "visually" | "screen");
    if hidden
        || named(HIDDEN)
        || classes.iter().any(reader) && classes.iter().any(|class| matches!(class.as_str(), "only" | "reader"))
    {
        Some(Why::Hidden)
    } else if named(FURNITURE) || matches!(role, "navigation" | "complementary" | "contentinfo" | "search" | "dialog") {
        Some(Why::Furniture)
    } else {
        None
    }
}

/// How much text stands in the paragraphs of `id`.
pub(super) fn weight(tree: &Tree, id: NodeId) -> usize {
    tree.within(id).filter(|&inner| tree.name(inner) == "p").map(|paragraph| tree.text(paragraph).len()).sum()
}

/// The element that holds the story: the article, the main part, or all of the page.
pub(super) fn story(tree: &Tree, body: NodeId) -> NodeId {
    let all = weight(tree, body);
    let named = |name: &str| tree.within(body).filter(|&id| tree.name(id) == name).collect::<Vec<_>>();
    // Of two with the same text, the outer comes first and holds the headline more likely.
    let heaviest = |ids: Vec<NodeId>| ids.into_iter().rev().max_by_key(|&id| weight(tree, id));
    [heaviest(named("article")), heaviest(named("main"))]
        .into_iter()
        .flatten()
        .find(|&id| all > 0 && 2 * weight(tree, id) >= all)
        .unwrap_or(body)
}

/// Whether `id` or something in it is one of `others`.
pub(super) fn holds(tree: &Tree, id: NodeId, others: &HashSet<NodeId>) -> bool {
    !others.is_empty() && tree.within(id).any(|inner| others.contains(&inner))
}

/// Whether a block element stands in `id`.
pub(super) fn holds_block(tree: &Tree, id: NodeId) -> bool {
    tree.within(id)
        .skip(1)
        .any(|inner| matches!(tree.node(inner).data, Data::Element { .. }) && super::tree::is_block(tree.name(inner)))
}

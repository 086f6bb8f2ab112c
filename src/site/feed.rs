//! The feed (Atom, RFC 4287) and the map for search engines.

use serde::Serialize;

use super::article::identity;
use super::press::Press;
use super::templates::value;

/// How many articles the feed holds.
const NEWEST: usize = 30;
/// When nothing was published yet.
const NEVER: &str = "1970-01-01T00:00:00Z";

#[derive(Serialize)]
struct Entry<'a> {
    identity: &'a str,
    title: &'a str,
    href: String,
    published: String,
    updated: String,
    authors: &'a [String],
    categories: Vec<&'a str>,
    dek: Option<&'a str>,
    content: String,
}

/// The feed. An article without any date is not in it: Atom has no entry without one.
pub(super) fn atom(press: &Press<'_>) -> String {
    let root = press.base.as_deref().unwrap_or_default();
    let dated = press.stories.iter().filter_map(|story| Some((story, story.published.as_ref()?)));
    let mut newest = None;
    let mut entries = Vec::new();
    for (story, published) in dated {
        let updated = story.updated.as_ref().unwrap_or(published);
        if newest.as_ref().is_none_or(|newest: &&super::dates::Moment| newest.at < updated.at) {
            newest = Some(updated);
        }
        if entries.len() < NEWEST {
            let href = format!("{root}{}", story.address.href());
            let section = story.section.iter().map(|section| section.name.as_str());
            entries.push(Entry {
                identity: &story.identity,
                title: &story.title,
                published: published.rfc3339(),
                updated: updated.rfc3339(),
                authors: &story.authors,
                categories: section.chain(story.tags.iter().map(String::as_str)).collect(),
                dek: story.dek.as_deref(),
                content: press.carried(story, root, &href),
                href,
            });
        }
    }
    press.templates.fill(
        "feed.xml",
        minijinja::context! {
            site => value(&press.frame),
            identity => identity(&[&press.info.id]),
            updated => newest.map_or_else(|| NEVER.to_owned(), super::dates::Moment::rfc3339),
            root => root,
            home => if root.is_empty() { "./" } else { root },
            entries => value(&entries),
        },
    )
}

#[derive(Serialize)]
struct Place {
    url: String,
    changed: Option<String>,
}

/// The map for search engines: the front page, the sections and every article.
pub(super) fn sitemap(press: &Press<'_>, base: &str) -> String {
    let own = press.frame.sections.iter().filter_map(|section| section.href.as_deref());
    let own = std::iter::once("")
        .chain(own)
        .chain(press.frame.corrections.as_deref())
        .map(|href| Place { url: format!("{base}{href}"), changed: None });
    let articles = press.stories.iter().map(|story| Place {
        url: format!("{base}{}", story.address.href()),
        changed: story.modified.as_ref().or(story.published.as_ref()).map(|date| date.shown().machine),
    });
    let places: Vec<Place> = own.chain(articles).collect();
    press.templates.fill("sitemap.xml", minijinja::context! { places => value(&places) })
}

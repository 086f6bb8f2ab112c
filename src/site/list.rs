//! Pages that lead to articles: the front page, a page for each section, all articles, and the two that help readers
//! who came to an address where nothing stands.

use minijinja::context;
use serde::Serialize;

use super::address::Address;
use super::article::{Section, Story};
use super::dates::Shown;
use super::press::Press;
use super::templates::value;
use crate::article::RepoPath;

/// How many articles the front page shows.
const NEWEST: usize = 40;

#[derive(Serialize)]
struct Item<'a> {
    href: String,
    title: &'a str,
    dek: Option<&'a str>,
    section: Option<&'a Section>,
    published: Option<Shown>,
    corrected: Option<&'static str>,
    picture: Option<String>,
}

/// All of them with their places.
pub(super) fn pages(press: &Press<'_>) -> Vec<(RepoPath, String)> {
    let mut pages = Vec::new();
    let mut put = |path: RepoPath, text| pages.push((path, text));
    let all = Address::own("all", None).filter(|_| press.stories.len() > NEWEST);
    if let Ok(path) = RepoPath::new("index.html") {
        put(path, front(press, all.as_ref()));
    }
    if let Ok(path) = RepoPath::new("404.html") {
        put(path, missing(press));
    }
    for section in &press.frame.sections {
        let name = section.slug.as_deref().and_then(|slug| slug.parse().ok());
        if let Some(address) = name.and_then(|name| Address::own("sections", Some(&name))) {
            let stories =
                press.stories.iter().filter(|story| story.section.as_ref().is_some_and(|one| one.slug == section.slug));
            put(address.page(), list(press, &address, &section.name, stories));
        }
    }
    if let Some(address) = all {
        put(address.page(), list(press, &address, press.words.all, press.stories.iter()));
    }
    pages
}

fn item<'a>(press: &Press<'_>, story: &'a Story<'_>) -> Item<'a> {
    Item {
        href: story.address.href(),
        title: &story.title,
        dek: story.dek.as_deref(),
        section: story.section.as_ref(),
        published: story.published.as_ref().map(|date| date.shown()),
        corrected: press.corrected(story),
        picture: None,
    }
}

fn front(press: &Press<'_>, all: Option<&Address>) -> String {
    let mut items: Vec<_> = press.stories.iter().take(NEWEST).map(|story| item(press, story)).collect();
    if let (Some(first), Some(story)) = (items.first_mut(), press.stories.first()) {
        first.picture = story.photos.first().map(|photo| format!("{}{}", story.address.href(), photo.src));
    }
    press.templates.fill(
        "front.html",
        context! {
            site => value(&press.frame),
            words => value(press.words),
            title => &press.info.name,
            description => &press.info.description,
            canonical => &press.base,
            root => "",
            name_tag => "h1",
            is_front => true,
            items => value(&items),
            all => all.map(Address::href),
        },
    )
}

fn list<'s>(
    press: &Press<'_>,
    address: &Address,
    heading: &str,
    stories: impl Iterator<Item = &'s Story<'s>>,
) -> String {
    let items: Vec<_> = stories.map(|story| item(press, story)).collect();
    press.templates.fill(
        "list.html",
        context! {
            site => value(&press.frame),
            words => value(press.words),
            title => format!("{heading} — {}", press.info.name),
            canonical => press.base.as_ref().map(|base| format!("{base}{}", address.href())),
            root => address.to_root(),
            name_tag => "p",
            current => address.href(),
            heading => heading,
            items => value(&items),
        },
    )
}

/// What stands where nothing stands. It is shown at any address, so its links begin at the root.
fn missing(press: &Press<'_>) -> String {
    let host = press.base.as_deref().and_then(|base| base.split_once("://"));
    let root = host.and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("/");
    press.templates.fill(
        "missing.html",
        context! {
            site => value(&press.frame),
            words => value(press.words),
            title => format!("{} — {}", press.words.missing, press.info.name),
            root => root,
            name_tag => "p",
        },
    )
}

/// The page at `file`, an old address of `story`.
pub(super) fn moved(press: &Press<'_>, story: &Story<'_>, file: &RepoPath) -> String {
    let root = "../".repeat(file.as_str().matches('/').count());
    let to = press.base.as_deref().unwrap_or(&root);
    press.templates.fill(
        "moved.html",
        context! {
            site => value(&press.frame),
            words => value(press.words),
            title => &story.title,
            to => format!("{to}{}", story.address.href()),
            root => root,
        },
    )
}

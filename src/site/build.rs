//! The whole site from its articles.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;

use super::address::{Address, alias_file};
use super::article::Story;
use super::dates::Moment;
use super::page::{Content, LeftOut, Page, PublicArticle, Reason, Site, SiteInfo};
use super::press::Press;
use super::{corrections, feed, list, markdown, templates};
use crate::article::{RepoPath, Stage, notice};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// An article, by its own file.
    Article(RepoPath),
    /// A page of the site itself: the front page, a section, the feed.
    Site,
}

impl fmt::Display for Owner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(path) => write!(out, "`{path}`"),
            Self::Site => out.write_str("the site itself"),
        }
    }
}

/// Why there is no site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Two things want the same place.
    #[error("{first} and {second} would both stand at `{path}`")]
    Collision {
        /// The place, below the site's root.
        path: RepoPath,
        /// What came first.
        first: Owner,
        /// What came second.
        second: Owner,
    },
}

/// Makes the site of `info` as of `now` from `articles`.
///
/// Where an article was withdrawn stands its notice, which no list and no feed names.
/// Only what is public is shown: stage `published` or `withdrawn`, not `draft = true`, its `publishDate` come and its `expiryDate`
/// not passed. The same articles give the same bytes, in whatever order they come.
pub fn build(info: &SiteInfo, now: Timestamp, articles: &[PublicArticle]) -> Result<Site, BuildError> {
    let mut left_out = Vec::new();
    let mut stories = Vec::new();
    for article in articles {
        let mut faults = Vec::new();
        stories.extend(story(article, info, now, &mut faults));
        left_out.extend(faults.into_iter().map(|reason| LeftOut { article: article.document.path.clone(), reason }));
    }
    stories.sort_by(|one, other| {
        let date = |story: &Story<'_>| story.published.as_ref().map(|date| date.at.timestamp());
        date(other).cmp(&date(one)).then_with(|| one.source.document.path.cmp(&other.source.document.path))
    });
    left_out.sort_by(|one, other| one.article.cmp(&other.article));
    let (notices, stories) = stories.into_iter().partition(|story| is_notice(story.source));
    let press = Press::new(info, stories, notices);
    let mut shelf = Shelf::default();
    for (path, text) in own_pages(&press) {
        shelf.put(path, Owner::Site, Content::Bytes(text.into_bytes()))?;
    }
    for story in &press.stories {
        place(story, &press, &mut shelf)?;
    }
    for notice in &press.notices {
        let owner = Owner::Article(notice.source.document.path.clone());
        shelf.put(notice.address.page(), owner, Content::Bytes(press.notice(notice).into_bytes()))?;
    }
    for story in press.stories.iter().chain(&press.notices) {
        place_aliases(story, &press, &mut shelf, &mut left_out)?;
    }
    Ok(Site { pages: shelf.pages(), left_out })
}

/// Reads `article` when it is public and can be shown.
fn story<'a>(
    article: &'a PublicArticle,
    info: &SiteInfo,
    now: Timestamp,
    faults: &mut Vec<Reason>,
) -> Option<Story<'a>> {
    if let Err(reason) = is_public(article, info, now).and_then(|()| markdown::measure(article.document.body_text())) {
        faults.push(reason);
        return None;
    }
    let address = Address::of(article, &info.root, faults)?;
    Some(Story::read(article, address, info, faults))
}

/// Whether readers may see `article`.
fn is_public(article: &PublicArticle, info: &SiteInfo, now: Timestamp) -> Result<(), Reason> {
    let document = &article.document;
    match document.stage() {
        Some(Stage::Published) => {}
        Some(Stage::Withdrawn) if notice::told(document).is_some() => {}
        stage => return Err(Reason::Stage(stage)),
    }
    if document.is_hidden() {
        return Err(Reason::Hidden);
    }
    let date = |name| {
        let date = document.field(name)?.as_datetime()?;
        Moment::of(date, &info.timezone).map(|date| date.at.timestamp())
    };
    // Of an article that desk keeps, `date` says when it did become public.
    let from = date("publishDate").or_else(|| date("date").filter(|_| !document.is_adopted()));
    if is_notice(article) {
        return Ok(());
    }
    if from.is_some_and(|from| from > now) {
        return Err(Reason::NotYet);
    }
    if date("expiryDate").is_some_and(|end| end <= now) {
        return Err(Reason::Over);
    }
    Ok(())
}

fn is_notice(article: &PublicArticle) -> bool {
    article.document.stage() == Some(Stage::Withdrawn)
}

/// Everything that is no article's.
fn own_pages(press: &Press<'_>) -> Vec<(RepoPath, String)> {
    let mut pages = list::pages(press);
    pages.extend(corrections::page(press));
    let mut put = |path: &str, text| pages.extend(RepoPath::new(path).ok().map(|path| (path, text)));
    put("desk.css", templates::STYLE.to_owned());
    put("feed.xml", feed::atom(press));
    put("corrections.json", corrections::register(press));
    if let Some(base) = &press.base {
        put("sitemap.xml", feed::sitemap(press, base));
    }
    pages
}

/// An article's page and the files it shows.
fn place(story: &Story<'_>, press: &Press<'_>, shelf: &mut Shelf) -> Result<(), BuildError> {
    let (html, mut files) = press.article(story);
    let owner = Owner::Article(story.source.document.path.clone());
    shelf.put(story.address.page(), owner.clone(), Content::Bytes(html.into_bytes()))?;
    files.sort();
    files.dedup();
    for file in files {
        let place = file.below(&story.source.home).and_then(|below| story.address.beside(below));
        if let Some(place) = place {
            shelf.put(place, owner.clone(), Content::Copy(file))?;
        }
    }
    Ok(())
}

/// The pages that send readers of an article's old addresses on.
fn place_aliases(
    story: &Story<'_>,
    press: &Press<'_>,
    shelf: &mut Shelf,
    left_out: &mut Vec<LeftOut>,
) -> Result<(), BuildError> {
    let article = &story.source.document.path;
    let mut placed = vec![story.address.page()];
    for alias in story.source.document.list_of("aliases") {
        match alias_file(alias) {
            Some(file) if placed.contains(&file) => {}
            Some(file) => {
                let text = list::moved(press, story, &file);
                shelf.put(file.clone(), Owner::Article(article.clone()), Content::Bytes(text.into_bytes()))?;
                placed.push(file);
            }
            None => {
                left_out.push(LeftOut { article: article.clone(), reason: Reason::Address(alias.to_owned()) });
            }
        }
    }
    Ok(())
}

/// Files by their places. Two that differ only in case are one on many disks, and no file can be a folder too.
#[derive(Debug, Default)]
struct Shelf {
    files: BTreeMap<String, (Owner, Page)>,
    folders: BTreeMap<String, Owner>,
}

impl Shelf {
    fn put(&mut self, path: RepoPath, owner: Owner, content: Content) -> Result<(), BuildError> {
        let key = path.as_str().to_lowercase();
        let parents = || key.match_indices('/').map(|(at, _)| &key[..at]);
        let taken = self.files.get(&key).map(|(owner, _)| owner).or_else(|| self.folders.get(&key));
        let taken = taken.or_else(|| parents().find_map(|parent| self.files.get(parent)).map(|(owner, _)| owner));
        if let Some(first) = taken {
            return Err(BuildError::Collision { path, first: first.clone(), second: owner });
        }
        for parent in parents() {
            self.folders.entry(parent.to_owned()).or_insert_with(|| owner.clone());
        }
        self.files.insert(key, (owner, Page { path, content }));
        Ok(())
    }

    fn pages(self) -> Vec<Page> {
        let mut pages: Vec<Page> = self.files.into_values().map(|(_, page)| page).collect();
        pages.sort_by(|one, other| one.path.cmp(&other.path));
        pages
    }
}

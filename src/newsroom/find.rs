//! Which article is meant: by slug, by a clear beginning of it, by a path, or by there being only one.

use super::Newsroom;
use super::error::{Error, Result};
use super::seen::Seen;
use crate::article::{RepoPath, Slug};

/// How many names are offered when several could be meant.
const OFFERED: usize = 8;

impl Newsroom {
    /// The article that `name` means among all. Without a name: the one whose folder one stands in, else the only one
    /// that is open.
    pub fn find(&self, name: Option<&str>) -> Result<Seen> {
        self.find_among(&self.articles()?, name)
    }

    /// The same among articles that were read already.
    pub(super) fn find_among(&self, articles: &[Seen], name: Option<&str>) -> Result<Seen> {
        let found = match name {
            Some(name) => self.named(articles, name)?,
            None => self.only_one(articles)?,
        };
        self.whole(found)
    }

    fn named<'a>(&self, articles: &'a [Seen], name: &str) -> Result<&'a Seen> {
        let exact: Vec<&Seen> =
            articles.iter().filter(|seen| seen.slug.as_str() == name || is_id(seen, name)).collect();
        if !exact.is_empty() {
            return one_of(exact, name);
        }
        let at_path: Vec<&Seen> = match self.path_here(name) {
            Some(path) => articles.iter().filter(|seen| stands_at(seen, &path)).collect(),
            None => Vec::new(),
        };
        if !at_path.is_empty() {
            return one_of(at_path, name);
        }
        let begun: Vec<&Seen> = articles.iter().filter(|seen| seen.slug.as_str().starts_with(name)).collect();
        // What is open is what people talk about: a beginning that fits one open article means that one.
        let open: Vec<&Seen> = begun.iter().copied().filter(|seen| seen.is_open()).collect();
        match (begun.len(), open.len()) {
            (0, _) => Err(Error::NotFound { name: name.to_owned(), like: alike(articles, name) }),
            (_, 1) => one_of(open, name),
            _ => one_of(begun, name),
        }
    }

    fn only_one<'a>(&self, articles: &'a [Seen]) -> Result<&'a Seen> {
        if let Some(here) = self.path_here(".").or_else(|| self.path_here("")) {
            let inside: Vec<&Seen> = articles.iter().filter(|seen| here.is_within(&seen.current().home)).collect();
            if let [seen] = inside[..] {
                return Ok(seen);
            }
        }
        let open: Vec<&Seen> = articles.iter().filter(|seen| seen.is_open()).collect();
        match open[..] {
            [seen] => Ok(seen),
            [] => Err(Error::NothingOpen),
            _ => Err(Error::WhichOne { name: None, could: slugs(&open) }),
        }
    }
}

fn one_of<'a>(found: Vec<&'a Seen>, name: &str) -> Result<&'a Seen> {
    match found[..] {
        [seen] => Ok(seen),
        _ => Err(Error::WhichOne { name: Some(name.to_owned()), could: slugs(&found) }),
    }
}

fn is_id(seen: &Seen, name: &str) -> bool {
    seen.id.is_some_and(|id| id.to_string() == name)
}

fn stands_at(seen: &Seen, path: &RepoPath) -> bool {
    let leaf = seen.current();
    leaf.home == *path || leaf.document.path == *path || path.is_within(&leaf.home)
}

fn slugs(found: &[&Seen]) -> Vec<Slug> {
    found.iter().take(OFFERED).map(|seen| seen.slug.clone()).collect()
}

/// Slugs that somebody may have meant: those that contain the word, and those a slip of the keys away.
fn alike(articles: &[Seen], name: &str) -> Vec<Slug> {
    let wanted = name.to_lowercase();
    let mut close: Vec<(f64, &Slug)> = articles
        .iter()
        .map(|seen| {
            let slug = seen.slug.as_str().to_lowercase();
            let contained = slug.contains(&wanted) || seen.title().to_lowercase().contains(&wanted);
            (if contained { 1.0 } else { strsim::jaro_winkler(&slug, &wanted) }, &seen.slug)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    close.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    close.into_iter().take(3).map(|(_, slug)| slug.clone()).collect()
}

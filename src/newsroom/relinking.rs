//! What led to an article under its old name, led on to its new one.

use super::error::Result;
use super::seen::Seen;
use super::writing::Work;
use crate::article::{Slug, Stage};
use crate::ledger::{Assent, Decision, Sources};
use crate::workflow::{self, Related, Standing, Way};

/// What became of links to an article that was renamed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relinked {
    /// Articles in which they are mended.
    pub mended: Vec<Slug>,
    /// Articles in which they are not: others agreed to their words as they stand, or they are open elsewhere.
    pub left: Vec<Slug>,
}

impl Work<'_> {
    /// Mends links to an article that went from `before` to `after`: in drafts that are laid out here, and, once readers
    /// find it there, in public articles that nobody has open, each by a change of its own that changes no word. Words
    /// that people have been asked about stay as they are; the old address leads on from them.
    pub(super) fn relink(&mut self, before: &Standing, after: &Standing) -> Result<Relinked> {
        let mut relinked = Relinked::default();
        let articles = &self.newsroom.house.config.articles;
        let way = match (before.published().or(before.current()), after.published().or(after.current())) {
            (Some(before), Some(after)) => Way::between(articles, &before.document, &after.document),
            _ => None,
        };
        let Some(way) = way else { return Ok(relinked) };
        for seen in self.newsroom.articles()? {
            if seen.id.is_none() || seen.id == Some(after.id) || !self.mentions(&seen, &way)? {
                continue;
            }
            let seen = self.newsroom.whole(&seen)?;
            let slug = seen.slug.clone();
            match self.relink_one(seen, &way, after)? {
                Some(true) => relinked.mended.push(slug),
                Some(false) => relinked.left.push(slug),
                None => {}
            }
        }
        Ok(relinked)
    }

    /// Whether an article says the old name anywhere.
    fn mentions(&self, seen: &Seen, way: &Way) -> Result<bool> {
        let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&way.sign());
        let leaf = seen.newest();
        let path = &leaf.document.path;
        Ok(match leaf.commit {
            Some(commit) => self.newsroom.repository.file_at(commit, path)?.is_some_and(|bytes| says(&bytes)),
            None => says(leaf.document.text.as_bytes()),
        })
    }

    /// Whether its links are mended; none where it has no such link.
    fn relink_one(&mut self, seen: Seen, way: &Way, after: &Standing) -> Result<Option<bool>> {
        let config = self.newsroom.house.config.clone();
        let leaf = seen.newest();
        if workflow::relinked(&leaf.document, way, &config, Related::Mended).is_none() {
            return Ok(None);
        }
        if seen.is_open() {
            return self.relink_draft(seen, way);
        }
        let links = workflow::relinked(&leaf.document, way, &config, Related::Left).is_some();
        if after.published().is_none() || !links {
            return Ok(Some(false).filter(|_| links));
        }
        let standing = self.newsroom.standing(&seen)?;
        let circumstances = self.newsroom.circumstances()?;
        let Some(refiled) = workflow::refiled(&standing, &circumstances, way, &config) else { return Ok(Some(false)) };
        let Ok(said) = workflow::statement(&refiled, &circumstances, Decision::Submit, "", Sources::NotSaid) else {
            return Ok(Some(false));
        };
        let signature = self.newsroom.signature(&said.text())?;
        match workflow::refile(&refiled, &circumstances, &Assent::new(said, signature)) {
            Ok(change) => self.settle(&change).map(|_| Some(true)),
            Err(_) => Ok(Some(false)),
        }
    }

    /// A draft that is laid out here is somebody's own to mend; what was sent is what colleagues read.
    fn relink_draft(&mut self, seen: Seen, way: &Way) -> Result<Option<bool>> {
        let (seen, standing, _) = self.saved(seen)?;
        let config = &self.newsroom.house.config;
        let document = &seen.current().document;
        if standing.stage() != Stage::Draft || standing.working.is_none() {
            return Ok(Some(false));
        }
        let Some(text) = workflow::relinked(document, way, config, Related::Mended) else { return Ok(None) };
        let files = vec![(document.path.clone(), text.into_bytes())];
        self.put(&seen, &standing, files, format!("mended links in {}", seen.slug))?;
        Ok(Some(true))
    }
}

//! An article under another name, and what led to it under the old one.

use super::error::{AfterSave, Error, Result};
use super::moves::Moved;
use super::seen::{Leaf, Seen};
use super::writing::Work;
use super::{Newsroom, Relinked, Saved};
use crate::article::{Slug, Stage};
use crate::workflow::{self, Circumstances, Neighbour, Renaming, Standing};

/// An article that was renamed.
#[derive(Debug, Clone)]
pub struct Renamed {
    /// The article before and after.
    pub moved: Moved,
    /// The address that readers know and that leads to the new one once this is public; none where nobody knows one, or
    /// it stays as it is.
    pub known: Option<String>,
    /// Names of those whose yes was to the article at its old place.
    pub stale: Vec<String>,
    /// What became of links to it. Those to what readers know are mended when it is public under its new name.
    pub relinked: Relinked,
}

impl Newsroom {
    /// Renames an article: its folder moves on its own branch, and here.
    pub fn rename(&mut self, name: &str, to: &Slug, title: Option<&str>) -> Result<Renamed> {
        self.write(|work| {
            let seen = work.find(Some(name))?;
            let (seen, standing, saved) = work.saved(seen)?;
            let slug = standing.slug.clone();
            work.renamed_and_mended(&seen, standing, saved.clone(), to, title).map_err(|error| match saved {
                Some(saved) => Error::AfterSave(Box::new(AfterSave { slug, saved, error })),
                None => error,
            })
        })
    }

    /// Mends what led to an article at its old address, once it is public at a new one.
    pub fn relink(&mut self, moved: &Moved) -> Result<Relinked> {
        if self.old_address(&moved.before).is_none() {
            return Ok(Relinked::default());
        }
        self.write(|work| work.relink(&moved.before, &moved.after))
    }

    /// The address at which readers found an article that is about to be public at another; none where it stays.
    pub fn old_address(&self, standing: &Standing) -> Option<String> {
        let articles = &self.house.config.articles;
        let (public, open) = (standing.public()?, standing.open.as_ref()?);
        let old = articles.address(&public.document);
        (old != articles.address(&open.document)).then(|| format!("/{old}/"))
    }

    /// Everybody but `standing`, as far as names go.
    pub(super) fn neighbours(&self, articles: &[Seen], but: Option<&Standing>) -> Vec<Neighbour> {
        let own = |seen: &&Seen| {
            but.is_some_and(|standing| {
                seen.id == Some(standing.id)
                    || standing.current().is_some_and(|version| version.main == seen.current().document.path)
            })
        };
        articles.iter().filter(|seen| !own(seen)).map(|seen| self.neighbour(seen)).collect()
    }

    fn neighbour(&self, seen: &Seen) -> Neighbour {
        let articles = &self.house.config.articles;
        let open = seen.open.as_ref().map(|(_, leaf)| leaf);
        let leaves: [Option<&Leaf>; 4] = [seen.base.as_ref(), open, seen.working.as_ref(), seen.spiked.as_ref()];
        // What was spiked has given up its place.
        let is_only = leaves[..3].iter().all(Option::is_none);
        let held = leaves.into_iter().flatten().filter(|_| !is_only);
        let mut addresses: Vec<String> =
            held.flat_map(|leaf| articles.addresses(&leaf.document)).map(|address| address.path).collect();
        addresses.sort();
        addresses.dedup();
        Neighbour { slug: seen.slug.clone(), addresses }
    }
}

impl Work<'_> {
    fn renamed_and_mended(
        &mut self,
        seen: &Seen,
        standing: Standing,
        saved: Option<Saved>,
        to: &Slug,
        title: Option<&str>,
    ) -> Result<Renamed> {
        let renamed = self.renamed(seen, standing, saved, to, title)?;
        if renamed.moved.after.public().is_some() {
            return Ok(renamed);
        }
        let relinked = self.relink(&renamed.moved.before, &renamed.moved.after)?;
        Ok(Renamed { relinked, ..renamed })
    }

    fn renamed(
        &mut self,
        seen: &Seen,
        standing: Standing,
        saved: Option<Saved>,
        to: &Slug,
        title: Option<&str>,
    ) -> Result<Renamed> {
        let newsroom = &*self.newsroom;
        let circumstances = newsroom.circumstances()?;
        let branch = newsroom.branch_for(seen, to, standing.id)?;
        let others = newsroom.neighbours(self.articles(), Some(&standing));
        let articles = &newsroom.house.config.articles;
        let renaming = Renaming { to, title, branch: &branch, articles, others: &others };
        let change = workflow::rename(&standing, &circumstances, &renaming)
            .map_err(|refusal| newsroom.refused(seen, refusal))?;
        if let Some(place) = articles.renamed(&seen.current().document.path, to)
            && place.home != seen.current().home
            && !newsroom.is_empty(&place.home, &standing)?
        {
            return Err(Error::InTheWay(place.home));
        }
        let agreed = counted(&standing, &circumstances);
        self.apply(&change)?;
        let newsroom = &*self.newsroom;
        let again = newsroom.find(Some(&standing.id.to_string()))?;
        let after = newsroom.standing(&again)?;
        let articles = &newsroom.house.config.articles;
        let at = |standing: &Standing| standing.current().map(|version| articles.address(&version.document));
        let known = after.public().map(|public| articles.address(&public.document));
        let known = known.filter(|known| Some(known) != at(&after).as_ref());
        let still = counted(&after, &circumstances);
        let needs = workflow::needs(&after, &circumstances);
        let moved = Moved {
            needs,
            before: standing,
            after,
            saved,
            joined: None,
            findings: Vec::new(),
            circumstances,
            delivery: None,
            there: None,
        };
        let relinked = Relinked::default();
        Ok(Renamed { relinked, moved, known, stale: agreed.into_iter().filter(|name| !still.contains(name)).collect() })
    }
}

/// Names of those whose yes counts for the open words.
fn counted(standing: &Standing, circumstances: &Circumstances) -> Vec<String> {
    if standing.open.as_ref().is_none_or(|open| open.stage == Stage::Draft) {
        return Vec::new();
    }
    let needs = workflow::needs(standing, circumstances);
    needs.into_iter().flat_map(|needs| needs.tally.counted).map(|one| one.person.name).collect()
}

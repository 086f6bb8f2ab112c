//! The articles that a step touched, before and after it.

use std::collections::{BTreeMap, BTreeSet};

use super::step::{Past, Rules, Step};
use crate::article::amendment::Side;
use crate::article::{ArticleId, Digest, Document, Entry, ObjectId, RepoPath, Stage};
use crate::config::Articles;
use crate::ledger::before_digest;

/// An article at a commit.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) home: RepoPath,
    pub(super) main: RepoPath,
    pub(super) entries: Vec<Entry>,
    pub(super) document: Document,
}

impl Found {
    pub(super) fn id(&self) -> Option<ArticleId> {
        self.document.id().filter(|_| self.document.is_adopted())
    }

    /// Whether some generator would show it.
    pub(super) fn is_shown(&self) -> bool {
        !self.document.is_hidden()
    }

    pub(super) fn stage(&self) -> Stage {
        self.document.stage().unwrap_or(Stage::Draft)
    }

    pub(super) fn digest(&self, id: ArticleId) -> Option<Digest> {
        Digest::of_article(id, &self.home, &self.main, &self.entries).ok()
    }

    /// It, as one side of a change of public words.
    pub(super) fn side(&self) -> Side<'_> {
        Side { document: &self.document, entries: &self.entries }
    }

    /// The addresses that it answers to, where articles stand as these rules say.
    pub(super) fn addresses(&self, rules: &Rules) -> Vec<String> {
        let all = rules.config.articles.addresses(&self.document);
        all.into_iter().map(|address| address.path).collect()
    }

    pub(super) fn before_digest(&self) -> Digest {
        before_digest(&self.home, &self.entries)
    }
}

/// One article on both sides of a step.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) id: Option<ArticleId>,
    pub(super) before: Option<Found>,
    pub(super) after: Option<Found>,
}

impl Pair {
    pub(super) fn home(&self) -> Option<RepoPath> {
        self.after.as_ref().or(self.before.as_ref()).map(|found| found.home.clone())
    }
}

/// The article that `path` belongs to at a commit: of several folders the outermost that is a bundle.
fn owner<P: Past>(
    past: &P,
    at: ObjectId,
    articles: &Articles,
    path: &RepoPath,
) -> Result<Option<(RepoPath, RepoPath)>, P::Error> {
    let Some(below) = path.below(&articles.root) else { return Ok(None) };
    let start = path.as_str().len() - below.len();
    let folders = below.match_indices('/').map(|(slash, _)| &path.as_str()[..start + slash]);
    for folder in folders {
        let main = RepoPath::new(format!("{folder}/index.md")).expect("below a sound path");
        if articles.is_main(&main) && past.file(at, &main)?.is_some() {
            return Ok(Some((articles.home(&main), main)));
        }
    }
    if articles.is_main(path) && past.file(at, path)?.is_some() {
        return Ok(Some((articles.home(path), path.clone())));
    }
    Ok(None)
}

pub(super) fn find<P: Past>(past: &P, at: ObjectId, home: RepoPath, main: RepoPath) -> Result<Found, P::Error> {
    let entries = past.entries(at, &home)?;
    let bytes = entries.iter().find(|entry| entry.path == main).map_or(&[][..], |entry| &entry.bytes);
    let (document, _) = Document::read(main.clone(), bytes);
    Ok(Found { home, main, entries, document })
}

/// The file with the words of the article that `path` belongs to at a commit.
pub fn article_at<P: Past>(
    past: &P,
    at: ObjectId,
    articles: &Articles,
    path: &RepoPath,
) -> Result<Option<RepoPath>, P::Error> {
    Ok(owner(past, at, articles, path)?.map(|(_, main)| main))
}

/// Every article that the step touched, each once.
pub(super) fn touched<P: Past>(
    past: &P,
    step: &Step,
    before: Option<&Rules>,
    after: Option<&Rules>,
) -> Result<Vec<Pair>, P::Error> {
    let mut sides: [BTreeMap<RepoPath, Found>; 2] = [BTreeMap::new(), BTreeMap::new()];
    let ends = [step.parent.zip(before), Some(step.commit).zip(after.or(before))];
    let mut homes = BTreeSet::new();
    for changed in &step.changed {
        for (at, rules) in ends.iter().flatten() {
            homes.extend(owner(past, *at, &rules.config.articles, &changed.path)?);
            // A folder that becomes an article takes what is below it in; where it is none any more, that comes out.
            let folder = changed.path.parent().filter(|_| changed.path.name() == "index.md" && changed.comes_or_goes());
            for path in folder.map(|folder| past.paths(*at, &folder)).transpose()?.unwrap_or_default() {
                homes.extend(owner(past, *at, &rules.config.articles, &path)?);
            }
        }
    }
    for (home, main) in homes {
        for (side, end) in sides.iter_mut().zip(&ends) {
            let Some((at, rules)) = end else { continue };
            let own = (home.clone(), main.clone());
            if owner(past, *at, &rules.config.articles, &main)?.is_some_and(|owner| owner == own) {
                side.insert(home.clone(), find(past, *at, home.clone(), main.clone())?);
            }
        }
    }
    let [mut before, mut after] = sides;
    // What a folder only has beside what changed stands there as it did.
    after.retain(|home, found| {
        let same = before.get(home).is_some_and(|old| old.main == found.main && old.entries == found.entries);
        if same {
            before.remove(home);
        }
        !same
    });
    let mut pairs = Vec::new();
    for (home, found) in after {
        let id = found.id();
        let same_id =
            || before.iter().find(|(_, other)| id.is_some() && other.id() == id).map(|(home, _)| home.clone());
        // Without an id on one side it is the same article if it is in the same place.
        let same_place =
            || before.get(&home).filter(|other| id.is_none() || other.id().is_none()).map(|_| home.clone());
        let partner = same_id().or_else(same_place).and_then(|home| before.remove(&home));
        let id = id.or_else(|| partner.as_ref().and_then(Found::id));
        pairs.push(Pair { id, before: partner, after: Some(found) });
    }
    pairs.extend(before.into_values().map(|found| Pair { id: found.id(), before: Some(found), after: None }));
    Ok(pairs)
}

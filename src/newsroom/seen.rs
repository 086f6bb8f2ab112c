//! Every article of the newsroom wherever it stands: before the public, on a branch of its own, or only on disk.
//!
//! This is what lists are made of. Of an article that nobody has open only the front matter is looked at, and read anew
//! only after it changed.

use std::collections::{BTreeMap, HashMap};

use super::Newsroom;
use super::error::Result;
use crate::article::{ArticleId, Document, ObjectId, RefName, RepoPath, Slug, Stage};
use crate::config::Config;
use crate::finding::Finding;
use crate::repository::TreeFile;
use crate::workflow::{self, Standing, Version};

/// One article, as far as its own file tells.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its id; none while desk does not keep it.
    pub id: Option<ArticleId>,
    /// Its slug.
    pub slug: Slug,
    /// What the public version's branch has of it, public or not. In a list of all articles it goes no further than
    /// the front matter.
    pub base: Option<Leaf>,
    /// Its own branch, with what that has saved.
    pub open: Option<(RefName, Leaf)>,
    /// What the working folder has, where that is not what is saved.
    pub working: Option<Leaf>,
    /// What was kept when it was spiked.
    pub spiked: Option<Leaf>,
}

/// An article's file in one place.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// The commit it is from; none for the working folder.
    pub commit: Option<ObjectId>,
    /// The article's folder, or its file.
    pub home: RepoPath,
    /// The file, read.
    pub document: Document,
    /// What could not be read of it.
    pub findings: Vec<Finding>,
}

impl Leaf {
    pub(super) fn read(commit: Option<ObjectId>, home: RepoPath, main: RepoPath, bytes: &[u8]) -> Self {
        let (document, findings) = Document::read(main, bytes);
        Self { commit, home, document, findings }
    }
}

impl Seen {
    /// What people work on: the saved words, else the public ones, else what is on disk.
    pub fn current(&self) -> &Leaf {
        let open = self.open.as_ref().map(|(_, leaf)| leaf);
        let standing = open.or(self.base.as_ref()).or(self.working.as_ref());
        standing.or(self.spiked.as_ref()).expect("an article that was seen stands somewhere")
    }

    /// The newest words there are: those on disk, else the saved ones, else the public ones.
    pub fn newest(&self) -> &Leaf {
        self.working.as_ref().unwrap_or_else(|| self.current())
    }

    /// Its title, or its slug while it has none.
    pub fn title(&self) -> &str {
        self.current().document.text_of("title").unwrap_or(self.slug.as_str())
    }

    /// Where it stands. What cannot be read counts as a draft.
    pub fn stage(&self) -> Stage {
        let stage = |leaf: &Leaf| leaf.document.stage().unwrap_or(Stage::Draft);
        match (&self.open, &self.base, &self.working) {
            // A branch's words are always kept by desk; where they do not say so, they cannot be read.
            (Some((_, open)), base, _) if !open.document.is_adopted() => base.as_ref().map_or(Stage::Draft, stage),
            (None, None, None) => Stage::Spiked,
            _ => stage(self.current()),
        }
    }

    /// Whether it has something that readers have not seen: an own branch, or words on disk.
    pub fn is_open(&self) -> bool {
        self.open.is_some() || self.working.is_some()
    }
}

impl Newsroom {
    /// All articles, in order of their paths.
    pub fn articles(&self) -> Result<Vec<Seen>> {
        let root = &self.house.config.articles.root;
        let memory = self.memory("articles");
        let listing = memory.listing(root)?;
        let on_disk = self.repository.working_files(Some(root))?;
        let on_disk: HashMap<RepoPath, ObjectId> =
            on_disk.into_iter().filter(|file| is_ordinary(file.mode)).map(|file| (file.path, file.id)).collect();
        let by_path: HashMap<&RepoPath, &TreeFile> = listing.files.iter().map(|file| (&file.path, file)).collect();
        let mains = self.house.config.articles.mains(listing.files.iter().map(|file| &file.path));
        // A link is never read, whatever it is called.
        let files: Vec<TreeFile> = mains
            .into_iter()
            .filter_map(|path| by_path.get(path).copied())
            .filter(|file| is_ordinary(file.mode))
            .cloned()
            .collect();
        let mut shelf = Shelf::default();
        for seen in self.read_all(memory.fronts(&files)?, &files, &on_disk)? {
            shelf.put(seen);
        }
        memory.close();
        for (name, tip) in self.repository.references("refs/heads/desk/")? {
            for leaf in self.leaves_of(tip)? {
                self.put_open(&mut shelf, &name, leaf)?;
            }
        }
        self.put_untracked(&mut shelf, &on_disk)?;
        for (_, tip) in self.repository.references("refs/desk/spiked/")? {
            for leaf in self.leaves_of(tip)? {
                if let Some(slug) = self.slug_of(&leaf.document) {
                    shelf.spiked(leaf, slug);
                }
            }
        }
        Ok(shelf.into_articles())
    }

    /// Articles of the public version, and what the working folder has instead of any of them.
    fn read_all(
        &self,
        leaves: Vec<Leaf>,
        files: &[TreeFile],
        on_disk: &HashMap<RepoPath, ObjectId>,
    ) -> Result<Vec<Seen>> {
        let here = self.shows_base()?;
        let mut seen = Vec::with_capacity(files.len());
        for (file, base) in files.iter().zip(leaves) {
            let differs = here && on_disk.get(&file.path).is_some_and(|id| *id != file.id);
            let working = if differs { self.repository.read_working(&file.path)? } else { None };
            let working = working.map(|bytes| Leaf::read(None, base.home.clone(), file.path.clone(), &bytes));
            seen.extend(self.public(base, working));
        }
        Ok(seen)
    }

    /// The same article with all of its public words, of which a list holds no more than the front matter.
    pub(super) fn whole(&self, seen: &Seen) -> Result<Seen> {
        let mut seen = seen.clone();
        if let Some(base) = &mut seen.base
            && let Some(commit) = base.commit
            && let Some(bytes) = self.repository.file_at(commit, &base.document.path)?
        {
            *base = Leaf::read(Some(commit), base.home.clone(), base.document.path.clone(), &bytes);
        }
        Ok(seen)
    }

    fn public(&self, base: Leaf, working: Option<Leaf>) -> Option<Seen> {
        let base = Leaf { commit: Some(self.base_tip), ..base };
        let slug = self.slug_of(&base.document)?;
        Some(Seen { id: base.document.id(), slug, base: Some(base), open: None, working, spiked: None })
    }

    /// One article again, after a change: only its own files are read. None when it stands nowhere any more.
    pub(super) fn see(&self, standing: &Standing) -> Result<Option<Seen>> {
        let Some(place) = standing.current() else { return Ok(None) };
        let leaf_at = |commit: ObjectId, place: &Version| -> Result<Option<Leaf>> {
            let Some(bytes) = self.repository.file_at(commit, &place.main)? else { return Ok(None) };
            Ok(Some(Leaf::read(Some(commit), place.home.clone(), place.main.clone(), &bytes)))
        };
        let leaf = |commit: ObjectId| leaf_at(commit, place);
        let is_it = |leaf: &Leaf| leaf.document.id().is_none_or(|id| id == standing.id);
        // An article that is renamed stands elsewhere for readers.
        let base = match (leaf(self.base_tip)?.filter(is_it), &standing.base) {
            (None, Some(base)) => leaf_at(self.base_tip, base)?.filter(is_it),
            (found, _) => found,
        };
        let open = match self.repository.resolve(&standing.branch)? {
            Some(tip) => leaf(tip)?.map(|leaf| (standing.branch.clone(), leaf)),
            None => None,
        };
        let saved = open.as_ref().map(|(_, leaf)| leaf).or(base.as_ref());
        let on_disk = self.repository.read_ordinary(&place.main)?;
        let newer = on_disk.filter(|bytes| saved.is_none_or(|leaf| leaf.document.text.as_bytes() != bytes.as_slice()));
        let working = newer.map(|bytes| Leaf::read(None, place.home.clone(), place.main.clone(), &bytes));
        let spiked = match self.repository.resolve(&RefName::spiked(standing.id))? {
            Some(tip) => leaf(tip)?,
            None => None,
        };
        if base.is_none() && open.is_none() && working.is_none() && spiked.is_none() {
            return Ok(None);
        }
        Ok(Some(Seen { id: Some(standing.id), slug: standing.slug.clone(), base, open, working, spiked }))
    }

    /// The articles that a branch has and the public version it was cut from has otherwise.
    pub(super) fn leaves_of(&self, tip: ObjectId) -> Result<Vec<Leaf>> {
        let articles = &self.house.config.articles;
        let fork = self.repository.merge_base(tip, self.base_tip)?;
        let changed = self.repository.changed(fork, Some(tip), Some(&articles.root))?;
        let mut leaves: BTreeMap<RepoPath, Leaf> = BTreeMap::new();
        for file in changed.files {
            if file.new.is_none() && articles.is_main(&file.path) {
                continue;
            }
            let Some(main) = self.main_above(tip, &file.path)? else { continue };
            if leaves.contains_key(&main) {
                continue;
            }
            if let Some(bytes) = self.repository.file_at(tip, &main)? {
                leaves.insert(main.clone(), Leaf::read(Some(tip), articles.home(&main), main, &bytes));
            }
        }
        if leaves.is_empty()
            && let Some(main) = workflow::opened(&self.repository.commit(tip)?.message)
            && let Some(bytes) = self.repository.file_at(tip, &main)?
        {
            leaves.insert(main.clone(), Leaf::read(Some(tip), articles.home(&main), main, &bytes));
        }
        Ok(leaves.into_values().collect())
    }

    /// The article's file that `path` belongs to at a commit: itself, or the `index.md` of a folder around it.
    pub(super) fn main_above(&self, commit: ObjectId, path: &RepoPath) -> Result<Option<RepoPath>> {
        let articles = &self.house.config.articles;
        if articles.is_main(path) {
            return Ok(Some(path.clone()));
        }
        let mut folder = path.parent();
        while let Some(here) = folder.filter(|here| *here != articles.root) {
            let main = here.join("index.md").expect("a file below a sound folder");
            if self.repository.entry_at(commit, &main)?.is_some() {
                return Ok(Some(main));
            }
            folder = here.parent();
        }
        Ok(None)
    }

    fn put_open(&self, shelf: &mut Shelf, name: &RefName, leaf: Leaf) -> Result<()> {
        let Some(slug) = self.slug_of(&leaf.document) else { return Ok(()) };
        let on_disk = self.repository.read_ordinary(&leaf.document.path)?;
        let same = on_disk.as_ref().is_none_or(|bytes| *bytes == leaf.document.text.as_bytes());
        let read = |bytes: Vec<u8>| Leaf::read(None, leaf.home.clone(), leaf.document.path.clone(), &bytes);
        let working = on_disk.filter(|_| !same).map(read);
        let id = match (leaf.document.id(), leaf.commit) {
            (None, Some(tip)) => workflow::article_of(&self.repository.commit(tip)?.message),
            (id, _) => id,
        };
        shelf.open(name, id, leaf, slug, working);
        Ok(())
    }

    /// Articles that are only on disk.
    fn put_untracked(&self, shelf: &mut Shelf, on_disk: &HashMap<RepoPath, ObjectId>) -> Result<()> {
        let articles = &self.house.config.articles;
        for main in articles.mains(on_disk.keys()) {
            if shelf.has(main) {
                continue;
            }
            let Some(bytes) = self.repository.read_working(main)? else { continue };
            let leaf = Leaf::read(None, articles.home(main), main.clone(), &bytes);
            let Some(slug) = self.slug_of(&leaf.document) else { continue };
            shelf.put(Seen { id: leaf.document.id(), slug, base: None, open: None, working: Some(leaf), spiked: None });
        }
        Ok(())
    }

    /// An article's slug: what its front matter says, else its name on disk.
    pub(super) fn slug_of(&self, document: &Document) -> Option<Slug> {
        slug_of(&self.house.config, document)
    }
}

/// An article's slug: the one it says, else that of its place.
pub(super) fn slug_of(config: &Config, document: &Document) -> Option<Slug> {
    config.articles.slug_of(document)
}

/// Whether a mode is that of a file whose bytes are its own.
fn is_ordinary(mode: u32) -> bool {
    mode & 0o170_000 == 0o100_000
}

/// Articles being put together from several places.
#[derive(Default)]
struct Shelf {
    articles: Vec<Seen>,
    by_id: HashMap<ArticleId, usize>,
    by_main: HashMap<RepoPath, usize>,
}

impl Shelf {
    fn has(&self, main: &RepoPath) -> bool {
        self.by_main.contains_key(main)
    }

    fn put(&mut self, seen: Seen) {
        let at = self.articles.len();
        if let Some(id) = seen.id {
            self.by_id.entry(id).or_insert(at);
        }
        self.by_main.insert(seen.current().document.path.clone(), at);
        self.articles.push(seen);
    }

    /// Words that cannot be read do not say whose they are: `id` is what the save that brought them said.
    fn open(&mut self, name: &RefName, id: Option<ArticleId>, leaf: Leaf, slug: Slug, working: Option<Leaf>) {
        let main = leaf.document.path.clone();
        let known = id.and_then(|id| self.by_id.get(&id)).or_else(|| self.by_main.get(&main)).copied();
        // Two branches of one article: the first is it, the other is shown as an article of its own.
        match known.filter(|&at| self.articles[at].open.is_none()) {
            Some(at) => {
                let seen = &mut self.articles[at];
                (seen.id, seen.slug) = (id.or(seen.id), slug);
                seen.open = Some((name.clone(), leaf));
                // What is on disk is either the saved words or newer ones; how it differs from the public ones says nothing.
                seen.working = working;
                self.by_main.insert(main, at);
            }
            None => self.put(Seen { id, slug, base: None, open: Some((name.clone(), leaf)), working, spiked: None }),
        }
    }

    fn spiked(&mut self, leaf: Leaf, slug: Slug) {
        match leaf.document.id().and_then(|id| self.by_id.get(&id)).copied() {
            Some(at) => self.articles[at].spiked = Some(leaf),
            None => {
                let id = leaf.document.id();
                self.articles.push(Seen { id, slug, base: None, open: None, working: None, spiked: Some(leaf) });
            }
        }
    }

    fn into_articles(self) -> Vec<Seen> {
        let mut articles = self.articles;
        articles.sort_by(|one, other| one.current().document.path.cmp(&other.current().document.path));
        articles
    }
}

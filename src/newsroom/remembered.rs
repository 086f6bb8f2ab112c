//! What a newsroom remembers between two commands of articles that did not change: which there are, what their front
//! matter says, which of their records have more to tell. Everything is found by the names that git gives to bytes.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Mutex;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Newsroom;
use super::error::Result;
use super::seen::Leaf;
use crate::article::RepoPath;
use crate::cache::{Cache, Keep, Key};
use crate::repository::{Listing, Repository, TreeFile};

/// What is remembered of a record that is picked out.
const YES: &[u8] = b"yes";

/// What is remembered, open for one look at all articles.
pub(super) struct Memory<'a> {
    newsroom: &'a Newsroom,
    cache: Cache,
    asked: RefCell<Vec<Key>>,
}

impl Newsroom {
    /// What is remembered under `name`.
    pub(super) fn memory(&self, name: &str) -> Memory<'_> {
        Memory { newsroom: self, cache: self.cache(name), asked: RefCell::default() }
    }

    /// The file of results called `name`, in git's own folder.
    pub(super) fn cache(&self, name: &str) -> Cache {
        Cache::open(&self.cache_folder(), name)
    }

    /// Where what was computed is kept.
    pub(super) fn cache_folder(&self) -> PathBuf {
        self.repository.git_folder().join("desk-cache")
    }
}

impl Memory<'_> {
    fn repository(&self) -> &Repository {
        &self.newsroom.repository
    }

    /// The files that the public version has below `folder`.
    pub(super) fn listing(&self, folder: &RepoPath) -> Result<Listing> {
        let tip = self.newsroom.base_tip;
        let Some(tree) = self.repository().folder_at(tip, folder)? else { return Ok(Listing::default()) };
        let key = self.cache.key_of("listing").with(folder.as_str().as_bytes()).with(tree.as_bytes()).key();
        self.remembered(key, || Ok(self.repository().files_at(tip, Some(folder))?))
    }

    /// The articles in `files`, as far as their front matter goes: what stands below it is not read.
    pub(super) fn fronts(&self, files: &[TreeFile]) -> Result<Vec<Leaf>> {
        use rayon::prelude::*;
        let articles = &self.newsroom.house.config.articles;
        let version = self.cache.key_of("front");
        let keys: Vec<Key> = files.iter().map(|file| version.clone().with(file.id.as_bytes()).key()).collect();
        let leaf =
            |file: &TreeFile, bytes: &[u8]| Leaf::read(None, articles.home(&file.path), file.path.clone(), bytes);
        let cache = &self.cache;
        let known: Vec<Option<Leaf>> = files
            .par_iter()
            .zip(&keys)
            .with_min_len(256)
            .map(|(file, key)| cache.get(*key).map(|front| leaf(file, front)))
            .collect();
        let missing: Vec<TreeFile> =
            files.iter().zip(&known).filter(|(_, leaf)| leaf.is_none()).map(|(file, _)| file.clone()).collect();
        let fresh = Mutex::new(HashMap::new());
        let read = self.repository().read_each(&missing, |file, bytes| {
            let whole = leaf(file, &bytes);
            if whole.findings.is_empty() {
                let front = whole.document.text[..whole.document.body.start].as_bytes().to_vec();
                fresh.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(file.id, front);
            }
            whole
        })?;
        let mut fresh = fresh.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        for (file, key) in files.iter().zip(&keys) {
            if let Some(front) = fresh.remove(&file.id) {
                self.cache.put(*key, front);
            }
        }
        self.asked.borrow_mut().extend(keys);
        let mut read = read.into_iter();
        Ok(known.into_iter().filter_map(|leaf| leaf.or_else(|| read.next())).collect())
    }

    /// The records among `files` that `tells` picks out by their bytes.
    pub(super) fn telling(
        &self,
        files: &[TreeFile],
        tells: impl Fn(&[u8]) -> bool + Sync,
    ) -> Result<BTreeSet<RepoPath>> {
        let version = self.cache.key_of("telling");
        let keys: Vec<Key> = files.iter().map(|file| version.clone().with(file.id.as_bytes()).key()).collect();
        let known = |key: &Key| self.cache.get(*key).map(|answer| answer == YES);
        let new: Vec<(TreeFile, Key)> =
            files.iter().cloned().zip(keys.iter().copied()).filter(|(_, key)| known(key).is_none()).collect();
        let missing: Vec<TreeFile> = new.iter().map(|(file, _)| file.clone()).collect();
        let told = self.repository().read_each(&missing, |_, bytes| tells(&bytes))?;
        let mut telling: BTreeSet<RepoPath> = files
            .iter()
            .zip(&keys)
            .filter(|(_, key)| known(key) == Some(true))
            .map(|(file, _)| file.path.clone())
            .collect();
        for ((file, key), tells) in new.into_iter().zip(told) {
            self.cache.put(key, if tells { YES.to_vec() } else { Vec::new() });
            if tells {
                telling.insert(file.path);
            }
        }
        self.asked.borrow_mut().extend(keys);
        Ok(telling)
    }

    /// What is remembered under `key`, else what `make` makes.
    fn remembered<T: Serialize + DeserializeOwned>(&self, key: Key, make: impl FnOnce() -> Result<T>) -> Result<T> {
        self.asked.borrow_mut().push(key);
        if let Some(known) = self.cache.get(key).and_then(|bytes| postcard::from_bytes(bytes).ok()) {
            return Ok(known);
        }
        let made = make()?;
        if let Ok(bytes) = postcard::to_allocvec(&made) {
            self.cache.put(key, bytes);
        }
        Ok(made)
    }

    /// Writes down what was learnt. Where that is not possible everything is simply read again the next time.
    pub(super) fn close(self) {
        drop(self.cache.close(Keep::Asked, &self.asked.into_inner()));
    }
}

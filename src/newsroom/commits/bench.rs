//! The rules that commits are judged by, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::article::{Entry, ObjectId, RepoPath};
use crate::check::{BASELINE_FILE, Baseline};
use crate::config::{DESK_FILE, STAFF_FILE};
use crate::history::{Past, Rules, Signed};
use crate::ledger::BeforeDesk;
use crate::newsroom::error::Result;
use crate::newsroom::house_style;
use crate::newsroom::judgements::rules_at;
use crate::newsroom::open::{house_at, schemas_at};
use crate::repository::{Error, Repository, Stored};
use crate::schema::Schemas;
use crate::style::Styles;

/// How the newsroom worked at a commit.
pub(super) struct Held {
    pub(super) rules: Rules,
    pub(super) schemas: Schemas,
    pub(super) baseline: Baseline,
    pub(super) styles: Styles,
    /// What names all but the baseline.
    pub(super) names: Vec<ObjectId>,
}

/// Reads what held at a commit. Commits that changed nothing of it share it.
pub(super) struct Benches<'a> {
    repository: &'a Repository,
    read: HashMap<Vec<Option<ObjectId>>, Option<Arc<Held>>>,
}

impl<'a> Benches<'a> {
    pub(super) fn new(repository: &'a Repository) -> Self {
        Self { repository, read: HashMap::new() }
    }

    /// What held at `commit`; none where there was no newsroom.
    pub(super) fn at(&mut self, commit: ObjectId) -> Result<Option<Arc<Held>>> {
        let path = |name: &str| RepoPath::new(name).expect("a sound name");
        let (desk, staff, baseline) = (path(DESK_FILE), path(STAFF_FILE), path(BASELINE_FILE));
        let mut key = Vec::new();
        for file in [&desk, &staff, &baseline] {
            key.push(self.repository.entry_at(commit, file)?.map(|file| file.id));
        }
        for folder in ["schemas", house_style::FOLDER] {
            key.push(self.repository.folder_at(commit, &path(folder))?);
        }
        if let Some(known) = self.read.get(&key) {
            return Ok(known.clone());
        }
        let held = match house_at(self.repository, commit, &desk, &staff)? {
            Some(house) => {
                let styles = house_style::style_at(self.repository, commit, &house.config)?.styles;
                let rules = Rules { config: house.config, staff: house.staff, digest: house.policy };
                let schemas = schemas_at(self.repository, commit)?;
                let names = rules_at(self.repository, commit)?;
                Some(Arc::new(Held { rules, schemas, baseline: house.baseline, styles, names }))
            }
            None => None,
        };
        self.read.insert(key, held.clone());
        Ok(held)
    }
}

/// What was public before desk came, read once as long as it stays as it is.
#[derive(Debug, Default)]
pub(in crate::newsroom) struct Before(Mutex<Option<(ObjectId, Arc<BeforeDesk>)>>);

impl Before {
    /// What `file` says; nothing where there is none.
    pub(in crate::newsroom) fn read(
        &self,
        repository: &Repository,
        file: Option<ObjectId>,
    ) -> Result<Arc<BeforeDesk>, Error> {
        let Some(file) = file else { return Ok(Arc::default()) };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, before)) = kept.as_ref().filter(|(id, _)| *id == file) {
            return Ok(Arc::clone(before));
        }
        let before = Arc::new(BeforeDesk::found(Some(&repository.blob(file)?)));
        *kept = Some((file, Arc::clone(&before)));
        Ok(before)
    }
}

/// The past, asked at any commit.
pub(in crate::newsroom) struct Anywhere<'a> {
    repository: &'a Repository,
    before_desk: Before,
}

impl<'a> Anywhere<'a> {
    pub(in crate::newsroom) fn new(repository: &'a Repository) -> Self {
        Self { repository, before_desk: Before::default() }
    }
}

impl Past for Anywhere<'_> {
    type Error = Error;

    fn file(&self, at: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>, Error> {
        match self.repository.entry_at(at, path)? {
            Some(file) => bytes(self.repository, Stored { mode: file.mode, id: file.id }).map(Some),
            None => Ok(None),
        }
    }

    fn signed(&self, at: ObjectId) -> Result<Option<Signed>, Error> {
        Ok(self.repository.signature_of(at)?.map(|(signature, bytes)| Signed { signature, bytes }))
    }

    fn before_desk(&self, at: ObjectId) -> Result<Arc<BeforeDesk>, Error> {
        let file = self.repository.entry_at(at, &BeforeDesk::path())?;
        self.before_desk.read(self.repository, file.map(|file| file.id))
    }

    fn before(&self, at: ObjectId) -> Result<Option<ObjectId>, Error> {
        self.repository.first_parent(at)
    }

    fn entries(&self, at: ObjectId, home: &RepoPath) -> Result<Vec<Entry>, Error> {
        let files = self.repository.files_at(at, Some(home))?.files.into_iter();
        let entry = |file: crate::repository::TreeFile| {
            let bytes = bytes(self.repository, Stored { mode: file.mode, id: file.id })?;
            Ok(Entry { path: file.path, mode: file.mode, bytes })
        };
        files.map(entry).collect()
    }
}

/// A submodule's commit is not among our objects.
fn bytes(repository: &Repository, stored: Stored) -> Result<Vec<u8>, Error> {
    if stored.mode == 0o160_000 { Ok(Vec::new()) } else { repository.blob(stored.id) }
}

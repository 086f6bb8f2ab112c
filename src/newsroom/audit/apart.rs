//! An audit of files alone: of one version, or of a folder that no git keeps.

use super::accounts::Accounts;
use super::{Audited, Basis};
use crate::article::{Document, Entry, ObjectId, RepoPath};
use crate::config::DESK_FILE;
use crate::history::{Past, Rules, Signed, judge_apart};
use crate::ledger::record_id;
use crate::newsroom::commits::{self, Anywhere};
use crate::newsroom::error::{Error, Result};
use crate::newsroom::{Newsroom, Setting};
use crate::repository::{self, PlainFolder, Repository};

impl Newsroom {
    /// What the files of one version say of each other: of the public version, or of that at `rev`.
    pub fn audit_apart(setting: Setting, rev: Option<&str>) -> Result<Audited> {
        let repository = Repository::open_to_read(&setting.directory, &[])?;
        let tip = rev.map(|rev| commits::commit(&repository, rev)).transpose()?;
        let newsroom = match tip {
            Some(tip) => Self::as_of(setting, repository, tip)?,
            None => Self::from_repository(setting, repository)?,
        };
        let (repository, tip) = (&newsroom.repository, newsroom.base_tip);
        let files = repository.files_at(tip, None)?.files.into_iter();
        let files: Vec<(RepoPath, u32)> = files.map(|file| (file.path, file.mode)).collect();
        audit(&files, tip, Some(tip), &Anywhere::new(repository))
    }

    /// The same of a folder that is no repository, or of one above it; none where there are no settings of a newsroom.
    pub fn audit_folder(setting: &Setting) -> Result<Option<Audited>> {
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        for folder in setting.directory.ancestors() {
            let folder = PlainFolder::open(folder)?;
            if folder.read(&desk)?.is_some() {
                let files = folder.files()?;
                let nowhere = ObjectId::from_bytes([0; 20]);
                return audit(&files, nowhere, None, &Lying { folder: &folder, files: &files }).map(Some);
            }
        }
        Ok(None)
    }
}

fn audit<P: Past<Error = repository::Error>>(
    files: &[(RepoPath, u32)],
    at: ObjectId,
    tip: Option<ObjectId>,
    past: &P,
) -> Result<Audited> {
    let rules = Rules::read(past, at)?.map_err(Error::Given)?.ok_or(Error::NoNewsroom)?;
    let articles = &rules.config.articles;
    let ordinary = files.iter().filter(|(_, mode)| mode & 0o170_000 == 0o100_000).map(|(path, _)| path);
    let mains: Vec<RepoPath> = articles.mains(ordinary).into_iter().cloned().collect();
    let places: Vec<_> = mains.into_iter().map(|main| (articles.home(&main), main)).collect();
    let records: Vec<_> = files.iter().filter_map(|(path, _)| record_id(path)).collect();
    let audit = judge_apart(at, &places, &records, &rules, past)?;
    let mut documents = Vec::new();
    for (home, main) in places {
        let bytes = past.file(at, &main)?.unwrap_or_default();
        documents.push((home, Document::read(main, &bytes).0));
    }
    let (accounts, breaches) = Accounts::new(&rules.config, at, audit, &|_| Ok(None)).told(documents)?;
    let (steps, since, basis) = (0, None, Basis::Files);
    Ok(Audited { steps, since, tip, basis, config: rules.config, accounts, breaches })
}

/// Files as they lie in a folder. There is no other time than now.
struct Lying<'a> {
    folder: &'a PlainFolder,
    files: &'a [(RepoPath, u32)],
}

impl Past for Lying<'_> {
    type Error = repository::Error;

    fn file(&self, _: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>, repository::Error> {
        self.folder.read(path)
    }

    fn entries(&self, _: ObjectId, home: &RepoPath) -> Result<Vec<Entry>, repository::Error> {
        let own = self.files.iter().filter(|(path, _)| path.is_within(home));
        own.map(|(path, mode)| {
            // A link is not followed: its mode alone leaves the article without a digest.
            let is_ordinary = mode & 0o170_000 == 0o100_000;
            let bytes = if is_ordinary { self.folder.read(path)?.unwrap_or_default() } else { Vec::new() };
            Ok(Entry { path: path.clone(), mode: *mode, bytes })
        })
        .collect()
    }

    fn signed(&self, _: ObjectId) -> Result<Option<Signed>, repository::Error> {
        Ok(None)
    }

    fn before(&self, _: ObjectId) -> Result<Option<ObjectId>, repository::Error> {
        Ok(None)
    }
}

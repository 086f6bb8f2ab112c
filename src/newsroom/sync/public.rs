//! Bringing in whole branches: the public version, and articles that only colleagues have open.

use std::collections::BTreeSet;

use super::Synced;
use super::news::{About, News};
use super::remote::{Remote, There};
use crate::article::{ArticleId, Change, FileStep, ObjectId, Reach, RefName, RefStep, Target};
use crate::newsroom::writing::Work;
use crate::newsroom::{Error, Result};
use crate::workflow::{self, Standing, Version};

impl Work<'_> {
    pub(super) fn sync(&mut self, name: Option<&str>, remote: Option<&Remote>, synced: &mut Synced) -> Result<()> {
        let meant = match name {
            Some(name) => {
                let known = self.find(Some(name));
                let there = |remote: &Remote| {
                    remote.open.values().any(|(branch, _)| branch.as_str().ends_with(&format!("/{name}")))
                };
                // What only a colleague has is brought in first.
                if known.is_err() && remote.is_some_and(there) { None } else { known?.id }
            }
            None => None,
        };
        let open = self.open_articles()?;
        if let Some(remote) = remote {
            self.public(&remote.name, &open, synced)?;
            self.arrivals(remote, &open, synced)?;
        }
        for standing in open.into_iter().filter(|standing| meant.is_none_or(|id| id == standing.id)) {
            self.meet(&standing, remote, synced)?;
        }
        let has_landed = synced.news.iter().any(|news| matches!(news, News::Landed(_)));
        if let Some(remote) = remote.filter(|_| has_landed) {
            // A branch that has landed may have made room for the next change of the same article.
            let open = self.open_articles()?;
            self.arrivals(remote, &open, synced)?;
        }
        Ok(())
    }

    /// Brings in what a move of the public version must know: where that stands at the remote, and what was said.
    pub(in crate::newsroom) fn come_up(&mut self, remote: &str, before: &There) -> Result<()> {
        let mut synced = Synced::default();
        self.said(remote, before)?;
        let open = self.open_articles()?;
        self.public(remote, &open, &mut synced)?;
        let there = self.newsroom.at(remote, before)?;
        self.arrivals(&there, &open, &mut synced)?;
        match synced.news.contains(&News::Parted) {
            true => Err(Error::Parted),
            false => Ok(()),
        }
    }

    /// All open articles, saved. Words that cannot be saved stay as they are, and nothing is brought into them.
    fn open_articles(&mut self) -> Result<Vec<Standing>> {
        let seen = self.newsroom.articles()?.into_iter().filter(|seen| seen.is_open() && seen.id.is_some());
        Ok(seen.filter_map(|seen| self.saved(seen).ok()).map(|(_, standing, _)| standing).collect())
    }

    /// Brings the public version here to where the remote has it, if it only went on there.
    fn public(&mut self, remote: &str, open: &[Standing], synced: &mut Synced) -> Result<()> {
        let repository = &self.newsroom.repository;
        let Some(theirs) = repository.known(remote, &self.newsroom.base)? else { return Ok(()) };
        let ours = self.newsroom.base_tip;
        let count = |from: ObjectId, to: ObjectId| -> Result<usize> {
            let until =
                repository.first_parents(from).take_while(|commit| commit.as_ref().is_ok_and(|one| one.id != to));
            Ok(until.count())
        };
        let (ahead, behind) = (repository.follows(ours, theirs)?, repository.follows(theirs, ours)?);
        match (ahead, behind) {
            (true, true) => return Ok(()),
            (true, false) => synced.news.push(News::Ahead { steps: count(ours, theirs)? }),
            (false, false) => synced.news.push(News::Parted),
            (false, true) => {
                let steps = count(theirs, ours)?;
                let files = self.stay(open, ours, theirs)?;
                let base =
                    RefStep { name: self.newsroom.base.clone(), expect: Some(ours), target: Target::Object(theirs) };
                let summary = "brought in the public version".to_owned();
                self.apply(&Change { summary, articles: Vec::new(), steps: vec![base], files, reach: Reach::Came })?;
                synced.news.push(News::Public { steps });
            }
        }
        Ok(())
    }

    /// The files of open articles, which stay as they are while the public version goes on beneath them.
    fn stay(&self, open: &[Standing], ours: ObjectId, theirs: ObjectId) -> Result<Vec<FileStep>> {
        let repository = &self.newsroom.repository;
        let (mut files, mut told) = (Vec::new(), BTreeSet::new());
        for standing in open {
            for entry in standing.working.iter().flatten() {
                let known = [repository.file_at(ours, &entry.path)?, repository.file_at(theirs, &entry.path)?];
                let bytes = Some(entry.bytes.clone());
                // An article may be on somebody else's branch too.
                if known[0] != known[1] && told.insert(&entry.path) {
                    files.push(FileStep { path: entry.path.clone(), expect: bytes.clone(), bytes });
                }
            }
        }
        Ok(files)
    }

    /// Articles that only colleagues have open.
    fn arrivals(&mut self, remote: &Remote, open: &[Standing], synced: &mut Synced) -> Result<()> {
        let mut come: Vec<(&ArticleId, &(RefName, Version))> = remote.open.iter().collect();
        come.sort_by_key(|(id, _)| **id);
        for (&id, (branch, theirs)) in come {
            let newsroom = &*self.newsroom;
            let base = newsroom.version(newsroom.base_tip, id, &theirs.home, &theirs.main)?;
            let landed = newsroom.repository.follows(newsroom.base_tip, theirs.commit)?
                || base.as_ref().is_some_and(|base| base.digest.is_ok() && base.digest == theirs.digest);
            let kept = newsroom.repository.resolve(&RefName::spiked(id))?.is_some();
            let taken = newsroom.repository.resolve(branch)?.is_some();
            if landed || kept || taken || open.iter().any(|standing| standing.id == id) {
                continue;
            }
            // Words that are nobody's yet and could not be saved stay in front of whoever wrote them.
            let here = newsroom.repository.working_entries(&theirs.home)?;
            if !here.is_empty() && !base.is_some_and(|base| workflow::same_files(&here, &base.entries)) {
                continue;
            }
            let slug = newsroom.slug_of(&theirs.document);
            let Some(slug) = slug else { continue };
            let title = theirs.document.text_of("title").unwrap_or(slug.as_str()).to_owned();
            let about = About { by: newsroom.last_hand(theirs, id)?, title, slug };
            self.apply(&workflow::arrive(id, &about.slug, branch, theirs, &here))?;
            synced.news.push(News::Came(about));
        }
        Ok(())
    }
}

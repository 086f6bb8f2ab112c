//! What others did meanwhile: fetched through the user's own git, brought in where it joins by itself, and shown where
//! two people changed the same words; and what was said of articles, and when they become public. What was to be sent
//! before and could not be goes along. Nothing is lost on either side.

mod joining;
mod news;
mod public;
mod remote;
mod said;

use std::path::PathBuf;

use jiff::Timestamp;

pub use news::{About, Clash, Fetching, News, Synced, With};

use super::{Error, Newsroom, Result};
use crate::article::ArticleId;
use crate::article::merge::{Choice, Joint};
use crate::workflow::{self, Meeting, Standing, Version};

impl Newsroom {
    /// Fetches what others did, brings the public version here up to theirs and open articles (or the one that is meant)
    /// up to both. What does not join by itself is left as it is, on both sides.
    pub fn sync(&mut self, name: Option<&str>, fetching: Fetching) -> Result<Synced> {
        let mut synced = Synced { remote: self.remote()?, ..Synced::default() };
        let before = self.there(synced.remote.as_deref())?;
        if let (Some(remote), Fetching::Remote) = (&synced.remote, fetching) {
            synced.unreachable = self.fetch(remote)?;
        }
        self.write(|work| {
            let remote = match &synced.remote {
                Some(name) => Some(work.newsroom.at(name, &before)?),
                None => None,
            };
            let said = match &remote {
                Some(remote) => work.said(&remote.name, &before)?,
                None => Vec::new(),
            };
            work.sync(name, remote.as_ref(), &mut synced)?;
            for assent in &said {
                synced.news.extend(work.told(assent)?);
            }
            Ok(())
        })?;
        if synced.remote.is_some() && synced.unreachable.is_none() && fetching == Fetching::Remote {
            self.send_what_was_kept(&mut synced)?;
            self.hear_all(&mut synced)?;
        }
        Ok(synced)
    }

    /// Settles a clash as it was shown.
    pub fn settle(&mut self, clash: &Clash, choices: &[Choice]) -> Result<News> {
        self.write(|work| {
            let seen = work.find(Some(&clash.id.to_string()))?;
            let (seen, standing, _) = work.saved(seen)?;
            let theirs = work.newsroom.theirs(&standing, &clash.with)?;
            let joint =
                theirs.as_ref().map(|theirs| work.newsroom.joint(&standing, theirs, &clash.with)).transpose()?;
            match (theirs, joint.flatten()) {
                (Some(theirs), Some(joint)) if joint == clash.joint => {
                    let entries = joint.settle(choices).map_err(Error::Unsettled)?;
                    work.join(&seen, &standing, &theirs, &clash.with, &entries)
                }
                _ => Err(Error::Meanwhile(clash.about.slug.clone())),
            }
        })
    }

    fn theirs(&self, standing: &Standing, with: &With) -> Result<Option<Version>> {
        match (with, &standing.open) {
            (With::Public, _) => Ok(standing.base.clone()),
            (With::Colleague(tip), Some(open)) => self.version(*tip, standing.id, &open.home, &open.main),
            (With::Colleague(_), None) => Ok(None),
        }
    }

    /// What ours and theirs make together.
    fn joint(&self, standing: &Standing, theirs: &Version, with: &With) -> Result<Option<Joint>> {
        let Some(open) = &standing.open else { return Ok(None) };
        if *with == With::Public {
            return Ok(match workflow::meeting(standing) {
                Meeting::Both(joint) => Some(*joint),
                _ => None,
            });
        }
        let origin = match self.repository.merge_base(open.commit, theirs.commit)? {
            Some(fork) => self.version(fork, standing.id, &open.home, &open.main)?,
            None => None,
        };
        let origin = origin.as_ref().map(|origin| origin.entries.as_slice());
        Ok(Some(Joint::of(&open.main, origin, &open.entries, &theirs.entries)))
    }

    /// The version whose other files the branch goes on from: the one that was cut from the public version later.
    fn ground<'a>(&self, open: &'a Version, theirs: &'a Version, with: &With) -> Result<&'a Version> {
        if *with == With::Public {
            return Ok(theirs);
        }
        let fork = |version: &Version| self.repository.merge_base(version.commit, self.base_tip);
        Ok(match (fork(open)?, fork(theirs)?) {
            (Some(ours), Some(other)) if ours != other && self.repository.follows(other, ours)? => theirs,
            _ => open,
        })
    }

    /// Who changed the article last on the line that ends at `tip`, where `version` stands.
    pub(in crate::newsroom) fn last_hand(
        &self,
        version: &Version,
        id: ArticleId,
    ) -> Result<Option<(String, Timestamp)>> {
        const FAR: usize = 500;
        for commit in self.repository.first_parents(version.commit).take(FAR) {
            let commit = commit?;
            let before = match commit.parents.first() {
                Some(parent) => self.version(*parent, id, &version.home, &version.main)?,
                None => None,
            };
            if before.is_none_or(|before| before.entries != version.entries) {
                let staff = self.house.staff.find(&commit.author.address);
                let name = staff.map_or(commit.author.name.clone(), |person| person.name.clone());
                return Ok(Some((name, commit.author.time)));
            }
        }
        Ok(None)
    }

    fn about(&self, standing: &Standing, theirs: Option<&Version>) -> Result<About> {
        let by = theirs.map(|theirs| self.last_hand(theirs, standing.id)).transpose()?.flatten();
        Ok(About { slug: standing.slug.clone(), title: standing.title().to_owned(), by })
    }
}

impl Newsroom {
    /// Lays both versions aside for somebody's editor; gives the file.
    pub fn put_aside(&self, bytes: &[u8]) -> Result<PathBuf> {
        Ok(self.repository.put_aside(bytes)?)
    }

    /// What became of them there.
    pub fn take_aside(&self) -> Result<String> {
        let bytes = self.repository.take_aside()?;
        String::from_utf8(bytes).map_err(|_| Error::Given("what was written is not UTF-8 text".to_owned()))
    }
}

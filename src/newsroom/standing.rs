//! All that is known of one article, gathered from git and from disk for a move to be judged by.

use super::Newsroom;
use super::error::{Error, RefusedMove, Result};
use super::seen::{Leaf, Seen};
use crate::article::{ArticleId, Document, Entry, ObjectId, RefName, RepoPath, Slug};
use crate::ledger::{Assent, KeptSchedule, Record, record_path};
use crate::workflow::{self, Base, Circumstances, Planned, Refusal, Standing, Version};

impl Newsroom {
    /// All that is known of one article.
    pub fn standing(&self, seen: &Seen) -> Result<Standing> {
        let id = match seen.id {
            Some(id) => id,
            None => self.chance()?.article_id(self.setting.now),
        };
        let branch = match &seen.open {
            Some((name, _)) => name.clone(),
            None => self.free_branch(seen, id)?,
        };
        let version =
            |leaf: &Leaf| self.version(leaf.commit.unwrap_or(self.base_tip), id, &leaf.home, &leaf.document.path);
        let base = seen.base.as_ref().map(version).transpose()?.flatten();
        let open = seen.open.as_ref().map(|(_, leaf)| version(leaf)).transpose()?.flatten();
        let fork = match &open {
            Some(open) => self.repository.merge_base(open.commit, self.base_tip)?,
            None => None,
        };
        // Where the base had it when the branch was cut: at its place of today, or where the branch has it.
        let mut origin = None;
        for place in [&base, &open].into_iter().flatten() {
            if let (Some(fork), None) = (fork, &origin) {
                let found = self.version(fork, id, &place.home, &place.main)?;
                origin = found.filter(|found| found.document.id().is_none_or(|own| own == id));
            }
        }
        let home = &seen.current().home;
        let working = self.repository.working_entries(home)?;
        Ok(Standing {
            in_the_way: self.strangers(home, seen)?,
            working: (!working.is_empty()).then_some(working),
            spiked: seen.spiked.as_ref().map(version).transpose()?.flatten(),
            assents: self.assents(id)?,
            schedule: self.planned(id)?,
            record: self.record(id, self.base_tip)?,
            broken: Vec::new(),
            agreed: None,
            slug: seen.slug.clone(),
            id,
            branch,
            base,
            open,
            origin,
        })
    }

    /// Who acts, when, and under which rules.
    pub fn circumstances(&self) -> Result<Circumstances> {
        let house = &self.house;
        Ok(Circumstances {
            newsroom: house.config.newsroom.id.clone(),
            format: house.config.newsroom.format,
            review: house.config.review.clone(),
            staff: house.staff.clone(),
            policy: house.policy,
            person: self.who()?,
            now: self.setting.now,
            zone: house.config.newsroom.timezone.clone(),
            base: Base { name: self.base.clone(), tip: self.base_tip },
            articles: house.config.articles.clone(),
        })
    }

    fn free_branch(&self, seen: &Seen, id: ArticleId) -> Result<RefName> {
        self.branch_for(seen, &seen.slug, id)
    }

    /// The branch that an article gets under the name `slug`.
    pub(super) fn branch_for(&self, seen: &Seen, slug: &Slug, id: ArticleId) -> Result<RefName> {
        let taken: Vec<RefName> =
            self.repository.references("refs/heads/")?.into_iter().map(|(name, _)| name).collect();
        workflow::branch_name(slug, id, |name| taken.contains(name))
            .map_err(|invalid| self.refused(seen, Refusal::from(invalid)))
    }

    /// The article at one commit, none where it is not.
    pub(super) fn version(
        &self,
        commit: ObjectId,
        id: ArticleId,
        home: &RepoPath,
        main: &RepoPath,
    ) -> Result<Option<Version>> {
        if self.repository.entry_at(commit, main)?.is_none() {
            return Ok(None);
        }
        let entries = self.repository.entries_at(commit, home)?;
        Ok(Some(Version::read(commit, id, home.clone(), main.clone(), entries)))
    }

    /// Whether nothing stands at a place that an article is to move to, here and in the public version, but its own.
    pub(super) fn is_empty(&self, home: &RepoPath, standing: &Standing) -> Result<bool> {
        let own = |path: &RepoPath| {
            let all = [&standing.base, &standing.open].into_iter().flatten().flat_map(|version| &version.entries);
            all.chain(standing.working.iter().flatten()).any(|entry| entry.path == *path)
        };
        let here = self.repository.working_entries(home)?;
        let public = self.repository.files_at(self.base_tip, Some(home))?.files;
        Ok(here.iter().all(|entry| own(&entry.path)) && public.iter().all(|file| own(&file.path)))
    }

    /// Files that the public version has at a place where it does not have this article.
    fn strangers(&self, home: &RepoPath, seen: &Seen) -> Result<Vec<RepoPath>> {
        if seen.base.as_ref().is_some_and(|base| base.home == *home) {
            return Ok(Vec::new());
        }
        Ok(self.repository.files_at(self.base_tip, Some(home))?.files.into_iter().map(|file| file.path).collect())
    }

    /// What people said about an article: every statement that is kept and can be read.
    pub(super) fn assents(&self, id: ArticleId) -> Result<Vec<Assent>> {
        let mut assents = Vec::new();
        for (name, tree) in self.repository.references(&format!("{}{id}/", RefName::APPROVALS))? {
            assents.extend(self.statement_at(&name, tree)?);
        }
        assents.sort_by_key(|assent| assent.statement.time);
        Ok(assents)
    }

    /// The statement that `tree` holds; none where it cannot be read, or is not about that article. A statement is kept
    /// under the name of its own text: anything else was put there by other hands.
    pub(super) fn statement_at(&self, name: &RefName, tree: ObjectId) -> Result<Option<Assent>> {
        let files = self.repository.root_files(tree)?;
        let file = |wanted: &str| {
            let found = files.iter().find(|(name, _)| name == wanted)?;
            String::from_utf8(found.1.clone()).ok()
        };
        let Some(text) = file(Assent::STATEMENT_FILE) else { return Ok(None) };
        let Ok(assent) = Assent::read(&text, file(Assent::SIGNATURE_FILE)) else { return Ok(None) };
        Ok(Some(assent).filter(|assent| RefName::approval(assent.statement.article, assent.name()) == *name))
    }

    /// When an article is to become public, as it is kept here.
    pub(super) fn planned(&self, id: ArticleId) -> Result<Option<Planned>> {
        let Some(object) = self.repository.resolve(&RefName::schedule(id))? else { return Ok(None) };
        let files = self.repository.root_files(object).unwrap_or_default();
        let file = |wanted: &str| {
            let found = files.iter().find(|(name, _)| name == wanted)?;
            String::from_utf8(found.1.clone()).ok()
        };
        let text = file(KeptSchedule::SCHEDULE_FILE).unwrap_or_default();
        let kept = KeptSchedule::read(&text, file(KeptSchedule::SIGNATURE_FILE));
        Ok(Some(Planned { object, kept }))
    }

    /// The record of an article at one commit.
    pub(super) fn record(&self, id: ArticleId, commit: ObjectId) -> Result<Option<Record>> {
        let path = record_path(id);
        let Some(bytes) = self.repository.file_at(commit, &path)? else { return Ok(None) };
        Record::read(&path, &bytes).map(Some).map_err(|findings| Error::Configuration {
            path: path.to_string(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
            findings,
        })
    }

    /// A refusal as an error, with the article it is about.
    pub(super) fn refused(&self, seen: &Seen, refusal: Refusal) -> Error {
        Error::Refused(Box::new(RefusedMove {
            slug: seen.slug.clone(),
            title: seen.title().to_owned(),
            by: self.circumstances().ok().and_then(|now| now.member().map(|person| person.name.clone())),
            refusal,
            besides: Vec::new(),
        }))
    }
}

/// The bytes of one file among several.
pub(super) fn file_of<'a>(entries: &'a [Entry], path: &RepoPath) -> Option<&'a [u8]> {
    entries.iter().find(|entry| entry.path == *path).map(|entry| entry.bytes.as_slice())
}

/// The folder of an article, or its file: where it is saved, else where it stands on disk.
pub(super) fn home_of(standing: &Standing, document: &Document) -> RepoPath {
    match standing.current() {
        Some(version) => version.home.clone(),
        None if document.path.name() == "index.md" => document.path.parent().unwrap_or_else(|| document.path.clone()),
        None => document.path.clone(),
    }
}

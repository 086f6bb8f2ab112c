//! What readers get: the public articles as a site takes them.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use super::Newsroom;
use super::error::{Error, Result};
use crate::article::{Document, ORDINARY_FILE, RepoPath, Stage};
use crate::repository::{TreeFile, Written, write_site};
use crate::site::{self, Content, LeftOut, PublicArticle, SiteInfo};
use crate::workflow::{Standing, Version};

impl Newsroom {
    /// What the site says about itself.
    pub(super) fn site_info(&self) -> SiteInfo {
        let config = &self.house.config;
        SiteInfo {
            id: config.newsroom.id.clone(),
            name: config.site.title.clone().unwrap_or_else(|| config.newsroom.name.clone()),
            url: config.newsroom.url.clone(),
            language: config.newsroom.language.clone(),
            timezone: config.newsroom.timezone.clone(),
            description: config.site.description.clone(),
            root: config.articles.root.clone(),
        }
    }

    /// Where readers find an article; none when it is not public or has no address.
    pub fn address_of(&self, standing: &Standing) -> Option<String> {
        let public = standing.public()?;
        site::address_of(&self.site_info(), &public_article(public))
    }
}

fn public_article(version: &Version) -> PublicArticle {
    PublicArticle {
        document: version.document.clone(),
        home: version.home.clone(),
        files: version.entries.iter().map(|entry| entry.path.clone()).collect(),
        first_published: None,
        last_changed: None,
    }
}

/// What a build left behind.
#[derive(Debug, Clone)]
pub struct Built {
    /// How many articles are on the site.
    pub articles: usize,
    /// What was written.
    pub written: Written,
    /// What is not on the site although somebody should think it is.
    pub left_out: Vec<LeftOut>,
    /// Where it is.
    pub folder: PathBuf,
}

impl Newsroom {
    /// Renders what the public version holds into `out`, or into the folder that `[site]` names. Nothing is read from
    /// the working folder: what is not published cannot reach the site.
    pub fn build(&self, out: Option<&Path>) -> Result<Built> {
        let articles = &self.house.config.articles;
        let listing = self.repository.files_at(self.base_tip, Some(&articles.root))?;
        let by_path: BTreeMap<&str, &TreeFile> = listing.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let mains: Vec<TreeFile> = articles
            .mains(listing.files.iter().map(|file| &file.path))
            .into_iter()
            .filter_map(|main| by_path.get(main.as_str()).map(|file| (*file).clone()))
            .filter(|file| file.mode == ORDINARY_FILE)
            .collect();
        let documents = self.repository.read_each(&mains, |file, bytes| Document::read(file.path.clone(), &bytes).0)?;
        let public: Vec<PublicArticle> = documents
            .into_iter()
            .filter(|document| {
                matches!(document.stage(), Some(Stage::Published | Stage::Withdrawn)) && !document.is_hidden()
            })
            .map(|document| {
                let home = articles.home(&document.path);
                let files = files_in(&home, &by_path);
                PublicArticle { document, home, files, first_published: None, last_changed: None }
            })
            .collect();
        let site = site::build(&self.site_info(), self.setting.now, &public)
            .map_err(|collision| Error::Site(collision.to_string()))?;
        let contents = site
            .pages
            .iter()
            .map(|page| match &page.content {
                Content::Bytes(bytes) => Ok(bytes.clone()),
                Content::Copy(path) => Ok(self.repository.file_at(self.base_tip, path)?.unwrap_or_default()),
            })
            .collect::<Result<Vec<Vec<u8>>>>()?;
        let folder = match out {
            Some(out) => self.setting.directory.join(out),
            None => self.root().join(self.house.config.site.output.as_str()),
        };
        let files = site.pages.iter().map(|page| &page.path).zip(contents.iter().map(Vec::as_slice));
        let written = write_site(&folder, files)?;
        let left_out: Vec<LeftOut> = site.left_out.into_iter().filter(|left| left.reason.is_fault()).collect();
        let articles = public.iter().filter(|one| one.document.stage() == Some(Stage::Published)).count();
        Ok(Built { articles, written, left_out, folder })
    }
}

fn files_in(home: &RepoPath, by_path: &BTreeMap<&str, &TreeFile>) -> Vec<RepoPath> {
    let folder = format!("{home}/");
    by_path
        .range::<str, _>((Bound::Excluded(folder.as_str()), Bound::Unbounded))
        .take_while(|(path, _)| path.starts_with(&folder))
        .filter(|(_, file)| file.mode == ORDINARY_FILE)
        .map(|(_, file)| file.path.clone())
        .collect()
}

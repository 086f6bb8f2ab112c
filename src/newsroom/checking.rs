//! What `desk check` asks the rules about: the articles of the working folder as they stand there now.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::Newsroom;
use super::error::Result;
use super::judging::beside;
use super::seen::Seen;
use crate::article::{Body, RepoPath};
use crate::check::{self, Beside, Extent, Piece};
use crate::config::DESK_FILE;
use crate::finding::Finding;
use crate::report::Sources;
use crate::repository::TreeFile;

/// What the rules said.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The findings, in a stable order.
    pub findings: Vec<Finding>,
    /// How many more there would be, had nobody asked to leave them out.
    pub suppressed: usize,
    /// The texts that they are about.
    pub sources: Sources,
    /// How many articles were checked.
    pub articles: usize,
}

impl Newsroom {
    /// Checks the articles at `paths` in the working folder, all of them for no paths. A path may also be an article's
    /// slug. All articles are read in any case: an address is one article's only if no other has it.
    pub fn check(&self, paths: &[String]) -> Result<Checked> {
        let articles = self.articles()?;
        let on_disk = self.repository.working_files(Some(&self.house.config.articles.root))?;
        let on_disk: BTreeMap<&str, &TreeFile> = on_disk.iter().map(|file| (file.path.as_str(), file)).collect();
        let here: Vec<&Seen> =
            articles.iter().filter(|seen| on_disk.contains_key(seen.newest().document.path.as_str())).collect();
        let wanted = self.wanted(paths, &articles, &here)?;
        let is_wanted = |path: &RepoPath| wanted.is_empty() || wanted.iter().any(|wanted| path.is_within(wanted));
        let schemas = self.schemas()?;
        let context = self.context(&schemas);
        let mut told = check::over(&here, |seen| Some(piece(seen, &on_disk)), &context);
        told.keep(|path| path.parse().is_ok_and(|path| is_wanted(&path)));
        let settled = check::settle(told, &context);
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        let extent = if wanted.is_empty() { Extent::Newsroom } else { Extent::Part };
        let mut findings = check::unknown_rules(&self.house.config, &desk);
        findings.extend(settled.of_settings(&desk, extent, &context));
        let suppressed = settled.suppressed;
        findings.extend(settled.told.findings);
        let chosen: Vec<&&Seen> = here.iter().filter(|seen| is_wanted(&seen.newest().document.path)).collect();
        let about = |path: &RepoPath| findings.iter().any(|finding| finding.path.as_deref() == Some(path.as_str()));
        let sources = chosen
            .iter()
            .map(|seen| &seen.newest().document)
            .filter(|document| about(&document.path))
            .map(|document| (document.path.to_string(), document.text.clone()))
            .collect();
        Ok(Checked { articles: chosen.len(), findings, suppressed, sources })
    }

    /// The folders and files that are meant.
    fn wanted(&self, paths: &[String], articles: &[Seen], here: &[&Seen]) -> Result<Vec<RepoPath>> {
        let stands = |path: &RepoPath| here.iter().any(|seen| seen.newest().document.path.is_within(path));
        let mut wanted = Vec::new();
        for path in paths {
            // The newsroom's own folder is everything.
            if self.is_root(path) {
                return Ok(Vec::new());
            }
            wanted.push(match self.path_here(path).filter(stands) {
                Some(found) => found,
                None => self.find_among(articles, Some(path))?.newest().home.clone(),
            });
        }
        Ok(wanted)
    }
}

/// An article as it stands on disk, with the files beside it.
fn piece(seen: &Seen, on_disk: &BTreeMap<&str, &TreeFile>) -> Piece {
    let leaf = seen.newest();
    Piece {
        body: Body::read(&leaf.document),
        document: leaf.document.clone(),
        findings: leaf.findings.clone(),
        files: files_beside(&leaf.home, &leaf.document.path, on_disk),
    }
}

fn files_beside(home: &RepoPath, main: &RepoPath, on_disk: &BTreeMap<&str, &TreeFile>) -> Vec<Beside> {
    let folder = format!("{home}/");
    on_disk
        .range::<str, _>((Bound::Excluded(folder.as_str()), Bound::Unbounded))
        .take_while(|(path, _)| path.starts_with(&folder))
        .filter(|(_, file)| file.path != *main)
        .map(|(_, file)| beside(&file.path, file.mode, 0))
        .collect()
}

//! What commits would tell whoever can read the remote that they are pushed to.

use jiff::Timestamp;

use super::run::Examined;
use crate::article::{Document, RepoPath};
use crate::config::Config;
use crate::newsroom::error::Result;
use crate::workflow;

/// An article's words that may not be public yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embargoed {
    /// The file with its words.
    pub path: RepoPath,
    /// Until when.
    pub until: Timestamp,
}

impl Examined {
    /// The articles with words under embargo in any of the commits: an earlier version of them is read as easily as the
    /// last.
    pub fn embargoed(&self, config: &Config) -> Result<Vec<Embargoed>> {
        let mut found: Vec<Embargoed> = Vec::new();
        for (commit, _) in &self.placed.commits {
            let parent = commit.parents.first().copied();
            let changed = self.repository.changed(parent, Some(commit.id), Some(&config.articles.root))?;
            for file in changed.files.iter().filter(|file| file.new.is_some() && file.path.as_str().ends_with(".md")) {
                let Some(bytes) = self.repository.file_at(commit.id, &file.path)? else { continue };
                let document = Document::read(file.path.clone(), &bytes).0;
                let until = workflow::embargo(&document, &config.newsroom.timezone).filter(|until| *until > self.now);
                if let Some(until) = until {
                    found.retain(|one| one.path != file.path);
                    found.push(Embargoed { path: file.path.clone(), until });
                }
            }
        }
        Ok(found)
    }
}

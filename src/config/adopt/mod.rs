//! Taking in a repository that has articles: which generator renders it, where its articles are, and by what pattern
//! they are laid out. Paths and the bytes of configuration files come in; nothing is touched.

mod generator;
mod layout;

pub use generator::configuration_files;

use super::{Articles, Config, Generator, PathPattern};
use crate::article::RepoPath;

/// A repository's site, as found.
#[derive(Debug, Clone, PartialEq)]
pub struct Adoption {
    /// What renders it.
    pub generator: Generator,
    /// The configuration that says so.
    pub configuration: Option<RepoPath>,
    /// What the site is called.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The folder of its articles.
    pub root: RepoPath,
    /// How most of them are laid out.
    pub path: PathPattern,
    /// The files that hold an article's words.
    pub mains: Vec<RepoPath>,
}

impl Adoption {
    /// Finds the site among all `paths` of a tree; `configurations` are the files of [`configuration_files`] that could
    /// be read. `chosen` is the folder of the articles where somebody said it. None where there is neither a
    /// generator nor an article.
    pub fn find(paths: &[RepoPath], configurations: &[(RepoPath, Vec<u8>)], chosen: Option<&RepoPath>) -> Option<Self> {
        let site = generator::site(configurations);
        let root = match (chosen, &site) {
            (Some(chosen), _) => chosen.clone(),
            (None, Some(site)) => site.root.clone(),
            (None, None) => layout::root(paths)?,
        };
        let path = Config::default().articles.path;
        let articles = Articles { root: root.clone(), path, ..Config::default().articles };
        let mains: Vec<RepoPath> = articles.mains(paths).into_iter().cloned().collect();
        if mains.is_empty() && site.is_none() {
            return None;
        }
        let path = if mains.is_empty() { articles.path } else { layout::pattern(&root, &mains) };
        let found = site.unwrap_or_else(|| generator::Site::plain(root.clone()));
        Some(Self {
            generator: found.generator,
            configuration: found.configuration,
            title: found.title,
            url: found.url,
            language: found.language,
            root,
            path,
            mains,
        })
    }

    /// The articles by kind, which is the section's folder: what [`crate::config::Articles::kind`] will say of each.
    pub fn kinds(&self) -> Vec<(String, Vec<&RepoPath>)> {
        let defaults = Config::default().articles;
        let articles = Articles { root: self.root.clone(), path: self.path.clone(), ..defaults };
        let mut kinds: Vec<(String, Vec<&RepoPath>)> = Vec::new();
        for main in &self.mains {
            let kind = articles.kind_by_place(main);
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, paths)) => paths.push(main),
                None => kinds.push((kind, vec![main])),
            }
        }
        kinds.sort();
        kinds
    }
}

#[cfg(test)]
mod tests;

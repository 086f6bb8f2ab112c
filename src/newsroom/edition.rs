//! Which edition of the articles `desk check` looks at, and which of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Newsroom;
use super::checking::{Checked, Stand};
use super::commits;
use super::error::Result;
use crate::article::RepoPath;
use crate::config::Articles;
use crate::links::Watch;
use crate::repository::{Head, TreeFile};

/// An edition of the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edition {
    /// All of them, as they lie in the working folder.
    Folder,
    /// Those that the next commit changes, as it would have them.
    Staged,
    /// Those that changed since a revision, as they lie in the working folder.
    Since(String),
    /// All of them, as a revision has them.
    At(String),
}

impl Newsroom {
    /// Checks the articles at `paths` in one edition, all that it is about for no paths, under the public version's
    /// rules.
    /// Where somebody watches, other sites are asked where links to them lead.
    pub fn check_edition(&self, edition: &Edition, paths: &[String], watch: Option<Watch<'_>>) -> Result<Checked> {
        let root = &self.house.config.articles.root;
        match edition {
            Edition::Folder => self.check_here(paths, watch),
            Edition::At(revision) => self.check_at(commits::commit(&self.repository, revision)?, paths, watch),
            Edition::Staged => {
                let before = match self.repository.head()? {
                    Head::Branch(_, tip) | Head::Detached(tip) => self.repository.files_at(tip, Some(root))?.files,
                    Head::Unborn(_) => Vec::new(),
                };
                let after = self.repository.staged_files(Some(root))?;
                self.check_changed(&before, &after, Stand::Stored, (paths, watch))
            }
            Edition::Since(revision) => {
                let revision = commits::commit(&self.repository, revision)?;
                let before = self.repository.files_at(revision, Some(root))?.files;
                let after = self.repository.working_files(Some(root))?;
                self.check_changed(&before, &after, Stand::Folder, (paths, watch))
            }
        }
    }

    fn check_changed(
        &self,
        before: &[TreeFile],
        after: &[TreeFile],
        stand: Stand,
        (paths, watch): (&[String], Option<Watch<'_>>),
    ) -> Result<Checked> {
        let changed = changed(&self.house.config.articles, before, after);
        let listed = self.listed(after);
        let wanted = self.wanted(paths, &listed)?;
        let is_wanted = |home: &RepoPath| {
            wanted.is_empty() || wanted.iter().any(|wanted| home.is_within(wanted) || wanted.is_within(home))
        };
        let changed: Vec<RepoPath> = changed.into_iter().filter(is_wanted).collect();
        // None is not all of them.
        if changed.is_empty() { Ok(Checked::default()) } else { self.check_among(&listed, stand, &changed, watch) }
    }
}

/// The articles of `after` (their folders, or their files) that are not as `before` has them.
fn changed(articles: &Articles, before: &[TreeFile], after: &[TreeFile]) -> BTreeSet<RepoPath> {
    let by_path = |files: &[TreeFile]| -> BTreeMap<RepoPath, (u32, crate::article::ObjectId)> {
        files.iter().map(|file| (file.path.clone(), (file.mode, file.id))).collect()
    };
    let (old, new) = (by_path(before), by_path(after));
    let mains = articles.mains(after.iter().map(|file| &file.path));
    let homes: BTreeSet<RepoPath> = mains.into_iter().map(|main| articles.home(main)).collect();
    let differs = |path: &&RepoPath| old.get(*path) != new.get(*path);
    let mut found = BTreeSet::new();
    for path in old.keys().chain(new.keys()).filter(differs) {
        let mut at = Some(path.clone());
        while let Some(here) = at {
            at = here.parent();
            if homes.contains(&here) {
                found.insert(here);
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ObjectId;
    use crate::config::Config;

    fn tree(files: &[(&str, u8)]) -> Vec<TreeFile> {
        let file = |&(path, id): &(&str, u8)| TreeFile {
            path: RepoPath::new(path).expect("a path"),
            mode: 0o100_644,
            id: ObjectId::from_bytes([id; 20]),
        };
        files.iter().map(file).collect()
    }

    #[test]
    fn an_article_changes_with_any_file_of_its_folder() {
        let articles = Config::default().articles;
        let before = tree(&[
            ("articles/a/index.md", 1),
            ("articles/a/a.jpg", 2),
            ("articles/b/index.md", 3),
            ("articles/c.md", 4),
            ("articles/d/index.md", 5),
            ("articles/notes.txt", 6),
        ]);
        let check = |after: &[(&str, u8)], expected: &[&str]| {
            let mut all = before.clone();
            for (path, id) in after {
                all.retain(|file| file.path.as_str() != *path);
                if *id > 0 {
                    all.extend(tree(&[(path, *id)]));
                }
            }
            let found = changed(&articles, &before, &all);
            assert_eq!(found.iter().map(RepoPath::as_str).collect::<Vec<_>>(), expected, "{after:?}");
        };
        check(&[], &[]);
        check(&[("articles/a/index.md", 9)], &["articles/a"]);
        check(&[("articles/a/a.jpg", 0)], &["articles/a"]);
        check(&[("articles/b/new.jpg", 9), ("articles/c.md", 9)], &["articles/b", "articles/c.md"]);
        check(&[("articles/d/index.md", 0)], &[]);
        check(&[("articles/e/index.md", 9), ("articles/notes.txt", 9)], &["articles/e"]);
    }
}

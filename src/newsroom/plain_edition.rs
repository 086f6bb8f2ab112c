//! What `desk check` says of one edition of a folder that is no newsroom and lies in a git repository: what the next
//! commit changes, what changed since a revision, how it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::commits;
use super::error::{Error, Result};
use super::plain::{Ground, Loose};
use super::{Edition, Newsroom, Setting};
use crate::article::RepoPath;
use crate::cache::Keep;
use crate::links::Watch;
use crate::repository::{Head, Repository, TreeFile};

/// The files of an edition, and those that they are compared with, if only what changed is meant.
struct Sides {
    before: Option<Vec<TreeFile>>,
    after: Vec<TreeFile>,
    bytes: HashMap<RepoPath, Vec<u8>>,
}

impl Newsroom {
    /// Checks the Markdown of one edition below `setting.directory`, which is no newsroom; paths are those of the
    /// repository.
    pub fn check_folder_edition(
        setting: &Setting,
        edition: &Edition,
        paths: &[String],
        watch: Option<Watch<'_>>,
    ) -> Result<Loose> {
        let repository = Repository::open(&setting.directory)?;
        let home = repository.locate(&setting.directory, Path::new("."));
        let sides = Sides::of(&repository, edition, home.as_ref())?;
        let files: BTreeMap<RepoPath, u32> = sides.after.iter().map(|file| (file.path.clone(), file.mode)).collect();
        let wanted = wanted(&repository, setting, &files, paths)?;
        let changed = sides.changed();
        let is_meant = |main: &RepoPath| {
            let bundle = main.parent().filter(|_| main.name() == "index.md");
            let is_own = |path: &RepoPath| path == main || bundle.as_ref().is_some_and(|bundle| path.is_within(bundle));
            changed.as_ref().is_none_or(|changed| changed.iter().any(is_own))
        };
        let read = |path: &RepoPath| Ok(sides.bytes.get(path).cloned());
        let cache = Some(repository.git_folder().join("desk-cache"));
        Ground { files, read: &read, cache, keep: Keep::All }.check(setting, &wanted, is_meant, watch)
    }
}

impl Sides {
    fn of(repository: &Repository, edition: &Edition, home: Option<&RepoPath>) -> Result<Self> {
        let at = |revision: &str| -> Result<Vec<TreeFile>> {
            Ok(repository.files_at(commits::commit(repository, revision)?, home)?.files)
        };
        let (before, mut after) = match edition {
            Edition::Folder => (None, repository.working_files(home)?),
            Edition::At(revision) => (None, at(revision)?),
            Edition::Since(revision) => (Some(at(revision)?), repository.working_files(home)?),
            Edition::Staged => {
                let before = match repository.head()? {
                    Head::Branch(_, tip) | Head::Detached(tip) => repository.files_at(tip, home)?.files,
                    Head::Unborn(_) => Vec::new(),
                };
                (Some(before), repository.staged_files(home)?)
            }
        };
        after.retain(|file| !file.path.as_str().split('/').any(|part| part.starts_with('.')));
        let texts: Vec<TreeFile> = after.iter().filter(|file| is_text(file)).cloned().collect();
        let keep = |file: &TreeFile, bytes: Vec<u8>| (file.path.clone(), bytes);
        let bytes = match edition {
            Edition::Folder | Edition::Since(_) => repository.read_each_here(&texts, keep)?,
            Edition::At(_) | Edition::Staged => repository.read_each(&texts, keep)?,
        };
        Ok(Self { before, after, bytes: bytes.into_iter().collect() })
    }

    /// What is otherwise than before; none where all is meant.
    fn changed(&self) -> Option<BTreeSet<RepoPath>> {
        let by_path = |files: &[TreeFile]| -> HashMap<RepoPath, (u32, crate::article::ObjectId)> {
            files.iter().map(|file| (file.path.clone(), (file.mode, file.id))).collect()
        };
        let (old, new) = (by_path(self.before.as_ref()?), by_path(&self.after));
        let paths = old.keys().chain(new.keys()).filter(|path| old.get(*path) != new.get(*path));
        Some(paths.cloned().collect())
    }
}

/// Whether it may hold an article, or say what makes the pages.
fn is_text(file: &TreeFile) -> bool {
    let endings = [".md", ".toml", ".yaml", ".yml", ".json"];
    file.mode & 0o170_000 == 0o100_000 && endings.iter().any(|ending| file.path.name().ends_with(ending))
}

/// The folders and files that are meant; none for all.
fn wanted(
    repository: &Repository,
    setting: &Setting,
    files: &BTreeMap<RepoPath, u32>,
    paths: &[String],
) -> Result<Vec<RepoPath>> {
    let mut wanted = Vec::new();
    for typed in paths {
        if setting.directory.join(typed).canonicalize().is_ok_and(|full| full == repository.root()) {
            return Ok(Vec::new());
        }
        let found = repository.locate(&setting.directory, Path::new(typed));
        let found = found.filter(|found| files.keys().any(|path| path.is_within(found)));
        wanted.push(found.ok_or_else(|| Error::Given(format!("there is nothing to check at `{typed}`")))?);
    }
    Ok(wanted)
}

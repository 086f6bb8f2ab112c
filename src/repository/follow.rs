//! Working folders follow the references under them: what each file must hold before, what it holds after, and
//! whether anything is in the way. All of it is settled before anything moves.

use std::collections::BTreeMap;

use super::apply::Session;
use super::compare::Changed;
use super::error::{Error, InTheWay, Obstacle, Result};
use super::folder::{blob_id, is_skipped};
use super::folders::CheckedOut;
use super::index_file;
use super::open::{Repository, from_oid};
use super::operation::{FileMoved, Folder, Operation, Staged};
use super::place::Look;
use super::references::Moved;
use crate::article::{ORDINARY_FILE, ObjectId, RepoPath};

/// A program's mode.
const PROGRAM: u32 = 0o100_755;

/// A file that is to become something, beyond what a branch makes of it.
pub(super) struct Wish {
    pub(super) folder: Folder,
    pub(super) path: RepoPath,
    pub(super) expect: Option<ObjectId>,
    pub(super) after: Option<ObjectId>,
    /// Its mode from then on; an ordinary file's unless known.
    pub(super) mode: Option<u32>,
}

/// What happens to working folders.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) files: Vec<FileMoved>,
    folders: BTreeMap<Folder, Repository>,
}

impl Repository {
    /// The plan for these references and wishes. `undoes` is the operation that is taken back, if that is what
    /// happens: then a branch may go although it is checked out, if that operation made it.
    pub(super) fn plan(&self, references: &[Moved], wishes: Vec<Wish>, undoes: Option<u64>) -> Result<Plan> {
        let mut wishes: BTreeMap<(Folder, RepoPath), Wish> =
            wishes.into_iter().map(|wish| ((wish.folder.clone(), wish.path.clone()), wish)).collect();
        let mut planning = Planning { plan: Plan::default(), obstacles: Vec::new() };
        let folders = self.folders()?;
        for moved in references.iter().filter(|moved| moved.old != moved.new) {
            let busy = |folder: &&CheckedOut| folder.rebasing.as_deref() == Some(moved.name.as_str());
            if let Some(folder) = folders.iter().find(busy) {
                return Err(Error::InUse { name: moved.name.clone(), folder: folder.place() });
            }
            for folder in folders.iter().filter(|folder| folder.is_on(&moved.name)) {
                if moved.new.is_none() && undoes.is_none() {
                    return Err(Error::InUse { name: moved.name.clone(), folder: folder.place() });
                }
                planning.follow(self, &folder.folder, moved, &mut wishes)?;
            }
        }
        for wish in wishes.into_values() {
            planning.grant(self, wish)?;
        }
        if planning.obstacles.is_empty() { Ok(planning.plan) } else { Err(Error::FilesInTheWay(planning.obstacles)) }
    }
}

struct Planning {
    plan: Plan,
    obstacles: Vec<InTheWay>,
}

impl Planning {
    /// Has one working folder follow one branch.
    fn follow(
        &mut self,
        from: &Repository,
        folder: &Folder,
        moved: &Moved,
        wishes: &mut BTreeMap<(Folder, RepoPath), Wish>,
    ) -> Result<()> {
        let Some(here) = self.plan.folder(from, folder)? else { return Ok(()) };
        if let Some(doing) = here.in_progress() {
            return Err(Error::InProgress(doing, here.root.clone()));
        }
        let comparison = from.changed(moved.old, moved.new, None)?;
        if let Some(path) = comparison.unsound.into_iter().chain(comparison.twice).next() {
            let commit = moved.new.or(moved.old).expect("they differ, so one is there");
            return Err(Error::UnsoundName { commit, path });
        }
        let index = here.index()?;
        let mut files = Vec::new();
        for Changed { path, old, new } in comparison.files {
            if let Some(odd) =
                [old, new].into_iter().flatten().find(|file| !matches!(file.mode, ORDINARY_FILE | PROGRAM))
            {
                return Err(Error::OddMode { path, mode: odd.mode });
            }
            let (old_id, new_id) = (old.map(|file| file.id), new.map(|file| file.id));
            let entry = index_file::entry(&index, &path);
            let is_expected = entry.as_ref().map_or(old_id.is_none() || new_id.is_none(), |entry| {
                [old_id, new_id].contains(&Some(from_oid(entry.id)))
            });
            if !is_expected || index_file::is_conflicted(&index, &path) {
                self.obstacles.push(InTheWay { path, folder: here.root.clone(), what: Obstacle::Staged });
                continue;
            }
            let wish = wishes.remove(&(folder.clone(), path.clone()));
            let wished = wish.as_ref().and_then(|wish| wish.mode);
            let (expect, after) =
                wish.map_or(((old_id, new_id), new_id), |wish| ((wish.expect, wish.after), wish.after));
            let is_absent =
                entry.as_ref().is_some_and(is_skipped) && here.look(&path)?.is_ok_and(|found| found.is_none());
            let before = match here.look(&path)? {
                Ok(found) if is_absent || found == expect.0 || found == expect.1 => found,
                found => {
                    self.obstacles.push(obstacle(here, path, found));
                    continue;
                }
            };
            let staged = Some(Staged { branch: moved.name.clone(), old: old_id, new: new_id });
            let mode = wished.or(new.or(old).map(|file| file.mode)).unwrap_or(ORDINARY_FILE);
            let after = if is_absent { before } else { after };
            let mode_before = here.mode_on_disk(&path)?;
            files.push(FileMoved { folder: folder.clone(), path, before, after, mode_before, mode, staged });
        }
        self.plan.files.append(&mut files);
        Ok(())
    }

    /// Plans a file that follows no branch.
    fn grant(&mut self, from: &Repository, wish: Wish) -> Result<()> {
        let Wish { folder, path, expect, after, mode } = wish;
        let Some(here) = self.plan.folder(from, &folder)? else { return Ok(()) };
        match here.look(&path)? {
            Ok(before) if before == expect || before == after => {
                let mode = mode.unwrap_or(ORDINARY_FILE);
                let mode_before = here.mode_on_disk(&path)?;
                self.plan.files.push(FileMoved { folder, path, before, after, mode_before, mode, staged: None });
            }
            found => {
                let obstacle = obstacle(here, path, found);
                self.obstacles.push(obstacle);
            }
        }
        Ok(())
    }
}

fn obstacle(here: &Repository, path: RepoPath, found: Result<Option<ObjectId>, Obstacle>) -> InTheWay {
    let what = match found {
        Ok(Some(_)) => Obstacle::OtherWords,
        Ok(None) => Obstacle::Missing,
        Err(what) => what,
    };
    InTheWay { path, folder: here.root.clone(), what }
}

impl Plan {
    /// The plan of an operation that was written down.
    pub(super) fn resume(files: Vec<FileMoved>) -> Self {
        Self { files, folders: BTreeMap::new() }
    }

    fn folder(&mut self, from: &Repository, folder: &Folder) -> Result<Option<&Repository>> {
        if !self.folders.contains_key(folder) {
            let Some(open) = from.open_folder(folder)? else { return Ok(None) };
            self.folders.insert(folder.clone(), open);
        }
        Ok(self.folders.get(folder))
    }

    /// Opens every folder that the plan names.
    pub(super) fn open_all(&mut self, from: &Repository) -> Result<()> {
        let named: Vec<Folder> = self.files.iter().map(|file| file.folder.clone()).collect();
        for folder in named {
            self.folder(from, &folder)?;
        }
        Ok(())
    }

    /// The files with the folders they are in, as far as those are still there.
    pub(super) fn here(&self) -> impl Iterator<Item = (&Repository, &FileMoved)> {
        self.files.iter().filter_map(|file| Some((self.folders.get(&file.folder)?, file)))
    }

    /// Writes every file that holds what it held before; one that somebody changed in the very moment is left, and
    /// named. What is there already is not written again.
    pub(super) fn write_files(&self, session: &Session<'_>, operation: &Operation) -> Result<Vec<String>> {
        let mut left = Vec::new();
        for (at, (here, file)) in self.here().enumerate() {
            let beside = beside(operation.number, at);
            here.place.clear_beside(&file.path, &beside)?;
            let found = here.look(&file.path)?;
            if found == Ok(file.after) {
                continue;
            }
            if found != Ok(file.before) {
                left.push(file.path.to_string());
                continue;
            }
            match file.after {
                None => here.place.remove(&file.path)?,
                Some(id) => {
                    let bytes = here.on_disk(&file.path, here.blob(id)?)?;
                    here.place.write(&file.path, &bytes, file.mode, &beside)?;
                }
            }
            session.step()?;
        }
        Ok(left)
    }

    /// Brings the entries of each folder's index to where its branch is.
    pub(super) fn write_indexes(&self, session: &Session<'_>, operation: &Operation) -> Result<()> {
        for (folder, here) in &self.folders {
            let files: Vec<&FileMoved> =
                self.files.iter().filter(|file| file.folder == *folder && file.staged.is_some()).collect();
            if !files.is_empty() {
                index_file::update(here, &files, operation.number)?;
                session.step()?;
            }
        }
        Ok(())
    }
}

/// The name under which a file is written before it takes its place.
pub(super) fn beside(number: u64, at: usize) -> String {
    format!(".desk-{number}-{at}.tmp")
}

impl Repository {
    /// The name of the bytes that stand at `path` on disk, or what else stands there.
    pub(super) fn look(&self, path: &RepoPath) -> Result<Result<Option<ObjectId>, Obstacle>> {
        match self.place.look(path)? {
            Look::Nothing => Ok(Ok(None)),
            Look::Other(kind) => Ok(Err(Obstacle::Kind(kind))),
            Look::File(..) => {
                let bytes = self.read_working(path)?;
                Ok(Ok(bytes.as_deref().map(blob_id).transpose()?))
            }
        }
    }
}

//! The working folder: an article's files as git would store them, and what is unsaved.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{During as _, DuringFile as _, Error, FileKind, IndexForm, Result};
use super::open::{Repository, from_oid};
use super::place::{Found, Look, kind_of};
use super::read::TreeFile;
use crate::article::{Entry, ORDINARY_FILE, ObjectId, RepoPath};

/// A program's mode.
const PROGRAM: u32 = 0o100_755;

/// A link's mode.
const LINK: u32 = 0o120_000;

impl Repository {
    /// Every file of the article at `home` (a folder, or one file) as git would store it now. What editors and systems
    /// leave lying about, and what git ignores, is left out. What is no ordinary file is told by its mode (a link's and
    /// a program's are theirs, anything else has 0), and of nothing but files and programs a byte is read.
    pub fn working_entries(&self, home: &RepoPath) -> Result<Vec<Entry>> {
        if let Look::Other(kind) = self.place.look(home)?
            && kind != FileKind::Folder
        {
            return Ok(vec![odd(home.clone(), kind)]);
        }
        let mut entries = Vec::new();
        for (path, kind) in self.found_with(Some(home), self.tracked())? {
            if let Some(kind) = kind {
                entries.push(odd(path, kind));
                continue;
            }
            let (raw, metadata) = match self.place.read(&path) {
                Ok(Some(read)) => read,
                Ok(None) => continue,
                Err(Error::NotOrdinary { path, kind }) => {
                    entries.push(odd(path, kind));
                    continue;
                }
                Err(other) => return Err(other),
            };
            let bytes = self.stored(&path, raw)?;
            entries.push(Entry { mode: self.mode(&metadata), path, bytes });
        }
        Ok(entries)
    }

    /// One file of the working folder as git would store it; none when it is not there.
    pub fn read_working(&self, path: &RepoPath) -> Result<Option<Vec<u8>>> {
        self.place.read(path)?.map(|(raw, _)| self.stored(path, raw)).transpose()
    }

    /// The same, where what is no ordinary file counts as not there.
    pub fn read_ordinary(&self, path: &RepoPath) -> Result<Option<Vec<u8>>> {
        match self.read_working(path) {
            Err(Error::NotOrdinary { .. }) => Ok(None),
            read => read,
        }
    }

    /// Whether anything stands at `path` in the working folder, without following a link.
    pub fn exists_working(&self, path: &RepoPath) -> Result<bool> {
        Ok(!matches!(self.place.look(path)?, Look::Nothing))
    }

    /// Whether git leaves the folder at `path` out.
    pub fn is_ignored(&self, path: &RepoPath) -> Result<bool> {
        self.git.is_path_ignored(Path::new(&format!("{path}/"))).during("look at", path)
    }

    /// Every file below `root` in the working folder by the name its bytes have in git. Files that did not change
    /// since git last looked are not read, so this is how to find what is unsaved among thousands. Files that a sparse
    /// checkout left out are given as git has them. What is no ordinary file is not followed and not read: a link has
    /// its mode, anything else the mode 0, and neither has a name for its bytes.
    pub fn working_files(&self, root: Option<&RepoPath>) -> Result<Vec<TreeFile>> {
        let index = self.index()?;
        let written = index.path().and_then(|path| path.symlink_metadata().ok());
        let entries: Vec<git2::IndexEntry> = index.iter().filter(|entry| stage(entry) == 0).collect();
        let known: Tracked<'_> = entries.iter().map(|entry| (&*entry.path, entry)).collect();
        let found = self.found_with(root, |path| known.contains_key(path.as_str().as_bytes()))?;
        let place = &self.place.path;
        let seen: Vec<Looked> = found
            .into_par_iter()
            .with_min_len(256)
            .map(|(path, kind)| Looked::at(place, path, kind, &known, written.as_ref()))
            .collect::<Result<_>>()?;
        let mut files = Vec::with_capacity(seen.len());
        for Looked { path, metadata, id } in seen {
            let (mode, id) = match (metadata, id) {
                (Ok(metadata), Some(id)) => (self.mode(&metadata), id),
                (Ok(metadata), None) => match self.read_working(&path)? {
                    Some(bytes) => (self.mode(&metadata), blob_id(&bytes)?),
                    None => continue,
                },
                (Err(kind), _) => (mode_of(kind), ObjectId::from_bytes([0; 20])),
            };
            files.push(TreeFile { path, mode, id });
        }
        self.left_out(root, &known, &mut files);
        Ok(files)
    }

    /// Every file below `root` as the next commit would have it. A file that two people's changes are not settled in
    /// is not among them.
    pub fn staged_files(&self, root: Option<&RepoPath>) -> Result<Vec<TreeFile>> {
        let index = self.index()?;
        let mut files: Vec<TreeFile> = index
            .iter()
            .filter(|entry| stage(entry) == 0)
            .filter_map(|entry| {
                let path = RepoPath::new(String::from_utf8(entry.path).ok()?).ok()?;
                Some(TreeFile { path, mode: entry.mode, id: from_oid(entry.id) })
            })
            .filter(|file| root.is_none_or(|root| file.path.is_within(root)))
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    /// Adds what a sparse checkout keeps off the disk.
    fn left_out(&self, root: Option<&RepoPath>, known: &Tracked<'_>, files: &mut Vec<TreeFile>) {
        let mut absent: Vec<TreeFile> = known
            .values()
            .filter(|entry| is_skipped(entry))
            .filter_map(|entry| {
                let path = RepoPath::new(String::from_utf8(entry.path.clone()).ok()?).ok()?;
                Some(TreeFile { path, mode: entry.mode, id: from_oid(entry.id) })
            })
            .filter(|file| root.is_none_or(|root| file.path.is_within(root)))
            .filter(|file| self.place.full(&file.path).symlink_metadata().is_err())
            .collect();
        files.append(&mut absent);
        files.sort_by(|one, other| one.path.cmp(&other.path));
    }

    /// Whether git keeps a file, by its index.
    fn tracked(&self) -> impl Fn(&RepoPath) -> bool {
        let index = self.git.index().ok();
        move |path| index.as_ref().is_some_and(|index| index.get_path(Path::new(path.as_str()), 0).is_some())
    }

    /// What is on disk, in order; `tracked` files are kept even when git would ignore them.
    fn found_with(
        &self,
        root: Option<&RepoPath>,
        tracked: impl Fn(&RepoPath) -> bool,
    ) -> Result<Vec<(RepoPath, Option<FileKind>)>> {
        let mut paths = Vec::new();
        for Found { path, kind } in self.place.walk(root)? {
            let name = path.as_ref().map_or_else(|full| full.file_name()?.to_str(), |path| Some(path.name()));
            if name.is_some_and(is_junk) {
                continue;
            }
            let path = match path {
                Ok(path) => path,
                Err(full) if self.git.is_path_ignored(&full).unwrap_or(false) => continue,
                Err(full) => return Err(Error::UnsoundFile(full)),
            };
            if !tracked(&path) && self.git.is_path_ignored(Path::new(path.as_str())).during("look at", &path)? {
                continue;
            }
            paths.push((path, kind));
        }
        paths.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(paths)
    }

    /// A place on disk as a path of the newsroom.
    fn inside(&self, full: &Path) -> Option<RepoPath> {
        inside(&self.place.path, full)
    }

    /// Where `path`, as somebody typed it in `directory`, lies in the newsroom; none when it lies elsewhere.
    pub fn locate(&self, directory: &Path, path: &Path) -> Option<RepoPath> {
        self.inside(&flat(directory, path)?)
    }

    /// The mode of the file at `path` on disk, if an ordinary file or a program is there.
    pub(super) fn mode_on_disk(&self, path: &RepoPath) -> Result<Option<u32>> {
        Ok(match self.place.look(path)? {
            Look::File(_, metadata) => Some(self.mode(&metadata)),
            Look::Nothing | Look::Other(_) => None,
        })
    }

    fn mode(&self, metadata: &Metadata) -> u32 {
        // Only a program asks what the configuration says of programs.
        let counts = || self.git_setting("core.filemode").is_none_or(|value| value != "false");
        if is_program(metadata) && counts() { PROGRAM } else { ORDINARY_FILE }
    }

    /// The index of this working folder.
    pub(super) fn index(&self) -> Result<git2::Index> {
        let read = self.git.index().and_then(|mut index| index.read(false).map(|()| index));
        read.map_err(|source| index_error(&self.root, source))
    }
}

/// What git keeps, by its path.
type Tracked<'a> = HashMap<&'a [u8], &'a git2::IndexEntry>;

/// What is no ordinary file, told by its mode alone.
fn odd(path: RepoPath, kind: FileKind) -> Entry {
    Entry { path, mode: mode_of(kind), bytes: Vec::new() }
}

fn mode_of(kind: FileKind) -> u32 {
    if kind == FileKind::Link { LINK } else { 0 }
}

/// A place on disk as a path below `root`.
pub(super) fn inside(root: &Path, full: &Path) -> Option<RepoPath> {
    let relative = full.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    RepoPath::new(parts?.join("/")).ok()
}

/// `path`, as somebody typed it in `directory`, in full and without `..`.
pub(super) fn flat(directory: &Path, path: &Path) -> Option<PathBuf> {
    let mut full = PathBuf::new();
    for part in directory.canonicalize().ok()?.join(path).components() {
        match part {
            std::path::Component::ParentDir => {
                full.pop();
            }
            std::path::Component::CurDir => {}
            other => full.push(other),
        }
    }
    Some(full)
}

/// A file that was looked at, and not read yet.
struct Looked {
    path: RepoPath,
    metadata: std::result::Result<Metadata, FileKind>,
    /// The name of its bytes, where the index vouches for it.
    id: Option<ObjectId>,
}

impl Looked {
    fn at(
        place: &Path,
        path: RepoPath,
        kind: Option<FileKind>,
        known: &Tracked<'_>,
        written: Option<&Metadata>,
    ) -> Result<Self> {
        if let Some(kind) = kind {
            return Ok(Self { path, metadata: Err(kind), id: None });
        }
        let full = place.join(path.as_str());
        let metadata = full.symlink_metadata().during_file("look at", &full)?;
        let same = known.get(path.as_str().as_bytes()).filter(|entry| is_clean(entry, &metadata, written));
        Ok(Self { path, id: same.map(|entry| from_oid(entry.id)), metadata: Ok(metadata) })
    }
}

/// Which form of index it is that libgit2 would not read.
pub(super) fn index_error(folder: &Path, source: git2::Error) -> Error {
    let form = match source.message() {
        text if text.contains("'sdir'") => IndexForm::Sparse,
        text if text.contains("'link'") => IndexForm::Split,
        _ => return Error::Git { act: "read the index of", object: folder.display().to_string(), source },
    };
    Error::IndexForm { folder: folder.to_owned(), form }
}

/// What these bytes are called in git.
pub(super) fn blob_id(bytes: &[u8]) -> Result<ObjectId> {
    let id = git2::Oid::hash_object(git2::ObjectType::Blob, bytes).during("hash", "a file")?;
    Ok(from_oid(id))
}

/// Which side of a conflict an entry is; 0 outside of one.
pub(super) fn stage(entry: &git2::IndexEntry) -> u16 {
    (entry.flags >> 12) & 3
}

/// Whether a sparse checkout keeps it off the disk.
pub(super) fn is_skipped(entry: &git2::IndexEntry) -> bool {
    entry.flags_extended & (1 << 14) != 0
}

/// Whether the file is for certain what git saw when it wrote the index.
fn is_clean(entry: &git2::IndexEntry, file: &Metadata, index: Option<&Metadata>) -> bool {
    let Some(index) = index else { return false };
    let seen = super::stat::Stat::of(file);
    let same = entry.file_size == seen.size
        && (entry.mtime.seconds(), entry.mtime.nanoseconds()) == seen.mtime
        && (entry.ino == 0 || entry.ino == seen.ino);
    // A file written in the same moment as the index may have changed after it.
    same && kind_of(file).is_none() && seen.mtime < super::stat::Stat::of(index).mtime
}

#[cfg(unix)]
fn is_program(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_program(_: &Metadata) -> bool {
    false
}

/// What editors and systems leave lying about.
fn is_junk(name: &str) -> bool {
    let ends = [".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".rej"];
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".directory" | "4913")
        || name.ends_with('~')
        || name.starts_with(".#")
        || name.starts_with("._")
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && ends.iter().any(|end| name.ends_with(end)))
}

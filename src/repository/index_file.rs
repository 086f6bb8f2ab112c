//! The index, changed by git's own rules: its lock is taken before it is read, so that no `git add` in between is
//! lost. libgit2 would take it only for writing.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::{During as _, DuringFile as _, Error, Result};
use super::folder::{blob_id, index_error, is_skipped};
use super::lock::pause;
use super::open::{Repository, from_oid, to_oid};
use super::operation::FileMoved;
use super::references::Trace;
use super::stat::Stat;
use crate::article::RepoPath;

/// How long another program may hold the index before that is an error.
const PATIENCE: Duration = Duration::from_secs(5);

/// The entry of `path` that is in no conflict.
pub(super) fn entry(index: &git2::Index, path: &RepoPath) -> Option<git2::IndexEntry> {
    index.get_path(Path::new(path.as_str()), 0)
}

/// Whether `path` is in the middle of a conflict.
pub(super) fn is_conflicted(index: &git2::Index, path: &RepoPath) -> bool {
    (1..=3).any(|stage| index.get_path(Path::new(path.as_str()), stage).is_some())
}

/// Brings the entries of `files` to where their branch is. An entry that somebody staged something else for in the
/// meantime stays as it is.
pub(super) fn update(here: &Repository, files: &[&FileMoved], number: u64) -> Result<()> {
    let path = here.git.path().join("index");
    let lock = Lock::take(here, &path, number)?;
    let beside = here.git.path().join(format!("desk-index-{number}"));
    match fs::copy(&path, &beside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => remove(&beside)?,
        other => other.map(|_| ()).during_file("copy", &path)?,
    }
    let open = git2::Index::open(&beside).and_then(|mut index| index.read(true).map(|()| index));
    let mut index = open.map_err(|source| index_error(&here.root, source))?;
    let mut is_changed = false;
    for file in files {
        is_changed |= bring(here, &mut index, file)?;
    }
    if is_changed {
        index.write().during("write the index of", here.root.display())?;
        fs::rename(&beside, &path).during_file("replace", &path)?;
    }
    remove(&beside)?;
    lock.release()
}

/// Whether the entry had to change.
fn bring(here: &Repository, index: &mut git2::Index, file: &FileMoved) -> Result<bool> {
    let Some(staged) = &file.staged else { return Ok(false) };
    let (there, path) = (entry(index, &file.path), Path::new(file.path.as_str()));
    let id = there.as_ref().map(|entry| from_oid(entry.id));
    if id == staged.new && there.as_ref().is_none_or(|entry| entry.mode == file.mode)
        || ![staged.old, staged.new].contains(&id)
    {
        return Ok(false);
    }
    let Some(new) = staged.new else {
        index.remove(path, 0).during("unstage", &file.path)?;
        return Ok(true);
    };
    // The numbers of a file are remembered only when it was read just now and holds what the index says.
    let read = here.place.read(&file.path).ok().flatten();
    let read = read.map(|(raw, metadata)| Ok::<_, Error>((blob_id(&here.stored(&file.path, raw)?)?, metadata)));
    let stat = match read.transpose()? {
        Some((found, metadata)) if found == new => Stat::of(&metadata),
        _ => Stat::default(),
    };
    let skipped = there.as_ref().filter(|entry| is_skipped(entry)).map(|entry| (entry.flags, entry.flags_extended));
    let (flags, flags_extended) = skipped.unwrap_or_default();
    let entry = git2::IndexEntry {
        ctime: git2::IndexTime::new(stat.ctime.0, stat.ctime.1),
        mtime: git2::IndexTime::new(stat.mtime.0, stat.mtime.1),
        dev: stat.dev,
        ino: stat.ino,
        mode: file.mode,
        uid: stat.uid,
        gid: stat.gid,
        file_size: stat.size,
        id: to_oid(new),
        flags,
        flags_extended,
        path: file.path.as_str().as_bytes().to_vec(),
    };
    index.add(&entry).during("stage", &file.path)?;
    Ok(true)
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).during_file("remove", path),
        _ => Ok(()),
    }
}

/// The lock of one index. It says whose it is from its first moment, so that a killed desk's is known from git's.
struct Lock(Option<PathBuf>);

fn mark(number: u64) -> String {
    format!("desk operation {number}\n")
}

/// Where the mark is written before it becomes the lock.
fn mark_path(here: &Repository, number: u64) -> PathBuf {
    here.git.path().join(format!("desk-index-{number}.mark"))
}

impl Lock {
    fn take(here: &Repository, index: &Path, number: u64) -> Result<Self> {
        let path = index.with_extension("lock");
        let marked = mark_path(here, number);
        fs::write(&marked, mark(number)).during_file("write", &marked)?;
        let started = Instant::now();
        let mut tries = 0;
        let taken = loop {
            match claim(&marked, &path, number) {
                Ok(()) => break Ok(Self(Some(path))),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if started.elapsed() > PATIENCE {
                        break Err(Error::Locked { name: index.display().to_string(), lock: path });
                    }
                    pause(tries);
                    tries += 1;
                }
                Err(source) => break Err(Error::File { act: "lock", path, source }),
            }
        };
        remove(&marked)?;
        taken
    }

    /// Gives the lock back. From then on a lock of this name may be another program's, so it is not touched again.
    fn release(mut self) -> Result<()> {
        self.0.take().map_or(Ok(()), |path| remove(&path))
    }
}

/// Makes `lock` the marked file, in one step, unless there is one already. A second name for a file that is written
/// cannot be seen half done; where a file system gives no second names, the mark is written into the lock.
fn claim(marked: &Path, lock: &Path, number: u64) -> io::Result<()> {
    match fs::hard_link(marked, lock) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => File::create_new(lock)?.write_all(mark(number).as_bytes()),
        done => done,
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only on the way out of an error; a lock that stays is found by the next recovery.
        if let Some(path) = self.0.take() {
            drop(fs::remove_file(path));
        }
    }
}

/// Clears away what a killed desk left of its work on this index.
pub(super) fn clear(here: &Repository, number: u64) -> Result<()> {
    let index = here.git.path().join("index");
    let lock = index.with_extension("lock");
    match fs::read(&lock) {
        Ok(bytes) if bytes == mark(number).as_bytes() => remove(&lock)?,
        // Killed where a lock cannot be born with its mark, or a git that still reads large files: only time tells.
        Ok(bytes) if bytes.is_empty() && is_old(&lock) => here.break_lock(&lock, Trace::NothingOr(None))?,
        _ => {}
    }
    remove(&mark_path(here, number))?;
    let beside = here.git.path().join(format!("desk-index-{number}"));
    remove(&beside.with_extension("lock"))?;
    remove(&beside)
}

/// Whether nothing has touched it for longer than any git reads files before it writes.
fn is_old(lock: &Path) -> bool {
    let touched = lock.symlink_metadata().and_then(|metadata| metadata.modified());
    touched.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > Duration::from_secs(60)))
}

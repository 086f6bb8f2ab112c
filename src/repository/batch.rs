//! Reading many files of a commit at once, on all cores.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;
use sha1::{Digest as _, Sha1};

use super::error::Result;
use super::folder::blob_id;
use super::open::Repository;
use super::read::TreeFile;
use crate::article::ObjectId;

/// How many files one core takes at a time: few, so that no core is left with many when the others are done.
const CHUNK: usize = 16;

impl Repository {
    /// Gives the bytes of each file to `turn`, and what it makes of them in the order of `files`. A file that the
    /// working folder holds unchanged is read there, which is many times faster than unpacking it; its name is
    /// computed from what was read, so what comes out is always what `files` names.
    pub fn read_each<T: Send>(
        &self,
        files: &[TreeFile],
        turn: impl Fn(&TreeFile, Vec<u8>) -> T + Sync,
    ) -> Result<Vec<T>> {
        self.each(files, |handle, file| Ok(turn(file, handle.nearest(file)?)))
    }

    /// The same for files that the working folder was just found to hold, saved or not. Where one changed since, its
    /// newest words are given, and the file that `turn` is given names those.
    pub fn read_each_here<T: Send>(
        &self,
        files: &[TreeFile],
        turn: impl Fn(&TreeFile, Vec<u8>) -> T + Sync,
    ) -> Result<Vec<T>> {
        self.each(files, |handle, file| {
            let (file, bytes) = handle.newest(file)?;
            Ok(turn(&file, bytes))
        })
    }

    fn each<T: Send>(&self, files: &[TreeFile], read: impl Fn(&Self, &TreeFile) -> Result<T> + Sync) -> Result<Vec<T>> {
        let opener = self.opener();
        // Opening takes as long as reading several files, so who is done leaves the handle to whoever comes next.
        let idle = Mutex::new(Vec::new());
        let chunks = files.par_chunks(CHUNK).with_max_len(1).map(|chunk| {
            let left = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let handle = left.map_or_else(|| opener.open(), Ok)?;
            let read = chunk.iter().map(|file| read(&handle, file)).collect::<Result<Vec<T>>>();
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
            read
        });
        let read: Result<Vec<Vec<T>>> = chunks.collect();
        Ok(read?.into_iter().flatten().collect())
    }

    fn newest(&self, file: &TreeFile) -> Result<(TreeFile, Vec<u8>)> {
        match self.place.read(&file.path)? {
            Some((bytes, _)) if is_called(&bytes, file.id) => Ok((file.clone(), bytes)),
            Some((raw, _)) => {
                let bytes = self.stored(&file.path, raw)?;
                Ok((TreeFile { id: blob_id(&bytes)?, ..file.clone() }, bytes))
            }
            // A sparse checkout left it out.
            None => Ok((file.clone(), self.blob(file.id)?)),
        }
    }

    fn nearest(&self, file: &TreeFile) -> Result<Vec<u8>> {
        match self.place.read(&file.path) {
            Ok(Some((bytes, _))) if blob_id(&bytes)? == file.id => Ok(bytes),
            _ => self.blob(file.id),
        }
    }
}

/// Whether git calls these bytes `id`. Git itself also looks whether they were made to be called so, which takes many
/// times as long: this is for what stands in the folder, of which only is asked whether it changed.
fn is_called(bytes: &[u8], id: ObjectId) -> bool {
    let head = format!("blob {}\0", bytes.len());
    Sha1::new().chain_update(head).chain_update(bytes).finalize().as_slice() == id.as_bytes()
}

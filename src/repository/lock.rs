//! The one lock: whoever writes to this repository with desk holds it, from any of its working folders.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::Path;
use std::time::{Duration, Instant};

use super::error::{DuringFile as _, Error, Result};

/// When somebody who waits begins to wonder.
const NOTICED: Duration = Duration::from_secs(1);

/// Waits for the lock in `folder` (git's own) for at most `limit`; calls `waiting` once if that takes long. The
/// system gives the lock back when the process ends, however it ends.
pub(super) fn acquire(folder: &Path, limit: Duration, waiting: &mut dyn FnMut()) -> Result<File> {
    let path = folder.join("desk.lock");
    let open = File::options().create(true).truncate(false).write(true).open(&path);
    let file = open.during_file("open the lock", &path)?;
    let started = Instant::now();
    let (mut tries, mut told) = (0, false);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if started.elapsed() >= limit => {
                return Err(Error::Busy { folder: folder.to_owned(), waited: started.elapsed() });
            }
            Err(TryLockError::WouldBlock) => {
                if !told && started.elapsed() >= NOTICED {
                    told = true;
                    waiting();
                }
                pause(tries);
                tries += 1;
            }
            Err(TryLockError::Error(source)) => return Err(Error::File { act: "take the lock", path, source }),
        }
    }
}

/// Waits a little, longer with each try and never quite as long as anybody else.
pub(super) fn pause(tries: u32) {
    let longest = 4_u64 << tries.min(5);
    let chance = RandomState::new().build_hasher().finish() % longest;
    std::thread::sleep(Duration::from_millis(longest / 2 + chance));
}

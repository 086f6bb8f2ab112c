//! What the index remembers of a file, to tell later without reading whether it changed.

use std::fs::Metadata;

/// The numbers, cut to the 32 bits that the index has for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stat {
    pub(super) ctime: (i32, u32),
    pub(super) mtime: (i32, u32),
    pub(super) dev: u32,
    pub(super) ino: u32,
    pub(super) uid: u32,
    pub(super) gid: u32,
    pub(super) size: u32,
}

#[cfg(unix)]
#[expect(clippy::cast_possible_truncation, reason = "the index keeps the low 32 bits of each number")]
impl Stat {
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self {
            ctime: (metadata.ctime() as i32, metadata.ctime_nsec().unsigned_abs() as u32),
            mtime: (metadata.mtime() as i32, metadata.mtime_nsec().unsigned_abs() as u32),
            dev: metadata.dev() as u32,
            ino: metadata.ino() as u32,
            uid: metadata.uid(),
            gid: metadata.gid(),
            size: metadata.len() as u32,
        }
    }
}

#[cfg(not(unix))]
impl Stat {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let since = since.unwrap_or_default();
        Self { mtime: (since.as_secs() as i32, since.subsec_nanos()), size: metadata.len() as u32, ..Self::default() }
    }
}

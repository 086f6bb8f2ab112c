//! The file: a line that says what it is, the SHA-256 of the rest, then for each result its key, its length (four
//! bytes, the lowest first) and its bytes.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::key::Key;

const HEAD: &[u8] = b"desk cache 1\n";
const SUM: usize = 32;

/// Where each result lies in `bytes`; none when they are not what was written.
pub(super) fn read(bytes: &[u8]) -> Option<HashMap<Key, Range<usize>>> {
    let (sum, body) = bytes.strip_prefix(HEAD)?.split_at_checked(SUM)?;
    if Sha256::digest(body).as_slice() != sum {
        return None;
    }
    let mut found = HashMap::new();
    let mut at = HEAD.len() + SUM;
    while at < bytes.len() {
        let (key, rest) = bytes[at..].split_first_chunk::<32>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        if length > rest.len() {
            return None;
        }
        let start = bytes.len() - rest.len();
        at = start + length;
        found.insert(Key(*key), start..at);
    }
    Some(found)
}

/// Writes all results, in order of their keys, beside `path` first.
pub(super) fn write(path: &Path, mut results: Vec<(Key, &[u8])>) -> io::Result<()> {
    results.sort_unstable_by_key(|(key, _)| *key);
    let mut body = Vec::with_capacity(results.iter().map(|(_, result)| result.len() + 36).sum());
    for (key, result) in results {
        // What is too long to have its length written is not worth remembering.
        let Ok(length) = u32::try_from(result.len()) else { continue };
        body.extend_from_slice(&key.0);
        body.extend_from_slice(&length.to_le_bytes());
        body.extend_from_slice(result);
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(HEAD)?;
    beside.write_all(&Sha256::digest(&body))?;
    beside.write_all(&body)?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

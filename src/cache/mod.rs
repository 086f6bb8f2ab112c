//! What was computed before and need not be computed again: results under the name of all that went into them.
//!
//! Owns [`Cache`], one file in git's own folder, and [`Key`]. A result is only ever found under the SHA-256 of
//! everything it was made from, so nothing here can be out of date; a file that is missing, cut short or damaged holds
//! nothing, and deleting it is always right. A move finds its article by what is remembered here, and then reads and
//! judges it anew: nothing becomes public on a remembered judgement.
#![expect(clippy::disallowed_methods, reason = "this room reads and writes the one file that it owns")]

mod file;
mod key;

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

pub use key::{Key, Maker};

/// Results of one sort, found again by their keys.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    program: Maker,
    bytes: Vec<u8>,
    found: HashMap<Key, Range<usize>>,
    added: Mutex<HashMap<Key, Vec<u8>>>,
}

/// Which of the results found in the file stay in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// All of them: this was a look at a part.
    All,
    /// Those that were asked for: this was a look at everything.
    Asked,
}

impl Cache {
    /// Opens the cache called `name` in `folder`, empty when there is none that can be read.
    pub fn open(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).unwrap_or_default();
        let found = file::read(&bytes).unwrap_or_default();
        Self { path, program: program(), bytes, found, added: Mutex::default() }
    }

    /// Begins the key of a result of one sort, as this very program makes them: another build may make others.
    pub fn key_of(&self, sort: &str) -> Maker {
        self.program.clone().with(sort.as_bytes())
    }

    /// What is remembered under `key`.
    pub fn get(&self, key: Key) -> Option<&[u8]> {
        self.found.get(&key).map(|range| &self.bytes[range.clone()])
    }

    /// Remembers `result` under `key`.
    pub fn put(&self, key: Key, result: Vec<u8>) {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).insert(key, result);
    }

    /// Writes what is new, with what was there as `keep` says; `asked` are the keys that were asked for. Nothing is
    /// written when nothing would change. Of two that write at once the later wins, and nothing is lost but time.
    pub fn close(self, keep: Keep, asked: &[Key]) -> io::Result<()> {
        let added = self.added.into_inner().unwrap_or_else(PoisonError::into_inner);
        let asked: std::collections::HashSet<Key> = asked.iter().copied().collect();
        let stays = |key: &Key| keep == Keep::All || asked.contains(key);
        if added.is_empty() && self.found.keys().all(stays) {
            return Ok(());
        }
        let old = self.found.iter().filter(|(key, _)| stays(key) && !added.contains_key(key));
        let old = old.map(|(key, range)| (*key, &self.bytes[range.clone()]));
        let new = added.iter().map(|(key, result)| (*key, result.as_slice()));
        file::write(&self.path, old.chain(new).collect())
    }
}

/// Names the program that runs: its version, its length and when it was made.
fn program() -> Maker {
    let file = std::env::current_exe().and_then(std::fs::metadata).ok();
    let made = file.as_ref().and_then(|file| file.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    Maker::new(env!("CARGO_PKG_VERSION"))
        .with(&made.map_or(0, |since| since.as_nanos()).to_be_bytes())
        .with(&file.map_or(0, |file| file.len()).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Maker::new("test").with(text.as_bytes()).key()
    }

    fn remembered(folder: &Path, texts: &[&str]) -> Vec<Option<String>> {
        let cache = Cache::open(folder, "results");
        let get = |text: &&str| cache.get(key(text)).map(|bytes| String::from_utf8(bytes.to_vec()).expect("text"));
        texts.iter().map(get).collect()
    }

    #[test]
    fn what_was_put_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("not/there/yet");
        let cache = Cache::open(&folder, "results");
        cache.put(key("a"), b"one".to_vec());
        cache.put(key("b"), Vec::new());
        cache.close(Keep::All, &[]).expect("written");
        assert_eq!(remembered(&folder, &["a", "b", "c"]), [Some("one".into()), Some(String::new()), None]);

        let cache = Cache::open(&folder, "results");
        cache.put(key("c"), b"three".to_vec());
        cache.close(Keep::Asked, &[key("b"), key("c")]).expect("written");
        assert_eq!(remembered(&folder, &["a", "b", "c"]), [None, Some(String::new()), Some("three".into())]);
    }

    #[test]
    fn a_damaged_file_holds_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path(), "results");
        cache.put(key("a"), b"one".to_vec());
        cache.put(key("b"), b"two".to_vec());
        cache.close(Keep::All, &[]).expect("written");
        let whole = std::fs::read(folder.path().join("results")).expect("read");
        for cut in 0..whole.len() {
            std::fs::write(folder.path().join("results"), &whole[..cut]).expect("written");
            assert_eq!(remembered(folder.path(), &["a", "b"]), [None, None], "cut at {cut}");
            let mut turned = whole.clone();
            turned[cut] ^= 0x41;
            std::fs::write(folder.path().join("results"), turned).expect("written");
            assert_eq!(remembered(folder.path(), &["a", "b"]), [None, None], "turned at {cut}");
        }
    }

    #[test]
    fn a_key_names_its_parts_and_not_only_their_bytes() {
        let of = |parts: &[&str]| parts.iter().fold(Maker::new("test"), |key, part| key.with(part.as_bytes())).key();
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
        assert_ne!(Maker::new("one").key(), Maker::new("two").key());
        let begun = Maker::new("test").with(b"a");
        assert_eq!(begun.clone().with(b"b").key(), of(&["a", "b"]));
    }
}

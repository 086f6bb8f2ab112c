//! What was heard before, in a file of the room `cache`.

use std::path::Path;

use jiff::Timestamp;
use url::Url;

use super::answer::Answer;
use crate::cache::{Cache, Keep, Key, Maker};

/// What was heard, open for one look.
pub(super) struct Memory {
    cache: Option<Cache>,
    now: Timestamp,
}

impl Memory {
    /// What is remembered in `folder`; nothing where there is none.
    pub(super) fn open(folder: Option<&Path>, now: Timestamp) -> Self {
        Self { cache: folder.map(|folder| Cache::open(folder, "links")), now }
    }

    /// What `at` answered, where that still holds.
    pub(super) fn get(&self, at: &Url) -> Option<Answer> {
        let bytes = self.cache.as_ref()?.get(key(at))?;
        let (heard, answer): (i64, Answer) = postcard::from_bytes(bytes).ok()?;
        let age = self.now.duration_since(Timestamp::from_second(heard).ok()?);
        (!age.is_negative() && age < answer.life()).then_some(answer)
    }

    /// Remembers what `at` answered.
    pub(super) fn put(&self, at: &Url, answer: Answer) {
        if let (Some(cache), Ok(bytes)) = (&self.cache, postcard::to_allocvec(&(self.now.as_second(), answer))) {
            cache.put(key(at), bytes);
        }
    }

    /// Writes down what is new; where `keep` says so, only of `asked`. Where that is not possible, it is asked again.
    pub(super) fn close<'a>(self, keep: Keep, asked: impl Iterator<Item = &'a Url>) {
        let asked: Vec<Key> = asked.map(key).collect();
        drop(self.cache.map(|cache| cache.close(keep, &asked)));
    }
}

/// The name of an answer: another build of desk hears the same.
fn key(at: &Url) -> Key {
    Maker::new("link/1").with(at.as_str().as_bytes()).key()
}

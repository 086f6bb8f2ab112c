//! The name of all that went into a result.

use sha2::{Digest as _, Sha256};

/// What a result is remembered under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(super) [u8; 32]);

/// A key in the making: the sort of result, then everything that the result was made from.
#[derive(Debug, Clone)]
pub struct Maker(Sha256);

impl Maker {
    /// Begins a key for results of one sort.
    pub fn new(sort: &str) -> Self {
        Self(Sha256::new()).with(sort.as_bytes())
    }

    /// The key goes on with `part`.
    #[must_use]
    pub fn with(mut self, part: &[u8]) -> Self {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
        self
    }

    /// The key.
    pub fn key(self) -> Key {
        Key(self.0.finalize().into())
    }
}

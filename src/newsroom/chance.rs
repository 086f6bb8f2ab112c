//! Chance: the random bits of an id, from the system or from a seed.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::error::{Error, Result};
use crate::article::ArticleId;

/// A source of chance for one command.
#[derive(Debug)]
pub(super) struct Chance {
    state: [u8; 32],
    drawn: u64,
    last: Option<ArticleId>,
}

impl Chance {
    /// From `seed` and the time, so that two commands under one seed still differ; without a seed from the system.
    pub(super) fn new(seed: Option<u64>, now: Timestamp) -> Result<Self> {
        let mut state = [0; 32];
        match seed {
            Some(seed) => state = Sha256::digest(format!("{seed} {now}")).into(),
            None => getrandom::fill(&mut state).map_err(|source| Error::Chance(source.to_string()))?,
        }
        Ok(Self { state, drawn: 0, last: None })
    }

    fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut hash = Sha256::new();
        hash.update(self.state);
        hash.update(self.drawn.to_be_bytes());
        self.drawn += 1;
        let mut bytes = [0; N];
        bytes.copy_from_slice(&hash.finalize()[..N]);
        bytes
    }

    /// A new article's id.
    pub(super) fn article_id(&mut self, now: Timestamp) -> ArticleId {
        let id = ArticleId::generate(now.as_millisecond().max(0) as u64, self.draw(), self.last);
        self.last = Some(id);
        id
    }

    /// A new newsroom's id: 20 lower-case digits.
    pub(super) fn newsroom_id(&mut self) -> String {
        self.draw::<10>().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

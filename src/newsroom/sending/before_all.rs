//! Moves that are decided where everybody sees them: at the remote that the public version comes from.

use super::{Delivery, Hindrance, Undelivered};
use crate::article::{Change, RefName};
use crate::newsroom::writing::Work;
use crate::newsroom::{Error, Newsroom, Result};
use crate::repository::Moved;

/// How often a move is judged anew because somebody else was faster.
const TRIES: usize = 4;

impl Newsroom {
    /// Does what changes the public version: from what the remote has now, and again where somebody was faster.
    pub(in crate::newsroom) fn before_all<T>(&mut self, act: impl FnMut(&mut Self) -> Result<T>) -> Result<T> {
        self.come_up()?;
        self.again_if_slower(act)
    }

    /// The same from what the remote had a moment ago.
    pub(in crate::newsroom) fn again_if_slower<T>(&mut self, mut act: impl FnMut(&mut Self) -> Result<T>) -> Result<T> {
        let mut tries = 1;
        loop {
            match act(self) {
                Err(error) if tries < TRIES && error.was_slower() => tries += 1,
                other => return other,
            }
            self.come_up()?;
        }
    }

    /// Brings the public version and what was said up to what the remote has. Without an answer nothing is decided.
    pub(in crate::newsroom) fn come_up(&mut self) -> Result<()> {
        let Some(remote) = self.remote()? else { return Ok(()) };
        let before = self.there(Some(&remote))?;
        if let Some(said) = self.fetch(&remote)? {
            return Err(Undelivered::unreached(remote, said).into());
        }
        self.write(|work| work.come_up(&remote, &before))
    }
}

impl Error {
    /// Whether somebody else was faster: what was judged is not what is there any more.
    pub(in crate::newsroom) fn was_slower(&self) -> bool {
        match self {
            Self::Undelivered(undelivered) => undelivered.why == Hindrance::Behind,
            Self::AfterSave(after) => after.error.was_slower(),
            _ => false,
        }
    }
}

impl Work<'_> {
    /// Applies a change; where it changes the public version and there is a remote, that decides, and has it then.
    pub(in crate::newsroom) fn settle(&mut self, change: &Change) -> Result<Option<Delivery>> {
        self.settle_with(change, &[])
    }

    /// The same with other references of the remote that have had their day.
    pub(in crate::newsroom) fn settle_with(&mut self, change: &Change, spent: &[Moved]) -> Result<Option<Delivery>> {
        let decides = change.steps.first().is_some_and(|step| step.name == self.newsroom.base);
        let Some(remote) = self.newsroom.remote()?.filter(|_| decides) else {
            self.apply(change)?;
            return Ok(None);
        };
        let deliver = |newsroom: &Newsroom, moved: &[Moved]| {
            let mut sent = newsroom.going_along(&remote, moved)?;
            sent.extend(spent.iter().filter(|one| !moved.iter().any(|other| other.name == one.name)).cloned());
            match newsroom.hand_over(&remote, &sent, &change.articles)? {
                None => Ok(()),
                Some(why) => Err(Error::from(Undelivered { remote: remote.clone(), why })),
            }
        };
        self.apply_sent(change, deliver)?;
        Ok(Some(Delivery::Sent { remote }))
    }
}

impl Newsroom {
    /// What of a change of the public version is anything to the remote. Words that were kept aside stay on this machine
    /// unless others had them before.
    fn going_along(&self, remote: &str, moved: &[Moved]) -> Result<Vec<Moved>> {
        let mut had = false;
        for one in moved {
            had |= one.name != self.base && self.repository.known(remote, &one.name)?.is_some();
        }
        let is_kept = |one: &&Moved| one.name.as_str().starts_with(RefName::SPIKED);
        Ok(moved.iter().filter(|one| had || !is_kept(one)).cloned().collect())
    }
}

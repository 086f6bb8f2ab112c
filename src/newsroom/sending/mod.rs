//! What leaves this machine: the words of one article, what was said of them, and when they become public; through the
//! user's own git, all of it or nothing. Nothing is forced: each reference goes on from what the remote is known to
//! have, or stays here.

mod before_all;
mod parcel;

use jiff::Timestamp;

use super::{Error, Newsroom, Result};
use crate::article::ArticleId;
use crate::config::Share;
use crate::process::Answer;
use crate::repository::Moved;
use crate::workflow::{self, Standing};

/// What became of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The remote has it.
    Sent {
        /// Which remote.
        remote: String,
    },
    /// It is kept here.
    Kept(Undelivered),
}

/// What a remote did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// Which remote.
    pub remote: String,
    /// Why.
    pub why: Hindrance,
}

impl Undelivered {
    /// `remote` did not answer; git said why.
    pub(super) fn unreached(remote: String, said: String) -> Self {
        Self { remote, why: Hindrance::Unreached(said) }
    }
}

/// Why a remote does not have something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// It did not answer, or does not know who asks; what git said.
    Unreached(String),
    /// Whoever asks may read there, and not write; what was said of it.
    Forbidden(String),
    /// Somebody sent other words meanwhile.
    Behind,
    /// It does not want it.
    Declined {
        /// What it answered.
        reason: String,
        /// What it said besides.
        said: Vec<String>,
    },
    /// The words are under embargo until then, and more people than the staff can read there.
    Embargoed(Timestamp),
}

/// Whether words that nobody else was sent are sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharing {
    /// They are.
    Begins,
    /// Only what others have already.
    GoesOn,
}

impl Newsroom {
    /// Sends what a move on this machine changed: an article's branch, the statements about it and its schedule, as far as
    /// the remote does not have them. None where there is no remote, or nothing for it to have. Words that nobody was sent stay
    /// here, unless `sharing` begins with this, or with every save (`[articles] share`).
    pub(super) fn deliver(&self, before: &Standing, after: &Standing, sharing: Sharing) -> Result<Option<Delivery>> {
        let Some(remote) = self.remote()? else { return Ok(None) };
        let begins = sharing == Sharing::Begins || self.house.config.articles.share == Share::Save;
        let known = self.repository.known(&remote, &before.branch)?.is_some();
        let known = known || self.repository.known(&remote, &after.branch)?.is_some();
        if !begins && !known && !workflow::is_hidden(after) {
            return Ok(None);
        }
        if let Some(until) = self.embargoed(&remote, after) {
            return Ok(Some(Delivery::Kept(Undelivered { remote, why: Hindrance::Embargoed(until) })));
        }
        let commit = |standing: &Standing| standing.open.as_ref().map(|open| open.commit);
        let mut moved = Vec::new();
        // What has landed has no branch of its own any more.
        if commit(after) != Some(self.base_tip) {
            moved.push(Moved { name: after.branch.clone(), old: commit(before), new: commit(after) });
        }
        if before.branch != after.branch {
            moved.push(Moved { name: before.branch.clone(), old: commit(before), new: None });
        }
        moved.extend(self.own_references(&remote, before, after)?);
        let kept = |remote, why| Ok(Some(Delivery::Kept(Undelivered { remote, why })));
        let Some(parcel) = self.parcel(&remote, &moved, &[after.id])? else { return kept(remote, Hindrance::Behind) };
        if parcel.is_empty() {
            return Ok(None);
        }
        match self.push(&remote, &parcel) {
            Err(Error::Process(error)) => kept(remote, Hindrance::Unreached(error.to_string())),
            Err(other) => Err(other),
            Ok(Some(why)) => kept(remote, why),
            Ok(None) => Ok(Some(Delivery::Sent { remote })),
        }
    }

    /// Sends references that a change moves, with what was said of the articles; what stands in the way, if anything does.
    fn hand_over(&self, remote: &str, moved: &[Moved], articles: &[ArticleId]) -> Result<Option<Hindrance>> {
        match self.parcel(remote, moved, articles)? {
            Some(parcel) if parcel.is_empty() => Ok(None),
            Some(parcel) => self.push(remote, &parcel),
            None => Ok(Some(Hindrance::Behind)),
        }
    }

    /// Sends what was said of an article, as far as the remote does not have it.
    pub(super) fn send_said(&self, remote: &str, article: ArticleId) -> Result<()> {
        match self.hand_over(remote, &[], &[article])? {
            None => Ok(()),
            Some(why) => Err(Undelivered { remote: remote.to_owned(), why }.into()),
        }
    }

    /// The push itself.
    fn push(&self, remote: &str, parcel: &[Moved]) -> Result<Option<Hindrance>> {
        let sendings: Vec<_> = parcel.iter().map(parcel::sending).collect();
        let answer = self.setting.programs.push(self.root(), remote, &sendings, self.setting.passwords)?;
        Ok(match answer {
            Answer::Taken => {
                self.repository.remember(remote, parcel)?;
                None
            }
            Answer::Moved(_) => Some(Hindrance::Behind),
            Answer::Declined { names, said } => {
                let reason = names.into_iter().next().map(|(_, reason)| reason).unwrap_or_default();
                Some(Hindrance::Declined { reason, said })
            }
            Answer::Forbidden(said) => Some(Hindrance::Forbidden(said)),
            Answer::Unreached(said) => Some(Hindrance::Unreached(said)),
        })
    }

    /// Until when the words may be read by the staff alone, where others can read what is sent.
    fn embargoed(&self, remote: &str, standing: &Standing) -> Option<Timestamp> {
        let open = standing.open.as_ref()?;
        let until = workflow::embargo(&open.document, &self.house.config.newsroom.timezone)?;
        let private = &self.house.config.newsroom.private;
        let is_ours = |address: &String| crate::config::is_private(address, private);
        (until > self.setting.now && !self.repository.addresses(remote).iter().all(is_ours)).then_some(until)
    }
}

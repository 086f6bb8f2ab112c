//! Writing under the one lock.

use std::time::Duration;

use super::Newsroom;
use super::error::{Error, Result};
use super::herald::{Herald, Notice};
use super::seen::Seen;
use super::signing::Key;
use crate::article::Change;
use crate::repository::{Applied, By, Identity, Moved, Repository, Session, Signer};

/// How long one desk waits for another.
const PATIENCE: Duration = Duration::from_secs(30);

/// A newsroom that this command alone may write to, until it is done.
pub(super) struct Work<'a> {
    pub(super) newsroom: &'a mut Newsroom,
    session: Session<'a>,
    /// All articles as they were when the lock was taken, once they were asked for.
    articles: Vec<Seen>,
}

impl Newsroom {
    /// Takes the lock, lets recovery finish what a crashed command left, reads again what may have changed, and works.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&mut Work<'_>) -> Result<T>) -> Result<T> {
        let repository = self.repository.opener().open()?;
        let session = begin(&repository, &self.setting.herald)?;
        self.reread()?;
        // What was only fetched can be read, and not be written to.
        if self.repository.resolve(&self.base)?.is_none() {
            return Err(Error::NoBase(self.house.config.articles.base.clone()));
        }
        work(&mut Work { newsroom: self, session, articles: Vec::new() })
    }
}

/// Takes the lock of a repository and settles what a command that was stopped left there; both are told.
pub(super) fn begin<'a>(repository: &'a Repository, herald: &Herald) -> Result<Session<'a>> {
    let session = repository.begin(PATIENCE, &mut || herald.tell(&Notice::Waiting))?;
    if let Some(recovered) = session.recovered() {
        herald.tell(&Notice::Settled(recovered.clone()));
    }
    Ok(session)
}

impl Work<'_> {
    /// Which article is meant, asked under the lock: another command may have changed the answer meanwhile.
    pub(super) fn find(&mut self, name: Option<&str>) -> Result<Seen> {
        self.articles = self.newsroom.articles()?;
        self.newsroom.find_among(&self.articles, name)
    }

    /// All articles as `find` read them.
    pub(super) fn articles(&self) -> &[Seen] {
        &self.articles
    }

    /// Applies a change, whole or not at all.
    pub(super) fn apply(&mut self, change: &Change) -> Result<Applied> {
        let applied = self.by(|session, by| session.apply(change, by))?;
        self.newsroom.reread()?;
        Ok(applied)
    }

    /// The same where a remote decides: `deliver` brings it there, and only what it took is done here.
    pub(super) fn apply_sent(
        &mut self,
        change: &Change,
        deliver: impl FnOnce(&Newsroom, &[Moved]) -> Result<()>,
    ) -> Result<Applied> {
        let newsroom = &*self.newsroom;
        let who = newsroom.identity()?;
        let signer = newsroom.signer();
        let by = newsroom.by(&who, signer.as_ref());
        let applied = self.session.apply_sent(change, &by, |moved| deliver(newsroom, moved))?;
        self.newsroom.reread()?;
        Ok(applied)
    }

    /// Takes back the newest operation and says what it was.
    pub(super) fn undo(&mut self) -> Result<String> {
        let undone = self.by(|session, by| session.undo(by))?;
        Ok(undone.operation.summary)
    }

    fn by<T>(&mut self, act: impl FnOnce(&mut Session<'_>, &By<'_>) -> crate::repository::Result<T>) -> Result<T> {
        let who = self.newsroom.identity()?;
        let signer = self.newsroom.signer();
        Ok(act(&mut self.session, &self.newsroom.by(&who, signer.as_ref()))?)
    }
}

impl Newsroom {
    /// Who writes, when, and by which command.
    fn by<'a>(&'a self, who: &'a Identity, signer: Option<&'a Key<'a>>) -> By<'a> {
        let signer = signer.map(|key| key as &dyn Signer);
        By { who, now: self.setting.now, offset: self.local_now().offset(), command: &self.setting.words, signer }
    }
}

//! Writing under the one lock.

use std::time::Duration;

use super::Newsroom;
use super::error::Result;
use super::seen::Seen;
use crate::article::Change;
use crate::repository::{Applied, By, Session};

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
        let session = repository.begin(PATIENCE, &mut || {})?;
        self.reread()?;
        work(&mut Work { newsroom: self, session, articles: Vec::new() })
    }
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

    /// Takes back the newest operation and says what it was.
    pub(super) fn undo(&mut self) -> Result<String> {
        let undone = self.by(|session, by| session.undo(by))?;
        Ok(undone.operation.summary)
    }

    fn by<T>(&mut self, act: impl FnOnce(&mut Session<'_>, &By<'_>) -> crate::repository::Result<T>) -> Result<T> {
        let who = self.newsroom.identity()?;
        let now = self.newsroom.setting.now;
        let offset = self.newsroom.local_now().offset();
        let by = By { who: &who, now, offset, command: &self.newsroom.setting.words };
        Ok(act(&mut self.session, &by)?)
    }
}

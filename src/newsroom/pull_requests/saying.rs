//! Saying on a forge what was said here: whoever reads there sees it, and the forge's own rules count it.

use super::asking::Whom;
use super::{AtForge, There};
use crate::forge::{self, CommitId, NewReview, Opinion, State};
use crate::newsroom::{Delivery, Error, Moved, Newsroom, Result};

impl Newsroom {
    /// Gives the review that a move was, in the article's pull request. None where there is none to give it in.
    pub(in crate::newsroom) fn reviewed(&self, moved: Moved, opinion: Opinion, note: &str) -> Result<Moved> {
        if matches!(moved.delivery, None | Some(Delivery::Kept(_))) {
            return Ok(moved);
        }
        let Some(at) = self.at_forge()? else { return Ok(moved) };
        let there = match self.review_at(&at, &moved, opinion, note) {
            // Its labels and its text say how the article stands now.
            Ok(Some(There::Done { .. })) => return self.requested(moved, Whom::Nobody),
            Ok(there) => there,
            Err(Error::Forge(error)) => Some(self.failed(&at, error)),
            Err(other) => return Err(other),
        };
        Ok(Moved { there, ..moved })
    }

    fn review_at(&self, at: &AtForge, moved: &Moved, opinion: Opinion, note: &str) -> Result<Option<There>> {
        let request = self.newest_request(at, &moved.before)?;
        let Some(request) = request.filter(|request| request.state == State::Open) else { return Ok(None) };
        let done = |not_done: Vec<String>| {
            let page = at.page(request.number);
            Ok(Some(There::Done { number: request.number.0, page, renewed: true, not_done }))
        };
        // What was read is what stood before the move: returning puts a commit on top.
        let read = moved.before.open.as_ref().and_then(|open| CommitId::new(&open.commit.to_string()));
        let Some(read) = read else { return Ok(None) };
        // A forge takes no approval from whoever opened the pull request; the statement counts all the same.
        let me = at.forge.about()?.me;
        if me.is_some() && me.map(|me| me.id) == request.author.as_ref().map(|author| author.id) {
            return done(Vec::new());
        }
        let content = moved.before.open.as_ref().and_then(|open| open.digest.clone().ok());
        let binding = content.map(|content| format!("Desk-Content: {content}")).unwrap_or_default();
        let text = format!("{}\n\n{binding}", note.trim());
        at.forge.review(request.number, &NewReview { commit: &read, opinion, text: text.trim() })?;
        done(Vec::new())
    }

    /// What was done here stays, and the forge did not do its part.
    pub(super) fn failed(&self, at: &AtForge, error: forge::Error) -> There {
        if matches!(error, forge::Error::NotSignedIn { .. }) {
            self.disown(&at.place, &at.kept);
        }
        There::Failed(error)
    }
}

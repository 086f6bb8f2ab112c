//! Taking back.

use super::Newsroom;
use super::error::{Error, Result, SentMove};
use crate::article::Reach;
use crate::repository::{self, Operation, State};

impl Newsroom {
    /// Takes back what desk did last here, and says what that was.
    pub fn undo(&mut self) -> Result<String> {
        match self.write(|work| work.undo()) {
            Err(Error::Repository(repository::Error::AlreadySent(sent))) => Err(self.sent(&sent)),
            other => other,
        }
    }

    /// What cannot be taken back, with the article as it stands: what it can do instead.
    fn sent(&self, operation: &Operation) -> Error {
        let id = operation.articles.first().map(ToString::to_string);
        let seen = id.and_then(|id| self.find(Some(&id)).ok());
        let article = seen.map(|seen| (seen.slug.clone(), seen.stage()));
        Error::Sent(Box::new(SentMove { summary: operation.summary.clone(), article }))
    }

    /// What desk did here and could take back, newest first.
    pub fn done(&self, most: usize) -> Result<Vec<Operation>> {
        let mut done = Vec::new();
        for operation in self.repository.operations()? {
            let operation = operation?;
            if operation.state == State::Done && operation.undoes.is_none() && operation.reach != Reach::Came {
                done.push(operation);
            }
            if done.len() == most {
                break;
            }
        }
        Ok(done)
    }
}

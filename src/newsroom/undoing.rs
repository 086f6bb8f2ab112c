//! Taking back.

use super::Newsroom;
use super::error::Result;
use crate::repository::{Operation, State};

impl Newsroom {
    /// Takes back what desk did last here, and says what that was.
    pub fn undo(&mut self) -> Result<String> {
        self.write(|work| work.undo())
    }

    /// What desk did here and could take back, newest first.
    pub fn done(&self, most: usize) -> Result<Vec<Operation>> {
        let mut done = Vec::new();
        for operation in self.repository.operations()? {
            let operation = operation?;
            if operation.state == State::Done && operation.undoes.is_none() {
                done.push(operation);
            }
            if done.len() == most {
                break;
            }
        }
        Ok(done)
    }
}

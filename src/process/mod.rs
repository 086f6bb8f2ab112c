//! Other programs: git, ssh-keygen, the editor and the pager; and the machine's clock.
//!
//! Owns every process that desk starts, each with an argument list of its own (never a shell; the
//! command lines of editor and pager are split into words), and the [`Variables`] they are given: who signs and who pages is
//! not given what lets somebody in at a forge. It decides nothing: what to run, and what an answer means, is its callers'
//! business.
#![expect(clippy::disallowed_methods, reason = "the only room that starts processes and waits")]

mod clock;
mod editor;
mod error;
mod pager;
mod program;
mod push;
mod secrets;
mod sign;
mod variables;

pub use clock::Clock;
pub use editor::EditorCommand;
pub use error::Error;
pub use pager::Pager;
pub use program::{Captured, Passwords, Programs};
pub use push::{Answer, Sending};
pub use secrets::Credential;
pub use sign::{Purpose, SigningKey};
pub use variables::Variables;

//! Other programs: git, ssh-keygen and the editor.
//!
//! Owns every process that desk starts, each with an argument list of its own (never a shell, but for the editor that a
//! person configured as a command line), and the [`Variables`] they are given. It decides nothing: what to run, and
//! what an answer means, is its callers' business.
#![expect(clippy::disallowed_methods, reason = "the only room that starts processes")]

mod editor;
mod error;
mod program;
mod sign;
mod variables;

pub use editor::EditorCommand;
pub use error::Error;
pub use program::{Captured, Programs};
pub use sign::{SIGNATURE_NAMESPACE, SigningKey};
pub use variables::Variables;

//! The repository and the working folder: all that desk reads from git and from disk, and all that it writes.
//!
//! Owns [`Repository`] (opening, with a typed refusal for each kind that desk cannot serve), reading at any revision,
//! comparing two of them, the article's files in the working folder as git would store them, and [`Identity`].
//! References, files and the log of operations change in one place only, a session under the one lock.
//!
//! It knows nothing of rules, stages or people's roles, asks nobody anything, starts no process, and never follows a
//! link: not in the last part of a path and not in any before it.

mod compare;
mod error;
mod identity;
mod open;
mod read;

pub use compare::{Changed, Comparison, Stored};
pub use error::{Doing, Error, FileKind, InTheWay, IndexForm, Obstacle, Result};
pub use identity::Identity;
pub use open::{Head, Oddity, Opener, Repository};
pub use read::{Commit, Listing, Signature, TreeFile};

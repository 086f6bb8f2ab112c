//! The repository and the working folder: all that desk reads from git and from disk, and all that it writes.
//!
//! Owns [`Repository`] (opening, with a typed refusal for each kind that desk cannot serve), reading at any revision,
//! comparing two of them, the article's files in the working folder as git would store them, and [`Identity`].
//! References, files and the log of [`Operation`]s change in one place only: a [`Session`], which holds the one lock,
//! applies a [`Change`](crate::article::Change) all or nothing, takes back the newest, and first of all settles what a
//! command that was stopped left behind.
//!
//! It knows nothing of rules, stages or people's roles, asks nobody anything, starts no process, and never follows a
//! link: not in the last part of a path and not in any before it.

#![expect(clippy::disallowed_methods, reason = "this room is where desk meets the disk and the clock of its locks")]

mod apply;
mod batch;
mod compare;
mod durability;
mod error;
mod folder;
mod folders;
mod follow;
mod hooks;
mod identity;
mod index_file;
mod known;
mod line_ends;
mod lock;
mod objects;
mod open;
mod operation;
mod outside;
#[cfg(target_os = "linux")]
mod parent_linux;
#[cfg(not(target_os = "linux"))]
mod parent_portable;
mod place;
mod plain;
mod put;
mod range;
mod read;
mod recover;
mod references;
mod stat;
#[cfg(test)]
mod tests;
mod undo;

pub use apply::{Applied, By, Session, Signer};
pub use compare::{Changed, Comparison, Steps, Stored};
pub use error::{Doing, Error, FileKind, InTheWay, IndexForm, Obstacle, Result};
pub use hooks::Hook;
pub use identity::{Identity, identity_of_user};
pub use open::{Head, Oddity, Opener, Repository};
pub use operation::{FileMoved, Folder, Operation, Staged, State};
pub use outside::{Written, read_outside, write_site};
pub use plain::PlainFolder;
pub use put::Put;
pub use read::{Commit, Listing, Signature, TreeFile};
pub use recover::Recovered;
pub use references::Moved;
pub use undo::Undone;

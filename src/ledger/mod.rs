//! What is written down about an article for good: who said yes to which words, and every move.
//!
//! Owns the [`Statement`] of one person about one text, its signature and what that proves ([`Strength`]), the
//! [`Schedule`] of a text that is to become public later, the [`Record`] of one article (an append-only file whose entries hold the hash of everything before them) and
//! [`BeforeDesk`], what was there when desk came. All of it as bytes and values. It knows no git, and no policy: whether
//! an assent is enough is not for this room to say.

mod assent;
mod before;
mod entry;
mod escape;
mod lines;
mod record;
mod schedule;
mod signature;
mod statement;
mod witness;

pub use assent::Assent;
pub use before::{BeforeDesk, before_digest};
pub use entry::{Act, Owed, RecordEntry};
pub use record::{RECORDS, Record, record_id, record_path};
pub use schedule::{KeptSchedule, Schedule};
pub use signature::{BadSignature, NAMESPACE, Strength, can_verify, proves_commit};
pub use statement::{Decision, InvalidStatement, Sources, Statement, Who};
pub use witness::{Ground, Witness};

//! What `desk check --range` says: every commit of a push or a pull request, one by one.
//!
//! Owns which commits these are ([`Between`]), which of them are steps of the public version and which are proposed to
//! it, and what became of each finding by the end. What a commit did is judged by [`history`](crate::history), what an
//! article says by [`check`](crate::check), both by the rules of the public version, never by those that a commit
//! brings. Only what the commits changed is read.

mod bench;
mod ends;
mod leaving;
mod placing;
mod run;
mod story;
mod words;

pub(super) use bench::{Anywhere, Before};
pub use ends::Between;
pub(super) use ends::commit;
pub use leaving::Embargoed;
pub use run::Examined;
pub(super) use run::step;

//! How a newsroom works (`desk.toml`) and who is who in it (`staff.toml`), as typed values.
//!
//! Owns [`Config`] with the defaults of `default.toml`, [`Staff`], the place of articles ([`PathPattern`]), the texts
//! that `init` writes, and the taking in of a site that another generator renders. Wrong values and unknown keys are
//! findings with the bytes they stand in. It knows no environment and no list of rules: a level for a rule that does
//! not exist is for `check` to report.

mod account;
mod address;
pub mod adopt;
mod articles;
mod check;
mod glob;
mod key;
mod lead;
mod newsroom;
mod noreply;
mod pattern;
mod policy;
mod private;
mod profile;
mod read;
mod review;
mod site;
mod staff;

pub use account::Account;
pub use address::{Address, folded};
pub use articles::{Articles, Share};
pub use check::{Allow, CheckSettings, Setting};
pub use glob::{Glob, InvalidGlob};
pub use key::{KeyState, StaffKey};
pub use lead::Wanted;
pub use newsroom::{Format, NewsroomInfo};
pub use pattern::{InvalidPattern, NoPlace, PathPattern, Place};
pub use policy::policy_digest;
pub use private::{Remote, is_private};
pub use profile::{Founding, Profile, UnknownProfile};
pub use read::Config;
pub use review::{Require, Review, Signatures, Stamp, When};
pub use site::{Forge, ForgeKind, Generator, Site};
pub use staff::{Certainty, InvalidRole, Person, Role, Staff};

/// The name of the file that says how a newsroom works, at the root.
pub const DESK_FILE: &str = "desk.toml";

/// The name of the file that says who is who, at the root.
pub const STAFF_FILE: &str = "staff.toml";

/// Every key of `desk.toml` with its default and what it does.
pub const DEFAULTS: &str = include_str!("default.toml");

//! The use cases of a newsroom: open it, gather what is known, judge, decide, apply.
//!
//! Owns [`Newsroom`] and everything that `command` and a preview server both call. It asks nobody and writes to no
//! stream: what a person must answer is an argument, what happened is a value, and what cannot wait until then goes to
//! a [`Herald`]. Every write goes through one lock, and
//! begins with what a crashed command left.

mod audit;
mod chance;
mod changing;
mod checking;
mod commits;
mod create;
mod doctor;
mod edition;
mod elsewhere;
mod error;
mod exposure;
mod find;
mod fixing;
mod founding;
mod herald;
mod hooks;
mod house_style;
mod judgements;
mod judging;
mod layout;
mod mending;
mod moves;
mod open;
mod outside;
mod overview;
mod owning;
mod pages;
mod past;
mod photo;
mod plain;
mod plain_edition;
mod plain_mending;
mod proof;
mod pull_requests;
mod references;
mod relinking;
mod remembered;
mod renaming;
mod scheduling;
mod seen;
mod sending;
mod signing;
mod standing;
mod survey;
mod sync;
mod telling;
mod undoing;
mod writing;

pub use crate::forge::Error as ForgeError;
pub use crate::links::Watch;
pub use crate::repository::{Hook, Identity, Put, Recovered};
pub use audit::{Account, Audited, Basis, Breach, Origin, Presence, Push, Refused, Repair};
pub use changing::Changing;
pub use checking::Checked;
pub use commits::{Between, Embargoed, Examined};
pub use create::{Content, Created, Draft};
pub use doctor::{Age, OLDEST_GIT, Sign, Signing};
pub use edition::Edition;
pub use elsewhere::{Elsewhere, Here};
pub use error::{AfterSave, Error, RefusedMove, Result, SentMove};
pub use fixing::{MendedArticle, MendedNewsroom, WrittenBaseline};
pub use founding::{Founded, Made, Plan};
pub use herald::{Herald, Notice};
pub use mending::Unrecorded;
pub use moves::{Moved, Saved};
pub use open::{House, Newsroom, Setting};
pub use outside::Told;
pub use overview::{Row, Waiting};
pub use owning::{CodeOwners, Keeper};
pub use pages::Built;
pub use past::{Line, Scope};
pub use photo::Photo;
pub use plain::Loose;
pub use proof::{Proof, Since};
pub use pull_requests::{
    ForgeEvent, ForgeSign, Gated, GatedArticle, Publicity, Remarked, Telling, There, Unlanded, Yes,
};
pub use references::references;
pub use relinking::Relinked;
pub use renaming::Renamed;
pub use scheduling::{Acted, Acting, Came, Coming, Occasion};
pub use seen::{Leaf, Seen};
pub use sending::{Delivery, Hindrance, Undelivered};
pub use survey::{Survey, Yaml};
pub use sync::{About, Clash, Fetching, News, Synced, With};
pub use telling::Event;

/// The bytes of a file that somebody brings in from outside the newsroom; none when it is not there.
pub fn read_outside(path: &std::path::Path) -> Result<Option<Vec<u8>>> {
    Ok(crate::repository::read_outside(path)?)
}

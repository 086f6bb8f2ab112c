//! What fields a kind of article has.
//!
//! Owns [`Schema`]: JSON Schema 2020-12, written as JSON or as TOML, with a few annotations of desk's own, compiled once
//! and held against the front matter of many articles. Each finding points at the key or the value in the article and
//! says in an editor's words what is wrong. It fetches nothing: a schema stands alone in its file. It knows no file
//! and no level that a newsroom has set.
//!
//! The annotations, which other validators pass over:
//! - `x-required-from`: a map from stage to fields. A stage demands what the earlier ones demand too, and a field that
//!   is empty is as good as missing. It may stand in the schema of an item (`photos`, `sources`) and under `then`.
//! - `x-body-words`: how many words the body has: `minimum`, `maximum`, and `from` which stage that holds.
//! - `x-prompt`: how `desk new` asks for the field. What has none is not asked for.
//! - `x-unique`: no two articles have the same value here.
//! - `x-says`: what to say instead of desk's own words when a value does not fit this part of the schema.

mod demand;
mod infer;
mod kinds;
mod locate;
mod place;
mod question;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod validate;
mod words;

pub use infer::infer;
pub use kinds::{defaults, fresh};
pub use question::{Answer, Question, WrongAnswer};
pub use read::{Schema, Schemas};
pub use rules::{RULES, Rule};

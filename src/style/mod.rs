//! House style: what a newsroom's own rules and published packages of rules say of its words.
//!
//! Owns the rules in `styles/` in the Vale style format: reading them ([`Shelf`], [`Choice`]), the ways of looking
//! that they extend (one file each in `points/`), which words each reads, vocabularies and dictionaries, and asking
//! them about one article ([`Styles::check`]). A published package works as it is, and what desk does not do is said
//! when a rule is read. It reads no file itself, decides no level beyond the one it is told, and runs no code of a
//! style's.
//!
//! An article is laid out once for all rules, and one walk over each passage tells which of them can find anything in it;
//! only these are asked. Rules hold no state and are asked from many threads.

mod about;
mod action;
#[cfg(test)]
mod agreement;
mod brief;
mod built_in;
mod case;
mod dialect;
mod fields;
mod formula;
mod heading_words;
mod layout;
mod message;
mod pattern;
mod points;
mod readers;
mod reading;
mod rule;
mod scope;
mod shadow;
mod shelf;
mod sieve;
mod statistics;
mod styles;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod vocabulary;
mod yaml;

pub use about::{RULES, explain};
pub use rule::About;
pub use shelf::Shelf;
pub use styles::{Choice, Missing, Styles};

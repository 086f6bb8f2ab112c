//! YAML front matter, for repositories that desk takes in: read strictly, and turned into TOML.
//!
//! YAML's versions and parsers disagree about what some plain words mean (`no`, `010`, `12:30`), and some of what it
//! says TOML cannot say (a key without a value). Where two readers could read two things nothing is guessed: the file
//! is refused, with the place and the way to make it plain.

mod convert;
mod read;
mod scalar;

pub use convert::convert;
pub use read::parse;

/// The name of what is found in YAML that cannot be turned into TOML with certainty.
pub const UNCERTAIN: &str = "uncertain-yaml";

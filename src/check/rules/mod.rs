//! The table of rules: a file each, in the order of the alphabet.

mod photo_alt;
mod photos;

use super::rule::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[&photo_alt::RULE];

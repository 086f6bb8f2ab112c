//! Mending: the fixes that findings carry, made in one article until there are none left.
//!
//! It turns a text into a text and writes none: what comes of it, and whether readers have the old words, is for others
//! to say. What is left out with a reason stays, and no fix is made that would bring an error with it.

mod piece;
mod splice;
#[cfg(test)]
mod tests;

pub use piece::{Mended, Mending, mend, mend_each};

//! What desk writes to people: to those who read on a forge, and the phrases that screens say in the same words.
//!
//! Owns the words of pull requests, comments, summaries, the line of a status, CODEOWNERS, and their escaping: whatever an
//! article or a person says comes out as words that ping nobody, close nothing and lead nowhere. It never touches git, a
//! forge, the clock or a file, and decides nothing: what holds, what is missing and who agreed is asked of `workflow`.

mod phrases;

pub use phrases::{and, appointment, count, counted, fact, missing, moment, moment_there, number, or, void};

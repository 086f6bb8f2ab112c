//! What desk writes to people: to those who read on a forge, and the phrases that screens say in the same words.
//!
//! Owns the words of pull requests, comments, summaries, the line of a status, CODEOWNERS, and their escaping: whatever an
//! article or a person says comes out as words that ping nobody, close nothing and lead nowhere. It never touches git, a
//! forge, the clock or a file, and decides nothing: what holds, what is missing and who agreed is asked of `workflow`.

mod changes;
mod difference;
mod discretion;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod hostile;
mod mark;
mod markdown;
mod owners;
mod phrases;
mod remarks;
mod request;
mod sheet;
mod story;
mod summary;
#[cfg(test)]
mod tests;
mod text;

pub use changes::{Comment, Look, changes, stale};
pub use mark::Mark;
pub use owners::{House, Owners, Syntax, Unmarked, owners};
pub use phrases::{
    and, appointment, asked, count, counted, fact, missing, moment, moment_there, number, or, void, who,
};
pub use remarks::{About, Beside, Remark, Since, beside};
pub use request::{LABELS, PullRequest, pull_request};
pub use story::{LeftOut, Story};
pub use summary::{State, Status, state, status, summary};

//! Whether what happened on the base was allowed.
//!
//! Owns the judgement of one [`Step`] (a commit against its first parent, by the rules of that parent) and the [`Audit`]
//! that folds a whole history of them: who assented to every public word, how sure that is, and where the chain breaks.
//! A commit that has not reached the base is judged by the rules of the base ([`judge_proposed`]), never by its own.
//! It looks only at what a step changed, asks for bytes through [`Past`], and knows no git: a step is a value.

mod addresses;
mod apart;
mod article;
mod audit;
mod broken;
mod entries;
mod judge;
mod keys;
mod landing;
mod proposed;
mod said;
mod step;
mod telling;

#[cfg(test)]
mod corrected;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod forced;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod landed;
#[cfg(test)]
mod made_good;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod renamed;
#[cfg(test)]
mod sealed;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod withdrawn;
#[cfg(test)]
mod witnessed;

pub use apart::judge_apart;
pub use article::article_at;
pub use audit::{Audit, Start, Story};
pub use broken::{Break, Mended, Reason};
pub use entries::{Confirmed, Link, Met};
pub use judge::{Judgement, Sighting, judge};
pub use landing::{Following, Landing, Recorded};
pub use proposed::{Bench, judge_proposed, judge_untold};
pub use step::{Changed, Past, Rules, Signed, Step};

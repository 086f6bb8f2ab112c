//! Forges: where pull requests are, what was said in them, and what protects the public version there.
//!
//! Owns the words of each forge's interface and every request to it: [`Forge`] is what desk asks of all of them, and each
//! has a file. Addresses are made here from the forge's own and the repository's name, and none that an answer gives is
//! ever followed; what an answer says is a claim, and what it does not say is [`Known::Unknown`], never no. A token goes
//! to its own forge, over a connection that nobody reads, and into nothing that is printed. The room knows no article, no
//! git and no policy: whether an approval counts is decided elsewhere.

mod address;
mod connect;
mod error;
mod forgejo;
mod github;
mod http;
#[cfg(test)]
mod http_tests;
mod pull_request;
#[cfg(test)]
mod recorded_tests;
mod review;
mod route;
#[cfg(test)]
mod stand_in;
mod standing;
mod token;

pub use address::{Kind, Place, Settings, Unplaced};
pub use connect::connect;
pub use error::{Error, Result};
pub use pull_request::{CommitId, Merge, Merged, Method, NewPullRequest, Number, Opened, PullRequest, State};
pub use review::{HeadAt, NewReview, Opinion, Remark, Review, User};
pub use standing::{About, Check, CheckState, Known, NewStatus, Protection};
pub use token::{Token, TokenSource};

/// What desk asks of a forge. Every call waits for its answer; none decides.
pub trait Forge: Send + Sync {
    /// Which forge it is, what it can do and who asks.
    fn about(&self) -> Result<About>;

    /// Opens a pull request, or renews the one that is open for the same branch: asked twice, there is one. What could
    /// not be asked of the forge beside it (a reviewer it does not know, a label) is in the answer.
    fn open(&self, new: &NewPullRequest<'_>) -> Result<Opened>;

    /// The pull request `number`.
    fn pull_request(&self, number: Number) -> Result<PullRequest>;

    /// The newest pull request of `branch` in this repository into `base`, an open one before others.
    fn find(&self, branch: &str, base: &str) -> Result<Option<PullRequest>>;

    /// The merged pull request that brought `commit` to where it is, wherever its branch was. None where none did, or the
    /// forge does not tell.
    fn brought(&self, commit: &CommitId) -> Result<Option<PullRequest>>;

    /// Every review of `number` in the order in which they were given.
    fn reviews(&self, number: Number) -> Result<Vec<Review>>;

    /// What reviewers wrote beside lines, in the order in which it was written.
    fn remarks(&self, number: Number) -> Result<Vec<Remark>>;

    /// Which commits the branch of a pull request stood at, and since when, the oldest first, as the forge itself saw
    /// them being pushed. None where this forge does not tell.
    fn heads(&self, request: &PullRequest) -> Result<Option<Vec<HeadAt>>>;

    /// What checks say of `commit`.
    fn checks(&self, commit: &CommitId) -> Result<Vec<Check>>;

    /// What protects `branch`.
    fn protection(&self, branch: &str) -> Result<Protection>;

    /// Merges `number` if its branch stands at exactly the commit that [`Merge`] names. When the answer is lost on its
    /// way, the forge is asked what happened.
    fn merge(&self, number: Number, merge: &Merge<'_>) -> Result<Merged>;

    /// Gives a review.
    fn review(&self, number: Number, review: &NewReview<'_>) -> Result<()>;

    /// Writes a comment that begins with `mark`, a line that readers do not see; where there is such a comment of the
    /// asker's, it is renewed.
    fn comment(&self, number: Number, mark: &str, text: &str) -> Result<()>;

    /// Says how a check of desk's stands.
    fn set_status(&self, commit: &CommitId, status: &NewStatus<'_>) -> Result<()>;
}

//! What may happen to an article next, and what it takes.
//!
//! Owns [`Standing`] (all that is known of one article), the policy ([`Requirement`], [`Tally`], [`Needs`]), the moves
//! (each gives a [`Change`](crate::article::Change) to apply or a [`Refusal`] that says what is missing), the derived
//! [`Fact`]s and the [`Inbox`], and which instant a person means by a time ([`when`]). It does nothing and asks nobody: the time, the person and all texts are arguments.

mod approve;
mod branch;
mod cancel;
mod clock;
mod commit;
mod correct;
mod facts;
mod governed;
mod inbox;
mod join;
mod needs;
mod policy;
mod protection;
mod publish;
mod recording;
mod refusal;
mod relink;
mod rename;
mod reviews;
mod save;
mod schedule;
mod seal;
mod send_back;
mod spike;
mod spoken;
mod stamp;
mod standing;
mod submit;
mod telling;
mod ways;
mod withdraw;

pub use approve::approve;
pub use branch::branch_name;
pub use cancel::cancel_change;
pub use clock::{NoTime, Shown, When, when};
pub use commit::{article_of, kept};
pub use correct::{Beside, Correction, correct};
pub use facts::{Fact, embargo, expiry, facts};
pub use governed::{
    GOVERNED_FILES, GOVERNED_FOLDERS, GOVERNED_NAMES, governing, governors, governors_of, is_governed, is_page,
};
pub use inbox::{Inbox, Item, Why, inbox};
pub use join::{Meeting, arrive, close, follow, join, lay_out, meeting, whole};
pub use needs::{Ask, Asked, Needs, needs};
pub use policy::{
    ADMIN, Counted, DUTY, Ignored, LEGAL, Landed, NotCounted, Requirement, Standards, Subject, Tally, WITNESS,
    requirement, tally,
};
pub use protection::{Advice, CHECK, Protection, Weight, advise};
pub use publish::{Together, publish, wants_own};
pub use recording::{Brought, across, record_landing};
pub use refusal::{Missing, Refusal};
pub use relink::{Related, Way, refile, refiled, relinked};
pub use rename::{Neighbour, Renaming, lost, rename};
pub use reviews::{
    Naming, Opinion, Review, Reviewed, Scribe, Uncounted, Unseen, Witnessed, Words, together, witnessed,
};
pub use save::{adopt, opened, reopen, save};
pub use schedule::{Plan, Planned, Void, cancel, clear_void, plan, schedule, schedule_for};
pub use seal::{seal, sealed_record, unsealed};
pub use send_back::return_;
pub use spike::{revive, spike};
pub use stamp::{is_hidden, landing, stamp, waiting};
pub use standing::{Base, Circumstances, Standing, Version, same_files};
pub use submit::{statement, submit};
pub use telling::is_a_refile;
pub use ways::{LandingWay, Unfit, may_land_by};
pub use withdraw::{may_withdraw, notice, withdraw};

//! Why a move was not made, with everything that a sentence about it needs.

use jiff::Timestamp;

use super::NotCounted;
use crate::article::amendment::Untold;
use crate::article::kept::NotKept;
use crate::article::{Digest, InvalidRefName, Move, NoDigest, RepoPath, Slug, Stage};
use crate::config::Role;
use crate::finding::Finding;
use crate::ledger::Decision;

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Missing {
    /// People who agree.
    People {
        /// How many more.
        count: u32,
        /// Why more than usual.
        because: Option<String>,
        /// Names of those who could.
        could: Vec<String>,
    },
    /// Somebody with a role.
    Role {
        /// Which.
        role: Role,
        /// Why, when it is not always so: `section is "courts"`.
        because: Option<String>,
        /// Names of those who have it.
        could: Vec<String>,
    },
    /// Somebody who says that the desk knows a source that is not named.
    Knowledge {
        /// What the source is called.
        sources: String,
        /// Names of those who could.
        could: Vec<String>,
    },
    /// Something that `desk check` says about the article.
    Finding(Box<Finding>),
}

/// Why a move was not made. Nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The article is not where this move begins.
    #[error("an article in stage `{stage}` cannot be the object of `{step}`")]
    NotLegal {
        /// What was asked.
        step: Move,
        /// Where it stands.
        stage: Stage,
    },
    /// There is nothing to act on: no words are saved under this name.
    #[error("nothing of this article is saved yet")]
    NothingSaved,
    /// It is a draft: nobody asked for approval yet.
    #[error("it has not been submitted")]
    NotSubmitted,
    /// Nothing is open for approval: its public words are as they were approved.
    #[error("nothing of it waits for approval")]
    NothingOpen,
    /// The person is not on the staff list.
    #[error("`{address}` is not on the staff list")]
    NotOnStaff {
        /// Their address.
        address: String,
    },
    /// The person lacks a role that this needs.
    #[error("this needs the role `{role}`")]
    NoRole {
        /// Which.
        role: Role,
        /// Names of those who have it.
        could: Vec<String>,
    },
    /// Readers would not be told what changed, or not truly.
    #[error(transparent)]
    Untold(#[from] Untold),
    /// A corrected figure does not stand in the note.
    #[error("the note does not say what was corrected")]
    NoteLacks {
        /// Which figures.
        figures: Vec<String>,
    },
    /// The person has none of the roles that may withdraw.
    #[error("this needs one of the roles that may withdraw")]
    MayNotWithdraw {
        /// Which roles do.
        roles: Vec<Role>,
        /// Names of those who have one.
        could: Vec<String>,
    },
    /// The person has agreed to these very words already.
    #[error("you have agreed to these words already")]
    AlreadyAssented {
        /// How.
        decision: Decision,
        /// When.
        time: Timestamp,
    },
    /// This person's yes, as it is signed, would not be counted.
    #[error("this approval would not count")]
    WouldNotCount {
        /// Why.
        why: NotCounted,
    },
    /// Who approves words with an unnamed source must say that somebody on the desk knows it.
    #[error("somebody on the desk must know the source {sources}")]
    SourcesNotKnown {
        /// What it is called.
        sources: String,
    },
    /// A reason must be given.
    #[error("this needs a note that says why")]
    NoNote,
    /// Not everything is there that this takes.
    #[error("{} things are missing", .0.len())]
    Missing(Vec<Missing>),
    /// The working folder holds words that are not saved; saving comes first.
    #[error("there are changes that are not saved")]
    Unsaved,
    /// What was signed is not what would become public.
    #[error("the words changed meanwhile")]
    OtherWords {
        /// What was said yes to.
        assented: Digest,
        /// What is there.
        found: Digest,
    },
    /// The time that was asked for has passed.
    #[error("that time has passed")]
    HasPassed {
        /// Which.
        due: Timestamp,
    },
    /// It is scheduled for later.
    #[error("it is scheduled for later")]
    NotYet {
        /// For when.
        due: Timestamp,
    },
    /// There is no schedule to take away.
    #[error("it is not scheduled")]
    NotScheduled,
    /// Somebody else changed the public version since this was begun. Both are kept.
    #[error("the public version changed since this was begun")]
    Conflict {
        /// Where both differ: fields, paragraphs, files.
        places: Vec<String>,
    },
    /// The public version had other words since this was begun. They are one now, and nobody has read them together.
    #[error("the public version changed since this was begun")]
    Unread {
        /// Where words joined.
        places: Vec<String>,
    },
    /// Another article stands at its place.
    #[error("`{0}` belongs to another article")]
    PlaceTaken(RepoPath),
    /// It is called that already.
    #[error("it is called that already")]
    SameName,
    /// What was withdrawn or spiked is not renamed.
    #[error("an article in stage `{stage}` keeps its name")]
    KeepsItsName {
        /// Where it stands.
        stage: Stage,
    },
    /// Another article is called that.
    #[error("there is an article called `{0}` already")]
    NameTaken(Slug),
    /// Another article stands, or stood, where this one would.
    #[error("the address `{address}` is that of `{by}`")]
    AddressTaken {
        /// Which.
        address: String,
        /// Whose it is.
        by: Slug,
    },
    /// Readers know an address of it that would lead nowhere.
    #[error("readers know the address `{address}`, which would lead nowhere")]
    AddressLost {
        /// Which.
        address: String,
    },
    /// Its public version was there before desk, and no record says which article it is.
    #[error("the public version does not carry this article's id yet")]
    NotKeptYet,
    /// It stands where its name cannot be told from its place.
    #[error("`{0}` cannot be renamed where it stands")]
    NoPlace(RepoPath),
    /// A file with this name is in the way in the working folder.
    #[error("`{0}` is in the way")]
    FileInTheWay(RepoPath),
    /// A file is among its files that no digest can name.
    #[error(transparent)]
    NoDigest(#[from] NoDigest),
    /// A line that desk keeps stands in a form that it cannot keep.
    #[error(transparent)]
    NotKept(#[from] NotKept),
    /// Its file has no front matter that could be read.
    #[error("the front matter of `{0}` cannot be read")]
    Unreadable(RepoPath),
    /// Its file carries the id of another article, or none.
    #[error("`{0}` does not carry this article's id")]
    OtherId(RepoPath),
    /// What it is called cannot name a branch.
    #[error(transparent)]
    BranchName(#[from] InvalidRefName),
    /// Nothing differs.
    #[error("nothing has changed")]
    NothingChanged,
    /// The public words were changed by hand, and nobody makes that good alone.
    #[error("the public version was changed by hand, which nobody makes good alone")]
    MendsTogether,
}

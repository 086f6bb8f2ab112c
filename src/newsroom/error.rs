//! Why a use case did not happen.

use super::moves::Saved;
use super::pull_requests::Unlanded;
use super::sending::Undelivered;
use crate::article::merge::Unsettled;
use crate::article::{InvalidSlug, ObjectId, RepoPath, Slug, Stage};
use crate::finding::Finding;
use crate::workflow::Refusal;
use crate::{forge, process, repository};

/// What use cases give.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not happen. `command` turns each into words and an exit code.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no `desk.toml` here.
    #[error("there is no newsroom in this folder")]
    NoNewsroom,
    /// There is a newsroom here already.
    #[error("there is a newsroom in this folder already")]
    Founded,
    /// The branch that readers are served from does not exist.
    #[error("the public version's branch `{0}` does not exist")]
    NoBase(String),
    /// The set-up lies in the folder, and git keeps nothing of it.
    #[error("the branch `{0}` has no version yet")]
    NothingKept(String),
    /// Nothing can be founded while no branch is checked out.
    #[error("no branch is checked out")]
    NoBranch,
    /// A file of the newsroom's own set-up is wrong.
    #[error("`{path}` cannot be used as it is")]
    Configuration {
        /// Which.
        path: String,
        /// Its text, to point into.
        text: String,
        /// What is wrong.
        findings: Vec<Finding>,
    },
    /// No article is called that.
    #[error("no article is called `{name}`")]
    NotFound {
        /// What was asked for.
        name: String,
        /// Slugs like it.
        like: Vec<Slug>,
    },
    /// Several articles could be meant.
    #[error("several articles could be meant")]
    WhichOne {
        /// What was asked for.
        name: Option<String>,
        /// Those that could.
        could: Vec<Slug>,
    },
    /// Nothing is open, so nothing can be meant.
    #[error("no article is open here")]
    NothingOpen,
    /// A title that gives no slug.
    #[error("no slug can be made of the title `{0}`")]
    NoSlug(String),
    /// Somebody's slug is none.
    #[error(transparent)]
    Slug(#[from] InvalidSlug),
    /// A slug or a place that another article has.
    #[error("there is an article called `{0}` already")]
    Taken(Slug),
    /// Something stands where an article is to move to.
    #[error("`{0}` is in the way")]
    InTheWay(RepoPath),
    /// An address that another article has, or had.
    #[error("the address `{address}` is that of `{by}`")]
    AddressTaken {
        /// Which.
        address: String,
        /// Whose it is.
        by: Slug,
    },
    /// No such kind of article.
    #[error("there is no kind of article called `{kind}`")]
    NoKind {
        /// What was asked for.
        kind: String,
        /// What there is.
        kinds: Vec<String>,
    },
    /// A move was refused.
    #[error(transparent)]
    Refused(#[from] Box<RefusedMove>),
    /// What was to be taken back has left this computer.
    #[error("`{}` has left this computer", .0.summary)]
    Sent(Box<SentMove>),
    /// What was to be decided at the remote was not: nothing was done.
    #[error("`{}` does not have it", .0.remote)]
    Undelivered(Box<Undelivered>),
    /// The public version went on here and at the remote, each in its own way.
    #[error("the public version went on in two places")]
    Parted,
    /// The forge that `desk.toml` names cannot be spoken to.
    #[error(transparent)]
    Unplaced(forge::Unplaced),
    /// It did not land on the forge.
    #[error(transparent)]
    Unlanded(#[from] Unlanded),
    /// A forge.
    #[error(transparent)]
    Forge(#[from] forge::Error),
    /// Two people's changes cannot be settled like that.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
    /// Something changed between the look and the deed.
    #[error("`{0}` changed meanwhile")]
    Meanwhile(Slug),
    /// The public version's past is needed and not all here.
    #[error("this copy has only a part of the newsroom's history")]
    Shallow,
    /// A name that means no commit.
    #[error("git knows nothing called `{0}` here")]
    NoRevision(String),
    /// A commit that may well exist, and not in this copy.
    #[error("`{name}` is not in this copy")]
    NotHere {
        /// As it was given.
        name: String,
        /// Whether the copy has only the newest part of the history.
        shallow: bool,
    },
    /// The history before this commit is not in this copy.
    #[error("the history of this copy ends at {0}")]
    CutShort(ObjectId),
    /// A range whose end comes before its beginning.
    #[error("`{1}` comes after `{0}`: nothing lies between them")]
    Reversed(String, String),
    /// Something that was given is wrong, in its own words.
    #[error("{0}")]
    Given(String),
    /// The system gives no chance.
    #[error("the system gives no random numbers: {0}")]
    Chance(String),
    /// git or the disk.
    #[error(transparent)]
    Repository(#[from] repository::Error),
    /// It went wrong after the words of the working folder had been saved.
    #[error(transparent)]
    AfterSave(Box<AfterSave>),
    /// Another program.
    #[error(transparent)]
    Process(#[from] process::Error),
    /// The pages could not be made.
    #[error("{0}")]
    Site(String),
}

impl From<Undelivered> for Error {
    fn from(undelivered: Undelivered) -> Self {
        Self::Undelivered(Box::new(undelivered))
    }
}

impl Error {
    /// The same, and what else is to be known of a refusal.
    #[must_use]
    pub(super) fn besides(mut self, lines: Vec<String>) -> Self {
        match &mut self {
            Self::Refused(refused) => refused.besides.extend(lines),
            Self::AfterSave(after) => {
                if let Self::Refused(refused) = &mut after.error {
                    refused.besides.extend(lines);
                }
            }
            _ => {}
        }
        self
    }

    /// Whether it only says that there is no newsroom here.
    pub fn is_nowhere(&self) -> bool {
        matches!(self, Self::NoNewsroom | Self::Repository(repository::Error::NoRepository(_)))
    }

    /// The command of git's that mends what git or the disk said, where one does.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Repository(repository::Error::NoIdentity { .. }) => Some(
                "git config --global user.name \"Your Name\" && git config --global user.email you@example.org"
                    .to_owned(),
            ),
            Self::Repository(repository::Error::FilesInTheWay(_)) => Some(
                "keep a copy elsewhere and put it back as it was (git status shows what differs), then try again"
                    .to_owned(),
            ),
            Self::Repository(error) => error.remedy(),
            _ => None,
        }
    }

    /// Whether it was found out before anything was written, and somebody may wonder.
    pub fn changed_nothing(&self) -> bool {
        use repository::Error as Of;
        matches!(self, Self::Repository(Of::FilesInTheWay(_) | Of::InProgress(..)))
    }
}

/// What went wrong after a save, which stays.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct AfterSave {
    /// Whose words were saved.
    pub slug: Slug,
    /// What was saved of them.
    pub saved: Saved,
    /// What went wrong then.
    #[source]
    pub error: Error,
}

/// A refusal with the article it is about.
#[derive(Debug, thiserror::Error)]
#[error("{refusal}")]
pub struct RefusedMove {
    /// Which article.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Who was refused, by the staff list; none where it does not know them.
    pub by: Option<String>,
    /// Why.
    pub refusal: Refusal,
    /// What else is to be known of it, a line each.
    pub besides: Vec<String>,
}

/// Something that was done and that others may have by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMove {
    /// What it was.
    pub summary: String,
    /// The article that it was about, and where that stands now; none where it was about none, or about one that is
    /// gone.
    pub article: Option<(Slug, Stage)>,
}

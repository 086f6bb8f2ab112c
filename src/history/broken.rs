//! Where the chain breaks, and why.

use crate::article::amendment::Untold;
use crate::article::{ArticleId, Digest, Move, ObjectId, RepoPath, Slug, Stage};
use crate::config::Role;

/// One place where what happened was not allowed, or cannot be shown to have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The commit.
    pub commit: ObjectId,
    /// The article, if it is about one that has an id.
    pub article: Option<ArticleId>,
    /// The file or folder, if it is about one.
    pub path: Option<RepoPath>,
    /// Why.
    pub why: Reason,
}

/// A break that was made good. It stays named for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What was broken.
    pub broken: Break,
    /// The commit in which words that all had agreed to took the place of those.
    pub by: ObjectId,
    /// When, as the record says.
    pub time: jiff::Timestamp,
}

/// Why a step breaks the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Public words changed, and the record does not know of it.
    #[error("public words were changed and no record says so")]
    ChangedWithoutRecord,
    /// Words landed as a forge lands them, and no record says so yet.
    #[error("these words have landed, and nothing records yet who agreed to them")]
    NotRecorded,
    /// The entry that records them has not everybody's yes whom the rules asked for when they landed.
    #[error("these words landed before everybody agreed whom the rules asked for then ({had} of {asked} people)")]
    LandedWithout {
        /// How many had to.
        asked: u32,
        /// How many did.
        had: usize,
    },
    /// A record claims to record a landing that is none, or one of other words, or one that is recorded already.
    #[error("the record says that these words landed in `{}`, where no words of this article wait to be recorded", .0.short())]
    RecordsNoLanding(ObjectId),
    /// Words became public, and no record says so.
    #[error("it became public and no record says so")]
    PublicWithoutRecord,
    /// Public words are gone.
    #[error("a public article was deleted")]
    Deleted,
    /// Public words were hidden, and no record says so.
    #[error("a public article was hidden and no record says so")]
    Hidden,
    /// The record speaks of other words than are there.
    #[error("the record speaks of other words than are there")]
    OtherContent {
        /// What the record says.
        recorded: Digest,
        /// What is there, if it has a digest at all.
        found: Option<Digest>,
    },
    /// The record says that these words replaced others than they did.
    #[error("the record names other words as the ones before")]
    OtherPredecessor,
    /// There is a record, and no article.
    #[error("there is a record and no article")]
    NoArticle,
    /// What stood in a record was changed.
    #[error("the record was rewritten: what stood there before is not there any more")]
    RecordRewritten,
    /// A record is gone.
    #[error("the record was deleted")]
    RecordDeleted,
    /// A record is not as desk writes it, or its chain is broken.
    #[error("the record is broken: {0}")]
    RecordBroken(String),
    /// Something else in `records/` was changed.
    #[error("something in `records/` was changed by hand")]
    RecordsChanged,
    /// Not everybody agreed who had to.
    #[error("not everybody agreed who had to ({} of {asked} people{})", .had, listed(.roles))]
    PolicyNotMet {
        /// How many had to.
        asked: u32,
        /// How many did.
        had: usize,
        /// Roles that are missing.
        roles: Vec<Role>,
    },
    /// A source is not named, and nobody who approved said that the desk knows it.
    #[error("the source {0} is not named, and nobody who agreed said that the desk knows it")]
    SourcesNotKnown(String),
    /// Somebody said no to these words after they had said yes, and the record has the yes.
    #[error("`{0}` took their yes to these words back before")]
    TakenBack(String),
    /// The record says that nothing is owed, or other than the rules asked for then.
    #[error("the record names other rules than held then")]
    OtherPolicy,
    /// The one who did it was not on the staff list.
    #[error("`{0}` was not on the staff list then")]
    UnknownPerson(String),
    /// Published alone by somebody who may not, or without a reason.
    #[error("it was published alone, and not by the rules for that")]
    NotAllowedAlone,
    /// Everybody agreed to the change, and readers were not told of it, or not truly.
    #[error(transparent)]
    Untold(Untold),
    /// The newsroom went back to rules of before.
    #[error("an earlier edition of the rules was put in force (`format` in desk.toml)")]
    FormatLowered,
    /// Something else than a notice took the place of withdrawn words.
    #[error("the words were withdrawn, and more than a notice stands in their place")]
    NotANotice,
    /// Lines that only desk writes were changed by hand.
    #[error("lines that only desk writes were changed by hand")]
    KeptLines,
    /// A link, a program or a submodule.
    #[error("this is not an ordinary file (mode {0:06o})")]
    NotOrdinary(u32),
    /// A change of stage that is not legal.
    #[error("the stage went from `{from}` to `{to}`, which no move does")]
    NotLegal {
        /// From where.
        from: Stage,
        /// To where.
        to: Stage,
    },
    /// A recorded move that is not legal there.
    #[error("the record says `{step}` from `{from}` to `{to}`, which is not legal there")]
    MoveNotLegal {
        /// Which.
        step: Move,
        /// From where.
        from: Stage,
        /// To where.
        to: Stage,
    },
    /// The rules of the newsroom were changed by somebody who may not.
    #[error("`{by}` changed how the newsroom works without the role `{role}`")]
    Governed {
        /// Their address.
        by: String,
        /// What they lack.
        role: Role,
    },
    /// A page that no record knows was changed by somebody who may not change how the newsroom works.
    #[error("`{by}` changed a page that desk keeps no record of, without the role `{role}`")]
    LoosePage {
        /// Their address.
        by: String,
        /// What they lack.
        role: Role,
    },
    /// The same of how the newsroom works, and the newsroom takes only what is signed.
    #[error("`{by}` changed how the newsroom works, and the commit is not signed with their key")]
    GovernedUnsigned {
        /// Their address.
        by: String,
    },
    /// Somebody agreed with a key that somebody else may have had then, and without that yes there were not enough.
    #[error("`{name}` agreed with a key that may have been in other hands{}", since(.after))]
    CompromisedKey {
        /// Their name.
        name: String,
        /// The last commit that is beyond doubt.
        after: Option<ObjectId>,
    },
    /// A commit that was known to be the public version's does not lead to what is there now.
    #[error("the public version does not come from `{}`: its history was rewritten", .0.short())]
    HistoryRewritten(ObjectId),
    /// Two articles have one id.
    #[error("another article has this id already (`{0}`)")]
    IdReused(RepoPath),
    /// An address led to another article.
    #[error("the address `{address}` is that of another article (`{other}`)")]
    AddressTaken {
        /// Which.
        address: String,
        /// Where that stands.
        other: RepoPath,
    },
    /// Readers knew an address of it, and find nothing there any more.
    #[error("readers knew it at `{0}`, which leads nowhere any more")]
    AddressLost(String),
    /// The record calls it by another name than it has.
    #[error("the record calls it `{recorded}`, and it is called `{found}`")]
    OtherName {
        /// What the record says.
        recorded: Slug,
        /// What it is called.
        found: Slug,
    },
    /// A name that cannot be a path of the newsroom.
    #[error("`{0}` is not a path inside the newsroom")]
    PathEscape(String),
    /// A folder that holds a name more than once.
    #[error("`{0}` stands more than once in its folder, and what readers get of it is chance")]
    StandsTwice(String),
    /// The rules that would judge this step cannot be read.
    #[error("the rules that held then cannot be read: {0}")]
    NoRules(String),
    /// The newsroom's settings are gone.
    #[error("the newsroom's settings are gone")]
    RulesGone,
    /// A record claims to mend what is no break of its article's words, or one that is mended already.
    #[error("the record says that it mends `{}`, where nothing of this article is broken that it could", .0.short())]
    MendsNothing(ObjectId),
}

impl Reason {
    /// Whether it is about what readers were shown and nothing else: then it is made good once everybody has agreed to
    /// what they are shown now. What was done to records, rules and assents stays broken.
    pub fn is_mendable(&self) -> bool {
        matches!(
            self,
            Self::ChangedWithoutRecord
                | Self::NotRecorded
                | Self::LandedWithout { .. }
                | Self::PublicWithoutRecord
                | Self::KeptLines
                | Self::NotOrdinary(_)
                | Self::AddressTaken { .. }
                | Self::AddressLost(_)
        )
    }

    /// The word that names it to programs; it never changes.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ChangedWithoutRecord => "changed-without-record",
            Self::NotRecorded => "not-recorded",
            Self::LandedWithout { .. } => "landed-without",
            Self::RecordsNoLanding(_) => "records-no-landing",
            Self::PublicWithoutRecord => "public-without-record",
            Self::Deleted => "deleted",
            Self::Hidden => "hidden",
            Self::OtherContent { .. } => "other-content",
            Self::OtherPredecessor => "other-predecessor",
            Self::NoArticle => "no-article",
            Self::RecordRewritten => "record-rewritten",
            Self::RecordDeleted => "record-deleted",
            Self::RecordBroken(_) => "record-broken",
            Self::RecordsChanged => "records-changed",
            Self::PolicyNotMet { .. } => "policy-not-met",
            Self::SourcesNotKnown(_) => "sources-not-known",
            Self::TakenBack(_) => "taken-back",
            Self::OtherPolicy => "other-policy",
            Self::UnknownPerson(_) => "unknown-person",
            Self::NotAllowedAlone => "not-allowed-alone",
            Self::Untold(Untold::NoNote) => "untold",
            Self::Untold(Untold::NotesChanged) => "notes-changed",
            Self::Untold(Untold::Malformed { .. }) => "note-malformed",
            Self::Untold(Untold::CorrectsNothing { .. }) => "corrects-nothing",
            Self::Untold(Untold::NotARefile { .. }) => "not-a-refile",
            Self::FormatLowered => "format-lowered",
            Self::NotANotice => "not-a-notice",
            Self::KeptLines => "kept-lines",
            Self::NotOrdinary(_) => "not-ordinary",
            Self::NotLegal { .. } => "not-legal",
            Self::MoveNotLegal { .. } => "move-not-legal",
            Self::Governed { .. } => "governed",
            Self::LoosePage { .. } => "loose-page",
            Self::GovernedUnsigned { .. } => "governed-unsigned",
            Self::CompromisedKey { .. } => "compromised-key",
            Self::HistoryRewritten(_) => "history-rewritten",
            Self::IdReused(_) => "id-reused",
            Self::AddressTaken { .. } => "address-taken",
            Self::AddressLost(_) => "address-lost",
            Self::OtherName { .. } => "other-name",
            Self::PathEscape(_) => "path-escape",
            Self::StandsTwice(_) => "stands-twice",
            Self::NoRules(_) => "no-rules",
            Self::RulesGone => "rules-gone",
            Self::MendsNothing(_) => "mends-nothing",
        }
    }
}

fn listed(roles: &[Role]) -> String {
    if roles.is_empty() {
        return String::new();
    }
    format!("; missing: {}", roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(", "))
}

fn since(after: &Option<ObjectId>) -> String {
    after.map(|commit| format!(" since `{}`", commit.short())).unwrap_or_default()
}

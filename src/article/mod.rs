//! The article: its text with the bytes of every part, its identity, its stage, and edits that keep what the writer
//! wrote.
//!
//! Owns [`Document`] (one file, read without ever failing), [`ArticleId`], [`Slug`], [`RepoPath`], [`Stage`] and
//! [`Move`], the [`Digest`] that names one exact text, and [`Change`], a move as data. It knows no file, no git, no
//! clock and no schema: bytes come in, values and bytes go out.

pub mod amendment;
mod body;
mod change;
mod difference;
mod digest;
mod document;
pub mod edit;
pub mod element;
pub mod english;
mod front;
mod id;
pub mod kept;
pub mod merge;
mod moment;
pub mod notice;
mod paragraph;
mod path;
mod sentence;
mod spelt;
mod stage;
pub mod yaml;

pub use amendment::{Amendment, UnknownAmendment};
pub use body::{Block, BlockKind, Body, CODE, Cell, Link, Prose, place};
pub use change::{Change, FileStep, InvalidObjectId, InvalidRefName, ObjectId, Reach, RefName, RefStep, Target, Write};
pub use difference::{Difference, Passage, Run};
pub use digest::{Digest, Entry, InvalidDigest, NoDigest, ORDINARY_FILE};
pub use document::{Document, LARGEST};
pub use front::{Data, Field, Table, Value};
pub use id::{ArticleId, InvalidId};
pub use moment::instant_of;
pub use notice::{UnknownWithdrawal, Withdrawal};
pub use paragraph::{Paragraph, alike, paragraphs};
pub use path::{InvalidPath, InvalidSlug, RepoPath, Slug};
pub use sentence::sentences;
pub use stage::{Move, Stage, UnknownMove, UnknownStage};

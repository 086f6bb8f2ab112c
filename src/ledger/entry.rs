//! One entry of a record.

use jiff::Timestamp;

use super::escape::{toml, toml_lines};
use super::statement::predecessor;
use super::{Assent, KeptSchedule, Who};
use crate::article::{Digest, Move, ObjectId, RepoPath, Slug, Stage};

/// What an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// A move from one stage to another.
    Move {
        /// Which.
        step: Move,
        /// From where.
        from: Stage,
        /// To where.
        to: Stage,
    },
    /// An assent that was owed and came later; the article stays where it is.
    Assent {
        /// Where.
        at: Stage,
    },
}

impl Act {
    /// The word that stands under `move`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Move { step, .. } => step.as_str(),
            Self::Assent { .. } => "assent",
        }
    }

    /// What was done, as a person says it.
    pub fn past(self) -> &'static str {
        match self {
            Self::Move { step: Move::Submit, .. } => "submitted",
            Self::Move { step: Move::Return, .. } => "returned",
            Self::Move { step: Move::Publish, .. } => "published",
            Self::Move { step: Move::Correct, .. } => "corrected",
            Self::Move { step: Move::Withdraw, .. } => "withdrawn",
            Self::Move { step: Move::Spike, .. } => "spiked",
            Self::Move { step: Move::Revive, .. } => "revived",
            Self::Assent { .. } => "agreed to",
        }
    }

    /// Where the article stood before.
    pub fn from(self) -> Stage {
        match self {
            Self::Move { from, .. } => from,
            Self::Assent { at } => at,
        }
    }

    /// Where it stands after.
    pub fn to(self) -> Stage {
        match self {
            Self::Move { to, .. } => to,
            Self::Assent { at } => at,
        }
    }
}

/// Whether assents are still missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owed {
    /// None: the policy was met.
    Nothing,
    /// It was made by one person alone, and the others have yet to read it.
    Assents,
}

impl Owed {
    /// The word that stands in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Assents => "assents",
        }
    }
}

/// One entry: a move, or an assent that was owed, and all that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEntry {
    /// What happened.
    pub act: Act,
    /// The words it is about.
    pub content: Digest,
    /// The public words before them; none when there were none.
    pub replaces: Option<Digest>,
    /// When. Kept to the second.
    pub time: Timestamp,
    /// Where the article was then: its folder, or its file.
    pub path: RepoPath,
    /// Its slug then.
    pub slug: Slug,
    /// Its title then.
    pub title: String,
    /// Who did it.
    pub person: Who,
    /// The policy that held.
    pub policy: Digest,
    /// How many different people it asked for.
    pub people: u32,
    /// Which roles had to be among them.
    pub roles: Vec<String>,
    /// What is still missing.
    pub owed: Owed,
    /// Why; may be empty.
    pub note: String,
    /// Steps that changed the public words by hand before this, and that these words, agreed to by all, make good. Empty
    /// for nearly all entries, and then not written.
    pub mends: Vec<ObjectId>,
    /// The step that brought these words before readers, where a forge landed them and this entry came later. Empty where
    /// both came in one commit, and then not written.
    pub landed: Vec<ObjectId>,
    /// What it carries out, where somebody had scheduled it; then `person` is they, whoever's machine acted on it.
    pub schedule: Option<KeptSchedule>,
    /// Who said yes.
    pub assents: Vec<Assent>,
}

impl RecordEntry {
    /// Its TOML, `previous` being the hash of everything before it.
    pub(super) fn text(&self, previous: Digest) -> String {
        let role_list: Vec<_> = self.roles.iter().map(|role| toml(role)).collect();
        let time = jiff::Timestamp::from_second(self.time.as_second()).unwrap_or(self.time);
        let mut text = format!(
            "\n[[entry]]\nprevious = \"{previous}\"\nmove = \"{}\"\nfrom = \"{}\"\nto = \"{}\"\ncontent = \"{}\"\n\
             replaces = \"{}\"\ntime = {time}\npath = {}\nslug = {}\ntitle = {}\nperson = {}\npolicy = \"{}\"\n\
             people = {}\nroles = [{}]\nowed = \"{}\"\nnote = {}\n",
            self.act.word(),
            self.act.from(),
            self.act.to(),
            self.content,
            predecessor(self.replaces),
            toml(self.path.as_str()),
            toml(self.slug.as_str()),
            toml(&self.title),
            toml(&self.person.to_string()),
            self.policy,
            self.people,
            role_list.join(", "),
            self.owed.as_str(),
            toml(&self.note),
        );
        for (key, steps) in [("mends", &self.mends), ("landed", &self.landed)] {
            if !steps.is_empty() {
                let commits: Vec<_> = steps.iter().map(|commit| format!("\"{commit}\"")).collect();
                text.push_str(&format!("{key} = [{}]\n", commits.join(", ")));
            }
        }
        let mut said = |head: &str, statement: &str, signature: Option<&String>| {
            text.push_str(&format!("\n{head}\nstatement = {}\n", toml_lines(statement)));
            if let Some(signature) = signature {
                text.push_str(&format!("signature = {}\n", toml_lines(signature)));
            }
        };
        if let Some(kept) = &self.schedule {
            said("[entry.schedule]", &kept.text, kept.signature.as_ref());
        }
        for assent in &self.assents {
            said("[[entry.assent]]", &assent.text, assent.signature.as_ref());
        }
        text
    }
}

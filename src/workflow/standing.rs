//! All that is known of one article, and of the moment.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Planned;
use crate::article::amendment::Side;
use crate::article::{ArticleId, Body, Digest, Document, Entry, NoDigest, ObjectId, RefName, RepoPath, Slug, Stage};
use crate::config::{Articles, Format, Person, Review, Staff};
use crate::ledger::{Assent, Record, Who};

/// An article as one commit has it.
#[derive(Debug, Clone)]
pub struct Version {
    /// The commit.
    pub commit: ObjectId,
    /// Its folder there, or its file.
    pub home: RepoPath,
    /// The file with its words there.
    pub main: RepoPath,
    /// Where it stands. A stage that cannot be read counts as draft: nothing is public by mistake.
    pub stage: Stage,
    /// What names its words.
    pub digest: Result<Digest, NoDigest>,
    /// Its file, read.
    pub document: Document,
    /// All its files.
    pub entries: Vec<Entry>,
}

impl Version {
    /// Reads the article `id` from its files at a commit.
    pub fn read(commit: ObjectId, id: ArticleId, home: RepoPath, main: RepoPath, entries: Vec<Entry>) -> Self {
        let bytes = entries.iter().find(|entry| entry.path == main).map_or(&[][..], |entry| &entry.bytes);
        let (document, _) = Document::read(main.clone(), bytes);
        Self {
            commit,
            stage: document.stage().unwrap_or(Stage::Draft),
            digest: Digest::of_article(id, &home, &main, &entries),
            document,
            home,
            main,
            entries,
        }
    }

    /// It, as one side of a change of public words.
    pub fn side(&self) -> Side<'_> {
        Side { document: &self.document, entries: &self.entries }
    }

    /// The bytes of one of its files.
    pub fn file(&self, path: &RepoPath) -> Option<&[u8]> {
        self.entries.iter().find(|entry| entry.path == *path).map(|entry| entry.bytes.as_slice())
    }

    /// Whether readers see it. In doubt they do not: both the stage and `draft` must say so.
    pub fn is_public(&self) -> bool {
        matches!(self.stage, Stage::Published | Stage::Withdrawn) && !self.document.is_hidden()
    }

    /// Its Markdown.
    pub fn body(&self) -> Body {
        Body::read(&self.document)
    }
}

/// All that is known of one article.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its id: the one it has, or the one it will have once adopted.
    pub id: ArticleId,
    /// Its slug.
    pub slug: Slug,
    /// Its branch, or the one that the first save makes ([`super::branch_name`] chooses it).
    pub branch: RefName,
    /// What the base has, public or not.
    pub base: Option<Version>,
    /// What its branch has.
    pub open: Option<Version>,
    /// What the base had when the branch was cut from it.
    pub origin: Option<Version>,
    /// What was kept when it was spiked.
    pub spiked: Option<Version>,
    /// Its files in the working folder, if it is laid out there.
    pub working: Option<Vec<Entry>>,
    /// Files that the base has at its place and that are not its own.
    pub in_the_way: Vec<RepoPath>,
    /// What people said about it, as kept.
    pub assents: Vec<Assent>,
    /// When it is to become public, where somebody scheduled that.
    pub schedule: Option<Planned>,
    /// Its record on the base.
    pub record: Option<Record>,
    /// Steps since its record last grew that changed its public words by hand, oldest first: what a correction makes
    /// good. Gathered for moves; empty elsewhere.
    pub broken: Vec<ObjectId>,
    /// The public words as they were before the first of these: what readers were last told with everybody's yes.
    pub agreed: Option<Version>,
}

impl Standing {
    /// The words that a change of the public ones is told against: those that readers see, or, where these came by hand,
    /// those that were agreed to before.
    pub fn told_against(&self) -> Option<&Version> {
        self.published().map(|public| self.agreed.as_ref().unwrap_or(public))
    }

    /// What readers see.
    pub fn public(&self) -> Option<&Version> {
        self.base.as_ref().filter(|version| version.is_public())
    }

    /// The same, unless it is the notice of a withdrawal.
    pub fn published(&self) -> Option<&Version> {
        self.public().filter(|version| version.stage == Stage::Published)
    }

    /// The notice that stands in place of words that were public.
    pub fn withdrawn(&self) -> Option<&Version> {
        self.public().filter(|version| version.stage == Stage::Withdrawn)
    }

    /// What names the words that readers see.
    pub fn public_digest(&self) -> Option<Digest> {
        self.public()?.digest.clone().ok()
    }

    /// The version that people work on: what its branch has, else what the base has, else what was spiked.
    pub fn current(&self) -> Option<&Version> {
        self.open.as_ref().or(self.base.as_ref()).or(self.spiked.as_ref())
    }

    /// Its title, as it is now.
    pub fn title(&self) -> &str {
        self.current().and_then(|version| version.document.text_of("title")).unwrap_or(self.slug.as_str())
    }

    /// Where it stands now. Before anything is saved it is a draft.
    pub fn stage(&self) -> Stage {
        match (&self.open, &self.base, &self.spiked) {
            // A branch's words are always kept by desk; where they do not say so, they cannot be read.
            (Some(open), base, _) if !open.document.is_adopted() => {
                base.as_ref().map_or(Stage::Draft, |base| base.stage)
            }
            (Some(version), ..) | (None, Some(version), _) => version.stage,
            (None, None, Some(_)) => Stage::Spiked,
            (None, None, None) => Stage::Draft,
        }
    }

    /// Whether the working folder holds words that are not saved.
    pub fn is_unsaved(&self) -> bool {
        let saved = self.open.as_ref().or(self.base.as_ref()).map(|version| &version.entries);
        self.working.as_ref().is_some_and(|working| match saved {
            Some(saved) => !same_files(working, saved),
            None => !working.is_empty(),
        })
    }

    /// The article as it would stand if what is on disk were saved; none where there is nothing to save.
    pub fn once_saved(&self) -> Option<Self> {
        let version = self.open.as_ref().or(self.base.as_ref()).filter(|_| self.is_unsaved())?;
        let working = self.working.clone().filter(|working| working.iter().any(|entry| entry.path == version.main))?;
        let open = Version::read(version.commit, self.id, version.home.clone(), version.main.clone(), working);
        let origin = if self.open.is_some() { self.origin.clone() } else { self.base.clone() };
        Some(Self { open: Some(open), origin, ..self.clone() })
    }

    /// Whether the base's words changed since the branch was cut from it.
    pub fn is_conflicting(&self) -> bool {
        let files =
            |version: &Option<Version>| version.as_ref().map(|version| version.entries.clone()).unwrap_or_default();
        self.open.is_some() && !same_files(&files(&self.base), &files(&self.origin))
    }
}

/// Whether both are the same files with the same bytes, in any order.
pub fn same_files(one: &[Entry], other: &[Entry]) -> bool {
    one.len() == other.len() && one.iter().all(|entry| other.contains(entry))
}

/// The branch that readers are served from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Its name.
    pub name: RefName,
    /// Its last commit.
    pub tip: ObjectId,
}

/// Who acts, when, and under which rules. The rules are those of the base.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The newsroom's id.
    pub newsroom: String,
    /// Which edition of desk's rules holds.
    pub format: Format,
    /// Who must have agreed.
    pub review: Review,
    /// Who is who.
    pub staff: Staff,
    /// What names the rules.
    pub policy: Digest,
    /// Who acts, as git names them.
    pub person: Who,
    /// The time.
    pub now: Timestamp,
    /// The newsroom's time zone.
    pub zone: TimeZone,
    /// The base.
    pub base: Base,
    /// Where articles are.
    pub articles: Articles,
}

impl Circumstances {
    /// The person who acts, if the newsroom knows them.
    pub fn member(&self) -> Option<&Person> {
        self.staff.find(&self.person.address)
    }
}

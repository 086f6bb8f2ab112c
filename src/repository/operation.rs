//! The log of what desk wrote here: `refs/desk/operations`, one commit for what is intended and one for how it ended.
//!
//! Each intent keeps all that undoing needs: old and new commits as its parents, and under `kept/` every file and
//! every tree that stands in no commit. `operation.toml` says the rest.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::apply::By;
use super::error::{Error, Result};
use super::identity::Identity;
use super::open::Repository;
use super::read::TREE;
use super::references::{Moved, commits};
use crate::article::{ArticleId, ORDINARY_FILE, ObjectId, Reach, RefName, RepoPath};

/// One command that wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Counted from 1.
    pub number: u64,
    /// In an editor's words.
    pub summary: String,
    /// The command line.
    pub command: Vec<String>,
    /// Who gave it.
    pub person: Identity,
    /// When.
    pub time: Timestamp,
    /// The articles it is about.
    pub articles: Vec<ArticleId>,
    /// Whether it left this machine.
    pub reach: Reach,
    /// How it stands.
    pub state: State,
    /// The operation that this one takes back.
    pub undoes: Option<u64>,
    /// References, the deciding one first.
    pub references: Vec<Moved>,
    /// Files of working folders.
    pub files: Vec<FileMoved>,
}

/// How an operation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Written down, and not known to have ended. The next command that writes will see to it.
    Intent,
    /// It happened.
    Done,
    /// It happened, and was taken back.
    Undone,
    /// It did not happen.
    Discarded,
}

/// One file of a working folder that goes from one text to another; none is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMoved {
    /// In which working folder.
    pub folder: Folder,
    /// Which.
    pub path: RepoPath,
    /// What was on disk, as git stores it.
    pub before: Option<ObjectId>,
    /// What is on disk after.
    pub after: Option<ObjectId>,
    /// The mode that it had on disk, where it was there.
    pub mode_before: Option<u32>,
    /// Its mode from then on.
    pub mode: u32,
    /// What happens to its entry in the index, when it follows a branch.
    pub staged: Option<Staged>,
}

/// An entry of the index that follows a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// The branch.
    pub branch: RefName,
    /// Its file before.
    pub old: Option<ObjectId>,
    /// Its file after.
    pub new: Option<ObjectId>,
}

/// One of the repository's working folders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folder {
    /// The first.
    Main,
    /// One that `git worktree add` made, by its name.
    Linked(String),
}

#[derive(Serialize, Deserialize)]
struct Stored {
    number: u64,
    state: State,
    summary: String,
    command: Vec<String>,
    person: String,
    address: String,
    time: String,
    articles: Vec<String>,
    reach: StoredReach,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    undoes: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    references: Vec<StoredMove>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<StoredFile>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum StoredReach {
    Here,
    Sent,
    Came,
}

#[derive(Serialize, Deserialize)]
struct StoredMove {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    new: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredFile {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    folder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    after: Option<String>,
    mode: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    mode_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    staged: Option<StoredMove>,
}

impl Operation {
    /// Who gave the command, for what is written in its name later.
    pub(super) fn by(&self) -> By<'_> {
        By { who: &self.person, now: self.time, offset: Offset::UTC, command: &self.command, signer: None }
    }

    fn to_toml(&self) -> String {
        let text = |id: &Option<ObjectId>| id.map(|id| id.to_string());
        let moved = |name: &RefName, old, new| StoredMove { name: name.to_string(), old: text(old), new: text(new) };
        let stored = Stored {
            number: self.number,
            state: self.state,
            summary: self.summary.clone(),
            command: self.command.clone(),
            person: self.person.name.clone(),
            address: self.person.address.clone(),
            time: self.time.to_string(),
            articles: self.articles.iter().map(ArticleId::to_string).collect(),
            reach: match self.reach {
                Reach::Here => StoredReach::Here,
                Reach::Sent => StoredReach::Sent,
                Reach::Came => StoredReach::Came,
            },
            undoes: self.undoes,
            references: self.references.iter().map(|one| moved(&one.name, &one.old, &one.new)).collect(),
            files: self
                .files
                .iter()
                .map(|file| StoredFile {
                    path: file.path.to_string(),
                    folder: match &file.folder {
                        Folder::Main => None,
                        Folder::Linked(name) => Some(name.clone()),
                    },
                    before: text(&file.before),
                    after: text(&file.after),
                    mode: octal(file.mode),
                    mode_before: file.mode_before.map(octal),
                    staged: file.staged.as_ref().map(|one| moved(&one.branch, &one.old, &one.new)),
                })
                .collect(),
        };
        toml::to_string(&stored).expect("plain strings, numbers and tables are always TOML")
    }

    fn from_toml(text: &str) -> Result<Self, String> {
        let stored: Stored = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        let moved = |one: &StoredMove| -> Result<Moved, String> {
            Ok(Moved {
                name: RefName::new(one.name.as_str()).map_err(|error| error.to_string())?,
                old: id(one.old.as_deref())?,
                new: id(one.new.as_deref())?,
            })
        };
        let file = |one: &StoredFile| -> Result<FileMoved, String> {
            let staged = one.staged.as_ref().map(moved).transpose()?;
            Ok(FileMoved {
                folder: one.folder.clone().map_or(Folder::Main, Folder::Linked),
                path: read(&one.path)?,
                before: id(one.before.as_deref())?,
                after: id(one.after.as_deref())?,
                mode: mode(&one.mode)?,
                mode_before: one.mode_before.as_deref().map(mode).transpose()?,
                staged: staged.map(|moved| Staged { branch: moved.name, old: moved.old, new: moved.new }),
            })
        };
        Ok(Self {
            number: stored.number,
            summary: stored.summary,
            command: stored.command,
            person: Identity { name: stored.person, address: stored.address },
            time: read(&stored.time)?,
            articles: stored.articles.iter().map(|one| read(one)).collect::<Result<_, _>>()?,
            reach: match stored.reach {
                StoredReach::Here => Reach::Here,
                StoredReach::Sent => Reach::Sent,
                StoredReach::Came => Reach::Came,
            },
            state: stored.state,
            undoes: stored.undoes,
            references: stored.references.iter().map(moved).collect::<Result<_, _>>()?,
            files: stored.files.iter().map(file).collect::<Result<_, _>>()?,
        })
    }
}

fn octal(mode: u32) -> String {
    format!("{mode:06o}")
}

fn mode(text: &str) -> Result<u32, String> {
    u32::from_str_radix(text, 8).map_err(|error| error.to_string())
}

fn read<T: FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn id(text: Option<&str>) -> Result<Option<ObjectId>, String> {
    text.map(read).transpose()
}

const FILE: &str = "operation.toml";

impl Repository {
    /// What desk wrote here, newest first, read one by one as they are asked for.
    pub fn operations(&self) -> Result<impl Iterator<Item = Result<Operation>> + '_> {
        let mut next = self.resolve(&RefName::operations())?;
        let (mut seen, mut undone) = (Vec::new(), Vec::new());
        Ok(std::iter::from_fn(move || {
            loop {
                let at = next.take()?;
                let read = self.operation(at).and_then(|operation| {
                    let is_first = operation.number == 1 && operation.state == State::Intent;
                    next = self.commit(at)?.parents.first().copied().filter(|_| !is_first);
                    Ok(operation)
                });
                let mut operation = match read {
                    Ok(operation) => operation,
                    Err(error) => return Some(Err(error)),
                };
                if seen.last() == Some(&operation.number) {
                    continue;
                }
                seen.push(operation.number);
                if operation.state == State::Done {
                    undone.extend(operation.undoes);
                    if undone.contains(&operation.number) {
                        operation.state = State::Undone;
                    }
                }
                return Some(Ok(operation));
            }
        }))
    }

    /// The operation at one commit of the log.
    pub(super) fn operation(&self, commit: ObjectId) -> Result<Operation> {
        let unreadable = |why: String| Error::OperationUnreadable { commit, why };
        let path = RepoPath::new(FILE).expect("a plain name is a path");
        let bytes = self.file_at(commit, &path)?.ok_or_else(|| unreadable(format!("it has no `{FILE}`")))?;
        let text = String::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
        Operation::from_toml(&text).map_err(unreadable)
    }

    /// Writes what is intended at the end of the log, with everything kept that undoing it needs.
    pub(super) fn log_intent(&self, operation: &Operation, last: Option<ObjectId>, by: &By<'_>) -> Result<ObjectId> {
        let mut entries = vec![(FILE.to_owned(), ORDINARY_FILE, self.write_blob(operation.to_toml().as_bytes())?)];
        let mut kept: Vec<(String, u32, ObjectId)> = Vec::new();
        let files = operation.files.iter().flat_map(|file| [file.before, file.after]).flatten();
        kept.extend(files.map(|id| (id.to_string(), ORDINARY_FILE, id)));
        for id in operation.references.iter().flat_map(|moved| [moved.old, moved.new]).flatten() {
            match self.kind_of(id)? {
                git2::ObjectType::Tree => kept.push((id.to_string(), TREE, id)),
                git2::ObjectType::Blob => kept.push((id.to_string(), ORDINARY_FILE, id)),
                _ => {}
            }
        }
        if !kept.is_empty() {
            entries.push(("kept".to_owned(), TREE, self.write_root(&kept)?));
        }
        let mut parents: Vec<ObjectId> = last.into_iter().collect();
        parents.extend(commits(self, &operation.references)?.into_iter().filter(|id| Some(*id) != last));
        let tree = self.write_root(&entries)?;
        let intent = self.write_commit(tree, &parents, &format!("{}\n", operation.summary), by, None)?;
        self.flush()?;
        self.append(last, intent, &operation.summary, by)?;
        Ok(intent)
    }

    /// Writes how it ended.
    pub(super) fn log_end(&self, operation: &Operation, intent: ObjectId, by: &By<'_>) -> Result<()> {
        let file = self.write_blob(operation.to_toml().as_bytes())?;
        let tree = self.write_root(&[(FILE.to_owned(), ORDINARY_FILE, file)])?;
        let word = if operation.state == State::Done { "done" } else { "discarded" };
        let end = self.write_commit(tree, &[intent], &format!("{word}: {}\n", operation.summary), by, None)?;
        self.append(Some(intent), end, &operation.summary, by)
    }

    fn append(&self, old: Option<ObjectId>, new: ObjectId, summary: &str, by: &By<'_>) -> Result<()> {
        self.swap(&Moved { name: RefName::operations(), old, new: Some(new) }, summary, by)
    }
}

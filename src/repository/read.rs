//! Reading references, commits and files at any revision.

use jiff::Timestamp;

use super::error::{During as _, Error, Result};
use super::open::{Repository, from_oid, to_oid};
use crate::article::{Entry, ObjectId, RefName, RepoPath};

/// One commit, without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: ObjectId,
    /// The tree of its files.
    pub tree: ObjectId,
    /// What it follows, the line it continues first.
    pub parents: Vec<ObjectId>,
    /// Who wrote it.
    pub author: Signature,
    /// Who put it here.
    pub committer: Signature,
    /// Subject, body and trailers. Bytes that are not UTF-8 are replaced.
    pub message: String,
}

/// A name in a commit, with the time it claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub address: String,
    /// When.
    pub time: Timestamp,
}

/// A file in a tree or in the working folder, by the name of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TreeFile {
    /// Where.
    pub path: RepoPath,
    /// Its mode, such as `0o100644`.
    pub mode: u32,
    /// Its bytes.
    pub id: ObjectId,
}

/// The files below a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Listing {
    /// In byte order of their paths as git sorts them.
    pub files: Vec<TreeFile>,
    /// Names that cannot be paths of the newsroom, as far as they can be shown.
    pub unsound: Vec<String>,
}

impl Repository {
    /// What a reference names; none when there is no such reference.
    pub fn resolve(&self, name: &RefName) -> Result<Option<ObjectId>> {
        match self.git.refname_to_id(name.as_str()) {
            Ok(id) => Ok(Some(from_oid(id))),
            Err(missing) if missing.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(source) => Err(Error::Git { act: "read", object: name.to_string(), source }),
        }
    }

    /// The commit that `text` means to git (`HEAD~2`, `origin/main`, an abbreviated id); none when it means nothing.
    pub fn revision(&self, text: &str) -> Result<Option<ObjectId>> {
        use git2::ErrorCode::{InvalidSpec, NotFound, Peel, UnbornBranch};
        match self.git.revparse_single(text).and_then(|object| object.peel_to_commit()) {
            Ok(commit) => Ok(Some(from_oid(commit.id()))),
            Err(missing) if matches!(missing.code(), NotFound | InvalidSpec | Peel | UnbornBranch) => Ok(None),
            Err(source) => Err(Error::Git { act: "find the commit", object: text.to_owned(), source }),
        }
    }

    /// The references whose names begin with `prefix` (`refs/desk/approvals/`), sorted by name.
    pub fn references(&self, prefix: &str) -> Result<Vec<(RefName, ObjectId)>> {
        let mut found = Vec::new();
        for reference in self.git.references_glob(&format!("{prefix}*")).during("list", prefix)? {
            let reference = reference.during("list", prefix)?;
            let Some(name) = reference.name().ok().and_then(|name| RefName::new(name).ok()) else { continue };
            if let Some(id) = reference.resolve().ok().and_then(|end| end.target()) {
                found.push((name, from_oid(id)));
            }
        }
        found.sort();
        Ok(found)
    }

    /// One commit.
    pub fn commit(&self, id: ObjectId) -> Result<Commit> {
        let commit = self.git.find_commit(to_oid(id)).map_err(|source| missing(id, "read the commit", source))?;
        Ok(Commit {
            id,
            tree: from_oid(commit.tree_id()),
            parents: commit.parent_ids().map(from_oid).collect(),
            author: signature(&commit.author()),
            committer: signature(&commit.committer()),
            message: String::from_utf8_lossy(commit.message_raw_bytes()).into_owned(),
        })
    }

    /// The first parent of a commit; none of the first, and where either is not here.
    pub fn first_parent(&self, id: ObjectId) -> Result<Option<ObjectId>> {
        let parent = match self.commit(id) {
            Ok(commit) => commit.parents.first().copied(),
            Err(Error::ObjectMissing(_)) => None,
            Err(other) => return Err(other),
        };
        let is_here = |parent: &ObjectId| self.git.find_commit(to_oid(*parent)).is_ok();
        Ok(parent.filter(is_here))
    }

    /// The signature of a commit and the bytes that it was made over; none when it has none.
    pub fn signature_of(&self, id: ObjectId) -> Result<Option<(String, Vec<u8>)>> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match self.git.extract_signature(&to_oid(id), None) {
            Ok((signature, bytes)) => Ok(Some((text(&signature), bytes.to_vec()))),
            Err(none) if none.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(source) => Err(missing(id, "read the signature of", source)),
        }
    }

    /// `from` and what it follows, always along the first parent. In a shallow clone the walk ends where history does.
    pub fn first_parents(&self, from: ObjectId) -> impl Iterator<Item = Result<Commit>> + '_ {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let commit = self.commit(next.take()?);
            if let Ok(commit) = &commit {
                let cut = self.is_shallow() && !self.all_here(&commit.parents);
                next = commit.parents.first().copied().filter(|_| !cut);
            }
            Some(commit)
        })
    }

    fn all_here(&self, ids: &[ObjectId]) -> bool {
        self.git.odb().is_ok_and(|odb| ids.iter().all(|&id| odb.exists(to_oid(id))))
    }

    /// The newest commit that both follow.
    pub fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>> {
        match self.git.merge_base(to_oid(one), to_oid(other)) {
            Ok(base) => Ok(Some(from_oid(base))),
            Err(none) if none.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(source) => Err(Error::Git { act: "find what is common to", object: format!("{one} {other}"), source }),
        }
    }

    /// Whether `newer` is `older` or follows it.
    pub fn follows(&self, newer: ObjectId, older: ObjectId) -> Result<bool> {
        if newer == older {
            return Ok(true);
        }
        self.git.graph_descendant_of(to_oid(newer), to_oid(older)).during("read the history of", newer)
    }

    /// The bytes of a blob.
    pub fn blob(&self, id: ObjectId) -> Result<Vec<u8>> {
        let blob = self.git.find_blob(to_oid(id)).map_err(|source| missing(id, "read the file", source))?;
        Ok(blob.content().to_vec())
    }

    /// The bytes of the file at `path` in a commit or tree; none when no file is there.
    pub fn file_at(&self, revision: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>> {
        self.entry_at(revision, path)?.map(|file| self.blob(file.id)).transpose()
    }

    /// The file at `path` in a commit or tree, unread; none when there is none, or a folder.
    pub fn entry_at(&self, revision: ObjectId, path: &RepoPath) -> Result<Option<TreeFile>> {
        let tree = self.tree(revision)?;
        Ok(self.find(&tree, path)?.and_then(|(mode, id)| {
            let is_folder = mode == TREE;
            (!is_folder).then(|| TreeFile { path: path.clone(), mode, id: from_oid(id) })
        }))
    }

    /// The tree of the folder at `path` in a commit or tree; none when there is none, or a file.
    pub fn folder_at(&self, revision: ObjectId, path: &RepoPath) -> Result<Option<ObjectId>> {
        let tree = self.tree(revision)?;
        Ok(self.find(&tree, path)?.filter(|(mode, _)| *mode == TREE).map(|(_, id)| from_oid(id)))
    }

    /// Every file of the article at `home` (a folder, or one file) in a commit or tree, with its bytes. A name that
    /// cannot be a path is an error, because a text with such a file has no digest.
    pub fn entries_at(&self, revision: ObjectId, home: &RepoPath) -> Result<Vec<Entry>> {
        let listing = self.files_at(revision, Some(home))?;
        if let Some(path) = listing.unsound.into_iter().next() {
            return Err(Error::UnsoundName { commit: revision, path });
        }
        let entry = |file: TreeFile| {
            // A submodule's commit is not among our objects: its mode alone refuses the article.
            let bytes = if file.mode == COMMIT { Vec::new() } else { self.blob(file.id)? };
            Ok(Entry { path: file.path, mode: file.mode, bytes })
        };
        listing.files.into_iter().map(entry).collect()
    }

    /// Every file below `folder` (or `folder` itself, when it is a file; or all files) in a commit or tree, unread.
    pub fn files_at(&self, revision: ObjectId, folder: Option<&RepoPath>) -> Result<Listing> {
        let mut listing = Listing::default();
        let tree = self.tree(revision)?;
        let Some(folder) = folder else {
            self.collect(&tree, "", &mut listing)?;
            return Ok(listing);
        };
        match self.find(&tree, folder)? {
            Some((TREE, id)) => {
                let below = self.subtree(id)?;
                self.collect(&below, &format!("{folder}/"), &mut listing)?;
            }
            Some((mode, id)) => listing.files.push(TreeFile { path: folder.clone(), mode, id: from_oid(id) }),
            None => {}
        }
        Ok(listing)
    }

    fn collect(&self, tree: &git2::Tree<'_>, prefix: &str, listing: &mut Listing) -> Result<()> {
        for entry in tree {
            let path = format!("{prefix}{}", String::from_utf8_lossy(entry.name_bytes()));
            let sound = entry.name().is_ok() && RepoPath::new(path.as_str()).is_ok();
            match (sound, mode_of(&entry)) {
                (false, _) => listing.unsound.push(path),
                (true, TREE) => self.collect(&self.subtree(entry.id())?, &format!("{path}/"), listing)?,
                (true, mode) => listing.files.push(TreeFile {
                    path: RepoPath::new(path).expect("it was sound a moment ago"),
                    mode,
                    id: from_oid(entry.id()),
                }),
            }
        }
        Ok(())
    }

    /// The files at the root of a tree, such as a statement's, with their bytes.
    pub fn root_files(&self, revision: ObjectId) -> Result<Vec<(String, Vec<u8>)>> {
        let tree = self.tree(revision)?;
        let blobs = tree.iter().filter(|entry| entry.kind() == Some(git2::ObjectType::Blob));
        blobs
            .map(|entry| {
                Ok((String::from_utf8_lossy(entry.name_bytes()).into_owned(), self.blob(from_oid(entry.id()))?))
            })
            .collect()
    }

    /// The tree of a commit, or the tree itself.
    pub(super) fn tree(&self, revision: ObjectId) -> Result<git2::Tree<'_>> {
        let object = self.git.find_object(to_oid(revision), None);
        object.and_then(|object| object.peel_to_tree()).map_err(|source| missing(revision, "read the tree of", source))
    }

    pub(super) fn subtree(&self, id: git2::Oid) -> Result<git2::Tree<'_>> {
        self.git.find_tree(id).map_err(|source| missing(from_oid(id), "read the tree", source))
    }

    /// What stands at `path` below `tree`.
    pub(super) fn find(&self, tree: &git2::Tree<'_>, path: &RepoPath) -> Result<Option<(u32, git2::Oid)>> {
        let mut parts = path.as_str().split('/').peekable();
        let mut below: Option<git2::Tree<'_>> = None;
        while let Some(part) = parts.next() {
            let found = below.as_ref().unwrap_or(tree).get_name(part).map(|entry| (mode_of(&entry), entry.id()));
            match found {
                Some(found) if parts.peek().is_none() => return Ok(Some(found)),
                Some((TREE, id)) => below = Some(self.subtree(id)?),
                _ => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// A folder's mode in a tree.
pub(super) const TREE: u32 = 0o040_000;
/// A submodule's mode in a tree.
pub(super) const COMMIT: u32 = 0o160_000;

/// The mode as it is stored, without what libgit2 would make of an odd one.
pub(super) fn mode_of(entry: &git2::TreeEntry<'_>) -> u32 {
    entry.filemode_raw().unsigned_abs()
}

fn missing(id: ObjectId, act: &'static str, source: git2::Error) -> Error {
    if source.code() == git2::ErrorCode::NotFound && source.class() == git2::ErrorClass::Odb {
        return Error::ObjectMissing(id);
    }
    Error::Git { act, object: id.to_string(), source }
}

fn signature(from: &git2::Signature<'_>) -> Signature {
    Signature {
        name: String::from_utf8_lossy(from.name_bytes()).into_owned(),
        address: String::from_utf8_lossy(from.email_bytes()).into_owned(),
        time: Timestamp::from_second(from.when().seconds()).unwrap_or(Timestamp::UNIX_EPOCH),
    }
}

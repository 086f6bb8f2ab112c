//! Writing blobs, trees and commits. Nothing refers to them yet, so until a reference moves nothing has happened.

use std::collections::BTreeMap;

use super::apply::{By, Signer};
use super::error::{During as _, Error, Result};
use super::open::{Repository, from_oid, to_oid};
use super::read::{TREE, mode_of};
use crate::article::{ORDINARY_FILE, ObjectId, RepoPath, Write};

/// The files to put into a tree or to take out of it, by path.
type Updates<'a> = BTreeMap<&'a str, Option<git2::Oid>>;

impl Repository {
    pub(super) fn write_blob(&self, bytes: &[u8]) -> Result<ObjectId> {
        Ok(from_oid(self.git.blob(bytes).during("store", "a file")?))
    }

    /// The tree of `base` (a commit; none is empty) with `writes` made.
    pub(super) fn write_tree(&self, base: Option<ObjectId>, writes: &[Write]) -> Result<ObjectId> {
        let base = base.map(|commit| self.tree(commit)).transpose()?;
        let mut updates = Updates::new();
        for write in writes {
            let blob = write.bytes.as_ref().map(|bytes| self.write_blob(bytes)).transpose()?;
            updates.insert(write.path.as_str(), blob.map(to_oid));
        }
        let tree = self.updated(base.as_ref(), &updates)?;
        match tree {
            Some(tree) => Ok(from_oid(tree)),
            None => Ok(from_oid(self.git.treebuilder(None).and_then(|empty| empty.write()).during("store", "a tree")?)),
        }
    }

    /// The tree with the updates made; none when nothing is left in it.
    fn updated(&self, base: Option<&git2::Tree<'_>>, updates: &Updates<'_>) -> Result<Option<git2::Oid>> {
        let mut builder = self.git.treebuilder(base).during("store", "a tree")?;
        let mut folders: BTreeMap<&str, Updates<'_>> = BTreeMap::new();
        for (path, blob) in updates {
            if let Some((folder, rest)) = path.split_once('/') {
                folders.entry(folder).or_default().insert(rest, *blob);
                continue;
            }
            let there = base.and_then(|tree| tree.get_name(path)).map(|entry| mode_of(&entry));
            match blob {
                Some(blob) => {
                    builder.insert(path, *blob, ORDINARY_FILE.cast_signed()).during("store", path)?;
                }
                None if there.is_some_and(|mode| mode != TREE) => builder.remove(path).during("store", path)?,
                None => {}
            }
        }
        for (folder, below) in folders {
            let there = base.and_then(|tree| tree.get_name(folder)).filter(|entry| mode_of(entry) == TREE);
            let there = there.map(|entry| self.subtree(entry.id())).transpose()?;
            if there.is_none() && below.values().all(Option::is_none) {
                continue;
            }
            match self.updated(there.as_ref(), &below)? {
                Some(tree) => {
                    builder.insert(folder, tree, TREE.cast_signed()).during("store", folder)?;
                }
                None if there.is_some() => builder.remove(folder).during("store", folder)?,
                None => {}
            }
        }
        if builder.is_empty() {
            return Ok(None);
        }
        builder.write().map(Some).during("store", "a tree")
    }

    /// A tree of its own with these at its root: name, mode and object.
    pub(super) fn write_root(&self, entries: &[(String, u32, ObjectId)]) -> Result<ObjectId> {
        let mut builder = self.git.treebuilder(None).during("store", "a tree")?;
        for (name, mode, id) in entries {
            builder.insert(name, to_oid(*id), mode.cast_signed()).during("store", name)?;
        }
        Ok(from_oid(builder.write().during("store", "a tree")?))
    }

    /// A commit by `by` that no reference names yet, signed by `signer` if there is one.
    pub(super) fn write_commit(
        &self,
        tree: ObjectId,
        parents: &[ObjectId],
        message: &str,
        by: &By<'_>,
        signer: Option<&dyn Signer>,
    ) -> Result<ObjectId> {
        let tree = self.tree(tree)?;
        let signature = by.signature()?;
        let parents: Vec<git2::Commit<'_>> = parents
            .iter()
            .map(|&id| self.git.find_commit(to_oid(id)).during("read the commit", id))
            .collect::<Result<_>>()?;
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let Some(signer) = signer else {
            let id = self.git.commit(None, &signature, &signature, message, &tree, &parents);
            return Ok(from_oid(id.during("store", "a commit")?));
        };
        let unsigned = self.git.commit_create_buffer(&signature, &signature, message, &tree, &parents);
        let unsigned = unsigned.during("write", "a commit")?;
        let text = std::str::from_utf8(&unsigned).map_err(|error| Error::Unsigned { why: error.to_string() })?;
        let seal = signer.sign(text).map_err(|why| Error::Unsigned { why })?;
        let id = self.git.commit_signed(text, seal.trim_end(), None);
        Ok(from_oid(id.during("store", "a commit")?))
    }

    /// What kind of object it is; an error when it is not here.
    pub(super) fn kind_of(&self, id: ObjectId) -> Result<git2::ObjectType> {
        let odb = self.git.odb().during("open", "the objects")?;
        let header = odb.read_header(to_oid(id));
        header.map(|(_, kind)| kind).map_err(|_| Error::ObjectMissing(id))
    }

    /// The file's mode and bytes at `path` in a commit, by name.
    pub(super) fn stored_at(&self, commit: ObjectId, path: &RepoPath) -> Result<Option<ObjectId>> {
        Ok(self.entry_at(commit, path)?.map(|file| file.id))
    }
}

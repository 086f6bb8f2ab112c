//! Which commits lie between two, and where a copy's history is cut off.

use std::collections::BTreeSet;

use super::error::{During as _, Result};
use super::open::{Repository, from_oid, to_oid};
use crate::article::ObjectId;

impl Repository {
    /// The commits that `to` follows, itself among them, and that none of `from` is or follows: each after those that it
    /// follows.
    pub fn between(&self, from: &[ObjectId], to: ObjectId) -> Result<Vec<ObjectId>> {
        let mut walk = self.git.revwalk().during("walk the history of", to)?;
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE).during("walk the history of", to)?;
        walk.push(to_oid(to)).during("walk the history of", to)?;
        for &from in from {
            walk.hide(to_oid(from)).during("walk the history of", from)?;
        }
        walk.map(|id| Ok(from_oid(id.during("walk the history of", to)?))).collect()
    }

    /// The commits whose parents a shallow clone left out.
    pub fn cuts(&self) -> BTreeSet<ObjectId> {
        if !self.is_shallow() {
            return BTreeSet::new();
        }
        let listed = std::fs::read_to_string(self.common.join("shallow")).unwrap_or_default();
        listed.lines().filter_map(|line| git2::Oid::from_str(line.trim()).ok()).map(from_oid).collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn commit(repository: &Repository, name: &str, parents: &[ObjectId]) -> ObjectId {
        let git = &repository.git;
        let who = git2::Signature::new("Mina", "mina@post.example", &git2::Time::new(1_785_000_000, 0)).unwrap();
        let tree = git.find_tree(git.treebuilder(None).unwrap().write().unwrap()).unwrap();
        let parents: Vec<_> = parents.iter().map(|&id| git.find_commit(to_oid(id)).unwrap()).collect();
        from_oid(git.commit(None, &who, &who, name, &tree, &parents.iter().collect::<Vec<_>>()).unwrap())
    }

    #[test]
    fn a_range_is_what_one_follows_and_the_other_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::create(folder.path()).unwrap();
        let root = commit(&repository, "root", &[]);
        let left = commit(&repository, "left", &[root]);
        let right = commit(&repository, "right", &[root]);
        let both = commit(&repository, "both", &[left, right]);
        assert_eq!(repository.between(&[root], left).unwrap(), [left]);
        assert_eq!(repository.between(&[left], both).unwrap(), [right, both]);
        assert_eq!(repository.between(&[both], left).unwrap(), []);
        let all = repository.between(&[], both).unwrap();
        assert_eq!((all.len(), all[0], all[3]), (4, root, both));
        assert!(repository.cuts().is_empty());
    }
}

//! What differs between two trees: an own walk that never looks into folders that are equal, because libgit2's visits
//! every file of both.

use std::collections::HashMap;

use super::error::Result;
use super::open::{Repository, from_oid};
use super::read::{TREE, mode_of};
use crate::article::{ObjectId, RepoPath};

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where.
    pub path: RepoPath,
    /// What it was; none when it is new.
    pub old: Option<Stored>,
    /// What it is; none when it is gone.
    pub new: Option<Stored>,
}

/// A file's mode and bytes, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stored {
    /// Such as `0o100644`.
    pub mode: u32,
    /// The bytes.
    pub id: ObjectId,
}

/// All that differs between two trees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Files, by path as git sorts them.
    pub files: Vec<Changed>,
    /// Names that differ and cannot be paths of the newsroom, as far as they can be shown.
    pub unsound: Vec<String>,
    /// Names that a folder has more than once, or out of order: programs differ in what they find there. Git makes no
    /// such folder, and takes one from whoever sends it unless it is told to look.
    pub twice: Vec<String>,
}

impl Repository {
    /// What differs from one commit (or tree; none is empty) to another, within a folder (or of one file) if given.
    pub fn changed(
        &self,
        from: Option<ObjectId>,
        to: Option<ObjectId>,
        within: Option<&RepoPath>,
    ) -> Result<Comparison> {
        let mut walk =
            Walk { repository: self, found: Comparison::default(), at_hand: HashMap::new(), keeps: Keeps::Nothing };
        let from = from.map(|id| self.tree(id)).transpose()?;
        let to = to.map(|id| self.tree(id)).transpose()?;
        let Some(within) = within else {
            let whole = |tree: &git2::Tree<'_>| (TREE, tree.id());
            walk.pair(String::new(), from.as_ref().map(whole), to.as_ref().map(whole))?;
            return Ok(walk.found);
        };
        let at = |tree: Option<&git2::Tree<'_>>| tree.map_or(Ok(None), |tree| self.find(tree, within));
        walk.pair(within.to_string(), at(from.as_ref())?, at(to.as_ref())?)?;
        Ok(walk.found)
    }
}

/// Compares one step after the other. The folders that a step ended with are at hand where the next begins: a folder of
/// ten thousand files is read once for each step, and not twice.
pub struct Steps<'a> {
    repository: &'a Repository,
    at_hand: HashMap<git2::Oid, git2::Tree<'a>>,
}

impl<'a> Steps<'a> {
    /// Before the first step.
    pub fn new(repository: &'a Repository) -> Self {
        Self { repository, at_hand: HashMap::new() }
    }

    /// What differs from one commit (none is empty) to another.
    pub fn changed(&mut self, from: Option<ObjectId>, to: ObjectId) -> Result<Comparison> {
        let at_hand = std::mem::take(&mut self.at_hand);
        let mut walk = Walk { repository: self.repository, found: Comparison::default(), at_hand, keeps: Keeps::Last };
        let root = |id: ObjectId| Ok((TREE, self.repository.tree(id)?.id()));
        walk.pair(String::new(), from.map(root).transpose()?, Some(root(to)?))?;
        self.at_hand = walk.at_hand;
        Ok(walk.found)
    }
}

type Side = Option<(u32, git2::Oid)>;

/// Which folders a walk leaves at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    Nothing,
    /// Those that it ended with.
    Last,
}

struct Walk<'a> {
    repository: &'a Repository,
    found: Comparison,
    at_hand: HashMap<git2::Oid, git2::Tree<'a>>,
    keeps: Keeps,
}

impl<'a> Walk<'a> {
    /// Compares what stands at one path. The empty path is the root.
    fn pair(&mut self, path: String, old: Side, new: Side) -> Result<()> {
        if old == new {
            return Ok(());
        }
        let (old_folder, old_file) = split(old);
        let (new_folder, new_file) = split(new);
        if old_file.is_some() || new_file.is_some() {
            match RepoPath::new(path.as_str()) {
                Ok(path) => self.found.files.push(Changed { path, old: old_file, new: new_file }),
                Err(_) => self.found.unsound.push(path.clone()),
            }
        }
        if old_folder != new_folder {
            let old = old_folder.map(|id| self.folder(id)).transpose()?;
            let new = new_folder.map(|id| self.folder(id)).transpose()?;
            self.folders(&path, old.as_ref(), new.as_ref())?;
            if let Some(new) = new.filter(|_| self.keeps == Keeps::Last) {
                self.at_hand.insert(new.id(), new);
            }
        }
        Ok(())
    }

    fn folder(&mut self, id: git2::Oid) -> Result<git2::Tree<'a>> {
        self.at_hand.remove(&id).map_or_else(|| self.repository.subtree(id), Ok)
    }

    /// Compares the entries of two folders by name, both being sorted the same way.
    fn folders(&mut self, path: &str, old: Option<&git2::Tree<'a>>, new: Option<&git2::Tree<'a>>) -> Result<()> {
        let same = same_ends(old, new);
        for name in new.map(|new| disorderly(new, same)).unwrap_or_default() {
            self.found.twice.push(if path.is_empty() { name } else { format!("{path}/{name}") });
        }
        let names = |tree: Option<&git2::Tree<'a>>| -> Vec<(Vec<u8>, (u32, git2::Oid))> {
            let middle = tree.map(|tree| same.0..tree.len() - same.1);
            let entries = tree.zip(middle).into_iter().flat_map(|(tree, middle)| middle.filter_map(|at| tree.get(at)));
            let mut all: Vec<_> =
                entries.map(|entry| (entry.name_bytes().to_vec(), (mode_of(&entry), entry.id()))).collect();
            all.sort_by(|one, other| one.0.cmp(&other.0));
            all
        };
        let (old, new) = (names(old), names(new));
        let (mut left, mut right) = (old.iter().peekable(), new.iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(one), Some(other)) => one.0.cmp(&other.0),
            };
            let before = if order.is_le() { left.next() } else { None };
            let after = if order.is_ge() { right.next() } else { None };
            let (was, is) = (before.map(|entry| entry.1), after.map(|entry| entry.1));
            if was == is {
                continue;
            }
            let name = before.or(after).map_or_else(String::new, |entry| readable(&entry.0));
            let below = if path.is_empty() { name } else { format!("{path}/{name}") };
            self.pair(below, was, is)?;
        }
    }
}

/// How many entries two folders have in common at their beginning, and at their end beyond that: in a folder of many
/// files nearly all, and none of them differs.
fn same_ends(old: Option<&git2::Tree<'_>>, new: Option<&git2::Tree<'_>>) -> (usize, usize) {
    let (Some(old), Some(new)) = (old, new) else { return (0, 0) };
    let same = |one: usize, other: usize| match (old.get(one), new.get(other)) {
        (Some(one), Some(other)) => {
            one.id() == other.id()
                && one.filemode_raw() == other.filemode_raw()
                && one.name_bytes() == other.name_bytes()
        }
        _ => false,
    };
    let shorter = old.len().min(new.len());
    let first = (0..shorter).take_while(|&at| same(at, at)).count();
    let last = (1..=shorter - first).take_while(|&at| same(old.len() - at, new.len() - at)).count();
    (first, last)
}

/// The names in a folder that stand there twice, or not where git looks for them. `same` entries at either end are known
/// to be in order.
fn disorderly(tree: &git2::Tree<'_>, same: (usize, usize)) -> Vec<String> {
    // Git sorts a folder as if its name ended with a slash.
    let key = |name: &[u8], end: u8| [name, &[end]].concat();
    let at =
        |at: usize| tree.get(at).map(|entry| key(entry.name_bytes(), if mode_of(&entry) == TREE { b'/' } else { 0 }));
    let holds = |wanted: &[u8]| {
        let (mut low, mut high) = (0, tree.len());
        while low < high {
            let middle = low.midpoint(high);
            match at(middle).as_deref().map(|found| found.cmp(wanted)) {
                Some(std::cmp::Ordering::Less) => low = middle + 1,
                Some(std::cmp::Ordering::Greater) => high = middle,
                Some(std::cmp::Ordering::Equal) | None => return true,
            }
        }
        false
    };
    let (first, last) = (same.0, tree.len() - same.1);
    let is_after = |place: usize| place == 0 || at(place - 1) < at(place);
    let own = (first..last).filter_map(|place| Some((place, tree.get(place)?))).filter(|(place, entry)| {
        let other = if mode_of(entry) == TREE { 0 } else { b'/' };
        !is_after(*place) || holds(&key(entry.name_bytes(), other))
    });
    let mut names: Vec<String> = own.map(|(_, entry)| readable(entry.name_bytes())).collect();
    let next = tree.get(last).filter(|_| first < last && !is_after(last));
    names.extend(next.map(|entry| readable(entry.name_bytes())));
    names
}

/// The name as text. What is not UTF-8 is shown with a mark that no sound path holds.
fn readable(name: &[u8]) -> String {
    std::str::from_utf8(name).map_or_else(|_| format!("{}\\", String::from_utf8_lossy(name)), str::to_owned)
}

fn split(side: Side) -> (Option<git2::Oid>, Option<Stored>) {
    match side {
        Some((TREE, id)) => (Some(id), None),
        Some((mode, id)) => (None, Some(Stored { mode, id: from_oid(id) })),
        None => (None, None),
    }
}

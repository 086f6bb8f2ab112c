//! All files of an article: its own by their words, the others whole.

use super::units::{Side, settled};
use super::{Choice, Conflict, Merge, Place, Unsettled};
use crate::article::{Entry, RepoPath};

/// Three versions of an article's files made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    main: RepoPath,
    text: Option<Merge>,
    files: Vec<File>,
}

/// Another file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    path: RepoPath,
    ours: Option<Entry>,
    theirs: Option<Entry>,
    conflict: Option<Conflict>,
    stands: Side,
}

impl Joint {
    /// Merges `ours` and `theirs`, both made from `origin` (none where each was begun by itself). `main` is the file
    /// with the words; where it is no text on a side, it is merged whole like any other.
    pub fn of(main: &RepoPath, origin: Option<&[Entry]>, ours: &[Entry], theirs: &[Entry]) -> Self {
        let find = |entries: &[Entry], path: &RepoPath| entries.iter().find(|entry| entry.path == *path).cloned();
        let words = |entries: &[Entry]| find(entries, main).and_then(|entry| String::from_utf8(entry.bytes).ok());
        let old = origin.map(words);
        let text = match (&old, words(ours), words(theirs)) {
            (None, Some(ours), Some(theirs)) => Some(Merge::of(main, None, &ours, &theirs)),
            (Some(Some(old)), Some(ours), Some(theirs)) => Some(Merge::of(main, Some(old), &ours, &theirs)),
            _ => None,
        };
        let origin = origin.unwrap_or_default();
        let mut paths: Vec<&RepoPath> = ours.iter().chain(theirs).map(|entry| &entry.path).collect();
        paths.sort();
        paths.dedup();
        let file = |path: &RepoPath| {
            let (old, ours, theirs) = (find(origin, path), find(ours, path), find(theirs, path));
            let stands = settled(&old, &ours, &theirs);
            let size = |entry: &Option<Entry>| entry.as_ref().map_or(String::new(), |entry| bytes(entry.bytes.len()));
            let conflict = stands.is_none().then(|| Conflict {
                place: Place::File(path.clone()),
                origin: None,
                ours: size(&ours),
                theirs: size(&theirs),
            });
            File { path: path.clone(), ours, theirs, conflict, stands: stands.unwrap_or(Side::Ours) }
        };
        let files = paths.into_iter().filter(|path| text.is_none() || *path != main).map(file).collect();
        Self { main: main.clone(), text, files }
    }

    /// Where both sides changed the same thing: in the words first, in order.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let words = self.text.iter().flat_map(Merge::conflicts);
        words.chain(self.files.iter().filter_map(|file| file.conflict.as_ref())).collect()
    }

    /// The merged files, each conflict settled by the choice in its place.
    pub fn settle(&self, choices: &[Choice]) -> Result<Vec<Entry>, Unsettled> {
        let count = self.conflicts().len();
        if choices.len() < count {
            return Err(Unsettled::Open(count - choices.len()));
        }
        let of_words = self.text.iter().flat_map(Merge::conflicts).count();
        let (words, mut others) = (&choices[..of_words], choices[of_words..].iter());
        let mut entries = Vec::new();
        if let Some(text) = &self.text {
            let bytes = text.settle(words)?.into_bytes();
            entries.push(Entry { path: self.main.clone(), mode: crate::article::ORDINARY_FILE, bytes });
        }
        for file in &self.files {
            let side = match &file.conflict {
                None => file.stands,
                Some(conflict) => match others.next() {
                    Some(Choice::Ours) => Side::Ours,
                    Some(Choice::Theirs) => Side::Theirs,
                    _ => return Err(Unsettled::OnlyOne(conflict.place.clone())),
                },
            };
            let entry = if side == Side::Ours { &file.ours } else { &file.theirs };
            entries.extend(entry.clone());
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(entries)
    }
}

/// A size as people say it.
fn bytes(size: usize) -> String {
    match size {
        0..1_000 => format!("{size} bytes"),
        1_000..1_000_000 => format!("{} kB", size / 1_000),
        _ => format!("{:.1} MB", f64::from(u32::try_from(size / 100_000).unwrap_or(u32::MAX)) / 10.0),
    }
}

//! The name of one exact text.
//!
//! A digest is SHA-256 over length-prefixed fields: the word `desk-content/1`, the article's id, its path, and then
//! every file of the article in byte order of its path (mode, path, bytes), with the kept lines of the article's own
//! file left out. Bytes are taken as git stores them; nothing is normalised. So one digest names one text, in one
//! place, with exactly these photos, and a stamp, which changes only kept lines, changes no digest.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::{ArticleId, RepoPath, kept};

/// The only mode that a file of an article may have: an ordinary file that nobody can run.
pub const ORDINARY_FILE: u32 = 0o100_644;

/// A SHA-256, which names a text, a statement or a policy. Written `sha256:` and 64 lower-case digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// Text that is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a digest (sha256: and 64 digits)")]
pub struct InvalidDigest(pub String);

/// One file of an article, as git stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is in the repository.
    pub path: RepoPath,
    /// Its mode in the tree, such as `0o100644`.
    pub mode: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a folder has no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoDigest {
    /// The article's own file is not among the entries.
    #[error("`{0}` is missing")]
    NoArticle(RepoPath),
    /// A link, a submodule or a program.
    #[error("`{path}` is {}, not an ordinary file", sort(*.mode))]
    Mode {
        /// Which.
        path: RepoPath,
        /// Its mode.
        mode: u32,
    },
    /// A file of some other place.
    #[error("`{0}` lies outside the article's folder")]
    Outside(RepoPath),
}

/// What a file is that is no ordinary one, by its mode.
fn sort(mode: u32) -> &'static str {
    match mode & 0o170_000 {
        0o100_000 => "a program",
        0o120_000 => "a link",
        0o160_000 => "another repository",
        _ => "something else",
    }
}

impl Digest {
    /// The SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The SHA-256 over fields, each prefixed with its length in bytes as a 64-bit big-endian number, so that no two
    /// lists of fields run together into the same bytes.
    pub fn of_fields<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        Self(hash.finalize().into())
    }

    /// The digest of an article: `home` is its path (the folder of a bundle, or the file of a single-file article),
    /// `main` the file with its words, `entries` all its files in any order.
    pub fn of_article(id: ArticleId, home: &RepoPath, main: &RepoPath, entries: &[Entry]) -> Result<Self, NoDigest> {
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by(|one, other| one.path.as_str().as_bytes().cmp(other.path.as_str().as_bytes()));
        if !sorted.iter().any(|entry| entry.path == *main) {
            return Err(NoDigest::NoArticle(main.clone()));
        }
        let (id, modes) = (id.to_string(), format!("{ORDINARY_FILE:06o}"));
        let mut words = Vec::new();
        let mut fields: Vec<&[u8]> = vec![b"desk-content/1", id.as_bytes(), home.as_str().as_bytes()];
        for entry in &sorted {
            if !entry.path.is_within(home) {
                return Err(NoDigest::Outside(entry.path.clone()));
            }
            if entry.mode != ORDINARY_FILE {
                return Err(NoDigest::Mode { path: entry.path.clone(), mode: entry.mode });
            }
            if entry.path == *main {
                words = kept::without_kept_lines(&entry.bytes);
            }
        }
        for entry in &sorted {
            let bytes = if entry.path == *main { &words } else { &entry.bytes };
            fields.extend([modes.as_bytes(), entry.path.as_str().as_bytes(), bytes]);
        }
        Ok(Self::of_fields(fields))
    }

    /// The 64 digits alone, as a name in git's references.
    pub fn hex(self) -> String {
        let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// The first digits, enough for a person to compare by eye.
    pub fn short(self) -> String {
        self.hex()[..12].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "sha256:{}", self.hex())
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidDigest(text.chars().take(80).collect());
        let digits = text.strip_prefix("sha256:").ok_or_else(invalid)?;
        if digits.len() != 64 || !digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(invalid());
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).map_err(|_| invalid())?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> ArticleId {
        ArticleId::generate(1, [7; 10], None)
    }

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).expect("a sound path")
    }

    fn entry(at: &str, bytes: &[u8]) -> Entry {
        Entry { path: path(at), mode: ORDINARY_FILE, bytes: bytes.to_vec() }
    }

    fn digest(entries: &[Entry]) -> Result<Digest, NoDigest> {
        Digest::of_article(id(), &path("articles/a"), &path("articles/a/index.md"), entries)
    }

    #[test]
    fn one_digest_names_one_text() {
        let story = entry("articles/a/index.md", b"+++\ndraft = true\n[desk]\nstage = \"draft\"\n+++\nBody");
        let stamped = entry("articles/a/index.md", b"+++\ndraft = false\n[desk]\nstage = \"published\"\n+++\nBody");
        let photo = entry("articles/a/b.jpg", b"\xff\xd8");
        let plain = digest(&[story.clone(), photo.clone()]);
        assert_eq!(
            plain,
            digest(&[photo.clone(), stamped]),
            "a stamp changes no digest, nor does the order of reading"
        );
        let others = [
            vec![
                entry("articles/a/index.md", b"+++\ndraft = true\n[desk]\nstage = \"draft\"\n+++\nBody."),
                photo.clone(),
            ],
            vec![story.clone()],
            vec![story.clone(), entry("articles/a/b.jpg", b"\xff\xd9")],
            vec![story.clone(), entry("articles/a/c.jpg", b"\xff\xd8")],
            vec![story.clone(), photo.clone(), entry("articles/a/c.jpg", b"")],
        ];
        for other in &others {
            assert_ne!(plain, digest(other));
        }
        let elsewhere =
            Digest::of_article(id(), &path("articles"), &path("articles/a/index.md"), &[story.clone(), photo.clone()]);
        assert_ne!(plain, elsewhere);
        let other_id = ArticleId::generate(2, [7; 10], None);
        assert_ne!(
            plain,
            Digest::of_article(other_id, &path("articles/a"), &path("articles/a/index.md"), &[story, photo])
        );
    }

    #[test]
    fn links_programs_and_strangers_have_no_digest() {
        let story = entry("articles/a/index.md", b"x");
        for mode in [0o120_000, 0o160_000, 0o100_755] {
            let odd = Entry { mode, ..entry("articles/a/b", b"") };
            assert!(matches!(digest(&[story.clone(), odd]), Err(NoDigest::Mode { .. })));
        }
        assert!(matches!(digest(&[story, entry("articles/ab/c", b"")]), Err(NoDigest::Outside(_))));
        assert!(matches!(digest(&[entry("articles/a/b", b"")]), Err(NoDigest::NoArticle(_))));
    }

    #[test]
    fn digests_read_back() {
        let digest = Digest::of(b"x");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!("sha256:00".parse::<Digest>().is_err());
    }
}

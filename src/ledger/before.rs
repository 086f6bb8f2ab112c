//! What was there when desk came: the articles of a repository that `desk init` took in, by their digests.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::escape::toml;
use crate::article::{Digest, Entry, RepoPath};
use crate::finding::{Finding, Level, Span};

/// The articles that were there before desk, each with the digest of its files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BeforeDesk {
    /// By path: the folder of a bundle, or the file of a single-file article.
    pub articles: BTreeMap<RepoPath, Digest>,
}

/// The digest of an article that has no id yet: over the word `desk-before/1`, its path, and every file of it as git
/// stores it (mode, path, bytes), nothing left out.
pub fn before_digest(home: &RepoPath, entries: &[Entry]) -> Digest {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|one, other| one.path.as_str().as_bytes().cmp(other.path.as_str().as_bytes()));
    let modes: Vec<String> = sorted.iter().map(|entry| format!("{:06o}", entry.mode)).collect();
    let mut fields: Vec<&[u8]> = vec![b"desk-before/1", home.as_str().as_bytes()];
    for (entry, mode) in sorted.iter().zip(&modes) {
        fields.extend([mode.as_bytes(), entry.path.as_str().as_bytes(), &entry.bytes]);
    }
    Digest::of_fields(fields)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    #[serde(default)]
    articles: BTreeMap<String, String>,
}

impl BeforeDesk {
    /// The file that holds it.
    pub const PATH: &'static str = "records/before-desk.toml";
    const FORMAT: &'static str = "desk-before/1";

    /// Its path.
    pub fn path() -> RepoPath {
        RepoPath::new(Self::PATH).expect("a sound path")
    }

    /// Whether exactly these words were there before desk.
    pub fn holds(&self, home: &RepoPath, digest: Digest) -> bool {
        self.articles.get(home) == Some(&digest)
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = format!(
            "# What was here before desk came. desk audit starts from it; nothing changes this file.\n\
             format = \"{}\"\n\n[articles]\n",
            Self::FORMAT
        );
        for (path, digest) in &self.articles {
            text.push_str(&format!("{} = \"{digest}\"\n", toml(path.as_str())));
        }
        text.into_bytes()
    }

    /// What a file says that may not be there. One that cannot be read vouches for nothing.
    pub fn found(bytes: Option<&[u8]>) -> Self {
        bytes.and_then(|bytes| Self::read(bytes).ok()).unwrap_or_default()
    }

    /// Reads the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let invalid = |span: Span, message: String| {
            vec![Finding::new("invalid-record", Level::Error, message).in_file(Self::PATH).at(span)]
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|error| invalid(Span::at(error.valid_up_to()), "this file is not UTF-8 text".to_owned()))?;
        let file: File = toml::from_str(text).map_err(|error| {
            let span = error.span().map_or(Span::at(0), Span::from);
            invalid(span, error.message().lines().collect::<Vec<_>>().join("; "))
        })?;
        if file.format != Self::FORMAT {
            return Err(invalid(Span::at(0), format!("`{}` is not a format that desk reads", file.format)));
        }
        let mut articles = BTreeMap::new();
        for (path, digest) in file.articles {
            let place = || text.find(path.as_str()).map_or(Span::at(0), |at| Span::new(at, at + path.len()));
            let checked = RepoPath::new(path.clone()).map_err(|error| invalid(place(), error.to_string()))?;
            articles.insert(checked, digest.parse().map_err(|_| invalid(place(), format!("`{path}` has no digest")))?);
        }
        Ok(Self { articles })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ORDINARY_FILE;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).expect("a path")
    }

    fn entry(at: &str, bytes: &[u8]) -> Entry {
        Entry { path: path(at), mode: ORDINARY_FILE, bytes: bytes.to_vec() }
    }

    #[test]
    fn what_was_there_reads_back() {
        let digest = before_digest(&path("content/a \"b\".md"), &[entry("content/a \"b\".md", b"x")]);
        let before = BeforeDesk { articles: [(path("content/a \"b\".md"), digest)].into() };
        assert_eq!(BeforeDesk::read(&before.bytes()), Ok(before.clone()));
        assert!(before.holds(&path("content/a \"b\".md"), digest) && !before.holds(&path("content/b.md"), digest));
        assert_eq!(BeforeDesk::read(&BeforeDesk::default().bytes()), Ok(BeforeDesk::default()));
        for bad in ["", "format = \"x\"\n", "format = \"desk-before/1\"\n[articles]\n\"../x\" = \"y\"\n", "\u{1}"] {
            assert!(BeforeDesk::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_byte_counts() {
        let home = path("content/a");
        let one = before_digest(&home, &[entry("content/a/index.md", b"+++\ndraft = true\n+++\n")]);
        let other = before_digest(&home, &[entry("content/a/index.md", b"+++\ndraft = false\n+++\n")]);
        assert_ne!(one, other);
    }
}

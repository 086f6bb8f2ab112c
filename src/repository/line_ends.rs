//! Line ends between git and the disk, by the rules of `git help attributes`: bytes are compared, hashed and stored as
//! git stores them, and written to disk as git would write them.

use std::io::Write as _;
use std::path::Path;

use git2::{AttrCheckFlags, AttrValue};

use super::error::{During as _, Error, Result};
use super::open::{Repository, from_oid};
use crate::article::RepoPath;

/// What the attributes and the configuration make of a file on its way to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnDisk {
    /// The bytes as they are.
    Same,
    /// A carriage return before each line feed.
    Crlf,
    /// The same, unless the bytes do not look like text or have carriage returns already.
    CrlfIfText,
}

impl Repository {
    /// Bytes from the disk as git would store them.
    pub(super) fn stored(&self, path: &RepoPath, raw: Vec<u8>) -> Result<Vec<u8>> {
        self.refuse_filtered(path)?;
        if !raw.contains(&b'\r') {
            return Ok(raw);
        }
        let convert = || -> Result<_, git2::Error> {
            let mut writer = self.git.blob_writer(Some(Path::new(path.as_str())))?;
            writer.write_all(&raw).map_err(|error| git2::Error::from_str(&error.to_string()))?;
            writer.commit()
        };
        self.blob(from_oid(convert().during("read", path)?))
    }

    /// Stored bytes as git would write them to disk.
    pub(super) fn on_disk(&self, path: &RepoPath, stored: Vec<u8>) -> Result<Vec<u8>> {
        self.refuse_filtered(path)?;
        let with_returns = match self.on_disk_form(path)? {
            OnDisk::Same => false,
            OnDisk::Crlf => true,
            OnDisk::CrlfIfText => !stored.contains(&b'\r') && looks_like_text(&stored),
        };
        if !with_returns {
            return Ok(stored);
        }
        let mut written = Vec::with_capacity(stored.len() + stored.len() / 16);
        for (at, &byte) in stored.iter().enumerate() {
            if byte == b'\n' && (at == 0 || stored[at - 1] != b'\r') {
                written.push(b'\r');
            }
            written.push(byte);
        }
        Ok(written)
    }

    /// Refuses a file that goes through a program, or through another encoding, on its way into git.
    pub(super) fn refuse_filtered(&self, path: &RepoPath) -> Result<()> {
        for name in ["filter", "working-tree-encoding", "ident"] {
            let value = self.attribute(path, name)?;
            let attribute = match AttrValue::from_string(value.as_deref()) {
                AttrValue::String(value) => format!("{name}={value}"),
                AttrValue::True => name.to_owned(),
                _ => continue,
            };
            return Err(Error::Filtered { path: path.clone(), attribute });
        }
        Ok(())
    }

    fn on_disk_form(&self, path: &RepoPath) -> Result<OnDisk> {
        let attribute = |name| self.attribute(path, name);
        let text = match attribute("text")? {
            Some(text) => Some(text),
            None => attribute("crlf")?,
        };
        let eol = attribute("eol")?;
        let (text, eol) = (AttrValue::from_string(text.as_deref()), AttrValue::from_string(eol.as_deref()));
        let named = |value: AttrValue<'_>, wanted: &str| matches!(value, AttrValue::String(text) if text == wanted);
        let automatic = named(text, "auto");
        if text == AttrValue::False || named(text, "input") || named(eol, "lf") {
            return Ok(OnDisk::Same);
        }
        if named(eol, "crlf") {
            return Ok(if automatic { OnDisk::CrlfIfText } else { OnDisk::Crlf });
        }
        let unspecified = text == AttrValue::Unspecified;
        let autocrlf = self.git_setting("core.autocrlf").unwrap_or_default().to_ascii_lowercase();
        let returns = match autocrlf.as_str() {
            "true" | "yes" | "on" | "1" => true,
            "input" => false,
            _ if unspecified => false,
            _ => match self.git_setting("core.eol").as_deref() {
                Some("crlf") => true,
                Some("lf") => false,
                _ => cfg!(windows),
            },
        };
        Ok(match (returns, automatic || unspecified) {
            (false, _) => OnDisk::Same,
            (true, true) => OnDisk::CrlfIfText,
            (true, false) => OnDisk::Crlf,
        })
    }

    fn attribute(&self, path: &RepoPath, name: &str) -> Result<Option<String>> {
        let value = self.git.get_attr(Path::new(path.as_str()), name, AttrCheckFlags::FILE_THEN_INDEX);
        Ok(value.during("read the attributes of", path)?.map(str::to_owned))
    }
}

/// Git's own guess: no zero byte, and few control characters.
fn looks_like_text(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 1..=7 | 11 | 14..=26 | 28..=31 | 127);
    let odd = bytes.iter().filter(control).count();
    !bytes.contains(&0) && bytes.len().saturating_sub(odd) >> 7 >= odd
}

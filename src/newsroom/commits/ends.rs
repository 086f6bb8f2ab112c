//! Where a range begins and ends.

use std::str::FromStr;

use crate::article::ObjectId;
use crate::newsroom::error::{Error, Result};
use crate::repository::Repository;

/// A range of commits as git writes it, `A..B`: what B follows and A does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// Where it begins; none for where B left the public version (or, of the public version itself, its beginning).
    pub from: Option<String>,
    /// Where it ends.
    pub to: String,
}

impl FromStr for Between {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (from, to) = text.split_once("..").ok_or_else(|| "write it as A..B".to_owned())?;
        if to.starts_with('.') {
            return Err("write it with two dots: A..B".to_owned());
        }
        // What git tells a hook, and a forge a workflow, of a branch that was not there before.
        let nothing = from.is_empty() || (from.len() >= 40 && from.bytes().all(|byte| byte == b'0'));
        let to = if to.is_empty() { "HEAD" } else { to };
        Ok(Self { from: (!nothing).then(|| from.to_owned()), to: to.to_owned() })
    }
}

/// The commit that `name` means.
pub(in crate::newsroom) fn commit(repository: &Repository, name: &str) -> Result<ObjectId> {
    if let Some(id) = repository.revision(name)? {
        return Ok(id);
    }
    let is_id = name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let shallow = repository.is_shallow();
    if is_id || shallow {
        return Err(Error::NotHere { name: name.to_owned(), shallow });
    }
    Err(Error::NoRevision(name.to_owned()))
}

/// Whether nothing that `commits` follow is missing.
pub(super) fn whole(repository: &Repository, commits: &[ObjectId]) -> Result<()> {
    let cuts = repository.cuts();
    match commits.iter().find(|commit| cuts.contains(commit)) {
        Some(commit) => Err(Error::CutShort(*commit)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, from: Option<&str>, to: &str) {
        assert_eq!(text.parse(), Ok(Between { from: from.map(str::to_owned), to: to.to_owned() }), "{text}");
    }

    #[test]
    fn a_range_is_written_as_git_writes_it() {
        reads("main..desk/ferry", Some("main"), "desk/ferry");
        reads("main..", Some("main"), "HEAD");
        reads("..desk/ferry", None, "desk/ferry");
        reads("0000000000000000000000000000000000000000..HEAD", None, "HEAD");
        reads("HEAD~2..HEAD", Some("HEAD~2"), "HEAD");
        for wrong in ["main", "", "main...HEAD"] {
            assert!(wrong.parse::<Between>().is_err(), "{wrong}");
        }
    }
}

//! Files outside the newsroom: one that somebody brings in, and the folder that a built site is written to.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::error::{DuringFile as _, Error, Result};
use crate::article::RepoPath;

/// The largest file that is brought in, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The list of what the last build wrote, so that the next one takes out what is public no more.
const LIST: &str = ".desk-build";

/// The bytes of a file that somebody named; none when it is not there.
pub fn read_outside(path: &Path) -> Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::File { act: "open", path: path.to_owned(), source }),
    };
    let metadata = file.metadata().during_file("look at", path)?;
    if metadata.is_dir() || metadata.len() > LARGEST {
        let why = if metadata.is_dir() { "it is a folder" } else { "it is larger than 64 MB" };
        let source = io::Error::new(io::ErrorKind::InvalidInput, why);
        return Err(Error::File { act: "bring in", path: path.to_owned(), source });
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).during_file("read", path)?;
    Ok(Some(bytes))
}

/// What writing a site did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub changed: usize,
    /// Files that were as they should be.
    pub same: usize,
    /// Files that an earlier build wrote and that are no part of the site any more.
    pub removed: usize,
}

/// Makes `folder` hold exactly these files of a site, beside whatever else somebody keeps there: a file whose bytes are
/// the same is not touched, and what an earlier build wrote and this one does not goes.
pub fn write_site<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a RepoPath, &'a [u8])>) -> Result<Written> {
    fs::create_dir_all(folder).during_file("make", folder)?;
    let before = listed(folder)?;
    let mut written = Written::default();
    let mut now = BTreeSet::new();
    for (path, bytes) in files {
        now.insert(path.as_str().to_owned());
        let full = folder.join(path.as_str());
        refuse_links(folder, path)?;
        if fs::read(&full).is_ok_and(|found| found == bytes) {
            written.same += 1;
            continue;
        }
        let parent = full.parent().unwrap_or(folder);
        fs::create_dir_all(parent).during_file("make", parent)?;
        replace(parent, &full, bytes)?;
        written.changed += 1;
    }
    for stale in before.difference(&now) {
        let Ok(path) = RepoPath::new(stale.as_str()) else { continue };
        refuse_links(folder, &path)?;
        let full = folder.join(path.as_str());
        match fs::remove_file(&full) {
            Ok(()) => written.removed += 1,
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(Error::File { act: "take out", path: full, source }),
        }
        let mut empty = full.parent();
        while let Some(parent) = empty.filter(|parent| *parent != folder && fs::remove_dir(parent).is_ok()) {
            empty = parent.parent();
        }
    }
    let list: String = now.iter().map(|path| format!("{path}\n")).collect();
    replace(folder, &folder.join(LIST), list.as_bytes())?;
    Ok(written)
}

fn listed(folder: &Path) -> Result<BTreeSet<String>> {
    let list = folder.join(LIST);
    match fs::read_to_string(&list) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(source) => Err(Error::File { act: "read", path: list, source }),
    }
}

/// A link in the folder of a site could lead a page anywhere.
fn refuse_links(folder: &Path, path: &RepoPath) -> Result<()> {
    let mut full = folder.to_owned();
    for part in path.as_str().split('/') {
        full.push(part);
        if full.symlink_metadata().is_ok_and(|metadata| metadata.file_type().is_symlink()) {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "it is a link");
            return Err(Error::File { act: "write through", path: full, source });
        }
    }
    Ok(())
}

fn replace(parent: &Path, full: &Path, bytes: &[u8]) -> Result<()> {
    let mut fresh = tempfile::Builder::new()
        .prefix(".desk-")
        .permissions_if_unix()
        .tempfile_in(parent)
        .during_file("write in", parent)?;
    fresh.write_all(bytes).during_file("write", full)?;
    fresh.persist(full).map_err(|error| error.error).during_file("write", full)?;
    Ok(())
}

/// Pages are for everybody to read; a temporary file is not, unless told so.
trait Readable {
    fn permissions_if_unix(&mut self) -> &mut Self;
}

impl Readable for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_if_unix(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        self.permissions(fs::Permissions::from_mode(0o644))
    }

    #[cfg(not(unix))]
    fn permissions_if_unix(&mut self) -> &mut Self {
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn a_site_is_exactly_what_was_built_and_nothing_else_goes() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let (page, old) = (path("2026/ferry/index.html"), path("2026/pier/index.html"));
        let first = write_site(&out, [(&page, &b"a"[..]), (&old, &b"b"[..])]).unwrap();
        assert_eq!(first, Written { changed: 2, same: 0, removed: 0 });
        fs::write(out.join("CNAME"), "post.example").unwrap();
        let second = write_site(&out, [(&page, &b"a"[..])]).unwrap();
        assert_eq!(second, Written { changed: 0, same: 1, removed: 1 });
        assert!(out.join("CNAME").exists() && !out.join("2026/pier").exists());
    }

    #[cfg(unix)]
    #[test]
    fn no_page_is_written_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        fs::create_dir_all(&out).unwrap();
        std::os::unix::fs::symlink(folder.path(), out.join("2026")).unwrap();
        assert!(write_site(&out, [(&path("2026/index.html"), &b"a"[..])]).is_err());
        assert!(!folder.path().join("index.html").exists());
    }
}

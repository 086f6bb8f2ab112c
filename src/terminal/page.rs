//! The page that a CI run shows beside its log, where it names a file for one.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use super::Error;

/// Adds `text` to the page at `path`.
pub fn add_to_page(path: &Path, text: &[u8]) -> Result<(), Error> {
    let written = OpenOptions::new().append(true).create(true).open(path).and_then(|mut page| page.write_all(text));
    written.map_err(|source| Error::Page { path: path.to_owned(), source })
}

//! The files below `styles/`, as bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The files below `styles/`, by their paths from there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    files: BTreeMap<String, Vec<u8>>,
}

impl Shelf {
    /// From paths below `styles/`, with `/` between their parts, and what the files hold.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The names of all rules there are, `Package.Rule`, whether they are switched on or not.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.files
            .keys()
            .filter_map(|path| name_of(path))
            .chain(super::built_in::NAMES.iter().map(|&name| name.to_owned()))
    }

    /// The file of a rule.
    pub(super) fn path_of(&self, rule: &str) -> Option<&str> {
        self.files.keys().map(String::as_str).find(|path| name_of(path).as_deref() == Some(rule))
    }

    /// The paths that begin with `folder`, in order.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.files.range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded));
        from.map(|(path, _)| path.as_str()).take_while(move |path| path.starts_with(folder))
    }

    /// A file as text; what is not UTF-8 in it is replaced.
    pub(super) fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        let bytes = self.files.get(path)?;
        Some(String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)))
    }
}

/// The rule that a path is the file of: the last folder's name and its own.
pub(super) fn name_of(path: &str) -> Option<String> {
    if path.starts_with("config/") || path.starts_with("Vocab/") {
        return None;
    }
    let (folder, file) = path.rsplit_once('/')?;
    let rule = file.strip_suffix(".yml")?.split('.').next()?;
    let style = folder.rsplit('/').next()?;
    (!rule.is_empty() && !style.is_empty()).then(|| format!("{style}.{rule}"))
}

//! Where a page stands, and how other pages point to it.

use crate::article::{RepoPath, Slug};

use super::page::{PublicArticle, Reason, SiteInfo};

/// The folder of a page below the site's root. Its parts are names, never `..`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    folder: RepoPath,
}

impl Address {
    /// The address of an article: its folder below `root`, unless `path` or `slug` names another. What cannot be used
    /// is added to `faults`.
    pub(super) fn of(article: &PublicArticle, root: &RepoPath, faults: &mut Vec<Reason>) -> Option<Self> {
        let Some(below) = article.home.below(root) else {
            faults.push(Reason::Elsewhere);
            return None;
        };
        let folder = RepoPath::new(below.strip_suffix(".md").unwrap_or(below)).ok()?;
        let word = |key| article.document.value(key).and_then(|value| value.as_str());
        if let Some(path) = word("path") {
            match Self::written(path) {
                Some(address) => return Some(address),
                None => faults.push(Reason::Address(path.to_owned())),
            }
        }
        if let Some(slug) = word("slug") {
            let path = |slug: Slug| match folder.parent() {
                Some(parent) => parent.join(slug.as_str()),
                None => RepoPath::new(slug.as_str()),
            };
            match Slug::new(slug).ok().and_then(|slug| path(slug).ok()) {
                Some(folder) => return Some(Self { folder }),
                None => faults.push(Reason::Address(slug.to_owned())),
            }
        }
        Some(Self { folder })
    }

    /// An address that somebody wrote, such as `/2026/old-name/`.
    fn written(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let sound = path.split('/').all(|part| Slug::new(part).is_ok());
        sound.then(|| RepoPath::new(path).ok()).flatten().map(|folder| Self { folder })
    }

    /// A page of desk's own: `folder` is one of its words, `name` a slug.
    pub(super) fn own(folder: &str, name: Option<&Slug>) -> Option<Self> {
        let folder = match name {
            Some(name) => format!("{folder}/{name}"),
            None => folder.to_owned(),
        };
        RepoPath::new(folder).ok().map(|folder| Self { folder })
    }

    /// The page's file.
    pub(super) fn page(&self) -> RepoPath {
        self.beside("index.html").unwrap_or_else(|| self.folder.clone())
    }

    /// A file beside the page.
    pub(super) fn beside(&self, file: &str) -> Option<RepoPath> {
        self.folder.join(file).ok()
    }

    /// As part of a link: from the site's root, percent-encoded, with `/` at its end.
    pub(super) fn href(&self) -> String {
        format!("{}/", encoded(self.folder.as_str()))
    }

    /// Where readers find it: with the site's address before it if there is one.
    pub(super) fn absolute(&self, url: Option<&str>) -> String {
        format!("{}/{}", url.unwrap_or_default().trim_end_matches('/'), self.href())
    }

    /// The way from the page to the site's root: `../` for each folder.
    pub(super) fn to_root(&self) -> String {
        "../".repeat(self.folder.as_str().split('/').count())
    }
}

/// Where readers find an article once the site is built; none when it has no address.
pub fn address_of(info: &SiteInfo, article: &PublicArticle) -> Option<String> {
    Some(Address::of(article, &info.root, &mut Vec::new())?.absolute(info.url.as_deref()))
}

/// The file that sends readers of an old address on, or none when the address cannot be used. `/old/` and `old` are
/// folders, `/old.html` is a file.
pub(super) fn alias_file(alias: &str) -> Option<RepoPath> {
    let trimmed = alias.trim_matches('/');
    let address = Address::written(trimmed)?;
    match trimmed.rsplit_once('.') {
        Some((_, "html" | "htm")) => Some(address.folder),
        _ => Some(address.page()),
    }
}

/// `path` as it stands in a link: everything but unreserved characters and `/` percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' | b'+' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `encoded` undone, when it was text.
pub(super) fn decoded(link: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Document;

    #[track_caller]
    fn check(home: &str, front: &str, href: Option<&str>, faults: usize) {
        let path = RepoPath::new(format!("{home}/index.md")).expect("sound");
        let document = Document::read(path, format!("+++\n{front}\n+++\n").as_bytes()).0;
        let home = RepoPath::new(home).expect("sound");
        let article = PublicArticle { document, home, files: Vec::new(), first_published: None, last_changed: None };
        let mut said = Vec::new();
        let address = Address::of(&article, &RepoPath::new("articles").expect("sound"), &mut said);
        assert_eq!(address.map(|address| address.href()).as_deref(), href);
        assert_eq!(said.len(), faults, "{said:?}");
    }

    #[test]
    fn an_address_is_the_folder_unless_the_writer_says_otherwise() {
        check("articles/2026/07/ferry", "", Some("2026/07/ferry/"), 0);
        check("articles/2026/07/ferry", "slug = \"boats\"", Some("2026/07/boats/"), 0);
        check("articles/2026/07/ferry", "path = \"/sea/boats/\"\nslug = \"x\"", Some("sea/boats/"), 0);
        check("articles/ferry", "slug = \"boats\"", Some("boats/"), 0);
        check("articles/요금", "", Some("%EC%9A%94%EA%B8%88/"), 0);
        check("articles/brief.md", "", Some("brief/"), 0);
    }

    #[test]
    fn no_address_leaves_the_site() {
        for bad in ["../x", "a/b", "", "..", "/etc", "a\\\\b", "javascript:alert(1)"] {
            check("articles/2026/ferry", &format!("slug = \"{bad}\""), Some("2026/ferry/"), 1);
        }
        for bad in ["../x", "a//b", "", "a/../b", "//evil.example/x", "a\\\\b", "https://x.example/"] {
            check("articles/2026/ferry", &format!("path = \"{bad}\""), Some("2026/ferry/"), 1);
            assert_eq!(alias_file(bad).filter(|_| bad != "//evil.example/x"), None, "{bad}");
        }
        check("elsewhere/ferry", "", None, 1);
        check("articles", "", None, 1);
    }

    #[test]
    fn aliases_are_folders_or_files() {
        let file = |alias| alias_file(alias).map(|path| path.as_str().to_owned());
        assert_eq!(file("/old/name/").as_deref(), Some("old/name/index.html"));
        assert_eq!(file("old").as_deref(), Some("old/index.html"));
        assert_eq!(file("/old/name.html").as_deref(), Some("old/name.html"));
    }

    proptest::proptest! {
        #[test]
        fn encoding_is_undone_by_decoding(text in "\\PC{0,40}") {
            let link = encoded(&text);
            proptest::prop_assert!(link.is_ascii() && !link.contains(['"', '<', '>', ' ', '?', '#', ':']));
            proptest::prop_assert_eq!(decoded(&link), Some(text));
        }
    }
}

//! Where a file is in the repository, and names that travel well.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// A path relative to the repository's root, `/` between its parts. Never absolute, never empty, never with `.`, `..`,
/// `.git`, a backslash, a colon after a drive letter or a control character: it cannot leave the tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepoPath(String);

/// A path that could leave the repository, or that not every system can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path inside the newsroom")]
pub struct InvalidPath(pub String);

impl TryFrom<String> for RepoPath {
    type Error = InvalidPath;

    fn try_from(path: String) -> Result<Self, InvalidPath> {
        Self::new(path)
    }
}

impl From<RepoPath> for String {
    fn from(path: RepoPath) -> Self {
        path.0
    }
}

impl RepoPath {
    /// Checks `path`.
    pub fn new(path: impl Into<String>) -> Result<Self, InvalidPath> {
        let path = path.into();
        if path.len() <= 4096 && path.split('/').all(sound_part) { Ok(Self(path)) } else { Err(InvalidPath(path)) }
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `self/rest`, where `rest` may have several parts.
    pub fn join(&self, rest: &str) -> Result<Self, InvalidPath> {
        Self::new(format!("{}/{rest}", self.0))
    }

    /// The folder it is in, none at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its ending.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// Whether it is `folder` or lies below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        self.below(folder).is_some() || self == folder
    }

    /// What is left of it below `folder`; none when it lies elsewhere or is the folder itself.
    pub fn below(&self, folder: &Self) -> Option<&str> {
        self.0.strip_prefix(&folder.0)?.strip_prefix('/')
    }
}

fn sound_part(part: &str) -> bool {
    !matches!(part, "" | "." | "..")
        && !part.eq_ignore_ascii_case(".git")
        && part.len() <= 255
        && !part.chars().any(|character| character == '\\' || character.is_control())
}

impl fmt::Display for RepoPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl AsRef<str> for RepoPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for RepoPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl FromStr for RepoPath {
    type Err = InvalidPath;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

/// The short name of an article in its address and on the command line. In a newsroom that desk made: lower-case
/// letters, digits and single hyphens. An adopted repository's file names are kept as they are, so a slug may also hold
/// capitals, dots and `@`, but nothing that could climb out of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// Text that cannot be a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot be a slug (use letters, digits and hyphens)")]
pub struct InvalidSlug(pub String);

impl Slug {
    /// Longest slug that `from_title` makes, in bytes.
    const LONGEST: usize = 80;

    /// Checks a slug that somebody wrote.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidSlug> {
        let text = text.into();
        let sound = !text.is_empty()
            && text.len() <= 200
            && !text.starts_with(['.', '-'])
            && !text.ends_with('.')
            && !text.contains("..")
            && !text.eq_ignore_ascii_case("index")
            && !is_reserved(&text)
            && text.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '_' | '.' | '@' | '+' | '~'));
        if sound { Ok(Self(text)) } else { Err(InvalidSlug(text)) }
    }

    /// Makes a slug from a title: folded to ASCII where that is possible, lower case, hyphens between words.
    pub fn from_title(title: &str) -> Option<Self> {
        let mut slug = String::new();
        for one in title.chars().flat_map(fold) {
            match one {
                'a'..='z' | '0'..='9' => slug.push(one),
                '\'' | '\u{2019}' => {}
                _ if one.is_alphanumeric() => slug.extend(one.to_lowercase()),
                _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
        }
        while slug.len() > Self::LONGEST {
            let cut = slug.rfind('-').unwrap_or_else(|| slug.char_indices().rev().nth(1).map_or(0, |(at, _)| at));
            slug.truncate(cut);
        }
        Self::new(slug.trim_matches('-')).ok()
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names that Windows keeps for devices.
fn is_reserved(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text).to_ascii_lowercase();
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"].iter().any(|device| {
            stem.strip_prefix(device)
                .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

/// The plain letters of one accented Latin letter; any other character as it is.
fn fold(one: char) -> impl Iterator<Item = char> {
    let plain: &'static str = match one.to_lowercase().next().unwrap_or(one) {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => "e",
        'ğ' | 'ĝ' | 'ġ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
        'ö' | 'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        _ => "",
    };
    let kept = plain.is_empty().then_some(one);
    plain.chars().chain(kept.into_iter().flat_map(char::to_lowercase))
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_tree() {
        for bad in
            ["", "/etc", "../x", "a/../b", "a//b", "a/", "./a", ".git/config", "a/.GIT/x", "a\\b", "a\0b", "a\nb"]
        {
            assert!(RepoPath::new(bad).is_err(), "{bad:?}");
        }
        let path = RepoPath::new("articles/2026/07/dredging/index.md").expect("a sound path");
        let folder = path.parent().expect("a folder");
        assert_eq!(folder.name(), "dredging");
        assert_eq!(path.stem(), "index");
        assert_eq!(path.below(&folder), Some("index.md"));
        assert!(!RepoPath::new("articles/2026/07/dredging-2").expect("sound").is_within(&folder));
    }

    #[test]
    fn titles_become_slugs() {
        let slug = |title| Slug::from_title(title).map(|slug| slug.0);
        assert_eq!(slug("Harbor dredging slips to spring").as_deref(), Some("harbor-dredging-slips-to-spring"));
        assert_eq!(slug("  S. Korea’s “talks” — 100% ").as_deref(), Some("s-koreas-talks-100"));
        assert_eq!(slug("Über den Fluß").as_deref(), Some("ueber-den-fluss"));
        assert_eq!(slug("한미 국방장관 회담").as_deref(), Some("한미-국방장관-회담"));
        assert_eq!(slug("???"), None);
        assert_eq!(slug("CON"), None);
        assert!(slug(&"word ".repeat(60)).is_some_and(|slug| slug.len() <= 80 && slug.ends_with("word")));
    }

    #[test]
    fn slugs_cannot_climb() {
        for bad in ["", "..", "a/b", "..\\x", ".hidden", "a..b", "con", "lpt1.txt", "a b", "x\u{202e}y", "-x"] {
            assert!(Slug::new(bad).is_err(), "{bad:?}");
        }
        for good in ["v1.2-Release", "talk@home", "Ferry_Fares"] {
            assert!(Slug::new(good).is_ok(), "{good}");
        }
    }
}

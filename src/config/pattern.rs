//! Where an article goes: `{year}/{month}/{slug}` (a folder) or `{section}/{slug}.md` (one file).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::Glob;
use crate::article::{RepoPath, Slug};

/// A pattern for the places of new articles, below the articles' root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern {
    /// The parts between slashes, the ending `.md` left out.
    parts: Vec<Vec<Piece>>,
    single_file: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Year,
    Month,
    Day,
    Section,
    Slug,
}

/// The words that may stand in braces.
const WORDS: [(&str, Piece); 5] = [
    ("year", Piece::Year),
    ("month", Piece::Month),
    ("day", Piece::Day),
    ("section", Piece::Section),
    ("slug", Piece::Slug),
];

/// Text that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPattern {
    /// A word in braces that means nothing.
    #[error("`{{{0}}}` means nothing here (known: {{year}}, {{month}}, {{day}}, {{section}}, {{slug}})")]
    Word(String),
    /// A brace without its partner.
    #[error("a brace is left open in `{0}`")]
    Brace(String),
    /// The last part does not say which article it is.
    #[error("`{0}` must have {{slug}} once, in its last part")]
    Slug(String),
    /// It would leave the articles' folder.
    #[error("`{0}` is not a path below the articles' folder")]
    Path(String),
}

/// Why an article has no place yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    /// The pattern names a section and the article has none.
    #[error("an article's folder is named by its section here, and this one has no section")]
    Section,
    /// The parts do not make a path that every system can hold.
    #[error(transparent)]
    Path(#[from] crate::article::InvalidPath),
}

/// Where one article is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder of a bundle, or the one file.
    pub home: RepoPath,
    /// The file with its words.
    pub main: RepoPath,
}

impl PathPattern {
    /// Whether an article is one file rather than a folder.
    pub fn is_single_file(&self) -> bool {
        self.single_file
    }

    /// Whether an article needs a section to have a place.
    pub fn needs_section(&self) -> bool {
        self.parts.iter().flatten().any(|piece| *piece == Piece::Section)
    }

    /// A pattern for the places of all articles of `section` below `root`; none where a place does not tell the section.
    pub fn of_section(&self, root: &RepoPath, section: &str) -> Option<Glob> {
        let section = Slug::from_title(section).filter(|_| self.needs_section())?;
        let part = |part: &Vec<Piece>| -> String {
            let piece = |piece: &Piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Section => section.to_string(),
                Piece::Year | Piece::Month | Piece::Day | Piece::Slug => "*".to_owned(),
            };
            part.iter().map(piece).collect()
        };
        let below: Vec<String> = self.parts.iter().map(part).collect();
        let ending = if self.single_file { ".md" } else { "" };
        format!("{root}/{}{ending}", below.join("/")).parse().ok()
    }

    /// The place below `root` of an article of this name, day and section.
    pub fn place(&self, root: &RepoPath, slug: &Slug, date: Date, section: Option<&str>) -> Result<Place, NoPlace> {
        let section = section.and_then(Slug::from_title);
        let mut below = String::new();
        for part in &self.parts {
            if !below.is_empty() {
                below.push('/');
            }
            for piece in part {
                match piece {
                    Piece::Text(text) => below.push_str(text),
                    Piece::Year => below.push_str(&format!("{:04}", date.year())),
                    Piece::Month => below.push_str(&format!("{:02}", date.month())),
                    Piece::Day => below.push_str(&format!("{:02}", date.day())),
                    Piece::Section => below.push_str(section.as_ref().ok_or(NoPlace::Section)?.as_str()),
                    Piece::Slug => below.push_str(slug.as_str()),
                }
            }
        }
        if self.single_file {
            let main = root.join(&format!("{below}.md"))?;
            return Ok(Place { home: main.clone(), main });
        }
        let home = root.join(&below)?;
        Ok(Place { main: home.join("index.md")?, home })
    }

    /// The slug of the article whose words are in `main`: what stands at `{slug}` where the last part fits the pattern,
    /// otherwise the folder's or file's own name.
    pub(super) fn slug(&self, root: &RepoPath, main: &RepoPath) -> Option<Slug> {
        main.below(root)?;
        let folder = if main.name() == "index.md" { Some(main.parent()?) } else { None };
        let name = folder.as_ref().map_or(main.stem(), RepoPath::name);
        let last = self.parts.last()?;
        let inner = fitting(last, name).and_then(|inner| Slug::new(inner).ok());
        inner.or_else(|| Slug::new(name).ok())
    }
}

/// What stands at `{slug}` in `name`, when the rest of it fits.
fn fitting<'a>(part: &[Piece], name: &'a str) -> Option<&'a str> {
    let at = part.iter().position(|piece| *piece == Piece::Slug)?;
    let mut rest = name;
    for piece in &part[..at] {
        rest = match piece {
            Piece::Text(text) => rest.strip_prefix(text.as_str())?,
            Piece::Year => digits(rest, 4)?,
            Piece::Month | Piece::Day => digits(rest, 2)?,
            Piece::Section | Piece::Slug => return None,
        };
    }
    for piece in part[at + 1..].iter().rev() {
        rest = match piece {
            Piece::Text(text) => rest.strip_suffix(text.as_str())?,
            _ => return None,
        };
    }
    Some(rest)
}

fn digits(text: &str, count: usize) -> Option<&str> {
    let found = text.bytes().take_while(u8::is_ascii_digit).take(count).count();
    if found == count { Some(&text[count..]) } else { None }
}

impl FromStr for PathPattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let (body, single_file) = text.strip_suffix(".md").map_or((text, false), |body| (body, true));
        let sample = body.replace(['{', '}'], "");
        if RepoPath::new(sample).is_err() || body.split('/').any(|part| part.starts_with('.') || part == "_index") {
            return Err(InvalidPattern::Path(text.to_owned()));
        }
        let parts: Vec<Vec<Piece>> = body.split('/').map(|part| pieces(part, text)).collect::<Result<_, _>>()?;
        let slugs = |part: &Vec<Piece>| part.iter().filter(|piece| **piece == Piece::Slug).count();
        let total: usize = parts.iter().map(slugs).sum();
        if total != 1 || parts.last().map(slugs) != Some(1) {
            return Err(InvalidPattern::Slug(text.to_owned()));
        }
        Ok(Self { parts, single_file })
    }
}

fn pieces(part: &str, whole: &str) -> Result<Vec<Piece>, InvalidPattern> {
    let mut pieces = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let open = rest.find('{').unwrap_or(rest.len());
        if rest[..open].contains('}') {
            return Err(InvalidPattern::Brace(whole.to_owned()));
        }
        if open > 0 {
            pieces.push(Piece::Text(rest[..open].to_owned()));
        }
        if open == rest.len() {
            break;
        }
        let close = rest.find('}').ok_or_else(|| InvalidPattern::Brace(whole.to_owned()))?;
        let word = &rest[open + 1..close];
        let found = WORDS.iter().find(|(known, _)| *known == word);
        pieces.push(found.ok_or_else(|| InvalidPattern::Word(word.to_owned()))?.1.clone());
        rest = &rest[close + 1..];
    }
    Ok(pieces)
}

impl fmt::Display for PathPattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                out.write_str("/")?;
            }
            for piece in part {
                match WORDS.iter().find(|(_, known)| known == piece) {
                    Some((word, _)) => write!(out, "{{{word}}}")?,
                    None => {
                        if let Piece::Text(text) = piece {
                            out.write_str(text)?;
                        }
                    }
                }
            }
        }
        if self.single_file { out.write_str(".md") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).expect("a sound path")
    }

    #[track_caller]
    fn check(pattern: &str, slug: &str, section: Option<&str>, expected: &str) {
        let pattern: PathPattern = pattern.parse().expect("a pattern");
        let slug = Slug::new(slug).expect("a slug");
        let root = path("articles");
        let place = pattern.place(&root, &slug, jiff::civil::date(2026, 7, 5), section).expect("a place");
        assert_eq!(place.main.as_str(), expected);
        assert_eq!(pattern.slug(&root, &place.main), Some(slug));
        assert_eq!(pattern.to_string().parse(), Ok(pattern));
    }

    #[test]
    fn articles_have_places_and_places_have_slugs() {
        check("{year}/{month}/{slug}", "ferry", None, "articles/2026/07/ferry/index.md");
        check("{slug}", "ferry", None, "articles/ferry/index.md");
        check("{section}/{slug}.md", "v1.2-Talk@home", Some("Arts & Life"), "articles/arts-life/v1.2-Talk@home.md");
        check("{year}-{month}-{day}-{slug}.md", "ferry", None, "articles/2026-07-05-ferry.md");
        check("posts/{slug}/", "ferry", None, "articles/posts/ferry/index.md");
    }

    #[test]
    fn a_section_has_places_where_the_pattern_names_it() {
        let of = |pattern: &str, section: &str| {
            let pattern: PathPattern = pattern.parse().expect("a pattern");
            pattern.of_section(&path("articles"), section).map(|glob| glob.to_string())
        };
        assert_eq!(of("{year}/{section}/{slug}", "Arts & Life").as_deref(), Some("articles/*/arts-life/*"));
        assert_eq!(of("{section}/{year}-{slug}.md", "courts").as_deref(), Some("articles/courts/*-*.md"));
        assert_eq!(of("{year}/{slug}", "courts"), None);
    }

    #[test]
    fn a_place_that_does_not_fit_the_pattern_still_names_its_article() {
        let pattern: PathPattern = "{year}-{month}-{day}-{slug}.md".parse().expect("a pattern");
        let slug = |main: &str| pattern.slug(&path("content"), &path(main)).map(|slug| slug.to_string());
        assert_eq!(slug("content/2025-12-19-Quiet@Night.md").as_deref(), Some("Quiet@Night"));
        assert_eq!(slug("content/blog/Release-1.2.md").as_deref(), Some("Release-1.2"));
        assert_eq!(slug("content/blog/talk/index.md").as_deref(), Some("talk"));
        assert_eq!(slug("content/a b.md"), None);
        assert_eq!(slug("elsewhere/a.md"), None);
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        for (bad, reason) in [
            ("{year}", "{slug} once"),
            ("{slug}/{year}", "{slug} once"),
            ("{slug}-{slug}", "{slug} once"),
            ("{yaer}/{slug}", "means nothing"),
            ("{slug", "left open"),
            ("slug}", "left open"),
            ("../{slug}", "not a path"),
            ("/{slug}", "not a path"),
            ("", "not a path"),
            (".hidden/{slug}", "not a path"),
        ] {
            let error = bad.parse::<PathPattern>().expect_err(bad).to_string();
            assert!(error.contains(reason), "{bad}: {error}");
        }
    }
}

//! Paths by pattern: `*` and `?` stay inside one part, `**` spans parts.

use std::fmt;
use std::str::FromStr;

use crate::article::RepoPath;

/// A pattern for paths, such as `articles/legacy/**` or `**/courts/*.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob(String);

/// A pattern that could match nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path pattern (write it from the newsroom's root, as `articles/legacy/**`)")]
pub struct InvalidGlob(pub String);

impl Glob {
    /// Whether `path`, or a folder it lies in, is meant.
    pub fn matches(&self, path: &RepoPath) -> bool {
        let pattern: Vec<&str> = self.0.split('/').collect();
        let parts: Vec<&str> = path.as_str().split('/').collect();
        parts_match(&pattern, &parts)
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which prefixes of the path the pattern reaches, part by part: no pattern takes more than pattern times path steps.
fn parts_match(pattern: &[&str], parts: &[&str]) -> bool {
    let (pattern, below) = match pattern {
        [before @ .., "**"] => (before, true),
        all => (all, false),
    };
    let mut reached = vec![false; parts.len() + 1];
    reached[0] = true;
    for one in pattern {
        let mut next = vec![false; parts.len() + 1];
        if *one == "**" {
            let mut open = false;
            for (place, slot) in next.iter_mut().enumerate() {
                open |= reached[place];
                *slot = open;
            }
        } else {
            for (place, part) in parts.iter().enumerate() {
                next[place + 1] = reached[place] && part_matches(one, part);
            }
        }
        reached = next;
    }
    // A closing `**` wants something below the folder; a pattern that names a folder means everything in it.
    if below { reached[..parts.len()].contains(&true) } else { reached[1..].contains(&true) }
}

fn part_matches(pattern: &str, part: &str) -> bool {
    let text: Vec<char> = part.chars().collect();
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for one in pattern.chars() {
        let mut next = vec![false; text.len() + 1];
        let mut open = false;
        for place in 0..=text.len() {
            open |= reached[place];
            next[place] = match one {
                '*' => open,
                _ => place > 0 && reached[place - 1] && (one == '?' || one == text[place - 1]),
            };
        }
        reached = next;
    }
    reached[text.len()]
}

impl FromStr for Glob {
    type Err = InvalidGlob;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_suffix('/').unwrap_or(text);
        if RepoPath::new(text).is_ok() { Ok(Self(text.to_owned())) } else { Err(InvalidGlob(text.to_owned())) }
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: bool) {
        let glob: Glob = pattern.parse().expect("a pattern");
        assert_eq!(glob.matches(&RepoPath::new(path).expect("a path")), expected, "{pattern} {path}");
    }

    #[test]
    fn patterns_match_as_people_expect() {
        check("articles/legacy/**", "articles/legacy/a/index.md", true);
        check("articles/legacy/**", "articles/legacy", false);
        check("articles/legacy/**", "articles/legacy2/a.md", false);
        check("articles/legacy", "articles/legacy/a.md", true);
        check("articles/legacy/", "articles/legacy/a.md", true);
        check("articles/*", "articles/legacy/a.md", true);
        check("**/courts/*.md", "articles/2026/courts/trial.md", true);
        check("**/courts/*.md", "courts/trial.md", true);
        check("**/courts/*.md", "courts/trial.txt", false);
        check("**/*.md", "a/b/c.md", true);
        check("a/**/z.md", "a/z.md", true);
        check("a/?.md", "a/é.md", true);
        check("a/?.md", "a/bb.md", false);
        check("a/*b*c", "a/xxbyyc", true);
        check("articles", "Articles/x.md", false);
    }

    #[test]
    fn no_pattern_is_slow() {
        check(&format!("{}x", "*a".repeat(40)), &"a".repeat(200), false);
        check(&format!("{}x", "**/a/".repeat(40)), &vec!["a"; 200].join("/"), false);
    }

    #[test]
    fn a_pattern_stays_inside() {
        for bad in ["", "/", "../x", "/etc/**"] {
            assert!(bad.parse::<Glob>().is_err(), "{bad}");
        }
    }
}

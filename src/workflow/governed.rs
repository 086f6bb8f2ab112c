//! The files that say how the newsroom works.

use super::{ADMIN, Circumstances};
use crate::article::RepoPath;
use crate::config::{Person, Review, Role};

/// Whether `path` is one of them: on the base they change only as the policy before them allows.
pub fn is_governed(path: &RepoPath) -> bool {
    let text = path.as_str();
    let file = ["desk.toml", "staff.toml", "baseline.toml", "CODEOWNERS", "docs/CODEOWNERS"];
    let folder = ["schemas/", "styles/", "templates/", ".github/"];
    file.contains(&text)
        || folder.iter().any(|folder| text.starts_with(folder))
        || matches!(path.name(), "_index.md" | ".gitattributes")
}

/// The roles that whoever changes these files must have.
pub fn governing(review: &Review) -> Vec<Role> {
    if review.governed.is_empty() { Role::new(ADMIN).into_iter().collect() } else { review.governed.clone() }
}

/// Those who may change these files.
pub fn governors(circumstances: &Circumstances) -> Vec<&Person> {
    let roles = governing(&circumstances.review);
    let people = circumstances.staff.people.iter();
    people.filter(|person| roles.iter().all(|role| person.has_role(role))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_governed_and_articles_are_not() {
        let governed = |path| is_governed(&RepoPath::new(path).expect("a path"));
        for path in [
            "desk.toml",
            "baseline.toml",
            "schemas/news.schema.json",
            ".github/CODEOWNERS",
            "a/b/_index.md",
            "a/.gitattributes",
        ] {
            assert!(governed(path), "{path}");
        }
        for path in ["articles/desk.toml", "articles/2026/a/index.md", "README.md", "records/x.toml"] {
            assert!(!governed(path), "{path}");
        }
    }
}

//! The files that say how the newsroom works.

use super::{ADMIN, Circumstances};
use crate::article::RepoPath;
use crate::config::{Person, Review, Role, Staff};

/// Files that are governed where they stand at the root.
pub const GOVERNED_FILES: [&str; 14] = [
    "desk.toml",
    "staff.toml",
    "baseline.toml",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitmodules",
    ".gitlab-ci.yml",
    // Hugo's and Zola's settings: where articles are served, and which.
    "hugo.toml",
    "hugo.yaml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.json",
    "zola.toml",
];

/// Folders at the root in which everything is: rules, templates, and what a forge does by itself.
pub const GOVERNED_FOLDERS: [&str; 10] = [
    "schemas/",
    "styles/",
    "templates/",
    "layouts/",
    "themes/",
    "config/",
    ".github/",
    ".forgejo/",
    ".gitea/",
    ".gitlab/",
];

/// Names of files that are wherever they stand.
pub const GOVERNED_NAMES: [&str; 2] = ["_index.md", ".gitattributes"];

/// Whether `path` is one of them: on the base they change only as the policy before them allows.
pub fn is_governed(path: &RepoPath) -> bool {
    let text = path.as_str();
    GOVERNED_FILES.contains(&text)
        || GOVERNED_FOLDERS.iter().any(|folder| text.starts_with(folder))
        || GOVERNED_NAMES.contains(&path.name())
        || path.name().starts_with("_index.")
}

/// What files are called of which Hugo or Zola makes pages.
const PAGES: [&str; 13] =
    ["md", "mdown", "markdown", "html", "htm", "xhtml", "org", "adoc", "asciidoc", "ad", "rst", "pandoc", "pdc"];

/// Whether a generator makes a page of a file below the articles' root, if no article takes it in.
pub fn is_page(path: &RepoPath) -> bool {
    let ending = path.name().rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| PAGES.iter().any(|page| page.eq_ignore_ascii_case(ending)))
}

/// The roles that whoever changes these files must have.
pub fn governing(review: &Review) -> Vec<Role> {
    if review.governed.is_empty() { Role::new(ADMIN).into_iter().collect() } else { review.governed.clone() }
}

/// Those who may change these files.
pub fn governors(circumstances: &Circumstances) -> Vec<&Person> {
    governors_of(&circumstances.review, &circumstances.staff)
}

/// The same by the policy and the staff list alone.
pub fn governors_of<'a>(review: &Review, staff: &'a Staff) -> Vec<&'a Person> {
    let roles = governing(review);
    staff.people.iter().filter(|person| roles.iter().all(|role| person.has_role(role))).collect()
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
            ".forgejo/CODEOWNERS",
            ".gitea/workflows/desk.yml",
            "a/b/_index.md",
            "a/_index.fr.md",
            "hugo.toml",
            "config/_default/hugo.toml",
            "layouts/page.html",
            ".gitmodules",
            "a/.gitattributes",
        ] {
            assert!(governed(path), "{path}");
        }
        for path in ["articles/desk.toml", "articles/2026/a/index.md", "README.md", "records/x.toml"] {
            assert!(!governed(path), "{path}");
        }
    }
}

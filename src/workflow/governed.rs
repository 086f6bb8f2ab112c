//! The files that say how the newsroom works.

use crate::article::RepoPath;

/// Whether `path` is one of them: on the base they change only as the policy before them allows.
pub fn is_governed(path: &RepoPath) -> bool {
    let text = path.as_str();
    let file = ["desk.toml", "staff.toml", "CODEOWNERS", "docs/CODEOWNERS"];
    let folder = ["schemas/", "styles/", "templates/", ".github/"];
    file.contains(&text)
        || folder.iter().any(|folder| text.starts_with(folder))
        || matches!(path.name(), "_index.md" | ".gitattributes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_governed_and_articles_are_not() {
        let governed = |path| is_governed(&RepoPath::new(path).expect("a path"));
        for path in ["desk.toml", "schemas/news.schema.json", ".github/CODEOWNERS", "a/b/_index.md", "a/.gitattributes"]
        {
            assert!(governed(path), "{path}");
        }
        for path in ["articles/desk.toml", "articles/2026/a/index.md", "README.md", "records/x.toml"] {
            assert!(!governed(path), "{path}");
        }
    }
}

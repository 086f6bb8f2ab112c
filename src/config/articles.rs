//! `[articles]`, and which path is what.

use super::PathPattern;
use super::read::Section;
use crate::article::{Document, RepoPath, Slug};

/// When a colleague's machine first sees an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// When it is submitted.
    Submit,
    /// At every save.
    Save,
}

/// Where articles are.
#[derive(Debug, Clone, PartialEq)]
pub struct Articles {
    /// The folder that all of them are in.
    pub root: RepoPath,
    /// Where in it a new one goes.
    pub path: PathPattern,
    /// The branch that readers are served from.
    pub base: String,
    /// When drafts leave this machine.
    pub share: Share,
}

impl Articles {
    pub(super) fn read(section: &Section<'_>) -> Self {
        Self {
            root: section
                .parsed("root", |text| RepoPath::new(text.strip_suffix('/').unwrap_or(text)))
                .expect("default.toml has one, as a test shows"),
            path: section.parsed("path", str::parse).expect("default.toml has one, as a test shows"),
            base: section.parsed("base", branch).unwrap_or_default(),
            share: section
                .choice("share", &[("submit", Share::Submit), ("save", Share::Save)])
                .unwrap_or(Share::Submit),
        }
    }

    /// Whether `path` can be the file that holds an article's words, judged by its name alone: below the root, Markdown,
    /// and neither a section's page (`_index.md`) nor a README at the root. [`Articles::mains`] knows the neighbours too.
    pub fn is_main(&self, path: &RepoPath) -> bool {
        let Some(below) = path.below(&self.root) else { return false };
        let name = path.name();
        let hidden = below.split('/').any(|part| part.starts_with('.'));
        let readme = !below.contains('/') && name.eq_ignore_ascii_case("readme.md");
        // `index.md` right at the root is the front page, and has no folder to be named by.
        name.ends_with(".md") && !name.starts_with("_index.") && !hidden && !readme && below != "index.md"
    }

    /// Of all paths of a tree those that hold an article's words: Markdown that lies in some article's own folder
    /// belongs to that article.
    pub fn mains<'a>(&self, paths: impl IntoIterator<Item = &'a RepoPath>) -> Vec<&'a RepoPath> {
        let candidates: Vec<&RepoPath> = paths.into_iter().filter(|path| self.is_main(path)).collect();
        let folders: std::collections::HashSet<&str> = candidates.iter().filter_map(|path| bundle(path)).collect();
        let inside = |path: &RepoPath| {
            let own = bundle(path);
            path.as_str()
                .match_indices('/')
                .map(|(at, _)| &path.as_str()[..at])
                .any(|folder| Some(folder) != own && folders.contains(folder))
        };
        candidates.into_iter().filter(|path| !inside(path)).collect()
    }

    /// What an article is on disk: the folder of a bundle, or the one file.
    pub fn home(&self, main: &RepoPath) -> RepoPath {
        if main.name() == "index.md" { main.parent().unwrap_or_else(|| main.clone()) } else { main.clone() }
    }

    /// The section that an article's place puts it in: the first folder below the root, unless that is the article's own
    /// or a year.
    pub fn section<'a>(&self, main: &'a RepoPath) -> Option<&'a str> {
        let below = main.below(&self.root)?;
        let home = below.strip_suffix("/index.md").unwrap_or(below);
        let (first, _) = home.split_once('/')?;
        let year = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
        if year { None } else { Some(first) }
    }

    /// The kind of an article, which names its schema: the one it says itself; of an article that desk does not keep
    /// that of its section's folder, and `page` where there is none.
    pub fn kind(&self, document: &Document) -> String {
        document.kind().map_or_else(|| self.kind_by_place(&document.path), str::to_owned)
    }

    /// The kind of an article that does not say it.
    pub fn kind_by_place(&self, main: &RepoPath) -> String {
        let section = self.section(main).and_then(Slug::from_title);
        section.map_or_else(|| "page".to_owned(), |section| section.to_string())
    }

    /// The slug that an article's place gives it.
    pub fn slug(&self, main: &RepoPath) -> Option<Slug> {
        self.path.slug(&self.root, main)
    }
}

/// The folder of `path` when it is a bundle's `index.md`.
fn bundle(path: &RepoPath) -> Option<&str> {
    path.as_str().strip_suffix("/index.md")
}

/// A branch by its short name (git-check-ref-format, as far as it keeps a name from being something else).
fn branch(text: &str) -> Result<String, String> {
    let sound = !text.is_empty()
        && text.len() <= 200
        && !text.starts_with(['-', '/', '.'])
        && !text.ends_with(['/', '.'])
        && !text.ends_with(".lock")
        && !text.contains("..")
        && !text.contains("//")
        && !text.contains("@{")
        && !text.contains("/.")
        && !text.contains(|one: char| one.is_whitespace() || one.is_control() || "~^:?*[\\".contains(one));
    if sound { Ok(text.to_owned()) } else { Err(format!("`{text}` cannot be the name of a branch")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn articles(root: &str) -> Articles {
        Articles { root: path(root), ..Config::default().articles }
    }

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).expect("a sound path")
    }

    #[test]
    fn of_a_tree_the_articles_are_found() {
        let tree = [
            "README.md",
            "content/README.md",
            "content/_index.md",
            "content/index.md",
            "content/blog/_index.fr.md",
            "content/blog/README.md",
            "content/blog/Quiet@Night-1.2.md",
            "content/blog/talk/index.md",
            "content/blog/talk/notes.md",
            "content/blog/talk/deeper/index.md",
            "content/blog/talk/photo.jpg",
            "content/.hidden/a.md",
            "contents/a.md",
        ]
        .map(path);
        let mains: Vec<&str> = articles("content").mains(&tree).into_iter().map(RepoPath::as_str).collect();
        assert_eq!(mains, ["content/blog/README.md", "content/blog/Quiet@Night-1.2.md", "content/blog/talk/index.md"]);
    }

    #[test]
    fn homes_slugs_and_sections() {
        let articles = articles("content");
        let check = |main: &str, home: &str, slug: &str, section: Option<&str>| {
            let main = path(main);
            assert_eq!(articles.home(&main).as_str(), home);
            assert_eq!(articles.slug(&main).expect("a slug").as_str(), slug);
            assert_eq!(articles.section(&main), section);
        };
        check("content/blog/talk/index.md", "content/blog/talk", "talk", Some("blog"));
        check("content/talk/index.md", "content/talk", "talk", None);
        check("content/Talk@home.md", "content/Talk@home.md", "Talk@home", None);
        check("content/2026/07/talk/index.md", "content/2026/07/talk", "talk", None);
    }

    #[test]
    fn an_article_is_of_the_kind_it_says_or_of_its_folder() {
        let kind = |place: &str, text: &str| articles("content").kind(&Document::read(path(place), text.as_bytes()).0);
        assert_eq!(kind("content/blog/a.md", "+++\n[desk]\nkind = \"news\"\n+++\n"), "news");
        assert_eq!(kind("content/Arts & Life/a.md", "+++\n+++\n"), "arts-life");
        assert_eq!(kind("content/about.md", "+++\n+++\n"), "page");
    }
}

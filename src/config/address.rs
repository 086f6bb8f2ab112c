//! At which addresses readers find an article, and what it is called.

use std::collections::BTreeSet;

use super::{Articles, Place};
use crate::article::{Document, RepoPath, Slug};
use crate::finding::Span;

/// An address on the newsroom's site, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Address {
    /// Without slashes at its ends, folded to lower case.
    pub path: String,
    /// Where the article says so; none when its folder's name says it.
    pub span: Option<Span>,
}

impl Articles {
    /// An article's slug: the one it says, else that of its place.
    pub fn slug_of(&self, document: &Document) -> Option<Slug> {
        let said = document.text_of("slug").and_then(|slug| Slug::new(slug).ok());
        said.or_else(|| self.slug(&document.path))
    }

    /// The address of an article as it is written, without slashes at its ends: its folder below the root, unless
    /// `path`, `url` or `slug` says otherwise.
    pub fn address(&self, document: &Document) -> String {
        self.own_address(document).0
    }

    /// Every address that an article answers to, its own first: two articles never share one.
    pub fn addresses(&self, document: &Document) -> Vec<Address> {
        let (own, span) = self.own_address(document);
        let aliases = document.front.get("aliases").and_then(|value| value.as_array()).unwrap_or_default();
        let aliases = aliases.iter().filter_map(|alias| Some((alias.as_str()?.to_owned(), Some(alias.span))));
        let mut seen = BTreeSet::new();
        std::iter::once((own, span))
            .chain(aliases)
            .map(|(path, span)| Address { path: folded(&path), span })
            .filter(|address| !address.path.is_empty() && seen.insert(address.path.clone()))
            .collect()
    }

    fn own_address(&self, document: &Document) -> (String, Option<Span>) {
        let own = |key: &str| document.front.get(key).and_then(|value| Some((value.as_str()?, value.span)));
        let home = self.home(&document.path);
        let below = home.below(&self.root).unwrap_or(home.as_str());
        let below = below.strip_suffix(".md").unwrap_or(below);
        let folder = below.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        match (own("path").or_else(|| own("url")), own("slug")) {
            (Some((path, span)), _) => (path.trim_matches('/').to_owned(), Some(span)),
            (None, Some((slug, span))) => (format!("{folder}{slug}"), Some(span)),
            (None, None) => (below.to_owned(), None),
        }
    }

    /// Where the article of `main` stands once it is called `to`: beside where it stood, under a name that says so.
    pub fn renamed(&self, main: &RepoPath, to: &Slug) -> Option<Place> {
        let home = self.home(main);
        let is_folder = home != *main;
        let name = if is_folder { home.name() } else { main.stem() };
        let from = self.slug(main)?;
        let within = name.rfind(from.as_str()).map(|at| {
            let (before, rest) = name.split_at(at);
            format!("{before}{to}{}", &rest[from.as_str().len()..])
        });
        let place = |name: &str| {
            let ending = if is_folder { "" } else { ".md" };
            let home = home.parent()?.join(&format!("{name}{ending}")).ok()?;
            let main = if is_folder { home.join("index.md").ok()? } else { home.clone() };
            (self.slug(&main).as_ref() == Some(to)).then_some(Place { home, main })
        };
        within.and_then(|name| place(&name)).or_else(|| place(to.as_str()))
    }
}

/// An address as it is compared: without slashes at its ends, in lower case. Many servers and some disks think so.
pub fn folded(address: &str) -> String {
    address.trim_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(main: &str, front: &str) -> Document {
        let path = RepoPath::new(main).expect("a path");
        Document::read(path, format!("+++\ntitle = \"A\"\n{front}\n+++\n").as_bytes()).0
    }

    #[track_caller]
    fn stands(main: &str, front: &str, expected: &[&str]) {
        let addresses = Config::default().articles.addresses(&read(main, front));
        assert_eq!(addresses.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_article_stands_at_its_folder_and_answers_to_its_aliases() {
        stands("articles/2026/07/Ferry/index.md", "", &["2026/07/ferry"]);
        stands("articles/ferry.md", "slug = \"boats\"", &["boats"]);
        stands("articles/2026/ferry.md", "path = \"/Sea/boats/\"\nslug = \"x\"", &["sea/boats"]);
        stands("articles/a/index.md", "aliases = [\"/old/\", \"a\", \"old\", \"\", 3]", &["a", "old"]);
    }

    #[track_caller]
    fn moves(pattern: &str, main: &str, to: &str, expected: Option<&str>) {
        let articles = Articles { path: pattern.parse().expect("a pattern"), ..Config::default().articles };
        let place = articles.renamed(&RepoPath::new(main).expect("a path"), &Slug::new(to).expect("a slug"));
        assert_eq!(place.map(|place| place.main.to_string()).as_deref(), expected);
    }

    #[test]
    fn an_article_is_renamed_where_it_stands() {
        let monthly = "{year}/{month}/{slug}";
        moves(monthly, "articles/2026/07/ferry/index.md", "boats", Some("articles/2026/07/boats/index.md"));
        moves(monthly, "articles/2026/07/ferry.md", "boats", Some("articles/2026/07/boats.md"));
        let dated = "{section}/{year}-{month}-{day}-{slug}.md";
        moves(dated, "articles/port/2026-07-25-ferry.md", "boats", Some("articles/port/2026-07-25-boats.md"));
        moves(dated, "articles/port/ferry.md", "boats", Some("articles/port/boats.md"));
        moves(monthly, "articles/ferry-ferry/index.md", "boats", Some("articles/boats/index.md"));
        moves(monthly, "elsewhere/ferry/index.md", "boats", None);
    }
}

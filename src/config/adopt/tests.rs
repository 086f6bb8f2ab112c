//! Sites as they are found, as tables.

use super::*;

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a sound path")
}

fn found(files: &[(&str, &str)]) -> Option<Adoption> {
    let paths: Vec<RepoPath> = files.iter().map(|(name, _)| path(name)).collect();
    let text = |name: &RepoPath| {
        files.iter().find(|(other, _)| *other == name.as_str()).map_or(Vec::new(), |(_, text)| text.as_bytes().to_vec())
    };
    let configurations: Vec<_> =
        configuration_files(&paths).into_iter().map(|name| (name.clone(), text(name))).collect();
    Adoption::find(&paths, &configurations, None)
}

/// `generator root pattern: mains`.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &str) {
    let found = found(files).map_or_else(
        || "nothing".to_owned(),
        |site| {
            let mains: Vec<&str> = site.mains.iter().map(|main| main.below(&site.root).expect("below")).collect();
            format!("{} {} {}: {}", site.generator.as_str(), site.root, site.path, mains.join(" "))
        },
    );
    assert_eq!(found, expected);
}

#[test]
fn hugo_is_known_by_its_configuration() {
    check(
        &[
            ("hugo.toml", "baseURL = 'https://x.example/'\n"),
            ("content/_index.md", ""),
            ("content/about.md", ""),
            ("content/posts/Quiet@Night-1.2.md", ""),
            ("content/posts/_index.md", ""),
            ("content/posts/ferry.md", ""),
            ("content/posts/deep/index.md", ""),
            ("content/posts/deep/notes.md", ""),
            ("themes/t/hugo.toml", ""),
            ("README.md", ""),
        ],
        "hugo content posts/{slug}.md: about.md posts/Quiet@Night-1.2.md posts/ferry.md posts/deep/index.md",
    );
    for (name, text) in [
        ("config.toml", "baseURL = 'https://x.example/'\ncontentDir = 'stories/'\n"),
        ("config.yaml", "baseurl: https://x.example/\ncontentdir: ./stories\n"),
        ("hugo.json", "{\"baseURL\": \"https://x.example/\", \"contentDir\": \"stories\"}"),
        ("config/_default/hugo.toml", "contentDir = 'stories'\n"),
    ] {
        check(
            &[(name, text), ("stories/2026/07/ferry/index.md", ""), ("docs/a.md", "")],
            "hugo stories {year}/{month}/{slug}: 2026/07/ferry/index.md",
        );
    }
}

#[test]
fn zola_is_known_by_its_configuration() {
    let config = "base_url = 'https://post.example/'\ntitle = 'The Post'\ndefault_language = 'pt'\n";
    let files = [
        ("site/config.toml", config),
        ("site/content/_index.md", ""),
        ("site/content/2025-12-19-ferry.md", ""),
        ("site/content/2025-12-20-Fares@Port.md", ""),
        ("site/content/2025-12-20-quay/index.md", ""),
    ];
    check(
        &files,
        "zola site/content {year}-{month}-{day}-{slug}.md: 2025-12-19-ferry.md 2025-12-20-Fares@Port.md 2025-12-20-quay/index.md",
    );
    let site = found(&files).expect("a site");
    assert_eq!((site.title.as_deref(), site.language.as_deref()), (Some("The Post"), Some("pt")));
    assert_eq!(site.url.as_deref(), Some("https://post.example"));
    assert_eq!(site.configuration, Some(path("site/config.toml")));
}

#[test]
fn plain_markdown_is_found_where_it_lies() {
    check(&[("posts/a.md", ""), ("README.md", ""), ("docs/x.md", ""), ("docs/y.md", "")], "desk posts {slug}.md: a.md");
    check(&[("_posts/2026-07-25-a.md", "")], "desk _posts {year}-{month}-{day}-{slug}.md: 2026-07-25-a.md");
    check(
        &[("stories/a.md", ""), ("docs/x.md", ""), ("stories/b/index.md", ""), ("stories/c.md", "")],
        "desk stories {slug}.md: a.md b/index.md c.md",
    );
    check(
        &[("news/harbor/a.md", ""), ("news/courts/b.md", "")],
        "desk news {section}/{slug}.md: harbor/a.md courts/b.md",
    );
    check(
        &[("news/harbor/x/a.md", ""), ("news/courts/y/b.md", "")],
        "desk news {section}/{slug}.md: harbor/x/a.md courts/y/b.md",
    );
    check(&[("README.md", ""), ("docs/CONTRIBUTING.md", ""), ("src/main.rs", "")], "nothing");
    check(&[("config.toml", "[server]\nport = 1\n"), ("notes/a.md", "")], "desk notes {slug}.md: a.md");
    check(&[("config.toml", "not toml"), ("notes/a.md", "")], "desk notes {slug}.md: a.md");
    check(&[("hugo.toml", "not toml")], "hugo content {year}/{month}/{slug}: ");
}

#[test]
fn a_folder_that_somebody_chose_is_taken() {
    let paths = ["hugo.toml", "content/a.md", "site/stories/b.md"].map(path);
    let configurations = [(path("hugo.toml"), b"languageCode = 'en_us'\n".to_vec())];
    let chosen = path("site/stories");
    let site = Adoption::find(&paths, &configurations, Some(&chosen)).expect("a site");
    assert_eq!((site.generator, site.root, site.mains), (Generator::Hugo, chosen, vec![path("site/stories/b.md")]));
    assert_eq!(site.language.as_deref(), Some("en-us"));
    assert_eq!(Adoption::find(&paths, &[], Some(&path("nowhere"))), None);
}

#[test]
fn articles_are_sorted_by_kind() {
    let site = found(&[
        ("content/about.md", ""),
        ("content/Blog/a.md", ""),
        ("content/Blog/b/index.md", ""),
        ("content/2026/c.md", ""),
    ]);
    let kinds: Vec<(String, usize)> =
        site.expect("a site").kinds().into_iter().map(|(kind, paths)| (kind, paths.len())).collect();
    assert_eq!(kinds, [("blog".to_owned(), 2), ("page".to_owned(), 2)]);
}

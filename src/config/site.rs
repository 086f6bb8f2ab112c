//! `[site]` and `[forge]`.

use super::newsroom::url;
use super::read::Section;
use crate::article::RepoPath;

/// What turns articles into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// `desk build`.
    Desk,
    /// Hugo: fields of one's own go into `[params]`.
    Hugo,
    /// Zola: fields of one's own go into `[extra]`, tags into `[taxonomies]`.
    Zola,
}

impl Generator {
    /// Every generator.
    pub const ALL: [Self; 3] = [Self::Desk, Self::Hugo, Self::Zola];

    /// The word in `desk.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Hugo => "hugo",
            Self::Zola => "zola",
        }
    }
}

/// What readers see.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// What renders it.
    pub generator: Generator,
    /// What the front page is called; none: the newsroom's name.
    pub title: Option<String>,
    /// A sentence about it, for feeds and search engines.
    pub description: Option<String>,
    /// The folder that `desk build` writes into.
    pub output: RepoPath,
}

impl Site {
    pub(super) fn read(section: &Section<'_>) -> Self {
        let generators = Generator::ALL.map(|generator| (generator.as_str(), generator));
        Self {
            generator: section.choice("generator", &generators).unwrap_or(Generator::Desk),
            title: section.text("title").map(str::to_owned),
            description: section.text("description").map(str::to_owned),
            output: section
                .parsed("output", |text| RepoPath::new(text.strip_suffix('/').unwrap_or(text)))
                .expect("default.toml has one, as a test shows"),
        }
    }
}

/// Which forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgeKind {
    /// GitHub, or GitHub Enterprise at an address of its own.
    GitHub,
    /// Forgejo, Gitea and Codeberg.
    Forgejo,
    /// GitLab.
    GitLab,
}

/// Where pull requests are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forge {
    /// Which forge it is; none: told by the remote's address.
    pub kind: Option<ForgeKind>,
    /// Its address; none: the remote's.
    pub url: Option<String>,
    /// The repository that readers are served from, as `owner/name`; none: the remote's. Whoever works in a copy of
    /// their own there opens pull requests here.
    pub repository: Option<String>,
}

impl Forge {
    pub(super) fn read(section: &Section<'_>) -> Self {
        let kinds = [("github", ForgeKind::GitHub), ("forgejo", ForgeKind::Forgejo), ("gitlab", ForgeKind::GitLab)];
        Self {
            kind: section.choice("kind", &kinds),
            url: section.parsed("url", url),
            repository: section.parsed("repository", repository),
        }
    }
}

/// `owner/name`.
fn repository(text: &str) -> Result<String, String> {
    let sound = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    match text.split_once('/') {
        Some((owner, name)) if sound(owner) && sound(name) => Ok(text.to_owned()),
        _ => Err(format!("`{text}` is not the name of a repository (`owner/name`)")),
    }
}

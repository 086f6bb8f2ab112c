//! What `init` writes: a short `desk.toml` in editors' words.

use std::str::FromStr;

use super::{Format, Generator, PathPattern};
use crate::article::{RepoPath, edit};

/// How many people it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// One person, recorded as such.
    Solo,
    /// Two people.
    Pair,
    /// Two people, an editor among them, and a lawyer where it matters.
    Newsroom,
}

/// A word that names no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a profile (solo, pair, newsroom)")]
pub struct UnknownProfile(pub String);

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Solo, Self::Pair, Self::Newsroom];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solo => "solo",
            Self::Pair => "pair",
            Self::Newsroom => "newsroom",
        }
    }

    /// What it means, in a line.
    pub fn description(self) -> &'static str {
        match self {
            Self::Solo => "one person writes and publishes, and the record says so",
            Self::Pair => "nothing becomes public before two people agreed to it",
            Self::Newsroom => "two people, an editor among them; a lawyer where it matters",
        }
    }

    fn review(self) -> &'static str {
        match self {
            Self::Solo => {
                "# One person writes and publishes, and the record says so. Make it 2 when somebody joins.\n\
                 people = 1\n"
            }
            Self::Pair => {
                "# Nothing becomes public before this many people agreed to the very words; the writer is one of them.\n\
                 people = 2\n"
            }
            Self::Newsroom => {
                "# Nothing becomes public before this many people agreed to the very words, an editor among them; the\n\
                 # writer is one of them.\n\
                 people = 2\n\
                 roles = [\"editorial\"]\n\
                 # Who must agree to a change of this file, of staff.toml and of the schemas.\n\
                 governed = [\"editorial\"]\n\
                 \n\
                 # What a lawyer reads too.\n\
                 [[review.require]]\n\
                 when = { section = [\"courts\", \"crime\"] }\n\
                 roles = [\"legal\"]\n\
                 \n\
                 [[review.require]]\n\
                 when = { words = [\"alleged\", \"allegedly\", \"accused\", \"lawsuit\", \"libel\"] }\n\
                 roles = [\"legal\"]\n"
            }
        }
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == word).ok_or_else(|| UnknownProfile(word.to_owned()))
    }
}

/// A newsroom about to be founded.
#[derive(Debug, Clone, PartialEq)]
pub struct Founding {
    /// How many people it takes.
    pub profile: Profile,
    /// A random name of its own, which approvals are bound to.
    pub id: String,
    /// What readers call it.
    pub name: String,
    /// Where readers find it.
    pub url: Option<String>,
    /// The language of its articles.
    pub language: String,
    /// The name of its time zone.
    pub timezone: String,
    /// The folder of its articles.
    pub root: RepoPath,
    /// Where in it a new one goes.
    pub path: PathPattern,
    /// The branch that readers are served from.
    pub base: String,
    /// What renders it.
    pub generator: Generator,
}

impl Founding {
    /// The text of its `desk.toml`.
    pub fn desk_toml(&self) -> String {
        let text = |text: &str| edit::literal(&toml::Value::String(text.to_owned()));
        let mut out = String::from("# How this newsroom works. Whatever is left out has a default.\n\n[newsroom]\n");
        out.push_str("# Approvals are bound to this name: do not change it.\n");
        out.push_str(&format!("id = {}\n", text(&self.id)));
        out.push_str("# Which edition of desk's rules holds. 2: public words change only with a note to readers.\n");
        out.push_str(&format!("format = {}\n", Format::NEWEST.number()));
        out.push_str(&format!("name = {}\n", text(&self.name)));
        if let Some(url) = &self.url {
            out.push_str(&format!("url = {}\n", text(url)));
        }
        out.push_str(&format!("language = {}\ntimezone = {}\n", text(&self.language), text(&self.timezone)));
        out.push_str("\n[articles]\n# The folder of all articles, and where in it a new one goes.\n");
        out.push_str(&format!("root = {}\npath = {}\n", text(self.root.as_str()), text(&self.path.to_string())));
        if self.base != "main" {
            out.push_str(&format!("# The branch that readers are served from.\nbase = {}\n", text(&self.base)));
        }
        out.push_str(&format!("\n[review]\n{}", self.profile.review()));
        if self.generator != Generator::Desk {
            out.push_str("\n[site]\n# What renders the articles.\n");
            out.push_str(&format!("generator = {}\n", text(self.generator.as_str())));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, DESK_FILE, Role};

    #[test]
    fn what_init_writes_reads_as_it_was_meant() {
        for profile in Profile::ALL {
            assert_eq!(profile.as_str().parse(), Ok(profile));
            for (generator, base, url) in
                [(Generator::Desk, "main", None), (Generator::Zola, "trunk", Some("https://p.example"))]
            {
                let founding = Founding {
                    profile,
                    id: "k3v9".to_owned(),
                    name: "The \"Port Alder\" Post\\".to_owned(),
                    url: url.map(str::to_owned),
                    language: "pt-BR".to_owned(),
                    timezone: "America/New_York".to_owned(),
                    root: RepoPath::new("content/posts").expect("sound"),
                    path: "{section}/{slug}.md".parse().expect("a pattern"),
                    base: base.to_owned(),
                    generator,
                };
                let written = founding.desk_toml();
                let path = RepoPath::new(DESK_FILE).expect("sound");
                let config = Config::read(&path, written.as_bytes()).expect(&written);
                assert_eq!((&config.newsroom.id, &config.newsroom.name), (&founding.id, &founding.name));
                assert_eq!(config.newsroom.format, Format::NEWEST);
                assert_eq!((&config.newsroom.url, config.site.generator), (&founding.url, generator));
                assert_eq!(config.newsroom.timezone.iana_name(), Some("America/New_York"));
                assert_eq!((&config.articles.root, &config.articles.path), (&founding.root, &founding.path));
                assert_eq!(config.articles.base, base);
                let roles: Vec<&str> = config.review.roles.iter().map(Role::as_str).collect();
                let expected = match profile {
                    Profile::Solo => (1, vec![], 0),
                    Profile::Pair => (2, vec![], 0),
                    Profile::Newsroom => (2, vec!["editorial"], 2),
                };
                assert_eq!((config.review.people, roles, config.review.require.len()), expected);
            }
        }
    }
}

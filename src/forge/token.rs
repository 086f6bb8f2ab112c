//! What lets desk speak to a forge in somebody's name.

use std::fmt;

use super::address::{Kind, Place};

/// A token. It is written into one header and nowhere else: nothing prints it, and nothing keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as it was found. None for what can be no token: nothing, or with blanks or marks that would end a
    /// header.
    pub fn new(found: &str) -> Option<Self> {
        let found = found.trim();
        let sound = !found.is_empty() && found.bytes().all(|byte| byte.is_ascii_graphic());
        sound.then(|| Self(found.to_owned()))
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// Where a token may be, in the order of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// A variable of the environment.
    Variable(&'static str),
    /// What GitHub's own program keeps: `gh auth token --hostname HOST`.
    GitHubProgram {
        /// The host.
        host: String,
    },
    /// What git itself would send there: `git credential fill`.
    GitCredential {
        /// The host.
        host: String,
    },
}

impl TokenSource {
    /// Where a token for `place` is looked for. What is meant for one forge is never sent to another: `GH_TOKEN` is
    /// for github.com and its tenants, `GH_ENTERPRISE_TOKEN` for GitHub at an address of its own, as GitHub's program
    /// holds it (`gh help environment`). `GITHUB_TOKEN` serves Forgejo only inside its own Actions, which say so.
    pub fn of(place: &Place) -> Vec<Self> {
        let host = place.host.clone();
        let mut sources: Vec<Self> = match place.kind {
            Kind::GitHub if place.is_github_cloud() => vec![Self::Variable("GH_TOKEN"), Self::Variable("GITHUB_TOKEN")],
            Kind::GitHub => {
                vec![Self::Variable("GH_ENTERPRISE_TOKEN"), Self::Variable("GITHUB_ENTERPRISE_TOKEN")]
            }
            Kind::Forgejo => vec![Self::Variable("FORGEJO_TOKEN"), Self::Variable("GITEA_TOKEN")],
        };
        if place.kind == Kind::GitHub {
            sources.push(Self::GitHubProgram { host: host.clone() });
        }
        sources.push(Self::GitCredential { host });
        sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forge::Settings;

    #[test]
    fn nothing_prints_a_token() {
        let token = Token::new(" ghp_canary\n").expect("a token");
        assert_eq!(format!("{token:?} {:#?}", Some(&token)).matches("canary").count(), 0);
        assert_eq!(token.secret(), "ghp_canary");
        for none in ["", " \n", "a b", "a\r\nX: y", "tok\u{e9}n"] {
            assert_eq!(Token::new(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_token_is_for_its_own_forge() {
        let names = |remote: &str, settings: &Settings| -> Vec<&'static str> {
            let place = Place::of(remote, settings).expect("placed").expect("a forge");
            let sources = TokenSource::of(&place);
            sources
                .iter()
                .filter_map(|source| if let TokenSource::Variable(name) = source { Some(*name) } else { None })
                .collect()
        };
        let own = |kind, url: &str| Settings { kind: Some(kind), url: Some(url.to_owned()), repository: None };
        assert_eq!(names("https://github.com/post/desk", &Settings::default()), ["GH_TOKEN", "GITHUB_TOKEN"]);
        assert_eq!(names("https://post.ghe.com/post/desk", &Settings::default()), ["GH_TOKEN", "GITHUB_TOKEN"]);
        assert_eq!(
            names("https://git.post.example/post/desk", &own(Kind::GitHub, "https://git.post.example")),
            ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"]
        );
        assert_eq!(names("git@codeberg.org:post/desk.git", &Settings::default()), ["FORGEJO_TOKEN", "GITEA_TOKEN"]);
    }
}

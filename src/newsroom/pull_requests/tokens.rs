//! Looking for what lets desk speak to a forge in somebody's name: where people keep it anyway.

use crate::forge::{Place, Token, TokenSource};
use crate::newsroom::Newsroom;
use crate::process::Credential;

/// Where a token came from.
#[derive(Debug)]
pub(in crate::newsroom) enum Kept {
    /// Nowhere: there is none.
    Nowhere,
    /// A variable, or GitHub's program.
    Elsewhere,
    /// One of git's helpers, which is told when the forge does not take it.
    ByGit(Credential),
}

impl Newsroom {
    /// The first token that is kept for `place`.
    pub(super) fn token(&self, place: &Place) -> (Option<Token>, Kept) {
        let programs = &self.setting.programs;
        for source in TokenSource::of(place) {
            let found = match &source {
                TokenSource::Variable(name) => programs.variables().get(name).map(str::to_owned),
                TokenSource::GitHubProgram { host } => programs.github_token(self.root(), host),
                TokenSource::GitCredential { host } => {
                    let Some(credential) = programs.credential(self.root(), protocol(place), host) else { continue };
                    match Token::new(credential.password()) {
                        Some(token) => return (Some(token), Kept::ByGit(credential)),
                        None => continue,
                    }
                }
            };
            if let Some(token) = found.as_deref().and_then(Token::new) {
                return (Some(token), Kept::Elsewhere);
            }
        }
        (None, Kept::Nowhere)
    }

    /// Tells git's helpers that a forge does not take what they keep for it.
    pub(in crate::newsroom) fn disown(&self, place: &Place, kept: &Kept) {
        if let Kept::ByGit(credential) = kept {
            // Where no helper listens there is nothing to forget.
            self.setting.programs.reject_credential(self.root(), protocol(place), &place.host, credential).ok();
        }
    }
}

fn protocol(place: &Place) -> &str {
    place.web.split_once("://").map_or("https", |(protocol, _)| protocol)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::forge::{Kind, Settings};
    use crate::process::Variables;

    #[test]
    fn where_a_token_is_looked_for_is_kept_from_those_who_need_none() {
        for (remote, kind) in [
            ("https://github.com/post/desk", None),
            ("https://git.post.example/post/desk", Some(Kind::GitHub)),
            ("https://git.post.example/post/desk", Some(Kind::Forgejo)),
        ] {
            let place = Place::of(remote, &Settings { kind, url: None, repository: None }).unwrap().unwrap();
            for source in TokenSource::of(&place) {
                if let TokenSource::Variable(name) = source {
                    assert!(Variables::lets_in(name.as_ref()), "{name}");
                }
            }
        }
    }
}

//! What other programs keep so that people need not type it again: a token of GitHub's program, a password of git's
//! helpers. Nothing of it is printed, nor given to any program but through its standard input.

use std::path::Path;

use super::Error;
use super::program::{Programs, capture};

/// A user name and a password as git's helpers keep them.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    user: String,
    password: String,
}

impl Credential {
    /// The password, which forges take for a token.
    pub fn password(&self) -> &str {
        &self.password
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Credential(..)")
    }
}

impl Programs {
    /// The token that GitHub's program keeps for `host`; none where it is not installed or keeps none.
    pub fn github_token(&self, directory: &Path, host: &str) -> Option<String> {
        let mut command = self.command("gh", directory);
        command.args(["auth", "token", "--hostname", host]).env("GH_PROMPT_DISABLED", "1");
        let kept = capture(command, &[]).ok()?;
        Some(kept.text()).filter(|token| !token.is_empty())
    }

    /// What git would send to `host` (`git help credential`); none where no helper has anything, and nobody is asked.
    pub fn credential(&self, directory: &Path, protocol: &str, host: &str) -> Option<Credential> {
        let asked = format!("protocol={protocol}\nhost={host}\n\n");
        let mut command = self.command("git", directory);
        command.args(["credential", "fill"]);
        never_asks(&mut command);
        let kept = capture(command, asked.as_bytes()).ok()?.text();
        let value = |name: &str| kept.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        Some(Credential { user: value("username")?.to_owned(), password: value("password")?.to_owned() })
    }

    /// Tells git's helpers that `host` did not take what they keep.
    pub fn reject_credential(
        &self,
        directory: &Path,
        protocol: &str,
        host: &str,
        credential: &Credential,
    ) -> Result<(), Error> {
        let Credential { user, password } = credential;
        let told = format!("protocol={protocol}\nhost={host}\nusername={user}\npassword={password}\n\n");
        let mut command = self.command("git", directory);
        command.args(["credential", "reject"]);
        never_asks(&mut command);
        capture(command, told.as_bytes()).map(drop)
    }

    /// Where `git` itself goes for `remote`, whatever is written instead of its address.
    pub fn address_of(&self, directory: &Path, remote: &str) -> Option<String> {
        let address = self.git(directory, &["ls-remote", "--get-url", remote]).ok()?.text();
        Some(address).filter(|address| !address.is_empty())
    }
}

/// Neither the terminal nor a window asks for anything.
fn never_asks(command: &mut std::process::Command) {
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ASKPASS", "true").env("SSH_ASKPASS", "true");
    command.env("GCM_INTERACTIVE", "never");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let credential = Credential { user: "mina".to_owned(), password: "canary".to_owned() };
        assert_eq!(format!("{credential:?}"), "Credential(..)");
    }
}

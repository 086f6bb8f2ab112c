//! Sending through the user's own git: all or nothing, and only where a remote is as it is expected to be.

use std::path::Path;

use super::Error;
use super::error::masked;
use super::program::{Passwords, Programs, capture};

/// One reference of a remote that is to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Its full name there.
    pub name: String,
    /// The object it must be at before; none means that it must not be there.
    pub expect: Option<String>,
    /// The object it becomes; none takes it away.
    pub becomes: Option<String>,
}

/// What a remote did with what it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It took everything.
    Taken,
    /// It took nothing: these references are not as they were expected to be.
    Moved(Vec<String>),
    /// It took nothing, as it does not want these references moved.
    Declined {
        /// Which, each with its reason.
        names: Vec<(String, String)>,
        /// What its own words were.
        said: Vec<String>,
    },
    /// It took nothing from whoever asks: they may read there, and not write. What was said of it.
    Forbidden(String),
    /// It took nothing, and gave no reason that can be told apart: it could not be reached, or it does not know who asks.
    Unreached(String),
}

impl Programs {
    /// Sends `what` to `remote` in one step for the repository of `directory`. What git says of each reference is what
    /// counts: a push that a hook of the remote's declined is no success.
    pub fn push(
        &self,
        directory: &Path,
        remote: &str,
        what: &[Sending],
        passwords: Passwords,
    ) -> Result<Answer, Error> {
        let mut command = self.command("git", directory);
        // Its words are read here: they must be English.
        command.env("LC_ALL", "C").env_remove("LANGUAGE");
        command.args(["push", "--porcelain", "--atomic", "--no-follow-tags", "--recurse-submodules=no"]);
        for one in what {
            command.arg(format!("--force-with-lease={}:{}", one.name, one.expect.as_deref().unwrap_or_default()));
        }
        command.args(["--", remote]);
        command.args(what.iter().map(|one| format!("{}:{}", one.becomes.as_deref().unwrap_or_default(), one.name)));
        if passwords == Passwords::Never {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        let ran = capture_all(command)?;
        let refused = refused(&ran.out);
        if ran.succeeded && refused.is_empty() {
            return Ok(Answer::Taken);
        }
        Ok(answer(refused, &ran.said))
    }
}

struct Ran {
    succeeded: bool,
    out: String,
    said: String,
}

/// Runs it and takes both streams, however it ends.
fn capture_all(command: std::process::Command) -> Result<Ran, Error> {
    match capture(command, &[]) {
        Ok(captured) => Ok(Ran { succeeded: true, out: captured.text(), said: captured.said }),
        Err(Error::Failed { out, said, .. }) => Ok(Ran { succeeded: false, out, said }),
        Err(other) => Err(other),
    }
}

/// The references that were refused, each with git's reason, of the lines `!\tFROM:TO\tSUMMARY (REASON)`
/// (`git help push`, porcelain).
fn refused(out: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let mut parts = line.strip_prefix("!\t")?.splitn(2, '\t');
        let name = parts.next()?.rsplit_once(':')?.1.to_owned();
        Some((name, parts.next().unwrap_or_default().to_owned()))
    };
    out.lines().filter_map(line).collect()
}

fn answer(refused: Vec<(String, String)>, said: &str) -> Answer {
    // In one step, those that were in order are refused with the rest.
    let own = |(_, why): &&(String, String)| !why.contains("atomic push failed") && !why.contains("atomic transaction");
    let moved = |why: &str| {
        ["stale info", "fetch first", "non-fast-forward", "already exists", "cannot lock ref", "failed to update ref"]
            .iter()
            .any(|sign| why.contains(sign))
    };
    let grounds: Vec<&(String, String)> = refused.iter().filter(own).collect();
    if grounds.is_empty() {
        // Two at once: the server found it out only when it had both in hand, and says so beside the references.
        let lost = |line: &str| line.contains("cannot lock ref") || line.contains("incorrect old value");
        if !refused.is_empty() && said.lines().any(lost) {
            return Answer::Moved(refused.into_iter().map(|(name, _)| name).collect());
        }
        // What GitHub, GitLab, Forgejo and git's own daemon say of it, over http and over ssh.
        let signs =
            ["returned error: 403", " denied to ", "not allowed to push", "not authorized to write", "access denied"];
        let forbidden = said.lines().find(|line| signs.iter().any(|sign| line.contains(sign)));
        return match forbidden {
            Some(line) => Answer::Forbidden(masked(line)),
            None => Answer::Unreached(said.to_owned()),
        };
    }
    if grounds.iter().all(|(_, why)| moved(why)) {
        return Answer::Moved(grounds.into_iter().map(|(name, _)| name.clone()).collect());
    }
    let names = grounds.into_iter().filter(|(_, why)| !moved(why));
    let reason = |why: &str| why.rsplit_once('(').map_or(why, |(_, reason)| reason.trim_end_matches(')')).to_owned();
    Answer::Declined {
        names: names.map(|(name, why)| (name.clone(), masked(&reason(why)))).collect(),
        said: said
            .lines()
            .filter_map(|line| line.strip_prefix("remote:"))
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// A repository with one commit, and a bare one beside it.
    struct Pair {
        folder: tempfile::TempDir,
        programs: Programs,
    }

    impl Pair {
        fn new() -> Self {
            let kept = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("GIT_"));
            let programs = Programs::new(kept.collect());
            let pair = Self { folder: tempfile::tempdir().unwrap(), programs };
            pair.programs.git(pair.folder.path(), &["init", "--quiet", "--bare", "there.git"]).unwrap();
            pair.programs.git(pair.folder.path(), &["init", "--quiet", "-b", "main", "here"]).unwrap();
            pair.git(&["remote", "add", "origin", "../there.git"]);
            pair
        }

        fn git(&self, args: &[&str]) -> String {
            self.programs.git(&self.folder.path().join("here"), args).unwrap().text()
        }

        fn commit(&self, words: &str) -> String {
            let who = ["-c", "user.name=Mina", "-c", "user.email=mina@post.example"];
            self.git(&[&who[..], &["commit", "--quiet", "--allow-empty", "--message", words]].concat());
            self.git(&["rev-parse", "HEAD"])
        }

        fn there(&self, name: &str) -> Option<String> {
            let there = self.folder.path().join("there.git");
            self.programs.git(&there, &["rev-parse", "--verify", "--quiet", name]).ok().map(|found| found.text())
        }

        #[cfg(unix)]
        fn hook(&self, words: &str) {
            use std::os::unix::fs::PermissionsExt as _;
            let hook = self.folder.path().join("there.git/hooks/pre-receive");
            std::fs::write(&hook, words).unwrap();
            std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
        }

        fn push(&self, what: &[Sending]) -> Answer {
            self.programs.push(&self.folder.path().join("here"), "origin", what, Passwords::Never).unwrap()
        }
    }

    fn sending(name: &str, expect: Option<&str>, becomes: Option<&str>) -> Sending {
        Sending { name: name.to_owned(), expect: expect.map(str::to_owned), becomes: becomes.map(str::to_owned) }
    }

    #[test]
    fn whoever_comes_second_in_the_same_moment_is_told_that_it_moved() {
        let refused = || {
            ["refs/heads/main", "refs/heads/desk/pier"]
                .map(|name| (name.to_owned(), "[remote rejected] (atomic transaction failed)".to_owned()))
                .to_vec()
        };
        for said in [
            "remote: error: cannot lock ref 'refs/heads/main': is at 1111 but expected 2222",
            "remote: error: cannot lock ref 'refs/heads/desk/pier': unable to resolve reference 'refs/heads/desk/pier'",
            "remote: error: cannot lock ref 'refs/heads/main': Unable to create 'main.lock': File exists.",
        ] {
            let moved = ["refs/heads/main".to_owned(), "refs/heads/desk/pier".to_owned()];
            assert_eq!(answer(refused(), said), Answer::Moved(moved.to_vec()), "{said}");
        }
    }

    #[test]
    fn who_may_not_write_is_told_so() {
        for said in [
            "fatal: unable to access 'https://git.example/a.git/': The requested URL returned error: 403",
            "ERROR: Permission to post/desk.git denied to lee.\nfatal: Could not read from remote repository.",
            "fatal: remote error: access denied or repository not exported: /post.git",
        ] {
            let line = said.lines().next().unwrap().to_owned();
            assert_eq!(answer(Vec::new(), said), Answer::Forbidden(line));
        }
        assert!(matches!(answer(Vec::new(), "fatal: Could not resolve host"), Answer::Unreached(_)));
    }

    #[test]
    fn all_goes_or_nothing_does() {
        let pair = Pair::new();
        let one = pair.commit("one");
        let main = "refs/heads/main";
        assert_eq!(pair.push(&[sending(main, None, Some(&one))]), Answer::Taken);
        assert_eq!(pair.push(&[sending(main, None, Some(&one))]), Answer::Taken, "twice does no harm");
        let two = pair.commit("two");
        let other = sending("refs/heads/desk/ferry", None, Some(&two));
        assert_eq!(
            pair.push(&[other.clone(), sending(main, Some(&two), Some(&two))]),
            Answer::Moved(vec![main.to_owned()]),
        );
        assert_eq!(pair.there("refs/heads/desk/ferry"), None);
        assert_eq!(pair.push(&[other, sending(main, Some(&one), Some(&two))]), Answer::Taken);
        assert_eq!(pair.there(main), Some(two.clone()));
        assert_eq!(pair.push(&[sending("refs/heads/desk/ferry", Some(&two), None)]), Answer::Taken);
        assert_eq!(pair.there("refs/heads/desk/ferry"), None);
    }

    #[test]
    #[cfg(unix)]
    fn what_a_hook_declines_is_no_success() {
        let pair = Pair::new();
        let one = pair.commit("one");
        pair.hook("#!/bin/sh\necho 'the public version is closed on Sundays' >&2\nexit 1\n");
        let answer = pair.push(&[sending("refs/heads/main", None, Some(&one))]);
        let Answer::Declined { names, said } = answer else { panic!("{answer:?}") };
        assert_eq!(names, [("refs/heads/main".to_owned(), "pre-receive hook declined".to_owned())]);
        assert_eq!(said, ["the public version is closed on Sundays"]);
        assert_eq!(pair.there("refs/heads/main"), None);
    }

    #[test]
    fn a_remote_that_is_not_there_is_not_reached() {
        let pair = Pair::new();
        let one = pair.commit("one");
        pair.git(&["remote", "set-url", "origin", "../nowhere.git"]);
        assert!(matches!(pair.push(&[sending("refs/heads/main", None, Some(&one))]), Answer::Unreached(_)));
    }
}

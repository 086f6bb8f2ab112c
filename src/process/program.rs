//! Starting a program, and taking what it writes.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use super::Error;
use super::Variables;
use super::error::masked;

/// What a program that succeeded wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error, credentials masked.
    pub said: String,
}

impl Captured {
    /// Standard output as text, without the last line end; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).trim_end_matches(['\n', '\r']).to_owned()
    }
}

/// Whether git may ask for a password on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passwords {
    /// It may.
    Ask,
    /// Nobody is there to answer.
    Never,
}

/// The programs of this machine, run with the environment variables that desk was given.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    variables: Variables,
}

impl Programs {
    /// With these variables and no others.
    pub fn new(variables: Variables) -> Self {
        Self { variables }
    }

    /// The variables they are given.
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// Runs `git` in `directory` and takes what it writes. It cannot ask for anything: a password that no helper knows
    /// is a failure.
    pub fn git<A: AsRef<OsStr>>(&self, directory: &Path, args: &[A]) -> Result<Captured, Error> {
        let mut command = self.command("git", directory);
        command.args(args).env("GIT_TERMINAL_PROMPT", "0");
        capture(command, &[])
    }

    /// Fetches what `names` say (git's refspecs) from `remote`, for the repository of `directory`. What is gone there goes
    /// here too, among what they say.
    pub fn fetch(
        &self,
        directory: &Path,
        remote: &str,
        names: &[String],
        passwords: Passwords,
    ) -> Result<Captured, Error> {
        let mut command = self.command("git", directory);
        command.args(["fetch", "--quiet", "--no-tags", "--prune", "--", remote]).args(names);
        if passwords == Passwords::Never {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        capture(command, &[])
    }

    /// Clones `address` into `folder`, which must not be there yet. `git` asks for a password by itself when `passwords`
    /// says that somebody is there to be asked.
    pub fn clone_repository(&self, address: &str, folder: &Path, passwords: Passwords) -> Result<Captured, Error> {
        let mut command = self.command("git", folder.parent().unwrap_or(folder));
        command.args(["clone", "--quiet", "--"]).arg(address).arg(folder);
        if passwords == Passwords::Never {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        capture(command, &[])
    }

    /// A command that has nothing to do on a forge, and is therefore not given what lets somebody in there.
    pub(super) fn homely(&self, program: impl AsRef<OsStr>, directory: &Path) -> Command {
        let mut command = self.command(program, directory);
        for (name, _) in self.variables.iter().filter(|(name, _)| Variables::lets_in(name)) {
            command.env_remove(name);
        }
        command
    }

    /// A command in `directory` with the variables and nothing else of this process.
    pub(super) fn command(&self, program: impl AsRef<OsStr>, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(directory).env_clear().envs(self.variables.iter());
        command
    }
}

/// Runs `command` with `input` on its standard input.
pub(super) fn capture(mut command: Command, input: &[u8]) -> Result<Captured, Error> {
    let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|source| not_run(&command, source))?;
    let output = std::thread::scope(|scope| {
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends without reading says why by itself.
            scope.spawn(move || stdin.write_all(input).ok());
        }
        child.wait_with_output()
    });
    let output = output.map_err(|source| not_run(&command, source))?;
    let said = masked(String::from_utf8_lossy(&output.stderr).trim());
    if output.status.success() {
        Ok(Captured { out: output.stdout, said })
    } else {
        Err(failed(&command, output.status, String::from_utf8_lossy(&output.stdout).into_owned(), said))
    }
}

/// Runs `command` on the streams of this process, so that a person can work in it.
pub(super) fn hand_over(mut command: Command) -> Result<(), Error> {
    let status = command.status().map_err(|source| not_run(&command, source))?;
    if status.success() { Ok(()) } else { Err(failed(&command, status, String::new(), String::new())) }
}

fn not_run(command: &Command, source: io::Error) -> Error {
    Error::of_start(&command.get_program().to_string_lossy(), source)
}

fn failed(command: &Command, status: ExitStatus, out: String, said: String) -> Error {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    Error::Failed { command: masked(&words.join(" ")), status, out, said }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn programs() -> Programs {
        let kept = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("GIT_"));
        Programs::new(kept.collect())
    }

    #[test]
    fn git_is_run_in_its_folder_with_words_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let programs = programs();
        programs.git(folder.path(), &["init", "--quiet", "a b; touch c"]).unwrap();
        assert!(folder.path().join("a b; touch c/.git").is_dir() && !folder.path().join("c").exists());
        let inside = folder.path().join("a b; touch c");
        let answer = programs.git(&inside, &["rev-parse", "--is-inside-work-tree"]).unwrap();
        assert_eq!(answer.text(), "true");
    }

    #[test]
    fn a_failure_says_what_git_said() {
        let folder = tempfile::tempdir().unwrap();
        let address = folder.path().join("nowhere");
        let address = address.to_str().unwrap();
        match programs().clone_repository(address, &folder.path().join("copy"), Passwords::Never) {
            Err(Error::Failed { command, said, .. }) => {
                assert!(command.starts_with("git clone") && said.contains("nowhere"), "{command}: {said}");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let missing = capture(programs().command("desk-has-no-such-program", folder.path()), &[]);
        assert!(matches!(missing, Err(Error::NotFound { program }) if program == "desk-has-no-such-program"));
    }
}

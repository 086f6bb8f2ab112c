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
        Err(failed(&command, output.status, said))
    }
}

/// Runs `command` on the streams of this process, so that a person can work in it.
pub(super) fn hand_over(mut command: Command) -> Result<(), Error> {
    let status = command.status().map_err(|source| not_run(&command, source))?;
    if status.success() { Ok(()) } else { Err(failed(&command, status, String::new())) }
}

fn not_run(command: &Command, source: io::Error) -> Error {
    let program = command.get_program().to_string_lossy().into_owned();
    if source.kind() == io::ErrorKind::NotFound { Error::NotFound { program } } else { Error::Run { program, source } }
}

fn failed(command: &Command, status: ExitStatus, said: String) -> Error {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    Error::Failed { command: masked(&words.join(" ")), status, said }
}

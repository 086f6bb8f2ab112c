//! What can go wrong with another program.

use std::io;
use std::process::ExitStatus;

/// Another program could not be run, or did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such program here.
    #[error("`{program}` is not installed, or not on the PATH")]
    NotFound {
        /// Which.
        program: String,
    },
    /// It is there and could not be started, or not be talked to.
    #[error("could not run `{program}`")]
    Run {
        /// Which.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It ran and said that it failed.
    #[error("`{command}` failed ({status}){}", if said.is_empty() { String::new() } else { format!(": {said}") })]
    Failed {
        /// The command line, without credentials.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote to standard output.
        out: String,
        /// What it wrote to standard error, without credentials.
        said: String,
    },
    /// The command line of an editor does not read as one.
    #[error("`{command}` is not a command line: a quote is left open")]
    CommandLine {
        /// As it was configured.
        command: String,
    },
}

impl Error {
    /// `program` did not start.
    pub(super) fn of_start(program: &str, source: io::Error) -> Self {
        let program = program.to_owned();
        if source.kind() == io::ErrorKind::NotFound {
            Self::NotFound { program }
        } else {
            Self::Run { program, source }
        }
    }
}

/// `text` with the user names and passwords of addresses taken out: `https://***@host/`.
pub(super) fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        masked.push_str(before);
        let end = after.find(|one: char| one.is_whitespace() || matches!(one, '/' | '\'' | '"')).unwrap_or(after.len());
        let (authority, following) = after.split_at(end);
        match authority.rsplit_once('@') {
            Some((_, host)) => masked.extend(["***@", host]),
            None => masked.push_str(authority),
        }
        rest = following;
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_addresses_are_masked() {
        assert_eq!(
            masked("fatal: 'https://mina:s3cret@host.example/x' gone"),
            "fatal: 'https://***@host.example/x' gone"
        );
        assert_eq!(masked("see https://host.example/a@b"), "see https://host.example/a@b");
        assert_eq!(masked("ssh://git@host/x and https://t:x@h"), "ssh://***@host/x and https://***@h");
        assert_eq!(masked("no address"), "no address");
    }
}

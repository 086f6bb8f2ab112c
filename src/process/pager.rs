//! The pager that long output is read in.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};

use super::{Error, Programs};

/// A running pager: what is written to it is read there. Dropping it waits until the person closes it.
#[derive(Debug)]
pub struct Pager {
    child: Child,
    input: Option<ChildStdin>,
}

impl Programs {
    /// Starts the pager of a command line such as `less -S`. `less` is told to show colours, and to stay away where one
    /// screen is enough (`LESS=FRX`), unless `LESS` says otherwise.
    pub fn pager(&self, command_line: &str, directory: &Path) -> Result<Pager, Error> {
        let words = shell_words::split(command_line).unwrap_or_default();
        let Some((program, args)) = words.split_first() else {
            return Err(Error::CommandLine { command: command_line.to_owned() });
        };
        let mut command = self.homely(program, directory);
        command.args(args).stdin(Stdio::piped());
        if self.variables().get("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        let mut child = command.spawn().map_err(|source| Error::of_start(program, source))?;
        let input = child.stdin.take();
        Ok(Pager { child, input })
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.input {
            Some(input) => input.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        self.input = None;
        // However it ends, the person has read enough.
        self.child.wait().ok();
    }
}

//! How a command ends: the one exit table, and errors as a person reads them.

use std::io;

use super::{Environment, Global};
use crate::process;
use crate::terminal::{self, Streams, Terminal, printable, printable_text, style};

/// How a command ended that ran to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// It reported that the articles are at fault, and has said how.
    AtFault,
}

/// Who has to do something about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The articles are at fault: a finding, a refused move, a broken audit.
    Articles,
    /// The command line or the configuration is.
    Usage,
    /// The world is: git, the network, the disk.
    World,
    /// The person stopped it with Ctrl-C.
    Stopped,
    /// Whoever read the output has enough.
    ClosedPipe,
}

/// The exit table. There is no other.
fn code(outcome: Result<Outcome, Kind>) -> u8 {
    match outcome {
        Ok(Outcome::Done) | Err(Kind::ClosedPipe) => 0,
        Ok(Outcome::AtFault) | Err(Kind::Articles) => 1,
        Err(Kind::Usage) => 2,
        Err(Kind::World) => 3,
        Err(Kind::Stopped) => 130,
    }
}

/// Why a command did not do what it was told: what happened, why, and the one command that helps.
#[derive(Debug)]
pub struct Error {
    /// Who has to do something.
    pub kind: Kind,
    /// What was done before it, and stays: a sentence.
    pub done: Option<String>,
    /// What happened: a lower-case phrase without a full stop.
    pub what: String,
    /// Why, a line each.
    pub why: Vec<String>,
    /// The command that helps, or what to do.
    pub help: Option<String>,
    /// What a room said, for its own reasons to be shown.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of `kind`.
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, done: None, what: what.into(), why: Vec::new(), help: None, source: None }
    }

    /// The articles are at fault.
    pub fn articles(what: impl Into<String>) -> Self {
        Self::new(Kind::Articles, what)
    }

    /// The command line or the configuration is at fault.
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Kind::Usage, what)
    }

    /// The world is at fault.
    pub fn world(what: impl Into<String>) -> Self {
        Self::new(Kind::World, what)
    }

    /// An error that a room gave: its own words are what happened, its causes are why.
    pub fn from_room(kind: Kind, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Box::new(source)), ..Self::new(kind, "") }.spoken()
    }

    fn spoken(mut self) -> Self {
        if let Some(source) = &self.source {
            self.what = source.to_string();
            let causes = std::iter::successors(source.source(), |&cause| cause.source());
            self.why.extend(causes.map(ToString::to_string));
        }
        self
    }

    /// With a reason.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why.push(why.into());
        self
    }

    /// With the command that helps.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Error {
    /// With the command that helps, unless it has one.
    #[must_use]
    pub fn help_unless(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }
}

impl From<io::Error> for Error {
    /// Only the terminal's output gives bare `io::Error`s here: every room has errors of its own.
    fn from(source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::BrokenPipe {
            return Self::new(Kind::ClosedPipe, "the output was closed");
        }
        Self::world("could not write the output").because(source.to_string())
    }
}

impl From<terminal::Error> for Error {
    fn from(source: terminal::Error) -> Self {
        match &source {
            terminal::Error::CannotAsk { flag, .. } => {
                let help = format!("answer it on the command line: {flag}");
                Self::from_room(Kind::Usage, source).help(help)
            }
            terminal::Error::Stopped => Self::from_room(Kind::Stopped, source),
            terminal::Error::Input { .. } | terminal::Error::Ask { .. } | terminal::Error::Page { .. } => {
                Self::from_room(Kind::World, source)
            }
        }
    }
}

impl From<process::Error> for Error {
    fn from(source: process::Error) -> Self {
        Self::from_room(Kind::World, source)
    }
}

/// Says what went wrong, if anything did, and gives the exit code.
pub(super) fn exit(outcome: Result<Outcome, Error>, terminal: &mut Terminal) -> u8 {
    match outcome {
        Ok(outcome) => code(Ok(outcome)),
        Err(error) => {
            render(&error, terminal);
            code(Err(error.kind))
        }
    }
}

fn render(error: &Error, terminal: &mut Terminal) {
    match error.kind {
        Kind::ClosedPipe => return,
        Kind::Stopped => return terminal.say(&error.what),
        Kind::Articles | Kind::Usage | Kind::World => {}
    }
    if let Some(done) = &error.done {
        terminal.say(printable(done));
    }
    terminal.say(format_args!("{}: {}", style::paint(style::ERROR, "error"), printable(&error.what)));
    for line in error.why.iter().flat_map(|why| why.lines()) {
        terminal.say(format_args!("  {}", printable(line)));
    }
    if let Some(help) = &error.help {
        terminal.say(format_args!("{}: {}", style::paint(style::HELP, "help"), printable_text(help)));
    }
}

/// Says what clap says of a command line: help and version to standard output, anything else is a fault in it.
pub(super) fn say_usage(said: &clap::Error, environment: &Environment, streams: Streams) -> u8 {
    let mut terminal = Terminal::new(streams, environment.settings(&Global::default()));
    let words = said.render().ansi().to_string();
    if said.use_stderr() {
        terminal.say(words.trim_end());
        return code(Err(Kind::Usage));
    }
    let written = terminal.print(words.trim_end()).and_then(|()| terminal.finish());
    exit(written.map(|()| Outcome::Done).map_err(Error::from), &mut terminal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Settings;

    #[test]
    fn an_error_says_what_happened_why_and_the_one_command() {
        let (streams, buffers) = Streams::buffers("");
        let mut terminal = Terminal::new(streams, Settings::default());
        let error =
            Error::articles("`ferry` is not approved").because("one assent is missing").help("desk approve ferry");
        assert_eq!(exit(Err(error), &mut terminal), 1);
        insta::assert_snapshot!(buffers.err(), @r"
        error: `ferry` is not approved
          one assent is missing
        help: desk approve ferry
        ");
    }

    #[test]
    fn the_exit_table() {
        let table = [
            (Ok(Outcome::Done), 0),
            (Ok(Outcome::AtFault), 1),
            (Err(Kind::Articles), 1),
            (Err(Kind::Usage), 2),
            (Err(Kind::World), 3),
            (Err(Kind::ClosedPipe), 0),
            (Err(Kind::Stopped), 130),
        ];
        for (outcome, expected) in table {
            assert_eq!(code(outcome), expected, "{outcome:?}");
        }
    }

    #[test]
    fn a_rooms_causes_are_the_reasons() {
        let source = process::Error::Run { program: "git".to_owned(), source: io::Error::other("no more processes") };
        let error = Error::from(source);
        assert_eq!((error.kind, error.what.as_str()), (Kind::World, "could not run `git`"));
        assert_eq!(error.why, ["no more processes"]);
    }
}

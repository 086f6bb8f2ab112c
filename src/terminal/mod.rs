//! The terminal: what desk writes, how it looks there, and how it asks.
//!
//! Owns [`Terminal`]: standard output for what was asked for (lists, reports, JSON), standard error for words to people
//! (what was done, what comes next, errors), colour, width, questions, progress and the pager. Text from articles and
//! from git goes out through [`Printable`], which leaves no control character alive. It decides nothing.
#![expect(clippy::disallowed_methods, reason = "progress appears, and a long comparison ends, by real time")]

mod ask;
mod columns;
mod error;
mod interrupt;
mod links;
mod page;
mod printable;
mod progress;
mod settings;
mod streams;
pub mod style;

pub use ask::{Answer, Choice, Question};
pub use columns::{Columns, columns_of, wrapped};
pub use error::Error;
pub use page::add_to_page;
pub use printable::{Printable, printable, printable_text};
pub use progress::Progress;
pub use settings::{Asking, Color, Paint, Prompts, Settings, Terminals};
pub use streams::{Buffers, Streams, Voice};

use std::fmt::Display;
use std::io::{self, Write};

/// Where desk writes and asks.
pub struct Terminal {
    settings: Settings,
    streams: Streams,
    voice: Voice,
    outside_pager: Option<Box<dyn Write + Send>>,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Terminal").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Terminal {
    /// Writing to `streams` as `settings` say.
    pub fn new(streams: Streams, settings: Settings) -> Self {
        let mut streams = streams.colored(&settings);
        let voice = Voice::of(std::mem::replace(&mut streams.err, Box::new(io::sink())));
        streams.err = Box::new(voice.clone());
        Self { streams, settings, voice, outside_pager: None }
    }

    /// Standard error for those who have something to say while the terminal is in other hands.
    pub fn voice(&self) -> Voice {
        self.voice.clone()
    }

    /// Standard output: what was asked for, for a person or for a program. A closed pipe is an error here, which ends
    /// the command quietly. Styles ([`style`]) may be written always; they reach only a terminal that shows them.
    pub fn out(&mut self) -> &mut dyn Write {
        &mut self.streams.out
    }

    /// Standard error, for words to people.
    pub fn err(&mut self) -> &mut dyn Write {
        self.streams.out.flush().ok();
        &mut self.streams.err
    }

    /// Writes one line of what was asked for.
    pub fn print(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.streams.out, "{line}")
    }

    /// Says one line to the person: what was done, and what comes next. Nobody listening is no failure.
    pub fn say(&mut self, line: impl Display) {
        writeln!(self.err(), "{line}").ok();
    }

    /// From here on what was asked for goes to `pager`; [`Terminal::finish`] closes it.
    pub fn read_in(&mut self, pager: impl Write + Send + 'static) -> io::Result<()> {
        self.streams.out.flush()?;
        let pager = streams::painted(Box::new(pager), self.settings.color_out);
        self.outside_pager = Some(std::mem::replace(&mut self.streams.out, pager));
        Ok(())
    }

    /// Writes out what is still held back, and lets a pager end.
    pub fn finish(&mut self) -> io::Result<()> {
        self.streams.err.flush().ok();
        let written = self.streams.out.flush();
        if let Some(outside) = self.outside_pager.take() {
            self.streams.out = outside;
        }
        written
    }

    /// Everything on standard input.
    pub fn read_input(&mut self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.streams.input.read_to_end(&mut bytes).map_err(|source| Error::Input { source })?;
        Ok(bytes)
    }

    /// How many columns there are; 80 where nobody knows.
    pub fn width(&self) -> usize {
        self.settings.width()
    }

    /// How wide a line of what was asked for may be. Where a program reads it, a line is never broken.
    pub fn line_width(&self) -> usize {
        if self.settings.terminals.output { self.width() } else { usize::MAX }
    }

    /// Whether a question can be asked: both ends are terminals, it is no CI run, and nobody said `--no-input`.
    pub fn can_ask(&self) -> bool {
        self.settings.asking == Asking::Allowed
    }

    /// Whether standard output is a terminal, that is: a person reads it.
    pub fn out_is_terminal(&self) -> bool {
        self.settings.terminals.output
    }

    /// How it was set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

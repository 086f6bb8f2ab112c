//! The three streams, real ones or buffers.

use std::io::{self, BufRead, BufWriter, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anstream::AutoStream;

use super::Settings;
use super::settings::Paint;

/// Standard input, output and error.
pub struct Streams {
    pub(super) input: Box<dyn BufRead + Send>,
    pub(super) out: Box<dyn Write + Send>,
    pub(super) err: Box<dyn Write + Send>,
}

/// What was written to buffers.
#[derive(Debug, Clone, Default)]
pub struct Buffers {
    out: Shared,
    err: Shared,
}

#[derive(Debug, Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Streams {
    /// Those of this process. Standard output is held back until the command ends or speaks to the person, so that a
    /// list of ten thousand lines is not ten thousand writes.
    pub fn standard() -> Self {
        Self {
            input: Box::new(io::BufReader::new(io::stdin())),
            out: Box::new(io::stdout()),
            err: Box::new(io::stderr()),
        }
    }

    /// Buffers, and `input` to be read from.
    pub fn buffers(input: impl Into<Vec<u8>>) -> (Self, Buffers) {
        let buffers = Buffers::default();
        let streams = Self {
            input: Box::new(io::Cursor::new(input.into())),
            out: Box::new(buffers.out.clone()),
            err: Box::new(buffers.err.clone()),
        };
        (streams, buffers)
    }

    /// The same, with styles taken out where they are not wanted.
    pub(super) fn colored(self, settings: &Settings) -> Self {
        if settings.color_out == Paint::Styled || settings.color_err == Paint::Styled {
            // On Windows this also makes the console understand styles; elsewhere it does nothing.
            AutoStream::always(io::stderr());
        }
        Self {
            input: self.input,
            out: painted(self.out, settings.color_out),
            err: unheld(self.err, settings.color_err),
        }
    }
}

/// `stream`, held back in a buffer, with styles taken out where they are not wanted.
pub(super) fn painted(stream: Box<dyn Write + Send>, paint: Paint) -> Box<dyn Write + Send> {
    unheld(Box::new(BufWriter::with_capacity(32 * 1024, stream)), paint)
}

fn unheld(stream: Box<dyn Write + Send>, paint: Paint) -> Box<dyn Write + Send> {
    match paint {
        Paint::Styled => stream,
        Paint::Plain => Box::new(AutoStream::never(stream)),
    }
}

/// One stream that several may write to.
#[derive(Clone)]
pub struct Voice(Arc<Mutex<Box<dyn Write + Send>>>);

impl Voice {
    pub(super) fn of(stream: Box<dyn Write + Send>) -> Self {
        Self(Arc::new(Mutex::new(stream)))
    }

    /// Says one line. Nobody listening is no failure.
    pub fn say(&self, line: impl std::fmt::Display) {
        writeln!(self.0.lock().unwrap_or_else(PoisonError::into_inner), "{line}").ok();
    }
}

impl Write for Voice {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

impl Buffers {
    /// What went to standard output.
    pub fn out(&self) -> String {
        self.out.text()
    }

    /// What went to standard error.
    pub fn err(&self) -> String {
        self.err.text()
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Terminal;
    use super::*;

    #[test]
    fn a_pager_gets_what_comes_after_it_and_nothing_else() {
        let (streams, buffers) = Streams::buffers("");
        let mut terminal = Terminal::new(streams, Settings::default());
        let pager = Shared::default();
        terminal.print("before").expect("a buffer");
        terminal.read_in(pager.clone()).expect("a buffer");
        terminal.print("inside").expect("a buffer");
        terminal.finish().expect("a buffer");
        terminal.print("after").expect("a buffer");
        terminal.finish().expect("a buffer");
        assert_eq!((buffers.out().as_str(), pager.text().as_str()), ("before\nafter\n", "inside\n"));
    }

    #[test]
    fn words_come_in_the_order_they_were_said() {
        let both = Shared::default();
        let input = Box::new(io::empty());
        let streams = Streams { input, out: Box::new(both.clone()), err: Box::new(both.clone()) };
        let mut terminal = Terminal::new(streams, Settings::default());
        terminal.print("one").expect("a buffer");
        terminal.say("two");
        terminal.print("three").expect("a buffer");
        terminal.finish().expect("a buffer");
        assert_eq!(both.text(), "one\ntwo\nthree\n");
    }
}

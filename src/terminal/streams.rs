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
        let wrap = |stream: Box<dyn Write + Send>, paint: Paint| -> Box<dyn Write + Send> {
            match paint {
                Paint::Styled => stream,
                Paint::Plain => Box::new(AutoStream::never(stream)),
            }
        };
        let out = wrap(Box::new(BufWriter::with_capacity(32 * 1024, self.out)), settings.color_out);
        Self { input: self.input, out, err: wrap(self.err, settings.color_err) }
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

//! What can go wrong in asking and in writing.

use std::io;
use std::path::PathBuf;

/// A question stayed without an answer, or words did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nobody to ask.
    #[error("there is nobody to ask: {question}")]
    CannotAsk {
        /// What would have been asked.
        question: String,
        /// What answers it on the command line: `--kind KIND`.
        flag: String,
    },
    /// The person pressed Ctrl-C, or closed the input.
    #[error("stopped at the question")]
    Stopped,
    /// Standard input could not be read.
    #[error("could not read standard input")]
    Input {
        /// Why.
        source: io::Error,
    },
    /// The page beside a job's log could not be written.
    #[error("could not write the job's summary to {}", path.display())]
    Page {
        /// The file that the job names for it.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The question could not be shown.
    #[error("could not ask on this terminal")]
    Ask {
        /// Why.
        source: io::Error,
    },
}

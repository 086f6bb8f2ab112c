//! What can go wrong between desk and a forge, each with its act and its object.

use std::time::Duration;

/// What this room answers with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a forge did not do or say what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No answer came: no network, no such host, a broken connection, or it took too long.
    #[error("cannot {act}: {host} does not answer ({why})")]
    NoAnswer {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
        /// What the connection said.
        why: String,
    },
    /// It does not know who asks.
    #[error("cannot {act}: {host} does not accept the token")]
    NotSignedIn {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
    },
    /// There is no token at all, and without one nobody may ask this.
    #[error("cannot {act}: there is no token for {host}")]
    NoToken {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
    },
    /// It knows who asks, who may not.
    #[error("may not {act}: {said}")]
    Forbidden {
        /// What was to be done.
        act: &'static str,
        /// What the forge said.
        said: String,
    },
    /// There is no such thing, or whoever asks may not see it: forges do not tell which.
    #[error("cannot {act}: {host} has no such thing, or this token may not see it")]
    NotFound {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
    },
    /// It is asked too often.
    #[error("cannot {act} now: {host} asks to wait {}", minutes(*wait))]
    Limited {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
        /// For how long.
        wait: Duration,
    },
    /// It refused what it was asked.
    #[error("cannot {act}: {said}")]
    Refused {
        /// What was to be done.
        act: &'static str,
        /// What the forge said.
        said: String,
    },
    /// The repository is somewhere else now.
    #[error("cannot {act}: the repository has moved on {host}")]
    Moved {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
    },
    /// What came back is not what its documentation says.
    #[error("cannot {act}: the answer of {host} cannot be read ({why})")]
    Unreadable {
        /// What was to be done.
        act: &'static str,
        /// Where.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// The forge is too old to be asked safely.
    #[error("{host} runs {version}, which cannot {missing}")]
    TooOld {
        /// Where.
        host: String,
        /// What it says it is.
        version: String,
        /// What it cannot do.
        missing: &'static str,
    },
}

fn minutes(wait: Duration) -> String {
    match wait.as_secs() {
        seconds @ 0..=90 => format!("{} seconds", seconds.max(1)),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

//! What desk was started with.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Global;
use crate::process::{Clock, Variables};
use crate::terminal::{Asking, Settings, Terminals};

/// Everything that a run depends on beside files: collected once, in `main`, and only there.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The command line, the program's name first.
    pub args: Vec<OsString>,
    /// The folder it was started in.
    pub directory: PathBuf,
    /// Environment variables.
    pub variables: Variables,
    /// The time of this command.
    pub now: jiff::Timestamp,
    /// The clock that it was read from; `DESK_NOW` sets one.
    pub clock: Clock,
    /// What randomness starts from; `DESK_SEED` fixes it, none takes the system's.
    pub seed: Option<u64>,
    /// Which streams are terminals.
    pub terminals: Terminals,
}

impl Environment {
    /// How the terminal behaves, given what was asked for.
    pub(super) fn settings(&self, global: &Global) -> Settings {
        let asking = match global {
            Global { yes: true, .. } => Asking::Yes,
            Global { no_input: true, .. } => Asking::Refused,
            _ => Asking::Allowed,
        };
        Settings::new(self.terminals, global.color, asking, |name| self.variables.get(name).map(str::to_owned))
    }
}

//! The process: what it was called with goes in as an [`Environment`], an exit code comes out.
#![expect(clippy::disallowed_methods, reason = "the one place that looks at the process it runs in")]

use std::process::ExitCode;

use desk::command::{self, Environment};
use desk::process::{Clock, Variables};
use desk::terminal::{Streams, Terminals};

fn main() -> ExitCode {
    let variables = Variables::from_iter(std::env::vars_os());
    let clock = variables.instant("DESK_NOW").map_or(Clock::Machine, Clock::Set);
    let environment = Environment {
        args: std::env::args_os().collect(),
        directory: std::env::current_dir().unwrap_or_default(),
        seed: variables.number("DESK_SEED"),
        terminals: Terminals::of_this_process(),
        now: clock.now(),
        clock,
        variables,
    };
    ExitCode::from(command::run(environment, Streams::standard()))
}

//! The commands: a file per verb, and the words it says.
//!
//! Owns the command line ([`Cli`]), the [`Environment`] and the exit table. A verb reads its arguments, calls the
//! newsroom's use cases, and says what came of it; it decides nothing about articles, reads no TOML and knows no git.
//!
//! What was asked for (a list, a report, JSON) goes to standard output: [`Terminal::print`]. What was done and what
//! comes next ("Saved", "Published", a question) goes to standard error: [`Terminal::say`]. So `desk list | grep port`
//! and `desk check --format json > report.json` hold what they should, and a person still reads the rest.
//!
//! A new verb is its file and three rows here: `mod`, variant, arm.

mod cli;
mod context;
mod environment;
mod error;

mod changes;
mod clash;
mod coming;
mod editing;
mod fixing;
mod identity;
mod leaving;
mod moving;
mod needs;
mod refusal;
mod remarks;
mod reporting;
mod scheduling;
mod tidings;
mod words;

mod approvals;
mod approve;
mod audit;
mod build;
mod check;
mod correct;
mod desk;
mod doctor;
mod edit;
mod import;
mod init;
mod list;
mod new;
mod photo;
mod protection;
mod publish;
mod rename;
mod return_;
mod revive;
mod setup;
mod show;
mod spike;
mod submit;
mod sync;
mod tick;
mod tour;
mod undo;
mod verbose;
mod withdraw;

pub use cli::{Cli, Format, Global, Reporting};
pub use context::Context;
pub use environment::Environment;
pub use error::{Error, Kind, Outcome};

use clap::{FromArgMatches as _, Subcommand};

use crate::terminal::{Streams, Terminal};

/// What desk can be told to do.
#[expect(missing_docs, reason = "each verb's own file says what it does, to its help too")]
#[derive(Debug, Subcommand)]
pub enum Verb {
    Approve(approve::Args),
    Audit(audit::Args),
    Build(build::Args),
    Check(check::Args),
    Correct(correct::Args),
    Doctor(doctor::Args),
    Edit(edit::Args),
    Import(import::Args),
    Init(init::Args),
    List(list::Args),
    New(new::Args),
    Photo(photo::Args),
    Publish(publish::Args),
    Rename(rename::Args),
    Return(return_::Args),
    Revive(revive::Args),
    Setup(setup::Args),
    Show(show::Args),
    Spike(spike::Args),
    Submit(submit::Args),
    Sync(sync::Args),
    Tick(tick::Args),
    Tour(tour::Args),
    Undo(undo::Args),
    Withdraw(withdraw::Args),
}

fn perform(verb: Option<Verb>, context: &mut Context) -> Result<Outcome, Error> {
    match verb {
        None => desk::run(context),
        Some(Verb::Approve(args)) => approve::run(args, context),
        Some(Verb::Audit(args)) => audit::run(args, context),
        Some(Verb::Build(args)) => build::run(args, context),
        Some(Verb::Check(args)) => check::run(args, context),
        Some(Verb::Correct(args)) => correct::run(args, context),
        Some(Verb::Doctor(args)) => doctor::run(args, context),
        Some(Verb::Edit(args)) => edit::run(args, context),
        Some(Verb::Import(args)) => import::run(args, context),
        Some(Verb::Init(args)) => init::run(args, context),
        Some(Verb::List(args)) => list::run(args, context),
        Some(Verb::New(args)) => new::run(args, context),
        Some(Verb::Photo(args)) => photo::run(args, context),
        Some(Verb::Publish(args)) => publish::run(args, context),
        Some(Verb::Rename(args)) => rename::run(args, context),
        Some(Verb::Return(args)) => return_::run(args, context),
        Some(Verb::Revive(args)) => revive::run(args, context),
        Some(Verb::Show(args)) => show::run(args, context),
        Some(Verb::Spike(args)) => spike::run(args, context),
        Some(Verb::Submit(args)) => submit::run(args, context),
        Some(Verb::Sync(args)) => sync::run(args, context),
        Some(Verb::Tick(args)) => tick::run(args, context),
        Some(Verb::Tour(args)) => tour::run(args, context),
        Some(Verb::Undo(args)) => undo::run(args, context),
        Some(Verb::Withdraw(args)) => withdraw::run(args, context),
        Some(Verb::Setup(args)) => setup::run(args, context),
    }
}

/// Runs one command line and gives the exit code.
pub fn run(environment: Environment, streams: Streams) -> u8 {
    let parsed = Cli::clap().try_get_matches_from(&environment.args);
    let parsed = parsed.and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(said) => return error::say_usage(&said, &environment, streams),
    };
    let terminal = Terminal::new(streams, environment.settings(&cli.global));
    let mut context = Context::new(environment, cli.global, terminal);
    let before = verbose::before(&context);
    let outcome = perform(cli.verb, &mut context);
    if let Some(before) = before {
        verbose::say(&before, &mut context);
    }
    // Whatever happened, what was written so far comes first; a reader that left is told of last.
    let written = context.terminal.finish();
    let outcome = outcome.and_then(|outcome| Ok(written.map(|()| outcome)?));
    error::exit(outcome, &mut context.terminal)
}

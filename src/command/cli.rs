//! The command line as a whole.

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, ValueEnum};

use super::Verb;
use crate::terminal::Color;

/// The editorial desk of a newsroom that keeps its articles in git
///
/// Without a command it shows what waits for you.
#[derive(Debug, Parser)]
#[command(name = "desk", version, max_term_width = 80, disable_help_subcommand = true, infer_subcommands = false)]
#[command(
    after_help = "Examples:\n  $ desk\n  $ desk setup completions bash > ~/.local/share/bash-completion/completions/desk"
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; without it, show what waits.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

impl Cli {
    /// The command line's description, for parsing, completions and manual pages.
    pub fn clap() -> clap::Command {
        Self::command()
    }
}

/// Options that every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Work in the newsroom of this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Say yes to every confirmation
    #[arg(long, global = true)]
    pub yes: bool,
    /// Ask nothing; a question without its flag is an error
    #[arg(long, global = true)]
    pub no_input: bool,
    /// When to colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, hide_default_value = true, global = true)]
    pub color: Color,
    /// Also say what happens in git
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// The option of every command that reports.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Reporting {
    /// How to write the report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", hide_default_value = true)]
    pub format: Format,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person
    #[default]
    Human,
    /// For a program: one JSON document whose `version` says how to read it
    Json,
}

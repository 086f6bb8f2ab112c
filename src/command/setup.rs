//! `desk setup`: what desk brings along for a shell and a manual reader.

use super::{Cli, Context, Error, Outcome};

/// What to set up.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk setup completions bash > ~/.local/share/bash-completion/completions/desk
  $ desk setup man setup | man -l -")]
pub struct Args {
    #[command(subcommand)]
    part: Part,
}

#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Write completions for a shell to standard output
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write a manual page to standard output
    Man {
        /// The command whose page it is; without it, the page of `desk` itself
        #[arg(value_name = "COMMAND")]
        verb: Option<String>,
    },
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    // Both generators are given a buffer: what they do about a closed pipe is not what desk does.
    let mut written = Vec::new();
    match args.part {
        Part::Completions { shell } => clap_complete::generate(shell, &mut Cli::clap(), "desk", &mut written),
        Part::Man { verb } => clap_mangen::Man::new(page(verb.as_deref())?).render(&mut written)?,
    }
    context.terminal.out().write_all(&written)?;
    Ok(Outcome::Done)
}

/// The command that a manual page is about, named as its file would be: `desk-submit`.
fn page(verb: Option<&str>) -> Result<clap::Command, Error> {
    let mut all = Cli::clap();
    all.build();
    let Some(name) = verb else { return Ok(all) };
    let Some(found) = all.find_subcommand(name) else {
        return Err(Error::usage(format!("there is no command `{name}`")).help("desk --help"));
    };
    Ok(found.clone().name(format!("desk-{name}")).version(env!("CARGO_PKG_VERSION")))
}

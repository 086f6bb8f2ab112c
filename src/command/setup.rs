//! `desk setup`: what desk brings along for a shell, a manual reader and git.

use super::{Cli, Context, Error, Outcome};

/// What to set up.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk setup completions bash > ~/.local/share/bash-completion/completions/desk
  $ desk setup completions zsh > ~/.zfunc/_desk")]
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
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    match args.part {
        Part::Completions { shell } => {
            // clap_complete panics where it cannot write, so a closed pipe is met outside of it.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::clap(), "desk", &mut script);
            context.terminal.out().write_all(&script)?;
        }
    }
    Ok(Outcome::Done)
}

//! `desk setup`: what desk brings along for a shell, a manual reader, git, a forge's CI and other programs.

mod ci;
mod codeowners;
pub(super) mod hooks;

use super::{Cli, Context, Error, Outcome};
use crate::report::{schema, schemas};

/// What to set up.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk setup completions bash > ~/.local/share/bash-completion/completions/desk
  $ desk setup man publish | man -l -
  $ desk setup hooks
  $ desk setup hooks --print pre-receive
  $ desk setup codeowners github --dry-run
  $ desk setup schema findings > findings.schema.json")]
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
    /// Have git check the articles before each commit, and every commit before each push; hooks that are there already
    /// stay
    Hooks {
        /// In the repository that everybody pushes to: judge every push before it is taken, as desk audit would
        #[arg(long, conflicts_with = "print")]
        server: bool,
        /// Write one of the hooks to standard output instead: pre-commit, commit-msg, pre-push or pre-receive
        #[arg(long, value_name = "HOOK", value_parser = hooks::named)]
        print: Option<&'static hooks::Script>,
    },
    /// Have a forge's CI check every commit; a file that is there already stays
    Ci(ci::Args),
    /// Tell the forge whom to ask for a review: desk's lines in CODEOWNERS, from desk.toml and staff.toml; other lines in
    /// it stay
    Codeowners(codeowners::Args),
    /// Write the JSON Schema of what a command writes with `--format json`
    Schema {
        /// Whose: `findings` of `check`, or `audit`, `list`, `show`, `sync`
        #[arg(value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(schemas()))]
        name: String,
    },
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    // Both generators are given a buffer: what they do about a closed pipe is not what desk does.
    let mut written = Vec::new();
    match args.part {
        Part::Completions { shell } => clap_complete::generate(shell, &mut Cli::clap(), "desk", &mut written),
        Part::Man { verb } => clap_mangen::Man::new(page(verb.as_deref())?).render(&mut written)?,
        Part::Hooks { print: Some(script), .. } => written.extend_from_slice(script.text.as_bytes()),
        Part::Hooks { server: true, .. } => return hooks::put_on_server(context),
        Part::Hooks { .. } => return hooks::put(context),
        Part::Ci(args) => return ci::run(args, context),
        Part::Codeowners(args) => return codeowners::run(args, context),
        Part::Schema { name } => written.extend_from_slice(schema(&name).unwrap_or_default().as_bytes()),
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

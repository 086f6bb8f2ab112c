//! `desk setup codeowners`: the file by which a forge knows whom to ask for a review.

use super::super::{Context, Error, Outcome, words};
use crate::newsroom::{CodeOwners, Keeper, Newsroom};
use crate::terminal::printable;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which forge; without it, the one that the newsroom's remote is on
    #[arg(value_enum)]
    forge: Option<Forge>,
    /// The forge's host, as staff.toml has it in `forges`; without it, that of the remote
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    /// Print the whole file and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Forge {
    /// `.github/CODEOWNERS`
    Github,
    /// `.forgejo/CODEOWNERS`; Codeberg too
    Forgejo,
    /// `.gitea/CODEOWNERS`
    Gitea,
}

impl From<Forge> for Keeper {
    fn from(forge: Forge) -> Self {
        match forge {
            Forge::Github => Self::GitHub,
            Forge::Forgejo => Self::Forgejo,
            Forge::Gitea => Self::Gitea,
        }
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.newsroom()?;
    let (keeper, host) = place(&args, &newsroom)?;
    let file = newsroom.code_owners(keeper, &host)?;
    let Ok(text) = &file.text else { return Err(unmarked(&file)) };
    if args.dry_run {
        context.terminal.out().write_all(text.as_bytes())?;
        say_unknown(context, &file, &host);
        return Ok(Outcome::Done);
    }
    let path = file.path.clone();
    if file.is_there() {
        context.terminal.say(format!("Nothing to do: {path} says what desk.toml and staff.toml say."));
    } else {
        newsroom.write_code_owners(&file)?;
        context.terminal.say(format!("Written: {path}"));
        context.terminal.say("It works once it is in the public version. Read it, then:");
        context.terminal.say(format!("  git add {path} && git commit -m \"Say whom the forge asks\""));
    }
    say_unknown(context, &file, &host);
    Ok(Outcome::Done)
}

/// Which forge it is for, and where.
fn place(args: &Args, newsroom: &Newsroom) -> Result<(Keeper, String), Error> {
    let known = newsroom.keeper()?;
    let keeper = args.forge.map(Keeper::from);
    match (keeper, args.host.clone(), known) {
        (Some(keeper), Some(host), _) => Ok((keeper, host)),
        (Some(Keeper::GitHub), None, Some((Keeper::GitHub, host))) => Ok((Keeper::GitHub, host)),
        (Some(Keeper::GitHub), None, _) => Ok((Keeper::GitHub, "github.com".to_owned())),
        (Some(keeper), None, Some((Keeper::Forgejo | Keeper::Gitea, host))) => Ok((keeper, host)),
        (Some(_), None, _) => Err(Error::usage("nothing says on which host that forge is")
            .help("desk setup codeowners forgejo --host git.post.example")),
        (None, host, Some((keeper, at))) => Ok((keeper, host.unwrap_or(at))),
        (None, _, None) => Err(Error::usage("nothing says which forge this newsroom is on")
            .because("it has no remote on a forge that desk knows, and desk.toml names none in [forge]")
            .help("desk setup codeowners github")),
    }
}

fn unmarked(file: &CodeOwners) -> Error {
    let path = &file.path;
    Error::usage(format!("desk's own lines in {path} cannot be told from yours"))
        .because("they begin with a line `# desk: begin` and end with a line `# desk: end`, once each")
        .because("nothing was changed")
        .help(format!("take desk's lines and both marks out of {path}, then: desk setup codeowners"))
}

fn say_unknown(context: &mut Context, file: &CodeOwners, host: &str) {
    if file.unknown.is_empty() {
        return;
    }
    let (who, host) = (printable(&words::and(&file.unknown)).to_string(), printable(host).to_string());
    context.terminal.say(format!("Not in it, as staff.toml has no login of theirs on {host}: {who}"));
    context.terminal.say(format!("  forges = {{ \"{host}\" = \"LOGIN\" }} in their entry changes that."));
}

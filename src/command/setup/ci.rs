//! `desk setup ci`: a file that has a forge's CI check every commit.

use std::str::FromStr;

use super::super::{Context, Error, Outcome};
use crate::article::RepoPath;
use crate::newsroom::{Newsroom, Put};
use crate::terminal::printable;

const GITHUB: &str = include_str!("../../../integrations/github-workflow.yml");
/// Acts on what is due, four times an hour.
const TICK: &str = include_str!("../../../integrations/github-tick.yml");
const GITLAB: &str = include_str!("../../../integrations/gitlab-ci.yml");

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Whose CI it is
    #[arg(value_enum)]
    forge: Forge,
    /// Where CI gets desk from, and which commit of it: OWNER/desk@COMMIT for
    /// GitHub, https://HOST/desk.git@COMMIT for GitLab
    #[arg(long, value_name = "SOURCE")]
    from: Source,
    /// Instead of the file that checks, the one that has `desk tick` act on what is due (GitHub)
    #[arg(long)]
    tick: bool,
    /// Print the file and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Whose CI runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Forge {
    /// GitHub Actions: `.github/workflows/desk.yml`
    Github,
    /// GitLab CI: `.gitlab-ci.yml`
    Gitlab,
}

/// A place with desk's source and one commit of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    place: String,
    commit: String,
}

impl FromStr for Source {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let (place, commit) = typed.rsplit_once('@').ok_or("it ends in `@` and a commit")?;
        let is_commit = commit.len() == 40 && commit.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_commit {
            return Err("name a commit by all of its 40 digits: a branch or a tag can be moved".to_owned());
        }
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
        if place.is_empty() || !place.bytes().all(is_plain) {
            return Err("the place is OWNER/desk, or an address that begins with https://".to_owned());
        }
        Ok(Self { place: place.to_owned(), commit: commit.to_owned() })
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let newsroom = context.newsroom()?;
    let (path, text) = match args.forge {
        Forge::Github if args.tick => (".github/workflows/desk-tick.yml", tick(&args.from, &newsroom)?),
        Forge::Gitlab if args.tick => return Err(no_tick()),
        Forge::Github => (".github/workflows/desk.yml", github(&args.from, &newsroom)?),
        Forge::Gitlab => (".gitlab-ci.yml", gitlab(&args.from)?),
    };
    if args.dry_run {
        context.terminal.out().write_all(text.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let file = RepoPath::new(path).expect("a sound name");
    match newsroom.put_file(&file, &text)? {
        Put::Written => {
            context.terminal.say(format!("Written: {path}"));
            context.terminal.say("It works once it is in the public version. Read it, then:");
            let what = if args.tick { "publish what is due" } else { "check every commit" };
            context.terminal.say(format!("  git add {path} && git commit -m \"ci: {what}\""));
        }
        Put::Already => context.terminal.say(format!("Nothing to do: the file is there already, {path}")),
        Put::Kept => {
            let what = format!("this newsroom has a file of its own, which stays as it is: {path}");
            let word = if args.forge == Forge::Github { "github" } else { "gitlab" };
            let Source { place, commit } = &args.from;
            let tick = if args.tick { " --tick" } else { "" };
            let help = format!("see what it would be: desk setup ci {word}{tick} --from {place}@{commit} --dry-run");
            return Err(Error::usage(what).help(help));
        }
    }
    Ok(Outcome::Done)
}

fn no_tick() -> Error {
    Error::usage("there is no ready file for GitLab that acts on what is due")
        .help("have a pipeline schedule run: desk --no-input tick --wait 15m")
}

fn tick(from: &Source, newsroom: &Newsroom) -> Result<String, Error> {
    on_github(from)?;
    // A text of JSON is one of YAML.
    let base = serde_json::Value::from(newsroom.base_name()).to_string();
    let Source { place, commit } = from;
    Ok(TICK.replace("BASE", &base).replace("SOURCE", &format!("{place}@{commit}")))
}

fn github(from: &Source, newsroom: &Newsroom) -> Result<String, Error> {
    on_github(from)?;
    let Source { place, commit } = from;
    // A text of JSON is one of YAML.
    let base = serde_json::Value::from(newsroom.base_name()).to_string();
    Ok(GITHUB.replacen("[BASE]", &format!("[{base}]"), 1).replace("SOURCE", &format!("{place}@{commit}")))
}

fn on_github(Source { place, .. }: &Source) -> Result<(), Error> {
    if place.split('/').count() == 2 && !place.contains(':') {
        return Ok(());
    }
    let what = format!("GitHub Actions takes desk from a repository there, not from `{}`", printable(place));
    Err(Error::usage(what).help("desk setup ci github --from OWNER/desk@COMMIT"))
}

fn gitlab(from: &Source) -> Result<String, Error> {
    let Source { place, commit } = from;
    if !place.starts_with("https://") {
        let what =
            format!("GitLab CI takes desk from an address that begins with https://, not from `{}`", printable(place));
        return Err(Error::usage(what).help("desk setup ci gitlab --from https://HOST/desk.git@COMMIT"));
    }
    let fill = |text: String, name: &str, value: &str| {
        text.replacen(&format!("{name}: \"\""), &format!("{name}: \"{value}\""), 1)
    };
    Ok(fill(fill(GITLAB.to_owned(), "DESK_SOURCE", place), "DESK_COMMIT", commit))
}

//! `desk doctor`: is everything here that desk leans on.

use serde_json::json;

use super::{Context, Error, Format, Kind, Outcome, Reporting, protection, words};
use crate::config::Signatures;
use crate::newsroom::{Age, Hook, Newsroom, OLDEST_GIT, Sign, Signing};
use crate::repository::Oddity;
use crate::terminal::{printable, style};

/// Look whether everything is in order, and say what mends the rest
///
/// Git and its version, this newsroom's set-up and staff, who you are and how you sign, what is unusual about this
/// repository, and what protects the public version where pull requests are. Nothing is changed. It ends with 0 unless something is broken: 2 for the set-up, 3 for git or the disk.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk doctor
  $ desk doctor --format json")]
pub struct Args {
    #[command(flatten)]
    reporting: Reporting,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Health {
    Good,
    /// It works, and is worth knowing.
    Note,
    /// It has to be mended, by whom the kind says.
    Broken(Kind),
}

impl Health {
    fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Broken(_) => "broken",
        }
    }
}

/// One line of the report.
pub(super) struct Line {
    /// What it is about: a word that programs can lean on.
    about: &'static str,
    health: Health,
    says: String,
    /// Why, or what it means, a line each.
    why: Vec<String>,
    /// The command that mends it.
    mend: Option<String>,
}

impl Line {
    pub(super) fn new(about: &'static str, health: Health, says: impl Into<String>) -> Self {
        Self { about, health, says: says.into(), why: Vec::new(), mend: None }
    }

    pub(super) fn because(mut self, why: impl Into<String>) -> Self {
        self.why.push(why.into());
        self
    }

    pub(super) fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = Some(mend.into());
        self
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let signs = Newsroom::examine(
        &context.setting(),
        &super::setup::hooks::SCRIPTS.each_ref().map(|script| (script.name, script.text)),
    );
    let lines: Vec<Line> = signs.into_iter().map(line).collect();
    match args.reporting.format {
        Format::Human => human(context, &lines)?,
        Format::Json => json_report(context, &lines)?,
    }
    let broken: Vec<Kind> = lines.iter().filter_map(|line| kind(line.health)).collect();
    if broken.is_empty() {
        return Ok(Outcome::Done);
    }
    let worst = if broken.contains(&Kind::World) { Kind::World } else { Kind::Usage };
    let one = broken.len() == 1;
    let things = if one { "one thing is broken".to_owned() } else { format!("{} things are broken", broken.len()) };
    Err(Error::new(worst, things))
}

fn kind(health: Health) -> Option<Kind> {
    match health {
        Health::Broken(kind) => Some(kind),
        Health::Good | Health::Note => None,
    }
}

fn human(context: &mut Context, lines: &[Line]) -> Result<(), Error> {
    for line in lines {
        let mark = match line.health {
            Health::Good => "ok    ".to_owned(),
            Health::Note => "note  ".to_owned(),
            Health::Broken(_) => style::paint(style::ERROR, "broken").to_string(),
        };
        context.terminal.print(format!("{mark}  {}", printable(&line.says)))?;
        for why in &line.why {
            context.terminal.print(format!("        {}", printable(why)))?;
        }
        if let Some(mend) = &line.mend {
            context.terminal.print(format!("        {}", style::paint(style::COMMAND, printable(mend))))?;
        }
    }
    Ok(())
}

fn json_report(context: &mut Context, lines: &[Line]) -> Result<(), Error> {
    let signs: Vec<_> = lines
        .iter()
        .map(|line| {
            json!({
                "about": line.about,
                "health": line.health.as_str(),
                "says": line.says,
                "why": line.why,
                "mend": line.mend,
            })
        })
        .collect();
    serde_json::to_writer_pretty(context.terminal.out(), &json!({ "version": 1, "signs": signs }))
        .map_err(std::io::Error::from)?;
    Ok(context.terminal.print("")?)
}

fn line(sign: Sign) -> Line {
    use Health::{Broken, Good, Note};
    match sign {
        Sign::Git { version, age: Age::NewEnough } => Line::new("git", Good, format!("git {version}")),
        Sign::Git { version, age: Age::TooOld } => Line::new("git", Broken(Kind::World), format!("git {version}"))
            .because(format!("desk needs {}.{} or later", OLDEST_GIT.0, OLDEST_GIT.1))
            .mend("https://git-scm.com/downloads"),
        Sign::NoGit(error) => of_error("git", error.into()).mend("https://git-scm.com/downloads"),
        Sign::Closed(error) => of_error("newsroom", error.into()),
        Sign::Open { name, people } => Line::new("newsroom", Good, format!("{name}, with {people} on the staff list")),
        Sign::Kinds(kinds) if kinds.is_empty() => Line::new("schemas", Note, "no kind of article has a schema")
            .because("desk new asks for nothing but a title, and desk check cannot miss a field"),
        Sign::Kinds(kinds) => Line::new("schemas", Good, format!("kinds of article: {}", words::and(&kinds))),
        Sign::BrokenKinds(error) => of_error("schemas", error.into()),
        Sign::You(identity, None) => Line::new(
            "you",
            Note,
            format!("you are {} <{}>, who is not on the staff list", identity.name, identity.address),
        )
        .because("you may write; who is on the list may submit, approve and publish")
        .mend("ask for an entry in staff.toml, or: git config user.email ADDRESS"),
        Sign::You(identity, Some(person)) => {
            let roles: Vec<&str> = person.roles.iter().map(crate::config::Role::as_str).collect();
            let roles = if roles.is_empty() { String::new() } else { format!(": {}", roles.join(", ")) };
            Line::new("you", Good, format!("you are {} <{}>{roles}", person.name, identity.address))
        }
        Sign::Nobody => Line::new("you", Broken(Kind::World), "git does not know who you are")
            .because("the record of an article names people")
            .mend("git config user.name \"Your Name\" && git config user.email you@example.org"),
        Sign::Signing(signing, asked) => of_signing(signing, asked),
        Sign::ShowsPublic(name) => {
            Line::new("public", Good, format!("this folder shows the public version (`{name}`)"))
        }
        Sign::ShowsOther { public, shown } => {
            let shown = shown.map_or("one version of the past".to_owned(), |shown| format!("`{shown}`"));
            Line::new("public", Note, format!("this folder shows {shown}, not the public version (`{public}`)"))
                .because("desk works on the public version all the same; its files follow when the folder shows it")
                .mend(format!("git switch {public}"))
        }
        Sign::Differs(path) => {
            Line::new("set-up", Note, format!("`{path}` says something else here than in the public version"))
                .because("it counts when the public version has it")
                .mend(format!("git diff {path}"))
        }
        Sign::NobodyHas(role) => {
            Line::new("roles", Broken(Kind::Usage), format!("nobody on the staff list has the role `{role}`"))
                .because("desk.toml asks for it, so nothing that needs it can be published")
                .mend(format!("add \"{role}\" to somebody's roles in staff.toml, or take it out of [review]"))
        }
        Sign::TooFew { wanted, people } => Line::new(
            "people",
            Broken(Kind::Usage),
            format!("{wanted} people must agree, and the staff list has {people}"),
        )
        .because("nothing that needs them can be published, except with --alone")
        .mend("add people to staff.toml, or lower `people` in [review] of desk.toml"),
        Sign::Hook(hook) => of_hook(hook),
        Sign::Forge(sign) => protection::line(sign),
        Sign::Odd(oddity) => of_oddity(&oddity),
    }
}

fn of_error(about: &'static str, error: Error) -> Line {
    let kind = if error.kind == Kind::World { Kind::World } else { Kind::Usage };
    Line { why: error.why, mend: error.help, ..Line::new(about, Health::Broken(kind), error.what) }
}

fn of_signing(signing: Signing, asked: Signatures) -> Line {
    let health = match asked {
        Signatures::Required => Health::Broken(Kind::Usage),
        Signatures::Optional => Health::Note,
    };
    let meaning = match asked {
        Signatures::Required => "in this newsroom a yes without a signature does not count",
        Signatures::Optional => "a yes without a signature is recorded as claimed, not as proved",
    };
    let list = "add the key to your entry in staff.toml: keys = [\"ssh-ed25519 AAAA...\"]";
    match signing {
        Signing::Listed => Line::new("signing", Health::Good, "what you say is signed, with a key on the staff list"),
        Signing::NotSetUp => Line::new("signing", health, "what you say is not signed")
            .because(meaning)
            .mend("git config gpg.format ssh && git config user.signingKey ~/.ssh/id_ed25519.pub"),
        Signing::NoSuchKey => Line::new("signing", Health::Broken(Kind::World), "the key you sign with cannot be read")
            .because("git's `user.signingKey` names it")
            .mend("git config user.signingKey ~/.ssh/id_ed25519.pub"),
        Signing::NotListed => {
            Line::new("signing", health, "you sign with a key that the staff list does not have for you")
                .because(meaning)
                .mend(list)
        }
        Signing::Withdrawn => {
            Line::new("signing", Health::Broken(Kind::Usage), "you sign with a key that was retired or withdrawn")
                .because("what it signs does not count")
                .mend(list)
        }
    }
}

fn of_hook(hook: Option<Hook>) -> Line {
    match hook {
        Some(Hook::Already(_) | Hook::Written(_)) => {
            Line::new("hook", Health::Good, "git checks the articles before each commit")
        }
        Some(Hook::Kept(path)) => Line::new(
            "hook",
            Health::Note,
            format!("git runs a hook of your own before each commit: {}", path.display()),
        )
        .because("it stays as it is; to have the articles checked too, add this line to it")
        .mend(super::setup::hooks::line("pre-commit")),
        None => {
            Line::new("hook", Health::Note, "commits made with git itself are not checked").mend("desk setup hooks")
        }
    }
}

fn of_oddity(oddity: &Oddity) -> Line {
    let note = |says: String| Line::new("repository", Health::Note, says);
    match oddity {
        Oddity::Shallow => note("this copy has only a part of the newsroom's history".to_owned())
            .because("what came before it can be neither shown nor audited here")
            .mend("git fetch --unshallow"),
        Oddity::Partial(remote) => note(format!("this copy leaves files with `{remote}` until they are needed"))
            .because("desk does not fetch them by itself")
            .mend(format!("git fetch --refetch --no-filter {remote}")),
        Oddity::SparseCheckout => note("this folder holds only a part of the newsroom's files".to_owned())
            .because("desk leaves the others alone")
            .mend("git sparse-checkout disable"),
        Oddity::Filter(name) => note(format!("files may be stored through the program `{name}`"))
            .because("desk does not run it: an article with such a file is refused; photos of usual size need none")
            .mend(format!("git config --show-origin --get-regexp 'filter\\.{name}\\.'")),
        Oddity::AutoCrlf(value) => note(format!("git changes line ends here (core.autocrlf = {value})"))
            .because("desk does as git does; nothing to mend"),
        Oddity::SignedCommits => note("git signs the commits that you make, desk does not sign its own".to_owned())
            .because("it signs with SSH keys alone; a forge that requires signatures will not take what desk pushes")
            .mend("git config gpg.format ssh && git config user.signingKey ~/.ssh/id_ed25519.pub"),
        Oddity::Hook(name) => note(format!("git runs a `{name}` hook, which desk's own saves and moves do not"))
            .because("nothing to mend, unless the hook does something you need"),
        Oddity::NoSync => note("git is told to keep nothing safe against a power cut (core.fsync = none)".to_owned())
            .because("so desk waits for no disk either: what it said is done may be lost")
            .mend("git config --unset core.fsync"),
        Oddity::LinkedFolder => note("this folder is one of several of the same repository".to_owned())
            .because("drafts and approvals are shared between them; nothing to mend"),
        Oddity::InProgress(doing) => {
            Line::new("repository", Health::Broken(Kind::World), format!("git is in the middle of {doing}"))
                .because("desk changes nothing in this folder until it is finished or given up")
                .mend(format!("{} (to give it up: {})", doing.finish(), doing.abort()))
        }
    }
}

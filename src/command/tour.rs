//! `desk tour`: one story from paste to page, in a newsroom made for it, each step with its command and what that
//! really said.

use std::path::PathBuf;

use jiff::SignedDuration;

use super::{Context, Environment, Error, Outcome};
use crate::newsroom::Newsroom;
use crate::process::Variables;
use crate::terminal::{Streams, style, wrapped};

/// What Mina pastes.
const PASTE: &str = include_str!("tour/paste.txt");

/// The photo that comes with it.
const PHOTO: &[u8] = include_bytes!("tour/dredger.png");

/// When the story begins.
const BEGINNING: &str = "2026-07-25T21:00:00+09:00";

/// See one story go from paste to page, in a newsroom made for it
///
/// Two people, one story, twelve commands; every screen is real. It needs no network, no configuration and no git
/// identity, and touches nothing of yours. The newsroom stays in a temporary folder for you to look around in.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk tour
  $ desk tour --in ./post")]
pub struct Args {
    /// An empty folder to play in; a temporary one otherwise
    #[arg(long = "in", value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy)]
struct Person {
    name: &'static str,
    first: &'static str,
    address: &'static str,
}

const MINA: Person = Person { name: "Mina Park", first: "Mina", address: "mina@post.example" };
const JUN: Person = Person { name: "Jun Seo", first: "Jun", address: "jun@post.example" };

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let folder = folder(args, context)?;
    let mut tour = Tour { now: BEGINNING.parse().expect("an instant"), folder, context };
    tour.say("Mina writes, Jun edits. Nothing becomes public before both agreed to the very words.")?;
    tour.person(MINA, "founds the newsroom.")?;
    let staff = "Jun Seo <jun@post.example>:editorial";
    tour.run(
        MINA,
        &["init", "--name", "Port Alder Post", "--profile", "pair", "--staff", staff, "--timezone", "Asia/Seoul"],
        "",
    )?;
    tour.person(MINA, "pastes a story, copied from a web page.")?;
    tour.run(
        MINA,
        &[
            "import",
            "-",
            "--kind",
            "news",
            "--slug",
            "harbor-dredging",
            "--set",
            "section=harbor",
            "--set",
            "tags=port,budget",
        ],
        PASTE,
    )?;
    tour.person(MINA, "asks what is missing.")?;
    tour.run_to_its_end(MINA, &["check", "harbor", "--format", "short"], "")?;
    tour.person(MINA, "puts the photo into the folder and says what it shows.")?;
    tour.edit(str::to_owned)?;
    tour.run(
        MINA,
        &[
            "photo",
            "harbor",
            "dredger.png",
            "--alt",
            "A dredger moored at a quay",
            "--rights",
            "Port Authority, free for news",
        ],
        "",
    )?;
    tour.person(MINA, "sends it to Jun.")?;
    tour.run(MINA, &["submit", "harbor"], "")?;
    tour.person(JUN, "sees what waits, reads it, and agrees.")?;
    tour.run(JUN, &[], "")?;
    tour.run(JUN, &["approve", "harbor", "--yes"], "")?;
    tour.person(MINA, "changes one word after that, and tries to publish.")?;
    tour.edit(|text| text.replace("eleven weeks late", "twelve weeks late"))?;
    tour.run_to_its_end(MINA, &["publish", "harbor"], "")?;
    tour.person(MINA, "stands by the new word. Jun is shown just that word.")?;
    tour.run(MINA, &["submit", "harbor"], "")?;
    tour.run(JUN, &["approve", "harbor", "--yes"], "")?;
    tour.person(MINA, "publishes.")?;
    tour.run(MINA, &["publish", "harbor"], "")?;
    tour.say("Anybody can now compute from git alone who agreed to which words, offline, years later.")?;
    tour.run(JUN, &["audit", "harbor"], "")?;
    tour.say("And here is the page.")?;
    tour.run(MINA, &["build"], "")?;
    let folder = tour.folder.display().to_string();
    tour.say(&format!("Look around: cd {folder} && desk list"))?;
    Ok(Outcome::Done)
}

fn folder(args: Args, context: &Context) -> Result<PathBuf, Error> {
    match args.folder {
        Some(folder) => Ok(context.directory().join(folder)),
        None => {
            let made = tempfile::Builder::new().prefix("desk-tour-").tempdir();
            Ok(made
                .map_err(|error| Error::world("could not make a folder to play in").because(error.to_string()))?
                .keep())
        }
    }
}

struct Tour<'a> {
    context: &'a mut Context,
    folder: PathBuf,
    now: jiff::Timestamp,
}

impl Tour<'_> {
    fn say(&mut self, words: &str) -> Result<(), Error> {
        let width = self.context.terminal.width().min(80);
        self.context.terminal.print("")?;
        for line in wrapped(words, width) {
            self.context.terminal.print(style::paint(style::HEADING, line))?;
        }
        Ok(())
    }

    fn person(&mut self, person: Person, does: &str) -> Result<(), Error> {
        self.say(&format!("{} {does}", person.first))
    }

    /// Runs a command that must succeed.
    fn run(&mut self, person: Person, args: &[&str], input: &str) -> Result<(), Error> {
        let code = self.run_to_its_end(person, args, input)?;
        if code == 0 {
            Ok(())
        } else {
            Err(Error::world(format!("the tour stopped: `desk {}` ended with {code}", args.join(" "))))
        }
    }

    /// Runs a command and shows it with all that it said; gives its exit code.
    fn run_to_its_end(&mut self, person: Person, args: &[&str], input: &str) -> Result<u8, Error> {
        self.now += SignedDuration::from_mins(4);
        let quoted: Vec<String> = args.iter().map(|arg| quoted(arg)).collect();
        let pipe = if input.is_empty() { "" } else { "paste | " };
        let line = format!("{}$ {pipe}desk {}", person.first.to_lowercase(), quoted.join(" "));
        self.context.terminal.print(style::paint(style::COMMAND, line.trim_end()))?;
        let (streams, buffers) = Streams::buffers(input);
        let code = super::run(self.environment(person, args), streams);
        for line in buffers.err().lines().chain(buffers.out().lines()) {
            self.context.terminal.print(format!("  {line}").trim_end())?;
        }
        Ok(code)
    }

    /// What a person does in their editor, and the photo beside it.
    fn edit(&mut self, change: impl FnOnce(&str) -> String) -> Result<(), Error> {
        let environment = self.environment(MINA, &["edit"]);
        let (streams, _) = Streams::buffers("");
        let terminal = crate::terminal::Terminal::new(streams, environment.settings(&super::Global::default()));
        let inner = Context::new(environment, super::Global::default(), terminal);
        let mut newsroom: Newsroom = inner.newsroom()?;
        newsroom.rewrite(Some("harbor-dredging"), |_, document| {
            let photo = document.path.parent().and_then(|folder| folder.join("dredger.png").ok());
            let mut files = vec![(document.path.clone(), change(&document.text).into_bytes())];
            files.extend(photo.map(|photo| (photo, PHOTO.to_vec())));
            Ok(files)
        })?;
        Ok(())
    }

    fn environment(&self, person: Person, args: &[&str]) -> Environment {
        let mut variables = Variables::default();
        // What other programs need to be found; nothing of the reader's own git.
        for name in ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP"] {
            if let Some(value) = self.context.environment.variables.raw(name) {
                variables = variables.with(name, value);
            }
        }
        for (name, value) in [
            ("GIT_AUTHOR_NAME", person.name),
            ("GIT_AUTHOR_EMAIL", person.address),
            ("GIT_COMMITTER_NAME", person.name),
            ("GIT_COMMITTER_EMAIL", person.address),
            ("NO_COLOR", "1"),
        ] {
            variables = variables.with(name, value);
        }
        Environment {
            args: std::iter::once("desk").chain(args.iter().copied()).map(Into::into).collect(),
            directory: self.folder.clone(),
            variables,
            now: self.now,
            clock: crate::process::Clock::Set(self.now),
            seed: None,
            terminals: crate::terminal::Terminals::default(),
        }
    }
}

/// A word of a command line as a person would type it.
fn quoted(word: &str) -> String {
    let plain = |one: char| one.is_alphanumeric() || "-_=./,@:".contains(one);
    if word.chars().all(plain) { word.to_owned() } else { format!("\"{word}\"") }
}

//! What every verb is given.

use std::path::PathBuf;

use jiff::tz::TimeZone;

use super::{Environment, Error, Global};
use crate::newsroom::{Herald, Newsroom, Notice, Recovered, Setting};
use crate::process::{Passwords, Programs};
use crate::terminal::{Terminal, printable};

/// The environment, the global options, and the means to speak and to run programs.
#[derive(Debug)]
pub struct Context {
    /// What desk was started with.
    pub environment: Environment,
    /// Options that every command takes.
    pub global: Global,
    /// Where to write and ask.
    pub terminal: Terminal,
    /// Other programs.
    pub programs: Programs,
}

impl Context {
    pub(super) fn new(environment: Environment, global: Global, terminal: Terminal) -> Self {
        let programs = Programs::new(environment.variables.clone());
        Self { environment, global, terminal, programs }
    }

    /// Long output for a person is read in a pager from here on, where there is one.
    pub fn page(&mut self) -> Result<(), Error> {
        let pager = self.terminal.settings().pager.clone().unwrap_or_else(|| "less".to_owned());
        if !self.terminal.out_is_terminal() || pager == "cat" || cfg!(windows) {
            return Ok(());
        }
        match self.programs.pager(&pager, &self.environment.directory) {
            Ok(pager) => Ok(self.terminal.read_in(pager)?),
            Err(_) => Ok(()),
        }
    }

    /// The folder to work in: where desk was started, or `-C`.
    pub fn directory(&self) -> PathBuf {
        match &self.global.directory {
            Some(directory) => self.environment.directory.join(directory),
            None => self.environment.directory.clone(),
        }
    }
}

impl Context {
    /// What a use case is given.
    pub(super) fn setting(&self) -> Setting {
        Setting {
            directory: self.directory(),
            now: self.environment.now,
            seed: self.environment.seed,
            programs: self.programs.clone(),
            words: self.environment.args.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect(),
            herald: self.herald(),
            passwords: if self.terminal.can_ask() { Passwords::Ask } else { Passwords::Never },
        }
    }

    /// One who tells what cannot wait until the command is done.
    fn herald(&self) -> Herald {
        let voice = self.terminal.voice();
        Herald::new(move |notice| match notice {
            Notice::Waiting => voice.say("Another desk is writing here: waiting until it is done."),
            Notice::Settled(Recovered::Finished(summary)) => {
                voice.say(format_args!("A command was stopped half-way; it is finished now: {}.", printable(summary)));
            }
            Notice::Settled(Recovered::Discarded(summary)) => {
                let summary = printable(summary);
                voice.say(format_args!(
                    "A command was stopped before it did anything; nothing is left of it: {summary}."
                ));
            }
        })
    }

    /// Waits until `time`; it is the time of this command from then on.
    pub(super) fn wait_until(&mut self, time: jiff::Timestamp) {
        self.environment.clock.wait_until(time);
        self.environment.now = self.environment.clock.now();
    }

    /// The time zone of whoever sits here, by its name.
    pub(super) fn own_zone(&self) -> String {
        let named = self.environment.variables.get("TZ").map(|zone| zone.trim_start_matches(':').to_owned());
        let system = || TimeZone::system().iana_name().map(str::to_owned);
        named.filter(|zone| TimeZone::get(zone).is_ok()).or_else(system).unwrap_or_else(|| "UTC".to_owned())
    }

    /// The newsroom of this folder, for a verb that puts somebody's name to something.
    pub(super) fn workplace(&mut self) -> Result<Newsroom, Error> {
        let newsroom = self.newsroom()?;
        super::identity::introduce(self, &newsroom)?;
        Ok(newsroom)
    }

    /// The newsroom of this folder.
    pub(super) fn newsroom(&self) -> Result<Newsroom, Error> {
        Ok(Newsroom::open(self.setting())?)
    }
}

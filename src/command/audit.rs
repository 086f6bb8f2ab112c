//! `desk audit`: who agreed to every public word, and whether all of it holds.
//!
//! With `--format json` one document is printed. Absent values are null, times are RFC 3339, digests and commits are
//! whole; what is here in version 1 stays, and more may come beside it:
//!
//! ```json
//! {
//!   "version": 1,
//!   "whole": true,
//!   "steps": 5,
//!   "since": "2026-07-25T13:01:00Z",
//!   "commit": "the last commit that was judged",
//!   "articles": [{
//!     "id": null, "slug": "ferry-fares", "title": "", "path": "articles/2026/07/ferry-fares",
//!     "presence": "public, before-desk, hidden or gone",
//!     "strength": "the weakest yes: proved, attested or claimed; null without any",
//!     "owed": false,
//!     "links": [{
//!       "commit": "", "move": "publish", "from": "review", "to": "published",
//!       "content": "sha256:...", "replaces": null, "time": "", "person": "Name <address>", "note": "",
//!       "people": 2, "roles": ["editorial"], "met": "fully, alone or no",
//!       "assents": [{ "name": "", "decision": "approve", "time": "", "roles": [], "strength": "claimed" }]
//!     }],
//!     "breaks": [{ "reason": "changed-without-record", "message": "", "commit": "", "time": "",
//!                  "person": "Name <address>", "path": null }],
//!     "mended": ["breaks that were made good, each with `mended`: its commit and time"]
//!   }],
//!   "breaks": ["those that are about no article, in the same form"]
//! }
//! ```

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Context, Error, Format, Outcome, Reporting, words};
use crate::history::{Link, Met};
use crate::ledger::Strength;
use crate::newsroom::{Account, Audited, Breach, Newsroom, Presence, Repair};
use crate::terminal::{Columns, printable, style};

/// How many names stand in one line.
const NAMED: usize = 5;

/// Prove what is public: who agreed to it and when, and whether anything was changed since
///
/// Judges every step of the public version's past by the rules that held before it. Each yes is proved (signed by a key
/// of the staff list), attested (somebody's signed word for it) or claimed (a name in git). Ends with 1 if the chain
/// breaks anywhere: words changed, deleted or made public by other hands, a record edited, rules changed by somebody who
/// may not. Words that were changed by hand are made good when everybody has agreed to what stands there now (desk submit,
/// approve, publish); the break stays named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk audit
  $ desk audit ferry-fares --format json")]
pub struct Args {
    /// One article: its slug, a clear beginning of it, or its path; also one that was deleted
    #[arg(value_name = "SLUG")]
    article: Option<String>,
    #[command(flatten)]
    reporting: Reporting,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let newsroom = match Newsroom::open(context.setting()) {
        Err(error) if error.is_nowhere() => return Err(nowhere(context, error)?),
        opened => opened?,
    };
    let line = newsroom.line()?;
    let progress = context.terminal.progress("judging the past", line.steps());
    let audited = newsroom.audit(&line, || progress.step())?;
    drop(progress);
    let mut screen = Screen { newsroom: &newsroom, context };
    let Some(name) = args.article else {
        match args.reporting.format {
            Format::Json => screen.json(&audited, &audited.accounts.iter().collect::<Vec<_>>())?,
            Format::Human => screen.everything(&audited)?,
        }
        return Ok(outcome(audited.is_whole()));
    };
    let account = newsroom.audited(&audited, &name)?;
    match args.reporting.format {
        Format::Json => screen.json(&audited, account.as_slice())?,
        Format::Human => screen.one(&audited, &name, account)?,
    }
    let whole = audited.breaches.is_empty() && account.is_none_or(|account| account.breaches.is_empty());
    Ok(outcome(whole))
}

/// There is no newsroom; if there was one, since when not.
fn nowhere(context: &Context, error: crate::newsroom::Error) -> Result<Error, Error> {
    let Some(breach) = Newsroom::lost(&context.setting())? else { return Ok(error.into()) };
    let time = words::moment(breach.time, context.environment.now, &jiff::tz::TimeZone::UTC);
    Ok(Error::articles("the public version has no newsroom any more: `desk.toml` is gone")
        .because(format!("since {} by {}, {time} UTC", breach.commit.short(), breach.by))
        .because("nothing that is public can be proved without it")
        .help(format!("git revert {}", breach.commit.short())))
}

fn outcome(whole: bool) -> Outcome {
    if whole { Outcome::Done } else { Outcome::AtFault }
}

struct Screen<'a> {
    newsroom: &'a Newsroom,
    context: &'a mut Context,
}

impl Screen<'_> {
    fn line(&mut self, line: impl std::fmt::Display) -> Result<(), Error> {
        Ok(self.context.terminal.print(line)?)
    }

    fn moment(&self, time: Timestamp) -> String {
        words::moment(time, self.newsroom.now(), &self.newsroom.config().newsroom.timezone)
    }

    fn everything(&mut self, audited: &Audited) -> Result<(), Error> {
        let there: Vec<&Account> = audited.accounts.iter().filter(|account| is_public(account)).collect();
        let since = audited.since.map(|time| format!(" since {}", self.moment(time))).unwrap_or_default();
        let name = &self.newsroom.config().newsroom.name;
        let articles = words::count(there.len(), "public article");
        let head = format!("{name}: {articles}, {} judged{since}", words::count(audited.steps, "step"));
        self.line(printable(&head))?;
        for row in summary(&there).lines("  ") {
            self.line(row)?;
        }
        self.mended(
            audited.accounts.iter().flat_map(|account| account.mended.iter().map(|one| (&*account.name, one))),
        )?;
        let broken: Vec<&Account> = audited.accounts.iter().filter(|account| !account.breaches.is_empty()).collect();
        if audited.is_whole() && there.is_empty() {
            return self.line("Nothing is public yet.");
        }
        if audited.is_whole() {
            return self.line("Whole: every public word is what its people agreed to.");
        }
        self.line(style::paint(style::ERROR, "BROKEN"))?;
        for breach in &audited.breaches {
            self.breach("the newsroom", breach)?;
        }
        for account in &broken {
            for breach in &account.breaches {
                self.breach(&account.name, breach)?;
            }
        }
        let help = match broken.first() {
            Some(account) => format!("desk audit {}", account.name),
            None => audited.breaches.first().map(show).unwrap_or_default(),
        };
        self.line(format!("{}   {}", count_broken(broken.len(), audited), style::paint(style::COMMAND, help)))
    }

    /// `ferry-fares: public words were changed and no record says so`, and who did it.
    fn breach(&mut self, about: &str, breach: &Breach) -> Result<(), Error> {
        let about = style::paint(style::HEADING, printable(about)).to_string();
        self.line(format!("  {about}: {}", printable(&breach.why.to_string())))?;
        let place = breach.path.as_ref().map(|path| format!(", {path}")).unwrap_or_default();
        let time = self.moment(breach.time);
        let by = format!("      {} by {}, {time}{place}", breach.commit.short(), breach.by);
        self.line(printable(&by))
    }

    /// What was broken and made good stays named.
    fn mended<'b>(&mut self, repairs: impl Iterator<Item = (&'b str, &'b Repair)>) -> Result<(), Error> {
        let repairs: Vec<_> = repairs.collect();
        if !repairs.is_empty() {
            self.line(style::paint(style::HEADING, "MADE GOOD"))?;
        }
        for (about, repair) in repairs {
            self.breach(about, &repair.breach)?;
            let (from, to) = (self.moment(repair.breach.time), self.moment(repair.time));
            let by = repair.by.short();
            self.line(format!("      public without everybody's yes from {from} to {to}; made good in {by}"))?;
        }
        Ok(())
    }

    fn one(&mut self, audited: &Audited, name: &str, account: Option<&Account>) -> Result<(), Error> {
        let Some(account) = account else {
            self.line(format!("`{}` has never been public: there is nothing to prove.", printable(name)))?;
            return self.ending(audited, None);
        };
        self.line(style::paint(style::HEADING, printable(&account.title)))?;
        self.line(format!("  {}, {}", printable(account.home.as_str()), standing(account)))?;
        for link in &account.links {
            self.link(link)?;
        }
        self.mended(account.mended.iter().map(|one| ("this article", one)))?;
        self.ending(audited, Some(account))
    }

    fn link(&mut self, link: &Link) -> Result<(), Error> {
        let entry = &link.entry;
        let (from, to) = (entry.act.from(), entry.act.to());
        let stages = if from == to { String::new() } else { format!(" ({from} -> {to})") };
        let note = if entry.note.is_empty() { String::new() } else { format!(": {}", entry.note) };
        let (name, commit) = (&entry.person.name, link.commit.short());
        let time = self.moment(entry.time);
        let head = format!("  {time}   {}{stages} by {name}, {commit}{note}", entry.act.past());
        self.line(printable(&head))?;
        if let Some(kept) = &entry.schedule {
            let schedule = &kept.schedule;
            let (asked, due) = (self.moment(schedule.time), self.moment(schedule.due));
            self.line(printable(&format!("      scheduled by {} {asked} for {due}", schedule.person.name)))?;
        }
        let mut rows = Columns::new();
        for one in &link.confirmed {
            let roles: Vec<String> = one.roles.iter().map(ToString::to_string).collect();
            let as_ = if roles.is_empty() { String::new() } else { format!(" as {}", words::and(&roles)) };
            let said = format!("{} {}{as_}", one.name, one.decision.past());
            rows.row([printable(&said).to_string(), self.moment(one.time), one.strength.as_str().to_owned()]);
        }
        for row in rows.lines("      ") {
            self.line(row)?;
        }
        let roles = if entry.roles.is_empty() { String::new() } else { format!(", {}", words::and(&entry.roles)) };
        let people = if entry.people == 1 { "1 person".to_owned() } else { format!("{} people", entry.people) };
        let met = match link.met {
            Met::Fully => "had them",
            Met::Alone => "published alone, the others owe it their reading",
            Met::No => "did not have them",
        };
        self.line(printable(&format!("      needed {people}{roles}; {met}")))
    }

    /// What it comes to, for one article: its own breaks, and those of the rules that all articles rest on.
    fn ending(&mut self, audited: &Audited, account: Option<&Account>) -> Result<(), Error> {
        let own = account.map(|account| account.breaches.as_slice()).unwrap_or_default();
        if own.is_empty() && audited.breaches.is_empty() {
            return self.line("Whole.");
        }
        self.line(style::paint(style::ERROR, "BROKEN"))?;
        for breach in own {
            self.breach("this article", breach)?;
        }
        for breach in &audited.breaches {
            self.breach("the newsroom", breach)?;
        }
        let help = own.first().or(audited.breaches.first()).map(show).unwrap_or_default();
        self.line(format!("See what was done: {}", style::paint(style::COMMAND, help)))?;
        let mendable = !own.is_empty() && own.iter().all(|breach| breach.why.is_mendable());
        if let Some(account) = account.filter(|account| mendable && account.presence == Presence::Public) {
            let submit = format!("desk submit {}", account.name);
            self.line(format!("Make it good, openly: {}", style::paint(style::COMMAND, printable(&submit))))?;
        }
        Ok(())
    }

    fn json(&mut self, audited: &Audited, accounts: &[&Account]) -> Result<(), Error> {
        let whole = audited.breaches.is_empty() && accounts.iter().all(|account| account.breaches.is_empty());
        let out = json!({
            "version": 1,
            "whole": whole,
            "steps": audited.steps,
            "since": audited.since.map(|time| time.to_string()),
            "commit": audited.tip.to_string(),
            "articles": accounts.iter().map(|account| account_json(account)).collect::<Vec<_>>(),
            "breaks": audited.breaches.iter().map(breach_json).collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(self.context.terminal.out(), &out).map_err(std::io::Error::from)?;
        self.line("")
    }
}

fn is_public(account: &Account) -> bool {
    matches!(account.presence, Presence::Public | Presence::BeforeDesk)
}

/// How many public articles rest on what.
fn summary(accounts: &[&Account]) -> Columns {
    let mut rows = Columns::new();
    let mut row = |word: &str, about: &str, which: &dyn Fn(&Account) -> bool| {
        let count = accounts.iter().filter(|account| which(account)).count();
        if count > 0 {
            rows.row([word.to_owned(), count.to_string(), about.to_owned()]);
        }
    };
    let sound = |account: &Account| account.breaches.is_empty();
    let of = |strength| move |account: &Account| sound(account) && account.strength == Some(strength);
    row("proved", "every yes is signed by a key of the staff list", &of(Strength::Proved));
    row("attested", "somebody's signed word stands for a yes", &of(Strength::Attested));
    row("claimed", "a yes rests on a name in git, which anybody could write", &of(Strength::Claimed));
    let before = |account: &Account| sound(account) && account.presence == Presence::BeforeDesk;
    row("before desk", "as it was when desk came; nobody was asked then", &before);
    row("broken", "not what was agreed to, see below", &|account| !sound(account));
    let owed: Vec<&str> =
        accounts.iter().filter(|account| account.is_owed).map(|account| account.name.as_str()).collect();
    if !owed.is_empty() {
        let more = owed.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let names = owed.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let about = format!("published alone, to be read by a second person: {names}{more}");
        rows.row(["owed".to_owned(), owed.len().to_string(), printable(&about).to_string()]);
    }
    rows
}

fn count_broken(articles: usize, audited: &Audited) -> String {
    let own = audited.breaches.len();
    let breaks = own + audited.accounts.iter().map(|account| account.breaches.len()).sum::<usize>();
    let among = if articles == 0 { String::new() } else { format!(" in {}", words::count(articles, "article")) };
    format!("{}{among}.", words::count(breaks, "break"))
}

fn show(breach: &Breach) -> String {
    format!("git show --first-parent {}", breach.commit.short())
}

/// Where an article is and what it rests on.
fn standing(account: &Account) -> String {
    let place = match account.presence {
        Presence::Public => "public",
        Presence::BeforeDesk => return "as it was when desk came".to_owned(),
        Presence::Hidden => "not public",
        Presence::Gone => "not there any more",
    };
    let strength = account.strength.map_or("nobody's yes is there", Strength::as_str);
    let owed = if account.is_owed { ", to be read by a second person" } else { "" };
    format!("{place}, {strength}{owed}")
}

fn account_json(account: &Account) -> Value {
    json!({
        "id": account.id.map(|id| id.to_string()),
        "slug": account.name,
        "title": account.title,
        "path": account.home.as_str(),
        "presence": account.presence.as_str(),
        "strength": account.strength.map(Strength::as_str),
        "owed": account.is_owed,
        "links": account.links.iter().map(link_json).collect::<Vec<_>>(),
        "breaks": account.breaches.iter().map(breach_json).collect::<Vec<_>>(),
        "mended": account.mended.iter().map(repair_json).collect::<Vec<_>>(),
    })
}

fn link_json(link: &Link) -> Value {
    let entry = &link.entry;
    let assents: Vec<_> = link
        .confirmed
        .iter()
        .map(|one| {
            let roles: Vec<String> = one.roles.iter().map(ToString::to_string).collect();
            json!({"name": one.name, "decision": one.decision.as_str(), "time": one.time.to_string(), "roles": roles,
                "strength": one.strength.as_str()})
        })
        .collect();
    json!({
        "commit": link.commit.to_string(),
        "move": entry.act.word(),
        "from": entry.act.from().as_str(),
        "to": entry.act.to().as_str(),
        "content": entry.content.to_string(),
        "replaces": entry.replaces.map(|digest| digest.to_string()),
        "time": entry.time.to_string(),
        "person": entry.person.to_string(),
        "note": entry.note,
        "scheduled": entry.schedule.as_ref().map(|kept| json!({"person": kept.schedule.person.to_string(),
            "time": kept.schedule.time.to_string(), "due": kept.schedule.due.to_string()})),
        "people": entry.people,
        "roles": entry.roles,
        "met": match link.met {
            Met::Fully => "fully",
            Met::Alone => "alone",
            Met::No => "no",
        },
        "assents": assents,
    })
}

fn repair_json(repair: &Repair) -> Value {
    let mut json = breach_json(&repair.breach);
    json["mended"] = json!({"commit": repair.by.to_string(), "time": repair.time.to_string()});
    json
}

fn breach_json(breach: &Breach) -> Value {
    json!({
        "reason": breach.why.name(),
        "message": breach.why.to_string(),
        "commit": breach.commit.to_string(),
        "time": breach.time.to_string(),
        "person": breach.by.to_string(),
        "path": breach.path.as_ref().map(|path| path.as_str()),
    })
}

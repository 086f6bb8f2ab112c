//! What `desk audit` says to people.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{is_public, unproven};
use crate::article::Move;
use crate::command::{Context, Error, words};
use crate::history::{Confirmed, Link, Met, Reason};
use crate::ledger::{Act, Strength};
use crate::newsroom::{Account, Audited, Basis, Breach, Presence, Repair};
use crate::terminal::{Columns, printable, style};

/// How many names stand in one line.
const NAMED: usize = 5;

pub(super) struct Screen<'a> {
    pub(super) audited: &'a Audited,
    pub(super) context: &'a mut Context,
}

impl Screen<'_> {
    pub(super) fn line(&mut self, line: impl std::fmt::Display) -> Result<(), Error> {
        Ok(self.context.terminal.print(line)?)
    }

    fn moment(&self, time: Timestamp) -> String {
        words::moment(time, self.context.environment.now, &self.audited.config.newsroom.timezone)
    }

    pub(super) fn everything(&mut self) -> Result<(), Error> {
        let audited = self.audited;
        let there: Vec<&Account> = audited.accounts.iter().filter(|account| is_public(account)).collect();
        let since = audited.since.map(|time| format!(" since {}", self.moment(time))).unwrap_or_default();
        let name = &audited.config.newsroom.name;
        let articles = words::count(there.len(), "public article");
        let steps = words::count(audited.steps, "step");
        let head = match audited.basis {
            Basis::History => format!("{name}: {articles}, {steps} judged{since}"),
            Basis::Range => format!("{name}: {} and {} touched", steps, words::count(there.len(), "public article")),
            Basis::Files => format!("{name}: {articles}, held against the records beside them"),
        };
        self.line(printable(&head))?;
        for row in summary(&there).lines("  ") {
            self.line(row)?;
        }
        self.mended(
            audited.accounts.iter().flat_map(|account| account.mended.iter().map(|one| (&*account.name, one))),
        )?;
        let broken: Vec<&Account> = audited.accounts.iter().filter(|account| !account.breaches.is_empty()).collect();
        if audited.is_whole() {
            self.line(match audited.basis {
                Basis::History if there.is_empty() => "Nothing is public yet.",
                Basis::History => "Whole: every public word is what its people agreed to.",
                Basis::Range => "Whole: nothing breaks in these steps.",
                Basis::Files => "Nothing here contradicts anything else.",
            })?;
            return self.unproven();
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
            None => audited.breaches.first().and_then(show).unwrap_or_default(),
        };
        let line = format!("{}   {}", count_broken(broken.len(), audited), style::paint(style::COMMAND, help));
        self.line(line.trim_end())?;
        self.unproven()
    }

    /// What this leaves open.
    fn unproven(&mut self) -> Result<(), Error> {
        let open = unproven(self.audited.basis);
        if !open.is_empty() {
            self.line(style::paint(style::HEADING, "NOT SHOWN"))?;
        }
        for one in open {
            self.line(format!("  {one}"))?;
        }
        Ok(())
    }

    /// `ferry-fares: public words were changed and no record says so`, and who did it.
    fn breach(&mut self, about: &str, breach: &Breach) -> Result<(), Error> {
        let zone = &self.audited.config.newsroom.timezone;
        for line in lines(breach, Some(about), self.context.environment.now, zone) {
            self.line(line)?;
        }
        Ok(())
    }

    /// What was broken and made good stays named.
    fn mended<'b>(&mut self, repairs: impl Iterator<Item = (&'b str, &'b Repair)>) -> Result<(), Error> {
        let repairs: Vec<_> = repairs.collect();
        if !repairs.is_empty() {
            self.line(style::paint(style::HEADING, "MADE GOOD"))?;
        }
        for (about, repair) in repairs {
            self.breach(about, &repair.breach)?;
            let from = repair.breach.origin.as_ref().map(|origin| format!(" from {}", self.moment(origin.time)));
            let (from, to, by) = (from.unwrap_or_default(), self.moment(repair.time), repair.by.short());
            self.line(format!("      public without everybody's yes{from} to {to}; made good in {by}"))?;
        }
        Ok(())
    }

    pub(super) fn one(&mut self, name: &str, account: Option<&Account>) -> Result<(), Error> {
        let Some(account) = account else {
            self.line(format!("`{}` has never been public: there is nothing to prove.", printable(name)))?;
            return self.ending(None);
        };
        self.line(style::paint(style::HEADING, printable(&account.title)))?;
        self.line(format!("  {}, {}", printable(account.home.as_str()), standing(account)))?;
        for link in &account.links {
            self.link(link)?;
            self.recorded_later(link, account)?;
        }
        self.following(account)?;
        self.mended(account.mended.iter().map(|one| ("this article", one)))?;
        self.ending(Some(account))
    }

    /// From when on readers saw words that a forge had landed before they were recorded.
    fn recorded_later(&mut self, link: &Link, account: &Account) -> Result<(), Error> {
        for commit in &link.entry.landed {
            let origin = account.landings.iter().find(|origin| origin.commit == *commit);
            let since = origin.map(|origin| format!(" from {} on", self.moment(origin.time))).unwrap_or_default();
            let landed = commit.short();
            self.line(format!("      readers saw them{since}, in {landed}; recorded after they were public"))?;
        }
        Ok(())
    }

    /// Words that a forge landed and that the next change records.
    fn following(&mut self, account: &Account) -> Result<(), Error> {
        let Some(following) = &account.following else { return Ok(()) };
        let origin = account.landings.iter().find(|origin| origin.commit == following.landed);
        let since = origin.map(|origin| format!("{}   ", self.moment(origin.time))).unwrap_or_default();
        self.line(format!("  {since}landed, {}: the record follows with the next change", following.landed.short()))?;
        self.said(&following.confirmed)
    }

    /// Who said yes, when, and how sure that is.
    fn said(&mut self, confirmed: &[Confirmed]) -> Result<(), Error> {
        let mut rows = Columns::new();
        for one in confirmed {
            let roles: Vec<String> = one.roles.iter().map(ToString::to_string).collect();
            let as_ = if roles.is_empty() { String::new() } else { format!(" as {}", words::and(&roles)) };
            let said = format!("{} {}{as_}", one.name, one.decision.past());
            rows.row([printable(&said).to_string(), self.moment(one.time), one.strength.as_str().to_owned()]);
        }
        for row in rows.lines("      ") {
            self.line(row)?;
        }
        Ok(())
    }

    fn link(&mut self, link: &Link) -> Result<(), Error> {
        let entry = &link.entry;
        let (from, to) = (entry.act.from(), entry.act.to());
        let stages = if from == to { String::new() } else { format!(" ({from} -> {to})") };
        let note = if entry.note.is_empty() { String::new() } else { format!(": {}", entry.note) };
        let commit = if self.audited.tip.is_some() { format!(", {}", link.commit.short()) } else { String::new() };
        let name = &entry.person.name;
        let time = self.moment(entry.time);
        let head = format!("  {time}   {}{stages} by {name}{commit}{note}", entry.act.past());
        self.line(printable(&head))?;
        if let Some(kept) = &entry.schedule {
            let schedule = &kept.schedule;
            let (asked, due) = (self.moment(schedule.time), self.moment(schedule.due));
            self.line(printable(&format!("      scheduled by {} {asked} for {due}", schedule.person.name)))?;
        }
        self.said(&link.confirmed)?;
        let roles = if entry.roles.is_empty() { String::new() } else { format!(", {}", words::and(&entry.roles)) };
        let people = if entry.people == 1 { "1 person".to_owned() } else { format!("{} people", entry.people) };
        let met = match link.met {
            Met::Fully => "had them",
            Met::Alone if matches!(entry.act, Act::Move { step: Move::Withdraw, .. }) => {
                "withdrawn at once, the others owe the notice their reading"
            }
            Met::Alone if matches!(entry.act, Act::Assent { .. }) => "the others still owe it their reading",
            Met::Alone => "published alone, the others owe it their reading",
            Met::No => "did not have them",
            Met::Unknown => "who they were cannot be told from here",
        };
        self.line(printable(&format!("      needed {people}{roles}; {met}")))
    }

    /// What it comes to, for one article: its own breaks, and those of the rules that all articles rest on.
    fn ending(&mut self, account: Option<&Account>) -> Result<(), Error> {
        let audited = self.audited;
        let own = account.map(|account| account.breaches.as_slice()).unwrap_or_default();
        if own.is_empty() && audited.breaches.is_empty() {
            let apart = audited.basis == Basis::Files;
            self.line(if apart { "Nothing here contradicts anything else." } else { "Whole." })?;
            return self.unproven();
        }
        self.line(style::paint(style::ERROR, "BROKEN"))?;
        for breach in own {
            self.breach("this article", breach)?;
        }
        for breach in &audited.breaches {
            self.breach("the newsroom", breach)?;
        }
        if let Some(help) = own.first().or(audited.breaches.first()).and_then(show) {
            self.line(format!("See what was done: {}", style::paint(style::COMMAND, help)))?;
        }
        if !own.is_empty() && own.iter().all(|breach| breach.why == Reason::NotRecorded) {
            let tick = style::paint(style::COMMAND, "desk tick");
            return self.line(format!("Record it, if everybody agreed: {tick}"));
        }
        let mendable = !own.is_empty() && own.iter().all(|breach| breach.why.is_mendable());
        if let Some(account) = account.filter(|account| mendable && account.presence == Presence::Public) {
            let submit = format!("desk submit {}", account.name);
            self.line(format!("Make it good, openly: {}", style::paint(style::COMMAND, printable(&submit))))?;
        }
        Ok(())
    }
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
    let is_told = |account: &Account| account.links.last().is_none_or(|link| link.met != Met::Unknown);
    let of =
        |strength| move |account: &Account| sound(account) && is_told(account) && account.strength == Some(strength);
    row("proved", "every yes is signed by a key of the staff list", &of(Strength::Proved));
    row("attested", "somebody's signed word stands for a yes", &of(Strength::Attested));
    row("claimed", "a yes rests on a name in git, which anybody could write", &of(Strength::Claimed));
    let before = |account: &Account| sound(account) && account.presence == Presence::BeforeDesk;
    row("before desk", "as it was when desk came; nobody was asked then", &before);
    let open = |account: &Account| sound(account) && !is_told(account);
    row("not told", "somebody who agreed is not on this staff list: a history would say who", &open);
    row("broken", "not what was agreed to, see below", &|account| !sound(account));
    let mut named = |word: &str, about: &str, which: &dyn Fn(&Account) -> bool| {
        let names: Vec<&str> =
            accounts.iter().filter(|account| which(account)).map(|account| account.name.as_str()).collect();
        if !names.is_empty() {
            let more = names.len().saturating_sub(NAMED);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let first = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            let about = format!("{about}: {first}{more}");
            rows.row([word.to_owned(), names.len().to_string(), printable(&about).to_string()]);
        }
    };
    named("owed", "done by one person, to be read by a second", &|account| account.is_owed);
    named("landed", "the record follows with the next change", &|account| account.following.is_some());
    rows
}

fn count_broken(articles: usize, audited: &Audited) -> String {
    let own = audited.breaches.len();
    let breaks = own + audited.accounts.iter().map(|account| account.breaches.len()).sum::<usize>();
    let among = if articles == 0 { String::new() } else { format!(" in {}", words::count(articles, "article")) };
    format!("{}{among}.", words::count(breaks, "break"))
}

fn show(breach: &Breach) -> Option<String> {
    let origin = breach.origin.as_ref()?;
    Some(format!("git show --first-parent {}", origin.commit.short()))
}

/// A break: what it is about, why, and who did it where.
pub(super) fn lines(breach: &Breach, about: Option<&str>, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let why = printable(&breach.why.to_string()).to_string();
    let first = match about {
        Some(about) => format!("  {}: {why}", style::paint(style::HEADING, printable(about))),
        None => format!("  {why}"),
    };
    let place = breach.path.as_ref().map(ToString::to_string);
    let origin = breach.origin.as_ref().map(|origin| {
        let time = words::moment(origin.time, now, zone);
        format!("{} by {}, {time}", origin.commit.short(), origin.by)
    });
    let parts: Vec<String> = origin.into_iter().chain(place).collect();
    let second = (!parts.is_empty()).then(|| format!("      {}", printable(&parts.join(", "))));
    std::iter::once(first).chain(second).collect()
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

//! `desk` alone: what waits for the person at the keyboard, or how to begin.

use super::{Context, Error, Outcome, identity, words};
use crate::newsroom::{Newsroom, Waiting};
use crate::terminal::{Columns, printable, style, wrapped};
use crate::workflow::{Item, Why};

/// Most articles shown under one heading; the rest are counted.
const SHOWN: usize = 8;

pub(super) fn run(context: &mut Context) -> Result<Outcome, Error> {
    match Newsroom::open(context.setting()) {
        Ok(newsroom) => {
            identity::introduce(context, &newsroom)?;
            inbox(context, &newsroom)
        }
        Err(error) if error.is_nowhere() => begin(context),
        Err(other) => Err(other.into()),
    }
}

/// A line for each; where one is too wide, each has its command on a line of its own.
fn fitting(rows: &[[String; 3]], width: usize) -> Vec<String> {
    if let Some(lines) = Columns::of(rows).within("  ", width) {
        return lines;
    }
    let mut lines = Vec::new();
    for [slug, reason, command] in rows {
        let told = wrapped(&format!("{slug}: {reason}"), width.saturating_sub(6));
        let indents = std::iter::once("  ").chain(std::iter::repeat("      "));
        lines.extend(told.into_iter().zip(indents).map(|(part, indent)| format!("{indent}{part}")));
        lines.push(format!("      {command}"));
    }
    lines
}

fn begin(context: &mut Context) -> Result<Outcome, Error> {
    let mut ways = Columns::new();
    for (command, about) in [
        ("desk init", "start one here, or take in a Hugo or Zola site"),
        ("desk init URL", "join yours"),
        ("desk tour", "try it for two minutes; touches nothing of yours"),
    ] {
        ways.row([style::paint(style::COMMAND, command).to_string(), about.to_owned()]);
    }
    context.terminal.print("There is no newsroom in this folder.")?;
    for line in ways.lines("  ") {
        context.terminal.print(line)?;
    }
    Ok(Outcome::Done)
}

fn inbox(context: &mut Context, newsroom: &Newsroom) -> Result<Outcome, Error> {
    let waiting = newsroom.waiting()?;
    let who = format!("{}, {}", waiting.circumstances.person.name, newsroom.config().newsroom.name);
    let when = newsroom.local_now().strftime("%a %-d %b %H:%M").to_string();
    let gap = context.terminal.width().min(80).saturating_sub(who.chars().count() + when.chars().count()).max(2);
    context.terminal.print(format!("{}{}{when}", printable(&who), " ".repeat(gap)))?;
    if waiting.circumstances.member().is_none() {
        context.terminal.print("You are not on the staff list here: ask for an entry in staff.toml.")?;
    }
    section(context, newsroom, "YOUR MOVE", &waiting.inbox.your_move)?;
    section(context, newsroom, "WAITING", &waiting.inbox.waiting)?;
    if waiting.inbox.your_move.is_empty() && waiting.inbox.waiting.is_empty() {
        context.terminal.print("Nothing waits for you.")?;
    }
    context.terminal.print(summary(&waiting, newsroom))?;
    Ok(Outcome::Done)
}

fn section(context: &mut Context, newsroom: &Newsroom, heading: &str, items: &[Item]) -> Result<(), Error> {
    if items.is_empty() {
        return Ok(());
    }
    context.terminal.print(style::paint(style::HEADING, heading))?;
    let rows = items.iter().take(SHOWN).map(|item| {
        [
            printable(item.slug.as_str()).to_string(),
            printable(&reason(item, newsroom)).to_string(),
            style::paint(style::COMMAND, printable(&item.command)).to_string(),
        ]
    });
    for line in fitting(&rows.collect::<Vec<_>>(), context.terminal.width()) {
        context.terminal.print(line)?;
    }
    if items.len() > SHOWN {
        context.terminal.print(format!("  and {} more: desk list", items.len() - SHOWN))?;
    }
    Ok(())
}

fn reason(item: &Item, newsroom: &Newsroom) -> String {
    let zone = &newsroom.config().newsroom.timezone;
    let time = |time| words::moment(time, newsroom.now(), zone);
    match &item.why {
        Why::Asked { by } if by.is_empty() => "waits for your yes".to_owned(),
        Why::Asked { by } => format!("{} asks for your yes", words::and(by)),
        Why::Changed => "changed since you approved".to_owned(),
        Why::Approved { by } if by.is_empty() => "ready to publish".to_owned(),
        Why::Approved { by } => format!("approved by {}", words::and(by)),
        Why::Overdue { due } => format!("should be public since {}", time(*due)),
        Why::Unscheduled { why } => format!("will not come by itself: {}", words::void(why)),
        Why::Returned { by, note } if note.is_empty() => format!("returned by {by}"),
        Why::Returned { by, note } => format!("returned by {by}: {note}"),
        Why::Alone { time: when } => format!("published alone {}, unread", time(*when)),
        Why::Withdrawn { time: when } => format!("withdrawn {}, notice unread", time(*when)),
        Why::Conflicting => "the public version changed meanwhile".to_owned(),
        Why::Waiting { missing } => {
            let lines: Vec<String> = missing.iter().map(words::missing).collect();
            format!("needs {}", lines.join("; "))
        }
    }
}

fn summary(waiting: &Waiting, newsroom: &Newsroom) -> String {
    let drafts = words::count(waiting.inbox.drafts, "draft");
    let zone = &newsroom.config().newsroom.timezone;
    let scheduled = match waiting.inbox.scheduled[..] {
        [] => String::new(),
        [due] => format!(", 1 scheduled for {}", words::moment_there(due, newsroom.now(), zone)),
        [due, ..] => {
            let next = words::moment_there(due, newsroom.now(), zone);
            format!(", {} scheduled, next {next}", waiting.inbox.scheduled.len())
        }
    };
    format!("{drafts}{scheduled}, {} public: desk list", waiting.public)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_fits_the_screen() {
        let row = |slug: &str, reason: &str| [slug, reason, "desk show it"].map(str::to_owned);
        let rows = [row("fire", "Mina Park asks for your yes"), row("pier", "approved")];
        let wide =
            ["  fire  Mina Park asks for your yes  desk show it", "  pier  approved                     desk show it"];
        assert_eq!(fitting(&rows, 80), wide);
        let narrow = [
            "  fire: Mina Park asks",
            "      for your yes",
            "      desk show it",
            "  pier: approved",
            "      desk show it",
        ];
        assert_eq!(fitting(&rows, 26), narrow);
    }
}

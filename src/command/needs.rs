//! What an article needs, as `desk show --needs` tells it: everything that is asked, why, who gave it and who could.

use serde_json::{Value, json};

use super::{Context, Error, Outcome, changes, words};
use crate::newsroom::{Newsroom, Proof};
use crate::terminal::{Columns, printable, style, wrapped};
use crate::workflow::{Ask, Asked};

pub(super) fn show(context: &mut Context, newsroom: &Newsroom, proof: &Proof) -> Result<Outcome, Error> {
    let zone = &newsroom.config().newsroom.timezone;
    let Some(needs) = &proof.needs else {
        context.terminal.print("Nothing is saved yet, so nothing can be asked of anybody.")?;
        return Ok(Outcome::Done);
    };
    let people = match needs.requirement.people {
        1 => "1 person".to_owned(),
        people => format!("{people} different people"),
    };
    context.terminal.print(format!("Needs the yes of {people} to these exact words."))?;
    if proof.standing.is_unsaved() {
        context.terminal.print("They are on disk and not saved yet.")?;
    }
    let rows: Vec<[String; 4]> = needs.asks(&newsroom.circumstances()?).iter().map(cells).collect();
    for line in fitting(&rows, context.terminal.width()) {
        context.terminal.print(line)?;
    }
    let mut said = Columns::new();
    let time = |time| words::moment(time, newsroom.now(), zone);
    for one in &needs.tally.counted {
        let statement = &one.assent.statement;
        let line = format!("{} {}", one.person.name, statement.decision.past());
        said.row(["yes".to_owned(), shown(&line), time(statement.time), one.strength.as_str().to_owned()]);
    }
    for one in &needs.tally.ignored {
        let statement = &one.assent.statement;
        let line = format!("{} {}", statement.person.name, statement.decision.past());
        said.row(["not".to_owned(), shown(&line), time(statement.time), shown(&one.why.to_string())]);
    }
    if !said.is_empty() {
        context.terminal.print(style::paint(style::HEADING, "SAID SO FAR"))?;
    }
    for line in said.lines("  ") {
        context.terminal.print(line)?;
    }
    if changes::missing(proof, newsroom)?.is_empty() {
        context.terminal.print("Nothing is missing.")?;
    }
    Ok(Outcome::Done)
}

/// What is asked, as cells of a row: whether it is there, what it is, why, and of whom.
fn cells(ask: &Ask) -> [String; 4] {
    let mark = if ask.is_met { "has" } else { "needs" };
    let why = ask.because.as_ref().map_or("for every article".to_owned(), |why| format!("because {why}"));
    [mark.to_owned(), words::asked(&ask.what), why, words::who(ask)].map(|cell| shown(&cell))
}

/// A line for each; where that is too wide, what is asked and why, with the people below it.
fn fitting(rows: &[[String; 4]], width: usize) -> Vec<String> {
    if let Some(lines) = Columns::of(rows).within("  ", width) {
        return lines;
    }
    let mut lines = Vec::new();
    for [mark, what, why, who] in rows {
        let room = width.saturating_sub(9);
        let told = [wrapped(&format!("{what}, {why}"), room), wrapped(who, room)].concat();
        let marks = std::iter::once(mark.as_str()).chain(std::iter::repeat(""));
        lines.extend(told.into_iter().zip(marks).map(|(part, mark)| format!("  {mark:<5}  {part}")));
    }
    lines
}

fn shown(text: &str) -> String {
    printable(text).to_string()
}

/// The same for programs; null while nothing is saved.
pub(super) fn as_json(newsroom: &Newsroom, proof: &Proof) -> Result<Value, Error> {
    let Some(needs) = &proof.needs else { return Ok(Value::Null) };
    let asks = needs.asks(&newsroom.circumstances()?);
    let one = |ask: &Ask| {
        let (sort, role) = match &ask.what {
            Asked::People(_) => ("people", None),
            Asked::Role(role) => ("role", Some(role.to_string())),
            Asked::Knowledge => ("known-source", None),
        };
        let people = if let Asked::People(people) = ask.what { Some(people) } else { None };
        json!({"sort": sort, "role": role, "people": people, "because": ask.because, "met": ask.is_met,
            "given": ask.given, "could": ask.could})
    };
    Ok(asks.iter().map(one).collect())
}

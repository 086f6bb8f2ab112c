//! `desk` alone: what waits, or how to begin.

use super::{Context, Error, Outcome};
use crate::terminal::{Columns, style};

pub(super) fn run(context: &mut Context) -> Result<Outcome, Error> {
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

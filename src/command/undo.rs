//! `desk undo`: take back what desk did last.

use super::{Context, Error, Outcome, words};
use crate::terminal::printable;

/// Take back what desk did last on this machine
///
/// Again takes back what was before that. Nothing that has left this machine is moved back, and no words are lost: a
/// file that was changed since stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk undo
  $ desk undo --list")]
pub struct Args {
    /// Show what could be taken back, newest first
    #[arg(long)]
    list: bool,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    if args.list {
        let zone = newsroom.config().newsroom.timezone.clone();
        for done in newsroom.done(20)? {
            let time = words::moment(done.time, newsroom.now(), &zone);
            context.terminal.print(format!("{time}  {}", printable(&done.summary)))?;
        }
        return Ok(Outcome::Done);
    }
    let undone = newsroom.undo()?;
    context.terminal.say(format!("Taken back: {}.", printable(&undone)));
    Ok(Outcome::Done)
}

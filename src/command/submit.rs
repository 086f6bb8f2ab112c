//! `desk submit`: to colleagues, for review.

use super::moving::{self, Named};
use super::{Context, Error, Outcome, tidings, words};
use crate::newsroom::There;
use crate::terminal::printable;

/// Send an article to colleagues, for review
///
/// Saves its folder first. Submitting says that you stand by these words: it counts as your own yes to them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk submit
  $ desk submit harbor --ask ana
  $ desk submit harbor --note \"the figure in paragraph 4 is from the survey\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// A word to those who read it
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    note: String,
    /// Whom to ask, by name: a person of the staff list
    #[arg(long, value_name = "NAME")]
    ask: Vec<String>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let moved = newsroom.submit(args.named.article(), &args.note, &args.ask)?;
    moving::say_saved(context, &moved);
    tidings::say(context, &newsroom, moved.joined.as_slice());
    let me = moved.circumstances.member().map(|person| person.name.as_str());
    let asked: Vec<String> =
        moving::could_still_say(&moved).into_iter().filter(|name| Some(name.as_str()) != me).collect();
    let whom = words::and(&asked);
    let sent = match (moving::was_kept(&moved), asked.is_empty()) {
        (false, true) => "Sent for review".to_owned(),
        (false, false) => format!("Sent to {whom}"),
        (true, true) => "Ready for review".to_owned(),
        (true, false) => format!("Ready for {whom}"),
    };
    let what = match &moved.there {
        Some(There::Done { page, .. }) => printable(page).to_string(),
        Some(There::Failed(_)) | None => moved.after.title().to_owned(),
    };
    context.terminal.say(format!("{sent}: {what}"));
    moving::say_not_done(context, &moved);
    moving::say_whether_it_counts(context, &moved);
    moving::say_needs(context, &moved);
    moving::say_check(context, &moved);
    moving::say_schedule(context, &moved);
    moving::ended(&moved)
}

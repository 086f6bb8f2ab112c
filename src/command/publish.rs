//! `desk publish`: before the public.

use super::moving::{self, Named};
use super::{Context, Error, Outcome, scheduling, tidings, words};
use crate::ledger::Decision;
use crate::newsroom::{Moved, Newsroom, There};
use crate::terminal::printable;
use crate::workflow::Together;

/// Make an article public, exactly as it was approved
///
/// Lands the approved words and records who agreed to them. A draft is submitted first, so where one person is enough
/// this is all it takes. A refusal says what is missing, and nothing is changed.
///
/// With --at it leaves a schedule for just these words: `desk tick` makes them public then, and judges everything anew.
/// If anything changed, they stay where they are. A schedule for another time takes the place of this one.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk publish ferry
  $ desk publish ferry --at \"tomorrow 06:00\"
  $ desk publish ferry --cancel
  $ desk publish pier-fire --alone --note \"fire on the pier, nobody else awake\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Publish now and owe the others their reading: for the person on duty at night
    #[arg(long, requires = "note")]
    alone: bool,
    /// Publish it then: `18:00`, `tomorrow 06:00`, `mon 06:00`, `2026-12-01 06:00`, `in 2 hours` on the newsroom's clock,
    /// or an exact time such as 2026-12-01T06:00:00+09:00
    #[arg(long, value_name = "TIME", conflicts_with = "alone")]
    at: Option<String>,
    /// Take its schedule away
    #[arg(long, conflicts_with_all = ["at", "alone", "note"])]
    cancel: bool,
    /// A word to the record; with --alone, why
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    if args.cancel {
        return scheduling::cancel(args.named.article(), &mut newsroom, context);
    }
    if let Some(at) = &args.at {
        let note = args.note.unwrap_or_default();
        return scheduling::schedule(args.named.article(), at, &note, &mut newsroom, context);
    }
    let note = args.note.unwrap_or_default();
    let together = if args.alone { Together::Alone { note } } else { Together::WithOthers { note } };
    let name = args.named.or_number(&mut newsroom)?;
    let moved = newsroom.publish(name.as_deref(), &together)?;
    moving::say_saved(context, &moved);
    tidings::say(context, &newsroom, moved.joined.as_slice());
    let time = newsroom.local_now().strftime("%H:%M").to_string();
    context.terminal.say(format!("Published: {}, {time}", moved.after.title()));
    if let Some(There::Done { page, .. }) = &moved.there {
        context.terminal.say(format!("  landed through {}", printable(page)));
    }
    if let Some(address) = newsroom.address_of(&moved.after) {
        context.terminal.say(format!("  {}   live when the site is built: desk build", printable(&address)));
    }
    if let Some(old) = newsroom.old_address(&moved.before) {
        context.terminal.say(format!("  {}   leads there too", printable(&old)));
    }
    for line in evidence(&moved, &newsroom) {
        context.terminal.say(format!("  {}", printable(&line)));
    }
    let relinked = newsroom.relink(&moved)?;
    super::rename::say_links(context, &relinked, &moved.after);
    let back = if relinked.mended.is_empty() { "it back" } else { "one after another back" };
    let here = format!("Mistake? desk undo takes {back} while nothing has left this machine.");
    moving::say_way_back(context, &moved, &here, &format!("Mistake? desk correct {}", moved.after.slug));
    moving::say_schedule(context, &moved);
    moving::say_not_done(context, &moved);
    Ok(Outcome::Done)
}

/// `exactly the 812 words Jun Seo approved at 23:41`.
pub(super) fn evidence(moved: &Moved, newsroom: &Newsroom) -> Vec<String> {
    let Some(needs) = &moved.needs else { return Vec::new() };
    let zone = &newsroom.config().newsroom.timezone;
    let length = moved.after.open.as_ref().or(moved.after.base.as_ref()).map_or(0, |version| version.body().words());
    let approved: Vec<String> = needs
        .tally
        .counted
        .iter()
        .filter(|one| one.assent.statement.decision == Decision::Approve)
        .map(|one| {
            let time = words::moment(one.assent.statement.time, newsroom.now(), zone);
            format!("{} approved at {time}", one.person.name)
        })
        .collect();
    let agreed: Vec<&str> = needs.tally.counted.iter().map(|one| one.person.name.as_str()).collect();
    let count = words::count(length, "word");
    let mut lines = vec![match (&approved[..], &agreed[..]) {
        ([], [_]) => format!("{count}, on one person's word"),
        ([], agreed) => format!("{count}, on the word of {}", words::and(agreed)),
        (approved, _) => format!("exactly the {count} {}", words::and(approved)),
    }];
    if moved.after.open.is_none() && !needs.are_met() {
        lines.push("published alone: others owe it their reading".to_owned());
    }
    lines
}

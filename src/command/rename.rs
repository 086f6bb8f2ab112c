//! `desk rename`: another name, and another place.

use super::moving;
use super::{Context, Error, Outcome, tidings, words};
use crate::article::Slug;
use crate::newsroom::{Relinked, Renamed};
use crate::terminal::printable;
use crate::workflow::Standing;

/// Give an article another name: its folder moves, and readers of its old address are led to the new one
///
/// A draft moves at once. What readers see stays where it is until it is published under its new name, by everybody's
/// yes; the old address is then one of its `aliases`, which the site sends on. Nobody else can have an address that an
/// article had. Called by its old name again, everything is as it was.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk rename harbor harbor-dredging
  $ desk rename ferry ferry-fares --title \"Ferry fares rise in May\"")]
pub struct Args {
    /// The article: its slug, a clear beginning of it, or its path
    #[arg(value_name = "SLUG")]
    article: String,
    /// What it is to be called
    #[arg(value_name = "NEW")]
    to: String,
    /// Another title with it
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let to = Slug::new(&args.to).map_err(|invalid| Error::usage(invalid.to_string()).help("harbor-dredging"))?;
    let mut newsroom = context.workplace()?;
    let renamed = newsroom.rename(&args.article, &to, args.title.as_deref())?;
    let moved = &renamed.moved;
    moving::say_saved(context, moved);
    let others = newsroom.elsewhere(&moved.after)?;
    tidings::say_elsewhere(context, &newsroom, moved.after.slug.as_str(), &others);
    let title = printable(moved.after.title());
    context.terminal.say(format!("Renamed {} to {}: {title}", moved.before.slug, moved.after.slug));
    if let Some(version) = moved.after.current() {
        context.terminal.say(format!("  {}", printable(version.main.as_str())));
    }
    say_readers(context, &renamed);
    say_links(context, &renamed.relinked, &moved.after);
    moving::say_schedule(context, moved);
    Ok(Outcome::Done)
}

/// What became of links to it.
pub(super) fn say_links(context: &mut Context, relinked: &Relinked, after: &Standing) {
    let slug = &after.slug;
    let names = |all: &[Slug]| words::and(&all.iter().map(ToString::to_string).collect::<Vec<_>>());
    if !relinked.mended.is_empty() {
        context.terminal.say(format!("Links to {slug} are mended in {}.", names(&relinked.mended)));
    }
    if !relinked.left.is_empty() {
        context.terminal.say(format!("Not mended, because somebody has it open: {}.", names(&relinked.left)));
        context.terminal.say(match (after.public(), &relinked.left[0]) {
            (Some(_), _) => "  The old address leads on from there.".to_owned(),
            (None, first) => format!("  Nothing is at the old name any more: desk edit {first}"),
        });
    }
}

/// What it means for those who read it, and for those who have read it.
fn say_readers(context: &mut Context, renamed: &Renamed) {
    let after = &renamed.moved.after;
    if let Some(known) = &renamed.known {
        let known = printable(known);
        context.terminal.say(format!("Readers find it at /{known}/ until it is public under its new name;"));
        context.terminal.say(format!("then that leads to the new address: desk submit {}", after.slug));
    } else if after.open.is_none() && after.public().is_some() {
        context.terminal.say("It is called what readers know it by: nothing of it is open any more.");
    }
    if !renamed.stale.is_empty() {
        let names = words::and(&renamed.stale);
        let names = printable(&names);
        context.terminal.say(format!("The yes of {names} was to its old place: desk submit {}", after.slug));
    }
}

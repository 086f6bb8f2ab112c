//! `desk sync`: what others did meanwhile.

use super::moving::Named;
use super::{Context, Error, Format, Outcome, Reporting, clash, tidings};
use crate::article::merge::Choice;
use crate::newsroom::{Clash, Fetching, News, Newsroom, Synced};

/// Bring in what others did, and settle what two people changed
///
/// Asks the remote, brings the public version here up to date, and joins other people's changes to your open articles:
/// field by field, paragraph by paragraph, word by word. Where two people changed the same words, both are kept and
/// shown side by side until you choose. What you submitted while nothing could be sent is sent now.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk sync
  $ desk sync ferry --settle both
  $ desk sync --offline --format json")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Settle what two people changed: one word for all places, or one for each in order
    #[arg(long, value_enum, value_name = "WHOSE")]
    settle: Vec<Settle>,
    /// Ask no remote: work with what was fetched before
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    reporting: Reporting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Settle {
    /// Keep yours
    Mine,
    /// Take the other one
    Theirs,
    /// Keep both, yours first
    Both,
}

impl From<Settle> for Choice {
    fn from(settle: Settle) -> Self {
        match settle {
            Settle::Mine => Self::Ours,
            Settle::Theirs => Self::Theirs,
            Settle::Both => Self::Both,
        }
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let fetching = if args.offline { Fetching::Nothing } else { Fetching::Remote };
    let mut synced = newsroom.sync(args.named.article(), fetching)?;
    let talks = args.reporting.format == Format::Human;
    let mut all =
        Synced { remote: synced.remote.clone(), unreachable: synced.unreachable.clone(), ..Synced::default() };
    loop {
        if talks {
            tidings::say(context, &newsroom, &synced.news);
        }
        all.news.append(&mut synced.news);
        let mut settled = Vec::new();
        for clash in &synced.clashes {
            settled.extend(settle(clash, &args, context, &mut newsroom)?);
        }
        if settled.is_empty() {
            break;
        }
        if talks {
            tidings::say(context, &newsroom, &settled);
        }
        all.news.append(&mut settled);
        // What a colleague's words did not let through may come in now.
        synced = newsroom.sync(args.named.article(), Fetching::Nothing)?;
    }
    all.clashes = synced.clashes;
    if !talks {
        tidings::print(context, &all)?;
    } else if all.news.is_empty() && all.clashes.is_empty() && all.unreachable.is_none() {
        context.terminal.say("Nothing new: everything here is up to date.");
    }
    ended(&all)
}

/// Settles what two people changed, if somebody says how; otherwise says how to.
fn settle(clash: &Clash, args: &Args, context: &mut Context, newsroom: &mut Newsroom) -> Result<Option<News>, Error> {
    let slug = &clash.about.slug;
    let count = clash.joint.conflicts().len();
    let choices = match &args.settle[..] {
        [] if args.reporting.format == Format::Json => return Ok(None),
        [] if context.terminal.can_ask() => clash::ask(context, newsroom, clash)?,
        [] => {
            clash::say(context, newsroom, clash);
            let both = clash.joint.conflicts().iter().any(|conflict| conflict.can_keep_both());
            let how = if both { "mine|theirs|both" } else { "mine|theirs" };
            context.terminal.say(format!("Nothing was changed. To settle it: desk sync {slug} --settle {how}"));
            None
        }
        [one] => Some(vec![Choice::from(*one); count]),
        some if some.len() == count => Some(some.iter().map(|one| Choice::from(*one)).collect()),
        some => {
            let what = format!("`{slug}` has {count} places to settle, and --settle stands {} times", some.len());
            return Err(Error::usage(what).help(format!("desk sync {slug}")));
        }
    };
    choices.map(|choices| newsroom.settle(clash, &choices).map_err(Error::from)).transpose()
}

fn ended(all: &Synced) -> Result<Outcome, Error> {
    if let (Some(remote), Some(said)) = (&all.remote, &all.unreachable) {
        let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
        let error = Error::world(format!("`{remote}` did not answer")).because(said.to_owned());
        return Err(error.because("what was fetched before was brought in").help("desk sync --offline asks nobody"));
    }
    let parted = all.news.iter().any(|news| matches!(news, News::Parted));
    Ok(if parted || !all.clashes.is_empty() { Outcome::AtFault } else { Outcome::Done })
}

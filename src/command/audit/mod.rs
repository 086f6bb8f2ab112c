//! `desk audit`: who agreed to every public word, and whether all of it holds.
//!
//! With `--format json` one document is printed. Absent values are null, times are RFC 3339, digests and commits are
//! whole; what is here in version 1 stays, and more may come beside it:
//!
//! ```json
//! {
//!   "version": 1,
//!   "whole": true,
//!   "basis": "what all of it rests on: history, range or files",
//!   "unproven": ["what that leaves open, in words"],
//!   "steps": 5,
//!   "since": "2026-07-25T13:01:00Z",
//!   "commit": "the last commit that was judged; null in a folder that no git keeps",
//!   "articles": [{
//!     "id": null, "slug": "ferry-fares", "title": "", "path": "articles/2026/07/ferry-fares",
//!     "presence": "public, before-desk, hidden or gone",
//!     "strength": "the weakest yes: proved, attested or claimed; null without any",
//!     "owed": false,
//!     "links": [{
//!       "commit": "", "move": "publish", "from": "review", "to": "published",
//!       "content": "sha256:...", "replaces": null, "time": "", "person": "Name <address>", "note": "",
//!       "people": 2, "roles": ["editorial"], "policy": "sha256:...", "met": "fully, alone, no or unknown",
//!       "assents": [{ "name": "", "decision": "approve", "time": "", "roles": [], "strength": "claimed",
//!                     "statement": "sha256:..." }]
//!     }],
//!     "breaks": [{ "reason": "changed-without-record", "message": "", "commit": "", "time": "",
//!                  "person": "Name <address>", "path": null }],
//!     "mended": ["breaks that were made good, each with `mended`: its commit and time"]
//!   }],
//!   "breaks": ["those that are about no article, in the same form"]
//! }
//! ```

mod json;
mod screen;

use super::{Context, Error, Format, Outcome, Reporting, words};
use crate::newsroom::{Account, Audited, Basis, Between, Newsroom, Push, Scope};
use crate::terminal::printable;
use screen::Screen;

/// Prove what is public: who agreed to it and when, and whether anything was changed since
///
/// Judges every step of the public version's past by the rules that held before it. Each yes is proved (signed by a key
/// of the staff list), attested (somebody's signed word for it) or claimed (a name in git). Ends with 1 if the chain
/// breaks anywhere: words changed, deleted or made public by other hands, a record edited, rules changed by somebody who
/// may not. Words that were changed by hand are made good when everybody has agreed to what stands there now (desk submit,
/// approve, publish); the break stays named. A history that was rewritten as a whole looks like any other: --anchor holds
/// it against a commit that you have from elsewhere. In a folder without git, files are held against each other, and what
/// that leaves open is said.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk audit
  $ desk audit ferry-fares --format json
  $ desk audit --range HEAD~1..HEAD
  $ desk audit --no-history")]
pub struct Args {
    /// One article: its slug, a clear beginning of it, or its path; also one that was deleted
    #[arg(value_name = "SLUG")]
    article: Option<String>,
    /// The public version as it was at this commit, instead of as it is
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// Judge only the steps after A up to B; what was there before is taken as it is
    #[arg(long, value_name = "A..B", conflicts_with = "rev")]
    range: Option<Between>,
    /// A commit that you know to be the public version's: break if it does not lead to what is there
    #[arg(long, value_name = "COMMIT")]
    anchor: Option<String>,
    /// Look at no past, only at what the files say of each other
    #[arg(long, conflicts_with_all = ["range", "anchor"])]
    no_history: bool,
    /// Judge what is about to be pushed, from standard input, as a pre-receive hook does
    #[arg(long, conflicts_with_all = ["article", "rev", "range", "anchor", "no_history"])]
    push: bool,
    #[command(flatten)]
    reporting: Reporting,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    if args.push {
        return push(context);
    }
    let (audited, newsroom) = if args.no_history {
        match Newsroom::audit_apart(context.setting(), args.rev.as_deref()) {
            Err(error) if error.is_nowhere() => (folder(context, error)?, None),
            audited => (audited?, None),
        }
    } else {
        let scope = Scope { rev: args.rev, range: args.range, anchor: args.anchor };
        match Newsroom::past(context.setting(), &scope) {
            Err(error) if error.is_nowhere() => (folder(context, error)?, None),
            past => {
                let (newsroom, line) = past?;
                let progress = context.terminal.progress("judging the past", line.steps());
                (newsroom.audit(&line, || progress.step())?, Some(newsroom))
            }
        }
    };
    let mut screen = Screen { audited: &audited, context };
    let Some(name) = args.article else {
        match args.reporting.format {
            Format::Json => screen.json(&audited.accounts.iter().collect::<Vec<_>>())?,
            Format::Human => screen.everything()?,
        }
        return Ok(outcome(audited.is_whole()));
    };
    let account = match &newsroom {
        Some(newsroom) if audited.basis == Basis::History => newsroom.audited(&audited, &name)?,
        _ => audited.account(&name, None)?,
    };
    match args.reporting.format {
        Format::Json => screen.json(account.as_slice())?,
        Format::Human => screen.one(&name, account)?,
    }
    let whole = audited.breaches.is_empty() && account.is_none_or(|account| account.breaches.is_empty());
    Ok(outcome(whole))
}

/// What a folder holds that no git keeps. There may have been a newsroom in its repository once.
fn folder(context: &Context, error: crate::newsroom::Error) -> Result<Audited, Error> {
    if let Some(lost) = lost(context)? {
        return Err(lost);
    }
    Newsroom::audit_folder(&context.setting())?.ok_or_else(|| error.into())
}

/// What git asks a server's hook: whether to take what was pushed.
fn push(context: &mut Context) -> Result<Outcome, Error> {
    let told = String::from_utf8_lossy(&context.terminal.read_input()?).into_owned();
    let pushes: Vec<Push> = told.lines().map(str::parse).collect::<Result<_, _>>().map_err(Error::usage)?;
    let refused = Newsroom::judge_pushes(&context.setting(), &pushes)?;
    for one in &refused {
        context.terminal.say(format!("Not taken: {}", printable(&one.name)));
        if let Some(why) = &one.why {
            context.terminal.say(format!("  {}", printable(why)));
        }
        for breach in &one.breaches {
            for line in screen::lines(breach, None, context.environment.now, &jiff::tz::TimeZone::UTC) {
                context.terminal.say(line);
            }
        }
    }
    Ok(outcome(refused.is_empty()))
}

/// There is no newsroom, and there was one: since when not.
fn lost(context: &Context) -> Result<Option<Error>, Error> {
    let Some(breach) = Newsroom::lost(&context.setting())? else { return Ok(None) };
    let error = Error::articles("the public version has no newsroom any more: `desk.toml` is gone");
    let Some(origin) = breach.origin else { return Ok(Some(error)) };
    let time = words::moment(origin.time, context.environment.now, &jiff::tz::TimeZone::UTC);
    let error = error
        .because(format!("since {} by {}, {time} UTC", origin.commit.short(), origin.by))
        .because("nothing that is public can be proved without it")
        .help(format!("git revert {}", origin.commit.short()));
    Ok(Some(error))
}

fn outcome(whole: bool) -> Outcome {
    if whole { Outcome::Done } else { Outcome::AtFault }
}

/// Whether readers see it.
fn is_public(account: &Account) -> bool {
    use crate::newsroom::Presence;
    matches!(account.presence, Presence::Public | Presence::BeforeDesk)
}

/// What an audit leaves open by what it rests on.
fn unproven(basis: Basis) -> &'static [&'static str] {
    match basis {
        Basis::History => &[],
        Basis::Range => &["what was there before the first of these steps is taken as it is"],
        Basis::Files => &[
            "that nothing was deleted, hidden or put back to earlier words",
            "that these rules and this staff list held when people agreed",
            "that these files are the newsroom's own, and when each of them came",
        ],
    }
}

//! `desk tick`: what is due.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::scheduling::Clocks;
use super::{Context, Error, Format, Outcome, Reporting, publish, refusal, words};
use crate::newsroom::{Acted, Acting, Came, Newsroom};
use crate::terminal::printable;

/// Make public what is scheduled and due
///
/// Everything is judged anew at this moment: the words, who agreed to them, the rules. What changed since it was
/// scheduled stays where it is, and why is said. Running it twice, or on two machines, does no harm. Exit 1 when
/// something that is due is not public.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk tick
  $ desk tick --wait 10m --no-input")]
pub struct Args {
    /// Wait for what comes due within this long: for machines that start late, and for the very minute
    #[arg(long, value_name = "TIME", value_parser = span)]
    wait: Option<SignedDuration>,
    /// Say what would happen and do nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    reporting: Reporting,
}

/// A day is as long as anybody waits.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

fn span(typed: &str) -> Result<SignedDuration, String> {
    let span: SignedDuration = typed.parse().map_err(|_| "a time such as 90s, 10m or 1h".to_owned())?;
    if span.is_negative() || span > LONGEST { Err("at most 24h".to_owned()) } else { Ok(span) }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let acting = if args.dry_run { Acting::Dry } else { Acting::Really };
    let until = args.wait.and_then(|wait| context.environment.now.checked_add(wait).ok());
    let (mut all, mut newsroom) = (Vec::new(), context.workplace()?);
    loop {
        let acted = newsroom.tick(acting)?;
        let next = newsroom.next_due()?;
        let clocks = Clocks::of(&newsroom, context);
        let mut told: Vec<Told> = acted.into_iter().map(|one| tell(one, &newsroom, &clocks)).collect();
        for line in told.iter().flat_map(|one| &one.lines) {
            match args.reporting.format {
                Format::Human => context.terminal.print(line)?,
                Format::Json => context.terminal.say(line),
            }
        }
        let Some(next) = next.filter(|next| until.is_some_and(|until| *next <= until)) else {
            say_next(&told, next, &clocks, context);
            all.append(&mut told);
            break;
        };
        all.extend(told.into_iter().filter(|one| one.came != AHEAD));
        context.terminal.say(format!("Waiting until {}.", clocks.appointment(next)));
        context.wait_until(next);
        newsroom = context.workplace()?;
    }
    if args.reporting.format == Format::Json {
        let schedules: Vec<_> = all.iter().map(Told::json).collect();
        let out = json!({ "version": 1, "schedules": schedules });
        serde_json::to_writer_pretty(context.terminal.out(), &out).map_err(std::io::Error::from)?;
        context.terminal.print("")?;
    }
    Ok(if all.iter().any(|one| one.why.is_some()) { Outcome::AtFault } else { Outcome::Done })
}

/// What is said of one schedule.
struct Told {
    slug: String,
    due: Option<Timestamp>,
    /// What came of it, for programs.
    came: &'static str,
    /// Why it is not public although it is due.
    why: Option<String>,
    /// The same for people.
    lines: Vec<String>,
}

/// What came of a schedule whose time is to come.
const AHEAD: &str = "ahead";

impl Told {
    fn json(&self) -> serde_json::Value {
        let due = self.due.map(|due| due.to_string());
        json!({ "slug": self.slug, "due": due, "came": self.came, "why": self.why })
    }
}

fn tell(acted: Acted, newsroom: &Newsroom, clocks: &Clocks) -> Told {
    let Acted { slug, due, came } = acted;
    let scheduled = due.map(|due| format!(", scheduled for {}", clocks.appointment(due))).unwrap_or_default();
    let not = format!("Not published: {slug}{scheduled}");
    let (came, why, lines) = match came {
        Came::Ahead => (AHEAD, None, Vec::new()),
        Came::Would => ("would-publish", None, vec![format!("Would be published: {slug}{scheduled}")]),
        Came::Public => ("public-already", None, vec![format!("Public already: {slug}{scheduled}")]),
        Came::Published(moved) => {
            let mut lines = vec![format!("Published: {}{scheduled}", moved.after.title())];
            let address = newsroom.address_of(&moved.after);
            lines.extend(address.map(|address| format!("  {address}   live when the site is built: desk build")));
            lines.extend(publish::evidence(&moved, newsroom).into_iter().map(|line| format!("  {line}")));
            ("published", None, lines)
        }
        Came::Void(why) => {
            let why = words::void(&why);
            let reason = format!("  {why}: the schedule is void and gone");
            let help = format!("  when it is ready again: desk publish {slug} --at TIME");
            ("void", Some(why), vec![not, reason, help])
        }
        Came::NotHere => {
            let why = "nothing of it is on this machine".to_owned();
            let help = "  git fetch gets the articles that others have sent".to_owned();
            ("not-here", Some(why.clone()), vec![not, format!("  {why}"), help])
        }
        Came::Stays(error) => {
            let error = Error::from(error);
            let why = error.why.iter().filter(|why| *why != refusal::NOTHING_CHANGED);
            let mut lines = vec![not];
            lines.extend(std::iter::once(&error.what).chain(why).chain(&error.help).map(|line| format!("  {line}")));
            ("stays", Some(error.what), lines)
        }
    };
    let lines = lines.iter().map(|line| printable(line).to_string()).collect();
    Told { slug, due, came, why, lines }
}

fn say_next(told: &[Told], next: Option<Timestamp>, clocks: &Clocks, context: &mut Context) {
    let ahead = told.iter().filter(|one| one.came == AHEAD).count();
    match next {
        Some(next) => {
            let (next, articles) = (clocks.appointment(next), words::count(ahead, "article"));
            context.terminal.say(format!("{articles} to come, next {next}: desk list --scheduled"));
        }
        None if told.is_empty() => context.terminal.say("Nothing is scheduled."),
        None => {}
    }
}

//! What is said of schedules: leaving one, taking it away, and why one is void.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Context, Error, Outcome, moving, publish, words};
use crate::newsroom::Newsroom;
use crate::terminal::printable;
use crate::workflow::{NoTime, Plan, Planned, Shown, Standing, When, when};

/// The newsroom's clock, and that of whoever sits here.
pub(super) struct Clocks {
    now: Timestamp,
    zone: TimeZone,
    own: TimeZone,
}

impl Clocks {
    pub(super) fn of(newsroom: &Newsroom, context: &Context) -> Self {
        let zone = newsroom.config().newsroom.timezone.clone();
        let own = TimeZone::get(&context.own_zone()).unwrap_or(TimeZone::UTC);
        Self { now: newsroom.now(), zone, own }
    }

    /// `Sun 26 Jul 06:00 KST (yours: Sat 25 Jul 22:00 WEST)`
    pub(super) fn appointment(&self, time: Timestamp) -> String {
        words::appointment(time, self.now, &self.zone, &self.own)
    }

    /// An exact time as one can type it again.
    fn exact(&self, time: Timestamp) -> String {
        time.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

/// Leaves a schedule.
pub(super) fn schedule(
    article: Option<&str>,
    at: &str,
    note: &str,
    newsroom: &mut Newsroom,
    context: &mut Context,
) -> Result<Outcome, Error> {
    let clocks = Clocks::of(newsroom, context);
    let When { at, shown } = when(at, newsroom.now(), &clocks.zone).map_err(|why| no_time(&why, &clocks))?;
    let moved = newsroom.schedule(article, at, note)?;
    moving::say_saved(context, &moved);
    let (slug, title) = (&moved.after.slug, moved.after.title());
    context.terminal.say(format!("Scheduled: {}, {}", printable(title), clocks.appointment(at)));
    for line in publish::evidence(&moved, newsroom) {
        context.terminal.say(format!("  {}", printable(&line)));
    }
    if let Shown::Twice { earlier } = shown {
        context.terminal.say("The clocks go back that night and show this time twice: it is the later one.");
        context.terminal.say(format!("  the earlier one: desk publish {slug} --at {}", clocks.exact(earlier)));
    }
    context.terminal.say("desk tick makes it public then if nothing changes: have it run at that time.");
    context.terminal.say(format!("Change it: desk publish {slug} --at TIME, or --cancel"));
    moving::ended(&moved)
}

/// Takes a schedule away.
pub(super) fn cancel(article: Option<&str>, newsroom: &mut Newsroom, context: &mut Context) -> Result<Outcome, Error> {
    let clocks = Clocks::of(newsroom, context);
    let moved = newsroom.cancel_schedule(article)?;
    moving::say_saved(context, &moved);
    let due = moved.before.schedule.as_ref().and_then(Planned::schedule).map(|schedule| schedule.due);
    let was = due.map(|due| format!(", which was to be public {}", clocks.appointment(due))).unwrap_or_default();
    context.terminal.say(format!("Cancelled: {}{was}", printable(moved.after.title())));
    context.terminal.say("Its words and every yes to them stay as they are.");
    moving::ended(&moved)
}

/// Why a time cannot be taken, and what can.
fn no_time(why: &NoTime, clocks: &Clocks) -> Error {
    let error = Error::usage(why.to_string());
    match why {
        NoTime::Unreadable(_) => error.help("--at 18:00, \"tomorrow 06:00\", \"2026-12-01 06:00\" or \"in 2 hours\""),
        NoTime::NoHour(typed) => error.help(format!("--at \"{typed} 06:00\"")),
        NoTime::Skipped { before, after, .. } => {
            let (before, after) = (before.strftime("%Y-%m-%d %H:%M"), after.strftime("%Y-%m-%d %H:%M"));
            error.help(format!("--at \"{before}\" or --at \"{after}\""))
        }
        NoTime::Past(time) => {
            let now = clocks.appointment(clocks.now);
            error.because(format!("{}; now it is {now}", clocks.appointment(*time))).help("desk publish without --at")
        }
    }
}

/// An article's schedule in one line; empty where it has none.
pub(super) fn said(plan: Option<Plan>, standing: &Standing, clocks: &Clocks) -> String {
    let schedule = standing.schedule.as_ref().and_then(Planned::schedule);
    let by = schedule.map(|schedule| format!(", by {}", schedule.person.name)).unwrap_or_default();
    let due = schedule.map(|schedule| clocks.appointment(schedule.due)).unwrap_or_default();
    match plan {
        None => String::new(),
        Some(Plan::Ahead { .. }) => format!("{due}{by}"),
        Some(Plan::Overdue { .. }) => format!("overdue since {due}{by}"),
        Some(Plan::Void(why)) => format!("void: {} ({due}{by})", words::void(&why)),
    }
}

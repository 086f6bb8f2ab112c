//! What others did, in words and as JSON.

use serde_json::{Value, json};

use super::{Context, Error, words};
use crate::newsroom::{About, Clash, Elsewhere, Here, Hindrance, News, Newsroom, Synced, With};
use crate::terminal::printable;

/// Says each thing that happened.
pub(super) fn say(context: &mut Context, newsroom: &Newsroom, news: &[News]) {
    for one in news {
        for line in lines(one, newsroom) {
            context.terminal.say(printable(&line));
        }
    }
}

/// One thing that happened, and what to do about it.
fn lines(news: &News, newsroom: &Newsroom) -> Vec<String> {
    match news {
        News::Public { steps } => {
            vec![format!("The public version went on: {} came in.", words::count(*steps, "change"))]
        }
        News::Ahead { steps } => {
            vec![format!("{} of the public version here are not sent yet.", words::count(*steps, "change"))]
        }
        News::Parted => vec![
            "The public version went on here and elsewhere, each in its own way. Both are kept.".to_owned(),
            "  What was made public here has not left this computer: desk undo takes it back, then desk sync"
                .to_owned(),
        ],
        News::Came(about) => {
            vec![format!("{}: open now{}: desk show {}", about.slug, by(about, newsroom, " by "), about.slug)]
        }
        News::Followed(about) => {
            vec![format!(
                "{}: went on{}: desk show {} --changes",
                about.slug,
                by(about, newsroom, " with "),
                about.slug
            )]
        }
        News::Said { about, decision } => vec![format!(
            "{}: {}{}: desk show {}",
            about.slug,
            decision.past(),
            by(about, newsroom, " by "),
            about.slug
        )],
        News::RequestClosed { about, page } => vec![
            format!("{}: its pull request was closed, and nothing landed: {page}", about.slug),
            format!("  desk submit {0} opens another; desk return {0} sends it back to its writer", about.slug),
        ],
        News::Unheard { why } => vec![format!("What was said in pull requests is not known: {why}")],
        News::Sent(about) => vec![format!("{}: sent", about.slug)],
        News::Unsent(about, why) => vec![format!("{}: not sent: {}", about.slug, hindrance(why))],
        News::Joined { about, places, words, files, stale } => joined(about, (places, *words, *files), stale, newsroom),
        News::Hidden(about) => vec![
            format!("{}: landed{}; readers do not see it yet", about.slug, by(about, newsroom, " by ")),
            format!("  desk show {0} --needs says what is missing; desk publish {0}", about.slug),
        ],
        News::Landed(about) => {
            vec![format!("{}: landed{}; nothing of it is open any more", about.slug, by(about, newsroom, " by "))]
        }
        News::Closed(about) => {
            vec![format!("{}: nobody else has it open any more; your words stay: desk show {}", about.slug, about.slug)]
        }
        News::Withdrawn(about) => vec![
            format!("{}: withdrawn{}; a notice stands in its place", about.slug, by(about, newsroom, " by ")),
            "  your open words are kept and can no longer go out as they are".to_owned(),
        ],
        News::Gone(about) => {
            vec![format!("{}: the public version does not have it any more; your words stay", about.slug)]
        }
        News::Moved(about, home) => {
            vec![format!(
                "{}: moved to {home}{}; your words stay where they were",
                about.slug,
                by(about, newsroom, " by ")
            )]
        }
    }
}

/// Why something was not sent, in a few words.
fn hindrance(why: &Hindrance) -> String {
    match why {
        Hindrance::Unreached(said) => said.lines().next().unwrap_or("no answer").to_owned(),
        Hindrance::Forbidden(_) => "you may not write there".to_owned(),
        Hindrance::Behind => "others have words that are not among yours".to_owned(),
        Hindrance::Declined { reason, said } => said.first().unwrap_or(reason).clone(),
        Hindrance::Embargoed(until) => format!("under embargo until {until}"),
    }
}

/// How many places are named.
const PLACES: usize = 4;

/// What came into somebody's own words.
pub(super) fn joined(
    about: &About,
    (places, count, files): (&[String], usize, usize),
    stale: &[String],
    newsroom: &Newsroom,
) -> Vec<String> {
    let mut what = Vec::new();
    if count > 0 {
        what.push(words::count(count, "word"));
    }
    if files > 0 {
        what.push(words::count(files, "file"));
    }
    let from = by(about, newsroom, " of ");
    let mut lines = if what.is_empty() {
        vec![format!("{}: joined with what others have; no word of yours changed", about.slug)]
    } else {
        let (named, more) = places.split_at(places.len().min(PLACES));
        let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        let places = if named.is_empty() { String::new() } else { format!(" ({}{more})", named.join(", ")) };
        vec![format!(
            "{}: {}{from} joined yours{places}: desk show {} --changes",
            about.slug,
            words::and(&what),
            about.slug
        )]
    };
    if !stale.is_empty() {
        lines.push(format!("  the yes of {} was to the words before: desk submit {}", words::and(stale), about.slug));
    }
    lines
}

fn by(about: &About, newsroom: &Newsroom, before: &str) -> String {
    let Some((name, time)) = &about.by else { return String::new() };
    let moment = words::moment(*time, newsroom.now(), &newsroom.config().newsroom.timezone);
    format!("{before}{name} ({moment})")
}

/// Who else has an article open, said before work on it starts.
pub(super) fn say_elsewhere(context: &mut Context, newsroom: &Newsroom, slug: &str, others: &[Elsewhere]) {
    for other in others {
        let moment = words::moment(other.time, newsroom.now(), &newsroom.config().newsroom.timezone);
        let line = match other.here {
            Here::Yes => format!("{} saved {slug} last, {moment}; these are those words.", other.who),
            Here::No => {
                format!("{} has {slug} open too, saved {moment}: desk sync {slug} brings that in.", other.who)
            }
        };
        context.terminal.say(printable(&line));
    }
}

/// All of it for programs.
pub(super) fn print(context: &mut Context, synced: &Synced) -> Result<(), Error> {
    let out = json!({
        "version": 1,
        "remote": synced.remote,
        "unreachable": synced.unreachable,
        "news": synced.news.iter().map(value).collect::<Vec<_>>(),
        "conflicts": synced.clashes.iter().flat_map(conflicts).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(context.terminal.out(), &out).map_err(std::io::Error::from)?;
    Ok(context.terminal.print("")?)
}

fn value(news: &News) -> Value {
    let of = |event: &str, about: &About| {
        let (by, at) = who(about);
        json!({ "event": event, "slug": about.slug.as_str(), "by": by, "at": at })
    };
    match news {
        News::Public { steps } => json!({ "event": "public", "steps": steps }),
        News::Ahead { steps } => json!({ "event": "ahead", "steps": steps }),
        News::Parted => json!({ "event": "parted" }),
        News::Came(about) => of("came", about),
        News::Followed(about) => of("followed", about),
        News::Said { about, decision } => {
            let mut value = of("said", about);
            value["decision"] = decision.as_str().into();
            value
        }
        News::RequestClosed { about, page } => {
            let mut value = of("request-closed", about);
            value["page"] = page.as_str().into();
            value
        }
        News::Unheard { why } => json!({ "event": "unheard", "why": why }),
        News::Sent(about) => of("sent", about),
        News::Unsent(about, why) => {
            let mut value = of("unsent", about);
            value["why"] = hindrance(why).into();
            value
        }
        News::Hidden(about) => of("hidden", about),
        News::Landed(about) => of("landed", about),
        News::Closed(about) => of("closed", about),
        News::Withdrawn(about) => of("withdrawn", about),
        News::Gone(about) => of("gone", about),
        News::Moved(about, home) => {
            let mut value = of("moved", about);
            value["path"] = home.as_str().into();
            value
        }
        News::Joined { about, places, words, files, stale } => {
            let mut value = of("joined", about);
            value["places"] = places.clone().into();
            value["words"] = (*words).into();
            value["files"] = (*files).into();
            value["stale"] = stale.clone().into();
            value
        }
    }
}

fn conflicts(clash: &Clash) -> Vec<Value> {
    let (by, at) = who(&clash.about);
    let with = if clash.with == With::Public { "public" } else { "colleague" };
    let conflicts = clash.joint.conflicts();
    let value = |conflict: &&crate::article::merge::Conflict| {
        json!({
            "slug": clash.about.slug.as_str(),
            "place": conflict.place.to_string(),
            "mine": conflict.ours,
            "theirs": conflict.theirs,
            "with": with,
            "by": by,
            "at": at,
        })
    };
    conflicts.iter().map(value).collect()
}

fn who(about: &About) -> (Option<&str>, Option<String>) {
    (about.by.as_ref().map(|(name, _)| name.as_str()), about.by.as_ref().map(|(_, time)| time.to_string()))
}

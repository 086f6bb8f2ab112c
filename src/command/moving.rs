//! What all moves have in common on the command line and in what they say.

use super::{Context, Error, Outcome, refusal, words};
use crate::newsroom::{Delivery, Moved, Newsroom, Saved, There};
use crate::terminal::{printable, wrapped};
use crate::workflow::{Missing, Plan, Standing, governors, plan};

/// Which article is meant.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// The article: its slug, a clear beginning of it, its path, or its pull request's number; not needed where only one
    /// can be meant
    #[arg(value_name = "SLUG")]
    article: Option<String>,
}

impl Named {
    pub(super) fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }

    /// The same where a pull request's number may be meant: what that is about is brought in.
    pub(super) fn or_number(&self, newsroom: &mut Newsroom) -> Result<Option<String>, Error> {
        let Some(name) = self.article() else { return Ok(None) };
        let number = name.strip_prefix('#').unwrap_or(name).parse::<u64>().ok();
        match number.filter(|_| newsroom.find(Some(name)).is_err()) {
            Some(number) => Ok(Some(newsroom.bring(number)?)),
            None => Ok(Some(name.to_owned())),
        }
    }
}

/// `Saved harbor-dredging: 14 words changed.`
pub(super) fn say_saved(context: &mut Context, moved: &Moved) {
    if let Some(saved) = &moved.saved {
        context.terminal.say(format!("Saved {}: {}.", moved.before.slug, saved_words(saved)));
    }
}

/// Whether a remote did not take what it should have; then nothing was sent.
pub(super) fn was_kept(moved: &Moved) -> bool {
    matches!(moved.delivery, Some(Delivery::Kept(_)))
}

/// What the forge could not do beside what it did, a line each.
pub(super) fn say_not_done(context: &mut Context, moved: &Moved) {
    if let Some(There::Done { not_done, .. }) = &moved.there {
        for one in not_done {
            context.terminal.say(format!("  not there: {}", printable(one)));
        }
    }
}

/// Ends a move that was done here: well, unless what it did could not be sent, or the forge did not take its part.
pub(super) fn ended(moved: &Moved) -> Result<Outcome, Error> {
    if let Some(There::Failed(error)) = &moved.there {
        let kept = "what was done is kept, here and where colleagues' copies come from";
        return Err(refusal::of_forge(error).because(kept));
    }
    match &moved.delivery {
        Some(Delivery::Kept(undelivered)) => {
            let kept = "what was done is kept on this computer";
            let slug = &moved.after.slug;
            Err(refusal::undelivered(undelivered, kept, slug.as_str())
                .help_unless(format!("desk sync {slug} sends it")))
        }
        Some(Delivery::Sent { .. }) | None => Ok(Outcome::Done),
    }
}

/// What can be done about a mistake in words that are public now.
pub(super) fn say_way_back(context: &mut Context, moved: &Moved, here: &str, there: &str) {
    let line = match moved.delivery {
        Some(Delivery::Sent { .. }) => there,
        Some(Delivery::Kept(_)) | None => here,
    };
    context.terminal.say(line);
}

/// What became of its schedule, where something did.
pub(super) fn say_schedule(context: &mut Context, moved: &Moved) {
    if moved.before.schedule.is_none() {
        return;
    }
    if moved.after.schedule.is_none() {
        context.terminal.say("It is not scheduled any more.");
    } else if let Some(Plan::Void(why)) = plan(&moved.after, &moved.circumstances) {
        let why = words::void(&why);
        context.terminal.say(format!("It was scheduled, and will not become public by itself: {}.", printable(&why)));
    }
}

/// `14 words changed, 1 file with them`.
pub(super) fn saved_words(saved: &Saved) -> String {
    match (saved.words, saved.files) {
        (0, 0) => "the front matter changed".to_owned(),
        (0, files) => format!("{} changed", words::count(files, "file")),
        (changed, 0) => format!("{} changed", words::count(changed, "word")),
        (changed, files) => format!("{} and {} changed", words::count(changed, "word"), words::count(files, "file")),
    }
}

/// Names of those who could give what is missing.
pub(super) fn could_still_say(moved: &Moved) -> Vec<String> {
    let Some(needs) = &moved.needs else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for missing in needs.missing(&moved.circumstances) {
        let could = match missing {
            Missing::People { could, .. } | Missing::Role { could, .. } => could,
            // Everybody could say it with a yes that is asked for anyway.
            Missing::Knowledge { .. } | Missing::Finding(_) => continue,
        };
        for name in could {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What is still needed, a line each, or that nothing is.
pub(super) fn say_needs(context: &mut Context, moved: &Moved) {
    let Some(needs) = &moved.needs else { return };
    let missing = needs.missing(&moved.circumstances);
    let owed = |standing: &Standing| standing.record.as_ref().is_some_and(|record| record.owing().is_some());
    if owed(&moved.before) && !owed(&moved.after) && moved.after.open.is_none() {
        context.terminal.say("It is public already, and nobody owes it a reading any more.");
    } else if missing.is_empty() {
        context.terminal.say(format!("Everybody who must agree has: desk publish {}", moved.after.slug));
    }
    for one in &missing {
        let line = format!("Needs {}", printable(&words::missing(one)));
        for line in wrapped(&line, context.terminal.width()) {
            context.terminal.say(line);
        }
    }
}

/// What others owe to words that are public already, a line each.
pub(super) fn say_owed(context: &mut Context, moved: &Moved) {
    for one in moved.needs.iter().flat_map(|needs| needs.missing(&moved.circumstances)) {
        let line = format!("  owes {}: desk approve {}", words::missing(&one), moved.after.slug);
        context.terminal.say(printable(&line));
    }
}

/// `Check: 0 errors, 2 warnings: desk check harbor`
pub(super) fn say_check(context: &mut Context, moved: &Moved) {
    if let Some(counted) = words::counted(&moved.findings) {
        context.terminal.say(format!("Check: {counted}: desk check {}", moved.after.slug));
    }
}

/// What an assent by somebody who is not on the staff list is worth, and who can change that.
pub(super) fn say_whether_it_counts(context: &mut Context, moved: &Moved) {
    let circumstances = &moved.circumstances;
    if let Some(person) = circumstances.member() {
        let Some(needs) = moved.needs.as_ref().filter(|needs| needs.tally.of(person).is_none()) else { return };
        let own = needs.tally.ignored.iter().rfind(|one| {
            let said = &one.assent.statement;
            person.has_address(&said.person.address) && said.content == needs.subject.content
        });
        if let Some(own) = own {
            let slug = &moved.after.slug;
            let (why, help) = refusal::uncounted(&own.why, &format!("desk submit {slug}"), slug);
            context.terminal.say(format!("Your own yes to it does not count: {why}."));
            context.terminal.say(printable(&format!("  {help}")));
        }
        return;
    }
    let address = &circumstances.person.address;
    let who = format!("{} is not on the staff list: this counts for nothing until it is.", printable(address));
    context.terminal.say(who);
    let could: Vec<&str> = governors(circumstances).into_iter().map(|person| person.name.as_str()).collect();
    if !could.is_empty() {
        context.terminal.say(format!("{} can add you to staff.toml.", printable(&words::or(&could))));
    }
}

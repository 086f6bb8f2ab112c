//! The comment after words changed that people had agreed to: whose yes is stale now, who must look again, at which words.

use super::markdown::{code, words};
use super::sheet::Sheet;
use super::{Mark, Story, and, count, difference, moment_there, request};
use crate::article::Difference;
use crate::ledger::{Assent, Decision};
use crate::workflow::{Missing, NotCounted};

/// Somebody's yes to other words, and what became of these.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The yes: one of [`stale`].
    pub assent: &'a Assent,
    /// What differs since; none where the words of then are not here.
    pub since: Option<&'a Difference>,
    /// Names of those who changed it since, as git has them.
    pub by: &'a [String],
}

/// A comment of desk's: there is one of each mark, and it is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its first line, which readers do not see.
    pub mark: String,
    /// The rest of it, in Markdown.
    pub text: String,
}

/// What stands in a comment that was written before words changed again.
const SINCE: &str = "The words changed since these people agreed to them; each must look again:";

/// Every person's last yes, where it is to other words than those that wait and they have not agreed to these. A yes to
/// words that became public is not stale: it is history.
pub fn stale<'a>(story: &Story<'a>) -> Vec<&'a Assent> {
    let Some(needs) = story.needs else { return Vec::new() };
    let staff = &story.circumstances.staff;
    let mut last: Vec<(&str, &Assent)> = Vec::new();
    for ignored in &needs.tally.ignored {
        let said = &ignored.assent.statement;
        if ignored.why != NotCounted::Stale || !said.decision.is_assent() {
            continue;
        }
        if story.is_recorded(&ignored.assent) {
            continue;
        }
        // Only people of the staff list are stale: others never counted.
        let Some(person) = staff.find(&said.person.address) else { continue };
        if needs.tally.of(person).is_some() {
            continue;
        }
        match last.iter_mut().find(|(name, _)| *name == person.name) {
            Some((_, before)) if before.statement.time >= said.time => {}
            Some((_, before)) => *before = &ignored.assent,
            None => last.push((&person.name, &ignored.assent)),
        }
    }
    last.into_iter().map(|(_, assent)| assent).collect()
}

/// The comment about these changes. With no `looks` it says that nobody has to look again.
pub fn changes(story: &Story<'_>, looks: &[Look<'_>]) -> Comment {
    let mut sheet = Sheet::new();
    let discretion = story.discretion();
    let slug = &story.standing.slug;
    if looks.is_empty() {
        sheet.end("Nobody who agreed has to look again: no word changed since.");
    } else {
        sheet.end(SINCE);
    }
    let mut groups: Vec<(&Look<'_>, Vec<&Look<'_>>)> = Vec::new();
    for look in looks {
        let same = |group: &&mut (&Look<'_>, Vec<&Look<'_>>)| {
            group.0.assent.statement.content == look.assent.statement.content
        };
        match groups.iter_mut().find(same) {
            Some((_, all)) => all.push(look),
            None => groups.push((look, vec![look])),
        }
    }
    for (first, all) in &groups {
        let who: Vec<String> = all.iter().map(|look| said(story, look)).collect();
        let by = if first.by.is_empty() { String::new() } else { format!(" ({})", request::field(&and(first.by))) };
        let what = match first.since {
            Some(since) if since.is_empty() => "no word changed, but a file beside them did".to_owned(),
            Some(since) => format!("{} changed{by}", count(since.words(), "word")),
            None => format!("the words changed{by}; those of then are not here to compare"),
        };
        if !sheet.paragraph(&format!("**{}.** Since then {what}.", who.join("; "))) {
            sheet.end(&format!("*And others: {}*", code(&format!("desk show {slug} --needs"))));
            break;
        }
        if let Some(since) = first.since {
            let left = sheet.paragraphs(&difference::passages(since, &discretion));
            difference::rest(left, slug, &mut sheet);
        }
    }
    let missing = missing(story);
    if !missing.is_empty() {
        sheet.list("**Missing now:**", &missing, 20, &code(&format!("desk show {slug} --needs")));
    }
    if !looks.is_empty() {
        sheet.end(&format!("To say yes to the new words: approve here, or {}.", code(&format!("desk approve {slug}"))));
    }
    Comment { mark: Mark::of_changes(story.standing.id), text: sheet.finish() }
}

/// `Jun Seo approved this at 22:40`.
fn said(story: &Story<'_>, look: &Look<'_>) -> String {
    let circumstances = story.circumstances;
    let statement = &look.assent.statement;
    let name =
        circumstances.staff.find(&statement.person.address).map_or(&statement.person.name, |person| &person.name);
    let done = match statement.decision {
        Decision::Submit => "submitted",
        Decision::Approve => "approved",
        Decision::Return => "returned",
    };
    let time = moment_there(statement.time, circumstances.now, &circumstances.zone);
    format!("{} {done} this at {time}", request::field(name))
}

/// What is missing, a line each, without a word about unnamed sources.
pub(super) fn missing(story: &Story<'_>) -> Vec<String> {
    let all = story.needs.map(|needs| needs.missing(story.circumstances)).unwrap_or_default();
    all.iter().map(|one| words(&discreet(one))).collect()
}

/// One missing thing, as on a screen but for what an unnamed source is called.
pub(super) fn discreet(missing: &Missing) -> String {
    match missing {
        Missing::Knowledge { could, .. } => {
            super::missing(&Missing::Knowledge { sources: "that is not named".to_owned(), could: could.clone() })
        }
        other => super::missing(other),
    }
}

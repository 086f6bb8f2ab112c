//! What waits for one person, each with the command that helps.

use jiff::Timestamp;

use super::needs::owing;
use super::{Circumstances, Missing, NotCounted, Plan, Planned, Standing, Void, needs, plan};
use crate::article::{ArticleId, Move, Slug, Stage};
use crate::config::Person;
use crate::ledger::{Act, Decision};

/// Why an article is in the inbox.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// Somebody asks for this person's yes.
    Asked {
        /// Who submitted it.
        by: Vec<String>,
    },
    /// This person agreed, and the words changed since.
    Changed,
    /// Everybody who must agree has: it can be published.
    Approved {
        /// Who agreed.
        by: Vec<String>,
    },
    /// It was to be public by now, and nothing acted on that.
    Overdue {
        /// When it should have been.
        due: Timestamp,
    },
    /// It was to become public by itself, and will not.
    Unscheduled {
        /// Why not.
        why: Void,
    },
    /// It came back.
    Returned {
        /// From whom.
        by: String,
        /// Why.
        note: String,
    },
    /// It was published alone and is unread.
    Alone {
        /// When.
        time: Timestamp,
    },
    /// One person withdrew it, and the notice is unread.
    Withdrawn {
        /// When.
        time: Timestamp,
    },
    /// The public version changed since this was begun.
    Conflicting,
    /// It waits for others.
    Waiting {
        /// For what.
        missing: Vec<Missing>,
    },
}

/// One article in the inbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which.
    pub id: ArticleId,
    /// Its slug.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Why it is here.
    pub why: Why,
    /// Since when, where that is known.
    pub since: Option<Timestamp>,
    /// The command that helps.
    pub command: String,
}

/// What waits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inbox {
    /// What this person can do now.
    pub your_move: Vec<Item>,
    /// What others must do first.
    pub waiting: Vec<Item>,
    /// How many drafts are open.
    pub drafts: usize,
    /// When articles become public by themselves, the next one first.
    pub scheduled: Vec<Timestamp>,
}

/// The inbox of the person who asks.
pub fn inbox(standings: &[Standing], circumstances: &Circumstances) -> Inbox {
    let mut inbox = Inbox::default();
    for standing in standings {
        if standing.open.as_ref().is_some_and(|open| open.stage == Stage::Draft) {
            inbox.drafts += 1;
        }
        if let Some(Plan::Ahead { due }) = plan(standing, circumstances) {
            inbox.scheduled.push(due);
        }
        match item(standing, circumstances) {
            Some(item) if matches!(item.why, Why::Waiting { .. }) => inbox.waiting.push(item),
            Some(item) => inbox.your_move.push(item),
            None => {}
        }
    }
    inbox.scheduled.sort();
    inbox
}

/// Whether this person scheduled it.
fn wanted_by(standing: &Standing, person: &Person) -> bool {
    let schedule = standing.schedule.as_ref().and_then(Planned::schedule);
    schedule.is_some_and(|schedule| person.has_address(&schedule.person.address))
}

fn item(standing: &Standing, circumstances: &Circumstances) -> Option<Item> {
    let slug = &standing.slug;
    let item = |why, since, command: String| {
        Some(Item { id: standing.id, slug: slug.clone(), title: standing.title().to_owned(), why, since, command })
    };
    let member = circumstances.member()?;
    let needs = needs(standing, circumstances)?;
    let mine = needs.tally.of(member);
    let Some(open) = &standing.open else {
        let entry = owing(standing)?;
        let time = entry.time;
        let why = match entry.act {
            Act::Move { step: Move::Withdraw, .. } => Why::Withdrawn { time },
            _ => Why::Alone { time },
        };
        return if mine.is_none() { item(why, Some(entry.time), format!("desk approve {slug}")) } else { None };
    };
    match plan(standing, circumstances) {
        // It comes by itself.
        Some(Plan::Ahead { .. }) => return None,
        Some(Plan::Overdue { due }) => return item(Why::Overdue { due }, Some(due), "desk tick".to_owned()),
        Some(Plan::Void(why)) if wanted_by(standing, member) => {
            return item(Why::Unscheduled { why }, None, format!("desk show {slug} --needs"));
        }
        Some(Plan::Void(_)) | None => {}
    }
    let last = |decision| {
        let said = standing.assents.iter().map(|assent| &assent.statement);
        said.filter(|said| said.decision == decision).max_by_key(|said| said.time)
    };
    // A change of public words stays in its stage: who sent it back said so of just these words.
    let is_back = last(Decision::Return).is_some_and(|back| Ok(back.content) == open.digest);
    if open.stage == Stage::Draft || (is_back && standing.published().is_some()) {
        let (sent, back) = (last(Decision::Submit)?, last(Decision::Return)?);
        let is_mine = member.has_address(&sent.person.address) && sent.time <= back.time;
        let why = Why::Returned { by: back.person.name.clone(), note: back.note.clone() };
        return if is_mine { item(why, Some(back.time), format!("desk edit {slug}")) } else { None };
    }
    if standing.is_conflicting() && mine.is_some() {
        return item(Why::Conflicting, None, format!("desk sync {slug}"));
    }
    let names = |decision: Option<Decision>| -> Vec<String> {
        let all = needs.tally.counted.iter().filter(|one| one.person != *member);
        all.filter(|one| decision.is_none_or(|decision| one.assent.statement.decision == decision))
            .map(|one| one.person.name.clone())
            .collect()
    };
    let since = needs.tally.counted.iter().map(|one| one.assent.statement.time).max();
    let agreed_before = needs.tally.ignored.iter().any(|ignored| {
        ignored.why == NotCounted::Stale
            && ignored.assent.statement.decision == Decision::Approve
            && member.has_address(&ignored.assent.statement.person.address)
    });
    match (needs.are_met(), mine) {
        (true, Some(_)) => item(Why::Approved { by: names(None) }, since, format!("desk publish {slug}")),
        (true, None) => None,
        (false, Some(_)) => {
            let missing = needs.missing(circumstances);
            item(Why::Waiting { missing }, since, format!("desk show {slug} --needs"))
        }
        (false, None) if agreed_before => item(Why::Changed, since, format!("desk approve {slug}")),
        (false, None) => {
            let by = names(Some(Decision::Submit));
            item(Why::Asked { by }, since, format!("desk approve {slug}"))
        }
    }
}

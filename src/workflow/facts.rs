//! What is derived of an article and never typed.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::needs::owing;
use super::{Circumstances, NotCounted, Plan, Standing, needs, plan};
use crate::article::amendment::{Label, Told, records};
use crate::article::{Amendment, Document, Move, Stage, instant_of};
use crate::ledger::{Act, Decision};

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Everybody who must agree to these words has.
    Approved,
    /// It becomes public by itself at a time that is to come.
    Scheduled,
    /// Its time has come, and it is not public.
    Overdue,
    /// It was to become public by itself, and something changed since: it will not.
    Unscheduled,
    /// It may not become public yet.
    Embargoed,
    /// It is public, and sites do not show it any more.
    Expired,
    /// Somebody agreed, and the words changed since.
    Stale,
    /// It was published alone, and others have yet to read it.
    Owed,
    /// It is public, and a change of it is open.
    Correcting,
    /// It was corrected so many times.
    Corrected(u32),
    /// The public version changed since this was begun.
    Conflicting,
    /// The working folder holds words that are not saved.
    Unsaved,
}

impl Fact {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Overdue => "overdue",
            Self::Unscheduled => "schedule void",
            Self::Embargoed => "embargoed",
            Self::Expired => "expired",
            Self::Stale => "stale",
            Self::Owed => "owed",
            Self::Correcting => "correcting",
            Self::Corrected(_) => "corrected",
            Self::Conflicting => "conflicting",
            Self::Unsaved => "unsaved",
        }
    }
}

/// Until when these words may not become public: their `embargo`.
pub fn embargo(document: &Document, zone: &TimeZone) -> Option<Timestamp> {
    instant(document, "embargo", zone)
}

/// From when on sites do not show them any more: their `expiryDate`.
pub fn expiry(document: &Document, zone: &TimeZone) -> Option<Timestamp> {
    instant(document, "expiryDate", zone)
}

fn instant(document: &Document, name: &str, zone: &TimeZone) -> Option<Timestamp> {
    instant_of(document.field(name)?.as_datetime()?, zone)
}

/// What is true of an article now.
pub fn facts(standing: &Standing, circumstances: &Circumstances) -> Vec<Fact> {
    let mut facts = Vec::new();
    let waits = standing.open.as_ref().is_some_and(|open| matches!(open.stage, Stage::Review | Stage::Published));
    if waits && let Some(needs) = needs(standing, circumstances) {
        let stale =
            needs.tally.ignored.iter().any(|ignored| {
                ignored.why == NotCounted::Stale && ignored.assent.statement.decision == Decision::Approve
            });
        if needs.are_met() {
            facts.push(Fact::Approved);
        } else if stale && !is_recorded_only(standing, &needs.tally.ignored) {
            facts.push(Fact::Stale);
        }
    }
    facts.extend(plan(standing, circumstances).map(|plan| match plan {
        Plan::Ahead { .. } => Fact::Scheduled,
        Plan::Overdue { .. } => Fact::Overdue,
        Plan::Void(_) => Fact::Unscheduled,
    }));
    let (zone, now) = (&circumstances.zone, circumstances.now);
    if standing.open.as_ref().and_then(|open| embargo(&open.document, zone)).is_some_and(|until| until > now) {
        facts.push(Fact::Embargoed);
    }
    if standing.published().and_then(|public| expiry(&public.document, zone)).is_some_and(|end| end <= now) {
        facts.push(Fact::Expired);
    }
    if owing(standing).is_some() {
        facts.push(Fact::Owed);
    }
    if standing.published().is_some() && standing.open.is_some() {
        facts.push(Fact::Correcting);
    }
    let entries = standing.record.iter().flat_map(|record| &record.entries);
    let corrections = entries.filter(|entry| matches!(entry.act, Act::Move { step: Move::Correct, .. })).count();
    // What changed no word corrected nothing.
    let is_refile = |one: &Told| one.label == Label::Change(Amendment::Refile);
    let told = standing.public().map(|public| records(&public.document)).unwrap_or_default();
    let corrections = corrections.saturating_sub(told.iter().filter(|one| is_refile(one)).count());
    if corrections > 0 {
        facts.push(Fact::Corrected(u32::try_from(corrections).unwrap_or(u32::MAX)));
    }
    if standing.is_conflicting() {
        facts.push(Fact::Conflicting);
    }
    if standing.is_unsaved() {
        facts.push(Fact::Unsaved);
    }
    facts
}

/// Whether all that is stale belongs to words that became public: they are not stale, they are history.
fn is_recorded_only(standing: &Standing, ignored: &[super::Ignored]) -> bool {
    let recorded: Vec<_> =
        standing.record.iter().flat_map(|record| &record.entries).map(|entry| entry.content).collect();
    ignored
        .iter()
        .filter(|one| one.why == NotCounted::Stale)
        .all(|one| recorded.contains(&one.assent.statement.content))
}

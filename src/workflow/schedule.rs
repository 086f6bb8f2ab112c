//! Words that are to become public later, and whether that still holds.

use jiff::Timestamp;

use super::commit::{content_trailer, file_steps, gone, hidden, keep, message, move_trailer, on_branch, saved, writes};
use super::publish::{Together, publish};
use super::{Circumstances, Missing, NotCounted, Refusal, Standing, needs};
use crate::article::{Change, Digest, Move, ObjectId, Reach, RefName, RefStep, Stage, Target};
use crate::config::{KeyState, Signatures};
use crate::finding::Finding;
use crate::ledger::{Assent, InvalidStatement, KeptSchedule, Schedule, Strength};

/// An article's schedule as this machine has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What its reference points to.
    pub object: ObjectId,
    /// What it says, where it can be read.
    pub kept: Result<KeptSchedule, InvalidStatement>,
}

impl Planned {
    /// What it says, where it can be read.
    pub fn schedule(&self) -> Option<&Schedule> {
        self.kept.as_ref().ok().map(|kept| &kept.schedule)
    }
}

/// What is to be said of a schedule at one moment.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// Its time is to come.
    Ahead {
        /// When.
        due: Timestamp,
    },
    /// Its time has come, and the words are not public.
    Overdue {
        /// When they should have been.
        due: Timestamp,
    },
    /// It will not be acted on any more.
    Void(Void),
}

/// Why a schedule is void. It never comes back by itself: somebody schedules again, or does not.
#[derive(Debug, Clone, PartialEq)]
pub enum Void {
    /// It cannot be read.
    Unreadable,
    /// It is about another article or another newsroom.
    Elsewhere,
    /// The words changed since.
    WordsChanged,
    /// Readers see these words already.
    Public,
    /// Readers see other words than they did then.
    OtherPublic,
    /// It was sent back.
    Returned,
    /// Nothing of the article waits: it was published, withdrawn or spiked meanwhile.
    NothingWaits,
    /// Whoever wanted it is not on the staff list.
    NotOnStaff(String),
    /// Whoever wanted it did not sign it as the policy asks, or not with a key of theirs.
    NotTheirs,
    /// The yeses to these words are not enough any more.
    Missing(Vec<Missing>),
}

/// What is to be said of the article's schedule now; none where there is none.
pub fn plan(standing: &Standing, circumstances: &Circumstances) -> Option<Plan> {
    let planned = standing.schedule.as_ref()?;
    Some(match &planned.kept {
        Err(_) => Plan::Void(Void::Unreadable),
        Ok(kept) => match void(kept, standing, circumstances) {
            Some(why) => Plan::Void(why),
            None if kept.schedule.due > circumstances.now => Plan::Ahead { due: kept.schedule.due },
            None => Plan::Overdue { due: kept.schedule.due },
        },
    })
}

/// Why the schedule is void; none while everything is as it was when it was made.
fn void(kept: &KeptSchedule, standing: &Standing, circumstances: &Circumstances) -> Option<Void> {
    let schedule = &kept.schedule;
    if schedule.newsroom != circumstances.newsroom || schedule.article != standing.id {
        return Some(Void::Elsewhere);
    }
    let public = standing.public_digest();
    if public == Some(schedule.content) && schedule.replaces != public {
        return Some(Void::Public);
    }
    let Some(open) = &standing.open else { return Some(Void::NothingWaits) };
    if open.digest != Ok(schedule.content) {
        return Some(Void::WordsChanged);
    }
    if public != schedule.replaces {
        return Some(Void::OtherPublic);
    }
    if !is_theirs(kept, circumstances) {
        let known = circumstances.staff.find(&schedule.person.address).is_some();
        return Some(if known { Void::NotTheirs } else { Void::NotOnStaff(schedule.person.name.clone()) });
    }
    let needs = needs(standing, circumstances)?;
    let returned = needs.tally.ignored.iter().any(|ignored| {
        ignored.why == NotCounted::Returned && ignored.assent.statement.time >= whole_seconds(schedule.time)
    });
    if returned || open.stage == Stage::Draft {
        return Some(Void::Returned);
    }
    let missing = needs.missing(circumstances);
    (!missing.is_empty()).then_some(Void::Missing(missing))
}

fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// Whether the person on the schedule is one of the staff, and signed it where the policy asks for signatures.
fn is_theirs(kept: &KeptSchedule, circumstances: &Circumstances) -> bool {
    let Some(person) = circumstances.staff.find(&kept.schedule.person.address) else { return false };
    let own = |is_meant: fn(KeyState) -> bool| {
        person.keys.iter().filter(move |key| is_meant(key.state)).map(|key| key.key.as_str())
    };
    // A key that is retired or in other hands signs nothing that is yet to happen.
    let past = kept.strength(own(|state| state != KeyState::Current)) == Ok(Strength::Proved);
    match kept.strength(own(|state| state == KeyState::Current)) {
        Ok(strength) => {
            !past && (circumstances.review.signatures != Signatures::Required || strength == Strength::Proved)
        }
        Err(_) => false,
    }
}

/// What the person is about to schedule, ready to be signed: the words as they are now, for `due`.
pub fn schedule_for(
    standing: &Standing,
    circumstances: &Circumstances,
    due: Timestamp,
    note: &str,
) -> Result<Schedule, Refusal> {
    let needs = needs(standing, circumstances).ok_or(Refusal::NothingSaved)?;
    Ok(Schedule {
        newsroom: needs.subject.newsroom,
        article: standing.id,
        content: needs.subject.content,
        replaces: needs.subject.replaces,
        due: whole_seconds(due),
        person: circumstances.person.clone(),
        time: whole_seconds(circumstances.now),
        note: note.to_owned(),
    })
}

/// Leaves a schedule, in place of one that may be there. Everything that publishing asks for has to be there already, as
/// it will be judged at that time; `own` is the person's own yes, as [`publish`] wants it. A draft is in review from then
/// on.
pub fn schedule(
    standing: &Standing,
    circumstances: &Circumstances,
    findings: &[Finding],
    own: Option<&Assent>,
    kept: &KeptSchedule,
) -> Result<Change, Refusal> {
    let due = kept.schedule.due;
    if due <= circumstances.now {
        return Err(Refusal::HasPassed { due });
    }
    let expected = schedule_for(standing, circumstances, due, &kept.schedule.note)?;
    if expected.content != kept.schedule.content {
        return Err(Refusal::OtherWords { assented: kept.schedule.content, found: expected.content });
    }
    let then = Circumstances { now: due, ..circumstances.clone() };
    let together = Together::WithOthers { note: kept.schedule.note.clone() };
    publish(standing, &then, findings, own, &together)?;
    let open = saved(standing)?;
    let mut change = Change {
        summary: format!("scheduled {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![RefStep {
            name: RefName::schedule(standing.id),
            expect: standing.schedule.as_ref().map(|planned| planned.object),
            target: Target::Files(kept.files()),
        }],
        files: Vec::new(),
        reach: Reach::Here,
    };
    if open.stage == Stage::Draft {
        let after = hidden(standing, open, Stage::Review)?;
        let trailers =
            [move_trailer(Move::Submit, Stage::Draft, Stage::Review), content_trailer(kept.schedule.content)];
        let message = message(standing, "submit", "", &trailers);
        change.steps.push(on_branch(standing, open, writes(&open.entries, &after), message));
        change.files = standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default();
    }
    change.steps.extend(own.filter(|own| !standing.assents.contains(own)).map(|own| keep(standing, own)));
    Ok(change)
}

/// Takes the schedule away; the words stay as they are.
pub fn cancel(standing: &Standing, circumstances: &Circumstances) -> Result<Change, Refusal> {
    if circumstances.member().is_none() {
        return Err(Refusal::NotOnStaff { address: circumstances.person.address.clone() });
    }
    unschedule(standing).ok_or(Refusal::NotScheduled)
}

/// The same for a void one, which anybody may clear away.
pub fn clear_void(standing: &Standing, circumstances: &Circumstances) -> Option<Change> {
    match plan(standing, circumstances)? {
        Plan::Void(_) => unschedule(standing),
        Plan::Ahead { .. } | Plan::Overdue { .. } => None,
    }
}

fn unschedule(standing: &Standing) -> Option<Change> {
    Some(Change {
        summary: format!("cancelled the schedule of {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![over(standing)?],
        files: Vec::new(),
        reach: Reach::Here,
    })
}

/// The schedule goes with a move after which nothing waits for it.
pub(super) fn over(standing: &Standing) -> Option<RefStep> {
    let planned = standing.schedule.as_ref()?;
    Some(gone(&RefName::schedule(standing.id), planned.object))
}

/// Whether the schedule that `kept` carries out is for these words, and its time has come.
pub(super) fn carries_out(
    kept: &KeptSchedule,
    content: Digest,
    replaces: Option<Digest>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let schedule = &kept.schedule;
    if schedule.content != content || schedule.replaces != replaces {
        return Err(Refusal::OtherWords { assented: schedule.content, found: content });
    }
    if schedule.due > now {
        return Err(Refusal::NotYet { due: schedule.due });
    }
    Ok(())
}

/// The trailer that says who scheduled a publication, and for when.
pub(super) fn scheduled_trailer(kept: &KeptSchedule) -> String {
    let Schedule { due, person, .. } = &kept.schedule;
    format!("Desk-Scheduled: {due} by {person}")
}

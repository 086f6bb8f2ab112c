//! Before the public: land and stamp in one commit on the base.

use jiff::tz::TimeZone;

use super::commit::{content_trailer, file_steps, gone, keep, message, move_trailer, saved, stamped, writes};
use super::rename::leads_on;
use super::schedule::{carries_out, over, scheduled_trailer};
use super::standing::same_files;
use super::submit::{about_these_words, holds_publication};
use super::telling::tells;
use super::{Circumstances, DUTY, LEGAL, Missing, Needs, Refusal, Standing, Version, needs};
use crate::article::kept::Kept;
use crate::article::{Change, Entry, Move, ObjectId, Reach, RefStep, Stage, Target, Write, instant_of};
use crate::config::Role;
use crate::finding::Finding;
use crate::ledger::{Act, Assent, Decision, KeptSchedule, Owed, Record, RecordEntry, record_path};

/// Whether others must have agreed before, or may do so after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Together {
    /// They have agreed before.
    WithOthers {
        /// Why, if the person says so.
        note: String,
    },
    /// They have agreed before, and somebody scheduled it: nobody sits at the keyboard. The person who acts is they.
    AsScheduled(Box<KeptSchedule>),
    /// At night, by somebody with the role `duty`: public now, and owed until others have read it.
    Alone {
        /// Why; never empty.
        note: String,
    },
}

impl Together {
    /// What somebody says of it.
    pub fn note(&self) -> &str {
        match self {
            Self::WithOthers { note } | Self::Alone { note } => note,
            Self::AsScheduled(kept) => &kept.schedule.note,
        }
    }
}

/// Whether publishing brings the person's own yes with it: on a draft, which is submitted first, when they publish alone,
/// and where nobody else has to agree; unless they have agreed to these words already. [`super::statement`] with
/// [`Decision::Submit`] is what they sign then.
pub fn wants_own(standing: &Standing, circumstances: &Circumstances, together: &Together) -> bool {
    let (Some(person), Some(needs)) = (circumstances.member(), needs(standing, circumstances)) else { return false };
    let first = standing.stage() == Stage::Draft;
    let single = needs.requirement.people == 1 || matches!(together, Together::Alone { .. });
    (first || single) && needs.tally.of(person).is_none()
}

/// Makes an article's words public. `own` is the person's own yes to them, given with this move: on a draft it is the
/// submission that comes first.
///
/// The base gets one commit whose parents are its last one and the article's, and whose tree is the base's with the
/// article's own files, their kept lines stamped, and its record: whatever else is on the branch does not land.
pub fn publish(
    standing: &Standing,
    circumstances: &Circumstances,
    findings: &[Finding],
    own: Option<&Assent>,
    together: &Together,
) -> Result<Change, Refusal> {
    let on = standing.base.as_ref().map(|version| version.entries.as_slice()).unwrap_or_default();
    made_public(standing, circumstances, findings, own, together, &Lands { on, step: None })
}

/// What the commit that makes words public finds on the base.
pub(super) struct Lands<'a> {
    /// The article's files there.
    pub(super) on: &'a [Entry],
    /// The step that brought these words there, where that was not this commit.
    pub(super) step: Option<ObjectId>,
}

/// The same, where the words may be on the base already.
pub(super) fn made_public(
    standing: &Standing,
    circumstances: &Circumstances,
    findings: &[Finding],
    own: Option<&Assent>,
    together: &Together,
    lands: &Lands<'_>,
) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    let step = beginning(standing, open)?;
    if circumstances.member().is_none() {
        return Err(Refusal::NotOnStaff { address: circumstances.person.address.clone() });
    }
    unhindered(standing, open)?;
    let is_same = standing.public_digest() == open.digest.clone().ok();
    if step == Move::Correct && standing.broken.is_empty() && is_same {
        return Err(Refusal::NothingChanged);
    }
    leads_on(standing, circumstances, open)?;
    tells(standing, open)?;
    if let Some(own) = own {
        about_these_words(standing, circumstances, own, Decision::Submit)?;
    } else if open.stage == Stage::Draft && wants_own(standing, circumstances, together) {
        return Err(Refusal::NotSubmitted);
    }
    let with = Standing { assents: standing.assents.iter().chain(own).cloned().collect(), ..standing.clone() };
    let needs = needs(&with, circumstances).ok_or(Refusal::NothingSaved)?;
    let owed = allowed(&needs, circumstances, findings, together)?;
    let content = needs.subject.content;
    // What was public without the others is not made good without them.
    if step == Move::Correct && !standing.broken.is_empty() && owed != Owed::Nothing {
        return Err(Refusal::MendsTogether);
    }
    let scheduled = match together {
        Together::AsScheduled(kept) => Some(&**kept),
        Together::WithOthers { .. } | Together::Alone { .. } => None,
    };
    if let Some(kept) = scheduled {
        carries_out(kept, content, needs.subject.replaces, circumstances.now)?;
    }
    let after = stamped(standing, open, &public_lines(standing, circumstances), content)?;
    let from = if step == Move::Correct { Stage::Published } else { Stage::Review };
    let entry = RecordEntry {
        act: Act::Move { step, from, to: Stage::Published },
        content,
        replaces: needs.subject.replaces,
        time: circumstances.now,
        path: open.home.clone(),
        slug: standing.slug.clone(),
        title: open.document.text_of("title").unwrap_or_default().to_owned(),
        person: circumstances.person.clone(),
        policy: circumstances.policy,
        people: needs.requirement.people,
        roles: needs.requirement.role_names(),
        owed,
        note: together.note().to_owned(),
        mends: if step == Move::Correct { standing.broken.clone() } else { Vec::new() },
        landed: lands.step.into_iter().collect(),
        schedule: scheduled.cloned(),
        assents: needs.tally.assents(),
    };
    let mut trailers = vec![move_trailer(step, from, Stage::Published), content_trailer(content)];
    trailers.extend(scheduled.map(scheduled_trailer));
    let record = standing.record.clone().unwrap_or_else(|| Record::new(standing.id)).append(entry);
    let mut landed = writes(lands.on, &after);
    landed.push(Write::put(record_path(standing.id), record.bytes()));
    // Words that were never on a branch come from nowhere else.
    let own_commit = Some(open.commit).filter(|commit| *commit != circumstances.base.tip);
    let deciding = RefStep {
        name: circumstances.base.name.clone(),
        expect: Some(circumstances.base.tip),
        target: Target::Commit {
            parents: [circumstances.base.tip].into_iter().chain(own_commit).collect(),
            writes: landed,
            message: message(standing, step.as_str(), together.note(), &trailers),
        },
    };
    let kept = own.filter(|own| !standing.assents.contains(own)).map(|own| keep(standing, own));
    Ok(Change {
        summary: format!("published {}", standing.slug),
        articles: vec![standing.id],
        steps: [deciding]
            .into_iter()
            .chain(kept)
            .chain(own_commit.map(|commit| gone(&standing.branch, commit)))
            .chain(over(standing))
            .collect(),
        files: standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

/// Which move it is. What readers see already is corrected, whatever stage somebody wrote on the branch.
pub(super) fn beginning(standing: &Standing, open: &Version) -> Result<Move, Refusal> {
    match (standing.public().map(|public| public.stage), open.stage) {
        (Some(Stage::Published), _) => Ok(Move::Correct),
        (None | Some(Stage::Withdrawn), Stage::Draft | Stage::Review) => Ok(Move::Publish),
        (public, stage) => Err(Refusal::NotLegal { step: Move::Publish, stage: public.unwrap_or(stage) }),
    }
}

/// Whether the base has room for these words: its own version of them is as it was when they were begun, and nothing
/// of another article is in their place.
fn unhindered(standing: &Standing, open: &Version) -> Result<(), Refusal> {
    if let Some(path) = standing.in_the_way.first() {
        return Err(Refusal::PlaceTaken(path.clone()));
    }
    let none = Vec::new();
    let base = standing.base.as_ref().map_or(&none, |version| &version.entries);
    let origin = standing.origin.as_ref().map_or(&none, |version| &version.entries);
    if same_files(base, origin) || same_files(base, &open.entries) {
        return Ok(());
    }
    let mut places: Vec<String> = base
        .iter()
        .filter(|entry| !origin.contains(entry))
        .chain(origin.iter().filter(|entry| !base.contains(entry)))
        .map(|entry| entry.path.to_string())
        .collect();
    places.sort();
    places.dedup();
    Err(Refusal::Conflict { places })
}

/// Whether the policy lets it be, and what stays owed.
fn allowed(
    needs: &Needs,
    circumstances: &Circumstances,
    findings: &[Finding],
    together: &Together,
) -> Result<Owed, Refusal> {
    let mut missing: Vec<Missing> = needs.missing(circumstances);
    let mut owed = Owed::Nothing;
    if let Together::Alone { note } = together
        && !needs.are_met()
    {
        may_be_alone(circumstances, note)?;
        missing.retain(|one| matches!(one, Missing::Role { role, .. } if role.as_str() == LEGAL));
        owed = Owed::Assents;
    }
    let held = findings.iter().filter(|finding| holds_publication(finding)).cloned().map(Box::new);
    missing.extend(held.map(Missing::Finding));
    if missing.is_empty() { Ok(owed) } else { Err(Refusal::Missing(missing)) }
}

fn may_be_alone(circumstances: &Circumstances, note: &str) -> Result<(), Refusal> {
    if note.trim().is_empty() {
        return Err(Refusal::NoNote);
    }
    let duty = Role::new(DUTY).expect("a role's name");
    if circumstances.member().is_some_and(|person| person.has_role(&duty)) {
        return Ok(());
    }
    let could = circumstances.staff.with_role(&duty).map(|person| person.name.clone()).collect();
    Err(Refusal::NoRole { role: duty, could })
}

/// The kept lines of public words: the date is that of the first publication, and later ones say when.
pub(super) fn public_lines(standing: &Standing, circumstances: &Circumstances) -> Vec<(Kept, String)> {
    let now = public_time(circumstances.now, &circumstances.zone);
    let when = if standing.public().is_some() { Kept::Updated } else { Kept::Date };
    let mut lines =
        vec![(Kept::Stage, format!("\"{}\"", Stage::Published)), (Kept::Draft, "false".to_owned()), (when, now)];
    let written = |version: &Version, kept: Kept| {
        let document = &version.document;
        document.value(kept.path()).map(|value| document.text[value.span.range()].to_owned())
    };
    let first = standing.record.as_ref().and_then(Record::published).filter(|_| !standing.broken.is_empty());
    let since = match first {
        Some(first) => Some(public_time(first, &circumstances.zone)),
        None => standing.public().and_then(|public| written(public, Kept::Date)),
    };
    let open = standing.open.as_ref();
    let differs = |since: &String| open.and_then(|open| written(open, Kept::Date)).as_ref() != Some(since);
    lines.extend(since.filter(|since| first.is_some() || differs(since)).map(|since| (Kept::Date, since)));
    // Words that nobody has seen yet did not change later than now, whatever was written there.
    let said = open.and_then(|open| open.document.value(Kept::Updated.path())?.as_datetime().copied());
    let to_come = said.and_then(|said| instant_of(&said, &TimeZone::UTC)).is_some_and(|said| said > circumstances.now);
    if when == Kept::Date && to_come {
        lines.push((Kept::Updated, public_time(circumstances.now, &circumstances.zone)));
    }
    lines
}

/// An instant as it stands in a kept line: to the second, in the newsroom's time zone.
pub(super) fn public_time(now: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    now.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

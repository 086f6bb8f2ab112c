//! Away from the public at once: a notice takes the words' place at the same address.

use super::commit::{content_trailer, file_steps, gone, hidden, keep, message, move_trailer, sound, writes};
use super::publish::public_time;
use super::schedule::over;
use super::submit::about_these_words;
use super::{Circumstances, DUTY, LEGAL, Refusal, Standing, Version, needs};
use crate::article::notice::{compose, on_one_line};
use crate::article::{Change, Entry, Move, ORDINARY_FILE, Reach, RefName, RefStep, Stage, Target, Withdrawal, Write};
use crate::config::{Person, Review, Role, Staff};
use crate::ledger::{Act, Assent, Decision, Owed, Record, RecordEntry, record_path};

/// Whether this person may withdraw public words at once, alone. Any of the roles that `[review] withdraw` names; without
/// it `duty`, and the roles that articles need. Where nobody has any of them, everybody on the staff list.
pub fn may_withdraw(review: &Review, staff: &Staff, person: &Person) -> bool {
    let roles = permitted(review);
    roles.iter().any(|role| person.has_role(role)) || !staff.people.iter().any(|one| has_one(one, &roles))
}

fn has_one(person: &Person, roles: &[Role]) -> bool {
    roles.iter().any(|role| person.has_role(role))
}

fn permitted(review: &Review) -> Vec<Role> {
    if !review.withdraw.is_empty() {
        return review.withdraw.clone();
    }
    let own = [DUTY, LEGAL].map(|role| Role::new(role).expect("a role's name"));
    let asked = review.roles.iter().chain(review.require.iter().flat_map(|entry| &entry.roles)).cloned();
    let mut roles: Vec<Role> = asked.chain(own).collect();
    roles.sort();
    roles.dedup();
    roles
}

/// The article with the notice as the words that wait for assent: what [`super::statement`] is made of, and what
/// [`withdraw`] makes public.
pub fn notice(
    standing: &Standing,
    circumstances: &Circumstances,
    kind: Withdrawal,
    note: &str,
) -> Result<Standing, Refusal> {
    let step = Move::Withdraw;
    let public = standing.published().ok_or(Refusal::NotLegal { step, stage: standing.stage() })?;
    if on_one_line(note).is_empty() {
        return Err(Refusal::NoNote);
    }
    let Some(person) = circumstances.member() else {
        return Err(Refusal::NotOnStaff { address: circumstances.person.address.clone() });
    };
    let (review, staff) = (&circumstances.review, &circumstances.staff);
    if !may_withdraw(review, staff, person) {
        let roles = permitted(review);
        let could = staff.people.iter().filter(|person| has_one(person, &roles));
        let could = could.map(|person| person.name.clone()).collect();
        return Err(Refusal::MayNotWithdraw { roles, could });
    }
    // An article that desk did not keep is adopted by the save before this move.
    let is_own = |version: &&Version| version.document.id() == Some(standing.id);
    let source = [Some(public), standing.open.as_ref()].into_iter().flatten().find(is_own).unwrap_or(public);
    sound(standing, source)?;
    let now = public_time(circumstances.now, &circumstances.zone);
    // Readers know it by the name of its public version, whatever it was to be called.
    let slug = circumstances.articles.slug_of(&public.document).unwrap_or_else(|| standing.slug.clone());
    let text = compose(&source.document, &slug, kind, note, &now);
    let entries = vec![Entry { path: public.main.clone(), mode: ORDINARY_FILE, bytes: text.into_bytes() }];
    let (home, main) = (public.home.clone(), public.main.clone());
    let version = Version::read(circumstances.base.tip, standing.id, home, main, entries);
    sound(standing, &version)?;
    Ok(Standing { open: Some(version), slug, ..standing.clone() })
}

/// Puts the notice in place of the public words. One permitted person is enough; the assents that the policy asks for
/// besides are owed, as after publishing alone. The last words are kept at `refs/desk/spiked/<id>`, on this machine, for
/// [`super::revive`]: those of a change that was open, otherwise those that were public.
pub fn withdraw(
    standing: &Standing,
    circumstances: &Circumstances,
    kind: Withdrawal,
    note: &str,
    assent: &Assent,
) -> Result<Change, Refusal> {
    let noticed = notice(standing, circumstances, kind, note)?;
    let (Some(before), Some(after)) = (standing.published(), noticed.open.as_ref()) else {
        return Err(Refusal::NothingSaved);
    };
    let content = about_these_words(&noticed, circumstances, assent, Decision::Submit)?;
    let (step, from, to) = (Move::Withdraw, Stage::Published, Stage::Withdrawn);
    let note = on_one_line(note);
    let with = Standing { assents: vec![assent.clone()], ..noticed.clone() };
    let needs = needs(&with, circumstances).ok_or(Refusal::NothingSaved)?;
    let entry = RecordEntry {
        act: Act::Move { step, from, to },
        content,
        replaces: needs.subject.replaces,
        time: circumstances.now,
        path: after.home.clone(),
        slug: noticed.slug.clone(),
        title: after.document.text_of("title").unwrap_or_default().to_owned(),
        person: circumstances.person.clone(),
        policy: circumstances.policy,
        people: needs.requirement.people,
        roles: needs.requirement.role_names(),
        owed: if needs.are_met() { Owed::Nothing } else { Owed::Assents },
        note: note.clone(),
        mends: Vec::new(),
        landed: Vec::new(),
        schedule: None,
        assents: needs.tally.assents(),
    };
    let record = standing.record.clone().unwrap_or_else(|| Record::new(standing.id)).append(entry);
    let mut landed = writes(&before.entries, &after.entries);
    landed.push(Write::put(record_path(standing.id), record.bytes()));
    let trailers = [move_trailer(step, from, to), content_trailer(content)];
    let deciding = RefStep {
        name: circumstances.base.name.clone(),
        expect: Some(circumstances.base.tip),
        target: Target::Commit {
            parents: vec![circumstances.base.tip],
            writes: landed,
            message: message(standing, step.as_str(), &note, &trailers),
        },
    };
    let kept = Some(keep(standing, assent)).filter(|_| !standing.assents.contains(assent));
    let closed = standing.open.as_ref().map(|open| gone(&standing.branch, open.commit));
    Ok(Change {
        summary: format!("withdrew {}", standing.slug),
        articles: vec![standing.id],
        steps: [deciding]
            .into_iter()
            .chain(kept)
            .chain(last_words(standing, circumstances))
            .chain(closed)
            .chain(over(standing))
            .collect(),
        files: standing.working.as_ref().map(|working| file_steps(working, &after.entries)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

/// The words that were worked on last, kept aside. Nothing where they cannot be: it does not hold up a withdrawal.
fn last_words(standing: &Standing, circumstances: &Circumstances) -> Option<RefStep> {
    let (version, parent) = match (&standing.open, standing.published()) {
        (Some(open), _) => (open, open.commit),
        (None, Some(public)) => (public, circumstances.base.tip),
        (None, None) => return None,
    };
    let after = hidden(standing, version, Stage::Spiked).ok()?;
    Some(RefStep {
        name: RefName::spiked(standing.id),
        expect: standing.spiked.as_ref().map(|spiked| spiked.commit),
        target: Target::Commit {
            parents: [parent].into_iter().chain(standing.spiked.as_ref().map(|kept| kept.commit)).collect(),
            writes: writes(&version.entries, &after),
            message: message(standing, "keep what was withdrawn", "", &[]),
        },
    })
}

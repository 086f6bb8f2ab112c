//! Saying yes.

use super::commit::{content_trailer, keep, message, saved, sound};
use super::needs::{needs, owing};
use super::submit::{about_these_words, fresh};
use super::{Circumstances, Refusal, Standing};
use crate::article::{Change, Reach, RefStep, Stage, Target, Write};
use crate::ledger::{Act, Assent, Decision, Owed, RecordEntry, Sources, record_path};

/// Agrees to words that wait for it. It never moves the article's branch. For public words that were published alone
/// it pays what is owed, in one commit on the base that changes only the record.
pub fn approve(standing: &Standing, circumstances: &Circumstances, assent: &Assent) -> Result<Change, Refusal> {
    if circumstances.member().is_none() {
        return Err(Refusal::NotOnStaff { address: circumstances.person.address.clone() });
    }
    let kept = keep(standing, assent);
    let mut steps = Vec::new();
    if standing.open.is_some() {
        let open = saved(standing)?;
        match open.stage {
            Stage::Review | Stage::Published => {}
            _ => return Err(Refusal::NotSubmitted),
        }
    } else {
        owing(standing).ok_or(if standing.base.is_some() { Refusal::NothingOpen } else { Refusal::NothingSaved })?;
    }
    about_these_words(standing, circumstances, assent, Decision::Approve)?;
    if let Some(needs) = needs(standing, circumstances) {
        let says_so = assent.statement.sources == Sources::Known;
        match needs.tally.missing_knowledge(&needs.requirement) {
            // Who agreed before may add that they know.
            Some(_) if says_so => {}
            _ => fresh(standing, circumstances)?,
        }
        if let Some(sources) = needs.requirement.unnamed.filter(|_| !says_so) {
            return Err(Refusal::SourcesNotKnown { sources });
        }
    }
    counts(standing, circumstances, assent)?;
    if standing.open.is_none() {
        steps.push(pay(standing, circumstances, assent)?);
    }
    steps.push(kept);
    Ok(Change {
        summary: format!("approved {}", standing.slug),
        articles: vec![standing.id],
        steps,
        files: Vec::new(),
        reach: Reach::Here,
    })
}

/// Nobody is told that their yes was kept when it would count for nothing.
fn counts(standing: &Standing, circumstances: &Circumstances, assent: &Assent) -> Result<(), Refusal> {
    let ignored = needs(&with(standing, assent), circumstances).map(|needs| needs.tally.ignored).unwrap_or_default();
    match ignored.into_iter().find(|one| one.assent == *assent) {
        Some(one) => Err(Refusal::WouldNotCount { why: one.why }),
        None => Ok(()),
    }
}

fn with(standing: &Standing, assent: &Assent) -> Standing {
    Standing { assents: standing.assents.iter().chain([assent]).cloned().collect(), ..standing.clone() }
}

/// The record grows by an assent that was owed.
fn pay(standing: &Standing, circumstances: &Circumstances, assent: &Assent) -> Result<RefStep, Refusal> {
    let (Some(entry), Some(record), Some(public)) = (owing(standing), &standing.record, standing.public()) else {
        return Err(Refusal::NothingOpen);
    };
    let content = sound(standing, public)?;
    let needs = needs(&with(standing, assent), circumstances).ok_or(Refusal::NothingOpen)?;
    let paid = RecordEntry {
        act: Act::Assent { at: public.stage },
        content,
        replaces: entry.replaces,
        time: circumstances.now,
        path: public.home.clone(),
        slug: circumstances.articles.slug_of(&public.document).unwrap_or_else(|| standing.slug.clone()),
        title: standing.title().to_owned(),
        person: circumstances.person.clone(),
        policy: circumstances.policy,
        people: needs.requirement.people,
        roles: needs.requirement.role_names(),
        owed: if needs.are_met() { Owed::Nothing } else { Owed::Assents },
        note: assent.statement.note.clone(),
        mends: Vec::new(),
        landed: Vec::new(),
        schedule: None,
        assents: vec![assent.clone()],
    };
    let trailers = [format!("Desk-Move: assent ({} -> {})", public.stage, public.stage), content_trailer(content)];
    Ok(RefStep {
        name: circumstances.base.name.clone(),
        expect: Some(circumstances.base.tip),
        target: Target::Commit {
            parents: vec![circumstances.base.tip],
            writes: vec![Write::put(record_path(standing.id), record.append(paid).bytes())],
            message: message(standing, "approve what was published alone", &assent.statement.note, &trailers),
        },
    })
}

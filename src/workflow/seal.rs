//! Where nobody may push to the public version: what only a stamp does elsewhere is done on the branch before review, and
//! the record follows with the next change.

use super::commit::{content_trailer, file_steps, message, move_trailer, on_branch, saved, stamped, writes};
use super::publish::{beginning, public_lines};
use super::recording::{Brought, across};
use super::{Circumstances, Refusal, Standing, Version, needs};
use crate::article::kept::Kept;
use crate::article::{Change, Move, Reach, Stage, Write, instant_of};
use crate::config::Stamp;
use crate::ledger::{Act, Owed, Record, RecordEntry, record_path};

/// Seals an article that was submitted: its branch says of it what readers will see once it is merged. A new article gets
/// its stage, `draft` and `date`, a change of a public one `updated`. No word changes, so that every yes stays.
///
/// What readers see as its date is then the moment of sealing: nobody knows beforehand when somebody will merge it.
pub fn seal(standing: &Standing, circumstances: &Circumstances) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    let step = beginning(standing, open)?;
    let not_legal = Refusal::NotLegal { step, stage: standing.public().map_or(open.stage, |public| public.stage) };
    if circumstances.review.stamp != Stamp::Submit || standing.withdrawn().is_some() {
        return Err(not_legal);
    }
    if open.stage == Stage::Draft {
        return Err(Refusal::NotSubmitted);
    }
    let content = open.digest.clone()?;
    let after = stamped(standing, open, &public_lines(standing, circumstances), content)?;
    let trailers = [move_trailer(step, open.stage, Stage::Published), content_trailer(content)];
    let message = message(standing, "seal", "", &trailers);
    Ok(Change {
        summary: format!("sealed {}", standing.slug),
        articles: vec![standing.id],
        steps: vec![on_branch(standing, open, writes(&open.entries, &after), message)],
        files: standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

/// A sealed new article as it was before, to be judged like any other: sealing changes no word.
pub fn unsealed(standing: &Standing) -> Standing {
    let is_new = standing.public().is_none();
    let open = standing.open.as_ref().map(|open| match open.stage {
        Stage::Published if is_new => Version { stage: Stage::Review, ..open.clone() },
        _ => open.clone(),
    });
    Standing { open, ..standing.clone() }
}

/// The record of a sealed article that landed, with the entry that says who agreed to it: it goes into the next change,
/// of whatever article. `standing` is that of the article that landed; nothing of it may have changed since.
pub fn sealed_record(
    standing: &Standing,
    circumstances: &Circumstances,
    brought: &Brought<'_>,
) -> Result<Write, Refusal> {
    let base = standing.published().ok_or(Refusal::NothingOpen)?;
    if circumstances.review.stamp != Stamp::Submit {
        return Err(Refusal::NothingOpen);
    }
    let landed = across(standing, circumstances, brought).ok_or(Refusal::NothingOpen)?;
    for rules in [brought.then, circumstances] {
        let needs = needs(&landed, rules).ok_or(Refusal::NothingOpen)?;
        if !needs.are_met() {
            return Err(Refusal::Missing(needs.missing(rules)));
        }
    }
    let needs = needs(&landed, circumstances).ok_or(Refusal::NothingOpen)?;
    let (step, from, kept) = match brought.replaced {
        Some(_) => (Move::Correct, Stage::Published, Kept::Updated),
        None => (Move::Publish, Stage::Review, Kept::Date),
    };
    let sealed = base.document.value(kept.path()).and_then(crate::article::Value::as_datetime);
    let time = sealed.and_then(|at| instant_of(at, &circumstances.zone)).ok_or(Refusal::NothingOpen)?;
    let entry = RecordEntry {
        act: Act::Move { step, from, to: Stage::Published },
        content: needs.subject.content,
        replaces: needs.subject.replaces,
        time,
        path: base.home.clone(),
        slug: circumstances.articles.slug_of(&base.document).unwrap_or_else(|| standing.slug.clone()),
        title: base.document.text_of("title").unwrap_or_default().to_owned(),
        person: circumstances.person.clone(),
        policy: circumstances.policy,
        people: needs.requirement.people,
        roles: needs.requirement.role_names(),
        owed: Owed::Nothing,
        note: String::new(),
        mends: Vec::new(),
        landed: vec![brought.step],
        schedule: None,
        assents: needs.tally.assents(),
    };
    let record = standing.record.clone().unwrap_or_else(|| Record::new(standing.id)).append(entry);
    Ok(Write::put(record_path(standing.id), record.bytes()))
}

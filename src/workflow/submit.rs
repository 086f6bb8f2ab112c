//! Asking for approval, and the statement that every assent is.

use super::commit::{content_trailer, file_steps, hidden, keep, message, move_trailer, on_branch, saved, writes};
use super::rename::leads_on;
use super::telling::tells;
use super::{Circumstances, Missing, Refusal, Standing, needs};
use crate::article::{Change, Digest, Move, Reach, Stage};
use crate::finding::{Finding, Level};
use crate::ledger::{Assent, Decision, Sources, Statement};

/// What the person is about to say of the words as they are now, ready to be signed.
pub fn statement(
    standing: &Standing,
    circumstances: &Circumstances,
    decision: Decision,
    note: &str,
    sources: Sources,
) -> Result<Statement, Refusal> {
    let needs = needs(standing, circumstances).ok_or(Refusal::NothingSaved)?;
    let roles = circumstances.member().map(|person| person.roles.iter().map(ToString::to_string).collect());
    // What somebody says twice in one second is said one after the other: the later word counts.
    let person = &circumstances.person.address;
    let own = standing.assents.iter().map(|assent| &assent.statement).filter(|said| said.person.address == *person);
    let taken: Vec<i64> = own.map(|said| said.time.as_second()).collect();
    let second = (circumstances.now.as_second()..).find(|second| !taken.contains(second));
    let second = second.unwrap_or(circumstances.now.as_second());
    Ok(Statement {
        newsroom: needs.subject.newsroom,
        article: standing.id,
        content: needs.subject.content,
        replaces: needs.subject.replaces,
        person: circumstances.person.clone(),
        roles: roles.unwrap_or_default(),
        decision,
        policy: circumstances.policy,
        time: jiff::Timestamp::from_second(second).unwrap_or(circumstances.now),
        note: note.to_owned(),
        sources,
        witness: None,
    })
}

/// Sends a draft to colleagues: `assent` is the submitter's own yes. In review already with words that this person has
/// not agreed to, only the assent is added; so it is for a correction, which stays where it stands.
pub fn submit(
    standing: &Standing,
    circumstances: &Circumstances,
    findings: &[Finding],
    assent: &Assent,
) -> Result<Change, Refusal> {
    let open = saved(standing)?;
    match open.stage {
        Stage::Draft | Stage::Review | Stage::Published => {}
        stage => return Err(Refusal::NotLegal { step: Move::Submit, stage }),
    }
    let content = about_these_words(standing, circumstances, assent, Decision::Submit)?;
    leads_on(standing, circumstances, open)?;
    // Whoever agrees now agrees to the note too: one that comes later would make every assent stale.
    tells(standing, open)?;
    held(findings, holds_review)?;
    let mut change = Change {
        summary: format!("submitted {}", standing.slug),
        articles: vec![standing.id],
        steps: Vec::new(),
        files: Vec::new(),
        reach: Reach::Here,
    };
    if open.stage == Stage::Draft {
        let after = hidden(standing, open, Stage::Review)?;
        let trailers = [move_trailer(Move::Submit, Stage::Draft, Stage::Review), content_trailer(content)];
        let message = message(standing, "submit", &assent.statement.note, &trailers);
        change.steps.push(on_branch(standing, open, writes(&open.entries, &after), message));
        if let Some(working) = &standing.working {
            change.files = file_steps(working, &after);
        }
    } else {
        fresh(standing, circumstances)?;
    }
    if !standing.assents.contains(assent) {
        change.steps.push(keep(standing, assent));
    }
    Ok(change)
}

/// Whether `assent` is this person's, says `decision`, and is about the words as they are now.
pub(super) fn about_these_words(
    standing: &Standing,
    circumstances: &Circumstances,
    assent: &Assent,
    decision: Decision,
) -> Result<Digest, Refusal> {
    let expected = statement(standing, circumstances, decision, &assent.statement.note, assent.statement.sources)?;
    let said = &assent.statement;
    let same = Statement { time: said.time, roles: said.roles.clone(), ..expected.clone() } == *said;
    if same { Ok(said.content) } else { Err(Refusal::OtherWords { assented: said.content, found: expected.content }) }
}

/// Whether this person has yet to agree to these words.
pub(super) fn fresh(standing: &Standing, circumstances: &Circumstances) -> Result<(), Refusal> {
    let Some(person) = circumstances.member() else { return Ok(()) };
    match needs(standing, circumstances).and_then(|needs| needs.tally.of(person).cloned()) {
        Some(counted) => {
            let said = counted.assent.statement;
            Err(Refusal::AlreadyAssented { decision: said.decision, time: said.time })
        }
        None => Ok(()),
    }
}

/// Whether a finding stands in the way of review.
pub(super) fn holds_review(finding: &Finding) -> bool {
    finding.holds == Some("review") || (finding.level == Level::Error && finding.holds != Some("published"))
}

/// Whether a finding stands in the way of publication.
pub(super) fn holds_publication(finding: &Finding) -> bool {
    finding.level == Level::Error || finding.holds.is_some()
}

/// Refuses when a finding holds.
pub(super) fn held(findings: &[Finding], holds: fn(&Finding) -> bool) -> Result<(), Refusal> {
    let missing: Vec<_> =
        findings.iter().filter(|finding| holds(finding)).cloned().map(Box::new).map(Missing::Finding).collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::Missing(missing)) }
}

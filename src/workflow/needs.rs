//! What is still missing before an article may become public.

use super::policy::{Requirement, Subject, Tally, requirement, tally};
use super::refusal::Missing;
use super::{Circumstances, Standing};
use crate::config::Person;
use crate::ledger::{Assent, Record, RecordEntry};

/// What one article needs, has and lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Needs {
    /// What the policy asks.
    pub requirement: Requirement,
    /// The words it is about.
    pub subject: Subject,
    /// Who agreed to them, and why other statements do not count.
    pub tally: Tally,
}

impl Needs {
    /// Whether the policy is met.
    pub fn are_met(&self) -> bool {
        self.tally.meets(&self.requirement)
    }

    /// What is missing, each with the people who could give it: none of those who have agreed already.
    pub fn missing(&self, circumstances: &Circumstances) -> Vec<Missing> {
        let others = |person: &&Person| self.tally.of(person).is_none();
        let names = |people: Vec<&Person>| people.into_iter().map(|person| person.name.clone()).collect::<Vec<_>>();
        let mut missing: Vec<Missing> = self
            .tally
            .missing_roles(&self.requirement)
            .into_iter()
            .map(|(role, because)| Missing::Role {
                role: role.clone(),
                because: because.clone(),
                // Somebody may have agreed before they had the role: they can say so again.
                could: names(circumstances.staff.with_role(role).collect()),
            })
            .collect();
        let people = self.tally.missing_people(&self.requirement);
        if people > 0 {
            let could = names(circumstances.staff.people.iter().filter(others).collect());
            missing.push(Missing::People { count: people, because: self.requirement.because.clone(), could });
        }
        missing
    }
}

/// What the words that people work on need; of an article that is public and not open, what its public words rest on.
/// None when there are no words that could be judged.
pub fn needs(standing: &Standing, circumstances: &Circumstances) -> Option<Needs> {
    let (version, replaces) = match &standing.open {
        Some(open) => (open, standing.public_digest()),
        None => (standing.base.as_ref()?, standing.record.as_ref().and_then(Record::last_move)?.replaces),
    };
    let content = version.digest.clone().ok()?;
    let subject = Subject { newsroom: circumstances.newsroom.clone(), article: standing.id, content, replaces };
    let asked = requirement(&circumstances.review, &version.document, &version.body());
    let recorded = standing.record.iter().flat_map(|record| &record.entries).flat_map(|entry| &entry.assents);
    let mut assents: Vec<&Assent> = Vec::new();
    for assent in standing.assents.iter().chain(recorded) {
        if !assents.contains(&assent) {
            assents.push(assent);
        }
    }
    let tally = tally(assents, &subject, &circumstances.staff, circumstances.review.signatures);
    Some(Needs { requirement: asked, subject, tally })
}

/// The entry of the public words if they were published alone and others have yet to read them.
pub(super) fn owing(standing: &Standing) -> Option<&RecordEntry> {
    let (entry, _) = standing.record.as_ref()?.owing()?;
    standing.public().filter(|public| public.digest == Ok(entry.content)).map(|_| entry)
}

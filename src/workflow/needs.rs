//! What is still missing before an article may become public.

use super::policy::{Counted, Landed, Requirement, Standards, Subject, Tally, is_witness, requirement, tally};
use super::refusal::Missing;
use super::telling::{is_refile, was_refiled};
use super::{Circumstances, Standing, Version};
use crate::config::{Person, Role};
use crate::ledger::{Assent, Record, RecordEntry, Sources};

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
        let others = |person: &&Person| self.tally.of(person).is_none() && !is_witness(person);
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
        if let Some(sources) = self.tally.missing_knowledge(&self.requirement) {
            let sources = sources.to_owned();
            missing.push(Missing::Knowledge { sources, could: names(circumstances.staff.people.iter().collect()) });
        }
        missing
    }

    /// Everything that is asked, each with why, who has met it and who of the staff could.
    pub fn asks(&self, circumstances: &Circumstances) -> Vec<Ask> {
        let all = &self.tally.counted;
        let names = |is_meant: &dyn Fn(&Counted) -> bool| {
            all.iter().filter(|one| is_meant(one)).map(|one| one.person.name.clone()).collect::<Vec<_>>()
        };
        let could = |is_meant: &dyn Fn(&Person) -> bool| {
            let people = circumstances.staff.people.iter().filter(|person| is_meant(person));
            people.map(|person| person.name.clone()).collect::<Vec<_>>()
        };
        let asked = &self.requirement;
        let mut asks = vec![Ask {
            what: Asked::People(asked.people),
            because: asked.because.clone(),
            given: names(&|_| true),
            could: could(&|person| self.tally.of(person).is_none() && !is_witness(person)),
            is_met: self.tally.missing_people(asked) == 0,
        }];
        asks.extend(asked.roles.iter().map(|(role, because)| {
            let given = names(&|one| one.roles.contains(role));
            let is_met = !given.is_empty();
            Ask {
                what: Asked::Role(role.clone()),
                because: because.clone(),
                given,
                could: could(&|person| person.has_role(role)),
                is_met,
            }
        }));
        asks.extend(asked.unnamed.iter().map(|sources| Ask {
            what: Asked::Knowledge,
            because: Some(format!("the source {sources} is not named")),
            given: names(&|one| one.assent.statement.sources == Sources::Known),
            could: could(&|_| true),
            is_met: self.tally.missing_knowledge(asked).is_none(),
        }));
        asks
    }
}

/// One thing that the policy asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What.
    pub what: Asked,
    /// Why, when it is not asked of every article: `section is "courts"`.
    pub because: Option<String>,
    /// Names of those who have given it.
    pub given: Vec<String>,
    /// Names of those who could give it.
    pub could: Vec<String>,
    /// Whether nothing of it is missing.
    pub is_met: bool,
}

/// What sort of thing it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// So many different people.
    People(u32),
    /// Somebody with this role.
    Role(Role),
    /// Somebody who says that the desk knows the unnamed source.
    Knowledge,
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
    let asked = asked(standing, circumstances, version);
    let entries = standing.record.iter().flat_map(|record| &record.entries);
    let recorded: Vec<&Assent> = entries.flat_map(|entry| &entry.assents).collect();
    let landed = |assent: &Assent| match standing.open.is_none() && recorded.contains(&assent) {
        true => Landed::Before,
        false => Landed::Now,
    };
    let mut assents: Vec<(&Assent, Landed)> = Vec::new();
    for assent in standing.assents.iter().chain(recorded.iter().copied()) {
        if !assents.iter().any(|(one, _)| *one == assent) {
            assents.push((assent, landed(assent)));
        }
    }
    let (staff, signatures) = (&circumstances.staff, circumstances.review.signatures);
    let tally = tally(assents, &Standards { subject: &subject, staff, signatures, asked: &asked });
    Some(Needs { requirement: asked, subject, tally })
}

/// What the rules ask of these words. Of those that are public already: at least what was asked when they were recorded.
fn asked(standing: &Standing, circumstances: &Circumstances, version: &Version) -> Requirement {
    let is_refiled = match standing.open {
        Some(_) => is_refile(standing, circumstances),
        None => was_refiled(standing, circumstances),
    };
    if is_refiled {
        return Requirement::of_refile();
    }
    let public = standing.published().filter(|_| standing.open.is_some()).map(|public| &public.document);
    let asked = requirement(&circumstances.review, &version.document, &version.body(), public);
    match (&standing.open, standing.record.as_ref().and_then(Record::last_move)) {
        (None, Some(entry)) => asked.and_recorded(entry),
        _ => asked,
    }
}

/// The entry of the public words if they were published alone and others have yet to read them.
pub(super) fn owing(standing: &Standing) -> Option<&RecordEntry> {
    let (entry, _) = standing.record.as_ref()?.owing()?;
    standing.public().filter(|public| public.digest == Ok(entry.content)).map(|_| entry)
}

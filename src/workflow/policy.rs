//! Who must have agreed, and whose word counts.
//!
//! N different people of the staff list have assented to this very digest, the required roles among them. Whatever is
//! unknown, bad or about other words counts for nothing, and says why.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::article::{ArticleId, Body, Digest, Document};
use crate::config::{KeyState, Person, Review, Role, Signatures, Staff};
use crate::ledger::{Assent, BadSignature, Decision, RecordEntry, Sources, Strength, Witness};

/// The role that may publish alone.
pub const DUTY: &str = "duty";

/// The role that nobody can do without, alone or not, where the policy asks for it.
pub const LEGAL: &str = "legal";

/// The role of those who write down what others said on a forge. It is a machine's: whoever has it agrees to nothing.
pub const WITNESS: &str = "witness";

/// The role that may change how the newsroom works.
pub const ADMIN: &str = "admin";

/// What the policy asks for one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// How many different people.
    pub people: u32,
    /// Roles that must be among them, each with why when it is not always so (`section is "courts"`).
    pub roles: Vec<(Role, Option<String>)>,
    /// Why it asks for more people than usual, or for fewer.
    pub because: Option<String>,
    /// What the sources are called that are not named, where somebody who approves must say that the desk knows them.
    pub unnamed: Option<String>,
}

impl Requirement {
    /// What a change asks for that changes no word: one person, of whatever role.
    pub fn of_refile() -> Self {
        Self { people: 1, roles: Vec::new(), because: Some("no word changed".to_owned()), unnamed: None }
    }

    /// The roles alone.
    pub fn role_names(&self) -> Vec<String> {
        self.roles.iter().map(|(role, _)| role.to_string()).collect()
    }

    /// This, and what was asked when `entry` was recorded: the words that those replaced are not there any more, and what
    /// is owed is what was owed then.
    #[must_use]
    pub fn and_recorded(mut self, entry: &RecordEntry) -> Self {
        self.people = self.people.max(entry.people);
        for role in entry.roles.iter().filter_map(|role| Role::new(role.as_str()).ok()) {
            if !self.roles.iter().any(|(one, _)| *one == role) {
                self.roles.push((role, None));
            }
        }
        self
    }
}

/// What the policy asks for an article with these words, which take the place of those in `public` if there are any.
pub fn requirement(review: &Review, document: &Document, body: &Body, public: Option<&Document>) -> Requirement {
    let mut asked = Requirement {
        people: review.people.max(1),
        roles: review.roles.iter().map(|role| (role.clone(), None)).collect(),
        because: None,
        unnamed: None,
    };
    for entry in &review.require {
        let Some(reason) = entry.applies(document, body, public) else { continue };
        for role in &entry.roles {
            if !asked.roles.iter().any(|(one, _)| one == role) {
                asked.roles.push((role.clone(), Some(reason.clone())));
            }
        }
        if entry.people.is_some_and(|people| people > asked.people) {
            asked.people = entry.people.unwrap_or(asked.people);
            asked.because = Some(reason);
        }
    }
    let unnamed: Vec<String> = document.unnamed_sources().iter().map(|name| format!("\"{name}\"")).collect();
    // Where one person is enough, nobody else is there to know.
    asked.unnamed = (asked.people > 1 && !unnamed.is_empty()).then(|| unnamed.join(", "));
    asked
}

/// What an assent must be about to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The newsroom's id.
    pub newsroom: String,
    /// Which article.
    pub article: ArticleId,
    /// Which words.
    pub content: Digest,
    /// Which public words they replace.
    pub replaces: Option<Digest>,
}

/// An assent that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Whose.
    pub person: Person,
    /// The roles in which they gave it and that they have.
    pub roles: Vec<Role>,
    /// How sure that is.
    pub strength: Strength,
    /// As it was kept.
    pub assent: Assent,
}

/// Why a statement does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCounted {
    /// It is another newsroom's.
    OtherNewsroom,
    /// It is about another article.
    OtherArticle,
    /// It is about other words: they changed since.
    Stale,
    /// It is about the same words in place of other public ones.
    OtherPredecessor,
    /// Nobody on the staff list has that address.
    Unknown,
    /// The signature is wrong.
    BadSignature(BadSignature),
    /// The key is one that somebody else may have.
    Compromised,
    /// The key signs nothing new.
    Retired,
    /// A source is not named, and it does not say that the desk knows it.
    SourcesNotKnown,
    /// The policy takes only signed ones.
    Unsigned,
    /// Whoever writes down what others said says nothing of their own.
    Witness,
    /// Whoever signed what they wrote down is no witness, or not with a key of theirs.
    NoWitness,
    /// The account on the forge is not this person's.
    OtherAccount,
    /// The staff list does not say the number of their account there.
    NoNumber,
    /// The same person said something later.
    Superseded,
    /// It says no.
    Returned,
}

impl std::fmt::Display for NotCounted {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherNewsroom => out.write_str("about another newsroom"),
            Self::OtherArticle => out.write_str("about another article"),
            Self::Stale => out.write_str("the words changed since"),
            Self::OtherPredecessor => out.write_str("other words were public then"),
            Self::Unknown => out.write_str("not on the staff list"),
            Self::BadSignature(why) => write!(out, "{why}"),
            Self::Compromised => out.write_str("the key may be in other hands"),
            Self::Retired => out.write_str("the key is retired"),
            Self::SourcesNotKnown => out.write_str("does not say that the desk knows the unnamed source"),
            Self::Unsigned => out.write_str("not signed"),
            Self::Witness => out.write_str("a witness has no yes of their own"),
            Self::NoWitness => out.write_str("signed by somebody who has not the role `witness`"),
            Self::OtherAccount => out.write_str("not their account, by the staff list"),
            Self::NoNumber => out.write_str("the staff list does not say the number of their account"),
            Self::Superseded => out.write_str("said something else later"),
            Self::Returned => out.write_str("sent it back"),
        }
    }
}

/// A statement that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// As it was kept.
    pub assent: Assent,
    /// Why.
    pub why: NotCounted,
}

/// Who agreed to one text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tally {
    /// Each person once, in order of time.
    pub counted: Vec<Counted>,
    /// Everything else that was said.
    pub ignored: Vec<Ignored>,
}

impl Tally {
    /// What this person agreed to, by any of their addresses.
    pub fn of(&self, person: &Person) -> Option<&Counted> {
        self.counted.iter().find(|counted| counted.person == *person)
    }

    /// How many people are still missing.
    pub fn missing_people(&self, asked: &Requirement) -> u32 {
        asked.people.saturating_sub(u32::try_from(self.counted.len()).unwrap_or(u32::MAX))
    }

    /// Which roles are still missing.
    pub fn missing_roles<'a>(&self, asked: &'a Requirement) -> Vec<&'a (Role, Option<String>)> {
        asked.roles.iter().filter(|(role, _)| !self.counted.iter().any(|one| one.roles.contains(role))).collect()
    }

    /// The unnamed sources of which nobody has said that the desk knows them; none where nobody must.
    pub fn missing_knowledge<'a>(&self, asked: &'a Requirement) -> Option<&'a str> {
        let knows = |one: &Counted| one.assent.statement.sources == Sources::Known;
        asked.unnamed.as_deref().filter(|_| !self.counted.iter().any(knows))
    }

    /// Whether the policy is met.
    pub fn meets(&self, asked: &Requirement) -> bool {
        self.missing_people(asked) == 0
            && self.missing_roles(asked).is_empty()
            && self.missing_knowledge(asked).is_none()
    }

    /// The assents that count, as kept.
    pub fn assents(&self) -> Vec<Assent> {
        self.counted.iter().map(|counted| counted.assent.clone()).collect()
    }
}

/// Whether an assent stood in the record before the step that is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Landed {
    /// It comes with this step.
    Now,
    /// It was judged when it came.
    Before,
}

/// What an assent is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Standards<'a> {
    /// What it must be about.
    pub subject: &'a Subject,
    /// Who is who.
    pub staff: &'a Staff,
    /// Whether it must be signed.
    pub signatures: Signatures,
    /// What the policy asks.
    pub asked: &'a Requirement,
}

/// Judges every statement: whose word about these words counts, and why the others do not.
pub fn tally<'a>(assents: impl IntoIterator<Item = (&'a Assent, Landed)>, standards: &Standards<'_>) -> Tally {
    let mut result = Tally::default();
    let mut latest: BTreeMap<usize, (Sequence, Counted)> = BTreeMap::new();
    let mut ignore = |assent: &Assent, why| result.ignored.push(Ignored { assent: assent.clone(), why });
    for (assent, landed) in assents {
        let judged = match judge(assent, landed, standards) {
            Ok(judged) => judged,
            Err(why) => {
                ignore(assent, why);
                continue;
            }
        };
        let place = standards.staff.people.iter().position(|person| *person == judged.person).unwrap_or(usize::MAX);
        let sequence = Sequence::of(assent);
        match latest.remove(&place) {
            Some((earlier, said)) if earlier > sequence => {
                ignore(assent, NotCounted::Superseded);
                latest.insert(place, (earlier, said));
            }
            Some((_, said)) => {
                ignore(&said.assent, NotCounted::Superseded);
                latest.insert(place, (sequence, judged));
            }
            None => {
                latest.insert(place, (sequence, judged));
            }
        }
    }
    let mut said: Vec<_> = latest.into_values().collect();
    said.sort_by_key(|(sequence, _)| *sequence);
    for (_, counted) in said {
        if counted.assent.statement.decision.is_assent() {
            result.counted.push(counted);
        } else {
            result.ignored.push(Ignored { assent: counted.assent, why: NotCounted::Returned });
        }
    }
    result
}

/// Which of one person's words is the last: by time, and of two at the same time the one that says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sequence(Timestamp, Decision);

impl Sequence {
    fn of(assent: &Assent) -> Self {
        Self(assent.statement.time, assent.statement.decision)
    }
}

fn judge(assent: &Assent, landed: Landed, standards: &Standards<'_>) -> Result<Counted, NotCounted> {
    let (said, subject) = (&assent.statement, standards.subject);
    if said.newsroom != subject.newsroom {
        return Err(NotCounted::OtherNewsroom);
    }
    if said.article != subject.article {
        return Err(NotCounted::OtherArticle);
    }
    let person = standards.staff.find(&said.person.address).ok_or(NotCounted::Unknown)?;
    if is_witness(person) {
        return Err(NotCounted::Witness);
    }
    let strength = match &said.witness {
        None => strength(assent, person, landed)?,
        Some(witness) => attested(assent, witness, person, standards.staff, landed)?,
    };
    if said.content != subject.content {
        return Err(NotCounted::Stale);
    }
    if said.replaces != subject.replaces {
        return Err(NotCounted::OtherPredecessor);
    }
    // A return says no and needs no proof: in doubt it stands.
    if standards.signatures == Signatures::Required && strength < Strength::Attested && said.decision.is_assent() {
        return Err(NotCounted::Unsigned);
    }
    if standards.asked.unnamed.is_some() && said.decision == Decision::Approve && said.sources == Sources::NotSaid {
        return Err(NotCounted::SourcesNotKnown);
    }
    let roles = person.roles.iter().filter(|role| said.roles.iter().any(|said| said == role.as_str()));
    Ok(Counted { roles: roles.cloned().collect(), person: person.clone(), strength, assent: assent.clone() })
}

/// Whether somebody only writes down what others said.
pub(super) fn is_witness(person: &Person) -> bool {
    person.roles.iter().any(|role| role.as_str() == WITNESS)
}

/// How sure it is that somebody said it of whom another writes so. It must be their account, by its number: a name can be
/// given up, and taken by somebody else. What a witness signed is attested; a signature of anybody else's is worth nothing,
/// and what nobody signed is a claim.
fn attested(
    assent: &Assent,
    witness: &Witness,
    person: &Person,
    staff: &Staff,
    landed: Landed,
) -> Result<Strength, NotCounted> {
    let host = witness.place.split('/').next().unwrap_or_default();
    match person.account_at(host).map(|account| account.id) {
        Some(Some(id)) if id == witness.account => {}
        Some(None) => return Err(NotCounted::NoNumber),
        Some(Some(_)) | None => return Err(NotCounted::OtherAccount),
    }
    if assent.signature.is_none() {
        return Ok(Strength::Claimed);
    }
    let by = staff.find(&witness.by.address).filter(|by| is_witness(by)).ok_or(NotCounted::NoWitness)?;
    match strength(assent, by, landed)? {
        Strength::Proved | Strength::Attested => Ok(Strength::Attested),
        Strength::Claimed => Err(NotCounted::NoWitness),
    }
}

/// Whether a witness signed it with a key that signs today, of whomever they wrote it.
pub(super) fn is_attested(assent: &Assent, staff: &Staff) -> bool {
    let person = staff.find(&assent.statement.person.address);
    person.zip(assent.statement.witness.as_ref()).is_some_and(|(person, witness)| {
        !is_witness(person) && attested(assent, witness, person, staff, Landed::Now) == Ok(Strength::Attested)
    })
}

/// How sure it is that this person said it, by what their keys are good for.
fn strength(assent: &Assent, person: &Person, landed: Landed) -> Result<Strength, NotCounted> {
    let by = |is_meant: fn(KeyState) -> bool| {
        let keys = person.keys.iter().filter(move |key| is_meant(key.state)).map(|key| key.key.as_str());
        assent.strength(keys)
    };
    if by(|state| matches!(state, KeyState::Compromised { .. })) == Ok(Strength::Proved) {
        return Err(NotCounted::Compromised);
    }
    match (by(|state| state == KeyState::Retired), landed) {
        (Ok(Strength::Proved), Landed::Now) => Err(NotCounted::Retired),
        (Ok(Strength::Proved), Landed::Before) => Ok(Strength::Proved),
        _ => by(|state| state == KeyState::Current).map_err(NotCounted::BadSignature),
    }
}

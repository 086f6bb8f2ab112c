//! What people said on a forge, as statements about the words that they saw.
//!
//! A forge keeps approvals over differences, not over words: what a review names may be a commit that its reviewer never
//! saw. What they saw is what stood on the branch when the review was given, as it was written down at that moment, or as
//! the forge's own history of pushes has it; and where the review names a commit too, both must be the same words. What is
//! not known counts for nothing.

use jiff::Timestamp;

use super::policy::is_attested;
use crate::article::{ArticleId, Digest, ObjectId};
use crate::config::{Certainty, Person, Staff};
use crate::ledger::{Assent, Decision, Ground, Sources, Statement, Who, Witness};

/// What a review says of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// Yes.
    Approved,
    /// No, not like this.
    ChangesRequested,
    /// Neither.
    Commented,
    /// It was taken back.
    Dismissed,
}

/// A review as a forge has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its number.
    pub id: u64,
    /// The account that gave it, by number and name; none when that is gone.
    pub account: Option<(u64, String)>,
    /// What it says.
    pub opinion: Opinion,
    /// When it was given.
    pub at: Option<Timestamp>,
    /// The commit that it names.
    pub commit: Option<ObjectId>,
    /// Whether the forge itself calls it out of date.
    pub stale: bool,
    /// Its words.
    pub text: String,
}

/// Whether the commit that a review names is the one it was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// It is, and stays so.
    Kept,
    /// The forge may name another one later.
    Moved,
    /// The forge tells of the review at this moment: what it names now is what was seen, whatever it names later.
    Told,
}

/// One pull request, as far as reviews go.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// The forge's host, as the staff list names it.
    pub host: String,
    /// The repository there: `github.com/post/desk`.
    pub place: String,
    /// The pull request.
    pub request: u64,
    /// Every review.
    pub reviews: Vec<Review>,
    /// Where its branch stood, and since when, the oldest first; none where the forge does not tell.
    pub heads: Option<Vec<(ObjectId, Timestamp)>>,
    /// Whether commits that reviews name are to be believed.
    pub naming: Naming,
}

/// What the words at a commit are, and which public ones they would replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// What names them.
    pub content: Digest,
    /// What names those that they replace; none where nothing was public.
    pub replaces: Option<Digest>,
}

/// Who writes down what was said, of which article, under which rules.
#[derive(Debug, Clone, Copy)]
pub struct Scribe<'a> {
    /// The newsroom's id.
    pub newsroom: &'a str,
    /// The article.
    pub article: ArticleId,
    /// Who is who.
    pub staff: &'a Staff,
    /// What names the rules.
    pub policy: Digest,
    /// Who writes it down.
    pub by: &'a Who,
}

/// Why a review counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// The account is gone.
    NoAccount,
    /// The account is nobody's on the staff list.
    NotOnStaff,
    /// The staff list names the account by its name alone, which somebody else may have taken.
    NameAlone,
    /// The forge does not say when it was given.
    NoTime,
    /// Nobody knows which words were seen.
    Unknown,
    /// The review names other words than those that stood there.
    Differs,
    /// The forge calls it out of date.
    Stale,
    /// It says that it is of other words than those that stood there.
    OtherWords,
    /// It says neither yes nor no.
    NoOpinion,
    /// Somebody took it back.
    Dismissed,
    /// The same account said something later.
    Later,
    /// It was given in another pull request.
    OtherRequest,
    /// It was written down, and the forge does not show it any more.
    Gone,
}

impl Unseen {
    /// Whether its giver should hear of it: what they themselves said or took back since, they know.
    pub fn is_worth_a_word(self) -> bool {
        !matches!(self, Self::NoOpinion | Self::Later | Self::Dismissed | Self::OtherRequest | Self::Gone)
    }
}

impl std::fmt::Display for Unseen {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::NoAccount => "the account is gone",
            Self::NotOnStaff => "the account is not on the staff list",
            Self::NameAlone => "the staff list does not say the number of the account, and a name can change hands",
            Self::NoTime => "nobody knows when it was given",
            Self::Unknown => "nobody knows which words were seen: it has to be given again",
            Self::Differs => "the words it names are not those that stood there",
            Self::Stale => "the forge calls it out of date",
            Self::OtherWords => "it says that it is of other words",
            Self::NoOpinion => "it says neither yes nor no",
            Self::Dismissed => "it was dismissed",
            Self::Later => "the same person said something else later",
            Self::OtherRequest => "it was given in another pull request",
            Self::Gone => "the forge does not show it any more",
        })
    }
}

/// What came of the reviews of a pull request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Witnessed {
    /// What was written down and signed when it was said, and stands.
    pub kept: Vec<Assent>,
    /// What else people said, each as a statement for the scribe to sign, who must have the role `witness` for that, or to
    /// keep as a claim.
    pub said: Vec<Statement>,
    /// Who says no there, by address, since when: nothing that they agreed to before counts, whatever words it was of.
    pub against: Vec<(String, Option<Timestamp>)>,
    /// Reviews that count for nothing, each with why.
    pub unseen: Vec<Uncounted>,
}

/// A review that counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncounted {
    /// Its number.
    pub review: u64,
    /// Whose, as the forge or the statement names them, where that is known.
    pub by: Option<String>,
    /// Why.
    pub why: Unseen,
}

/// The line in a review's text that says which words it is of; desk writes it.
const BINDING: &str = "Desk-Content: ";

/// The line in a review's text that says that the desk knows the sources that are not named.
const KNOWN: &str = "sources: known to the desk";

/// What everybody's last word on a pull request is. `kept` are the statements that are kept of the article: what was
/// written down when a review came stands among them. `words` gives the words at a commit, where they are known.
pub fn witnessed(
    reviewed: &Reviewed,
    kept: &[Assent],
    scribe: Scribe<'_>,
    words: impl Fn(ObjectId) -> Option<Words>,
) -> Witnessed {
    let mut result = Witnessed { unseen: elsewhere(reviewed, kept), ..Witnessed::default() };
    let last = last_words(&reviewed.reviews);
    for review in &reviewed.reviews {
        let by = review.account.as_ref().map(|(_, login)| login.clone());
        let is_last = last.iter().any(|one| std::ptr::eq(*one, review));
        let heard = match review.opinion {
            Opinion::Commented => Err(Unseen::NoOpinion),
            _ if !is_last => Err(Unseen::Later),
            Opinion::Dismissed => Err(Unseen::Dismissed),
            Opinion::Approved => heard(reviewed, review, Decision::Approve, kept, scribe, &words),
            Opinion::ChangesRequested => {
                let whose = review.account.as_ref().and_then(|account| whose(reviewed, account, scribe.staff).ok());
                result.against.extend(whose.map(|person| (address(person).to_owned(), review.at)));
                heard(reviewed, review, Decision::Return, kept, scribe, &words)
            }
        };
        match heard {
            Ok(Heard::Before(assent)) => result.kept.push(*assent),
            Ok(Heard::Now(statement)) => result.said.push(*statement),
            Err(why) => result.unseen.push(Uncounted { review: review.id, by, why }),
        }
    }
    result
}

/// What was written down of reviews that are not, or no longer, given here.
fn elsewhere(reviewed: &Reviewed, kept: &[Assent]) -> Vec<Uncounted> {
    let told = kept.iter().filter_map(|assent| Some((&assent.statement.person, assent.statement.witness.as_ref()?)));
    let uncounted = told.filter_map(|(person, witness)| {
        let why = match (&witness.place, witness.request) == (&reviewed.place, reviewed.request) {
            false => Unseen::OtherRequest,
            true if reviewed.reviews.iter().any(|review| review.id == witness.review) => return None,
            true => Unseen::Gone,
        };
        Some(Uncounted { review: witness.review, by: Some(person.name.clone()), why })
    });
    let mut all: Vec<Uncounted> = uncounted.collect();
    all.dedup();
    all
}

/// A review that counts.
enum Heard {
    /// As it was written down and signed when it was given.
    Before(Box<Assent>),
    /// As it is known from elsewhere.
    Now(Box<Statement>),
}

/// Whose account it is. A name alone does not tell.
fn whose<'a>(reviewed: &Reviewed, account: &(u64, String), staff: &'a Staff) -> Result<&'a Person, Unseen> {
    match staff.at_forge(&reviewed.host, account.0, &account.1) {
        Some((person, Certainty::Number)) => Ok(person),
        Some((_, Certainty::Name)) => Err(Unseen::NameAlone),
        None => Err(Unseen::NotOnStaff),
    }
}

/// The last review of each account that says yes, no, or that it was taken back; of two at the same time the one that says
/// no. What nobody gave, or at no time, stands for itself.
fn last_words(reviews: &[Review]) -> Vec<&Review> {
    let says = |review: &&Review| review.opinion != Opinion::Commented;
    let order = |review: &Review| (review.at, review.opinion != Opinion::Approved, review.id);
    let mut last: Vec<&Review> = Vec::new();
    for review in reviews.iter().filter(says) {
        let same = |one: &&mut &Review| match (&one.account, &review.account) {
            (Some((one, _)), Some((other, _))) => one == other,
            _ => false,
        };
        match last.iter_mut().find(same) {
            // One without a time cannot be told to be earlier or later: it is kept, and says no yes. A no among them stays.
            Some(earlier) if earlier.at.is_none() || review.at.is_none() => {
                let says_no = |one: &Review| one.opinion == Opinion::ChangesRequested;
                if !says_no(earlier) && (says_no(review) || review.at.is_none()) {
                    *earlier = review;
                }
            }
            Some(earlier) if order(earlier) <= order(review) => *earlier = review,
            Some(_) => {}
            None => last.push(review),
        }
    }
    last
}

fn heard(
    reviewed: &Reviewed,
    review: &Review,
    decision: Decision,
    kept: &[Assent],
    scribe: Scribe<'_>,
    words: &impl Fn(ObjectId) -> Option<Words>,
) -> Result<Heard, Unseen> {
    let account = review.account.as_ref().ok_or(Unseen::NoAccount)?;
    let person = whose(reviewed, account, scribe.staff)?;
    let time = review.at.ok_or(Unseen::NoTime)?;
    if review.stale && decision == Decision::Approve {
        return Err(Unseen::Stale);
    }
    let seen = seen(reviewed, review, account.0, kept, scribe.staff, words)?;
    if let Some(named) = review.commit.filter(|named| *named != seen.commit)
        && words(named).is_none_or(|named| named.content != seen.words.content)
    {
        return Err(Unseen::Differs);
    }
    let bound = review.text.lines().filter_map(|line| line.trim().strip_prefix(BINDING));
    if bound.map(str::trim).any(|content| content != seen.words.content.to_string()) {
        return Err(Unseen::OtherWords);
    }
    // Whoever may write in a repository may edit a review's text later: it is heard when it comes.
    let is_fresh = seen.ground == Ground::Event;
    let knows = is_fresh && review.text.lines().any(|line| line.trim().eq_ignore_ascii_case(KNOWN));
    if let Some(told) = seen.told
        && told.statement.decision == decision
        && person.has_address(&told.statement.person.address)
    {
        return Ok(Heard::Before(Box::new(told.clone())));
    }
    Ok(Heard::Now(Box::new(Statement {
        newsroom: scribe.newsroom.to_owned(),
        article: scribe.article,
        content: seen.words.content,
        replaces: seen.words.replaces,
        person: Who::new(&person.name, address(person)),
        roles: person.roles.iter().map(ToString::to_string).collect(),
        decision,
        policy: scribe.policy,
        time: Timestamp::from_second(time.as_second()).unwrap_or(time),
        note: String::new(),
        sources: if knows { Sources::Known } else { Sources::NotSaid },
        witness: Some(Witness {
            by: scribe.by.clone(),
            place: reviewed.place.clone(),
            request: reviewed.request,
            review: review.id,
            account: account.0,
            commit: seen.commit,
            ground: seen.ground,
        }),
    })))
}

fn address(person: &Person) -> &str {
    person.addresses.first().map_or("", String::as_str)
}

/// What somebody saw, and how that is known.
struct Seen<'a> {
    commit: ObjectId,
    words: Words,
    ground: Ground,
    /// The statement that was made of it then.
    told: Option<&'a Assent>,
}

/// The words that were seen: as a witness signed it when the review came, else as the forge's history has it, else as the
/// review names them where that is to be believed. What nobody signed is no ground for anything: whoever may push
/// statements could have put it there.
fn seen<'a>(
    reviewed: &Reviewed,
    review: &Review,
    account: u64,
    kept: &'a [Assent],
    staff: &Staff,
    words: &impl Fn(ObjectId) -> Option<Words>,
) -> Result<Seen<'a>, Unseen> {
    let told = kept.iter().filter_map(|assent| Some((assent, assent.statement.witness.as_ref()?)));
    let told: Vec<(&Assent, &Witness)> = told
        .filter(|(assent, witness)| {
            witness.ground == Ground::Event
                && witness.place == reviewed.place
                && (witness.request, witness.review, witness.account) == (reviewed.request, review.id, account)
                && is_attested(assent, staff)
        })
        .collect();
    if let Some((assent, witness)) = told.first().copied() {
        let of = |one: &Assent| Words { content: one.statement.content, replaces: one.statement.replaces };
        // Two witnesses who saw different things are none.
        let agrees = |(other, at): &(&Assent, &Witness)| at.commit == witness.commit && of(other) == of(assent);
        let there = words(witness.commit);
        if !told.iter().all(agrees) || there.is_some_and(|there| there.content != assent.statement.content) {
            return Err(Unseen::Differs);
        }
        return Ok(Seen { commit: witness.commit, words: of(assent), ground: Ground::Event, told: Some(assent) });
    }
    let (commit, ground) = match (&reviewed.heads, reviewed.naming) {
        (Some(heads), _) => (review.at.and_then(|time| stood(heads, time)), Ground::History),
        (None, Naming::Kept) => (review.commit, Ground::Commit),
        (None, Naming::Told) => (review.commit, Ground::Event),
        (None, Naming::Moved) => (None, Ground::Commit),
    };
    let known = commit.and_then(|commit| Some((commit, words(commit)?)));
    let (commit, words) = known.ok_or(Unseen::Unknown)?;
    Ok(Seen { commit, words, ground, told: None })
}

/// Where a branch stood at a time. Forges tell seconds: of a push in that very second nobody knows on which side it was.
fn stood(heads: &[(ObjectId, Timestamp)], time: Timestamp) -> Option<ObjectId> {
    let second = time.as_second();
    let before = |since: &Timestamp| since.as_second() < second;
    if heads.iter().any(|(_, since)| since.as_second() == second) || !heads.is_sorted_by_key(|(_, since)| *since) {
        return None;
    }
    heads.iter().rev().find(|(_, since)| before(since)).map(|(commit, _)| *commit)
}

/// What people said here, and what they say on the forge now: what was signed there when it was said, and `now`, which was
/// made of [`Witnessed::said`]. A review that was written down before counts only as long as it stands there, and who says
/// no there has agreed to nothing before that.
pub fn together(kept: &[Assent], witnessed: &Witnessed, now: Vec<Assent>, staff: &Staff) -> Vec<Assent> {
    let is_taken_back = |assent: &Assent| {
        let (said, person) = (&assent.statement, staff.find(&assent.statement.person.address));
        let against = witnessed.against.iter().find(|(address, _)| person.is_some_and(|one| one.has_address(address)));
        said.decision.is_assent() && against.is_some_and(|(_, since)| since.is_none_or(|since| said.time <= since))
    };
    let own = kept.iter().filter(|assent| assent.statement.witness.is_none() && !is_taken_back(assent)).cloned();
    let mut all: Vec<Assent> = own.chain(witnessed.kept.iter().cloned()).chain(now).collect();
    all.sort_by_key(|assent| assent.statement.time);
    all
}

#[cfg(test)]
mod tests;

//! Judging what a record says: each new entry by the rules of the parent.

use super::article::{Found, Pair};
use super::broken::Reason;
use super::step::Rules;
use crate::article::kept::Kept;
use crate::article::notice;
use crate::article::{ArticleId, Digest, Move, ObjectId, Stage, instant_of};
use crate::config::Role;
use crate::ledger::{Act, Decision, Owed, Record, RecordEntry, Strength};
use crate::workflow::{
    Counted, DUTY, LEGAL, Landed, Requirement, Standards, Subject, Tally, may_withdraw, requirement, tally,
};

/// Somebody's assent, as far as it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Their name on the staff list.
    pub name: String,
    /// What they said.
    pub decision: Decision,
    /// When, as they say.
    pub time: jiff::Timestamp,
    /// The roles in which they said it.
    pub roles: Vec<Role>,
    /// How sure it is.
    pub strength: Strength,
    /// What names the statement.
    pub statement: Digest,
}

impl Confirmed {
    pub(super) fn of(one: &Counted) -> Self {
        Self {
            name: one.person.name.clone(),
            decision: one.assent.statement.decision,
            time: one.assent.statement.time,
            roles: one.roles.clone(),
            strength: one.strength,
            statement: one.assent.name(),
        }
    }
}

/// Whether the policy was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// By everybody who had to agree.
    Fully,
    /// By one person alone, as the record says; the others were owed.
    Alone,
    /// Not.
    No,
    /// Somebody who agreed cannot be told any more: only a history says who they were.
    Unknown,
}

/// One entry of a record, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The commit that added it.
    pub commit: ObjectId,
    /// The entry.
    pub entry: RecordEntry,
    /// Whose assents count.
    pub confirmed: Vec<Confirmed>,
    /// Whether they were enough.
    pub met: Met,
}

impl Link {
    /// How sure the weakest of its assents is; none when there is none.
    pub fn strength(&self) -> Option<Strength> {
        self.confirmed.iter().map(|one| one.strength).min()
    }
}

/// Whether a newsroom has just begun: then nothing came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    Founding,
    Later,
}

/// Whether the words of an entry are there to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    There,
    Replaced,
}

/// Where the entries of one article's record are judged.
pub(super) struct Court<'a> {
    pub(super) commit: ObjectId,
    pub(super) rules: &'a Rules,
    pub(super) beginning: Beginning,
    pub(super) article: ArticleId,
}

impl Court<'_> {
    /// Judges the entries that `record` has beyond the first `known`.
    pub(super) fn entries(&self, record: &Record, known: usize, pair: Option<&Pair>) -> (Vec<Link>, Vec<Reason>) {
        let (mut links, mut reasons) = (Vec::new(), Vec::new());
        let Some(after) = pair.and_then(|pair| pair.after.as_ref()) else {
            return (links, vec![Reason::NoArticle]);
        };
        let before = pair.and_then(|pair| pair.before.as_ref());
        // Where a debt is paid the words stay: those of the last move are there.
        let moved = record.entries.iter().rposition(|entry| matches!(entry.act, Act::Move { .. })).unwrap_or(0);
        for (at, entry) in record.entries.iter().enumerate().skip(known) {
            let words = if at >= moved { Words::There } else { Words::Replaced };
            let previous = at.checked_sub(1).map(|at| &record.entries[at]);
            reasons.extend(self.order(entry, previous, before));
            if matches!(entry.act, Act::Move { step: Move::Withdraw, .. })
                && !(words == Words::There && before.is_some_and(|before| is_notice(before, after, entry)))
            {
                reasons.push(Reason::NotANotice);
            }
            if !entry.mends.is_empty() {
                reasons.extend(mending(record, known, entry));
            }
            if words == Words::There {
                reasons.extend(self.words(entry, after));
                let stays = matches!(entry.act, Act::Assent { .. }) && moved < known;
                if stays && before.is_some_and(|one| one.entries != after.entries) {
                    reasons.push(Reason::KeptLines);
                }
            }
            let earlier = &record.entries[..at];
            let asked = self.asked(entry, earlier, before, after, words);
            let (link, reason) = self.policy(entry, earlier, &asked);
            reasons.extend(reason);
            links.push(link);
        }
        if record.entries.len() > known
            && !tells_its_days(record, before, after)
            && !reasons.contains(&Reason::KeptLines)
        {
            reasons.push(Reason::KeptLines);
        }
        (links, reasons)
    }

    /// Whether the entry may follow the one before it, and names the right words as the ones before.
    fn order(&self, entry: &RecordEntry, previous: Option<&RecordEntry>, before: Option<&Found>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let was_public = before.filter(|found| found.is_shown());
        let mends = !entry.mends.is_empty();
        // A notice is replaced like other words: a yes from before the withdrawal is not one to publish them again.
        let (predecessor, stage) = match (previous, was_public) {
            // What is made good is replaced as it stood there, whatever the record knew of it.
            (Some(previous), Some(found)) if mends => (found.digest(self.article), previous.act.to()),
            (Some(previous), _) => (Some(previous.content), previous.act.to()),
            // An article that was there before desk came.
            (None, Some(found)) => (found.digest(self.article), Stage::Published),
            (None, None) => (None, Stage::Review),
        };
        match entry.act {
            Act::Move { step, from, to } => {
                let begins = from == stage || (stage == Stage::Withdrawn && step == Move::Publish);
                if step.from(from) != Some(to) || !begins {
                    reasons.push(Reason::MoveNotLegal { step, from, to });
                }
                if entry.replaces != predecessor {
                    reasons.push(Reason::OtherPredecessor);
                }
            }
            Act::Assent { at } => match previous {
                Some(previous) if at == stage && entry.replaces == previous.replaces => {
                    if entry.content != previous.content {
                        let found = Some(previous.content);
                        reasons.push(Reason::OtherContent { recorded: entry.content, found });
                    }
                }
                _ => reasons.push(Reason::OtherPredecessor),
            },
        }
        reasons
    }

    /// Whether the entry speaks of the words that are there, and the kept lines say what it says.
    pub(super) fn words(&self, entry: &RecordEntry, after: &Found) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let found = after.digest(self.article);
        if found != Some(entry.content) || entry.path != after.home {
            reasons.push(Reason::OtherContent { recorded: entry.content, found });
        }
        let found = self.rules.config.articles.slug_of(&after.document);
        if let Some(found) = found.filter(|found| *found != entry.slug) {
            reasons.push(Reason::OtherName { recorded: entry.slug.clone(), found });
        }
        let hidden = !matches!(entry.act.to(), Stage::Published | Stage::Withdrawn);
        let when = match entry.act {
            Act::Move { step: Move::Publish, .. } if entry.replaces.is_none() => Some(Kept::Date),
            Act::Move { step: Move::Publish | Move::Correct | Move::Withdraw, .. } => Some(Kept::Updated),
            _ => None,
        };
        if after.stage() != entry.act.to()
            || after.document.is_hidden() != hidden
            || when.is_some_and(|kept| !says(after, kept, entry.time))
        {
            reasons.push(Reason::KeptLines);
        }
        reasons
    }

    /// What the rules ask of an entry. Of words that are not there any more only the record knows what was asked: at
    /// least that, and at least what every article needs.
    fn asked(
        &self,
        entry: &RecordEntry,
        earlier: &[RecordEntry],
        before: Option<&Found>,
        after: &Found,
        words: Words,
    ) -> Requirement {
        let review = &self.rules.config.review;
        if words == Words::Replaced {
            let roles = review.roles.iter().map(|role| (role.clone(), None)).collect();
            let always = Requirement { people: review.people, roles, because: None, unnamed: None };
            return always.and_recorded(entry);
        }
        if self.is_refile(entry, before, after) {
            return Requirement::of_refile();
        }
        let is_seen = |found: &&Found| found.is_shown() && found.stage() == Stage::Published;
        let public = before.filter(is_seen).filter(|_| matches!(entry.act, Act::Move { .. }));
        let body = crate::article::Body::read(&after.document);
        let asked = requirement(review, &after.document, &body, public.map(|public| &public.document));
        match (entry.act, since_the_last_move(earlier).first()) {
            (Act::Assent { .. }, Some(owed)) => asked.and_recorded(owed),
            _ => asked,
        }
    }

    fn policy(&self, entry: &RecordEntry, earlier: &[RecordEntry], asked: &Requirement) -> (Link, Option<Reason>) {
        let subject = Subject {
            newsroom: self.rules.config.newsroom.id.clone(),
            article: self.article,
            content: entry.content,
            replaces: entry.replaces,
        };
        let owing = match entry.act {
            Act::Assent { .. } => since_the_last_move(earlier),
            Act::Move { .. } => &[],
        };
        let said_before = owing.iter().flat_map(|entry| &entry.assents).map(|assent| (assent, Landed::Before));
        let assents = said_before.chain(entry.assents.iter().map(|assent| (assent, Landed::Now)));
        let (staff, signatures) = (&self.rules.staff, self.rules.config.review.signatures);
        let counted = tally(assents, &Standards { subject: &subject, staff, signatures, asked });
        let (met, reason) = self.verdict(entry, asked, &counted);
        let confirmed =
            counted.counted.iter().filter(|one| entry.assents.contains(&one.assent)).map(Confirmed::of).collect();
        (Link { commit: self.commit, entry: entry.clone(), confirmed, met }, reason)
    }

    fn verdict(&self, entry: &RecordEntry, asked: &Requirement, counted: &Tally) -> (Met, Option<Reason>) {
        let met = counted.meets(asked);
        let lacking: Vec<Role> = counted.missing_roles(asked).into_iter().map(|(role, _)| role.clone()).collect();
        let person = self.rules.staff.find(&entry.person.address);
        let gave = counted.counted.iter().any(|one| entry.assents.contains(&one.assent));
        let reason = if person.is_none() {
            Some(Reason::UnknownPerson(entry.person.address.clone()))
        } else if met && (gave || matches!(entry.act, Act::Move { .. })) {
            None
        } else if entry.owed == Owed::Nothing || !gave {
            Some(match counted.missing_knowledge(asked) {
                Some(sources) if lacking.is_empty() && counted.missing_people(asked) == 0 => {
                    Reason::SourcesNotKnown(sources.to_owned())
                }
                _ => Reason::PolicyNotMet { asked: asked.people, had: counted.counted.len(), roles: lacking.clone() },
            })
        } else if matches!(entry.act, Act::Move { .. }) && !self.may_be_alone(entry, &lacking, counted) {
            Some(Reason::NotAllowedAlone)
        } else {
            None
        };
        let differs = entry.people != asked.people || entry.roles != asked.role_names();
        let other = self.beginning == Beginning::Later && (entry.policy != self.rules.digest || differs);
        let reason = reason.or(other.then_some(Reason::OtherPolicy));
        let met = match (met, &reason) {
            (true, _) => Met::Fully,
            (false, None) => Met::Alone,
            (false, Some(_)) => Met::No,
        };
        (met, reason)
    }

    /// Whether one person could do this before the others have agreed. What is withdrawn waits for no lawyer.
    fn may_be_alone(&self, entry: &RecordEntry, lacking: &[Role], counted: &Tally) -> bool {
        let staff = &self.rules.staff;
        let Some(person) = staff.find(&entry.person.address) else { return false };
        let permitted = match entry.act {
            Act::Move { step: Move::Withdraw, .. } => may_withdraw(&self.rules.config.review, staff, person),
            _ => {
                let duty = Role::new(DUTY).expect("a role's name");
                person.has_role(&duty) && !lacking.iter().any(|role| role.as_str() == LEGAL)
            }
        };
        permitted && !entry.note.trim().is_empty() && counted.of(person).is_some()
    }
}

/// Whether what took the place of the words of `before` says only what the entry says.
fn is_notice(before: &Found, after: &Found, entry: &RecordEntry) -> bool {
    before.home == after.home
        && notice::is_notice(&before.document, &after.document, &after.entries, &entry.slug, &entry.note)
}

/// What is asked of an entry that makes something good, beyond what is asked of all: it is a correction, and the one thing
/// that happens in this step.
fn mending(record: &Record, known: usize, entry: &RecordEntry) -> Option<Reason> {
    let corrects = matches!(entry.act, Act::Move { step: Move::Correct, .. });
    (!corrects || record.entries.len() != known + 1).then_some(Reason::OtherPredecessor)
}

/// Whether readers are told the days that the record knows, in lines that no digest covers: the one of first publication
/// for ever, and none of a change that is still to come.
fn tells_its_days(record: &Record, before: Option<&Found>, after: &Found) -> bool {
    let line = |found: &Found| {
        found.document.value(Kept::Date.path()).map(|value| found.document.text[value.span.range()].to_owned())
    };
    let began = match (record.published(), before.filter(|before| before.is_shown())) {
        (Some(time), _) => says(after, Kept::Date, time),
        // It was public before desk came: nobody but the article knows since when.
        (None, Some(before)) => line(before).is_none_or(|line_before| Some(line_before) == line(after)),
        (None, None) => true,
    };
    let last = record.entries.iter().rev().find(|entry| matches!(entry.act, Act::Move { .. }));
    let changed = after.document.value(Kept::Updated.path()).and_then(crate::article::Value::as_datetime);
    let to_come = |(changed, last): (&toml::value::Datetime, &RecordEntry)| {
        instant_of(changed, &jiff::tz::TimeZone::UTC).is_none_or(|time| time > last.time)
    };
    began && !changed.zip(last).is_some_and(to_come)
}

/// Whether a kept line says this time.
fn says(found: &Found, kept: Kept, time: jiff::Timestamp) -> bool {
    let value = found.document.value(kept.path()).and_then(crate::article::Value::as_datetime);
    value.and_then(|value| value.to_string().parse::<jiff::Timestamp>().ok()) == Some(time)
}

fn since_the_last_move(earlier: &[RecordEntry]) -> &[RecordEntry] {
    let at = earlier.iter().rposition(|entry| matches!(entry.act, Act::Move { .. })).unwrap_or(0);
    &earlier[at..]
}

/// The digest that a record's last entry names.
pub(super) fn last_content(record: &Record) -> Option<Digest> {
    record.entries.last().map(|entry| entry.content)
}

//! What files say of each other where there is no history: a tarball, a copy of the newest commit.
//!
//! The staff list is the one that lies beside them, so whoever has left cannot be told any more; and nobody can say from
//! files alone what was there before them. Both are left open, and never counted in favour.

use super::article::{Found, find};
use super::audit::{Audit, Story};
use super::broken::{Break, Reason};
use super::entries::{Beginning, Confirmed, Court, Link, Met};
use super::step::{Past, Rules};
use crate::article::{ArticleId, ObjectId, RepoPath};
use crate::config::{Role, Signatures};
use crate::ledger::{Act, Owed, Record, RecordEntry, record_path};
use crate::workflow::{Landed, NotCounted, Requirement, Standards, Subject, tally};

/// Judges what is there at `at` by itself: `articles` are all of them, each with its folder (or file) and the file with
/// its words; `records` all that have a record.
pub fn judge_apart<P: Past>(
    at: ObjectId,
    articles: &[(RepoPath, RepoPath)],
    records: &[ArticleId],
    rules: &Rules,
    past: &P,
) -> Result<Audit, P::Error> {
    let mut audit = Audit::default();
    let mut homes = std::collections::BTreeMap::new();
    for (home, main) in articles {
        let found = find(past, at, home.clone(), main.clone())?;
        let Some(id) = found.id() else { continue };
        if let Some(other) = homes.insert(id, found) {
            let why = Reason::IdReused(other.home);
            audit.breaks.push(Break { commit: at, article: None, path: Some(home.clone()), why });
        }
    }
    for id in records {
        let path = record_path(*id);
        let Some(bytes) = past.file(at, &path)? else { continue };
        let story = audit.stories.entry(*id).or_default();
        match Record::read(&path, &bytes) {
            Ok(record) => one(*id, &record, homes.get(id), at, rules, story),
            Err(findings) => {
                let message = findings.into_iter().next().map_or_else(String::new, |finding| finding.message);
                let why = Reason::RecordBroken(message);
                story.breaks.push(Break { commit: at, article: Some(*id), path: Some(path), why });
            }
        }
    }
    audit.finish(at, articles, past)?;
    Ok(audit)
}

fn one(id: ArticleId, record: &Record, found: Option<&Found>, at: ObjectId, rules: &Rules, story: &mut Story) {
    let mut reasons = Vec::new();
    for (place, entry) in record.entries.iter().enumerate() {
        let earlier = &record.entries[..place];
        if earlier.last().is_some_and(|previous| !follows(entry, previous)) {
            reasons.push(Reason::OtherPredecessor);
        }
        let link = link(id, entry, earlier, at, rules);
        if link.met == Met::No {
            let had = link.confirmed.len();
            reasons.push(Reason::PolicyNotMet { asked: entry.people, had, roles: lacking(&link) });
        }
        story.links.push(link);
    }
    match (record.entries.last(), found) {
        (Some(last), Some(found)) => {
            let court = Court { commit: at, rules, beginning: Beginning::Founding, article: id };
            reasons.extend(court.words(last, found));
        }
        (Some(_), None) => reasons.push(Reason::NoArticle),
        (None, _) => {}
    }
    let path = record.entries.last().map(|entry| entry.path.clone());
    let broken = reasons.into_iter().map(|why| Break { commit: at, article: Some(id), path: path.clone(), why });
    story.breaks.extend(broken);
    story.home = found.map(|found| found.home.clone());
}

/// Whether an entry takes the place of the one before it.
fn follows(entry: &RecordEntry, previous: &RecordEntry) -> bool {
    match entry.act {
        // What was made good had been changed by hand: only a history says to what.
        Act::Move { .. } => !entry.mends.is_empty() || entry.replaces == Some(previous.content),
        Act::Assent { .. } => (entry.content, entry.replaces) == (previous.content, previous.replaces),
    }
}

fn lacking(link: &Link) -> Vec<Role> {
    let had = |role: &Role| link.confirmed.iter().any(|one| one.roles.contains(role));
    let roles = link.entry.roles.iter().filter_map(|role| Role::new(role.as_str()).ok());
    roles.filter(|role| !had(role)).collect()
}

/// One entry, by what it says itself was asked for.
fn link(id: ArticleId, entry: &RecordEntry, earlier: &[RecordEntry], at: ObjectId, rules: &Rules) -> Link {
    let newsroom = rules.config.newsroom.id.clone();
    let subject = Subject { newsroom, article: id, content: entry.content, replaces: entry.replaces };
    let nothing = Requirement { people: 1, roles: Vec::new(), because: None, unnamed: None };
    let asked = nothing.and_recorded(entry);
    let since = earlier.iter().rposition(|entry| matches!(entry.act, Act::Move { .. })).unwrap_or(0);
    let owed = if matches!(entry.act, Act::Assent { .. }) { &earlier[since..] } else { &[] };
    let assents = owed.iter().chain([entry]).flat_map(|entry| &entry.assents).map(|one| (one, Landed::Before));
    let (staff, signatures) = (&rules.staff, Signatures::Optional);
    let counted = tally(assents, &Standards { subject: &subject, staff, signatures, asked: &asked });
    // Whose yes it was cannot be told from here: another staff list may know them, and their keys and roles of then.
    let untold = |why: &NotCounted| {
        matches!(
            why,
            NotCounted::Unknown
                | NotCounted::Compromised
                | NotCounted::NoWitness
                | NotCounted::OtherAccount
                | NotCounted::NoNumber
        )
    };
    let unknown = counted.ignored.iter().filter(|one| untold(&one.why)).count();
    let people = counted.missing_people(&asked) as usize;
    let own = counted.counted.iter().filter(|one| entry.assents.contains(&one.assent));
    let confirmed: Vec<Confirmed> = own.map(Confirmed::of).collect();
    let met = if counted.meets(&asked) {
        Met::Fully
    } else if entry.owed == Owed::Assents && !confirmed.is_empty() {
        Met::Alone
    } else if unknown >= people && (unknown > 0 || people == 0) {
        Met::Unknown
    } else {
        Met::No
    };
    Link { commit: at, entry: entry.clone(), confirmed, met }
}

//! Keys that turned out to be in other hands, held against what they have signed.

use std::collections::HashMap;

use super::audit::Story;
use super::broken::{Break, Mended, Reason};
use super::entries::{Link, Met};
use crate::article::{ArticleId, ObjectId};
use crate::config::{KeyState, Role, Staff};
use crate::ledger::{Act, Strength};

/// A key of the last staff list that somebody else may have had since some step.
struct Doubt<'a> {
    name: &'a str,
    key: &'a str,
    after: Option<ObjectId>,
    /// How many of the steps are beyond doubt; a commit that was no step of the line leaves none.
    sound: usize,
}

/// Takes the yes of every key in doubt out of what was recorded after that. Where the others were not enough, the chain
/// breaks there, until words that all agreed to without such a key have taken the place of those.
pub(super) fn doubt(article: ArticleId, story: &mut Story, staff: &Staff, places: &HashMap<ObjectId, usize>) {
    let doubts = doubts(staff, places);
    if doubts.is_empty() {
        return;
    }
    let mut found: Vec<(usize, Break)> = Vec::new();
    for (at, link) in story.links.iter_mut().enumerate() {
        let place = places.get(&link.commit).copied().unwrap_or(usize::MAX);
        let Some(first) = withdraw(link, doubts.iter().filter(|one| place >= one.sound)) else { continue };
        if link.met != Met::No && !is_enough(link) {
            link.met = Met::No;
            let why = Reason::CompromisedKey { name: first.name.to_owned(), after: first.after };
            let path = Some(link.entry.path.clone());
            found.push((at, Break { commit: link.commit, article: Some(article), path, why }));
        }
    }
    for (at, broken) in found {
        let is_later = |link: &&Link| matches!(link.entry.act, Act::Move { .. }) && link.met == Met::Fully;
        match story.links[at + 1..].iter().find(is_later) {
            Some(link) => story.mended.push(Mended { broken, by: link.commit, time: link.entry.time }),
            None => story.breaks.push(broken),
        }
    }
}

fn doubts<'a>(staff: &'a Staff, places: &HashMap<ObjectId, usize>) -> Vec<Doubt<'a>> {
    let keys = staff.people.iter().flat_map(|person| person.keys.iter().map(move |key| (person, key)));
    keys.filter_map(|(person, key)| match key.state {
        KeyState::Compromised { after } => {
            let sound = after.and_then(|commit| places.get(&commit)).map_or(0, |place| place + 1);
            Some(Doubt { name: &person.name, key: &key.key, after, sound })
        }
        KeyState::Current | KeyState::Retired => None,
    })
    .collect()
}

/// Takes what these keys signed out of what counts; the first of them that did sign.
fn withdraw<'a, 'b>(link: &mut Link, doubts: impl Iterator<Item = &'b Doubt<'a>>) -> Option<&'b Doubt<'a>>
where
    'a: 'b,
{
    let mut first = None;
    for doubt in doubts {
        let signed: Vec<_> = link
            .entry
            .assents
            .iter()
            .filter(|assent| assent.strength([doubt.key]) == Ok(Strength::Proved))
            .map(crate::ledger::Assent::name)
            .collect();
        let before = link.confirmed.len();
        link.confirmed.retain(|one| !signed.contains(&one.statement));
        if link.confirmed.len() < before {
            first = first.or(Some(doubt));
        }
    }
    first
}

/// Whether those who are left are as many as the record says were asked for. What came alone or later needs one.
fn is_enough(link: &Link) -> bool {
    if link.met == Met::Alone || matches!(link.entry.act, Act::Assent { .. }) {
        return !link.confirmed.is_empty();
    }
    let had = |role: &String| link.confirmed.iter().flat_map(|one| &one.roles).any(|one: &Role| one.as_str() == role);
    link.confirmed.len() >= link.entry.people as usize && link.entry.roles.iter().all(had)
}

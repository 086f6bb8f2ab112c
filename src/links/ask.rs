//! Asking all links, side by side.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::Agent;
use url::Url;

use super::answer::Answer;
use super::memory::Memory;
use super::round::{Next, Round};
use super::trip::{Step, Trip};
use crate::cache::Keep;
use crate::web::{Proxy, Reach, Silence, agent, look};

/// How to ask.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Whom.
    pub reach: Reach,
    /// Through whom.
    pub proxy: Option<Proxy>,
    /// Who asks: what readers find the newsroom by.
    pub contact: Option<String>,
    /// How many requests run side by side.
    pub together: usize,
    /// How long a host is left alone between two requests.
    pub pause: Duration,
    /// When to stop.
    pub limit: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            reach: Reach::Public,
            proxy: None,
            contact: None,
            together: 12,
            pause: Duration::from_secs(1),
            limit: Duration::from_mins(10),
        }
    }
}

/// Who follows how far it is.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// It begins, with so many to ask.
    pub began: &'a dyn Fn(usize),
    /// One is answered.
    pub answered: &'a (dyn Fn() + Sync),
}

/// What came of asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// What is known, by the address as it was given.
    pub answers: HashMap<String, Answer>,
    /// How many of them were remembered.
    pub remembered: usize,
    /// How many were not asked, or not to the end, before the time was over.
    pub unasked: usize,
    /// Whether nobody at all could be reached: then nothing is said of those that were asked.
    pub offline: bool,
}

/// Asks where `addresses` lead, those left out that are no addresses of the web. What was heard is remembered in `folder`;
/// with [`Keep::Asked`] what is not asked for is forgotten.
pub fn ask(
    addresses: &BTreeSet<String>,
    manners: &Manners,
    (folder, keep): (Option<&Path>, Keep),
    now: Timestamp,
    watch: Watch<'_>,
) -> Asked {
    let mut links: BTreeMap<Url, (Trip, Vec<&String>)> = BTreeMap::new();
    for address in addresses {
        if let Some(trip) = Trip::to(address, manners.reach) {
            links.entry(trip.at.clone()).or_insert_with(|| (trip, Vec::new())).1.push(address);
        }
    }
    let memory = Memory::open(folder, now);
    let mut asked = Asked::default();
    let mut open = Vec::new();
    for (at, (trip, written)) in &links {
        let refused = trip.refused();
        let known = refused.or_else(|| memory.get(at));
        asked.remembered += usize::from(refused.is_none() && known.is_some());
        match known {
            Some(answer) => asked.answers.extend(written.iter().map(|written| ((*written).clone(), answer))),
            None => open.push(trip.clone()),
        }
    }
    if !open.is_empty() {
        (watch.began)(open.len());
        let heard = round(&open, manners, now, watch.answered);
        asked.offline = heard.answered == 0 && heard.answers.iter().any(Option::is_some);
        for (trip, answer) in open.iter().zip(heard.answers) {
            match answer.filter(|_| !asked.offline) {
                Some(answer) => {
                    memory.put(&trip.at, answer);
                    let written = links.get(&trip.at).map(|(_, written)| written.as_slice()).unwrap_or_default();
                    asked.answers.extend(written.iter().map(|written| ((*written).clone(), answer)));
                }
                None => asked.unasked += 1,
            }
        }
    }
    memory.close(keep, links.keys());
    asked
}

/// What was heard of all links.
struct Heard {
    answers: Vec<Option<Answer>>,
    /// How many requests reached somebody.
    answered: usize,
}

/// A round that all workers share.
struct Shared {
    round: Round,
    answered: usize,
}

fn round(open: &[Trip], manners: &Manners, now: Timestamp, told: &(dyn Fn() + Sync)) -> Heard {
    let name = match &manners.contact {
        Some(contact) => format!("desk/{} (link check; +{contact})", env!("CARGO_PKG_VERSION")),
        None => format!("desk/{} (link check)", env!("CARGO_PKG_VERSION")),
    };
    let agent = agent(&name, manners.reach, manners.proxy.as_ref());
    let end = Instant::now() + manners.limit;
    let shared = Mutex::new(Shared { round: Round::of(open.to_vec(), manners.pause), answered: 0 });
    let changed = Condvar::new();
    std::thread::scope(|scope| {
        for _ in 0..manners.together.min(open.len()) {
            scope.spawn(|| work(&shared, &changed, &agent, (end, now), told));
        }
    });
    let shared = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    Heard { answers: shared.round.answers, answered: shared.answered }
}

fn work(
    shared: &Mutex<Shared>,
    changed: &Condvar,
    agent: &Agent,
    (end, now): (Instant, Timestamp),
    told: &(dyn Fn() + Sync),
) {
    while let Some((number, mut trip)) = next(shared, changed, end) {
        let host = trip.host();
        let heard = look(agent, trip.ask, &trip.at);
        // A machine that refuses, or has no believable certificate, is there all the same.
        let reached = matches!(heard, Ok(_) | Err(Silence::Broken | Silence::Certificate | Silence::Private));
        let step: Step = trip.heard(heard, now);
        let mut state = lock(shared);
        state.answered += usize::from(reached);
        let answered = state.round.heard(number, &host, trip, step, Instant::now());
        drop(state);
        changed.notify_all();
        for _ in 0..answered {
            told();
        }
    }
}

/// What to ask next; none when all is answered, or the time is over.
fn next(shared: &Mutex<Shared>, changed: &Condvar, end: Instant) -> Option<(usize, Trip)> {
    let mut state = lock(shared);
    loop {
        let now = Instant::now();
        if now >= end {
            return None;
        }
        let until = match state.round.next(now) {
            Next::Ask(number, trip) => return Some((number, trip)),
            Next::Over => return None,
            Next::At(then) => then.min(end),
            Next::Idle => end,
        };
        state = changed.wait_timeout(state, until - now).unwrap_or_else(PoisonError::into_inner).0;
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::server::Server;
    use super::*;

    const QUIET: Watch<'static> = Watch { began: &|_| (), answered: &|| () };

    fn now() -> Timestamp {
        "2026-07-25T12:00:00Z".parse().expect("a time")
    }

    fn manners(reach: Reach) -> Manners {
        Manners { reach, pause: Duration::from_millis(5), limit: Duration::from_secs(60), ..Manners::default() }
    }

    fn asked(addresses: &[String]) -> Asked {
        ask(&addresses.iter().cloned().collect(), &manners(Reach::Anywhere), (None, Keep::All), now(), QUIET)
    }

    #[test]
    fn servers_are_asked_and_their_answers_understood() {
        let server = Server::new();
        for (path, expected) in [
            ("/200", Answer::Good),
            ("/200#part", Answer::Good),
            ("/404", Answer::Missing(404)),
            ("/410", Answer::Missing(410)),
            ("/403", Answer::Unwilling(403)),
            ("/no-head", Answer::Good),
            ("/to/200", Answer::Good),
            ("/to/404", Answer::Missing(404)),
            ("/round", Answer::Roundabout),
            ("/endless", Answer::Good),
            ("/rubbish", Answer::Broken),
        ] {
            let address = server.address(path);
            assert_eq!(asked(std::slice::from_ref(&address)).answers.get(&address), Some(&expected), "{path}");
        }
        assert!(server.names().iter().all(|name| name.starts_with("desk/")), "{:?}", server.names());
    }

    #[test]
    fn one_page_is_asked_once_and_one_host_by_one() {
        let server = Server::new();
        let addresses: Vec<String> = (0..12).map(|one| server.address(&format!("/200?{}#{one}", one % 6))).collect();
        let found = asked(&addresses);
        assert_eq!(found.answers.len(), 12);
        assert_eq!((server.names().len(), server.most_together()), (6, 1));
    }

    #[test]
    fn inner_machines_are_not_asked() {
        let server = Server::new();
        let address = server.address("/200");
        let found = ask(&[address.clone()].into(), &manners(Reach::Public), (None, Keep::All), now(), QUIET);
        assert_eq!(found.answers.get(&address), Some(&Answer::Private));
        // A name that leads there is looked up, and what it leads to is not asked.
        let agent = agent("desk/test", Reach::Public, None);
        let url = Url::parse(&server.address("/200").replace("127.0.0.1", "localhost")).expect("an address");
        assert_eq!(look(&agent, crate::web::Ask::Head, &url), Err(Silence::Private));
        assert!(server.names().is_empty());
    }

    #[test]
    fn who_says_later_is_left_alone() {
        let server = Server::new();
        let addresses: Vec<String> = (0..5).map(|one| server.address(&format!("/later?{one}"))).collect();
        let found = asked(&addresses);
        assert!(found.answers.values().all(|answer| *answer == Answer::Later) && found.answers.len() == 5);
        assert_eq!(server.names().len(), 1);
    }

    #[test]
    fn nobody_there_is_no_verdict() {
        let found = asked(&["http://nobody.invalid/".to_owned()]);
        assert_eq!((found.answers.len(), found.unasked, found.offline), (0, 1, true));
    }

    #[test]
    fn answers_are_remembered_for_a_while() {
        let server = Server::new();
        let folder = tempfile::tempdir().expect("a folder");
        let addresses: BTreeSet<String> = ["/200", "/404"].map(|path| server.address(path)).into();
        let at = |hours: i64| {
            let then = now() + jiff::SignedDuration::from_hours(hours);
            let found = ask(&addresses, &manners(Reach::Anywhere), (Some(folder.path()), Keep::Asked), then, QUIET);
            assert_eq!(found.answers.len(), 2);
            found.remembered
        };
        assert_eq!([at(0), at(1), at(7), at(8), at(100), at(24 * 8)], [0, 2, 1, 2, 1, 0]);
    }

    #[test]
    fn the_time_is_over_at_some_time() {
        let server = Server::new();
        let short = Manners { limit: Duration::ZERO, ..manners(Reach::Anywhere) };
        let found = ask(&[server.address("/200")].into(), &short, (None, Keep::All), now(), QUIET);
        assert_eq!((found.answers.len(), found.unasked), (0, 1));
    }
}

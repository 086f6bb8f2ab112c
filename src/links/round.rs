//! Who is asked next, and when: each host by one at a time, with a pause. The clock is an argument here.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::answer::Answer;
use super::trip::{Step, Trip};

/// Links on their way, by the host that they ask next.
#[derive(Debug)]
pub(super) struct Round {
    hosts: BTreeMap<String, Host>,
    pause: Duration,
    /// How many have no answer yet.
    left: usize,
    /// What was answered: by the number of the link.
    pub(super) answers: Vec<Option<Answer>>,
}

#[derive(Debug, Default)]
struct Host {
    waiting: VecDeque<(usize, Trip)>,
    /// Somebody is asking it.
    busy: Busy,
    /// It is left alone until then.
    from: Option<Instant>,
    /// What is known of it for the whole round.
    closed: Option<Answer>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Busy {
    #[default]
    No,
    Yes,
}

/// What a worker does next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Ask this, for the link of this number.
    Ask(usize, Trip),
    /// Come back then.
    At(Instant),
    /// Come back when somebody else is done.
    Idle,
    /// Go home.
    Over,
}

impl Round {
    /// A round for these links.
    pub(super) fn of(trips: Vec<Trip>, pause: Duration) -> Self {
        let left = trips.len();
        let mut round = Self { hosts: BTreeMap::new(), pause, left, answers: vec![None; left] };
        for (number, trip) in trips.into_iter().enumerate() {
            round.hosts.entry(trip.host()).or_default().waiting.push_back((number, trip));
        }
        round
    }

    /// What to do at `now`: the host that was left alone longest goes first.
    pub(super) fn next(&mut self, now: Instant) -> Next {
        if self.left == 0 {
            return Next::Over;
        }
        let free = self.hosts.values_mut().filter(|host| host.busy == Busy::No && !host.waiting.is_empty());
        let Some(host) = free.min_by_key(|host| host.from) else { return Next::Idle };
        if let Some(from) = host.from.filter(|from| *from > now) {
            return Next::At(from);
        }
        match host.waiting.pop_front() {
            Some((number, trip)) => {
                host.busy = Busy::Yes;
                Next::Ask(number, trip)
            }
            None => Next::Idle,
        }
    }

    /// Link `number` asked `host` and goes on by `step`. How many links are answered by that.
    pub(super) fn heard(&mut self, number: usize, host: &str, trip: Trip, step: Step, now: Instant) -> usize {
        let before = self.left;
        let pause = if let Step::Wait(wait) = step { wait.max(self.pause) } else { self.pause };
        if let Some(host) = self.hosts.get_mut(host) {
            host.busy = Busy::No;
            host.from = Some(now + pause);
        }
        match step {
            Step::Done(answer) => self.answer(number, answer),
            Step::Closed(answer) => {
                self.answer(number, answer);
                let host = self.hosts.get_mut(host).map(|host| {
                    host.closed = Some(answer);
                    std::mem::take(&mut host.waiting)
                });
                for (number, _) in host.unwrap_or_default() {
                    self.answer(number, answer);
                }
            }
            Step::Go | Step::Wait(_) => {
                let host = self.hosts.entry(trip.host()).or_default();
                match host.closed {
                    Some(answer) => self.answer(number, answer),
                    // It goes on where it was, before those that have not begun.
                    None => host.waiting.push_front((number, trip)),
                }
            }
        }
        before - self.left
    }

    fn answer(&mut self, number: usize, answer: Answer) {
        if self.answers[number].replace(answer).is_none() {
            self.left -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Reach;

    fn round(addresses: &[&str]) -> Round {
        let trips = addresses.iter().map(|address| Trip::to(address, Reach::Public).expect("a link")).collect();
        Round::of(trips, Duration::from_secs(1))
    }

    fn asks(next: Next) -> (usize, Trip) {
        match next {
            Next::Ask(number, trip) => (number, trip),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_host_is_asked_by_one_at_a_time_and_not_at_once_again() {
        let mut round = round(&["https://a.example/1", "https://a.example/2", "https://b.example/"]);
        let start = Instant::now();
        let (first, trip) = asks(round.next(start));
        let (other, _) = asks(round.next(start));
        assert_eq!((first, other, round.next(start)), (0, 2, Next::Idle));
        assert_eq!(round.heard(0, "a.example:443", trip, Step::Done(Answer::Good), start), 1);
        let later = start + Duration::from_secs(1);
        assert_eq!(round.next(start), Next::At(later));
        let (second, trip) = asks(round.next(later));
        assert_eq!(second, 1);
        round.heard(1, "a.example:443", trip.clone(), Step::Done(Answer::Good), later);
        round.heard(2, "b.example:443", trip, Step::Done(Answer::Slow), later);
        assert_eq!(round.next(later), Next::Over);
        assert_eq!(round.answers, [Some(Answer::Good), Some(Answer::Good), Some(Answer::Slow)]);
    }

    #[test]
    fn a_closed_host_answers_for_all_its_links() {
        let mut round = round(&["https://a.example/1", "https://a.example/2", "https://b.example/"]);
        let start = Instant::now();
        let (_, trip) = asks(round.next(start));
        assert_eq!(round.heard(0, "a.example:443", trip, Step::Closed(Answer::Later), start), 2);
        let (number, _) = asks(round.next(start));
        // What leads there from elsewhere is answered too.
        let trip = Trip::to("https://a.example/3", Reach::Public).expect("a link");
        assert_eq!(round.heard(number, "b.example:443", trip, Step::Go, start), 1);
        assert_eq!(round.answers, [Some(Answer::Later); 3]);
        assert_eq!(round.next(start), Next::Over);
    }

    #[test]
    fn who_asks_for_a_pause_gets_it() {
        let mut round = round(&["https://a.example/1"]);
        let start = Instant::now();
        let (_, trip) = asks(round.next(start));
        round.heard(0, "a.example:443", trip, Step::Wait(Duration::from_secs(7)), start);
        assert_eq!(round.next(start), Next::At(start + Duration::from_secs(7)));
    }
}

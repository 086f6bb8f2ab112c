//! The clock of this machine, and waiting by it.

use std::time::Duration;

use jiff::Timestamp;

/// How long a wait goes without a look at the clock: it may be set, and machines sleep.
const LOOK: Duration = Duration::from_secs(10);

/// What tells the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// One that was set, which goes on only when somebody waits by it.
    Set(Timestamp),
}

impl Clock {
    /// The time.
    pub fn now(self) -> Timestamp {
        match self {
            Self::Machine => Timestamp::now(),
            Self::Set(time) => time,
        }
    }

    /// Waits until `time` has come.
    pub fn wait_until(&mut self, time: Timestamp) {
        match self {
            Self::Set(now) => *now = time.max(*now),
            Self::Machine => loop {
                let left = time.duration_since(Timestamp::now());
                let Ok(left) = Duration::try_from(left) else { return };
                if left.is_zero() {
                    return;
                }
                std::thread::sleep(left.min(LOOK));
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_goes_on_by_waiting_and_never_back() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let mut clock = Clock::Set(at(100));
        clock.wait_until(at(160));
        assert_eq!(clock.now(), at(160));
        clock.wait_until(at(10));
        assert_eq!(clock.now(), at(160));
    }

    #[test]
    fn the_machines_clock_is_waited_for() {
        let mut clock = Clock::Machine;
        let wanted = clock.now() + Duration::from_millis(20);
        clock.wait_until(wanted);
        assert!(clock.now() >= wanted);
    }
}

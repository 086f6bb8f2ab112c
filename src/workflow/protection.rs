//! What should protect the public version on a forge, next to what does: so that desk's promises hold, and nothing that
//! people need to do is in their way.

use crate::config::{Review, Stamp};

/// The name of the check that a forge may be told to require.
pub const CHECK: &str = "desk";

/// What protects the public version, as far as the forge tells; none where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Protection {
    /// How many people must approve there.
    pub people: Option<u32>,
    /// Whether it changes by pull requests alone.
    pub pull_requests: Option<bool>,
    /// Whether a push takes approvals away.
    pub dismisses_stale: Option<bool>,
    /// Whether somebody else than the last who pushed must approve.
    pub last_push: Option<bool>,
    /// Whether a pull request must have the newest public version in it.
    pub up_to_date: Option<bool>,
    /// The checks that must pass.
    pub checks: Option<Vec<String>>,
    /// Whether commits must be signed.
    pub signatures: Option<bool>,
    /// Whether its history can be rewritten.
    pub force_pushes: Option<bool>,
    /// Whether it can be deleted.
    pub deletion: Option<bool>,
    /// Whether all of this holds for administrators too.
    pub administrators: Option<bool>,
    /// Whether pull requests land by a queue.
    pub queue: Option<bool>,
    /// Whether pull requests may land in one commit: joined or squashed.
    pub in_one: Option<bool>,
}

/// One thing to know about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Nothing of it can be seen.
    Unseen,
    /// All that is asked for holds.
    Holds,
    /// Some of it cannot be seen, which counts in nobody's favour.
    PartlyUnseen,
    /// History can be rewritten, or the branch deleted: what was proved could be gone.
    Rewritten,
    /// The check `desk` is not required: what nobody agreed to could land.
    NoCheck,
    /// It may land next to words that came after it was read.
    NotUpToDate,
    /// Approvals stay beside words that have changed: readers of the page may believe them.
    StaleStays,
    /// Administrators pass by all of it.
    PassedBy,
    /// More people must approve there than can: whoever submits has no approval to give there.
    TooMany {
        /// How many the forge asks for.
        asked: u32,
        /// How many are left.
        left: u32,
    },
    /// Whoever mends a comma cannot approve any more, and nobody else is left.
    LastPush,
    /// Commits must be signed, and desk's are not.
    Signed,
    /// Pull requests land by a queue, which joins words that nobody read together.
    Queue,
    /// Nothing lands in one commit: corrections cannot land at all.
    StepByStep,
    /// It changes by pull requests alone: stamps need somebody who may push, or the other setting.
    NoPush,
}

/// How much an advice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It is as it should be.
    Good,
    /// It is worth knowing.
    Note,
    /// Something cannot be done until it is changed.
    Blocks,
}

impl Advice {
    /// How much it matters.
    pub fn weight(self) -> Weight {
        match self {
            Self::Holds => Weight::Good,
            Self::TooMany { .. } | Self::Signed | Self::Queue | Self::StepByStep => Weight::Blocks,
            _ => Weight::Note,
        }
    }
}

/// What there is to say of a protection, under these rules. What is not known is not praised, and not complained of one by
/// one.
pub fn advise(protection: &Protection, review: &Review) -> Vec<Advice> {
    if *protection == Protection::default() {
        return vec![Advice::Unseen];
    }
    let (yes, no) = (|one: Option<bool>| one == Some(true), |one: Option<bool>| one == Some(false));
    let left = review.people.saturating_sub(1);
    let mut advices = Vec::new();
    let mut say = |is_so: bool, advice: Advice| advices.extend(is_so.then_some(advice));
    say(yes(protection.queue), Advice::Queue);
    say(no(protection.in_one), Advice::StepByStep);
    say(yes(protection.signatures), Advice::Signed);
    let asked = protection.people.unwrap_or(0);
    say(asked > left, Advice::TooMany { asked, left });
    say(yes(protection.last_push) && review.people <= 2, Advice::LastPush);
    say(yes(protection.pull_requests) && review.stamp == Stamp::Publish, Advice::NoPush);
    let is_required = protection.checks.as_ref().map(|checks| checks.iter().any(|check| check == CHECK));
    say(no(is_required), Advice::NoCheck);
    say(yes(protection.force_pushes) || yes(protection.deletion), Advice::Rewritten);
    say(no(protection.up_to_date), Advice::NotUpToDate);
    say(no(protection.dismisses_stale), Advice::StaleStays);
    say(no(protection.administrators), Advice::PassedBy);
    if !protection.is_all_known() {
        advices.push(Advice::PartlyUnseen);
    } else if advices.is_empty() {
        advices.push(Advice::Holds);
    }
    advices
}

impl Protection {
    /// Whether the forge tells everything. A new fact does not compile until it is here.
    fn is_all_known(&self) -> bool {
        let Self {
            people,
            pull_requests,
            dismisses_stale,
            last_push,
            up_to_date,
            checks,
            signatures,
            force_pushes,
            deletion,
            administrators,
            queue,
            in_one,
        } = self;
        let switches = [
            pull_requests,
            dismisses_stale,
            last_push,
            up_to_date,
            signatures,
            force_pushes,
            deletion,
            administrators,
            queue,
            in_one,
        ];
        people.is_some() && checks.is_some() && switches.into_iter().all(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;
    use crate::config::{Config, DESK_FILE};

    fn review(text: &str) -> Review {
        let path = RepoPath::new(DESK_FILE).expect("a path");
        let text = format!("[newsroom]\nid = \"post\"\nname = \"Post\"\n[review]\n{text}");
        Config::read(&path, text.as_bytes()).expect("sound").review
    }

    fn sound() -> Protection {
        Protection {
            people: Some(1),
            pull_requests: Some(false),
            dismisses_stale: Some(true),
            last_push: Some(false),
            up_to_date: Some(true),
            checks: Some(vec!["desk".to_owned()]),
            signatures: Some(false),
            force_pushes: Some(false),
            deletion: Some(false),
            administrators: Some(true),
            queue: Some(false),
            in_one: Some(true),
        }
    }

    #[test]
    fn each_gap_and_each_deadlock_is_told() {
        let two = review("people = 2");
        type Change = fn(&mut Protection);
        let table: [(&str, Change, &[Advice]); 14] = [
            ("sound", |_| {}, &[Advice::Holds]),
            ("nothing known", |one| *one = Protection::default(), &[Advice::Unseen]),
            ("rewritten", |one| one.force_pushes = Some(true), &[Advice::Rewritten]),
            ("deleted", |one| one.deletion = Some(true), &[Advice::Rewritten]),
            ("no check", |one| one.checks = Some(vec!["build".to_owned()]), &[Advice::NoCheck]),
            ("old", |one| one.up_to_date = Some(false), &[Advice::NotUpToDate]),
            ("stale", |one| one.dismisses_stale = Some(false), &[Advice::StaleStays]),
            ("passed by", |one| one.administrators = Some(false), &[Advice::PassedBy]),
            ("too many", |one| one.people = Some(2), &[Advice::TooMany { asked: 2, left: 1 }]),
            ("last push", |one| one.last_push = Some(true), &[Advice::LastPush]),
            ("signed", |one| one.signatures = Some(true), &[Advice::Signed]),
            ("queue", |one| one.queue = Some(true), &[Advice::Queue]),
            ("steps", |one| one.in_one = Some(false), &[Advice::StepByStep]),
            ("no push", |one| one.pull_requests = Some(true), &[Advice::NoPush]),
        ];
        for (what, change, expected) in table {
            let mut protection = sound();
            change(&mut protection);
            assert_eq!(advise(&protection, &two), expected, "{what}");
        }
    }

    #[test]
    fn the_rules_of_the_house_decide() {
        let push = Protection { pull_requests: Some(true), ..sound() };
        assert_eq!(advise(&push, &review("people = 2\nstamp = \"submit\"")), [Advice::Holds]);
        let three = Protection { people: Some(2), last_push: Some(true), ..sound() };
        assert_eq!(advise(&three, &review("people = 3")), [Advice::Holds]);
        assert_eq!(advise(&sound(), &review("people = 1")), [Advice::TooMany { asked: 1, left: 0 }]);
    }

    #[test]
    fn what_is_unknown_is_not_praised() {
        let two = review("people = 2");
        type Hide = fn(&mut Protection);
        let table: [(&str, Hide); 13] = [
            ("people", |one| one.people = None),
            ("pull requests", |one| one.pull_requests = None),
            ("stale", |one| one.dismisses_stale = None),
            ("last push", |one| one.last_push = None),
            ("up to date", |one| one.up_to_date = None),
            ("checks", |one| one.checks = None),
            ("signatures", |one| one.signatures = None),
            ("force pushes", |one| one.force_pushes = None),
            ("deletion", |one| one.deletion = None),
            ("administrators", |one| one.administrators = None),
            ("queue", |one| one.queue = None),
            ("in one", |one| one.in_one = None),
            ("all but one", |one| *one = Protection { in_one: Some(true), ..Protection::default() }),
        ];
        for (what, hide) in table {
            let mut protection = sound();
            hide(&mut protection);
            assert_eq!(advise(&protection, &two), [Advice::PartlyUnseen], "{what}");
        }
    }
}

//! A landing that desk would refuse, for the judge to find.

use super::fixture::*;
use crate::article::kept::{self, Kept};
use crate::article::{Entry, Move, ORDINARY_FILE, Stage};
use crate::ledger::{Act, Assent, Decision, RecordEntry, Sources, record_path};
use crate::workflow::{Circumstances, Standing, Version, needs, statement};

impl World {
    /// Lands this text as a correction that Mina and Jun have agreed to, past everything that desk would refuse.
    pub(super) fn land_by_force(&mut self, text: &str) {
        let standing = self.standing();
        let entry = |bytes: Vec<u8>| vec![Entry { path: main_file(), mode: ORDINARY_FILE, bytes }];
        let commit = standing.open.as_ref().map_or(self.tip(), |open| open.commit);
        let open = Version::read(commit, id(), home(), main_file(), entry(text.as_bytes().to_vec()));
        let forced = Standing { open: Some(open.clone()), ..standing.clone() };
        let mina = self.circumstances(MINA);
        let jun = self.circumstances(JUN);
        let yes = |circumstances: &Circumstances, decision| {
            Assent::new(statement(&forced, circumstances, decision, "", Sources::NotSaid).expect("a statement"), None)
        };
        let assents = vec![yes(&mina, Decision::Submit), yes(&jun, Decision::Approve)];
        let record = standing.record.clone().expect("a record");
        let last = record.last_move().expect("a move").clone();
        let needs = needs(&Standing { assents: assents.clone(), ..forced }, &jun).expect("needs");
        let now = jun.now.to_zoned_datetime(jun.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let stamp = kept::set(&open.document, Kept::Updated, &now).expect("a kept line");
        let after = crate::article::edit::apply(&open.document.text, &[stamp]);
        let entry = RecordEntry {
            act: Act::Move { step: Move::Correct, from: Stage::Published, to: Stage::Published },
            content: open.digest.expect("a digest"),
            replaces: standing.public_digest(),
            time: jun.now,
            policy: jun.policy,
            person: jun.person.clone(),
            people: needs.requirement.people,
            roles: needs.requirement.role_names(),
            assents,
            ..last
        };
        let record = String::from_utf8(record.append(entry).bytes().to_vec()).expect("text");
        let at = record_path(id()).to_string();
        self.commit_by_hand(JUN, &[(main_file().as_str(), Some(&after)), (&at, Some(&record))]);
        self.refs.remove(&branch());
        self.origin = None;
        self.working = self.standing().base.map(|base| base.entries);
    }
}

use proptest::prelude::*;
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{HashAlg, LineEnding, PrivateKey};

use super::*;
use crate::article::RepoPath;
use crate::config::Signatures;
use crate::ledger::NAMESPACE;
use crate::workflow::{Landed, Requirement, Standards, Subject, Tally, tally};

const PLACE: &str = "github.com/post/desk";
const JUN: u64 = 77;
const LEE: u64 = 5;
const DESK: u64 = 3;

fn key() -> PrivateKey {
    PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[3; 32])), "test").expect("a key")
}

/// Mina and Jun by their numbers, Lee by a name alone, and the machine that writes things down.
fn staff() -> Staff {
    let key = key().public_key().to_openssh().expect("a line");
    let person = |name: &str, role: &str, forge: &str| {
        format!(
            "[[people]]\nname = \"{name}\"\nemails = [\"{name}@x\"]\nroles = [\"{role}\"]\nforges = {{ \"github.com\" = {forge} }}\n"
        )
    };
    let text = [
        person("mina", "writer", "1"),
        person("jun", "editorial", "\"77+jun-s\""),
        person("lee", "editorial", "\"lee-c\""),
        format!("{}keys = [\"{key}\"]\n", person("desk", "witness", "3")),
    ];
    Staff::read(&RepoPath::new("staff.toml").expect("sound"), text.concat().as_bytes()).expect("a staff list")
}

fn commit(number: u8) -> ObjectId {
    ObjectId::from_bytes([number; 20])
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_785_000_000 + second).expect("a time")
}

fn digest(words: &str) -> Digest {
    Digest::of(words.as_bytes())
}

/// Commits 1 and 4 have the words that are wanted, 2 and 3 others; of 9 nobody knows any.
fn words(commit: ObjectId) -> Option<Words> {
    let content = match commit.as_bytes()[0] {
        1 | 4 => digest("wanted"),
        2 => digest("two"),
        3 => digest("three"),
        _ => return None,
    };
    Some(Words { content, replaces: None })
}

fn id() -> ArticleId {
    ArticleId::generate(5, [1; 10], None)
}

fn scribe<'a>(staff: &'a Staff, by: &'a Who) -> Scribe<'a> {
    Scribe { newsroom: "post-1", article: id(), staff, policy: digest("policy"), by }
}

fn review(id: u64, account: u64, login: &str, opinion: Opinion, second: i64) -> Review {
    let (account, text) = (Some((account, login.to_owned())), String::new());
    Review { id, account, opinion, at: Some(at(second)), commit: None, stale: false, text }
}

fn yes(second: i64) -> Review {
    review(9, JUN, "jun-s", Opinion::Approved, second)
}

fn no(second: i64) -> Review {
    review(10, JUN, "jun-s", Opinion::ChangesRequested, second)
}

/// A pull request whose branch stood at 1 from second 10 on.
fn reviewed(reviews: Vec<Review>) -> Reviewed {
    let heads = Some(vec![(commit(1), at(10))]);
    let (host, place) = ("github.com".to_owned(), PLACE.to_owned());
    Reviewed { host, place, request: 7, reviews, heads, naming: Naming::Moved }
}

/// Who has agreed, with what is kept.
fn counted(reviewed: &Reviewed, kept: &[Assent]) -> (Witnessed, Tally) {
    let (staff, by) = (staff(), Who::new("mina", "mina@x"));
    let heard = witnessed(reviewed, kept, scribe(&staff, &by), words);
    let now = heard.said.iter().map(|said| Assent::new(said.clone(), None)).collect();
    let all = together(kept, &heard, now, &staff);
    let subject = Subject { newsroom: "post-1".to_owned(), article: id(), content: digest("wanted"), replaces: None };
    let asked = Requirement { people: 2, roles: Vec::new(), because: None, unnamed: None };
    let standards = Standards { subject: &subject, staff: &staff, signatures: Signatures::Optional, asked: &asked };
    let tally = tally(all.iter().map(|assent| (assent, Landed::Now)), &standards);
    (heard, tally)
}

fn counts(reviewed: &Reviewed, kept: &[Assent]) -> bool {
    counted(reviewed, kept).1.counted.iter().any(|one| one.person.name == "jun")
}

#[track_caller]
fn refused(reviewed: &Reviewed, why: Unseen) {
    let (heard, tally) = counted(reviewed, &[]);
    assert!(tally.counted.is_empty(), "{tally:?}");
    assert!(heard.unseen.iter().any(|one| one.why == why), "{:?}", heard.unseen);
}

/// What the machine wrote down when a review came.
fn told(seen: u8, change: impl FnOnce(&mut Statement)) -> Assent {
    let staff = staff();
    let by = Who::new("desk", "desk@x");
    let reviews = vec![Review { commit: Some(commit(seen)), ..yes(20) }];
    let event = Reviewed { heads: None, naming: Naming::Told, ..reviewed(reviews) };
    let mut said = witnessed(&event, &[], scribe(&staff, &by), words).said.pop().expect("a statement");
    assert_eq!(said.witness.as_ref().map(|witness| witness.ground), Some(Ground::Event));
    change(&mut said);
    let signed = key().sign(NAMESPACE, HashAlg::Sha512, said.text().as_bytes()).expect("signed");
    Assent::new(said, Some(signed.to_pem(LineEnding::LF).expect("a signature")))
}

#[test]
fn a_review_counts_for_the_words_that_stood_there_when_it_was_given() {
    assert!(counts(&reviewed(vec![yes(20)]), &[]));
    // Changed, approved, and put back: what was seen is what counts.
    let put_back = vec![(commit(1), at(0)), (commit(2), at(15)), (commit(4), at(25))];
    assert!(!counts(&Reviewed { heads: Some(put_back.clone()), ..reviewed(vec![yes(20)]) }, &[]));
    assert!(counts(&Reviewed { heads: Some(put_back), ..reviewed(vec![yes(30)]) }, &[]));
    // The forge names the new commit of an old review: both must be the same words.
    let named = |commit| vec![Review { commit: Some(commit), ..yes(20) }];
    let moved = Reviewed { heads: Some(vec![(commit(2), at(0)), (commit(1), at(25))]), ..reviewed(named(commit(1))) };
    refused(&moved, Unseen::Differs);
    assert!(counts(&reviewed(named(commit(4))), &[]), "other commits with the same words");
    refused(&reviewed(named(commit(9))), Unseen::Differs);
}

#[test]
fn what_is_not_known_counts_for_nothing() {
    let heads = |heads: &[(u8, i64)]| Some(heads.iter().map(|(one, since)| (commit(*one), at(*since))).collect());
    let with = |heads| Reviewed { heads, ..reviewed(vec![yes(20)]) };
    for unknown in [heads(&[]), heads(&[(1, 30)]), heads(&[(1, 20)]), heads(&[(1, 10), (2, 20)]), heads(&[(9, 10)])] {
        refused(&with(unknown), Unseen::Unknown);
    }
    refused(&with(heads(&[(2, 15), (1, 10)])), Unseen::Unknown);
    let named = |naming| {
        let reviews = vec![Review { commit: Some(commit(1)), ..yes(20) }];
        Reviewed { heads: None, naming, ..reviewed(reviews) }
    };
    refused(&named(Naming::Moved), Unseen::Unknown);
    assert!(counts(&named(Naming::Kept), &[]));
    refused(&reviewed(vec![Review { account: None, ..yes(20) }]), Unseen::NoAccount);
    refused(&reviewed(vec![Review { at: None, ..yes(20) }]), Unseen::NoTime);
    refused(&reviewed(vec![Review { stale: true, ..yes(20) }]), Unseen::Stale);
    refused(&reviewed(vec![review(9, LEE, "lee-c", Opinion::Approved, 20)]), Unseen::NameAlone);
    refused(&reviewed(vec![review(9, 99, "jun-s", Opinion::Approved, 20)]), Unseen::NotOnStaff);
    assert!(counts(&reviewed(vec![review(9, JUN, "renamed", Opinion::Approved, 20)]), &[]));
    let other = "Good.\nDesk-Content: sha256:00\n";
    refused(&reviewed(vec![Review { text: other.to_owned(), ..yes(20) }]), Unseen::OtherWords);
}

#[test]
fn the_last_word_of_a_person_stands() {
    assert!(counts(&reviewed(vec![no(20), yes(21)]), &[]));
    let dismissed = review(11, JUN, "jun-s", Opinion::Dismissed, 22);
    for taken_back in [
        vec![yes(20), no(21)],
        vec![yes(20), no(20)],
        vec![no(20), yes(20)],
        vec![yes(20), Review { at: None, ..no(0) }],
        vec![Review { at: None, ..no(0) }, yes(20)],
        vec![yes(20), dismissed.clone()],
        vec![yes(20), Review { at: None, ..dismissed }],
    ] {
        assert!(!counts(&reviewed(taken_back.clone()), &[]), "{taken_back:?}");
    }
    let remark = review(12, JUN, "jun-s", Opinion::Commented, 30);
    assert!(counts(&reviewed(vec![yes(20), remark]), &[]), "a remark is no opinion");
}

#[test]
fn what_was_said_here_and_there_is_one_persons_word() {
    let here = |second| {
        let said = told(1, |said| said.witness = None).statement;
        Assent::new(Statement { time: at(second), ..said }, None)
    };
    assert_eq!(counted(&reviewed(vec![yes(20)]), &[here(15)]).1.counted.len(), 1);
    // Who asks for changes has agreed to nothing before, whatever words stood there then.
    for heads in [vec![(commit(1), at(0))], vec![(commit(2), at(0))], Vec::new()] {
        let asks = Reviewed { heads: Some(heads), ..reviewed(vec![no(20)]) };
        assert!(!counts(&asks, &[here(15)]));
        assert!(!counts(&asks, &[here(20)]));
        assert!(counts(&asks, &[here(25)]), "and agreed since");
    }
}

#[test]
fn what_a_witness_wrote_down_says_what_was_seen() {
    // The forge's history is not asked where the event was recorded, and the signature stays.
    let gone = Reviewed { heads: None, ..reviewed(vec![yes(20)]) };
    let kept = told(1, |_| {});
    assert_eq!(counted(&gone, std::slice::from_ref(&kept)).0.kept.first(), Some(&kept));
    assert!(counts(&gone, std::slice::from_ref(&kept)));
    let heard = |assent: Assent| counts(&gone, &[assent]);
    assert!(!heard(told(2, |_| {})), "other words were seen");
    assert!(!heard(Assent { signature: None, ..kept.clone() }), "anybody could have put it there");
    assert!(!heard(Assent { signature: told(2, |_| {}).signature, ..kept.clone() }), "of other words");
    let witness = |change: fn(&mut Witness)| told(1, |said| change(said.witness.as_mut().expect("a witness")));
    assert!(!heard(witness(|witness| witness.request = 8)), "in another pull request");
    assert!(!heard(witness(|witness| witness.review = 8)), "another review");
    assert!(!heard(witness(|witness| witness.place = "github.com/eve/desk".to_owned())), "in another repository");
    assert!(!counts(&gone, &[kept.clone(), told(4, |_| {}), told(2, |_| {})]), "two who saw different things");
    assert!(!counts(&gone, &[told(1, |said| said.content = digest("else"))]), "what is there is something else");
    // Only what stands there now counts.
    let over = counted(&reviewed(Vec::new()), std::slice::from_ref(&kept));
    assert!(over.1.counted.is_empty());
    assert_eq!(over.0.unseen[0].why, Unseen::Gone);
    let other = Reviewed { request: 8, ..reviewed(Vec::new()) };
    assert_eq!(counted(&other, &[kept]).0.unseen[0].why, Unseen::OtherRequest);
}

#[test]
fn a_text_that_anybody_may_edit_later_widens_nothing() {
    let knowing = |naming, heads| {
        let text = "Good.\nsources: known to the desk".to_owned();
        let reviews = vec![Review { commit: Some(commit(1)), text, ..yes(20) }];
        let (staff, by) = (staff(), Who::new("desk", "desk@x"));
        let pull = Reviewed { heads, naming, ..reviewed(reviews) };
        witnessed(&pull, &[], scribe(&staff, &by), words).said.pop().map(|said| said.sources)
    };
    assert_eq!(knowing(Naming::Told, None), Some(Sources::Known));
    assert_eq!(knowing(Naming::Moved, Some(vec![(commit(1), at(0))])), Some(Sources::NotSaid));
    assert_eq!(knowing(Naming::Kept, None), Some(Sources::NotSaid));
}

fn any_review() -> impl Strategy<Value = Review> {
    let opinions =
        [Opinion::Approved, Opinion::Approved, Opinion::ChangesRequested, Opinion::Commented, Opinion::Dismissed];
    let accounts = [1, JUN, LEE, DESK, 99];
    (
        any::<u8>(),
        prop::option::weighted(0.9, prop::sample::select(accounts.to_vec())),
        prop::sample::select(opinions.to_vec()),
        prop::option::weighted(0.9, 0_i64..8),
        prop::option::weighted(0.5, prop::sample::select(vec![1, 2, 4, 9])),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(id, account, opinion, second, named, stale)| Review {
            id: id.into(),
            account: account.map(|account| (account, "somebody".to_owned())),
            opinion,
            at: second.map(at),
            commit: named.map(commit),
            stale,
            text: String::new(),
        })
}

proptest! {
    #[test]
    fn never_more_people_than_stand_by_a_yes_and_nothing_that_is_not_known(
        reviews in prop::collection::vec(any_review(), 0..8),
        heads in prop::option::of(prop::collection::vec((prop::sample::select(vec![1, 2, 3, 4, 9]), 0_i64..8), 0..4)),
        naming in prop::sample::select(vec![Naming::Kept, Naming::Moved]),
    ) {
        let heads = heads.map(|mut heads| {
            heads.sort_by_key(|(_, since)| *since);
            heads.into_iter().map(|(one, since)| (commit(one), at(since))).collect::<Vec<_>>()
        });
        let pull = Reviewed { heads: heads.clone(), naming, ..reviewed(reviews.clone()) };
        let (heard, tally) = counted(&pull, &[]);
        for one in &tally.counted {
            let witness = one.assent.statement.witness.as_ref().expect("it came from the forge");
            let own: Vec<&Review> = reviews
                .iter()
                .filter(|review| review.account.as_ref().is_some_and(|(account, _)| *account == witness.account))
                .filter(|review| review.opinion != Opinion::Commented)
                .collect();
            let time = one.assent.statement.time;
            // Nothing else that this account said came later, at the same time, or at a time that nobody knows.
            prop_assert!([1, JUN].contains(&witness.account));
            let is_earlier = |review: &&Review| match review.opinion {
                Opinion::Approved => review.at.is_some_and(|at| at <= time),
                _ => review.at.is_some_and(|at| at < time),
            };
            prop_assert!(own.iter().all(is_earlier));
            prop_assert!(own.iter().any(|review| review.id == witness.review && review.at == Some(time) && !review.stale));
            prop_assert_eq!(words(witness.commit).map(|words| words.content), Some(digest("wanted")));
            let stood = heads.as_ref().map(|heads| heads.iter().rev().find(|(_, since)| *since <= time).map(|one| one.0));
            match stood {
                Some(stood) => prop_assert_eq!(stood, Some(witness.commit)),
                None => prop_assert_eq!((naming, witness.ground), (Naming::Kept, Ground::Commit)),
            }
        }
        let mut people: Vec<&str> = tally.counted.iter().map(|one| one.person.name.as_str()).collect();
        people.dedup();
        prop_assert_eq!(people.len(), tally.counted.len());
        // Of every review something is said.
        prop_assert_eq!(heard.unseen.len() + heard.said.len(), reviews.len());
    }
}

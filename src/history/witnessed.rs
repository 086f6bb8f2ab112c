//! What a witness wrote down of a review on a forge: whose word it is, and what it is worth.

use super::Reason;
use super::fixture::{JUN, LEE, MINA, World, id, key, path, public, sign, story};
use crate::article::ObjectId;
use crate::ledger::{Assent, Decision, Ground, Record, RecordEntry, Statement, Strength, Who, Witness, record_path};
use crate::workflow::{NotCounted, needs};

const DESK: &str = "desk@post.example";
const EVE: &str = "eve@post.example";

/// A newsroom with a machine that has the role `witness` and signs, and with Jun's account by its number.
fn world() -> World {
    let mut world = World::new(2);
    let staff = String::from_utf8(world.tree()[&path("staff.toml")].1.clone()).expect("text");
    let account = |address: &str, forges: &str| {
        let emails = format!("emails = [\"{address}\"]\n");
        (emails.clone(), format!("{emails}forges = {{ \"github.com\" = {forges} }}\n"))
    };
    let mut staff = [account(JUN, "77"), account(LEE, "\"lee-cho\"")]
        .into_iter()
        .fold(staff, |staff, (old, new)| staff.replace(&old, &new));
    for (address, seed, role) in [(DESK, 3, "witness"), (EVE, 4, "editorial")] {
        let line = public(&key(seed));
        staff.push_str(&format!(
            "\n[[people]]\nname = \"{address}\"\nemails = [\"{address}\"]\nroles = [\"{role}\"]\nkeys = [\"{line}\"]\nforges = {{ \"github.com\" = {seed} }}\n"
        ));
    }
    world.commit_by_hand(MINA, &[("staff.toml", Some(&staff))]);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world
}

/// What Jun said on the forge, written down by the machine.
fn seen(world: &mut World) -> Statement {
    let said = world.say(JUN, Decision::Approve).expect("a statement").statement;
    let witness = Witness {
        by: Who::new("Desk", DESK),
        place: "github.com/post/desk".to_owned(),
        request: 7,
        review: 9,
        account: 77,
        commit: ObjectId::from_bytes([7; 20]),
        ground: Ground::Event,
    };
    Statement { witness: Some(witness), ..said }
}

fn by(seed: u8, said: &Statement) -> Assent {
    Assent::new(said.clone(), Some(sign(&key(seed), &said.text())))
}

/// What it comes to beside Mina's own yes: how sure it is, or why it does not count.
fn worth(world: &World, assent: &Assent) -> Result<Strength, NotCounted> {
    let mut world = world.clone();
    world.kept.push(assent.clone());
    let circumstances = world.circumstances(MINA);
    let tally = needs(&world.standing(), &circumstances).expect("words").tally;
    let counted = tally.counted.iter().find(|one| one.assent == *assent).map(|one| one.strength);
    counted.ok_or_else(|| tally.ignored.into_iter().find(|one| one.assent == *assent).expect("it is there").why)
}

fn other(said: &Statement, change: impl FnOnce(&mut Witness)) -> Statement {
    let mut said = said.clone();
    let mut witness = said.witness.take().expect("a witness");
    change(&mut witness);
    Statement { witness: Some(witness), ..said }
}

#[test]
fn invariant_9_what_a_witness_signed_is_attested_and_no_more() {
    let mut world = world();
    let said = seen(&mut world);
    assert_eq!(worth(&world, &by(3, &said)), Ok(Strength::Attested));
    assert_eq!(worth(&world, &Assent::new(said.clone(), None)), Ok(Strength::Claimed));
    world.kept.push(by(3, &said));
    world.publish(MINA).expect("two people");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    assert_eq!(audit.stories[&id()].links[0].confirmed[1].strength, Strength::Attested);
}

#[test]
fn invariant_8_nobody_else_attests_and_nobody_else_is_meant() {
    let mut world = world();
    let said = seen(&mut world);
    let eve = other(&said, |witness| witness.by = Who::new("Eve", EVE));
    assert_eq!(worth(&world, &by(4, &eve)), Err(NotCounted::NoWitness), "without the role");
    assert_eq!(worth(&world, &by(4, &said)), Err(NotCounted::NoWitness), "with another's key");
    let nobody = other(&said, |witness| witness.by = Who::new("Nobody", "nobody@post.example"));
    assert_eq!(worth(&world, &by(3, &nobody)), Err(NotCounted::NoWitness), "nobody on the staff list");
    let moved = Assent { signature: by(3, &said).signature, ..by(3, &other(&said, |witness| witness.review = 10)) };
    assert!(matches!(worth(&world, &moved), Err(NotCounted::BadSignature(_))), "another review");
    let account = other(&said, |witness| witness.account = 78);
    assert_eq!(worth(&world, &by(3, &account)), Err(NotCounted::OtherAccount));
    let place = other(&said, |witness| witness.place = "git.post.example/post/desk".to_owned());
    assert_eq!(worth(&world, &by(3, &place)), Err(NotCounted::OtherAccount), "a forge where Jun has no account");
    let lee = Statement { person: Who::new("Lee", LEE), ..said.clone() };
    assert_eq!(worth(&world, &by(3, &lee)), Err(NotCounted::NoNumber), "a name alone tells nobody");
    let own = Statement { person: Who::new("Desk", DESK), ..other(&said, |witness| witness.account = 3) };
    assert_eq!(worth(&world, &by(3, &own)), Err(NotCounted::Witness), "a witness of themselves");
    assert_eq!(worth(&world, &Assent::new(own, None)), Err(NotCounted::Witness));
    let elsewhere = Statement { content: crate::article::Digest::of(b"other"), ..said };
    assert_eq!(worth(&world, &by(3, &elsewhere)), Err(NotCounted::Stale));
}

#[test]
fn a_person_who_says_it_twice_is_one_person_and_the_later_word_stands() {
    let mut world = world();
    let here = world.say(JUN, Decision::Approve).expect("a statement");
    let there = seen(&mut world);
    world.kept.extend([here, by(3, &there)]);
    let circumstances = world.circumstances(MINA);
    assert_eq!(needs(&world.standing(), &circumstances).expect("words").tally.counted.len(), 2, "with Mina");
    let back = Statement { decision: Decision::Return, time: circumstances.now, ..there };
    world.kept.push(by(3, &back));
    assert!(world.publish(MINA).is_err(), "Jun sent it back on the forge");
    let again = world.say(JUN, Decision::Approve).expect("a statement");
    world.kept.push(again);
    world.publish(MINA).expect("and agreed again here");
}

#[test]
fn a_record_holds_no_yes_that_a_witness_did_not_see() {
    let mut world = world();
    let said = seen(&mut world);
    world.kept.push(by(3, &said));
    world.publish(MINA).expect("two people");
    let record = world.standing().record.expect("a record");
    let forged = |forge: &dyn Fn(&mut RecordEntry)| {
        let mut world = world.clone();
        let mut entry = record.entries[0].clone();
        forge(&mut entry);
        world.rewrite_tip(&record_path(id()), Record::new(id()).append(entry).bytes().to_vec());
        let audit = world.audit();
        let breaks = audit.stories.values().flat_map(|story| &story.breaks);
        breaks.map(|one| one.why.clone()).collect::<Vec<_>>()
    };
    let lacking = [Reason::PolicyNotMet { asked: 2, had: 1, roles: Vec::new() }];
    assert_eq!(forged(&|_| {}), []);
    let eve = other(&said, |witness| witness.by = Who::new("Eve", EVE));
    assert_eq!(forged(&|entry| entry.assents[1] = by(4, &eve)), lacking);
    assert_eq!(forged(&|entry| entry.assents[1] = by(3, &other(&said, |witness| witness.account = 78))), lacking);
    let copied = Statement { article: crate::article::ArticleId::generate(5, [1; 10], None), ..said.clone() };
    assert_eq!(forged(&|entry| entry.assents[1] = by(3, &copied)), lacking, "of another article");
    // Two accounts of one person are one person.
    let twice = other(&said, |witness| witness.review = 10);
    assert_eq!(forged(&|entry| entry.assents = vec![by(3, &said), by(3, &twice)]), lacking);
}

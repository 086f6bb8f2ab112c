//! What the policy asks of some articles and of keys, from the moves to the audit.

use proptest::prelude::*;

use super::fixture::{ANA, JUN, LEE, MINA, World, id, key, path, public, story};
use crate::ledger::{Assent, Decision, Owed, Sources, Statement, Strength};
use crate::workflow::{Missing, NotCounted, Refusal, needs};

/// A newsroom of two people with this after its settings.
fn world_with(settings: &str) -> World {
    let mut world = World::new(2);
    let desk = String::from_utf8(world.tree()[&path("desk.toml")].1.clone()).expect("text");
    world.commit_by_hand(MINA, &[("desk.toml", Some(&format!("{desk}{settings}")))]);
    world
}

fn published(world: &mut World, words: &str) {
    world.write(MINA, &story("harbor", words)).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
}

const LARGE: &str = "[[review.require]]\nwhen = { changed-words = 5 }\npeople = 3\nroles = [\"legal\"]\n";

#[test]
fn a_large_correction_asks_for_more() {
    let mut world = world_with(LARGE);
    published(&mut world, "Fares rise by four percent in May, the port said on Monday.");
    world.write(MINA, &story("harbor", "Fares rise by five percent in May, the port said on Monday.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("a small one is enough for two");
    world.write(MINA, &story("harbor", "Nothing of what stood here was true and we are sorry.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    let Err(Refusal::Missing(missing)) = world.publish(MINA) else { panic!("three are needed") };
    assert!(
        matches!(&missing[..], [Missing::Role { because: Some(why), .. }, Missing::People { count: 1, because: Some(_), .. }]
            if why.contains("words that readers have seen")),
        "{missing:?}"
    );
    world.approve(ANA).expect("approved");
    world.publish(MINA).expect("three have agreed");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let link = audit.stories[&id()].links.last().expect("a link");
    assert_eq!((link.entry.people, link.entry.roles.clone()), (3, vec!["legal".to_owned()]));
}

#[test]
fn what_a_large_correction_owes_stays_owed() {
    let mut world = world_with(&LARGE.replace("roles = [\"legal\"]\n", ""));
    published(&mut world, "Fares rise.");
    world.write(MINA, &story("harbor", "Nothing of what stood here was true and we are sorry.")).expect("saved");
    world.publish_alone(MINA).expect("published alone");
    world.approve(JUN).expect("read by a second person");
    let record = world.standing().record.expect("a record");
    assert_eq!(record.entries.last().map(|entry| (entry.people, entry.owed)), Some((3, Owed::Assents)));
    world.approve(LEE).expect("read by a third person");
    let record = world.standing().record.expect("a record");
    assert_eq!(record.entries.last().map(|entry| entry.owed), Some(Owed::Nothing));
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

/// A story that leans on somebody whom it does not name.
fn unnamed() -> String {
    story("harbor", "It is late, an official said.")
        .replace("\n[desk]", "\n[[sources]]\nname = \"a port official\"\nanonymous = true\n\n[desk]")
}

#[test]
fn who_approves_an_unnamed_source_says_that_the_desk_knows_it() {
    let mut world = World::new(2);
    world.write(MINA, &unnamed()).expect("saved");
    world.submit(MINA).expect("submitted");
    assert!(
        matches!(world.approve(JUN), Err(Refusal::SourcesNotKnown { sources }) if sources.contains("a port official"))
    );
    // A yes that does not say so, kept by other hands, does not count.
    let silent = world.say(JUN, Decision::Approve).expect("a statement");
    let mut forged = world.clone();
    forged.kept.push(silent.clone());
    let mina = forged.circumstances(MINA);
    let needs = needs(&forged.standing(), &mina).expect("needs");
    assert!(needs.tally.ignored.iter().any(|one| one.why == NotCounted::SourcesNotKnown));
    world.approve_saying(JUN, Sources::Known).expect("approved");
    world.publish(MINA).expect("published");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let record = world.standing().record.expect("a record");
    assert!(record.entries[0].assents.iter().any(|one| one.statement.sources == Sources::Known));
}

#[test]
fn two_who_both_sent_it_have_not_said_so() {
    let mut world = World::new(2);
    world.write(MINA, &unnamed()).expect("saved");
    world.submit(MINA).expect("submitted");
    world.submit(JUN).expect("agreed by sending it too");
    let Err(Refusal::Missing(missing)) = world.publish(MINA) else { panic!("nobody knows the source") };
    assert!(matches!(&missing[..], [Missing::Knowledge { sources, .. }] if sources.contains("a port official")));
    world.approve_saying(JUN, Sources::Known).expect("added");
    world.publish(MINA).expect("published");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn alone_at_night_it_is_owed_and_one_person_alone_need_not_say() {
    let mut world = World::new(2);
    world.write(MINA, &unnamed()).expect("saved");
    world.publish_alone(MINA).expect("published alone");
    assert!(matches!(world.approve(JUN), Err(Refusal::SourcesNotKnown { .. })));
    world.approve_saying(JUN, Sources::Known).expect("read");
    let audit = world.audit();
    assert!(audit.is_whole() && !audit.stories[&id()].is_owed(), "{audit:?}");
    let mut solo = World::new(1);
    solo.write(MINA, &unnamed()).expect("saved");
    solo.publish(MINA).expect("published");
    assert!(solo.audit().is_whole());
}

/// Jun signs with the key 2, which the staff list has in this form.
fn signed(form: &str) -> World {
    let mut world = World::new(2);
    relist(&mut world, form);
    world.signing.insert(JUN, key(2));
    world
}

/// Changes what the staff list says of Jun's key; `KEY` stands for it.
fn relist(world: &mut World, form: &str) {
    let staff = String::from_utf8(world.tree()[&path("staff.toml")].1.clone()).expect("text");
    let lines: String =
        staff.lines().filter(|line| !line.starts_with("keys =")).map(|line| format!("{line}\n")).collect();
    let keys = format!(
        "emails = [\"jun@post.example\"]\nkeys = [{}]\n",
        form.replace("KEY", &format!("\"{}\"", public(&key(2))))
    );
    let staff = lines.replace("emails = [\"jun@post.example\"]\n", &keys);
    world.commit_by_hand(MINA, &[("staff.toml", Some(&staff))]);
}

#[test]
fn a_retired_key_signs_nothing_new_and_what_it_signed_stands() {
    let mut world = signed("KEY");
    published(&mut world, "Fares rise.");
    relist(&mut world, "{ key = KEY, retired = true }");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let jun = audit.stories[&id()].links[0].confirmed.last().expect("Jun").strength;
    assert_eq!(jun, Strength::Proved);
    world.write(MINA, &story("harbor", "Fares fall.")).expect("saved");
    world.submit(MINA).expect("submitted");
    assert_eq!(world.approve(JUN), Err(Refusal::WouldNotCount { why: NotCounted::Retired }));
    // Kept by other hands it counts no more.
    let kept = world.say(JUN, Decision::Approve).expect("a statement");
    world.kept.push(kept);
    let Err(Refusal::Missing(_)) = world.publish(MINA) else { panic!("the key is retired") };
    let mina = world.circumstances(MINA);
    let tally = needs(&world.standing(), &mina).expect("needs").tally;
    assert!(tally.ignored.iter().any(|one| one.why == NotCounted::Retired), "{:?}", tally.ignored);
}

#[test]
fn what_was_owed_before_a_key_retired_is_still_paid() {
    let mut world = signed("KEY");
    let staff = String::from_utf8(world.tree()[&path("staff.toml")].1.clone()).expect("text");
    let staff = staff.replace("\"editorial\"", "\"editorial\", \"duty\"");
    world.commit_by_hand(MINA, &[("staff.toml", Some(&staff))]);
    world.write(JUN, &story("harbor", "Fares rise.")).expect("saved");
    world.publish_alone(JUN).expect("published alone");
    relist(&mut world, "{ key = KEY, retired = true }");
    world.approve(MINA).expect("read");
    let audit = world.audit();
    assert!(audit.is_whole() && !audit.stories[&id()].is_owed(), "{audit:?}");
}

#[test]
fn what_came_alone_is_not_paid_with_a_retired_key() {
    let mut world = signed("KEY");
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.publish_alone(MINA).expect("published alone");
    relist(&mut world, "{ key = KEY, retired = true }");
    assert_eq!(world.approve(JUN), Err(Refusal::WouldNotCount { why: NotCounted::Retired }));
    let audit = world.audit();
    assert!(audit.is_whole() && audit.stories[&id()].is_owed(), "{audit:?}");
}

#[test]
fn a_signature_by_a_key_of_nobody_is_only_a_name() {
    let mut world = World::new(2);
    world.signing.insert(JUN, key(9));
    published(&mut world, "Fares rise.");
    assert_eq!(world.audit().stories[&id()].strength(), Some(Strength::Claimed));
    let mut signed = signed("KEY");
    signed.signing.insert(LEE, key(2));
    signed.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    signed.submit(MINA).expect("submitted");
    signed.approve(LEE).expect("kept");
    let mina = signed.circumstances(MINA);
    let tally = needs(&signed.standing(), &mina).expect("needs").tally;
    assert!(tally.counted.iter().all(|one| one.strength == Strength::Claimed), "Jun's key proves nothing of Lee");
}

#[test]
fn a_statement_is_bound_to_its_word_on_sources() {
    let mut world = World::new(2);
    world.write(MINA, &unnamed()).expect("saved");
    world.submit(MINA).expect("submitted");
    let silent = world.say(JUN, Decision::Approve).expect("a statement").statement;
    let forged = Statement { sources: Sources::Known, ..silent.clone() };
    let signature = super::fixture::sign(&key(2), &silent.text());
    let assent = Assent::new(forged, Some(signature));
    let line = public(&key(2));
    assert!(assent.strength([line.as_str()]).is_err(), "what was signed says nothing of sources");
}

#[derive(Debug, Clone, Copy)]
enum Deed {
    Small(u8),
    Large(u8),
    Unnamed,
    Submit,
    Approve(Sources),
    Publish,
    Alone,
    Retire,
}

fn deeds() -> impl Strategy<Value = Vec<(Deed, &'static str)>> {
    let deed = prop_oneof![
        (0..3u8).prop_map(Deed::Small),
        (0..3u8).prop_map(Deed::Large),
        Just(Deed::Unnamed),
        Just(Deed::Submit),
        Just(Deed::Submit),
        Just(Deed::Approve(Sources::NotSaid)),
        Just(Deed::Approve(Sources::Known)),
        Just(Deed::Approve(Sources::Known)),
        Just(Deed::Publish),
        Just(Deed::Publish),
        Just(Deed::Alone),
        Just(Deed::Retire),
    ];
    prop::collection::vec((deed, prop::sample::select(vec![MINA, JUN, ANA, LEE])), 4..28)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_happens_the_policy_is_met_or_owed(deeds in deeds()) {
        let mut world = world_with(&format!("{LARGE}[[review.require]]\nwhen = {{ unnamed-source = true }}\npeople = 3\n"));
        relist(&mut world, "KEY");
        world.signing.insert(JUN, key(2));
        for (deed, person) in deeds {
            let done = match deed {
                Deed::Small(words) => world.write(person, &story("harbor", &format!("Words {words}."))),
                Deed::Large(words) => {
                    world.write(person, &story("harbor", &format!("{words} and many other words that nobody has read.")))
                }
                Deed::Unnamed => world.write(person, &unnamed()),
                Deed::Submit => world.submit(person),
                Deed::Approve(sources) => world.approve_saying(person, sources),
                Deed::Publish => world.publish(person).map(drop),
                Deed::Alone => world.publish_alone(person).map(drop),
                Deed::Retire => {
                    relist(&mut world, "{ key = KEY, retired = true }");
                    Ok(())
                }
            };
            // A refusal is as good as anything here.
            drop(done);
        }
        let audit = world.audit();
        prop_assert!(audit.is_whole(), "{:?}", audit);
        for link in audit.stories.values().flat_map(|story| &story.links) {
            let entry = &link.entry;
            prop_assert!(link.met != super::Met::No);
            if entry.owed == Owed::Nothing && matches!(entry.act, crate::ledger::Act::Move { .. }) {
                prop_assert!(link.confirmed.len() >= entry.people as usize, "{entry:?}");
                let has = |role: &String| link.confirmed.iter().flat_map(|one| &one.roles).any(|one| one.as_str() == role);
                prop_assert!(entry.roles.iter().all(has), "{entry:?}");
            }
        }
    }
}

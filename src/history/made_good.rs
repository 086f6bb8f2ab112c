//! What was changed by hand is made good openly, by everybody, or not at all.

use proptest::prelude::*;

use super::Reason;
use super::fixture::{JUN, LEE, MINA, World, id, main_file, story};
use crate::article::Amendment;
use crate::ledger::{Owed, Record, RecordEntry, record_path};
use crate::workflow::{Missing, Refusal, reopen};

/// A public article whose words Lee then changed by hand.
fn changed_by_hand() -> World {
    let mut world = World::new(2);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
    let theirs = world.standing().base.expect("public").document.text.replace("Fares rise.", "Fares fall.");
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&theirs))]);
    world.working = None;
    assert!(!world.audit().is_whole());
    world
}

/// Opens what was changed by hand as it stands.
fn reopened(world: &mut World) {
    let circumstances = world.circumstances(MINA);
    let change = reopen(&world.standing(), &circumstances).expect("it was changed by hand");
    world.apply(MINA, &change);
    world.correct(MINA, Amendment::EditorsNote, "These words were changed by mistake.").expect("readers are told");
}

#[test]
fn invariant_7_words_that_were_changed_by_hand_are_made_good_by_everybody_and_nobody_less() {
    let mut world = changed_by_hand();
    reopened(&mut world);
    // Those who agreed to the words before have not agreed to these.
    assert!(
        matches!(world.publish(MINA), Err(Refusal::Missing(missing)) if matches!(missing[..], [Missing::People { .. }]))
    );
    world.submit(MINA).expect("agreed to what stands there");
    assert!(
        matches!(world.publish(MINA), Err(Refusal::Missing(missing)) if matches!(missing[..], [Missing::People { .. }]))
    );
    assert_eq!(world.publish_alone(MINA), Err(Refusal::MendsTogether));
    world.approve(JUN).expect("agreed to what stands there");
    world.publish(MINA).expect("made good");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let story = audit.stories.values().next().expect("a story");
    assert_eq!(story.mended.len(), 1, "and it stays named");
    assert_eq!(story.mended[0].broken.why, Reason::ChangedWithoutRecord);
    // It is made good once: the next change by hand is a break of its own.
    let again = world.standing().base.expect("public").document.text.replace("Fares fall.", "Fares vanish.");
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&again))]);
    assert!(!world.audit().is_whole());
}

#[test]
fn a_hand_that_takes_a_change_back_leaves_two_steps_to_make_good() {
    let mut world = changed_by_hand();
    let back = world.standing().base.expect("public").document.text.replace("Fares fall.", "Fares rise.");
    world.commit_by_hand(JUN, &[(main_file().as_str(), Some(&back))]);
    assert_eq!(world.standing().broken.len(), 2);
    world.write(MINA, &story("harbor", "Fares rise a little.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("made good");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

type Forgery<'a> = &'a dyn Fn(&mut RecordEntry);

/// The record's new entry with something else than desk wrote.
fn forged(world: &World, forge: impl FnOnce(&mut RecordEntry)) -> World {
    let mut forged = world.clone();
    let at = record_path(id());
    let record = world.standing().record.expect("a record");
    let (last, earlier) = record.entries.split_last().expect("an entry");
    let mut entry = last.clone();
    forge(&mut entry);
    let begun = earlier.iter().cloned().fold(Record::new(record.article), |record, entry| record.append(entry));
    let bytes = begun.append(entry).bytes().to_vec();
    forged.rewrite_tip(&at, bytes);
    forged
}

#[test]
fn nothing_else_is_made_good_by_saying_so() {
    let mut world = changed_by_hand();
    reopened(&mut world);
    world.submit(MINA).expect("agreed");
    world.approve(JUN).expect("agreed");
    world.publish(MINA).expect("made good");
    assert!(world.audit().is_whole());
    let whole = |forge: &dyn Fn(&mut RecordEntry)| forged(&world, forge).audit().is_whole();
    assert!(whole(&|_| {}), "unchanged, it holds");
    let founding = world.first();
    let cases: [(&str, Forgery<'_>); 6] = [
        ("without the words", &|entry| entry.mends.clear()),
        ("another step", &|entry| entry.mends = vec![founding]),
        ("another step as well", &|entry| entry.mends.push(founding)),
        ("the same twice", &|entry| entry.mends.push(entry.mends[0])),
        ("one yes less", &|entry| drop(entry.assents.pop())),
        ("the words before the change", &|entry| entry.replaces = None),
    ];
    for (what, forge) in cases {
        assert!(!whole(forge), "{what}");
    }
}

/// What happens to an article by any hands: people of the newsroom, and somebody with another tool.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Write(u8),
    Submit,
    Approve,
    Publish,
    Alone,
    ByHand(u8),
    Reopen,
}

fn deeds() -> impl Strategy<Value = Vec<(Deed, &'static str)>> {
    let deed = prop_oneof![
        1 => (0..3u8).prop_map(Deed::Write),
        3 => Just(Deed::Submit),
        3 => Just(Deed::Approve),
        3 => Just(Deed::Publish),
        1 => Just(Deed::Alone),
        1 => (0..3u8).prop_map(Deed::ByHand),
        2 => Just(Deed::Reopen),
    ];
    prop::collection::vec((deed, prop::sample::select(vec![MINA, JUN, LEE])), 1..30)
}

fn by_hand(world: &mut World, words: u8) {
    let Some(public) = world.standing().public().cloned() else { return };
    let text = public.document.text.replace(public.document.body_text(), &format!("By hand {words}.\n"));
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&text))]);
    if world.standing().open.is_none() {
        // Whoever commits it has it in the folder.
        world.working = world.standing().base.map(|base| base.entries);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn invariant_4_where_audit_is_whole_the_public_words_have_their_people(deeds in deeds()) {
        let mut world = World::new(2);
        world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
        for (deed, person) in deeds {
            match deed {
                Deed::Write(words) => drop(world.write(person, &story("harbor", &format!("Words {words}.")))),
                Deed::Submit => drop(world.submit(person)),
                Deed::Approve => drop(world.approve(person)),
                Deed::Publish => drop(world.publish(person)),
                Deed::Alone => drop(world.publish_alone(person)),
                Deed::ByHand(words) => by_hand(&mut world, words),
                Deed::Reopen => {
                    let circumstances = world.circumstances(person);
                    if let Some(change) = reopen(&world.standing(), &circumstances) {
                        world.apply(person, &change);
                    }
                }
            }
        }
        let (standing, audit) = (world.standing(), world.audit());
        if let Some(record) = standing.record.as_ref().filter(|_| audit.is_whole()) {
            prop_assert_eq!(standing.public_digest(), record.entries.last().map(|entry| entry.content));
            let last = record.last_move().expect("it was published");
            let mut people: Vec<_> = last.assents.iter().map(|one| one.statement.person.address.clone()).collect();
            people.sort();
            people.dedup();
            prop_assert!(people.len() >= 2 || last.owed == Owed::Assents);
            prop_assert!(last.owed == Owed::Nothing || last.mends.is_empty());
        }
        // Whatever was broken is still named.
        let story = audit.stories.get(&id());
        let named = story.map_or(0, |story| story.breaks.len() + story.mended.len());
        prop_assert!(named >= standing.broken.len());
    }
}

//! Words that a forge landed: recorded afterwards by everybody's yes to just these, or a break.

use super::fixture::{ANA, JUN, LEE, MINA, World, branch, id, main_file, path, story};
use super::{Met, Reason, Recorded};
use crate::article::{ObjectId, Withdrawal};
use crate::ledger::{Record, RecordEntry, record_path};
use crate::workflow::{Brought, LandingWay, Missing, Refusal, Unfit, may_land_by, record_landing};

fn story_of(body: &str) -> String {
    story("harbor", body)
}

/// A public article that these agreed to beside Mina, and a correction of it that Mina and Jun have agreed to.
fn corrected(world: &mut World, others: &[&str]) {
    world.write(MINA, &story_of("Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    others.iter().for_each(|other| world.approve(other).expect("approved"));
    world.publish(MINA).expect("published");
    world.write(MINA, &story_of("Fares fall.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
}

fn landed() -> World {
    let mut world = World::new(2);
    corrected(&mut world, &[JUN]);
    world.merge_by_forge(&[]);
    world
}

fn reasons(world: &World) -> Vec<Reason> {
    let audit = world.audit();
    let all = audit.breaks.iter().chain(audit.stories.values().flat_map(|story| &story.breaks));
    all.map(|one| one.why.clone()).collect()
}

fn text(world: &World, at: &str) -> String {
    String::from_utf8(world.tree()[&path(at)].1.clone()).expect("text")
}

#[test]
fn what_a_forge_landed_is_a_break_until_it_is_recorded() {
    let mut world = landed();
    assert_eq!(reasons(&world), [Reason::NotRecorded]);
    let landing = world.tip();
    let words = world.standing().public_digest();
    world.record_landing(MINA).expect("everybody agreed");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let story = &audit.stories[&id()];
    assert_eq!(story.recorded, [Recorded { landed: landing, by: world.tip() }]);
    let link = story.links.last().expect("a link");
    assert_eq!((link.met, &link.entry.landed), (Met::Fully, &vec![landing]));
    assert_eq!(world.standing().public_digest(), words, "invariant 5: a stamp changes no digest");
    assert!(!world.refs.contains_key(&branch()), "the branch that brought it goes");
    assert_eq!(world.record_landing(MINA), Err(Refusal::NothingOpen), "once");
    // The next correction follows as ever.
    world.write(MINA, &story_of("Fares vanish.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn invariant_7_what_not_everybody_agreed_to_is_not_recorded() {
    let mut world = World::new(2);
    corrected(&mut world, &[JUN]);
    world.write(MINA, &story_of("Fares fall by half.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.merge_by_forge(&[]);
    let refused = world.record_landing(MINA);
    assert!(
        matches!(&refused, Err(Refusal::Missing(missing)) if matches!(missing[..], [Missing::People { .. }])),
        "{refused:?}"
    );
    assert_eq!(reasons(&world), [Reason::NotRecorded]);
    // Whoever reads it now and agrees makes the entry possible; that it came later stays visible from its place.
    world.approve_landed(JUN).expect("agreed to what stands there");
    world.record_landing(MINA).expect("everybody agreed");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn a_merge_that_is_more_than_a_landing_stays_a_change_by_hand() {
    let stays = |what: &str, change: &dyn Fn(&str) -> String| {
        let mut world = World::new(2);
        corrected(&mut world, &[JUN]);
        let head = world.standing().open.expect("open").document.text.to_string();
        world.merge_by_forge(&[(main_file(), &change(&head))]);
        let found = reasons(&world);
        assert_eq!(found, [Reason::ChangedWithoutRecord], "{what}");
        assert!(world.record_landing(MINA).is_err() || !world.audit().is_whole(), "{what}");
    };
    stays("a kept line", &|text| text.replacen("date = ", "updated = 2026-07-26T09:00:00Z\ndate = ", 1));
    stays("no note", &|text| {
        let at = text.find("[[changes]]").expect("a note");
        let end = text[at..].find("\n[desk]").map_or(text.len(), |end| at + end);
        format!("{}{}", &text[..at], &text[end..])
    });
}

#[test]
fn what_lands_on_words_that_are_not_recorded_leaves_them_broken() {
    let mut world = landed();
    let first = world.tip();
    world.refs.remove(&branch());
    world.origin = None;
    world.working = None;
    let more = text(&world, main_file().as_str()).replace("Fares fall.", "Fares fall a lot.");
    let more = world.with_note(&more, crate::article::Amendment::Update, "A lot.");
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&more))]);
    assert_eq!(reasons(&world), [Reason::NotRecorded, Reason::ChangedWithoutRecord]);
    assert_eq!(world.standing().broken, [first, world.tip()]);
    // Both are made good in the open, by everybody.
    world.write(MINA, &story_of("Fares fall, by how much nobody knows.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("made good");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    assert_eq!(audit.stories[&id()].mended.len(), 2);
}

type Forgery<'a> = &'a dyn Fn(&mut RecordEntry);

/// The record's new entry with something else than desk wrote.
fn forged(world: &World, forge: Forgery<'_>) -> World {
    let mut forged = world.clone();
    let record = world.standing().record.expect("a record");
    let (last, earlier) = record.entries.split_last().expect("an entry");
    let mut entry = last.clone();
    forge(&mut entry);
    let begun = earlier.iter().cloned().fold(Record::new(record.article), |record, entry| record.append(entry));
    forged.rewrite_tip(&record_path(id()), begun.append(entry).bytes().to_vec());
    forged
}

#[test]
fn an_entry_records_its_own_landing_and_no_other() {
    let mut world = landed();
    let (landing, before) = (world.tip(), world.standing().agreed.expect("words before").commit);
    world.record_landing(MINA).expect("recorded");
    let whole = |forge: Forgery<'_>| forged(&world, forge).audit().is_whole();
    assert!(whole(&|_| {}), "unchanged, it holds");
    let nowhere = ObjectId::from_bytes([9; 20]);
    let (founding, words) = (world.first(), world.standing().record.expect("a record").entries[0].content);
    let cases: [(&str, Forgery<'_>); 11] = [
        ("none", &|entry| entry.landed.clear()),
        ("one that is not there", &|entry| entry.landed = vec![nowhere]),
        ("the commit that made the newsroom", &|entry| entry.landed = vec![founding]),
        ("the publication before it", &|entry| entry.landed = vec![before]),
        ("twice", &|entry| entry.landed = vec![landing, landing]),
        ("another besides", &|entry| entry.landed.push(before)),
        ("and makes it good", &|entry| entry.mends = vec![landing]),
        ("makes it good instead", &|entry| entry.landed = std::mem::take(&mut entry.mends)),
        ("other words", &|entry| entry.content = words),
        ("in place of none", &|entry| entry.replaces = None),
        ("one yes less", &|entry| drop(entry.assents.pop())),
    ];
    for (what, forge) in cases {
        assert!(!whole(forge), "{what}");
    }
}

#[test]
fn a_landing_is_recorded_once() {
    let mut world = landed();
    world.record_landing(MINA).expect("recorded");
    let entry = world.standing().record.expect("a record").entries[1].clone();
    world.write(MINA, &story_of("Fares vanish.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.merge_by_forge(&[]);
    world.record_landing(MINA).expect("recorded");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let again = forged(&world, &|last| last.landed.clone_from(&entry.landed));
    assert!(!again.audit().is_whole(), "the entry names a landing that is recorded");
}

#[test]
fn invariant_2_a_landing_is_judged_by_the_rules_before_it() {
    let mut world = World::new(3);
    corrected(&mut world, &[JUN, ANA]);
    world.merge_by_forge(&[]);
    let desk = text(&world, "desk.toml");
    world.commit_by_hand(MINA, &[("desk.toml", Some(&desk.replace("people = 3", "people = 2")))]);
    assert_eq!(reasons(&world), [Reason::NotRecorded]);
    // Two are enough now. Three were asked for when it landed: desk asks for them, and audit does.
    assert!(matches!(world.record_landing(MINA), Err(Refusal::Missing(_))));
    let standing = world.standing();
    let now = world.circumstances(MINA);
    let replaced = Some(standing.agreed.as_ref().expect("words before"));
    let brought = Brought { step: standing.broken[0], replaced, then: &now };
    let change = record_landing(&standing, &now, &[], &brought, None, "").expect("by the looser rules");
    world.apply(MINA, &change);
    assert_eq!(reasons(&world), [Reason::LandedWithout { asked: 3, had: 2 }]);
}

#[test]
fn what_readers_would_see_on_the_way_does_not_land_step_by_step() {
    let mut world = World::new(2);
    corrected(&mut world, &[JUN]);
    let ways = [LandingWay::Merge, LandingWay::Squash, LandingWay::Rebase];
    let may = |world: &mut World| {
        let circumstances = world.circumstances(MINA);
        ways.map(|way| may_land_by(way, &world.standing(), &circumstances))
    };
    assert_eq!(may(&mut world), [Ok(()), Ok(()), Err(Unfit::StepByStep)]);
    // It is: the words of each saved version are public, and the last lands on words that nothing records.
    let last = world.standing().open.expect("open").document.text.to_string();
    let first = last.replace("Fares fall.", "Fares fell.");
    world.commit_by_hand(MINA, &[(main_file().as_str(), Some(&first))]);
    world.commit_by_hand(MINA, &[(main_file().as_str(), Some(&last))]);
    assert_eq!(reasons(&world), [Reason::NotRecorded, Reason::ChangedWithoutRecord]);
    assert!(world.record_landing(MINA).is_err() || !world.audit().is_whole());
    let mut hidden = World::new(2);
    hidden.write(MINA, &story_of("Fares rise.")).expect("saved");
    hidden.submit(MINA).expect("submitted");
    assert_eq!(may(&mut hidden), [Ok(()); 3]);
    hidden.approve(JUN).expect("approved");
    hidden.publish(MINA).expect("published");
    hidden.withdraw(MINA, Withdrawal::Kill).expect("withdrawn");
    assert_eq!(may(&mut hidden), [Err(Unfit::InPlaceOfANotice); 3]);
}

//! Words that readers have seen change only where readers are told.

use proptest::prelude::*;

use super::fixture::{ANA, JUN, LEE, MINA, World, id, main_file, path, story};
use super::{Audit, Met, Reason};
use crate::article::amendment::{Label, Untold, records};
use crate::article::{Amendment, RefName, Stage, Withdrawal};
use crate::ledger::{Record, record_path};
use crate::workflow::{Beside, Correction, Refusal, needs};

fn public_in(section: &str) -> World {
    let mut world = World::new(2);
    world.write(MINA, &story(section, "Nine ships wait.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(if section == "courts" { ANA } else { JUN }).expect("approved");
    world.publish(MINA).expect("published");
    world
}

fn public() -> World {
    public_in("harbor")
}

fn land(world: &mut World) {
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
}

/// A public article with one correction that readers have seen.
fn corrected() -> World {
    let mut world = public();
    world.reword(MINA, "Eight ships wait.").expect("saved");
    world.correct(MINA, Amendment::Correction, "It is eight ships, not nine.").expect("noted");
    land(&mut world);
    world
}

fn reasons(audit: &Audit) -> Vec<Reason> {
    let all = audit.breaks.iter().chain(audit.stories.values().flat_map(|story| &story.breaks));
    all.map(|one| one.why.clone()).collect()
}

fn text(world: &World) -> String {
    String::from_utf8(world.tree()[&main_file()].1.clone()).expect("text")
}

#[test]
fn nobody_can_agree_to_a_change_that_readers_are_not_told_of() {
    let mut world = public();
    world.reword(MINA, "Eight ships wait.").expect("saved");
    assert_eq!(world.submit(MINA), Err(Refusal::Untold(Untold::NoNote)));
    assert_eq!(world.publish(MINA), Err(Refusal::Untold(Untold::NoNote)));
    assert_eq!(world.publish_alone(MINA), Err(Refusal::Untold(Untold::NoNote)));
    world.correct(MINA, Amendment::Correction, "It is eight ships, not nine.").expect("noted");
    land(&mut world);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn one_person_alone_tells_readers_too() {
    let mut world = World::new(1);
    world.write(MINA, &story("harbor", "Nine ships wait.")).expect("saved");
    world.publish(MINA).expect("published");
    world.reword(MINA, "Eight ships wait.").expect("saved");
    assert_eq!(world.publish(MINA), Err(Refusal::Untold(Untold::NoNote)));
    world.correct(MINA, Amendment::Update, "One ship has left.").expect("noted");
    world.publish(MINA).expect("published");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn a_note_gives_way_until_readers_have_seen_it_and_two_stand_side_by_side_if_asked() {
    let mut world = public();
    world.reword(MINA, "Eight ships wait.").expect("saved");
    world.correct(MINA, Amendment::Update, "A ship has left.").expect("noted");
    world.correct(MINA, Amendment::Correction, "It is eight ships.").expect("noted");
    let also = Correction {
        kind: Amendment::Clarification,
        note: "They wait at anchor.".to_owned(),
        corrects: None,
        beside: Beside::Others,
    };
    world.correct_as(JUN, &also).expect("noted");
    land(&mut world);
    let told = records(&world.standing().base.expect("public").document);
    let labels: Vec<_> = told.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["correction", "clarification"]);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn a_correction_of_a_correction_names_it() {
    let mut world = corrected();
    world.reword(MINA, "Seven ships wait.").expect("saved");
    let second = |number| Correction {
        kind: Amendment::Correction,
        note: "It is seven ships; an earlier correction said eight.".to_owned(),
        corrects: Some(number),
        beside: Beside::Nothing,
    };
    for nobody in [0, 2, 9] {
        let refused = world.correct_as(MINA, &second(nobody));
        assert_eq!(refused, Err(Refusal::Untold(Untold::CorrectsNothing { number: 2 })));
    }
    world.correct_as(MINA, &second(1)).expect("noted");
    land(&mut world);
    let told = records(&world.standing().base.expect("public").document);
    assert_eq!(told.iter().map(|one| one.corrects).collect::<Vec<_>>(), [None, Some(1)]);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn a_refile_needs_one_person_even_where_a_lawyer_reads() {
    let mut world = public_in("courts");
    world.reword(LEE, "Nine ships wait").expect("saved");
    world.correct(LEE, Amendment::Refile, "A full stop.").expect("noted");
    let lee = world.circumstances(LEE);
    assert_eq!(needs(&world.standing(), &lee).expect("needs").requirement.people, 1);
    world.publish(LEE).expect("published");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let link = world.audit().stories[&id()].links.last().map(|link| (link.met, link.entry.people));
    assert_eq!(link, Some((Met::Fully, 1)));
    assert!(needs(&world.standing(), &lee).expect("needs").are_met());
}

#[test]
fn what_changes_a_word_is_no_refile() {
    let mut world = public();
    world.reword(MINA, "Eight ships wait.").expect("saved");
    let refused = world.correct(MINA, Amendment::Refile, "A typo.");
    assert!(matches!(refused, Err(Refusal::Untold(Untold::NotARefile { .. }))), "{refused:?}");
    // Somebody who types the record by hand, or changes a word after it was written, meets the same.
    let forged = world.with_note(&world.standing().open.expect("open").document.text, Amendment::Refile, "A typo.");
    if let Some(files) = &mut world.working {
        files[0].bytes = forged.into_bytes();
    }
    world.save(MINA).expect("saved");
    let refused = world.publish(MINA);
    assert!(matches!(refused, Err(Refusal::Untold(Untold::NotARefile { .. }))), "{refused:?}");
    let mina = world.circumstances(MINA);
    assert_eq!(needs(&world.standing(), &mina).expect("needs").requirement.people, 2);
}

#[test]
fn a_change_that_is_dropped_loses_no_word() {
    let mut world = public();
    let before = (text(&world), world.working.clone());
    assert_eq!(world.cancel(MINA), Err(Refusal::NothingChanged));
    world.reword(MINA, "Eight ships wait.").expect("saved");
    world.correct(MINA, Amendment::Correction, "It is eight ships, not nine.").expect("noted");
    let open = world.standing().open.expect("open");
    world.cancel(MINA).expect("dropped");
    assert_eq!((text(&world), world.working.clone()), before);
    assert!(world.standing().open.is_none() && world.refs.contains_key(&RefName::spiked(id())));
    assert_eq!(world.standing().stage(), Stage::Published);
    world.revive(JUN).expect("taken up again");
    let again = world.standing();
    assert_eq!(again.open.map(|one| one.entries), Some(open.entries));
    assert!(!world.refs.contains_key(&RefName::spiked(id())));
    land(&mut world);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let draft = &mut World::new(2);
    draft.write(MINA, &story("harbor", "Nine.")).expect("saved");
    assert!(matches!(draft.cancel(MINA), Err(Refusal::NotLegal { .. })), "a draft is spiked, not cancelled");
}

#[test]
fn what_is_kept_aside_keeps_what_was_kept_there_before() {
    let mut world = public();
    world.reword(MINA, "Eight ships wait.").expect("saved");
    world.cancel(MINA).expect("dropped");
    let first = world.refs[&RefName::spiked(id())];
    world.reword(MINA, "Seven ships wait.").expect("saved");
    world.cancel(MINA).expect("dropped");
    assert!(world.follows(world.refs[&RefName::spiked(id())], first));
    world.withdraw(MINA, Withdrawal::Kill).expect("withdrawn");
    assert!(world.follows(world.refs[&RefName::spiked(id())], first));
}

/// The landing of a correction with other words than desk would have landed, everybody's yes to just these included.
#[track_caller]
fn forged(mut world: World, change: impl Fn(&str) -> String, expected: &Reason) {
    world.reword(MINA, "Seven ships wait.").expect("saved");
    world.correct(MINA, Amendment::Correction, "It is seven ships.").expect("noted");
    let text = change(&world.standing().open.expect("open").document.text);
    world.land_by_force(&text);
    assert_eq!(reasons(&world.audit()), std::slice::from_ref(expected), "{text}");
}

#[test]
fn nothing_is_told_less_by_agreeing_to_it() {
    let untold = |why| Reason::Untold(why);
    let without = |text: &str| text.replace("note = \"It is seven ships.\"\n", "");
    forged(public(), without, &untold(Untold::Malformed { number: 1, field: "note" }));
    let first = "[[changes]]\nkind = \"correction\"";
    let dropped = |text: &str| {
        let at = text.find(first).expect("the first");
        let end = at + 1 + text[at + 1..].find("[[changes]]").expect("the second");
        format!("{}{}", &text[..at], &text[end..])
    };
    forged(corrected(), dropped, &untold(Untold::NotesChanged));
    forged(corrected(), |text| text.replace("not nine", "not ten"), &untold(Untold::NotesChanged));
    let swapped = |text: &str| {
        text.replace("It is eight ships, not nine.", "1")
            .replace("It is seven ships.", "It is eight ships, not nine.")
            .replace("\"1\"", "\"It is seven ships.\"")
    };
    forged(corrected(), swapped, &untold(Untold::NotesChanged));
    let second_gone = |text: &str| {
        let at = text.rfind("[[changes]]").expect("one");
        let end = text.find("[desk]").expect("one");
        format!("{}{}", &text[..at], &text[end..])
    };
    forged(public(), second_gone, &untold(Untold::NoNote));
    forged(corrected(), second_gone, &untold(Untold::NoNote));
    let kill = |text: &str| text.replacen("kind = \"correction\"", "kind = \"kill\"", 1);
    forged(public(), kill, &untold(Untold::Malformed { number: 1, field: "kind" }));
    let nothing =
        |text: &str| text.replacen("[desk]", "corrects = 1\n\n[desk]", 1).replacen("\n\ncorrects", "\ncorrects", 1);
    forged(public(), nothing, &untold(Untold::CorrectsNothing { number: 1 }));
    let refile = |text: &str| text.replacen("kind = \"correction\"", "kind = \"refile\"", 1);
    forged(public(), refile, &untold(Untold::NotARefile { place: "paragraph 1".to_owned() }));
}

#[test]
fn a_retraction_drops_no_note_that_readers_have_seen() {
    let mut world = corrected();
    world.withdraw(MINA, Withdrawal::Retraction).expect("withdrawn");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let all = text(&world);
    let at = all.find("[[changes]]").expect("one");
    let end = at + 1 + all[at + 1..].find("[[changes]]").expect("another");
    let mut forged = world.clone();
    forged.rewrite_tip(&main_file(), format!("{}{}", &all[..at], &all[end..]).into_bytes());
    assert!(reasons(&forged.audit()).contains(&Reason::NotANotice), "{:?}", reasons(&forged.audit()));
}

#[test]
fn words_that_come_back_say_that_they_were_withdrawn() {
    for kind in Withdrawal::ALL {
        let mut world = corrected();
        world.withdraw(MINA, kind).expect("withdrawn");
        world.revive(MINA).expect("revived");
        let open = world.standing().open.expect("open");
        let labels: Vec<_> = records(&open.document).iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["correction", kind.as_str()]);
        // Whoever takes the record out of the draft gets no further with it.
        let mut silent = world.clone();
        let at = open.document.text.rfind("[[changes]]").expect("one");
        let end = open.document.text.find("[desk]").expect("one");
        let without = format!("{}{}", &open.document.text[..at], &open.document.text[end..]);
        silent.working.as_mut().expect("laid out")[0].bytes = without.clone().into_bytes();
        silent.save(MINA).expect("saved");
        assert_eq!(silent.submit(MINA), Err(Refusal::Untold(Untold::NotesChanged)));
        assert_eq!(silent.publish(MINA), Err(Refusal::Untold(Untold::NotesChanged)));
        land(&mut world);
        assert!(world.audit().is_whole(), "{:?}", world.audit());
        assert!(text(&world).contains("Our only source lied.") && text(&world).contains("Eight ships wait."));
    }
}

/// A newsroom of before the rule, with a correction that tells readers nothing.
fn of_before() -> World {
    let mut world = public();
    let desk = String::from_utf8(world.tree()[&path("desk.toml")].1.clone()).expect("text");
    let mut old = World::begun_with(&[
        ("desk.toml", Some(&desk.replace("format = 2\n", ""))),
        ("staff.toml", Some(std::str::from_utf8(&world.tree()[&path("staff.toml")].1).expect("text"))),
    ]);
    std::mem::swap(&mut world, &mut old);
    world.write(MINA, &story("harbor", "Nine ships wait.")).expect("saved");
    land(&mut world);
    world.reword(MINA, "Eight ships wait.").expect("saved");
    let text = world.standing().open.expect("open").document.text.to_string();
    world.land_by_force(&text);
    world
}

#[test]
fn what_landed_before_the_rule_is_judged_without_it() {
    let mut world = of_before();
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let desk = String::from_utf8(world.tree()[&path("desk.toml")].1.clone()).expect("text");
    let newer = desk.replace("[newsroom]\n", "[newsroom]\nformat = 2\n");
    world.commit_by_hand(MINA, &[("desk.toml", Some(&newer))]);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    // From there on it holds, also for words that were public before.
    let mut silent = world.clone();
    silent.reword(MINA, "Seven ships wait.").expect("saved");
    let text = silent.standing().open.expect("open").document.text.to_string();
    silent.land_by_force(&text);
    assert_eq!(reasons(&silent.audit()), [Reason::Untold(Untold::NoNote)]);
    // And nobody takes it back.
    world.commit_by_hand(MINA, &[("desk.toml", Some(&desk))]);
    assert_eq!(reasons(&world.audit()), [Reason::FormatLowered]);
}

#[test]
fn what_was_changed_by_hand_is_told_against_what_was_agreed_to() {
    let mut world = corrected();
    // By hand the words change, and the note under them.
    let theirs = text(&world).replace("Eight ships wait.", "Six ships wait.").replace("not nine", "not ten");
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&theirs))]);
    world.working = None;
    let circumstances = world.circumstances(MINA);
    let change = crate::workflow::reopen(&world.standing(), &circumstances).expect("it was changed by hand");
    world.apply(MINA, &change);
    assert_eq!(world.submit(MINA), Err(Refusal::Untold(Untold::NotesChanged)));
    let whole = theirs.replace("not ten", "not nine");
    world.working = Some(world.standing().open.expect("open").entries);
    world.working.as_mut().expect("laid out")[0].bytes = whole.into_bytes();
    world.save(MINA).expect("saved");
    assert_eq!(world.submit(MINA), Err(Refusal::Untold(Untold::NoNote)));
    world.correct(MINA, Amendment::Correction, "It is six ships.").expect("noted");
    land(&mut world);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[derive(Debug, Clone)]
enum Deed {
    Reword(u8),
    Note(Amendment),
    Drop,
    Submit,
    Approve,
    Publish,
    Cancel,
    Revive,
}

fn deeds() -> impl Strategy<Value = Vec<(Deed, &'static str)>> {
    let deed = prop_oneof![
        2 => (0..3u8).prop_map(Deed::Reword),
        3 => prop::sample::select(Amendment::ALL.to_vec()).prop_map(Deed::Note),
        1 => Just(Deed::Drop),
        3 => Just(Deed::Submit),
        3 => Just(Deed::Approve),
        4 => Just(Deed::Publish),
        1 => Just(Deed::Cancel),
        1 => Just(Deed::Revive),
    ];
    prop::collection::vec((deed, prop::sample::select(vec![MINA, JUN, LEE])), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn readers_are_told_of_every_change_and_no_note_ever_goes(people in 1..3u32, deeds in deeds()) {
        let mut world = World::new(people);
        world.write(MINA, &story("harbor", "Words 0.")).expect("saved");
        world.submit(MINA).expect("submitted");
        if people > 1 {
            world.approve(JUN).expect("approved");
        }
        world.publish(MINA).expect("published");
        let mut seen = Vec::new();
        for (deed, person) in deeds {
            let before = world.standing().base.expect("public");
            let done = match deed {
                Deed::Reword(words) => world.reword(person, &format!("Words {words}.")),
                Deed::Note(kind) => world.correct(person, kind, "Words 0, 1 and 2."),
                Deed::Drop => {
                    let open = world.standing().open.map(|open| open.document.text.replace("[[changes]]", "[[other]]"));
                    if let (Some(text), Some(files)) = (open, &mut world.working) {
                        files[0].bytes = text.into_bytes();
                    }
                    world.save(person)
                }
                Deed::Submit => world.submit(person),
                Deed::Approve => world.approve(person),
                Deed::Publish => world.publish(person).map(drop),
                Deed::Cancel => world.cancel(person),
                Deed::Revive => world.revive(person),
            };
            drop(done);
            let after = world.standing().base.expect("public");
            let notes = records(&after.document);
            prop_assert!(notes.starts_with(&seen));
            if after.document.body_text() != before.document.body_text() {
                let told = &notes[seen.len()..];
                prop_assert!(!told.is_empty());
                prop_assert!(told.iter().all(|one| one.label != Label::Change(Amendment::Refile)));
            }
            seen = notes;
        }
        prop_assert!(world.audit().is_whole(), "{:?}", world.audit());
        let record = world.tree().get(&record_path(id())).map(|(_, bytes)| bytes.clone()).expect("a record");
        let record = Record::read(&record_path(id()), &record).expect("a record");
        prop_assert_eq!(record.entries.len(), seen.len() + 1);
    }
}

//! What holds whatever happens: the invariants of the moves, each history judged at its end.

use proptest::prelude::*;

use super::Story;
use super::fixture::{ANA, JUN, LEE, MINA, World, main_file, story};
use crate::article::kept::without_kept_lines;
use crate::article::{Amendment, Digest, RefName, Stage};
use crate::config::Signatures;
use crate::ledger::{Assent, Decision, Owed, Statement, Strength, Who};
use crate::workflow::{Fact, Ignored, Missing, NotCounted, Refusal, Together, Why, facts, inbox, needs, publish};

fn in_review(people: u32) -> World {
    let mut world = World::new(people);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world
}

#[test]
fn a_story_goes_from_a_draft_to_the_public() {
    let mut world = in_review(2);
    assert!(
        matches!(world.publish(MINA), Err(Refusal::Missing(missing)) if matches!(missing[..], [Missing::People { count: 1, .. }]))
    );
    world.approve(JUN).expect("approved");
    let digest = world.publish(MINA).expect("published");
    let standing = world.standing();
    assert_eq!(standing.public_digest(), Some(digest));
    assert!(standing.open.is_none() && standing.stage() == Stage::Published && !standing.is_unsaved());
    let text = String::from_utf8(world.tree()[&main_file()].1.clone()).expect("text");
    assert!(text.contains("draft = false\n") && text.contains("date = 2026-"), "{text}");
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let story = audit.stories.values().next().expect("a story");
    assert_eq!((story.links.len(), story.links[0].confirmed.len()), (1, 2));
}

#[test]
fn one_person_alone_needs_no_more_than_publish() {
    let mut world = World::new(1);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.publish(MINA).expect("published");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    world.write(MINA, &story("harbor", "Fares rise a lot.")).expect("saved");
    let mina = world.circumstances(MINA);
    assert_eq!(facts(&world.standing(), &mina), [Fact::Correcting]);
    world.publish(MINA).expect("corrected");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn invariant_4_only_the_words_that_were_agreed_to_become_public() {
    let mut world = in_review(2);
    world.approve(JUN).expect("approved");
    world.write(MINA, &story("harbor", "Fares rise, again.")).expect("saved");
    let mina = world.circumstances(MINA);
    assert_eq!(facts(&world.standing(), &mina), [Fact::Stale]);
    assert!(matches!(world.publish(MINA), Err(Refusal::Missing(_))));
    // A yes to the words before does not carry over, even when it is handed in with the move.
    let old = world.kept[0].clone();
    let together = Together::WithOthers { note: String::new() };
    let refused = publish(&world.standing(), &mina, &[], Some(&old), &together);
    assert!(matches!(refused, Err(Refusal::OtherWords { .. })));
    world.submit(MINA).expect("agreed to the new words");
    world.approve(JUN).expect("agreed to the new words");
    let digest = world.publish(JUN).expect("published");
    assert_eq!(world.standing().public_digest(), Some(digest));
}

#[test]
fn invariant_4_what_is_unsaved_is_never_published() {
    let mut world = in_review(1);
    if let Some(files) = &mut world.working {
        files[0].bytes.extend_from_slice(b"More.\n");
    }
    assert_eq!(world.publish(MINA), Err(Refusal::Unsaved));
}

#[test]
fn invariant_5_a_stamp_changes_no_digest() {
    let mut world = in_review(1);
    let before = world.standing().open.expect("open");
    world.publish(MINA).expect("published");
    let after = world.standing().base.expect("public");
    assert_eq!(before.digest, after.digest);
    let words = |bytes: &[u8]| without_kept_lines(bytes);
    assert_eq!(words(before.document.text.as_bytes()), words(after.document.text.as_bytes()));
}

#[test]
fn invariant_6_an_assent_binds_everything_it_names() {
    let mut world = in_review(2);
    let sound = world.say(JUN, Decision::Approve).expect("a statement").statement;
    let mina = world.circumstances(MINA);
    let judged = |statement: Statement| {
        let mut standing = world.standing();
        standing.assents.push(Assent::new(statement, None));
        let needs = needs(&standing, &mina).expect("needs");
        (needs.are_met(), needs.tally.ignored.last().map(|ignored| ignored.why.clone()))
    };
    assert_eq!(judged(sound.clone()), (true, None));
    let other = Digest::of(b"other");
    let elsewhere = crate::article::ArticleId::generate(9, [9; 10], None);
    let cases = [
        (Statement { newsroom: "other".to_owned(), ..sound.clone() }, NotCounted::OtherNewsroom),
        (Statement { article: elsewhere, ..sound.clone() }, NotCounted::OtherArticle),
        (Statement { content: other, ..sound.clone() }, NotCounted::Stale),
        (Statement { replaces: Some(other), ..sound.clone() }, NotCounted::OtherPredecessor),
        (Statement { person: Who::new("Jun Seo", "jun@elsewhere.example"), ..sound.clone() }, NotCounted::Unknown),
        (Statement { decision: Decision::Return, ..sound.clone() }, NotCounted::Returned),
    ];
    for (statement, why) in cases {
        assert_eq!(judged(statement), (false, Some(why)));
    }
}

#[test]
fn invariant_6_a_role_counts_only_where_it_is_named_and_had() {
    let mut world = World::new(2);
    world.write(MINA, &story("courts", "The court heard.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    assert!(matches!(&world.publish(MINA), Err(Refusal::Missing(missing))
        if matches!(&missing[..], [Missing::Role { because: Some(reason), could, .. }] if reason.contains("courts") && could == &["Ana Ruiz"])));
    let ana = world.say(ANA, Decision::Approve).expect("a statement").statement;
    let circumstances = world.circumstances(ANA);
    let met = |statement: Statement| {
        let mut standing = world.standing();
        standing.assents.push(Assent::new(statement, None));
        needs(&standing, &circumstances).expect("needs").are_met()
    };
    assert!(!met(Statement { roles: Vec::new(), ..ana.clone() }), "the role is not named");
    assert!(!met(Statement { person: Who::new("Lee", LEE), ..ana.clone() }), "the role is not had");
    assert!(met(ana));
}

#[test]
fn invariant_7_nobody_is_two_people() {
    let mut world = in_review(2);
    assert!(matches!(world.approve(MINA), Err(Refusal::AlreadyAssented { decision: Decision::Submit, .. })));
    assert!(matches!(world.approve("park@home.example"), Err(Refusal::AlreadyAssented { .. })));
    let sound = world.say(MINA, Decision::Approve).expect("a statement").statement;
    world.kept.push(Assent::new(Statement { person: Who::new("M", "PARK@home.example"), ..sound }, None));
    assert!(matches!(world.publish(MINA), Err(Refusal::Missing(_))));
}

#[test]
fn invariant_7_alone_is_for_duty_with_a_reason_and_stays_owed() {
    let mut world = in_review(2);
    assert!(matches!(in_review(3).publish_alone(JUN), Err(Refusal::NoRole { .. })));
    let silent = Together::Alone { note: " ".to_owned() };
    assert_eq!(world.publish_as(MINA, &silent), Err(Refusal::NoNote));
    world.publish_alone(MINA).expect("published alone");
    let record = world.standing().record.expect("a record");
    assert_eq!(record.entries[0].owed, Owed::Assents);
    assert!(world.audit().is_whole() && world.audit().stories.values().all(Story::is_owed));
    assert!(matches!(world.approve(MINA), Err(Refusal::AlreadyAssented { .. })));
    let jun = world.circumstances(JUN);
    assert!(matches!(inbox(&[world.standing()], &jun).your_move[0].why, Why::Alone { .. }));
    world.approve(JUN).expect("read by a second person");
    assert_eq!(facts(&world.standing(), &jun), []);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    assert!(!world.audit().stories.values().any(Story::is_owed));
    assert_eq!(world.approve(LEE), Err(Refusal::NothingOpen));
}

#[test]
fn invariant_7_alone_never_waives_legal() {
    let mut world = World::new(2);
    world.write(MINA, &story("courts", "The court heard.")).expect("saved");
    assert!(
        matches!(world.publish_alone(MINA), Err(Refusal::Missing(missing)) if matches!(missing[..], [Missing::Role { .. }]))
    );
    world.submit(MINA).expect("submitted");
    world.approve(ANA).expect("approved");
    world.publish_alone(MINA).expect("all that is needed is there");
    assert!(world.audit().is_whole());
}

#[test]
fn invariant_8_what_is_unknown_never_counts() {
    let mut world = in_review(2);
    let stranger = "stranger@elsewhere.example";
    assert!(matches!(world.approve(stranger), Err(Refusal::NotOnStaff { .. })));
    let sound = world.say(JUN, Decision::Approve).expect("a statement").statement;
    let mut mina = world.circumstances(MINA);
    let mut standing = world.standing();
    standing.assents.push(Assent::new(sound.clone(), Some("no signature".to_owned())));
    let tally = needs(&standing, &mina).expect("needs").tally;
    assert!(matches!(tally.ignored[..], [Ignored { why: NotCounted::BadSignature(_), .. }]));
    standing.assents.pop();
    standing.assents.push(Assent::new(sound, None));
    let tally = needs(&standing, &mina).expect("needs").tally;
    assert!(tally.counted.iter().all(|counted| counted.strength == Strength::Claimed));
    mina.review.signatures = Signatures::Required;
    assert_eq!(needs(&standing, &mina).expect("needs").tally.counted, []);
}

#[test]
fn the_last_word_of_a_person_counts() {
    let mut world = in_review(2);
    world.approve(JUN).expect("approved");
    world.send_back(JUN).expect("returned");
    assert_eq!(world.standing().stage(), Stage::Draft);
    let mina = world.circumstances(MINA);
    assert!(matches!(inbox(&[world.standing()], &mina).your_move[0].why, Why::Returned { .. }));
    assert!(matches!(world.publish(MINA), Err(Refusal::Missing(_))));
}

#[test]
fn what_both_changed_is_lost_by_neither() {
    let mut world = in_review(1);
    world.publish(MINA).expect("published");
    world.write(MINA, &story("harbor", "Mine.")).expect("saved");
    let theirs = world.standing().base.expect("public").document.text.replace("Fares rise.", "Theirs.");
    world.commit_by_hand(JUN, &[(main_file().as_str(), Some(&theirs))]);
    assert!(matches!(world.publish(MINA), Err(Refusal::Conflict { places }) if places == [main_file().to_string()]));
    assert!(world.standing().open.is_some_and(|open| open.body().blocks[0].text == "Mine."));
}

#[test]
fn nothing_else_on_the_branch_lands() {
    let mut world = in_review(1);
    let before = world.tree().clone();
    world.publish(MINA).expect("published");
    let new: Vec<_> = world.tree().keys().filter(|path| !before.contains_key(*path)).map(ToString::to_string).collect();
    assert_eq!(new, [main_file().to_string(), format!("records/{}.toml", super::fixture::id())]);
}

#[test]
fn spiked_is_kept_and_can_be_revived() {
    let mut world = in_review(2);
    let digest = world.standing().open.expect("open").digest;
    world.spike(MINA).expect("spiked");
    assert!(world.working.is_none() && world.standing().open.is_none());
    assert_eq!(world.standing().stage(), Stage::Spiked);
    assert!(world.refs.contains_key(&RefName::spiked(super::fixture::id())));
    world.revive(MINA).expect("revived");
    let standing = world.standing();
    assert_eq!((standing.stage(), standing.spiked.is_none(), standing.is_unsaved()), (Stage::Draft, true, false));
    assert_eq!(standing.open.expect("open").digest, digest);
    assert!(matches!(world.revive(MINA), Err(Refusal::NotLegal { .. })));
}

#[test]
fn what_readers_see_is_only_ever_corrected() {
    let mut world = World::new(1);
    world.write(MINA, &story("harbor", "One.")).expect("saved");
    world.spike(MINA).expect("spiked");
    world.write(MINA, &story("harbor", "Two.")).expect("begun anew");
    world.publish(MINA).expect("published");
    assert!(matches!(world.revive(MINA), Err(Refusal::NotLegal { stage: Stage::Published, .. })));
    let draft = world.standing().base.expect("public").document.text.replace("\"published\"", "\"draft\"");
    let noted = world.with_note(&draft.replace("Two.", "Three."), Amendment::Update, "It is three.");
    if let Some(files) = &mut world.working {
        files[0].bytes = noted.into_bytes();
    }
    world.save(MINA).expect("saved, whatever stage somebody wrote");
    world.publish(MINA).expect("corrected");
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    assert_eq!(world.standing().record.expect("a record").entries[1].act.word(), "correct");
}

#[derive(Debug, Clone, Copy)]
enum Deed {
    Write(u8),
    Submit,
    Approve,
    Return,
    Publish,
    Alone,
    Spike,
    Revive,
}

fn deeds() -> impl Strategy<Value = Vec<(Deed, &'static str)>> {
    let deed = prop_oneof![
        (0..3u8).prop_map(Deed::Write),
        Just(Deed::Submit),
        Just(Deed::Submit),
        Just(Deed::Approve),
        Just(Deed::Approve),
        Just(Deed::Return),
        Just(Deed::Publish),
        Just(Deed::Publish),
        Just(Deed::Alone),
        Just(Deed::Spike),
        Just(Deed::Revive),
    ];
    let person = prop::sample::select(vec![MINA, JUN, ANA, LEE, "stranger@elsewhere.example", "park@home.example"]);
    prop::collection::vec((deed, person), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn invariant_7_no_path_publishes_without_enough_assents(people in 1..4u32, deeds in deeds()) {
        let mut world = World::new(people);
        for (deed, person) in deeds {
            let before = world.clone();
            let done = match deed {
                Deed::Write(words) => world.write(person, &story("harbor", &format!("Words {words}."))),
                Deed::Submit => world.submit(person),
                Deed::Approve => world.approve(person),
                Deed::Return => world.send_back(person),
                Deed::Publish => world.publish(person).map(drop),
                Deed::Alone => world.publish_alone(person).map(drop),
                Deed::Spike => world.spike(person),
                Deed::Revive => world.revive(person),
            };
            if done.is_err() {
                prop_assert_eq!(&world.refs, &before.refs, "a refusal changes nothing");
            }
        }
        let standing = world.standing();
        if let Some(record) = &standing.record {
            for entry in &record.entries {
                let mut addresses: Vec<_> = entry.assents.iter().map(|one| {
                    let address = one.statement.person.address.as_str();
                    if address == "park@home.example" { MINA } else { address }
                }).collect();
                addresses.sort_unstable();
                addresses.dedup();
                prop_assert!(entry.owed == Owed::Assents || entry.act.word() == "assent" || addresses.len() >= people as usize);
                prop_assert!(entry.assents.iter().all(|one| one.statement.content == entry.content));
            }
            prop_assert_eq!(standing.public_digest(), record.entries.last().map(|entry| entry.content));
        }
        let audit = world.audit();
        prop_assert!(audit.is_whole(), "{:?}", audit);
    }
}

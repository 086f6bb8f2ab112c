//! Where nobody may push to the public version: sealed before review, public by the merge, recorded by the next change.

use std::collections::BTreeSet;

use super::fixture::{JUN, LEE, MINA, World, branch, id, main_file, path, story};
use super::{Bench, Reason, Rules, judge_proposed};
use crate::article::{Digest, ObjectId};
use crate::ledger::record_path;
use crate::workflow::Refusal;

fn world() -> World {
    let mut world = World::new(2);
    let desk = text(&world, "desk.toml").replace("[review]\n", "[review]\nstamp = \"submit\"\n");
    world.commit_by_hand(MINA, &[("desk.toml", Some(&desk))]);
    world
}

fn text(world: &World, at: &str) -> String {
    String::from_utf8(world.tree()[&path(at)].1.clone()).expect("text")
}

/// A sealed article that Mina and Jun agreed to and a forge merged.
fn landed() -> (World, Digest) {
    let mut world = world();
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    assert_eq!(world.seal(MINA), Err(Refusal::NotSubmitted));
    world.submit(MINA).expect("submitted");
    let content = world.standing().open.expect("open").digest.expect("a digest");
    world.seal(MINA).expect("sealed");
    assert_eq!(world.standing().open.expect("open").digest, Ok(content), "invariant 5");
    world.approve(JUN).expect("approved");
    world.merge_by_forge(&[]);
    world.close();
    (world, content)
}

fn reasons(world: &World) -> Vec<Reason> {
    let audit = world.audit();
    let all = audit.breaks.iter().chain(audit.stories.values().flat_map(|story| &story.breaks));
    all.map(|one| one.why.clone()).collect()
}

/// What is wrong with a commit of the branch.
fn proposed(world: &World, commit: ObjectId) -> Vec<Reason> {
    let Ok(rules) = Rules::read(world, world.tip());
    let rules = rules.expect("rules").expect("a newsroom");
    let corrections = BTreeSet::from([id()]);
    let bench = Bench { base: world.tip(), rules: &rules, corrections: &corrections };
    let Ok(breaks) = judge_proposed(&[world.step(commit)], world, &bench);
    breaks.into_iter().map(|one| one.why).collect()
}

#[test]
fn what_landed_sealed_is_whole_with_everybodys_kept_yes_and_the_record_follows() {
    let (mut world, content) = landed();
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let story = &audit.stories[&id()];
    let following = story.following.as_ref().expect("its record follows");
    assert_eq!((following.landed, following.confirmed.len()), (world.tip(), 2));
    assert!(story.strength().is_some() && story.links.is_empty());
    // One yes less, and it is a break.
    let mut less = world.clone();
    less.kept.retain(|assent| assent.statement.person.address != JUN);
    assert_eq!(reasons(&less), [Reason::NotRecorded]);
    assert!(matches!(less.sealed_record(MINA), Err(Refusal::Missing(_))));
    // The next change of whatever article brings the entry; nothing that is kept is needed from then on.
    let record = world.sealed_record(MINA).expect("an entry");
    let at = record_path(id());
    world.commit_by_hand(LEE, &[(at.as_str(), Some(&record)), ("README.md", Some("Hello"))]);
    world.kept.clear();
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    assert_eq!(audit.stories[&id()].recorded.len(), 1);
    assert_eq!(world.standing().record.expect("a record").entries[0].content, content);
}

#[test]
fn what_was_merged_without_everybodys_yes_is_a_break() {
    let mut world = world();
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.seal(MINA).expect("sealed");
    world.merge_by_forge(&[]);
    world.close();
    assert_eq!(reasons(&world), [Reason::NotRecorded]);
    // Where desk may push, nothing is sealed, and what somebody sealed by hand is no landing.
    let mut usual = World::new(2);
    usual.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    usual.submit(MINA).expect("submitted");
    assert!(matches!(usual.seal(MINA), Err(Refusal::NotLegal { .. })));
    let by_hand = String::from_utf8(usual.standing().open.expect("open").entries[0].bytes.clone()).expect("text");
    let by_hand = by_hand
        .replace("draft = true", "draft = false\ndate = 2026-07-25T09:00:00Z")
        .replace("\"review\"", "\"published\"");
    usual.approve(JUN).expect("approved");
    usual.merge_by_forge(&[(main_file(), &by_hand)]);
    assert_eq!(reasons(&usual), [Reason::PublicWithoutRecord]);
}

#[test]
fn the_entry_of_what_landed_comes_with_the_next_words_of_the_same_article() {
    let (mut world, _) = landed();
    let record = world.sealed_record(MINA).expect("an entry");
    world.write(MINA, &story("harbor", "Fares fall.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.seal(MINA).expect("sealed");
    world.approve(JUN).expect("approved");
    world.merge_by_forge(&[(record_path(id()), &record)]);
    world.close();
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    let told = &audit.stories[&id()];
    assert_eq!((told.recorded.len(), told.links.len()), (1, 1));
    assert_eq!(told.following.as_ref().map(|one| one.landed), Some(world.tip()));
    let record = world.sealed_record(MINA).expect("the next entry");
    world.commit_by_hand(LEE, &[(record_path(id()).as_str(), Some(&record))]);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    // Without the entry of the first, the second lands on words that nothing records.
    let (mut world, _) = landed();
    world.write(MINA, &story("harbor", "Fares fall.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.seal(MINA).expect("sealed");
    world.approve(JUN).expect("approved");
    world.merge_by_forge(&[]);
    assert_eq!(reasons(&world), [Reason::NotRecorded, Reason::ChangedWithoutRecord]);
}

#[test]
fn a_proposed_change_brings_exactly_that_entry_and_nothing_else_in_records() {
    let (mut world, _) = landed();
    let record = world.sealed_record(MINA).expect("an entry");
    let at = record_path(id());
    world.write(MINA, &story("harbor", "Fares fall.")).expect("saved");
    let branch_before = world.refs[&branch()];
    let mut tried = |files: &[(crate::article::RepoPath, &str)]| {
        world.refs.insert(branch(), branch_before);
        let commit = world.commit_on_branch(MINA, files);
        proposed(&world, commit)
    };
    assert_eq!(tried(&[(at.clone(), &record)]), []);
    let changed = [Reason::RecordsChanged];
    assert_eq!(tried(&[(at.clone(), &record), (path("records/more.toml"), "x")]), changed);
    assert_eq!(tried(&[(at.clone(), &record.replace("people = 2", "people = 1"))]), changed);
    assert_eq!(tried(&[(at.clone(), &format!("{record}# more\n"))]), changed);
    let half = record.split("[[entry.assent]]").next().expect("a part").to_owned();
    assert_eq!(tried(&[(at.clone(), &half)]), changed, "without the yes of anybody");
    let header = record.split("\n[[entry]]").next().expect("a part").to_owned();
    assert_eq!(tried(&[(at.clone(), &header)]), changed, "no entry");
}

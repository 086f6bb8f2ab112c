//! What is withdrawn: at once, by whom the rules name, and with nothing but a notice in its place.

use super::fixture::{ANA, JUN, LEE, MINA, World, id, main_file, path, story};
use super::{Met, Reason};
use crate::article::{RefName, Stage, Withdrawal};
use crate::ledger::record_path;
use crate::workflow::{Fact, Refusal, facts};

fn published() -> World {
    let mut world = World::new(2);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
    world
}

fn text(world: &World) -> String {
    String::from_utf8(world.tree()[&main_file()].1.clone()).expect("text")
}

#[test]
fn one_permitted_person_withdraws_at_once_and_owes_it() {
    let mut world = published();
    // Mina has `duty`; Lee has no role.
    assert!(matches!(world.withdraw(LEE, Withdrawal::Kill), Err(Refusal::MayNotWithdraw { .. })));
    world.withdraw(MINA, Withdrawal::Retraction).expect("withdrawn");
    let standing = world.standing();
    assert_eq!((standing.stage(), standing.is_unsaved()), (Stage::Withdrawn, false));
    assert!(text(&world).contains("Our only source lied.") && !text(&world).contains("Fares rise."));
    let mina = world.circumstances(MINA);
    assert_eq!(facts(&standing, &mina), [Fact::Owed]);
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    assert_eq!(audit.stories[&id()].links.last().map(|link| link.met), Some(Met::Alone));
    world.approve(JUN).expect("paid");
    assert_eq!(facts(&world.standing(), &mina), []);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn a_lawyer_withdraws_and_waits_for_nobody() {
    let mut world = published();
    world.withdraw(ANA, Withdrawal::Legal).expect("withdrawn");
    assert!(!text(&world).contains("Ferry fares"), "{}", text(&world));
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let again = world.withdraw(ANA, Withdrawal::Legal);
    assert!(matches!(again, Err(Refusal::NotLegal { stage: Stage::Withdrawn, .. })), "{again:?}");
}

#[test]
fn an_open_correction_is_kept_aside() {
    let mut world = published();
    world.write(MINA, &story("harbor", "Fares fall.")).expect("saved");
    world.withdraw(MINA, Withdrawal::Kill).expect("withdrawn");
    let standing = world.standing();
    assert!(standing.open.is_none() && world.refs.contains_key(&RefName::spiked(id())));
    assert!(standing.spiked.is_some_and(|kept| kept.document.text.contains("Fares fall.")));
    assert!(world.audit().is_whole(), "{:?}", world.audit());
}

#[test]
fn what_was_withdrawn_comes_back_through_full_review() {
    for kept in [true, false] {
        let mut world = published();
        world.withdraw(MINA, Withdrawal::Retraction).expect("withdrawn");
        if !kept {
            // A colleague's copy has no words kept aside.
            world.refs.remove(&RefName::spiked(id()));
        }
        world.revive(JUN).expect("revived");
        let standing = world.standing();
        assert_eq!(standing.stage(), Stage::Draft);
        assert!(standing.withdrawn().is_some(), "the notice stays");
        let body = standing.open.as_ref().map_or("", |open| open.document.body_text().trim());
        assert_eq!(body, if kept { "Fares rise." } else { "Our only source lied." });
        assert!(world.publish(JUN).is_err(), "not before review");
        world.submit(JUN).expect("submitted");
        assert!(world.publish(JUN).is_err(), "not on one person's word");
        world.approve(MINA).expect("approved");
        world.publish(JUN).expect("published");
        assert_eq!(world.standing().stage(), Stage::Published);
        assert!(world.audit().is_whole(), "{:?}", world.audit());
    }
}

/// A commit by hand in place of the withdrawal, as somebody would make it who wants to say more.
#[track_caller]
fn forged(change: impl Fn(&mut World)) -> Vec<Reason> {
    let mut world = published();
    world.withdraw(MINA, Withdrawal::Kill).expect("withdrawn");
    change(&mut world);
    let audit = world.audit();
    let all = audit.breaks.iter().chain(audit.stories.values().flat_map(|story| &story.breaks));
    all.map(|one| one.why.clone()).collect()
}

#[test]
fn invariant_4_a_withdrawal_says_nothing_but_its_note() {
    let found = forged(|world| {
        let more = text(world).replace("Our only source lied.\n", "Our only source lied. So did the mayor.\n");
        world.rewrite_tip(&main_file(), more.into_bytes());
    });
    assert!(found.contains(&Reason::NotANotice), "{found:?}");
    let found = forged(|world| world.rewrite_tip(&path("articles/2026/07/ferry/more.jpg"), b"more".to_vec()));
    assert!(found.contains(&Reason::NotANotice), "{found:?}");
}

#[test]
fn invariant_7_who_may_not_withdraw_is_told_from_the_record() {
    let mut world = published();
    let desk = String::from_utf8(world.tree()[&path("desk.toml")].1.clone()).expect("text");
    world.withdraw(MINA, Withdrawal::Kill).expect("withdrawn");
    let mut strict = published();
    strict.commit_by_hand(MINA, &[("desk.toml", Some(&desk.replace("[review]", "[review]\nwithdraw = [\"legal\"]")))]);
    assert!(matches!(strict.withdraw(MINA, Withdrawal::Kill), Err(Refusal::MayNotWithdraw { .. })));
    let record = record_path(id());
    let bytes = |at| String::from_utf8(world.tree()[at].1.clone()).expect("text");
    let (main, entry) = (bytes(&main_file()), bytes(&record));
    strict.commit_by_hand(MINA, &[(main_file().as_str(), Some(&main)), (record.as_str(), Some(&entry))]);
    let audit = strict.audit();
    let found: Vec<_> = audit.stories.values().flat_map(|story| &story.breaks).map(|one| &one.why).collect();
    assert!(found.contains(&&Reason::NotAllowedAlone), "{found:?}");
}

//! Histories that hold, and every way to break one.

use super::fixture::{JUN, LEE, MINA, World, home, id, main_file, path, story};
use super::{Audit, Reason};
use crate::article::{ObjectId, RepoPath};
use crate::ledger::{BeforeDesk, Strength, before_digest, record_path};

fn published() -> World {
    let mut world = World::new(2);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
    assert!(world.audit().is_whole());
    world
}

fn text(world: &World, at: &RepoPath) -> String {
    String::from_utf8(world.tree()[at].1.clone()).expect("text")
}

fn reasons(audit: &Audit) -> Vec<(ObjectId, Reason)> {
    let all = audit.breaks.iter().chain(audit.stories.values().flat_map(|story| &story.breaks));
    all.map(|one| (one.commit, one.why.clone())).collect()
}

/// One commit by hand breaks the chain in one place, for one reason, and it is named.
#[track_caller]
fn check(files: impl Fn(&World) -> Vec<(String, Option<String>)>, expected: impl Fn(&Reason) -> bool) {
    let mut world = published();
    let files = files(&world);
    let files: Vec<_> = files.iter().map(|(at, text)| (at.as_str(), text.as_deref())).collect();
    world.commit_by_hand(JUN, &files);
    let found = reasons(&world.audit());
    assert!(!found.is_empty(), "it breaks");
    assert!(found.iter().all(|(commit, why)| *commit == world.tip() && expected(why)), "{found:?}");
}

fn main(world: &World, from: &str, to: &str) -> Vec<(String, Option<String>)> {
    let before = text(world, &main_file());
    assert!(before.contains(from));
    vec![(main_file().to_string(), Some(before.replace(from, to)))]
}

fn record(change: impl Fn(String) -> Option<String>) -> impl Fn(&World) -> Vec<(String, Option<String>)> {
    move |world| {
        let at = record_path(id());
        vec![(at.to_string(), change(text(world, &at)))]
    }
}

#[test]
fn invariant_1_one_digest_names_one_text_in_one_place() {
    check(|world| main(world, "Fares rise.", "Fares rise!"), |why| *why == Reason::ChangedWithoutRecord);
    check(
        |world| {
            let moved = text(world, &main_file());
            vec![(main_file().to_string(), None), ("articles/2026/07/boats/index.md".to_owned(), Some(moved))]
        },
        |why| matches!(why, Reason::ChangedWithoutRecord | Reason::AddressLost(_)),
    );
    check(
        |_| vec![(format!("{}/photo.jpg", home()), Some("a photo".to_owned()))],
        |why| *why == Reason::ChangedWithoutRecord,
    );
}

#[test]
fn invariant_2_a_step_is_judged_by_the_rules_before_it() {
    let mut world = World::new(2);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    // Whoever may not change the rules cannot make them lighter for the same step or a later one.
    let desk = text(&world, &path("desk.toml")).replace("people = 2", "people = 1");
    let mut weaker = world.clone();
    weaker.commit_by_hand(LEE, &[("desk.toml", Some(&desk))]);
    assert!(matches!(reasons(&weaker.audit())[..], [(_, Reason::Governed { .. })]));
    // An article that brings its own rules is judged by the old ones.
    let mut before = world.clone();
    before.commit_by_hand(MINA, &[("desk.toml", Some(&desk))]);
    before.publish(MINA).expect("one is enough now");
    assert!(before.audit().is_whole(), "by the rules of its parent: {:?}", before.audit());
    let landed: Vec<_> = [main_file(), record_path(id())].map(|at| text(&before, &at)).into();
    let record = record_path(id()).to_string();
    let main = main_file().to_string();
    world.commit_by_hand(MINA, &[("desk.toml", Some(&desk)), (&main, Some(&landed[0])), (&record, Some(&landed[1]))]);
    let found = reasons(&world.audit());
    assert!(found.iter().any(|(_, why)| matches!(why, Reason::PolicyNotMet { asked: 2, had: 1, .. })), "{found:?}");
}

#[test]
fn invariant_3_every_step_is_a_legal_landing_a_stamp_or_a_governed_change() {
    check(|_| vec![(main_file().to_string(), None)], |why| *why == Reason::Deleted);
    check(|world| main(world, "draft = false", "draft = true"), |why| *why == Reason::Hidden);
    check(|world| main(world, "date = 2026", "date = 2025"), |why| *why == Reason::KeptLines);
    check(|world| main(world, "stage = \"published\"", "stage = \"withdrawn\""), |why| *why == Reason::KeptLines);
    check(record(|_| None), |why| *why == Reason::RecordDeleted);
    check(record(|text| Some(text.replace("ferry", "berry"))), |why| *why == Reason::RecordRewritten);
    check(record(|text| Some(format!("{text}\n# more\n"))), |why| matches!(why, Reason::RecordBroken(_)));
    check(record(|text| text.split_once("\n[[entry]]").map(|(header, _)| header.to_owned())), |why| {
        matches!(why, Reason::RecordRewritten | Reason::RecordBroken(_))
    });
    check(|_| vec![("records/notes.txt".to_owned(), Some(String::new()))], |why| *why == Reason::RecordsChanged);
    check(|_| vec![(BeforeDesk::PATH.to_owned(), Some(String::new()))], |why| *why == Reason::RecordsChanged);
    for governed in ["staff.toml", "schemas/news.schema.json", "articles/_index.md", ".github/CODEOWNERS"] {
        check(|_| vec![(governed.to_owned(), Some(String::new()))], |why| matches!(why, Reason::Governed { .. }));
    }
    let other = crate::article::ArticleId::generate(9, [9; 10], None).to_string();
    let public = move |_: &World| {
        let text = story("harbor", "Hand-made.").replace("draft = true", "draft = false");
        vec![("articles/2026/07/new/index.md".to_owned(), Some(text.replace(&id().to_string(), &other)))]
    };
    check(public, |why| *why == Reason::PublicWithoutRecord);
    check(
        |_| vec![("articles/bare.md".to_owned(), Some("Just words.\n".to_owned()))],
        |why| *why == Reason::PublicWithoutRecord,
    );
    check(
        |world| vec![("articles/2026/07/twin/index.md".to_owned(), Some(text(world, &main_file())))],
        |why| matches!(why, Reason::IdReused(_) | Reason::PublicWithoutRecord),
    );
}

#[test]
fn a_landing_by_hand_of_what_readers_do_not_see_is_legal() {
    let mut world = World::new(2);
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&story("harbor", "Fares.")))]);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let review = story("harbor", "Fares.").replace("stage = \"draft\"", "stage = \"review\"");
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&review))]);
    world.commit_by_hand(LEE, &[("README.md", Some("hello"))]);
    assert!(world.audit().is_whole(), "{:?}", world.audit());
    let odd = story("harbor", "Fares.").replace("stage = \"draft\"", "stage = \"published\"");
    world.commit_by_hand(LEE, &[(main_file().as_str(), Some(&odd))]);
    assert!(matches!(reasons(&world.audit())[..], [(_, Reason::NotLegal { .. })]));
}

#[test]
fn links_and_programs_are_named() {
    for mode in [0o120_000, 0o100_755, 0o160_000] {
        let mut world = published();
        world.commit_files(JUN, &[(path("articles/2026/07/ferry/x.jpg"), Some((mode, b"/etc/passwd".to_vec())))]);
        let found = reasons(&world.audit());
        assert!(found.iter().any(|(_, why)| *why == Reason::NotOrdinary(mode)), "{found:?}");
    }
}

#[test]
fn invariant_9_an_unsigned_assent_is_only_a_claim() {
    let audit = published().audit();
    let story = &audit.stories[&id()];
    assert_eq!(story.strength(), Some(Strength::Claimed));
    assert_eq!(
        story.links[0].confirmed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Mina Park", "Jun Seo"]
    );
}

#[test]
fn invariant_9_without_history_only_the_end_is_judged() {
    let mut world = published();
    let articles = [(home(), main_file())];
    let mut audit = Audit::default();
    let Ok(()) = audit.finish(world.tip(), &articles, &world);
    assert!(audit.is_whole() && audit.stories.is_empty(), "nothing is claimed of steps that were not seen");
    let changed = text(&world, &main_file()).replace("Fares", "Tolls");
    world.commit_by_hand(JUN, &[(main_file().as_str(), Some(&changed))]);
    let Ok(()) = audit.finish(world.tip(), &articles, &world);
    assert!(matches!(reasons(&audit)[..], [(_, Reason::OtherContent { .. })]));
}

#[test]
fn what_was_there_before_desk_stands_until_it_changes() {
    let old = path("articles/old.md");
    let words = "+++\ntitle = \"Old\"\n+++\nOld words.\n";
    let entry = |bytes: &str| crate::article::Entry {
        path: old.clone(),
        mode: crate::article::ORDINARY_FILE,
        bytes: bytes.as_bytes().to_vec(),
    };
    let before = BeforeDesk { articles: [(old.clone(), before_digest(&old, &[entry(words)]))].into() };
    let ledger = String::from_utf8(before.bytes()).expect("text");
    let desk = text(&World::new(2), &path("desk.toml"));
    let staff = text(&World::new(2), &path("staff.toml"));
    let mut world = World::begun_with(&[(old.as_str(), Some(words))]);
    world.commit_by_hand(
        MINA,
        &[("desk.toml", Some(&desk)), ("staff.toml", Some(&staff)), (BeforeDesk::PATH, Some(&ledger))],
    );
    assert!(reasons(&audit_with(&world, &old)).is_empty(), "{:?}", audit_with(&world, &old));
    world.commit_by_hand(MINA, &[(old.as_str(), Some("+++\ntitle = \"Old\"\n+++\nNew words.\n"))]);
    assert!(matches!(reasons(&audit_with(&world, &old))[..], [(_, Reason::ChangedWithoutRecord)]));
}

fn audit_with(world: &World, single: &RepoPath) -> Audit {
    let mut audit = world.audit();
    let Ok(()) = audit.finish(world.tip(), &[(single.clone(), single.clone())], world);
    audit
}

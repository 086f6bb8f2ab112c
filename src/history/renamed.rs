//! What is renamed: by everybody's yes, with its past, and with readers led on from where they knew it.

use proptest::prelude::*;

use super::Reason;
use super::fixture::{JUN, MINA, World, id, main_file, path, story};
use crate::article::{ArticleId, RefName, Slug};
use crate::ledger::{Record, record_path};
use crate::workflow::{Neighbour, Refusal, Renaming, rename};

const PORT: &str = "articles/2026/07/port/index.md";

impl World {
    fn rename(&mut self, address: &str, to: &str) -> Result<(), Refusal> {
        self.rename_among(address, to, &[])
    }

    fn rename_among(&mut self, address: &str, to: &str, others: &[Neighbour]) -> Result<(), Refusal> {
        let circumstances = self.circumstances(address);
        let (to, branch) = (Slug::new(to).expect("a slug"), RefName::branch("desk/ferry").expect("a name"));
        let renaming = Renaming { to: &to, title: None, branch: &branch, articles: &circumstances.articles, others };
        let change = rename(&self.standing(), &circumstances, &renaming)?;
        self.apply(address, &change);
        Ok(())
    }

    fn through(&mut self) {
        self.submit(MINA).expect("submitted");
        self.approve(JUN).expect("approved");
        self.publish(MINA).expect("published");
    }

    fn text_at(&self, main: &str) -> String {
        String::from_utf8(self.tree()[&path(main)].1.clone()).expect("text")
    }
}

fn published() -> World {
    let mut world = World::new(2);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.through();
    world
}

fn reasons(world: &World) -> Vec<&'static str> {
    let audit = world.audit();
    let all = audit.breaks.iter().chain(audit.stories.values().flat_map(|story| &story.breaks));
    all.map(|one| one.why.name()).collect()
}

#[test]
fn what_readers_know_leads_on() {
    let mut world = published();
    world.rename(MINA, "port").expect("renamed");
    assert!(matches!(world.publish(MINA), Err(Refusal::Missing(_))), "nobody agreed to the new place");
    world.submit(MINA).expect("submitted");
    assert!(matches!(world.publish(MINA), Err(Refusal::Missing(_))), "an address is not one person's to change");
    world.approve(JUN).expect("approved");
    world.publish(MINA).expect("published");
    assert!(!world.tree().contains_key(&main_file()));
    assert!(world.text_at(PORT).contains("aliases = [\"/2026/07/ferry/\"]\n"), "{}", world.text_at(PORT));
    let audit = world.audit();
    assert!(audit.is_whole(), "{audit:?}");
    assert_eq!(audit.stories[&id()].links.len(), 2, "one record knows all of its past");
    let record = world.standing().record.expect("a record");
    let slugs: Vec<&str> = record.entries.iter().map(|entry| entry.slug.as_str()).collect();
    assert_eq!(slugs, ["ferry", "port"]);
}

#[test]
fn nobody_knew_a_draft() {
    let mut world = World::new(2);
    world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
    world.rename(MINA, "port").expect("renamed");
    world.through();
    assert!(!world.text_at(PORT).contains("aliases"));
    assert_eq!(reasons(&world), [""; 0]);
    assert_eq!(world.rename(MINA, "port"), Err(Refusal::SameName));
}

#[test]
fn no_address_is_taken_from_another() {
    let mut world = published();
    let slug = |name: &str| Slug::new(name).expect("a slug");
    let other = Neighbour { slug: slug("quay"), addresses: vec!["2026/07/quay".into(), "2026/07/port".into()] };
    let taken = Refusal::AddressTaken { address: "2026/07/port".to_owned(), by: slug("quay") };
    assert_eq!(world.rename_among(MINA, "port", std::slice::from_ref(&other)), Err(taken));
    let elsewhere = Neighbour { slug: slug("boats"), addresses: vec!["2025/01/boats".into()] };
    assert_eq!(world.rename_among(MINA, "boats", &[elsewhere]), Err(Refusal::NameTaken(slug("boats"))));
    world.rename_among(MINA, "pier", &[other]).expect("nobody has it");
}

/// A landed rename whose last step is replaced by other hands.
#[track_caller]
fn forged(change: impl Fn(&mut World)) -> Vec<&'static str> {
    let mut world = published();
    world.rename(MINA, "port").expect("renamed");
    world.through();
    assert_eq!(reasons(&world), [""; 0]);
    change(&mut world);
    reasons(&world)
}

#[test]
fn an_old_address_cannot_be_struck_out() {
    let found = forged(|world| {
        let text = world.text_at(PORT).replace("aliases = [\"/2026/07/ferry/\"]\n", "");
        world.commit_by_hand(MINA, &[(PORT, Some(&text))]);
    });
    assert!(found.contains(&"address-lost") && found.contains(&"changed-without-record"), "{found:?}");
    // By everybody's yes no more than by hand.
    let mut world = published();
    world.rename(MINA, "port").expect("renamed");
    let bare = world.working.clone().expect("laid out")[0].clone();
    let text = String::from_utf8(bare.bytes.clone()).expect("text").replace("aliases = [\"/2026/07/ferry/\"]\n", "");
    world.working = Some(vec![crate::article::Entry { bytes: text.into_bytes(), ..bare }]);
    world.save(MINA).expect("saved");
    let lost = Refusal::AddressLost { address: "2026/07/ferry".to_owned() };
    assert_eq!(world.submit(MINA), Err(lost));
}

#[test]
fn moved_by_hand_readers_find_nothing() {
    let mut world = published();
    let text = world.text_at(main_file().as_str());
    world.commit_by_hand(MINA, &[(main_file().as_str(), None), (PORT, Some(&text))]);
    let found = reasons(&world);
    assert!(found.contains(&"changed-without-record") && found.contains(&"address-lost"), "{found:?}");
}

#[test]
fn another_article_cannot_take_an_address() {
    let other = ArticleId::generate(1_753_448_400_001, [8; 10], None).to_string();
    let at = |main: &str, aliases: &str| {
        let (main, other, aliases) = (main.to_owned(), other.clone(), aliases.to_owned());
        forged(move |world| {
            let text = story("harbor", "Mine.").replace(&id().to_string(), &other);
            let text = text.replace("draft = true\n", &format!("draft = false\n{aliases}"));
            world.commit_by_hand(MINA, &[(&main, Some(&text))]);
        })
    };
    let quay = "articles/2026/07/quay/index.md";
    assert!(!at(quay, "").contains(&"address-taken"));
    assert!(at(quay, "aliases = [\"2026/07/Port\"]\n").contains(&"address-taken"), "the one it has");
    assert!(at(quay, "aliases = [\"/2026/07/ferry/\"]\n").contains(&"address-taken"), "one it had");
    assert!(at(main_file().as_str(), "").contains(&"address-taken"), "its old place");
    assert!(at(quay, "path = \"2026/07/ferry\"\n").contains(&"address-taken"));
}

#[test]
fn a_record_calls_it_what_it_is_called() {
    let found = forged(|world| {
        let at = record_path(id());
        let bytes = world.tree()[&at].1.clone();
        let text = String::from_utf8(bytes).expect("text").replace("slug = \"port\"", "slug = \"quay\"");
        assert!(Record::read(&at, text.as_bytes()).is_ok());
        world.rewrite_tip(&at, text.into_bytes());
    });
    assert_eq!(found, ["other-name"]);
}

#[test]
fn words_that_change_on_the_way_need_their_own_yes() {
    let mut world = published();
    world.rename(MINA, "port").expect("renamed");
    world.submit(MINA).expect("submitted");
    world.approve(JUN).expect("approved");
    let file = world.working.clone().expect("laid out")[0].clone();
    let text = String::from_utf8(file.bytes.clone()).expect("text").replace("Fares rise.", "Fares fall.");
    world.working = Some(vec![crate::article::Entry { bytes: text.into_bytes(), ..file }]);
    world.save(MINA).expect("saved");
    assert!(matches!(world.publish(MINA), Err(Refusal::Untold(_))), "readers would not be told");
    let found = forged(|world| {
        let text = world.text_at(PORT).replace("Fares rise.", "Fares fall.");
        world.rewrite_tip(&path(PORT), text.into_bytes());
    });
    assert!(found.contains(&"other-content"), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Wherever an article goes, and whether each time readers see it there or not, every address that they ever knew
    /// leads to it, and audit finds nothing to say.
    #[test]
    fn every_address_that_was_public_leads_on(
        steps in prop::collection::vec((prop::sample::select(vec!["ferry", "port", "quay", "pier"]), any::<bool>()), 1..8)
    ) {
        let mut world = published();
        let mut known = vec!["2026/07/ferry".to_owned()];
        for (to, lands) in steps {
            if world.rename(MINA, to).is_ok() && lands && world.standing().open.is_some() {
                world.through();
                known.push(format!("2026/07/{to}"));
            }
        }
        let mina = world.circumstances(MINA);
        let standing = world.standing();
        let public = standing.public().expect("it is public");
        let answers: Vec<String> =
            mina.articles.addresses(&public.document).into_iter().map(|address| address.path).collect();
        known.sort();
        known.dedup();
        let mut sorted = answers.clone();
        sorted.sort();
        prop_assert_eq!(sorted, known);
        prop_assert!(world.audit().is_whole(), "{:?}", world.audit());
        let lost = world.audit().stories.values().flat_map(|one| &one.breaks).any(|one| matches!(one.why, Reason::AddressLost(_)));
        prop_assert!(!lost);
    }
}

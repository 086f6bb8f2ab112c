//! What a merge keeps, what it asks about, and that nothing anybody wrote is lost.

use proptest::prelude::*;

use super::*;
use crate::article::{Entry, ORDINARY_FILE};

fn path() -> RepoPath {
    RepoPath::new("articles/a/index.md").expect("a path")
}

const FRONT: &str = "+++\ntitle = \"Ferry fares\" # as on the poster\ndraft = true\ntags = [\"port\", \"budget\"]\n\n# \
                     photos from the port\n[[photos]]\nfile = \"a.jpg\"\ncaption = \"A ferry.\"\n\n[desk]\nid = \"x\"\nstage = \
                     \"draft\"\n+++\n";

fn story(body: &str) -> String {
    format!("{FRONT}{body}")
}

#[track_caller]
fn merged(origin: &str, ours: &str, theirs: &str) -> String {
    let merge = Merge::of(&path(), Some(origin), ours, theirs);
    let conflicts: Vec<_> = merge.conflicts().collect();
    assert!(conflicts.is_empty(), "{conflicts:#?}");
    merge.settle(&[]).expect("it reads")
}

#[track_caller]
fn places(origin: &str, ours: &str, theirs: &str) -> Vec<String> {
    let of = |one: &str, other: &str| {
        let merge = Merge::of(&path(), Some(origin), one, other);
        merge.conflicts().map(|conflict| conflict.place.to_string()).collect::<Vec<_>>()
    };
    let found = of(ours, theirs);
    assert_eq!(found.len(), of(theirs, ours).len(), "the other way round");
    found
}

#[test]
fn paragraphs_and_words_join() {
    #[track_caller]
    fn check(origin: &str, ours: &str, theirs: &str, expected: &str) {
        for (one, other) in [(ours, theirs), (theirs, ours)] {
            assert_eq!(merged(&story(origin), &story(one), &story(other)), story(expected));
        }
    }
    check(
        "One.\n\nTwo.\n\nThree.\n",
        "One!\n\nTwo.\n\nThree.\n",
        "One.\n\nTwo.\n\nThree!\n",
        "One!\n\nTwo.\n\nThree!\n",
    );
    check("One.\n\nTwo.\n", "One.\n\nNew.\n\nTwo.\n", "One.\n\nTwo.\n\nEnd.\n", "One.\n\nNew.\n\nTwo.\n\nEnd.\n");
    check(
        "Fares rise 4% on May 1, says the port.\n",
        "Fares rise 5% on May 1, says the port.\n",
        "Fares rise 4% on May 1, says the harbour.\n",
        "Fares rise 5% on May 1, says the harbour.\n",
    );
    // A paragraph that was only wrapped anew takes the other's word all the same.
    check(
        "one two three\nfour five\n",
        "one two\nthree four five\n",
        "one two three\nfour six\n",
        "one two\nthree four six\n",
    );
    check(
        "One.\n\nTwo.\n\nThree.\n",
        "One.\n\nThree.\n",
        "One.\n\nTwo.\n\nThree, and more.\n",
        "One.\n\nThree, and more.\n",
    );
    check("One.\n", "One.\n\nSame new.\n", "One.\n\nSame new.\n", "One.\n\nSame new.\n");
    check("", "Ours.\n", "", "Ours.\n");
}

#[test]
fn fields_and_elements_join_by_splicing() {
    let origin = story("Body.\n");
    let change = |old: &str, new: &str| {
        assert_eq!(origin.matches(old).count(), 1, "{old}");
        origin.replacen(old, new, 1)
    };
    #[track_caller]
    fn check(origin: &str, ours: &str, theirs: &str, expected: &[&str]) {
        let text = merged(origin, ours, theirs);
        for line in expected {
            assert!(text.contains(line), "`{line}` in\n{text}");
        }
        assert!(text.contains("# as on the poster") || !ours.contains("# as on the poster"), "{text}");
        assert!(text.contains("# photos from the port"), "{text}");
    }
    let tagged = change("[\"port\", \"budget\"]", "[\"port\", \"budget\", \"ferry\"]");
    let titled = change("\"Ferry fares\"", "\"Ferry fares rise\"");
    check(
        &origin,
        &tagged,
        &titled,
        &["tags = [\"port\", \"budget\", \"ferry\"]", "title = \"Ferry fares rise\" # as on the poster"],
    );
    let other_tag = change("[\"port\", \"budget\"]", "[\"island\", \"port\"]");
    check(&origin, &tagged, &other_tag, &["tags = [\"island\", \"port\", \"ferry\"]"]);
    check(&origin, &other_tag, &tagged, &["tags = [\"island\", \"port\", \"ferry\"]"]);
    let photo = |file: &str| change("\n[desk]", &format!("\n[[photos]]\nfile = \"{file}\"\n\n[desk]"));
    check(
        &origin,
        &photo("b.jpg"),
        &photo("c.jpg"),
        &["file = \"c.jpg\"", "file = \"b.jpg\"", "caption = \"A ferry.\""],
    );
    let captioned = change("\"A ferry.\"", "\"A ferry at dawn.\"");
    let alt = change("file = \"a.jpg\"\n", "file = \"a.jpg\"\nalt = \"Ferry\"\n");
    check(&origin, &captioned, &alt, &["file = \"a.jpg\"\nalt = \"Ferry\"\ncaption = \"A ferry at dawn.\""]);
    let section = change("draft = true", "section = \"harbor\"\ndraft = true");
    check(&origin, &section, &titled, &["section = \"harbor\"\ndraft = true"]);
    // What desk keeps is as the public version has it.
    let public = change("draft = true", "draft = false").replace("stage = \"draft\"", "stage = \"published\"");
    let sent = change("stage = \"draft\"", "stage = \"review\"");
    check(&origin, &sent, &public, &["draft = false", "stage = \"published\""]);
    // Lists that stand in lines, with words beside them.
    let lines = change("[\"port\", \"budget\"]", "[\n  \"port\", # first\n  \"budget\",\n]");
    let more = lines.replace("  \"budget\",\n", "  \"budget\",\n  \"ferry\",\n");
    let island = lines.replace("  \"port\", # first\n", "  \"island\",\n  \"port\", # first\n");
    check(&lines, &more, &island, &["[\n  \"island\",\n  \"port\", # first\n  \"budget\",\n  \"ferry\",\n]"]);
}

#[test]
fn what_both_changed_is_asked_about() {
    let origin = story("Fares rise 4% on May 1.\n\nSecond.\n");
    let change = |old: &str, new: &str| origin.replacen(old, new, 1);
    #[track_caller]
    fn check(origin: &str, ours: &str, theirs: &str, expected: &[&str]) {
        assert_eq!(places(origin, ours, theirs), expected);
    }
    check(&origin, &change("4%", "5%"), &change("4%", "6%"), &["paragraph 1"]);
    check(&origin, &change("Ferry fares", "A"), &change("Ferry fares", "B"), &["title"]);
    check(&origin, &change("A ferry.", "A"), &change("A ferry.", "B"), &["photos, a.jpg: caption"]);
    check(&origin, &change("Second.", "Other words."), &change("\n\nSecond.", ""), &["paragraph 2"]);
    check(
        &origin,
        &change("\n\nSecond.", "\n\nMine.\n\nSecond."),
        &change("\n\nSecond.", "\n\nYours.\n\nSecond."),
        &["paragraph 2"],
    );
    let (one, two) = ("+++\ntitle = \"a\"\n+++\nMine.\n", "+++\ntitle = \"b\"\n+++\nYours.\n");
    let merge = Merge::of(&path(), None, one, two);
    assert_eq!(merge.conflicts().map(|one| one.place.to_string()).collect::<Vec<_>>(), ["title", "paragraph 1"]);
}

#[test]
fn conflicts_are_settled_with_everything_around_them_joined() {
    let origin = story("Fares rise 4% on May 1, says the port of the town.\n\nSecond.\n");
    let ours = origin.replace("4%", "5%").replace("port of", "harbour of").replace("Second.", "Second!");
    let theirs = origin.replace("4%", "6%").replace("May 1,", "June 1,");
    let merge = Merge::of(&path(), Some(&origin), &ours, &theirs);
    let settle = |choice: Choice| merge.settle(&[choice]).map(|text| text[FRONT.len()..].to_owned());
    let one = "Fares rise 5% on June 1, says the harbour of the town.";
    let two = "Fares rise 6% on June 1, says the harbour of the town.";
    assert_eq!(settle(Choice::Ours), Ok(format!("{one}\n\nSecond!\n")));
    assert_eq!(settle(Choice::Theirs), Ok(format!("{two}\n\nSecond!\n")));
    assert_eq!(settle(Choice::Both), Ok(format!("{one}\n\n{two}\n\nSecond!\n")));
    assert_eq!(settle(Choice::Words("Other.\r\n".to_owned())), Ok("Other.\n\nSecond!\n".to_owned()));
    assert_eq!(merge.settle(&[]), Err(Unsettled::Open(1)));
    let titles =
        Merge::of(&path(), Some(&origin), &origin.replace("Ferry fares", "A"), &origin.replace("Ferry fares", "B"));
    assert_eq!(titles.settle(&[Choice::Both]), Err(Unsettled::OnlyOne(Place::Field("title".to_owned()))));
    assert!(matches!(titles.settle(&[Choice::Words("title = = 1".to_owned())]), Err(Unsettled::Unsound(_))));
    assert!(
        titles.settle(&[Choice::Words("title = \"C\"".to_owned())]).is_ok_and(|text| text.contains("title = \"C\"\n"))
    );
}

#[test]
fn line_ends_follow_whoever_changed_them() {
    let origin = story("One.\n\nTwo.\n");
    let windows = origin.replace('\n', "\r\n").replace("Two.", "Two!");
    let theirs = origin.replace("One.", "One!");
    let expected = origin.replace("One.", "One!").replace("Two.", "Two!").replace('\n', "\r\n");
    assert_eq!(merged(&origin, &windows, &theirs), expected);
    assert_eq!(merged(&origin, &theirs, &windows), expected);
}

#[test]
fn other_files_are_taken_whole() {
    let entry = |name: &str, bytes: &[u8]| {
        let path = RepoPath::new(format!("articles/a/{name}")).expect("a path");
        Entry { path, mode: ORDINARY_FILE, bytes: bytes.to_vec() }
    };
    let text = story("One.\n");
    let words = entry("index.md", text.as_bytes());
    let origin = [words.clone(), entry("a.jpg", b"\xff1"), entry("b.jpg", b"\xff1"), entry("c.jpg", b"\xff1")];
    let ours = [words.clone(), entry("a.jpg", b"\xff2"), entry("b.jpg", b"\xff2"), entry("d.jpg", b"\xff4")];
    let theirs = [words, entry("a.jpg", b"\xff1"), entry("b.jpg", b"\xff3"), entry("c.jpg", b"\xff1")];
    let joint = Joint::of(&path(), Some(&origin), &ours, &theirs);
    let conflicts: Vec<String> = joint.conflicts().iter().map(|conflict| conflict.place.to_string()).collect();
    assert_eq!(conflicts, ["b.jpg"]);
    let settled = joint.settle(&[Choice::Theirs]).expect("settled");
    let names: Vec<_> = settled.iter().map(|entry| (entry.path.name(), entry.bytes.len())).collect();
    assert_eq!(names, [("a.jpg", 2), ("b.jpg", 2), ("d.jpg", 2), ("index.md", text.len())]);
    assert_eq!(settled[1].bytes, b"\xff3");
    assert_eq!(joint.settle(&[Choice::Both]), Err(Unsettled::OnlyOne(Place::File(entry("b.jpg", b"").path))));
}

/// Paragraphs of a few words, some to be changed.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[a-e]( [a-e]){0,7}", 0..6)
}

/// One change: which paragraph, and what becomes of it.
fn changes() -> impl Strategy<Value = Vec<(usize, u8)>> {
    proptest::collection::vec((0_usize..8, 0_u8..6), 0..4)
}

fn changed(paragraphs: &[String], changes: &[(usize, u8)], side: &str) -> String {
    let mut all = paragraphs.to_vec();
    for (number, (at, how)) in changes.iter().enumerate() {
        let at = at % (all.len() + 1);
        match (how, all.get_mut(at)) {
            (0, Some(_)) => drop(all.remove(at)),
            (1 | 2, Some(words)) => *words = format!("{words} {side}{number}"),
            (3, Some(words)) => *words = format!("{side}{number} {words}"),
            (4, Some(words)) => *words = words.replacen(' ', &format!(" {side}{number} "), 1),
            _ => all.insert(at, format!("{side}{number} wholly new")),
        }
    }
    all.iter().map(|words| format!("{words}\n\n")).collect::<String>().trim_end().to_owned() + "\n"
}

proptest! {
    #[test]
    fn no_word_of_either_side_is_lost(old in paragraphs(), ours in changes(), theirs in changes()) {
        let origin = story(&changed(&old, &[], ""));
        let (one, two) = (story(&changed(&old, &ours, "mine")), story(&changed(&old, &theirs, "yours")));
        let merge = Merge::of(&path(), Some(&origin), &one, &two);
        let count = merge.conflicts().count();
        let all: Vec<String> = [Choice::Ours, Choice::Theirs].into_iter().map(|choice| merge.settle(&vec![choice; count]).expect("it reads")).collect();
        for (side, text) in [("mine", &one), ("yours", &two)] {
            for word in text.split_whitespace().filter(|word| word.starts_with(side)) {
                prop_assert!(all.iter().any(|text| text.split_whitespace().any(|found| found == word)), "{word} in {all:#?}");
            }
        }
        // What one side took out and the other left is not there again.
        for text in &all {
            let (document, findings) = Document::read(path(), text.as_bytes());
            prop_assert!(findings.is_empty() && document.body_text().lines().all(|line| !line.starts_with("<<<")));
        }
        if count == 0 {
            let other = Merge::of(&path(), Some(&origin), &two, &one);
            prop_assert_eq!(other.conflicts().count(), 0);
            prop_assert_eq!(other.settle(&[]), merge.settle(&[]));
        }
    }

    #[test]
    fn a_change_merged_with_none_is_the_change(old in ".{0,40}(\\PC|\n){0,60}", new in "(\\PC|\n|\r\n){0,60}", fenced: bool) {
        let fence = |text: &str| if fenced { format!("{FRONT}{text}") } else { text.to_owned() };
        let (old, new) = (fence(&old), fence(&new));
        for (ours, theirs) in [(&new, &old), (&old, &new), (&new, &new)] {
            let merge = Merge::of(&path(), Some(&old), ours, theirs);
            prop_assert_eq!(merge.conflicts().count(), 0);
            prop_assert_eq!(merge.settle(&[]).expect("nothing is open"), new.as_str());
        }
    }

    #[test]
    fn any_three_texts_are_merged_or_asked_about(
        texts in proptest::array::uniform3("(\\+\\+\\+|\n|\r|\r\n|é|a = [1-3]|b = \\[|\"[xy]\"|, ?|\\]|\\[\\[p\\]\\]|\\[t\\]|#c|\"\"\"| |w[1-3]|\u{feff}){0,24}"),
        begun: bool,
    ) {
        let [origin, ours, theirs] = &texts;
        let merge = Merge::of(&path(), begun.then_some(origin.as_str()), ours, theirs);
        let count = merge.conflicts().count();
        let reads = |text: &str| Document::read(path(), text.as_bytes()).1.is_empty();
        for choice in [Choice::Ours, Choice::Theirs, Choice::Both, Choice::Words("w".to_owned())] {
            match merge.settle(&vec![choice.clone(); count]) {
                Ok(text) => prop_assert!(!reads(ours) || !reads(theirs) || reads(&text), "{text:?}"),
                Err(Unsettled::Unsound(_) | Unsettled::OnlyOne(_)) => prop_assert!(count > 0),
                Err(Unsettled::Open(_)) => prop_assert!(false, "{choice:?}"),
            }
        }
    }

    #[test]
    fn fields_of_both_sides_are_kept(
        fields in proptest::array::uniform3(proptest::collection::btree_map("[a-d]", "[1-3]|\"[xy]\"|\\[(\"[a-d]\"(, \"[e-h]\")?)?\\]", 0..4)),
    ) {
        let text = |fields: &std::collections::BTreeMap<String, String>| {
            let lines: String = fields.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
            format!("+++\n{lines}[desk]\nid = \"x\"\n+++\nBody.\n")
        };
        let [origin, ours, theirs] = &fields;
        let merge = Merge::of(&path(), Some(&text(origin)), &text(ours), &text(theirs));
        let open: Vec<String> = merge.conflicts().map(|conflict| conflict.place.to_string()).collect();
        let merged = merge.settle(&vec![Choice::Ours; open.len()]).expect("it reads");
        let document = Document::read(path(), merged.as_bytes()).0;
        for key in ["a", "b", "c", "d"] {
            let (old, our, their) = (origin.get(key), ours.get(key), theirs.get(key));
            let read = |value: Option<&String>| value.map(|value| crate::article::Table::parse(&format!("x = {value}")).expect("TOML").get("x").expect("x").to_json());
            let found = document.value(key).map(crate::article::Value::to_json);
            if our == their || their == old {
                prop_assert_eq!(found, read(our), "{}", key);
            } else if our == old {
                prop_assert_eq!(found, read(their), "{}", key);
            } else if !open.contains(&key.to_owned()) {
                let (our, their) = (read(our).expect("a list"), read(their).expect("a list"));
                let found = found.expect("a list");
                let elements = |value: &serde_json::Value| value.as_array().expect("a list").clone();
                let before = read(old).map(|old| elements(&old)).unwrap_or_default();
                for element in elements(&our).iter().chain(&elements(&their)) {
                    prop_assert!(before.contains(element) || elements(&found).contains(element), "{} in {}", element, found);
                }
            }
        }
    }
}

#[test]
fn long_texts_are_merged_in_time() {
    let many = |word: &str| (0..20_000).map(|at| format!("{word} {at}\n\n")).collect::<String>();
    let origin = story(&many("old"));
    let merge = Merge::of(&path(), Some(&origin), &story(&many("mine")), &story(&many("yours")));
    assert_eq!(merge.conflicts().count(), 1);
    let words = |word: &str| (0..20_000).map(|at| format!("{word}{at} ")).collect::<String>();
    let merge = Merge::of(&path(), Some(&story(&words("o"))), &story(&words("a")), &story(&words("b")));
    assert_eq!(merge.conflicts().count(), 1);
}

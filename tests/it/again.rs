//! A second look: what did not change is not asked again, and everything that did is.

use crate::newsroom::{MINA, Newsroom};

/// What `check` says, as a program reads it.
fn said(newsroom: &Newsroom, words: &[&str]) -> String {
    let all = ["check", "--format", "short"].into_iter().chain(words.iter().copied());
    newsroom.as_(MINA).run(all).stdout
}

fn rules(newsroom: &Newsroom) -> Vec<String> {
    let output = newsroom.as_(MINA).run(["check", "--format", "json"]).json();
    let findings = output["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn checking_again_says_the_same_and_sees_each_change() {
    let newsroom = Newsroom::with_profile("pair");
    let harbor = newsroom.brief("harbor");
    newsroom.brief("ferry");
    assert!(said(&newsroom, &[]).is_empty());
    assert!(newsroom.path().join(".git/desk-cache/check").exists());

    newsroom.write(&harbor, newsroom.read(&harbor) + "\nThe the quay is new.\n");
    assert_eq!(rules(&newsroom), ["doubled-word"]);
    let told = said(&newsroom, &[]);
    assert_eq!(told, said(&newsroom, &[]), "what is remembered is said in the same words");
    assert!(said(&newsroom, &["ferry"]).is_empty());
    assert_eq!(said(&newsroom, &["harbor"]), told);

    // A file beside the words is part of what is said of them.
    newsroom.write("articles/2026/07/ferry/left.jpg", "photo");
    assert_eq!(rules(&newsroom), ["unused-file", "doubled-word"]);
    std::fs::remove_file(newsroom.path().join("articles/2026/07/ferry/left.jpg")).unwrap();
    assert_eq!(rules(&newsroom), ["doubled-word"]);

    // So are the newsroom's settings.
    let settings = newsroom.read("desk.toml") + "\n[check.levels]\ndoubled-word = \"off\"\n";
    newsroom.write("desk.toml", settings);
    newsroom.git(["commit", "-qam", "doubled words are no matter here"]);
    assert!(rules(&newsroom).is_empty());
}

#[test]
fn what_is_remembered_may_be_lost_or_damaged() {
    let newsroom = Newsroom::with_profile("pair");
    let harbor = newsroom.brief("harbor");
    newsroom.write(&harbor, newsroom.read(&harbor) + "\nThe the quay is new.\n");
    let (told, list) = (said(&newsroom, &[]), newsroom.run(["list"]));
    for name in ["check", "articles", "records"] {
        let path = newsroom.path().join(".git/desk-cache").join(name);
        std::fs::write(&path, "no cache at all").unwrap();
        assert_eq!((said(&newsroom, &[]), newsroom.run(["list"])), (told.clone(), list.clone()), "{name}");
        std::fs::remove_file(&path).unwrap();
        // A folder stands where the file would be written.
        std::fs::create_dir(&path).unwrap();
        assert_eq!((said(&newsroom, &[]), newsroom.run(["list"])), (told.clone(), list.clone()), "{name}");
    }
}

#[test]
fn no_rule_looks_at_what_is_excluded() {
    let newsroom = Newsroom::with_profile("pair");
    let harbor = newsroom.brief("harbor");
    newsroom.write(&harbor, newsroom.read(&harbor) + "\nThe the quay is new.\n");
    newsroom.write("desk.toml", newsroom.read("desk.toml") + "\n[check]\nexclude = [\"articles/2026/07/harbor/**\"]\n");
    newsroom.git(["commit", "-qam", "the harbor is checked elsewhere"]);
    assert!(said(&newsroom, &[]).is_empty());
}

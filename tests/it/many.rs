//! Many at once, and killed at any moment: what was acknowledged is there, and nothing is half done.

use std::process::Stdio;
use std::time::Instant;

use crate::newsroom::{ANA, JUN, MINA, Newsroom, Output, Person};

/// Runs all of these at the same time.
fn at_once(newsroom: &Newsroom, all: &[(Person, Vec<String>)]) -> Vec<Output> {
    let children: Vec<_> = all
        .iter()
        .map(|(person, args)| {
            let mut command = newsroom.command(env!("CARGO_BIN_EXE_desk"), Some(*person));
            command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let ended = children.into_iter().map(|child| child.wait_with_output().unwrap());
    ended
        .map(|output| Output {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code(),
        })
        .collect()
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

#[track_caller]
fn is_sound(newsroom: &Newsroom) {
    let said = newsroom.git(["fsck", "--strict", "--no-dangling"]);
    assert!(!said.contains("error") && !said.contains("missing"), "{said}");
}

#[test]
fn sixteen_at_once_lose_nothing() {
    let newsroom = Newsroom::with_profile("pair");
    let slugs: Vec<String> = (0..8).map(|number| format!("story-{number}")).collect();
    let new =
        |slug: &String| (MINA, words(&format!("new {slug} --kind brief --slug {slug} --set section=local --no-edit")));
    for output in at_once(&newsroom, &slugs.iter().chain(&slugs).map(new).collect::<Vec<_>>()) {
        // Two of each: one begins it, the other is told that it is there.
        assert!(output.code == Some(0) || output.stderr.contains("already"), "{output}");
    }
    for slug in &slugs {
        let path = format!("articles/2026/07/{slug}/index.md");
        newsroom.write(&path, newsroom.read(&path) + "\nThe dredger waits at berth 4.\n");
    }
    let submit = |slug: &String| (MINA, words(&format!("submit {slug}")));
    let edit = |slug: &String| (JUN, words(&format!("edit {slug} --no-edit")));
    let all: Vec<_> = slugs.iter().map(submit).chain(slugs.iter().map(edit)).collect();
    for output in at_once(&newsroom, &all) {
        output.ok();
    }
    let approve = |slug: &String| (JUN, words(&format!("approve {slug} --yes")));
    let also = |_: &String| (ANA, words("approve story-0 --yes"));
    let all: Vec<_> = slugs.iter().map(approve).chain(slugs.iter().map(also)).collect();
    let outputs = at_once(&newsroom, &all);
    assert!(outputs[..8].iter().all(|output| output.code == Some(0)), "{outputs:#?}");
    assert_eq!(
        outputs[8..].iter().filter(|output| output.code == Some(0)).count(),
        1,
        "a person says yes once: {outputs:#?}"
    );

    let list = newsroom.run(["list", "--format", "json"]).json();
    let articles = list["articles"].as_array().unwrap();
    assert_eq!(articles.len(), 8, "{list}");
    for article in articles {
        assert_eq!((article["stage"].as_str(), &article["facts"]), (Some("review"), &serde_json::json!(["approved"])));
    }
    is_sound(&newsroom);
}

#[test]
fn of_two_publishers_one_wins_and_the_other_is_told() {
    for round in 0..4 {
        let newsroom = Newsroom::with_profile("pair");
        newsroom.brief("harbor");
        newsroom.run(["submit"]).ok();
        newsroom.as_(JUN).run(["approve", "--yes"]).ok();
        let outputs = at_once(&newsroom, &[(MINA, words("publish harbor")), (JUN, words("publish harbor"))]);
        let won = outputs.iter().filter(|output| output.code == Some(0)).count();
        assert_eq!(won, 1, "round {round}: {outputs:#?}");
        let other = outputs.iter().find(|output| output.code != Some(0)).unwrap();
        assert_eq!(other.code, Some(1), "{other}");
        assert!(other.stderr.contains("error: "), "{other}");
        assert_eq!(newsroom.git(["log", "--format=%s", "--grep=Desk-Move: publish"]).lines().count(), 1);
        assert_eq!(newsroom.git(["status", "--porcelain"]), "");
        is_sound(&newsroom);
    }
}

#[test]
fn killed_at_any_moment_it_is_before_or_after() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    let before = (newsroom.references(), newsroom.read("articles/2026/07/harbor/index.md"));
    let started = Instant::now();
    newsroom.run(["publish", "harbor"]).ok();
    let whole = started.elapsed();
    newsroom.run(["undo", "--yes"]).ok();
    for attempt in 0..50u32 {
        let mut command = newsroom.command(env!("CARGO_BIN_EXE_desk"), Some(MINA));
        command.args(["publish", "harbor"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // From its first instruction to past its last.
        std::thread::sleep(whole * attempt / 40);
        child.kill().ok();
        child.wait().unwrap();
        let list = newsroom.run(["list", "--format", "json"]);
        assert_eq!(list.code, Some(0), "attempt {attempt}: {list}");
        // The next command that writes clears up what is left: saving has nothing else to do here.
        newsroom.run(["edit", "harbor", "--no-edit"]).ok();
        let stage = newsroom.run(["list", "--format", "json"]).json()["articles"][0]["stage"].clone();
        let text = newsroom.read("articles/2026/07/harbor/index.md");
        match stage.as_str() {
            Some("review") => assert_eq!((newsroom.references(), text), before, "attempt {attempt}"),
            Some("published") => {
                assert!(text.contains("stage = \"published\""), "attempt {attempt}: {text}");
                assert_eq!(newsroom.git(["status", "--porcelain"]), "", "attempt {attempt}");
                newsroom.run(["undo", "--yes"]).ok();
                let after = (newsroom.references(), newsroom.read("articles/2026/07/harbor/index.md"));
                assert_eq!(after, before, "attempt {attempt}");
            }
            other => panic!("attempt {attempt}: {other:?}"),
        }
        if attempt % 10 == 9 {
            is_sound(&newsroom);
        }
    }
}

//! Letters as people get them.

use super::fixture::{BODY, FERRY, World, version};
use super::{LeftOut, Look, changes, pull_request, stale, status, summary};
use crate::article::Difference;
use crate::finding::{Finding, Level};
use crate::ledger::Decision;

const FILE: &str = "articles/2026/07/ferry-fares/index.md";

fn new() -> World {
    let open = version(1, FERRY, "review", BODY);
    let mut world = World::new(None, Some(open.clone())).said(
        "mina@post.example",
        Decision::Submit,
        &open,
        "2026-07-25T22:10:00+09:00",
    );
    world.findings = vec![
        Finding::new("long-sentence", Level::Warning, "this sentence has 41 words").in_file(FILE).at(3..9),
        Finding::new("photo-alt", Level::Error, "this photo has no `alt`").in_file(FILE).at(40..44),
    ];
    world.left_out = vec![LeftOut {
        rule: "title-case",
        reason: "the board writes it so",
        until: Some(jiff::civil::date(2026, 8, 1)),
        origin: "front matter",
    }];
    world
}

/// A correction that two people agreed to before one more word changed.
fn correction() -> World {
    let front = |note: &str| {
        format!("{FERRY}\n[[changes]]\nkind = \"correction\"\ndate = 2026-07-25T22:00:00+09:00\nnote = \"{note}\"\n")
    };
    let public = version(1, FERRY, "published", BODY);
    let before = version(2, &front("It is 5%."), "published", &BODY.replace("4%", "5%"));
    let open = version(3, &front("It is 5%."), "published", &BODY.replace("4%", "5%").replace("stole", "took"));
    World::new(Some(public), Some(open.clone()))
        .said("mina@post.example", Decision::Submit, &before, "2026-07-25T22:10:00+09:00")
        .said("jun@post.example", Decision::Approve, &before, "2026-07-25T22:40:00+09:00")
        .said("mina@post.example", Decision::Submit, &open, "2026-07-25T23:10:00+09:00")
}

#[test]
fn a_new_article() {
    let world = new();
    let request = pull_request(&world.story());
    insta::assert_snapshot!("new", format!("{}\n{:?}\n\n{}", request.title, request.labels, request.text));
}

#[test]
fn a_correction() {
    let world = correction();
    let request = pull_request(&world.story());
    insta::assert_snapshot!("correction", format!("{}\n{:?}\n\n{}", request.title, request.labels, request.text));
}

#[test]
fn who_must_look_again() {
    let world = correction();
    let story = world.story();
    let assents = stale(&story);
    let before = version(2, &world_front(), "published", &BODY.replace("4%", "5%"));
    let open = world.standing.open.as_ref().expect("open");
    let since = Difference::between(&before.document, &open.document);
    let by = ["Ana Ruiz".to_owned()];
    let looks: Vec<Look<'_>> =
        assents.into_iter().map(|assent| Look { assent, since: Some(&since), by: &by }).collect();
    let comment = changes(&story, &looks);
    insta::assert_snapshot!("changes", format!("{}\n{}", comment.mark, comment.text));
    insta::assert_snapshot!("changes_none", changes(&story, &[]).text);
}

fn world_front() -> String {
    format!("{FERRY}\n[[changes]]\nkind = \"correction\"\ndate = 2026-07-25T22:00:00+09:00\nnote = \"It is 5%.\"\n")
}

#[test]
fn a_yes_to_words_that_became_public_is_not_stale() {
    let public = version(1, FERRY, "published", BODY);
    let open = version(2, &world_front(), "published", &BODY.replace("4%", "5%"));
    let world = World::new(Some(public.clone()), Some(open.clone()))
        .said("jun@post.example", Decision::Approve, &public, "2026-07-24T10:00:00+09:00")
        .said("mina@post.example", Decision::Submit, &open, "2026-07-25T22:10:00+09:00");
    let names = |world: &World| -> Vec<String> {
        stale(&world.story()).iter().map(|assent| assent.statement.person.name.clone()).collect()
    };
    assert_eq!(names(&world), ["Jun Seo"]);
    let world = world.recorded();
    assert_eq!(names(&world), Vec::<String>::new());
    assert!(!pull_request(&world.story()).text.contains("the words changed since"));
}

#[test]
fn what_a_pull_request_is_called() {
    let title = |world: World| pull_request(&world.story()).title;
    let public = || version(1, FERRY, "published", BODY);
    let noted = |kind: &str| format!("{FERRY}\n[[changes]]\nkind = \"{kind}\"\nnote = \"It is 5%.\"\n");
    let change = |front: &str| World::new(Some(public()), Some(version(2, front, "published", "Other words.\n")));
    assert_eq!(title(change(FERRY)), "Change: Ferry fares rise in May");
    assert_eq!(title(change(&noted("update"))), "Update: Ferry fares rise in May");
    assert_eq!(title(change(&noted("editors-note"))), "Editors’ note: Ferry fares rise in May");
    assert_eq!(title(World::new(None, Some(version(1, "title = \"\"", "draft", BODY)))), "ferry-fares");
    let draft = World::new(None, Some(version(1, "title = \"[WIP] Fixes #1 for @all\"", "draft", BODY)));
    assert_eq!(title(draft), "\u{200b}[WIP] Fixes #\u{200b}1 for @\u{200b}all");
    let long = World::new(None, Some(version(1, &format!("title = \"{}\"", "word ".repeat(90)), "draft", BODY)));
    let long = title(long);
    assert!(long.ends_with("word …") && long.chars().count() <= 250, "{long}");
}

#[test]
fn what_ci_says() {
    let (new, correction) = (new(), correction());
    let stories = [new.story(), correction.story()];
    let besides = [Finding::new("stealth-edit", Level::Error, "public words changed without a note")
        .in_file("articles/a/index.md")];
    insta::assert_snapshot!("summary", summary(&stories, &besides).text);
    let lines: Vec<String> = [&stories[..], &stories[..1], &stories[1..], &[]]
        .into_iter()
        .flat_map(|stories| [status(stories, &besides), status(stories, &[])])
        .map(|status| format!("{}: {}", status.state.as_str(), status.text))
        .collect();
    insta::assert_snapshot!("status", lines.join("\n"));
}

#[test]
fn nothing_of_an_unnamed_source_is_mailed() {
    let front = |who: &str, table: &str| {
        format!(
            "title = \"Ferry fares rise\"\n{table}\n\n[[{}sources]]\nname = \"{who} in the harbor office\"\nrole = \"deputy {who}\"\nanonymous = true\nreason = \"{who} fears for the job\"\nphone = \"555-{who}\"\n",
            if table.is_empty() { "" } else { "params." }
        )
    };
    for table in ["", "\n[params]\nsection = \"courts\""] {
        let public = version(1, &front("clerk", table), "published", BODY);
        let open = version(2, &front("Clerk Two", table), "published", BODY);
        let mut world = World::new(Some(public), Some(open));
        world.findings = vec![
            Finding::new("unnamed", Level::Error, "`Clerk Two in the harbor office` is not named").in_file(FILE),
            Finding::new("unnamed", Level::Error, "the reason `clerk   two FEARS for the job` is long").in_file(FILE),
        ];
        world.left_out =
            vec![LeftOut { rule: "unnamed", reason: "clerk fears for the job", until: None, origin: "text" }];
        let story = world.story();
        let besides = world.findings.clone();
        let letters = [
            pull_request(&story).text,
            changes(&story, &[]).text,
            summary(&[story], &besides).text,
            status(&[story], &besides).text,
            status(&[story], &[]).text,
        ];
        for letter in letters {
            assert!(!letter.to_lowercase().contains("clerk"), "{letter}");
        }
    }
}

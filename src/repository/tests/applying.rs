//! One change: references by compare-and-swap, and folders that follow.

use super::{Desk, branch, file, git, in_the_way, path, put, save};
use crate::article::{Change, Reach, RefName, RefStep, Target, Write};
use crate::repository::{Error, Repository, State};

#[test]
fn a_save_moves_one_branch_and_no_file() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.put("articles/pier/index.md", "Fire.\n");
    let applied = desk.applied(&save("desk/pier", None, vec![base], vec![put("articles/pier/index.md", "Fire.\n")]));
    assert_eq!(desk.tip("desk/pier"), applied.new_of(&branch("desk/pier")));
    assert_eq!(desk.tip("main"), Some(base));
    assert_eq!(desk.status(), "?? articles/pier/index.md");
    assert_eq!(desk.git(&["diff", "--name-only", "main", "desk/pier"]), "articles/pier/index.md");
    assert_eq!(desk.git(&["log", "-1", "--format=%an %ae %cn", "desk/pier"]), "Mina Park mina@post.example Mina Park");
    desk.is_sound();
}

#[test]
fn a_moved_branch_takes_the_working_folder_with_it() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.put("articles/pier/index.md", "Fire.\n");
    let writes = vec![
        put("articles/pier/index.md", "Fire.\n"),
        put("articles/pier/a/b/photo.jpg", "x"),
        put("articles/ferry/index.md", "Fares fall.\n"),
        Write::remove(path("desk.toml")),
    ];
    desk.applied(&save("main", Some(base), vec![base], writes));
    assert_eq!(desk.status(), "");
    assert_eq!(desk.text("articles/ferry/index.md").as_deref(), Some("Fares fall.\n"));
    assert_eq!(desk.text("articles/pier/a/b/photo.jpg").as_deref(), Some("x"));
    assert_eq!(desk.text("desk.toml"), None);
    let back = desk.tip("main");
    desk.applied(&save(
        "main",
        back,
        vec![back.expect("a tip")],
        vec![Write::remove(path("articles/pier/a/b/photo.jpg"))],
    ));
    assert!(!desk.at("articles/pier/a").exists(), "empty folders go");
    assert_eq!(desk.status(), "");
    desk.is_sound();
}

#[test]
fn the_first_commit_of_all_follows_too() {
    let desk = Desk::empty();
    desk.put("notes.txt", "mine\n");
    desk.applied(&save("main", None, vec![], vec![put("desk.toml", "[newsroom]\n")]));
    assert_eq!(desk.status(), "?? notes.txt");
    desk.undo().expect("the first operation is taken back");
    assert_eq!(desk.tip("main"), None);
    assert_eq!(desk.status(), "?? notes.txt");
    assert_eq!(desk.text("desk.toml"), None);
}

#[test]
fn nothing_moves_when_somebody_else_was_first() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    let mut change = save("desk/pier", Some(base), vec![base], vec![put("a.md", "x")]);
    assert!(matches!(desk.apply(&change), Err(Error::MovedMeanwhile { found: None, .. })));
    change.steps[0].expect = None;
    change.steps.push(RefStep { name: branch("main"), expect: None, target: Target::Object(base) });
    assert!(matches!(desk.apply(&change), Err(Error::MovedMeanwhile { name, .. }) if name == branch("main")));
    assert_eq!(desk.git(&["for-each-ref", "--format=%(refname)"]), "refs/heads/main");
}

#[test]
fn other_words_in_the_way_refuse_the_whole_change() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.put("articles/ferry/index.md", "My unsaved words.\n");
    desk.put("articles/new.md", "Somebody's.\n");
    std::fs::create_dir(desk.at("taken")).expect("made");
    let writes = vec![
        put("articles/ferry/index.md", "Fares fall.\n"),
        put("articles/new.md", "x"),
        put("taken", "x"),
        put("desk.toml", "y"),
    ];
    let before = desk.status();
    assert_eq!(
        in_the_way(desk.apply(&save("main", Some(base), vec![base], writes))),
        ["articles/ferry/index.md: OtherWords", "articles/new.md: OtherWords", "taken: Kind(Folder)"]
    );
    assert_eq!((desk.tip("main"), desk.status()), (Some(base), before));
    assert_eq!(desk.text("desk.toml").as_deref(), Some("[newsroom]\n"));
}

#[test]
fn what_is_staged_is_in_the_way_as_well() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.put("desk.toml", "staged\n");
    desk.git(&["add", "desk.toml"]);
    desk.put("desk.toml", "[newsroom]\n");
    let change = save("main", Some(base), vec![base], vec![put("desk.toml", "new\n")]);
    assert_eq!(in_the_way(desk.apply(&change)), ["desk.toml: Staged"]);
}

#[test]
fn files_beyond_the_branch_say_what_they_expect() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.put("articles/ferry/index.md", "My words.\n");
    let mut change = save("main", Some(base), vec![base], vec![put("articles/ferry/index.md", "Stamped.\n")]);
    change.files = vec![
        file("articles/ferry/index.md", Some("My words.\n"), Some("My words, stamped.\n")),
        file("articles/pier/index.md", None, Some("Laid out.\n")),
    ];
    desk.applied(&change);
    assert_eq!(desk.text("articles/ferry/index.md").as_deref(), Some("My words, stamped.\n"));
    assert_eq!(desk.status(), " M articles/ferry/index.md\n?? articles/pier/index.md");
    desk.undo().expect("undone");
    assert_eq!(desk.text("articles/ferry/index.md").as_deref(), Some("My words.\n"));
    assert_eq!(desk.status(), " M articles/ferry/index.md");
    let only_files = Change {
        summary: "laid out".to_owned(),
        articles: vec![],
        steps: vec![],
        files: vec![file("articles/ferry/index.md", Some("Other words.\n"), None)],
        reach: Reach::Here,
    };
    assert_eq!(in_the_way(desk.apply(&only_files)), ["articles/ferry/index.md: OtherWords"]);
}

#[cfg(unix)]
#[test]
fn undo_brings_back_the_right_to_run_a_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    let (beyond, followed) = ("articles/ferry/tool.sh", "articles/ferry/index.md");
    desk.put(beyond, "one\n");
    for path in [beyond, followed] {
        std::fs::set_permissions(desk.at(path), std::fs::Permissions::from_mode(0o755)).expect("set");
    }
    let mut change = save("main", Some(base), vec![base], vec![put(followed, "Fares fall.\n")]);
    change.files = vec![file(beyond, Some("one\n"), Some("two\n"))];
    desk.applied(&change);
    let modes = || [beyond, followed].map(|path| desk.at(path).metadata().expect("there").permissions().mode() & 0o777);
    assert_eq!(modes(), [0o644, 0o644]);
    desk.undo().expect("undone");
    assert_eq!((desk.text(beyond).as_deref(), modes()), (Some("one\n"), [0o755, 0o755]));
    desk.undo().expect_err("undone already");
}

#[test]
fn linked_folders_follow_and_protect_their_branch() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    let linked = desk.folder.path().join("../linked-").with_extension(desk.folder.path().file_name().expect("a name"));
    git(desk.folder.path(), &["worktree", "add", "-q", "-b", "desk/pier", linked.to_str().expect("text")]);
    let change = save("desk/pier", Some(base), vec![base], vec![put("articles/pier/index.md", "Fire.\n")]);
    let tip = desk.applied(&change).new_of(&branch("desk/pier"));
    assert_eq!(std::fs::read_to_string(linked.join("articles/pier/index.md")).ok().as_deref(), Some("Fire.\n"));
    assert_eq!(git(&linked, &["status", "--porcelain"]), "");
    let gone = Change {
        steps: vec![RefStep { name: branch("desk/pier"), expect: tip, target: Target::Gone }],
        ..change.clone()
    };
    assert!(matches!(desk.apply(&gone), Err(Error::InUse { .. })));
    let inside = Repository::open(&linked).expect("opens from there too");
    assert_eq!(inside.git_folder(), desk.open().git_folder());
    desk.undo().expect("undone");
    assert!(!linked.join("articles/pier").exists());
    assert_eq!(git(&linked, &["status", "--porcelain"]), "");
    std::fs::remove_dir_all(&linked).expect("removed");
    desk.applied(&change);
    assert_eq!(desk.open().in_progress(), None);
}

#[test]
fn statements_are_trees_and_branches_go() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    let name = RefName::new("refs/desk/approvals/x/y").expect("sound");
    let mut change = save("desk/pier", None, vec![base], vec![put("a.md", "x")]);
    change.steps.push(RefStep {
        name: name.clone(),
        expect: None,
        target: Target::Files(vec![("statement".to_owned(), b"yes".to_vec())]),
    });
    let applied = desk.applied(&change);
    let repository = desk.open();
    let tree = repository.resolve(&name).expect("readable").expect("there");
    assert_eq!(repository.root_files(tree).expect("readable"), [("statement".to_owned(), b"yes".to_vec())]);
    desk.git(&["pack-refs", "--all"]);
    let tip = applied.new_of(&branch("desk/pier"));
    let spike = Change {
        steps: vec![
            RefStep {
                name: RefName::new("refs/desk/spiked/x").expect("sound"),
                expect: None,
                target: Target::Object(tip.expect("a tip")),
            },
            RefStep { name: branch("desk/pier"), expect: tip, target: Target::Gone },
        ],
        ..change
    };
    desk.applied(&spike);
    assert_eq!(desk.tip("desk/pier"), None);
    desk.undo().expect("revived");
    assert_eq!(desk.tip("desk/pier"), tip);
    desk.undo().expect("as if it had never been");
    assert_eq!(desk.git(&["for-each-ref", "--format=%(refname)"]), "refs/desk/operations\nrefs/heads/main");
    assert!(matches!(desk.undo(), Err(Error::NothingToUndo)));
    let states: Vec<State> = desk.open().operations().expect("a log").map(|one| one.expect("readable").state).collect();
    assert_eq!(states, [State::Done, State::Done, State::Undone, State::Undone]);
    desk.is_sound();
}

#[test]
fn what_was_sent_stays_sent() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    let change = Change { reach: Reach::Sent, ..save("desk/pier", None, vec![base], vec![put("a.md", "x")]) };
    desk.applied(&change);
    assert!(matches!(desk.undo(), Err(Error::AlreadySent(sent)) if sent.summary == "saved desk/pier"));
}

#[test]
fn undo_never_overwrites_newer_words() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.applied(&save("main", Some(base), vec![base], vec![put("articles/ferry/index.md", "Fares fall.\n")]));
    desk.put("articles/ferry/index.md", "Fares fall, and rise.\n");
    assert_eq!(in_the_way(desk.undo().map(|undone| undone.applied)), ["articles/ferry/index.md: OtherWords"]);
    desk.git(&["commit", "-qam", "mine"]);
    assert!(matches!(desk.undo(), Err(Error::MovedMeanwhile { .. })));
}

#[test]
fn git_keeps_no_reference_below_another() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.git(&["branch", "desk"]);
    desk.git(&["pack-refs", "--all"]);
    let change = save("desk/pier", None, vec![base], vec![put("a.md", "x")]);
    assert!(matches!(desk.apply(&change), Err(Error::NameTaken { other, .. }) if other == branch("desk")));
}

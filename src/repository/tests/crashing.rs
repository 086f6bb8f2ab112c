//! A command that is stopped anywhere leaves the repository as it was before or as it would be after.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Desk, branch, by, file, mina, put, save};
use crate::article::{Change, RefStep, Target};
use crate::repository::{Error, Recovered, Repository};

/// Publishes: the base moves and takes files with it, a branch goes, and a file beyond them changes.
fn publish(repository: &Repository) -> Change {
    let tip = |name: &str| repository.resolve(&branch(name)).expect("readable");
    let (base, draft) = (tip("main"), tip("desk/pier"));
    let parents = base.into_iter().chain(draft).collect();
    let writes = vec![put("articles/pier/index.md", "Fire!\n"), put("articles/ferry/index.md", "Fares fall.\n")];
    let mut change = save("main", base, parents, writes);
    change.steps.push(RefStep { name: branch("desk/pier"), expect: draft, target: Target::Gone });
    change.files = vec![
        file("articles/pier/index.md", Some("Fire.\n"), Some("Fire!\n")),
        file("notes/new/todo.md", None, Some("call\n")),
    ];
    change
}

fn newsroom() -> Desk {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    desk.put("articles/pier/index.md", "Fire.\n");
    desk.applied(&save("desk/pier", None, vec![base], vec![put("articles/pier/index.md", "Fire.\n")]));
    desk
}

/// Asks the next command to settle it, and says whether the change happened.
#[track_caller]
fn settle(desk: &Desk, why: &str) -> bool {
    let repository = desk.open();
    let session = repository.begin(Duration::from_secs(60), &mut || {});
    let recovered = session.unwrap_or_else(|error| panic!("{why}: {error:?}")).recovered().cloned();
    let happened = desk.tip("desk/pier").is_none();
    if let Some(Recovered::Discarded(_)) = recovered {
        assert!(!happened, "{why}");
    }
    if happened {
        assert_eq!(desk.status(), "?? notes/new/todo.md", "{why}");
        assert_eq!(desk.text("articles/ferry/index.md").as_deref(), Some("Fares fall.\n"), "{why}");
        assert_eq!(desk.text("articles/pier/index.md").as_deref(), Some("Fire!\n"), "{why}");
    } else {
        assert_eq!(desk.status(), "?? articles/pier/index.md", "{why}");
        assert_eq!(desk.text("articles/ferry/index.md").as_deref(), Some("Fares rise.\n"), "{why}");
        assert_eq!(desk.text("articles/pier/index.md").as_deref(), Some("Fire.\n"), "{why}");
    }
    desk.is_sound();
    happened
}

#[test]
fn stopped_after_any_step_it_is_settled() {
    let mut outcomes = Vec::new();
    for step in 0.. {
        let desk = newsroom();
        let repository = desk.open();
        let result = {
            let mut session = repository.begin(Duration::from_secs(9), &mut || {}).expect("the lock is free");
            session.stop_after.set(Some(step));
            session.apply(&publish(&repository), &by(&mina()))
        };
        let is_over = !matches!(result, Err(Error::Stopped));
        outcomes.push(settle(&desk, &format!("stopped after step {step}")));
        desk.undo().expect("what was settled can be undone");
        if is_over {
            break;
        }
    }
    assert!(outcomes.len() > 5, "{outcomes:?}");
    assert_eq!(outcomes.first(), Some(&false), "before the deciding reference nothing has happened");
    assert!(outcomes[1..].iter().all(|&happened| happened), "after it everything has: {outcomes:?}");
}

#[test]
fn what_a_remote_took_has_happened_and_nothing_else_has() {
    let mut outcomes = Vec::new();
    for step in 0.. {
        let desk = newsroom();
        desk.git(&["remote", "add", "origin", "../post.git"]);
        let repository = desk.open();
        let result = {
            let mut session = repository.begin(Duration::from_secs(9), &mut || {}).expect("the lock is free");
            session.stop_after.set(Some(step));
            session.apply_sent(&publish(&repository), &by(&mina()), |moved| repository.remember("origin", &moved[..1]))
        };
        let is_over = !matches!(result, Err(Error::Stopped));
        outcomes.push(settle(&desk, &format!("stopped after step {step}")));
        assert_eq!(desk.open().known("origin", &branch("main")).expect("readable").is_some(), outcomes[step], "{step}");
        if is_over {
            break;
        }
    }
    assert_eq!(outcomes.first(), Some(&false), "before the remote had it nothing has happened");
    assert!(outcomes.len() > 5 && outcomes[1..].iter().all(|&happened| happened), "{outcomes:?}");
}

#[test]
fn what_a_remote_declines_leaves_everything_as_it_was() {
    let desk = newsroom();
    let repository = desk.open();
    let before = (desk.tip("main"), desk.tip("desk/pier"), desk.status());
    let mut session = repository.begin(Duration::from_secs(9), &mut || {}).expect("the lock is free");
    let declined = |_: &[crate::repository::Moved]| Err(Error::NothingToUndo);
    assert!(session.apply_sent(&publish(&repository), &by(&mina()), declined).is_err());
    drop(session);
    assert_eq!((desk.tip("main"), desk.tip("desk/pier"), desk.status()), before);
}

#[test]
fn stale_locks_of_ours_are_cleared_and_others_are_not() {
    let desk = newsroom();
    let repository = desk.open();
    {
        let mut session = repository.begin(Duration::from_secs(9), &mut || {}).expect("the lock is free");
        session.stop_after.set(Some(1));
        assert!(matches!(session.apply(&publish(&repository), &by(&mina())), Err(Error::Stopped)));
    }
    let other = format!("{}\n", desk.tip("main").expect("a base"));
    for (lock, holds) in [
        ("refs/heads/desk/pier.lock", ""),
        ("refs/desk/operations.lock", other.as_str()),
        ("packed-refs.lock", "# pack-refs with: peeled fully-peeled sorted \n"),
        ("index.lock", "desk operation 2\n"),
    ] {
        desk.put(&format!(".git/{lock}"), holds);
    }
    desk.put("articles/ferry/.desk-2-0.tmp", "half a fi");
    assert!(settle(&desk, "with stale locks"));
    assert!(!desk.at("articles/ferry/.desk-2-0.tmp").exists());
    desk.put(".git/refs/heads/main.lock", "");
    let base = desk.tip("main").expect("a base");
    let refused = desk.apply(&save("main", Some(base), vec![base], vec![put("a.md", "x")]));
    assert!(matches!(refused, Err(Error::Locked { .. })), "another program's lock is respected: {refused:?}");
    assert!(desk.at(".git/refs/heads/main.lock").exists());
}

#[test]
fn a_branch_that_went_on_keeps_its_later_words() {
    let desk = newsroom();
    let repository = desk.open();
    {
        let mut session = repository.begin(Duration::from_secs(9), &mut || {}).expect("the lock is free");
        session.stop_after.set(Some(1));
        assert!(matches!(session.apply(&publish(&repository), &by(&mina())), Err(Error::Stopped)));
    }
    desk.git(&["reset", "-q", "--hard"]);
    desk.put("articles/ferry/index.md", "Fares vanish.\n");
    desk.git(&["commit", "-qam", "by hand"]);
    let begun = repository.begin(Duration::from_secs(9), &mut || {}).expect("settled");
    assert!(matches!(begun.recovered(), Some(Recovered::Finished(_))));
    assert_eq!(desk.text("articles/ferry/index.md").as_deref(), Some("Fares vanish.\n"));
    assert_eq!(desk.tip("desk/pier"), None);
}

/// What the test below runs and kills.
#[test]
#[ignore = "run by `killed_at_system_calls_it_is_settled`"]
fn child_that_is_killed() {
    let Ok(folder) = std::env::var("DESK_TEST_FOLDER") else { return };
    let repository = Repository::open(Path::new(&folder)).expect("it opens");
    let mut session = repository.begin(Duration::from_secs(9), &mut || {}).expect("the lock is free");
    session.apply(&publish(&repository), &by(&mina())).expect("it applies");
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn killed_at_system_calls_it_is_settled() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("SKIPPED: strace is not installed");
        return;
    }
    let this = std::env::current_exe().expect("a test has a file");
    // With an error the call itself does not happen, so that both sides of each are seen.
    for (call, error, from, stride) in [
        ("openat", "", 40, 29),
        ("rename", "", 1, 4),
        ("rename", ":error=EIO", 1, 3),
        ("renameat", ":error=EIO", 1, 1),
        ("unlink", ":error=EIO", 1, 2),
    ] {
        for when in (from..).step_by(stride).take(8) {
            let desk = newsroom();
            let run = Command::new("strace")
                .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
                .args(["-e", &format!("inject={call}{error}:signal=SIGKILL:when={when}")])
                .arg(&this)
                .args(["--exact", "repository::tests::crashing::child_that_is_killed", "--ignored", "--test-threads=1"])
                .env("DESK_TEST_FOLDER", desk.folder.path())
                .output()
                .expect("strace runs");
            settle(&desk, &format!("killed at {call}{error} {when}"));
            if run.status.success() {
                break;
            }
        }
    }
}

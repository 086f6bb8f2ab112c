//! Many desks at once, and long sequences taken back.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Desk, branch, by, file, mina, put, save};
use crate::article::{Change, Reach, RefName, RefStep, Target, Write};
use crate::repository::Repository;
use crate::repository::tests::path;

/// What the test below runs sixteen times over.
#[test]
#[ignore = "run by `no_acknowledged_change_is_lost`"]
fn child_that_writes() {
    let (Ok(folder), Ok(number)) = (std::env::var("DESK_TEST_FOLDER"), std::env::var("DESK_TEST_NUMBER")) else {
        return;
    };
    let repository = Repository::open(Path::new(&folder)).expect("it opens");
    for round in 0..3 {
        let mut session = repository.begin(Duration::from_secs(300), &mut || {}).expect("its turn comes");
        let base = repository.resolve(&branch("main")).expect("readable");
        let writes = vec![put(&format!("articles/{number}-{round}/index.md"), "words\n")];
        let change = save("main", base, base.into_iter().collect(), writes);
        session.apply(&change, &by(&mina())).expect("it applies");
    }
}

#[test]
fn no_acknowledged_change_is_lost() {
    let desk = Desk::new();
    let this = std::env::current_exe().expect("a test has a file");
    let children: Vec<_> = (0..16)
        .map(|number| {
            Command::new(&this)
                .args(["--exact", "repository::tests::many::child_that_writes", "--ignored"])
                .env("DESK_TEST_FOLDER", desk.folder.path())
                .env("DESK_TEST_NUMBER", number.to_string())
                .stdout(std::process::Stdio::null())
                .spawn()
                .expect("it starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(desk.git(&["ls-tree", "-r", "--name-only", "main", "articles/"]).lines().count(), 48 + 1);
    assert_eq!(desk.git(&["rev-list", "--count", "main"]), "49");
    assert_eq!(desk.status(), "");
    assert_eq!(desk.open().operations().expect("a log").count(), 48);
    desk.is_sound();
}

/// References (the log apart), index and files.
fn state(desk: &Desk) -> String {
    let references = desk.git(&["for-each-ref", "--format=%(refname) %(objectname)"]);
    let references: Vec<&str> = references.lines().filter(|line| !line.contains("refs/desk/operations")).collect();
    let mut files = String::new();
    let repository = desk.open();
    for path in repository.working_files(None).expect("walked").into_iter().map(|file| file.path) {
        let bytes = repository.read_working(&path).expect("read").expect("there");
        files += &format!("{path}: {}\n", String::from_utf8_lossy(&bytes));
    }
    format!("{}\n{}\n{files}", references.join("\n"), desk.git(&["ls-files", "-s"]))
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Some change that fits the desk as it is.
fn any_change(desk: &Desk, dice: &mut Dice) -> Change {
    let name = ["ferry", "pier", "bridge"][usize::try_from(dice.roll(3)).expect("small")];
    let story = format!("articles/{name}/index.md");
    let on_disk = desk.text(&story);
    let words = format!("{name} {}\n", dice.roll(5));
    let base = desk.tip("main").expect("a base");
    let draft = desk.tip(&format!("desk/{name}"));
    let mut change = save(&format!("desk/{name}"), draft, vec![draft.unwrap_or(base)], vec![put(&story, &words)]);
    match dice.roll(5) {
        0 => change.files = vec![file(&story, on_disk.as_deref(), Some(&words))],
        1 => {
            let writes = match dice.roll(4) {
                0 => vec![Write::remove(path(&story))],
                _ => vec![put(&story, &words), put(&format!("records/{name}.toml"), &words)],
            };
            let after = writes[0].bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            change = save("main", Some(base), vec![base], writes);
            change.files = vec![file(&story, on_disk.as_deref(), after.as_deref())];
            if draft.is_some() {
                change.steps.push(RefStep {
                    name: branch(&format!("desk/{name}")),
                    expect: draft,
                    target: Target::Gone,
                });
            }
        }
        2 => {
            change.steps.clear();
            let after = (dice.roll(3) > 0).then_some(words.as_str());
            change.files = vec![file(&story, on_disk.as_deref(), after)];
        }
        3 => {
            let name = RefName::new(format!("refs/desk/approvals/{name}/{}", dice.roll(1000))).expect("sound");
            let expect = desk.open().resolve(&name).expect("readable");
            let target = Target::Files(vec![("statement".to_owned(), words.into_bytes())]);
            change.steps = vec![RefStep { name, expect, target }];
        }
        _ => {}
    }
    change.reach = Reach::Here;
    change
}

#[test]
fn any_sequence_can_be_taken_back() {
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let desk = Desk::new();
        let mut states = Vec::new();
        for _ in 0..8 {
            let before = state(&desk);
            // A file that is in the way by then refuses the change and leaves everything as it is.
            match desk.apply(&any_change(&desk, &mut dice)) {
                Ok(_) => states.push(before),
                Err(error) => assert_eq!(state(&desk), before, "{error}"),
            }
        }
        assert!(states.len() > 3, "seed {seed}");
        while let Some(before) = states.pop() {
            let undone = desk.undo().unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
            assert_eq!(state(&desk), before, "seed {seed}: {}", undone.operation.summary);
        }
        desk.is_sound();
    }
}

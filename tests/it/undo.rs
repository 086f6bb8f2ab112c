//! Undone one by one, commands leave everything as it was.

use std::collections::BTreeMap;
use std::path::Path;

use crate::newsroom::{JUN, MINA, Newsroom};

/// A seeded source of choices (xorshift): a failing sequence can be run again.
struct Choices(u64);

impl Choices {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Everything that a command may change, the log of operations apart.
#[derive(Debug, PartialEq, Eq)]
struct State {
    references: String,
    head: String,
    index: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl State {
    fn of(newsroom: &Newsroom) -> Self {
        let mut files = BTreeMap::new();
        gather(&newsroom.path(), "", &mut files);
        let head = newsroom.git(["symbolic-ref", "HEAD"]) + &newsroom.git(["rev-parse", "HEAD"]);
        Self { references: newsroom.references(), head, index: newsroom.git(["ls-files", "--stage"]), files }
    }
}

fn gather(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path == "/.git" {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &path, files);
        } else {
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
}

fn logged(newsroom: &Newsroom) -> usize {
    newsroom
        .run(["undo", "--list"])
        .ok()
        .lines()
        .filter(|line| line.starts_with(|one: char| one.is_ascii_digit()))
        .count()
}

/// One command chosen by chance; whether it succeeds is chance too.
fn step(newsroom: &Newsroom, choices: &mut Choices) -> String {
    let slug = ["ferry", "harbor", "pier"][choices.below(3)];
    let person = [MINA, JUN][choices.below(2)];
    let title = format!("Title of {slug}");
    let new = ["new", &title, "--kind", "brief", "--slug", slug, "--set", "section=local", "--no-edit"];
    let args: &[&str] = match choices.below(9) {
        0 | 1 => &new,
        2 => &["edit", slug, "--no-edit"],
        3 => &["submit", slug],
        4 => &["approve", slug, "--yes"],
        5 => &["return", slug, "--note", "once more"],
        6 => &["publish", slug],
        7 => &["spike", slug, "--note", "no story"],
        _ => &["revive", slug],
    };
    let output = newsroom.as_(person).run(args);
    assert!(matches!(output.code, Some(0..=2)), "{args:?}: {output}");
    format!("{} {} [{}]", person.name, args.join(" "), output.code.unwrap())
}

#[test]
fn sequences_undone_one_by_one_leave_nothing_behind() {
    for seed in 1..=30 {
        let newsroom = Newsroom::with_profile("pair");
        let mut choices = Choices(0x9e37_79b9 ^ (seed << 32));
        let mut told = Vec::new();
        // A newsroom with a story in it; words are typed before the state that must come back.
        let path = newsroom.brief(["ferry", "harbor", "pier"][choices.below(3)]);
        let start = State::of(&newsroom);
        let before = logged(&newsroom);
        for _ in 0..6 {
            told.push(step(&newsroom, &mut choices));
        }
        let operations = logged(&newsroom) - before;
        for _ in 0..operations {
            let said = newsroom.run(["undo", "--yes"]);
            assert_eq!(said.code, Some(0), "seed {seed} ({path}): {told:#?}\n{said}");
        }
        let end = State::of(&newsroom);
        assert!(start == end, "seed {seed} ({path}): {told:#?}\n{start:?}\n{end:?}");
    }
}

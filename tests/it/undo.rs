//! Undone one by one, commands leave everything as it was: references (the log apart), HEAD, index entries and files.
//!
//! Commands run in this process, so that there is time for many sequences: `DESK_UNDO_SEQUENCES` says how many.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use desk::command::{self, Environment};
use desk::process::{Clock, Variables};
use desk::terminal::{Streams, Terminals};

use crate::newsroom::{ANA, JUN, MINA, Newsroom, Person};

/// How many sequences there are where nobody says how many.
const FEW: u64 = 40;

/// How many commands are in one.
const COMMANDS: usize = 8;

/// A seeded source of choices (xorshift): a failing sequence can be run again.
struct Choices(u64);

impl Choices {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Everything that a command may change, the log of operations apart.
#[derive(Debug, PartialEq, Eq)]
struct State {
    head: String,
    references: BTreeMap<String, String>,
    index: BTreeMap<(String, u16), (u32, String)>,
    files: BTreeMap<String, Vec<u8>>,
}

impl State {
    fn of(folder: &Path) -> Self {
        let git = git2::Repository::open(folder).unwrap();
        let head = git.find_reference("HEAD").unwrap().symbolic_target().unwrap().unwrap().to_owned();
        let mut references = BTreeMap::new();
        for reference in git.references().unwrap() {
            let reference = reference.unwrap();
            let name = reference.name().unwrap().to_owned();
            if name != "refs/desk/operations" {
                references.insert(name, reference.target().unwrap().to_string());
            }
        }
        let entry = |entry: git2::IndexEntry| {
            let name = String::from_utf8(entry.path).unwrap();
            ((name, (entry.flags >> 12) & 3), (entry.mode, entry.id.to_string()))
        };
        let index = git.index().unwrap().iter().map(entry).collect();
        let mut files = BTreeMap::new();
        gather(folder, "", &mut files);
        Self { head, references, index, files }
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

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A newsroom at work, before anything that must come back: a draft, a story in review, one that is public and one that
/// is public and open, whose public words changed meanwhile.
fn template() -> Newsroom {
    let newsroom = Newsroom::with_profile("pair");
    for (key, value) in [("core.fsync", "none"), ("core.autocrlf", "false"), ("gpg.format", "openpgp")] {
        newsroom.git(["config", key, value]);
    }
    newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
    newsroom.git(["commit", "--quiet", "--all", "--message", "Mina is on duty"]);
    newsroom.brief("ferry");
    newsroom.brief("harbor");
    newsroom.run(["submit", "harbor"]).ok();
    for slug in ["pier", "tide"] {
        let path = newsroom.brief(slug);
        newsroom
            .write(&path, newsroom.read(&path) + "\nThe second paragraph stands here for now.\n\nThe last one too.\n");
        newsroom.run(["submit", slug]).ok();
        newsroom.as_(JUN).run(["approve", slug, "--yes"]).ok();
        newsroom.run(["publish", slug]).ok();
    }
    let tide = "articles/2026/07/tide/index.md";
    let public = newsroom.read(tide);
    newsroom.edit(tide, "berth 4", "berth 7");
    newsroom.tell("tide").run(["submit", "tide"]).ok();
    let open = newsroom.read(tide);
    newsroom.write(tide, public.replace("The last one too.", "The last one said more."));
    newsroom.git(["commit", "--quiet", "--message", "By hand", "--", tide]);
    newsroom.write(tide, open);
    newsroom
}

/// One newsroom of its own, and the clock in it.
struct Play {
    folder: PathBuf,
    now: jiff::Timestamp,
    runs: u64,
}

impl Play {
    fn setting(&self, person: Person) -> Variables {
        let home = self.folder.join("..").join("home");
        let all: [(&str, OsString); 8] = [
            ("PATH", std::env::var_os("PATH").unwrap_or_default()),
            ("HOME", home.clone().into()),
            ("XDG_CONFIG_HOME", home.into()),
            ("GIT_CONFIG_NOSYSTEM", "1".into()),
            ("GIT_AUTHOR_NAME", person.name.into()),
            ("GIT_AUTHOR_EMAIL", person.address.into()),
            ("GIT_COMMITTER_NAME", person.name.into()),
            ("GIT_COMMITTER_EMAIL", person.address.into()),
        ];
        all.into_iter().map(|(name, value)| (OsString::from(name), value)).collect()
    }

    /// Runs `desk`; its exit code and all that it said.
    fn run(&mut self, person: Person, args: &[&str]) -> (u8, String) {
        self.now += jiff::SignedDuration::from_mins(1);
        self.runs += 1;
        let environment = Environment {
            args: std::iter::once("desk").chain(args.iter().copied()).map(OsString::from).collect(),
            directory: self.folder.clone(),
            variables: self.setting(person),
            now: self.now,
            clock: Clock::Set(self.now),
            seed: Some(self.runs),
            terminals: Terminals::default(),
        };
        let (streams, buffers) = Streams::buffers("");
        let code = command::run(environment, streams);
        (code, buffers.out() + &buffers.err())
    }

    /// How many operations there are to take back.
    fn operations(&self) -> usize {
        let setting = desk::newsroom::Setting {
            directory: self.folder.clone(),
            now: self.now,
            seed: Some(0),
            programs: desk::process::Programs::new(self.setting(MINA)),
            words: Vec::new(),
            herald: desk::newsroom::Herald::new(|_| {}),
            passwords: desk::process::Passwords::Never,
        };
        desk::newsroom::Newsroom::open(setting).unwrap().done(usize::MAX).unwrap().len()
    }

    /// Somebody types into an article, perhaps; the file as it was.
    fn type_in(&self, choices: &mut Choices, told: &mut Vec<String>) -> Option<(PathBuf, Vec<u8>)> {
        let slug = choices.of(&["ferry", "harbor", "pier", "tide", "wharf", "letter", "berth", "quay"]);
        let file = self.folder.join(format!("articles/2026/07/{slug}/index.md"));
        let before = std::fs::read(&file).ok().filter(|_| choices.below(2) == 0)?;
        let text = String::from_utf8(before.clone()).unwrap();
        let after = match choices.below(5) {
            4 => text + "\nSee [it](../pier/) and [that](/2026/07/tide/).\n",
            0 => text + "\nOne more paragraph.\n",
            1 => text.replace("waits at", "lies at"),
            2 => text.replace("section = \"local\"", "section = \"local\"\ntags = [\"port\"]"),
            _ => text.replace("The last one", "The very last one"),
        };
        told.push(format!("types in {slug}"));
        std::fs::write(&file, after).unwrap();
        Some((file, before))
    }
}

/// One command chosen by chance; whether it succeeds is chance too.
fn step(play: &mut Play, choices: &mut Choices, told: &mut Vec<String>) {
    let slug = choices.of(&["ferry", "harbor", "pier", "tide", "wharf", "berth", "quay"]);
    let name = choices.of(&["pier", "tide", "berth", "quay", "harbor"]);
    let mut person = choices.of(&[MINA, JUN]);
    let letter = play.folder.join("../letter.txt");
    let photo = play.folder.join("../dredger.jpg");
    let (letter, photo) = (letter.to_string_lossy().into_owned(), photo.to_string_lossy().into_owned());
    let settle = ["--settle", choices.of(&["mine", "theirs", "both"])];
    let kind = choices.of(&["correction", "update", "clarification"]);
    let args: Vec<&str> = match choices.below(23) {
        0 => vec!["new", "The wharf", "--kind", "brief", "--slug", "wharf", "--set", "section=local", "--no-edit"],
        1 => vec!["edit", slug, "--no-edit"],
        2 | 3 => vec!["submit", slug],
        4 | 5 => vec!["approve", slug, "--yes"],
        6 => vec!["return", slug, "--note", "once more"],
        7 | 8 => vec!["publish", slug],
        9 => vec!["publish", slug, "--alone", "--note", "nobody else is awake"],
        10 => vec!["spike", slug, "--note", "no story"],
        11 => vec!["revive", slug],
        12 => vec!["correct", slug, "--kind", kind, "--note", "It says more now."],
        13 => {
            person = ANA;
            vec!["withdraw", slug, "--kind", "retraction", "--note", "None of it was so."]
        }
        14 => vec!["photo", slug, &photo, "--caption", "The dredger.", "--credit", "Port", "--alt", "A dredger"],
        15 => vec!["correct", slug, "--cancel"],
        16 => vec!["import", &letter, "--kind", "brief", "--slug", "letter", "--set", "section=local"],
        17 | 18 => vec!["rename", slug, name],
        19 => vec!["publish", slug, "--at", "in 2 hours"],
        20 => vec!["publish", slug, "--cancel"],
        21 => {
            play.now += jiff::SignedDuration::from_hours(3);
            vec!["tick"]
        }
        _ => vec!["sync", slug, settle[0], settle[1]],
    };
    let (code, said) = play.run(person, &args);
    assert!(code <= 2, "{told:#?}\n{args:?}: {said}");
    told.push(format!("{} {} [{code}]", person.name, args.join(" ")));
}

/// Plays one sequence and takes all of it back; whether anything was done in it.
fn sequence(template: &Path, seed: u64) -> usize {
    let around = tempfile::Builder::new().prefix("desk-undo-").tempdir().unwrap();
    let folder = around.path().canonicalize().unwrap().join("work");
    copy(template, &folder);
    std::fs::create_dir(around.path().join("home")).unwrap();
    std::fs::write(around.path().join("letter.txt"), "A letter\n\nThe dredger waits at berth 4.\n").unwrap();
    std::fs::write(around.path().join("dredger.jpg"), "a photo").unwrap();
    let mut play = Play { folder, now: "2026-07-25T16:00:00Z".parse().unwrap(), runs: 1_000 };
    let mut choices = Choices(0x9e37_79b9_7f4a_7c15 ^ (seed << 20));
    let (mut told, mut done) = (Vec::new(), Vec::new());
    let mut operations = play.operations();
    for _ in 0..COMMANDS {
        let typed = play.type_in(&mut choices, &mut told);
        let before = State::of(&play.folder);
        step(&mut play, &mut choices, &mut told);
        let now = play.operations();
        done.push((typed, before, now - operations));
        operations = now;
    }
    let all = done.iter().map(|(.., count)| count).sum();
    for (typed, before, count) in done.into_iter().rev() {
        for _ in 0..count {
            let (code, said) = play.run(MINA, &["undo", "--yes"]);
            assert_eq!(code, 0, "seed {seed}: {told:#?}\n{said}");
            told.push(said);
        }
        let after = State::of(&play.folder);
        assert!(after == before, "seed {seed}: {told:#?}\n{}", different(&before, &after));
        if let Some((file, bytes)) = typed {
            std::fs::write(file, bytes).unwrap();
        }
    }
    all
}

/// What is not as it was.
fn different(before: &State, after: &State) -> String {
    let mut said = String::new();
    let mut say = |what: &str, old: String, new: String| {
        if old != new {
            said.push_str(&format!("{what}\n  was {old}\n  is  {new}\n"));
        }
    };
    say("HEAD", before.head.clone(), after.head.clone());
    let names = |state: &State| state.references.keys().chain(state.files.keys()).cloned().collect::<Vec<_>>();
    let mut all = names(before);
    all.extend(names(after));
    all.sort();
    all.dedup();
    for name in all {
        say(&name, format!("{:?}", before.references.get(&name)), format!("{:?}", after.references.get(&name)));
        let text = |state: &State| state.files.get(&name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        say(&name, format!("{:?}", text(before)), format!("{:?}", text(after)));
    }
    say("index", format!("{:?}", before.index), format!("{:?}", after.index));
    said
}

#[test]
fn sequences_undone_one_by_one_leave_nothing_behind() {
    let count = std::env::var("DESK_UNDO_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(FEW);
    let template = template();
    let path = template.path();
    let workers = 4;
    let operations: usize = std::thread::scope(|scope| {
        let template = &path;
        let share = |from: u64| {
            scope.spawn(move || (from..=count).step_by(workers).map(|seed| sequence(template, seed)).sum::<usize>())
        };
        let shares: Vec<_> = (1..=u64::try_from(workers).unwrap()).map(share).collect();
        shares.into_iter().map(|share| share.join().unwrap()).sum()
    });
    assert!(operations > usize::try_from(count).unwrap(), "{operations} operations in {count} sequences");
}

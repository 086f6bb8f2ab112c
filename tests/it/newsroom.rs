//! A newsroom to test in: a folder of its own, a git of its own, three people, and a clock that steps.
#![allow(dead_code, reason = "words for tests to use; not every word is used at all times")]

use std::cell::Cell;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

/// Somebody who works here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    pub name: &'static str,
    pub address: &'static str,
}

/// Writes.
pub const MINA: Person = Person { name: "Mina Park", address: "mina@post.example" };
/// Edits (role `editorial`).
pub const JUN: Person = Person { name: "Jun Seo", address: "jun@post.example" };
/// Reads for the law (role `legal`).
pub const ANA: Person = Person { name: "Ana Ruiz", address: "ana@post.example" };

/// When the first command runs.
const FIRST: &str = "2026-07-25T22:00:00+09:00";

/// A temporary folder with `work` (where commands run) and `home` (with git's configuration) in it.
pub struct Newsroom {
    folder: TempDir,
    now: Cell<Timestamp>,
    runs: Cell<u64>,
}

/// A newsroom to make others of: what takes many commands to set up is set up once.
pub struct Mould {
    folder: TempDir,
    now: Timestamp,
    runs: u64,
}

impl Mould {
    /// Another newsroom, the same to the byte, at the same time of day.
    pub fn cast(&self) -> Newsroom {
        let folder = tempfile::Builder::new().prefix("desk-test-").tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        Newsroom { folder, now: Cell::new(self.now), runs: Cell::new(self.runs) }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

/// One person at the keyboard.
#[must_use]
pub struct Visit<'a> {
    newsroom: &'a Newsroom,
    person: Option<Person>,
    input: Vec<u8>,
    variables: Vec<(String, String)>,
}

/// What a command wrote and how it ended. Shown, it is standard output, `--- stderr ---` and `[exit N]`.
#[must_use = "a command's end is looked at: `ok()`, `fails(1)`, or a snapshot"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Newsroom {
    /// A folder with nothing in it, not even a repository.
    pub fn folder() -> Self {
        let folder = tempfile::Builder::new().prefix("desk-test-").tempdir().unwrap();
        for name in ["work", "home", "tmp"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let config = "[core]\n\tfsync = none\n\tautocrlf = false\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n\
                      [advice]\n\tdetachedHead = false\n[protocol \"file\"]\n\tallow = always\n";
        std::fs::write(folder.path().join("home/.gitconfig"), config).unwrap();
        Self { folder, now: Cell::new(FIRST.parse().unwrap()), runs: Cell::new(0) }
    }

    /// A git repository with no commit.
    pub fn repository() -> Self {
        let newsroom = Self::folder();
        newsroom.git(["init", "--quiet"]);
        newsroom
    }

    /// The Port Alder Post: two people assent to everything, one of them with role `editorial`; Mina started it.
    pub fn new() -> Self {
        Self::with_profile("newsroom")
    }

    /// The Port Alder Post under another profile: `solo`, `pair` or `newsroom`.
    pub fn with_profile(profile: &str) -> Self {
        let newsroom = Self::repository();
        let name = ["init", "--name", "Port Alder Post", "--profile", profile];
        let staff = ["Mina Park <mina@post.example>:writer", "Jun Seo <jun@post.example>:editorial"];
        let legal = "Ana Ruiz <ana@post.example>:legal";
        let rest = ["--articles", "articles", "--staff", staff[0], "--staff", staff[1], "--staff", legal, "--yes"];
        newsroom.run(name.into_iter().chain(rest)).ok();
        newsroom
    }

    /// As it is now, to make others of.
    pub fn mould(self) -> Mould {
        Mould { now: self.now.get(), runs: self.runs.get(), folder: self.folder }
    }

    /// Where commands run.
    pub fn path(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join("work")
    }

    /// The folder that holds everything, for a second clone, say.
    pub fn around(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// Mina begins a brief that holds up in every check; the path of its text.
    pub fn brief(&self, slug: &str) -> String {
        let title = format!("Title of {slug}");
        self.run(["new", &title, "--kind", "brief", "--slug", slug, "--set", "section=local", "--no-edit"]).ok();
        let path = format!("articles/2026/07/{slug}/index.md");

        self.write(&path, self.read(&path) + "\nThe dredger waits at berth 4.\n");
        path
    }

    /// Mina tells readers of an open change of what they have seen.
    #[track_caller]
    pub fn tell(&self, slug: &str) -> &Self {
        self.run(["correct", slug, "--kind", "update", "--note", "More is known now."]).ok();
        self
    }

    /// Every reference and what it points to, those of the operation log apart.
    pub fn references(&self) -> String {
        let all = self.git(["for-each-ref", "--format=%(refname) %(objectname)"]);
        all.lines().filter(|line| !line.starts_with("refs/desk/operations ")).map(|line| format!("{line}\n")).collect()
    }

    /// Lets time go by.
    pub fn later(&self, minutes: i64) -> &Self {
        self.now.set(self.now.get() + SignedDuration::from_mins(minutes));
        self
    }

    /// Somebody sits down.
    pub fn as_(&self, person: Person) -> Visit<'_> {
        Visit { newsroom: self, person: Some(person), input: Vec::new(), variables: Vec::new() }
    }

    /// Somebody whom git does not know sits down.
    pub fn as_nobody(&self) -> Visit<'_> {
        Visit { person: None, ..self.as_(MINA) }
    }

    /// Mina runs `desk`.
    pub fn run<A: AsRef<str>>(&self, args: impl IntoIterator<Item = A>) -> Output {
        self.as_(MINA).run(args)
    }

    /// Mina runs `git`, which must succeed; its standard output.
    pub fn git<A: AsRef<str>>(&self, args: impl IntoIterator<Item = A>) -> String {
        self.as_(MINA).git(args)
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// What a file holds.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let file = self.path().join(path);
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces `old` by `new` in a file, where it must stand once: a person editing.
    #[track_caller]
    pub fn edit(&self, path: &str, old: &str, new: &str) -> &Self {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        self.write(path, text.replacen(old, new, 1))
    }

    /// Whether a file or a folder is there.
    pub fn exists(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    /// `program` as everything runs here: a clean environment, this newsroom's git, the next minute.
    pub fn command(&self, program: impl AsRef<Path>, person: Option<Person>) -> Command {
        self.now.set(self.now.get() + SignedDuration::from_mins(1));
        self.runs.set(self.runs.get() + 1);
        let now = self.now.get().to_string();
        let home = self.around().join("home");
        let mut command = Command::new(program.as_ref());
        command.current_dir(self.path()).env_clear();
        for kept in ["PATH", "SYSTEMROOT", "SYSTEMDRIVE", "PATHEXT", "COMSPEC", "LLVM_PROFILE_FILE"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command.env("HOME", &home).env("USERPROFILE", &home).env("XDG_CONFIG_HOME", home.join("config"));
        command.env("TMPDIR", self.around().join("tmp")).env("TEMP", self.around().join("tmp"));
        command.env("GIT_CONFIG_GLOBAL", home.join(".gitconfig")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_CEILING_DIRECTORIES", self.around()).env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_AUTHOR_DATE", &now).env("GIT_COMMITTER_DATE", &now).env("TZ", "UTC").env("LC_ALL", "C");
        command.env("DESK_NOW", &now).env("DESK_SEED", self.runs.get().to_string());
        if let Some(Person { name, address }) = person {
            command.env("GIT_AUTHOR_NAME", name).env("GIT_AUTHOR_EMAIL", address);
            command.env("GIT_COMMITTER_NAME", name).env("GIT_COMMITTER_EMAIL", address);
        }
        command
    }

    /// Text with this newsroom's folder written `[DESK]`, and what is around it `[AROUND]`.
    fn normalised(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let mut text = text;
        for (path, name) in [(self.path(), "[DESK]"), (self.around(), "[AROUND]")] {
            let path = path.to_string_lossy().into_owned();
            let plain = path.trim_start_matches(r"\\?\").to_owned();
            for spelled in [path, plain.replace('\\', "/"), plain] {
                text = text.replace(&spelled, name);
            }
        }
        text
    }
}

impl Visit<'_> {
    /// With this on standard input.
    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// With an environment variable.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs `desk`.
    pub fn run<A: AsRef<str>>(&self, args: impl IntoIterator<Item = A>) -> Output {
        let args: Vec<String> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        let output = self.run_with(env!("CARGO_BIN_EXE_desk"), &args);
        crate::formats::holds_its_schema(&args, &output);
        output
    }

    /// Runs `git`, which must succeed; its standard output.
    #[track_caller]
    pub fn git<A: AsRef<str>>(&self, args: impl IntoIterator<Item = A>) -> String {
        let output = self.run_with("git", args);
        assert_eq!(output.code, Some(0), "git: {output}");
        output.stdout
    }

    /// Runs some other program.
    pub fn run_with<A: AsRef<str>>(&self, program: &str, args: impl IntoIterator<Item = A>) -> Output {
        let mut command = self.newsroom.command(program, self.person);
        for arg in args {
            command.arg(arg.as_ref());
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input is no failure.
        child.stdin.take().unwrap().write_all(&self.input).ok();
        let output = child.wait_with_output().unwrap();
        Output {
            stdout: self.newsroom.normalised(&output.stdout),
            stderr: self.newsroom.normalised(&output.stderr),
            code: output.status.code(),
        }
    }
}

impl Output {
    /// It succeeded; what it wrote to standard output.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{self}");
        self.stdout
    }

    /// It ended with this code; everything it wrote.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self}");
        self.to_string()
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }
}

impl fmt::Display for Output {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(out, "--- stderr ---\n{}", self.stderr)?;
        }
        match self.code {
            Some(code) => write!(out, "[exit {code}]"),
            None => out.write_str("[killed]"),
        }
    }
}

#[test]
fn two_newsrooms_are_the_same_to_the_bit() {
    let commit = || {
        let newsroom = Newsroom::repository();
        newsroom.write("a.txt", "a\n").git(["add", "a.txt"]);
        newsroom.git(["commit", "--quiet", "-m", "one"]);
        newsroom.git(["rev-parse", "HEAD"])
    };
    assert_eq!(commit(), commit());
}

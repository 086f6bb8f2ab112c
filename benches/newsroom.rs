//! How long desk takes, as whole processes on newsrooms made for it: start-up, `list` and `check` on 1,000 and 10,000
//! articles of about 900 words. Started with `cargo bench`; `cargo bench -- 1000` takes one size. Quote the ratios:
//! machines differ.
//!
//! `check` is measured twice: anew, with nothing remembered, against the *floor* of reading the same files, parsing
//! their TOML and their Markdown and holding them against their schema; and again, against `git status`. A folder of
//! Vale styles named in `DESK_BENCH_STYLES` becomes the house style.
//!
//! Then `check --range` on a branch of 1,000 commits, anew and again, and `audit` of as many articles that were all
//! published with desk, one step each.
//!
//! A benchmark measures and never judges: nothing here fails because it was slow. It does fail where findings depend on
//! how many threads look for them.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures")]
#![allow(missing_docs, reason = "a benchmark has no callers")]

#[path = "newsroom/published.rs"]
mod published;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use desk::article::{Body, Document, RepoPath, Stage};
use desk::schema::Schema;
use rayon::prelude::*;

/// Runs of each command that count.
const RUNS: usize = 7;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let desk = env!("CARGO_BIN_EXE_desk");
    let nowhere = tempfile::tempdir().unwrap();
    let git = median(nowhere.path(), "git", &["--version"]);
    row("git --version", git, git);
    row("desk --version", median(nowhere.path(), desk, &["--version"]), git);
    for size in sizes {
        let folder = newsroom(desk, size);
        let status = median(folder.path(), "git", &["status", "--porcelain"]);
        println!("\n{size} articles");
        row("git status", status, status);
        for args in [&["list"][..], &["list", "--format", "json"], &["list", "harbor"], &["--no-input"]] {
            row(&format!("desk {}", args.join(" ")), median(folder.path(), desk, args), status);
        }
        row("desk check, again", median(folder.path(), desk, &["check"]), status);
        let floor = median_of(|| floor(folder.path()));
        row("the floor of a check", floor, floor);
        let anew = median_of(|| {
            std::fs::remove_file(folder.path().join(".git/desk-cache/check")).ok();
            once(folder.path(), desk, &["check", "--format", "short"]);
        });
        row("desk check, anew", anew, floor);
        println!("{} findings, the same on one thread and on many", same_on_any_threads(folder.path(), desk, size));
        commits(folder.path());
        let log = median(folder.path(), "git", &["log", "--oneline", "--raw", "main..work"]);
        println!("{COMMITS} commits over {CHANGED} articles");
        row("git log --raw", log, log);
        let range = ["check", "--range", "main..work", "--format", "short"];
        let anew = median_of(|| {
            std::fs::remove_file(folder.path().join(".git/desk-cache/check")).ok();
            once(folder.path(), desk, &range);
        });
        row("desk check --range, anew", anew, log);
        row("desk check --range, again", median(folder.path(), desk, &range), log);
        let public = published::newsroom(desk, size);
        println!("{size} articles that desk published");
        let log = median(public.path(), "git", &["log", "--oneline", "--raw"]);
        row("git log --raw", log, log);
        row("desk audit", median(public.path(), desk, &["audit"]), log);
    }
}

/// Checks on one thread and on many, each anew, with a fault in every seventh article, and gives how many findings both
/// have. It is no matter of time: here is where so much is checked.
fn same_on_any_threads(folder: &Path, desk: &str, size: usize) -> usize {
    for number in (0..size).step_by(7) {
        let main = home(folder, number).join("index.md");
        let text = std::fs::read_to_string(&main).unwrap();
        std::fs::write(&main, text + "\nThe the dredger TK “waits.\n").unwrap();
    }
    let said = |threads: &str| {
        std::fs::remove_file(folder.join(".git/desk-cache/check")).ok();
        let mut check = Command::new(desk);
        check.args(["check", "--format", "short"]).env("RAYON_NUM_THREADS", threads).current_dir(folder);
        check.output().unwrap().stdout
    };
    let alone = said("1");
    assert!(alone == said("8"), "threads change what is found");
    git(folder, &["checkout", "--quiet", "."]);
    alone.iter().filter(|byte| **byte == b'\n').count()
}

/// Where an article of this number is.
fn home(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("articles/news/{}/{:02}/story-{number}", 2016 + number % 10, number % 12 + 1))
}

/// How many commits a range has, and how many articles they write.
const COMMITS: usize = 1_000;
const CHANGED: usize = 400;

/// Makes a branch `work` whose commits each write one draft.
fn commits(folder: &Path) {
    let mut stream = Vec::new();
    let mut chance = 7;
    for number in 0..COMMITS {
        let which = number % CHANGED;
        let text = article(which, &mut chance).replace("draft = false", "draft = true");
        let from = if number == 0 { "from refs/heads/main^0\n" } else { "" };
        let who = format!("Mina Park <mina@post.example> {} +0000", 1_785_000_000 + number);
        write!(stream, "commit refs/heads/work\nauthor {who}\ncommitter {who}\ndata 1\nx\n{from}").unwrap();
        write!(stream, "M 100644 inline articles/news/2026/01/draft-{which}/index.md\ndata {}\n{text}\n", text.len())
            .unwrap();
    }
    let mut import = Command::new("git");
    import.args(["fast-import", "--quiet"]).current_dir(folder).stdin(Stdio::piped());
    let mut import = import.spawn().unwrap();
    import.stdin.take().unwrap().write_all(&stream).unwrap();
    assert!(import.wait().unwrap().success());
}

/// What any check must do: read, parse and hold against a schema, on all cores.
fn floor(folder: &Path) {
    let (kind, text) = desk::schema::defaults()[0];
    let path = RepoPath::new(format!("schemas/{kind}.schema.json")).unwrap();
    let schema = Schema::read(kind, &path, text.as_bytes()).unwrap();
    let mut files = Vec::new();
    let mut folders = vec![folder.join("articles")];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    let found: usize = files
        .par_iter()
        .with_max_len(16)
        .map(|file| {
            let path = RepoPath::new(file.strip_prefix(folder).unwrap().to_str().unwrap()).unwrap();
            let (document, findings) = Document::read(path, &std::fs::read(file).unwrap());
            let body = Body::read(&document);
            findings.len() + schema.validate(&document, &body, Stage::Published).len()
        })
        .sum();
    std::hint::black_box(found);
}

fn row(name: &str, time: Duration, against: Duration) {
    println!("{name:<26} {:>9.1} ms   {:>6.2}x", time.as_secs_f64() * 1e3, time.as_secs_f64() / against.as_secs_f64());
}

fn once(folder: &Path, program: &str, args: &[&str]) {
    let mut command = Command::new(program);
    command.args(args).current_dir(folder);
    command.env("GIT_AUTHOR_NAME", "Mina Park").env("GIT_AUTHOR_EMAIL", "mina@post.example");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
}

fn median(folder: &Path, program: &str, args: &[&str]) -> Duration {
    median_of(|| once(folder, program, args))
}

fn median_of(act: impl Fn()) -> Duration {
    act();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            act();
            started.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=Mina Park", "-c", "user.email=mina@post.example", "-c", "maintenance.auto=false"])
        .args(args);
    assert!(command.current_dir(folder).stdout(Stdio::null()).status().unwrap().success());
}

/// A newsroom that was there before desk: `size` articles of about 900 words, committed at once. They stand in a folder
/// named after a kind, so that a check holds them against its schema, as the floor does.
fn newsroom(desk: &str, size: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| git(folder.path(), args);
    git(&["init", "--quiet", "--initial-branch=main"]);
    let styles = std::env::var_os("DESK_BENCH_STYLES").map(|from| house_style(Path::new(&from), folder.path()));
    let mut chance = 1;
    for number in 0..size {
        let home = home(folder.path(), number);
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join("index.md"), article(number, &mut chance)).unwrap();
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "articles"]);
    git(&["gc", "--quiet"]);
    let mut init = Command::new(desk);
    init.args(["init", "--name", "Bench", "--profile", "solo", "--timezone", "UTC"]).current_dir(folder.path());
    init.env("GIT_AUTHOR_NAME", "Mina Park").env("GIT_AUTHOR_EMAIL", "mina@post.example").stderr(Stdio::null());
    assert!(init.status().unwrap().success());
    if let Some(styles) = &styles {
        let desk = folder.path().join("desk.toml");
        let text = std::fs::read_to_string(&desk).unwrap();
        std::fs::write(desk, format!("{text}\n[check]\nstyles = {styles:?}\n")).unwrap();
        git(&["commit", "--quiet", "-am", "house style"]);
    }
    folder
}

/// Copies the styles that somebody wants measured; their names.
fn house_style(from: &Path, folder: &Path) -> Vec<String> {
    let names =
        std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let mut folders = vec![(from.to_owned(), folder.join("styles"))];
    while let Some((from, to)) = folders.pop() {
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            let to = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push((entry.path(), to));
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    names
}

/// Prose that says nothing, in sentences that no rule should mind: what is measured is reading, not complaining.
fn article(number: usize, chance: &mut u64) -> String {
    let mut pick = |from: &[&'static str]| pick(from, chance);
    let place = pick(PLACES);
    let mut text = format!(
        "+++\ntitle = \"The {} weighs the {} of {place}, part {number}\"\ndescription = \"A decision is due in {}\"\n\
         date = 2024-05-01T09:00:00Z\nauthors = [\"Mina Park\"]\nsection = \"{}\"\ntags = [\"{}\"]\n\
         dateline = \"PORT ALDER\"\ndraft = false\n+++\n",
        pick(WHO),
        pick(WHAT),
        pick(WHEN),
        pick(WHAT),
        pick(WHAT),
    );
    text.push_str(&body(chance));
    text
}

/// What an article says, without its front matter.
fn body(chance: &mut u64) -> String {
    let mut pick = |from: &[&'static str]| pick(from, chance);
    let mut text = String::new();
    for paragraph in 0..18 {
        if paragraph % 6 == 5 {
            writeln!(text, "## What the {} wants from {}\n", pick(WHO), pick(WHEN)).unwrap();
        }
        for _ in 0..2 {
            let (who, does, what, when) = (pick(WHO), pick(DOES), pick(WHAT), pick(WHEN));
            let (other, late, near) = (pick(WHO), pick(WHEN), pick(PLACES));
            write!(text, "In {when} the {who} {does} the {what} near {near}, and ").unwrap();
            writeln!(text, "after {late} the {other} may see it otherwise.").unwrap();
        }
        text.push('\n');
    }
    text
}

fn pick(from: &[&'static str], chance: &mut u64) -> &'static str {
    *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    from[(*chance >> 33) as usize % from.len()]
}

const WHO: &[&str] = &[
    "council",
    "mayor",
    "harbor master",
    "ferry company",
    "school board",
    "water authority",
    "port workers' union",
    "city archive",
    "bridge engineer",
    "market association",
    "fire service",
    "planning office",
    "library",
];
const DOES: &[&str] = &[
    "weighs",
    "delays",
    "supports",
    "questions",
    "pays for",
    "measures",
    "repairs",
    "closes",
    "reopens",
    "describes",
    "inspects",
    "publishes",
    "defends",
];
const WHAT: &[&str] = &[
    "budget",
    "timetable",
    "quay",
    "permit",
    "bridge",
    "reading room",
    "water main",
    "market hall",
    "school roof",
    "dredging plan",
    "ferry fare",
    "cycle path",
    "flood wall",
    "night bus",
];
const WHEN: &[&str] = &["spring", "early summer", "autumn", "winter", "the new year", "the second half", "three years"];
const PLACES: &[&str] = &["Port Alder", "Eastbank", "the old mill", "Gull Point", "Station Street", "the lower town"];

//! How long desk takes, as whole processes on newsrooms made for it: start-up, `list` and `check` on 1,000 and 10,000
//! articles. Started with `cargo bench`; `cargo bench -- 1000` takes one size. Quote the ratios: machines differ.
//!
//! A benchmark measures and never judges: nothing here fails because it was slow.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures")]
#![allow(missing_docs, reason = "a benchmark has no callers")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
        for args in [&["list"][..], &["list", "--format", "json"], &["list", "harbor"], &["check"], &["--no-input"]] {
            row(&format!("desk {}", args.join(" ")), median(folder.path(), desk, args), status);
        }
    }
}

fn row(name: &str, time: Duration, against: Duration) {
    println!("{name:<26} {:>9.1} ms   {:>6.2}x", time.as_secs_f64() * 1e3, time.as_secs_f64() / against.as_secs_f64());
}

fn median(folder: &Path, program: &str, args: &[&str]) -> Duration {
    let once = || {
        let started = Instant::now();
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(folder)
            .env("GIT_AUTHOR_NAME", "Mina Park")
            .env("GIT_AUTHOR_EMAIL", "mina@post.example");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        started.elapsed()
    };
    once();
    let mut times: Vec<Duration> = (0..RUNS).map(|_| once()).collect();
    times.sort();
    times[RUNS / 2]
}

/// A newsroom that was there before desk: `size` articles of about 900 words, committed at once.
fn newsroom(desk: &str, size: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Mina Park", "-c", "user.email=mina@post.example"]).args(args);
        assert!(command.current_dir(folder.path()).stdout(Stdio::null()).status().unwrap().success());
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    let mut chance = 1;
    for number in 0..size {
        let home = folder.path().join(format!("articles/{}/{:02}/story-{number}", 2016 + number % 10, number % 12 + 1));
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
    folder
}

fn article(number: usize, chance: &mut u64) -> String {
    const WORDS: [&str; 24] = [
        "harbor", "council", "ferry", "budget", "vote", "school", "river", "the", "a", "of", "said", "new", "old",
        "plan", "water", "street", "mayor", "bridge", "would", "begin", "after", "before", "city", "station",
    ];
    let mut next = || {
        *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(*chance >> 33) as usize % WORDS.len()]
    };
    let mut text = format!(
        "+++\ntitle = \"Story {number} of the {} {}\"\ndescription = \"What the {} said\"\ndate = 2024-05-01T09:00:00Z\n\
         authors = [\"Mina Park\"]\nsection = \"{}\"\ntags = [\"{}\", \"{}\"]\n+++\n",
        next(),
        next(),
        next(),
        next(),
        next(),
        next()
    );
    for paragraph in 0..18 {
        if paragraph % 6 == 5 {
            writeln!(text, "## The {}\n", next()).unwrap();
        }
        let words: Vec<&str> = (0..50).map(|_| next()).collect();
        writeln!(text, "Then {}.\n", words.join(" ")).unwrap();
    }
    text
}

//! Before desk says that something is done, it is on the disk: seen in its system calls, and by cutting the power.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::newsroom::{JUN, MINA, Newsroom};

const HARBOR: &str = "articles/2026/07/harbor/index.md";

/// A newsroom whose story is approved; everything up to there is on the disk.
fn approved() -> Newsroom {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syncing {
    /// As git has it where nobody set anything.
    Usual,
    /// `core.fsync=none`.
    Off,
}

/// A command of Mina's under these settings.
fn command(newsroom: &Newsroom, program: &str, syncing: Syncing) -> Command {
    let mut command = newsroom.command(program, Some(MINA));
    if syncing == Syncing::Usual {
        let home = newsroom.around().join("usual");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join(".gitconfig"), "[init]\n\tdefaultBranch = main\n").unwrap();
        command.env("GIT_CONFIG_GLOBAL", home.join(".gitconfig")).env("HOME", &home).env("XDG_CONFIG_HOME", &home);
    }
    command
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}");
}

/// The system calls of `desk publish harbor` that write, move or sync, one a line.
fn traced(newsroom: &Newsroom, syncing: Syncing) -> Option<Vec<String>> {
    if Command::new("strace").arg("-V").output().is_err() {
        skipped("strace is not installed");
        return None;
    }
    let file = newsroom.around().join("trace");
    let calls = "trace=write,rename,renameat,renameat2,fsync,fdatasync,syncfs";
    let mut strace = command(newsroom, "strace", syncing);
    strace.args(["-f", "-y", "-qq", "-s", "200", "-e", calls, "-o"]).arg(&file);
    let output = strace.args([env!("CARGO_BIN_EXE_desk"), "publish", "harbor"]).output().unwrap();
    if !output.status.success() && !file.exists() {
        skipped("strace may not trace here");
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn it_is_on_the_disk_before_it_is_said() {
    let Some(calls) = traced(&approved(), Syncing::Usual) else { return };
    let at = |what: &str, parts: &[&str]| {
        let found = calls.iter().rposition(|call| parts.iter().all(|part| call.contains(part)));
        found.unwrap_or_else(|| panic!("{what} is among\n{}", calls.join("\n")))
    };
    let first_sync = calls.iter().position(|call| call.contains("syncfs(")).expect("it syncs");
    let last_sync = at("a sync", &["syncfs("]);
    let decided = at("the public version's reference", &["rename", "refs/heads/main.lock", "refs/heads/main\""]);
    let file = at("the article's file", &["rename", "index.md"]);
    let said = at("what is said", &["write(2", "Published: "]);
    assert!(first_sync < decided, "objects and intent are on the disk before the reference moves");
    assert!(decided < last_sync && file < last_sync, "reference and file are on the disk");
    assert!(last_sync < said, "and then it is said");
    let objects = calls[..decided].iter().filter(|call| call.contains("fsync(") && call.contains("/objects/")).count();
    assert!(objects > 0, "each object is synced as it is written");
}

#[test]
fn whoever_turns_syncing_off_in_git_turns_it_off() {
    let Some(calls) = traced(&approved(), Syncing::Off) else { return };
    assert!(!calls.iter().any(|call| call.contains("syncfs(")), "{}", calls.join("\n"));
}

/// A file system of its own whose power can be cut.
struct Disk<'a> {
    newsroom: &'a Newsroom,
    image: PathBuf,
    folder: PathBuf,
}

impl<'a> Disk<'a> {
    /// Makes one; none where this user or this machine may not.
    fn new(newsroom: &'a Newsroom) -> Option<Self> {
        let (image, folder) = (newsroom.around().join("disk.img"), newsroom.around().join("disk"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::File::create(&image).unwrap().set_len(64 << 20).unwrap();
        let disk = Self { newsroom, image, folder };
        let made = disk.run("mkfs.ext4", &["-q", "-F", &disk.image.to_string_lossy()])?;
        if !made.status.success() || !disk.run("perl", &["-e", "1"])?.status.success() || !disk.mounted() {
            return None;
        }
        Some(disk)
    }

    fn run(&self, program: &str, args: &[&str]) -> Option<Output> {
        self.newsroom.command(program, None).args(args).output().ok()
    }

    fn mounted(&self) -> bool {
        let (image, folder) = (self.image.to_string_lossy(), self.folder.to_string_lossy());
        // A long interval, so that nothing is on the disk by luck.
        let output = self.run("mount", &["-o", "loop,commit=300", &image, &folder]);
        output.is_some_and(|output| output.status.success())
    }

    /// What was not synced is gone; then the machine starts again. False where the kernel does not offer it.
    fn cut(&self) -> bool {
        // FS_IOC_SHUTDOWN without writing the journal out.
        let script = "$flag = pack('L', 2); open F, '<', $ARGV[0] or exit 2; exit(ioctl(F, 0x8004587D, $flag) ? 0 : 3)";
        let output = self.run("perl", &["-e", script, &self.folder.join("work/.git/HEAD").to_string_lossy()]);
        let done = output.is_some_and(|output| output.status.success());
        self.unmount();
        done && self.mounted()
    }

    fn unmount(&self) {
        self.run("umount", &[&self.folder.to_string_lossy()]);
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        self.unmount();
    }
}

/// Publishes on a disk of its own and cuts the power as soon as desk has said that it is done; whether the story is
/// public and whole afterwards. None where that cannot be done.
fn survives(syncing: Syncing) -> Option<bool> {
    let newsroom = approved();
    let Some(disk) = Disk::new(&newsroom) else {
        skipped("only root may make a disk whose power can be cut, and not everywhere");
        return None;
    };
    let copy = disk.folder.join("work");
    let copied = disk.run("cp", &["-a", &newsroom.path().to_string_lossy(), &copy.to_string_lossy()]);
    assert!(copied.is_some_and(|output| output.status.success()));
    assert!(disk.run("sync", &["-f", &copy.to_string_lossy()]).is_some());
    let published = command(&newsroom, env!("CARGO_BIN_EXE_desk"), syncing)
        .args(["-C", &copy.to_string_lossy(), "publish", "harbor"])
        .output()
        .unwrap();
    assert!(published.status.success(), "{}", String::from_utf8_lossy(&published.stderr));
    if !disk.cut() {
        skipped("this kernel cuts no disk's power");
        return None;
    }
    Some(is_public(&newsroom, &copy))
}

/// Whether git, the file and the audit all say that the story is public.
fn is_public(newsroom: &Newsroom, folder: &Path) -> bool {
    let succeeds = |program: &str, args: &[&str]| {
        let output = command(newsroom, program, Syncing::Usual).arg("-C").arg(folder).args(args).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let public = |text: String| text.contains("stage = \"published\"") && text.contains("The dredger waits");
    let file = std::fs::read_to_string(folder.join(HARBOR)).is_ok_and(public);
    let desk = env!("CARGO_BIN_EXE_desk");
    file && succeeds("git", &["fsck", "--strict", "--no-dangling"]).is_some()
        && succeeds("git", &["show", &format!("main:{HARBOR}")]).is_some_and(public)
        && succeeds("git", &["status", "--porcelain"]).is_some_and(|status| status.is_empty())
        && succeeds(desk, &["audit"]).is_some_and(|said| said.contains("Whole"))
}

#[test]
fn a_power_cut_right_after_it_is_said_takes_nothing() {
    for _ in 0..3 {
        let Some(survived) = survives(Syncing::Usual) else { return };
        assert!(survived, "what was said to be done was lost");
    }
    // The same without syncing is lost: so it is seen that this test can see a loss.
    assert_ne!(survives(Syncing::Off), Some(true));
}

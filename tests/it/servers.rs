//! Real git servers: what is done through them is what is done through a folder, and two at once never undo each other.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::hub::{Hub, JUN as JUNSEO, MINA as MINA_PARK, Make};
use crate::newsroom::{JUN, MINA, Newsroom, Output, Person, Visit};

/// A program that serves until it goes out of scope.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// How git gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `http`, with a password.
    Http,
    /// `git`, which asks nobody who they are.
    Daemon,
    /// `ssh`, by a name of the user's own for the host.
    Ssh,
}

/// Mina's newsroom and Jun's copy, with a server between them. Two people must agree.
struct Served {
    newsroom: Newsroom,
    repository: PathBuf,
    ssh: String,
    _program: Option<Program>,
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped(why: &str) -> Option<Served> {
    eprintln!("SKIPPED: {why}");
    None
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until somebody listens there.
fn listens(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(30), "nobody listens on port {port}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Served {
    /// None where the server is not on this machine; then it was said.
    fn by(way: Way) -> Option<Self> {
        let newsroom = Newsroom::with_profile("pair");
        let around = newsroom.around();
        let (repository, address, program, ssh) = match way {
            Way::Http => {
                let hub = Hub::start(&around.join("served"), Make::GitHub);
                let helper = "!f() { echo username=x; echo \"password=$THE_PASSWORD\"; }; f";
                newsroom.git(["config", "--global", "credential.helper", helper]);
                (around.join("served/post/desk.git"), format!("{}/post/desk.git", hub.url()), None, String::new())
            }
            Way::Daemon => {
                let program = PathBuf::from(newsroom.git(["--exec-path"]).trim()).join("git-daemon");
                if !program.exists() {
                    return skipped("git has no daemon here");
                }
                let (base, port) = (around.join("served"), free_port());
                std::fs::create_dir_all(&base).unwrap();
                let mut command = newsroom.command(program, None);
                command.args(["--listen=127.0.0.1", "--export-all", "--enable=receive-pack", "--reuseaddr"]);
                command.arg(format!("--port={port}")).arg(format!("--base-path={}", base.display()));
                let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                let address = format!("git://127.0.0.1:{port}/post.git");
                listens(port);
                (base.join("post.git"), address, Some(Program(child)), String::new())
            }
            Way::Ssh => {
                let Some(program) = sshd() else { return skipped("there is no sshd here: DESK_SSHD says where it is") };
                let Some((child, config)) = serve_ssh(&newsroom, &program, &around.join("ssh")) else {
                    return skipped("sshd does not run here: run as root, it needs the folder /run/sshd");
                };
                let repository = around.join("served/post.git");
                let address = format!("post:{}", repository.display());
                (repository, address, Some(Program(child)), format!("ssh -F {}", config.display()))
            }
        };
        if way != Way::Http {
            std::fs::create_dir_all(&repository).unwrap();
            newsroom.git(["init", "--quiet", "--bare", "--initial-branch", "main", &repository.to_string_lossy()]);
        }
        let served = Self { newsroom, repository, ssh, _program: program };
        served.at(MINA).git(["remote", "add", "origin", &address]);
        served.at(MINA).git(["push", "--quiet", "origin", "main"]);
        served.at(MINA).git(["fetch", "--quiet"]);
        served.at(JUN).git(["clone", "--quiet", &address, "../jun"]);
        Some(served)
    }

    fn lets_in(&self, person: Person) -> [(&'static str, String); 2] {
        let account = if person == MINA { MINA_PARK } else { JUNSEO };
        [("GIT_SSH_COMMAND", self.ssh.clone()), ("THE_PASSWORD", account.token())]
    }

    fn at(&self, person: Person) -> Visit<'_> {
        let visit = self.newsroom.as_(person);
        self.lets_in(person).into_iter().fold(visit, |visit, (name, value)| match value.is_empty() {
            true => visit,
            false => visit.variable(name, &value),
        })
    }

    fn mina<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.at(MINA).run(args)
    }

    fn jun<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.at(JUN).run(["-C", "../jun"].into_iter().chain(args))
    }

    fn there<const N: usize>(&self, args: [&str; N]) -> String {
        let repository = self.repository.to_string_lossy().into_owned();
        self.newsroom.git(["-C", &repository].into_iter().chain(args))
    }

    /// Articles that Mina submitted and Jun agreed to, and both know it.
    fn agreed(&self, slugs: &[&str]) {
        for slug in slugs {
            self.newsroom.brief(slug);
            self.mina(["submit", slug]).ok();
        }
        self.jun(["sync"]).ok();
        for slug in slugs {
            self.jun(["approve", slug, "--yes"]).ok();
        }
        self.mina(["sync"]).ok();
    }

    fn is_public(&self, slug: &str) -> bool {
        let listed = self.there(["ls-tree", "-r", "--name-only", "main"]);
        let path = format!("articles/2026/07/{slug}/index.md");
        listed.lines().any(|line| line == path)
            && self.there(["show", &format!("main:{path}")]).contains("stage = \"published\"")
    }

    /// Both at once: Mina publishes the one, Jun the other.
    fn race(&self, [minas, juns]: [&str; 2]) -> [(Option<i32>, String); 2] {
        let start = |person: Person, folder: &str, slug: &str| {
            let mut command = self.newsroom.command(env!("CARGO_BIN_EXE_desk"), Some(person));
            command.envs(self.lets_in(person).into_iter().filter(|(_, value)| !value.is_empty()));
            command.args(["-C", folder, "publish", slug]).stdin(Stdio::null());
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        [start(MINA, ".", minas), start(JUN, "../jun", juns)].map(|child| {
            let output = child.wait_with_output().unwrap();
            (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
        })
    }

    fn whole(&self) {
        self.mina(["sync"]).ok();
        self.mina(["audit"]).ok();
        assert_eq!(self.there(["fsck", "--no-dangling", "--no-progress"]), "");
    }
}

fn sshd() -> Option<PathBuf> {
    let named = std::env::var_os("DESK_SSHD").map(PathBuf::from);
    named.into_iter().chain([PathBuf::from("/usr/sbin/sshd")]).find(|path| path.exists())
}

/// Starts `program` for whoever runs this; with it, the configuration by which ssh gets there. None where it does not run.
fn serve_ssh(newsroom: &Newsroom, program: &Path, folder: &Path) -> Option<(Child, PathBuf)> {
    std::fs::create_dir_all(folder).unwrap();
    let at = |name: &str| folder.join(name).display().to_string();
    for key in ["host", "own"] {
        let mut command = newsroom.command("ssh-keygen", None);
        command.args(["-q", "-t", "ed25519", "-N", "", "-f", &at(key)]);
        assert!(command.status().unwrap().success(), "ssh-keygen");
    }
    std::fs::copy(folder.join("own.pub"), folder.join("may_enter")).unwrap();
    let port = free_port();
    let server = format!(
        "ListenAddress 127.0.0.1:{port}\nHostKey {}\nAuthorizedKeysFile {}\nUsePAM no\nStrictModes no\n\
         PasswordAuthentication no\nPidFile none\nMaxStartups 100\n",
        at("host"),
        at("may_enter")
    );
    std::fs::write(folder.join("server"), server).unwrap();
    let mut trial = Command::new(program);
    trial.args(["-t", "-f", &at("server")]).stderr(Stdio::null());
    if !trial.status().unwrap().success() {
        return None;
    }
    let mut command = Command::new(program);
    command.args(["-D", "-e", "-f", &at("server")]).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().unwrap();
    listens(port);
    let whoami = Command::new("id").arg("-un").output().unwrap().stdout;
    let client = format!(
        "Host post\n HostName 127.0.0.1\n Port {port}\n User {}\n IdentityFile {}\n IdentitiesOnly yes\n\
         UserKnownHostsFile {}\n StrictHostKeyChecking accept-new\n LogLevel ERROR\n",
        String::from_utf8_lossy(&whoami).trim(),
        at("own"),
        at("known")
    );
    let config = folder.join("client");
    std::fs::write(&config, client).unwrap();
    Some((child, config))
}

/// One after the other, and then at once.
fn everything_through(way: Way) {
    let Some(served) = Served::by(way) else { return };
    served.agreed(&["pier", "ferry", "quay", "crane"]);
    served.mina(["publish", "pier"]).ok();
    assert!(served.is_public("pier"), "{way:?}");
    // Of two who publish different articles, both do, whoever comes first.
    let both = served.race(["ferry", "quay"]);
    assert!(both.iter().all(|(code, _)| *code == Some(0)), "{way:?}: {both:#?}");
    assert!(served.is_public("ferry") && served.is_public("quay"), "{way:?}");
    // Of two who publish the same, one does; the other is told.
    let mut both = served.race(["crane", "crane"]);
    both.sort_unstable();
    assert_eq!(both.each_ref().map(|(code, _)| *code), [Some(0), Some(1)], "{way:?}: {both:#?}");
    assert!(served.is_public("crane"), "{way:?}");
    let steps = served.there(["log", "--first-parent", "--format=%s", "main", "--", "articles/2026/07/crane"]);
    assert_eq!(steps.lines().count(), 1, "{way:?}: {steps}");
    served.whole();
}

#[test]
fn everything_goes_through_http() {
    everything_through(Way::Http);
}

#[test]
fn everything_goes_through_the_daemon() {
    everything_through(Way::Daemon);
}

#[test]
fn everything_goes_through_ssh() {
    everything_through(Way::Ssh);
}

#[cfg(unix)]
#[test]
fn what_a_server_declines_is_no_success() {
    for way in [Way::Http, Way::Daemon, Way::Ssh] {
        let Some(served) = Served::by(way) else { continue };
        served.agreed(&["pier"]);
        let hook = served.repository.join("hooks/pre-receive");
        std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
        let script = "#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n";
        std::fs::write(&hook, script).unwrap();
        std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let said = served.mina(["publish", "pier"]).fails(3);
        assert!(said.contains("GH006") && said.contains("nothing was changed"), "{way:?}: {said}");
        assert!(!served.is_public("pier"), "{way:?}");
        std::fs::remove_file(&hook).unwrap();
        served.mina(["publish", "pier"]).ok();
        assert!(served.is_public("pier"), "{way:?}");
    }
}

#[test]
fn who_is_not_let_in_loses_nothing() {
    let served = Served::by(Way::Http).unwrap();
    served.newsroom.brief("pier");
    let said = served.newsroom.as_(MINA).variable("THE_PASSWORD", "wrong").run(["submit", "pier"]).fails(3);
    assert!(said.contains("kept on this computer") && !said.contains("wrong"), "{said}");
    assert!(!served.there(["for-each-ref"]).contains("pier"));
    served.mina(["sync"]).ok();
    assert!(served.there(["for-each-ref"]).contains("desk/pier"));
}

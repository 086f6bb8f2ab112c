//! What lets somebody in at a forge stays where people keep it: it is looked for in everything that desk says, starts, sends
//! and leaves behind.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::hub::{Account, JUN, MINA, Make};
use crate::newsroom::{self, Newsroom, Output, Person, Visit};
use crate::pull_requests::Post;

/// How every token here begins.
const CANARY: &[u8] = b"canary-";

/// Where somebody keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    /// In the environment.
    Variable,
    /// With GitHub's program.
    GitHubProgram,
    /// With one of git's helpers.
    Helper,
}

/// A newsroom where every program that desk starts writes down what it was given.
struct Watched {
    post: Post,
    keeps: Keeps,
}

impl Watched {
    fn new(make: Make, keeps: Keeps) -> Self {
        let post = Post::on(make);
        let watched = Self { post, keeps };
        for folder in ["bin", "trail", "vault"] {
            std::fs::create_dir(watched.around(folder)).unwrap();
        }
        for name in ["git", "ssh-keygen"] {
            let path = std::env::var_os("PATH").unwrap();
            let real = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.exists()).unwrap();
            watched.program(name, &format!("exec '{}' \"$@\"", real.display()));
        }
        match keeps {
            Keeps::GitHubProgram => watched.program("gh", &format!("cat '{}'", watched.vault().display())),
            Keeps::Variable | Keeps::Helper => watched.program("gh", "exit 1"),
        }
        // git needs it too: from where it is kept.
        if keeps != Keeps::Variable {
            let helper = "!f() { echo username=x; echo \"password=$(cat 'VAULT')\"; }; f";
            let helper = helper.replace("VAULT", &watched.vault().to_string_lossy());
            watched.post.newsroom.git(["config", "--global", "credential.helper", &helper]);
        }
        let key = watched.post.newsroom.around().join("home/key").to_string_lossy().into_owned();
        let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &key]).status();
        assert!(made.unwrap().success());
        watched.post.newsroom.git(["config", "--global", "gpg.format", "ssh"]);
        watched.post.newsroom.git(["config", "--global", "user.signingKey", &key]);
        watched
    }

    fn around(&self, name: &str) -> PathBuf {
        self.post.newsroom.around().join(name)
    }

    /// Where what is not in the environment is kept.
    fn vault(&self) -> PathBuf {
        self.around("vault").join("token")
    }

    /// A program that leaves a trail and then does `what`.
    fn program(&self, name: &str, what: &str) {
        let file = self.around("bin").join(name);
        let trail = self.around("trail");
        let trail = trail.display();
        let lines = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" >'{trail}'/{name}-$$.words\nenv >'{trail}'/{name}-$$.given\n{what}\n"
        );
        std::fs::write(&file, lines).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Somebody with an account sits down, and wants to hear everything.
    fn at(&self, person: Person, account: Account) -> Visit<'_> {
        let path = format!("{}:{}", self.around("bin").display(), std::env::var("PATH").unwrap());
        let mut visit = self.post.newsroom.as_(person).variable("PATH", &path).variable("RUST_BACKTRACE", "full");
        for name in ["GIT_TRACE", "GIT_TRACE_CURL", "GIT_CURL_VERBOSE", "GIT_TRACE_PACKET"] {
            visit = visit.variable(name, "1");
        }
        visit = visit.variable("RUST_LOG", "trace");
        match self.keeps {
            Keeps::Variable => visit.variable(self.post.hub.make.variable(), &account.token()),
            Keeps::GitHubProgram | Keeps::Helper => {
                std::fs::write(self.vault(), account.token()).unwrap();
                visit
            }
        }
    }

    #[track_caller]
    fn mina<const N: usize>(&self, args: [&str; N]) -> Output {
        silent(self.at(newsroom::MINA, MINA).run(args.iter().chain(&["--verbose"])))
    }

    #[track_caller]
    fn jun<const N: usize>(&self, args: [&str; N]) -> Output {
        silent(self.at(newsroom::JUN, JUN).run(["-C", "../jun"].iter().chain(&args).chain(&["--verbose"])))
    }

    /// Looks everywhere; gives which programs desk started (their names up to a dash).
    fn is_nowhere(&self) -> Vec<String> {
        let mut started = Vec::new();
        for entry in std::fs::read_dir(self.around("trail")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let program = name.split('-').next().unwrap().to_owned();
            // git's own helpers may look for it there, as this newsroom's does.
            let own = format!("{}=canary-", self.post.hub.make.variable());
            let passed = self.keeps == Keeps::Variable && (name.starts_with("git-") || name.starts_with("gh-"));
            let found = text.lines().find(|line| line.contains("canary-") && !(passed && line.starts_with(&own)));
            assert_eq!(found, None, "{name}");
            started.push(program);
        }
        for name in ["work", "jun", "home", "tmp", "forge"] {
            let holds = holding(&self.around(name));
            assert!(holds.is_empty(), "{holds:?}");
        }
        for name in ["work", "jun", "forge/post/desk.git"] {
            let objects = self
                .post
                .newsroom
                .command("git", None)
                .arg("-C")
                .arg(self.around(name))
                .args(["cat-file", "--batch-all-objects", "--batch"])
                .output()
                .unwrap();
            assert!(objects.status.success() && objects.stdout.len() > 1000);
            assert!(!contains(&objects.stdout, CANARY), "it is in an object of {name}");
        }
        let state = self.post.hub.state();
        assert!(!format!("{state:?}").contains("canary-"), "the forge was told");
        started.sort_unstable();
        started.dedup();
        started
    }
}

#[track_caller]
fn silent(output: Output) -> Output {
    assert!(!output.to_string().contains("canary-"), "{output}");
    output
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|some| some == what)
}

/// The files below a folder that hold it, in their text or in their name.
fn holding(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path));
        } else if path.to_string_lossy().contains("canary-") || contains(&std::fs::read(&path).unwrap(), CANARY) {
            found.push(path);
        }
    }
    found
}

/// An article's whole way, by two people, with a refusal on it; which programs desk started.
fn story(make: Make, keeps: Keeps) -> Vec<String> {
    let watched = Watched::new(make, keeps);
    let post = &watched.post;
    post.newsroom.brief("pier");
    watched.mina(["submit", "pier"]).ok();
    watched.mina(["show", "pier"]).ok();
    watched.jun(["sync"]).ok();
    watched.jun(["return", "pier", "--note", "Which berth?"]).ok();
    watched.mina(["sync"]).ok();
    watched.mina(["submit", "pier"]).ok();
    watched.jun(["sync"]).ok();
    watched.jun(["approve", "pier", "--yes"]).ok();
    watched.mina(["check", "--approvals", "1", "--status", "--comment"]).ok();
    // A token that the forge does not know.
    let stranger = Account { id: 0, login: "stranger" };
    let refused = silent(watched.at(newsroom::MINA, stranger).run(["publish", "pier", "--verbose"]));
    assert_eq!(refused.code, Some(3), "{refused}");
    watched.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    watched.mina(["doctor", "--format", "json"]).ok();
    watched.mina(["tick"]).ok();
    watched.mina(["audit"]).ok();
    watched.is_nowhere()
}

#[test]
fn a_token_of_the_environment_is_nowhere_else() {
    assert_eq!(story(Make::GitHub, Keeps::Variable), ["git", "ssh"]);
    assert_eq!(story(Make::Forgejo, Keeps::Variable), ["git", "ssh"]);
}

#[test]
fn a_token_of_githubs_program_is_nowhere_else() {
    assert_eq!(story(Make::GitHub, Keeps::GitHubProgram), ["gh", "git", "ssh"]);
}

#[test]
fn a_token_of_gits_helper_is_nowhere_else() {
    assert_eq!(story(Make::Forgejo, Keeps::Helper), ["git", "ssh"]);
}

#[test]
fn a_token_for_the_public_github_is_told_to_no_proxy() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("pier");
    newsroom.git(["remote", "add", "origin", "https://github.com/post/desk.git"]);
    // Nobody leaves this machine: the proxy hears where they want to go, and hangs up.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let heard: Arc<Mutex<String>> = Arc::default();
    let shared = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            for line in BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
                shared.lock().unwrap().push_str(&(line + "\n"));
            }
        }
    });
    let mut visit =
        newsroom.as_(newsroom::MINA).variable("GH_TOKEN", "canary-mina-park").variable("GIT_TRACE_CURL", "1");
    for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "ALL_PROXY"] {
        visit = visit.variable(name, &proxy);
    }
    let submitted = silent(visit.run(["submit", "pier", "--verbose"]));
    let doctor = silent(visit.run(["doctor", "--verbose"]));
    let heard = heard.lock().unwrap().clone();
    assert!(heard.contains("CONNECT github.com:443 "), "{heard}\n{submitted}");
    assert!(heard.contains("CONNECT api.github.com:443 "), "{heard}\n{doctor}");
    assert!(!heard.contains("canary-"), "{heard}");
    for name in ["work", "home", "tmp"] {
        let holds = holding(&newsroom.around().join(name));
        assert!(holds.is_empty(), "{holds:?}");
    }
}

//! A forge to test with: GitHub's interface, or Forgejo's, as far as desk speaks it, over a real bare repository that git
//! itself serves.
//!
//! It keeps what a forge keeps (accounts, pull requests, reviews, remarks, comments, labels, a log of pushes) and moves no
//! branch but with git. What it promises is what forges are known to do, not what they should do: GitHub re-points the
//! commit of a review, both refuse a second pull request of a branch, and merge whatever is there when no commit is named.

mod answers;
mod commits;
mod forgejo;
mod http;
mod judge;
pub mod merging;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use jiff::Timestamp;

/// Whose interface it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    GitHub,
    Forgejo,
}

impl Make {
    /// Where the interface begins.
    const fn interface(self) -> &'static str {
        match self {
            Self::GitHub => "/api/v3",
            Self::Forgejo => "/api/v1",
        }
    }

    /// Its name in `desk.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::Forgejo => "forgejo",
        }
    }

    /// Where desk looks for what lets somebody in.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::GitHub => "GH_ENTERPRISE_TOKEN",
            Self::Forgejo => "FORGEJO_TOKEN",
        }
    }
}

/// Somebody with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub id: u64,
    pub login: &'static str,
}

pub const MINA: Account = Account { id: 101, login: "mina-park" };
pub const JUN: Account = Account { id: 102, login: "junseo" };
pub const ANA: Account = Account { id: 103, login: "ana" };
/// Somebody who is nobody on the staff list.
pub const LEE: Account = Account { id: 104, login: "lee" };

pub const EVERYBODY: [Account; 4] = [MINA, JUN, ANA, LEE];

impl Account {
    /// What lets them in.
    pub fn token(self) -> String {
        format!("canary-{}", self.login)
    }
}

/// What is known of a pull request.
#[derive(Debug, Clone)]
pub struct Pull {
    /// Where it is in the interface.
    pub place: String,
    pub number: u64,
    pub title: String,
    pub text: String,
    /// Whose copy of the repository it comes from, unless from the repository itself.
    pub fork: Option<Account>,
    pub branch: String,
    pub base: String,
    pub head: String,
    pub by: Account,
    pub is_open: bool,
    pub merged: Option<(Timestamp, Account)>,
    /// Where that brought the public version.
    pub landed: String,
    pub labels: Vec<String>,
    pub asked: Vec<String>,
    pub reviews: Vec<Review>,
    pub remarks: Vec<Remark>,
    pub comments: Vec<(u64, Account, String)>,
}

impl Pull {
    /// One that begins: its title, its text, its branch and where that goes.
    pub fn new(state: &State, by: Account, [title, text, branch, base]: [&str; 4]) -> Self {
        let number = state.pulls.len() as u64 + 1;
        Self {
            place: format!("{}/pulls/{number}", state.place),
            number,
            title: title.to_owned(),
            text: text.to_owned(),
            fork: None,
            branch: branch.to_owned(),
            base: base.to_owned(),
            head: String::new(),
            by,
            is_open: true,
            merged: None,
            landed: String::new(),
            labels: Vec::new(),
            asked: Vec::new(),
            reviews: Vec::new(),
            remarks: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// The owner of the repository that it comes from.
    pub fn owner(&self) -> serde_json::Value {
        let (id, login) = self.fork.map_or((1, "post"), |by| (by.id, by.login));
        serde_json::json!({ "id": id, "login": login })
    }
}

#[derive(Debug, Clone)]
pub struct Review {
    pub id: u64,
    /// None once the account is deleted.
    pub by: Option<Account>,
    pub state: &'static str,
    pub text: String,
    pub commit: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone)]
pub struct Remark {
    pub by: Account,
    pub path: String,
    pub line: u32,
    pub commit: String,
    pub text: String,
    pub at: Timestamp,
}

/// One reference that was pushed.
#[derive(Debug, Clone)]
pub struct Pushed {
    pub name: String,
    pub before: String,
    pub after: String,
    pub at: Timestamp,
    pub by: Option<Account>,
}

/// What goes wrong next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// Nothing.
    None,
    /// The next merge is done, and its answer is lost.
    LostAnswer,
    /// Somebody pushes to the branch just before the next merge.
    HeadMoves,
    /// Somebody makes the rules stricter just before the next merge: three people must agree.
    BaseMoves,
    /// The log of pushes is not to be seen.
    NoLog,
}

/// What the rules of the public version's branch see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Approvals are taken back when something is pushed.
    DismissesStale,
    /// The owner of the files must approve.
    Owner(Account),
    /// Somebody must approve who did not push last.
    LastPush,
}

#[derive(Debug)]
pub struct State {
    pub guards: Vec<Guard>,
    pub repository: PathBuf,
    /// Where the repository is in the interface.
    pub place: String,
    pub pulls: Vec<Pull>,
    pub pushes: Vec<Pushed>,
    pub methods: Vec<&'static str>,
    pub mishap: Mishap,
    pub asked: Vec<String>,
    /// What was asked for by somebody who had it already.
    pub unchanged: Vec<String>,
    /// The commit, the check's name, its state and its line.
    pub statuses: Vec<(String, String, String, String)>,
    /// The rules of the public version's branch, as the interface gives them.
    pub rules: serde_json::Value,
    clock: i64,
    numbers: u64,
}

impl State {
    /// The next second of the forge's own clock.
    pub fn tick(&mut self) -> Timestamp {
        self.clock += 1;
        Timestamp::from_second(self.clock).unwrap()
    }

    pub fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    pub fn git<A: AsRef<str>>(&self, args: impl IntoIterator<Item = A>) -> String {
        git(&self.repository, args)
    }

    pub fn pull(&mut self, number: u64) -> Option<&mut Pull> {
        self.follow();
        self.pulls.iter_mut().find(|pull| pull.number == number)
    }

    /// Open pull requests follow their branches.
    pub fn follow(&mut self) {
        let repository = self.repository.clone();
        for pull in self.pulls.iter_mut().filter(|pull| pull.is_open) {
            let own = format!("refs/pull/{}/head", pull.number);
            let branch = format!("refs/heads/{}", pull.branch);
            if let Some(copy) = pull.fork.map(|by| copy_of(&repository, by)).filter(|copy| copy.exists()) {
                git(&repository, ["fetch", "--quiet", &copy.to_string_lossy(), &format!("+{branch}:{own}")]);
            }
            let place = if pull.fork.is_some() { &own } else { &branch };
            let tip = git(&repository, ["rev-parse", "--verify", "--quiet", place]);
            if !tip.is_empty() {
                if tip != pull.head && self.guards.contains(&Guard::DismissesStale) {
                    let given = pull.reviews.iter_mut().filter(|review| review.state == "APPROVED");
                    given.for_each(|review| review.state = "DISMISSED");
                }
                git(&repository, ["update-ref", &own, &tip]);
                pull.head = tip;
            }
        }
    }
}

/// Where somebody's own copy of the repository is, if they have made one.
pub fn copy_of(repository: &Path, by: Account) -> PathBuf {
    repository.with_file_name("..").join(by.login).join("desk.git")
}

/// Runs git in the forge's repository, by the forge's own hand.
pub fn git<A: AsRef<str>>(repository: &Path, args: impl IntoIterator<Item = A>) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository).args(args.into_iter().map(|arg| arg.as_ref().to_owned()));
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "The forge").env(format!("GIT_{who}_EMAIL"), "noreply@github.com");
        command.env(format!("GIT_{who}_DATE"), "2026-07-25T13:00:00Z");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    String::from_utf8_lossy(&command.output().unwrap().stdout).trim_end().to_owned()
}

/// The forge, served until it is dropped with the process.
#[derive(Debug, Clone)]
pub struct Hub {
    pub make: Make,
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    judge: Arc<OnceLock<judge::Judge>>,
}

impl Hub {
    /// Serves `root/post/desk.git`, which it makes.
    pub fn start(root: &Path, make: Make) -> Self {
        let repository = root.join("post/desk.git");
        std::fs::create_dir_all(&repository).unwrap();
        git(&repository, ["init", "--quiet", "--bare", "--initial-branch", "main", "."]);
        git(&repository, ["config", "http.receivepack", "true"]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = State {
            guards: Vec::new(),
            repository,
            place: format!("http://{address}{}/repos/post/desk", make.interface()),
            pulls: Vec::new(),
            pushes: Vec::new(),
            methods: vec!["merge", "squash", "rebase"],
            mishap: Mishap::None,
            asked: Vec::new(),
            unchanged: Vec::new(),
            statuses: Vec::new(),
            rules: serde_json::json!([]),
            clock: "2026-07-25T13:00:00Z".parse::<Timestamp>().unwrap().as_second(),
            numbers: 0,
        };
        let hub = Self { make, address, state: Arc::new(Mutex::new(state)), judge: Arc::default() }.judged();
        let served = hub.clone();
        let root = root.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let door = http::Door::Front(served.clone(), root.clone());
                std::thread::spawn(move || http::serve(stream, door));
            }
        });
        hub
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Where its pages are.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Somebody sits at a browser.
    pub fn browser(&self, by: Account) -> Browser<'_> {
        Browser { hub: self, by }
    }
}

/// What people do with a mouse.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    hub: &'a Hub,
    by: Account,
}

impl Browser<'_> {
    pub fn review(self, number: u64, state: &'static str, text: &str) -> u64 {
        let mut hub = self.hub.state();
        let (id, at) = (hub.number(), hub.tick());
        let pull = hub.pull(number).unwrap();
        let (commit, text) = (pull.head.clone(), text.to_owned());
        pull.reviews.push(Review { id, by: Some(self.by), state, text, commit, at });
        // A push in the very second of a review is one that nobody can order.
        hub.tick();
        id
    }

    pub fn approve(self, number: u64) -> u64 {
        self.review(number, "APPROVED", "")
    }

    pub fn request_changes(self, number: u64, text: &str) -> u64 {
        self.review(number, "CHANGES_REQUESTED", text)
    }

    pub fn dismiss(self, number: u64, review: u64) {
        let mut hub = self.hub.state();
        let pull = hub.pull(number).unwrap();
        pull.reviews.iter_mut().filter(|one| one.id == review).for_each(|one| one.state = "DISMISSED");
    }

    pub fn remark(self, number: u64, path: &str, line: u32, text: &str) {
        let mut hub = self.hub.state();
        let at = hub.tick();
        let pull = hub.pull(number).unwrap();
        let (commit, path, text) = (pull.head.clone(), path.to_owned(), text.to_owned());
        pull.remarks.push(Remark { by: self.by, path, line, commit, text, at });
    }

    /// Changes a file of a pull request's branch.
    pub fn edit(self, number: u64, path: &str, old: &str, new: &str) {
        let mut hub = self.hub.state();
        let branch = hub.pull(number).unwrap().branch.clone();
        let text = hub.git(["show", &format!("{branch}:{path}")]);
        assert!(text.contains(old), "{text}");
        let bytes = text.replacen(old, new, 1) + "\n";
        merging::commit_file(&mut hub, Some(self.by), &branch, [path, &bytes]);
        hub.tick();
    }

    pub fn edit_text(self, number: u64, text: &str) {
        text.clone_into(&mut self.hub.state().pull(number).unwrap().text);
    }

    /// Presses the merge button.
    pub fn merge(self, number: u64, method: &str) {
        let mut hub = self.hub.state();
        hub.follow();
        merging::merge(&mut hub, number, method, self.by, "Merge it", "");
    }

    /// Makes a copy of the repository of their own, on the forge.
    pub fn copy(self) {
        let hub = self.hub.state();
        let copy = copy_of(&hub.repository, self.by);
        std::fs::create_dir_all(&copy).unwrap();
        hub.git(["clone", "--quiet", "--bare", ".", &copy.to_string_lossy()]);
        git(&copy, ["config", "http.receivepack", "true"]);
    }

    /// Offers a branch of their own copy of the repository, which is at `place`.
    pub fn offer(self, place: &Path, branch: &str, title: &str) -> u64 {
        let mut hub = self.hub.state();
        let pull = Pull { fork: Some(self.by), ..Pull::new(&hub, self.by, [title, "", branch, "main"]) };
        let number = pull.number;
        hub.git(["fetch", "--quiet", &place.to_string_lossy(), &format!("{branch}:refs/pull/{number}/head")]);
        hub.pulls.push(pull);
        hub.follow();
        let (at, after) = (hub.tick(), hub.pull(number).unwrap().head.clone());
        let name = format!("{}:refs/heads/{branch}", self.by.login);
        hub.pushes.push(Pushed { name, before: "0".repeat(40), after, at, by: Some(self.by) });
        hub.tick();
        number
    }

    pub fn close(self, number: u64) {
        self.hub.state().pull(number).unwrap().is_open = false;
    }

    /// The account is deleted; its reviews stay, nobody's.
    pub fn leave(self) {
        for review in self.hub.state().pulls.iter_mut().flat_map(|pull| &mut pull.reviews) {
            review.by = review.by.filter(|by| *by != self.by);
        }
    }
}

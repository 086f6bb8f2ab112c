//! A newsroom in memory: changes are applied to it as a repository would, and its history can be judged.

use std::collections::BTreeMap;
use std::convert::Infallible;

use jiff::Timestamp;
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{HashAlg, LineEnding, PrivateKey};

use super::{Audit, Changed, Past, Signed, Step, judge};
use crate::article::amendment::{Noting, noted, records};
use crate::article::{
    Amendment, ArticleId, Change, Digest, Entry, ORDINARY_FILE, ObjectId, RefName, RepoPath, Slug, Stage, Target,
    Withdrawal,
};
use crate::config::{Config, Staff, policy_digest};
use crate::ledger::{Assent, Decision, NAMESPACE, Record, Sources, Who, record_path};
use crate::workflow::{Base, Beside, Circumstances, Correction, Refusal, Standing, Together, Version};
use crate::workflow::{
    approve, cancel_change, correct, notice, publish, return_, revive, save, spike, statement, submit, wants_own,
    withdraw,
};

type File = (u32, Vec<u8>);
pub(super) type Tree = BTreeMap<RepoPath, File>;

pub(super) const MINA: &str = "mina@post.example";
pub(super) const JUN: &str = "jun@post.example";
pub(super) const ANA: &str = "ana@post.example";
pub(super) const LEE: &str = "lee@post.example";

const STAFF: &str = "[[people]]\nname = \"Mina Park\"\nemails = [\"mina@post.example\", \"park@home.example\"]\nroles = [\"admin\", \"duty\"]\n\n\
[[people]]\nname = \"Jun Seo\"\nemails = [\"jun@post.example\"]\nroles = [\"editorial\"]\n\n\
[[people]]\nname = \"Ana Ruiz\"\nemails = [\"ana@post.example\"]\nroles = [\"legal\"]\n\n\
[[people]]\nname = \"Lee Cho\"\nemails = [\"lee@post.example\"]\nroles = []\n";

#[derive(Clone)]
struct Stored {
    parents: Vec<ObjectId>,
    tree: Tree,
    author: Who,
}

#[derive(Clone)]
pub(super) struct World {
    commits: BTreeMap<ObjectId, Stored>,
    pub(super) refs: BTreeMap<RefName, ObjectId>,
    pub(super) kept: Vec<Assent>,
    pub(super) working: Option<Vec<Entry>>,
    pub(super) second: i64,
    /// Who signs with what.
    pub(super) signing: BTreeMap<&'static str, PrivateKey>,
    pub(super) origin: Option<ObjectId>,
}

pub(super) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a path")
}

pub(super) fn id() -> ArticleId {
    ArticleId::generate(1_753_448_400_000, [7; 10], None)
}

pub(super) fn main_file() -> RepoPath {
    path("articles/2026/07/ferry/index.md")
}

pub(super) fn home() -> RepoPath {
    path("articles/2026/07/ferry")
}

pub(super) fn story(section: &str, body: &str) -> String {
    format!(
        "+++\ntitle = \"Ferry fares rise\"\nsection = \"{section}\"\ndraft = true\n\n[desk]\nid = \"{}\"\nkind = \"news\"\nstage = \"draft\"\n+++\n{body}\n",
        id()
    )
}

/// A key, the same for the same seed.
pub(super) fn key(seed: u8) -> PrivateKey {
    PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[seed; 32])), "test").expect("a key")
}

/// Its line on the staff list.
pub(super) fn public(key: &PrivateKey) -> String {
    key.public_key().to_openssh().expect("a line")
}

pub(super) fn sign(key: &PrivateKey, text: &str) -> String {
    let signed = key.sign(NAMESPACE, HashAlg::Sha512, text.as_bytes());
    signed.and_then(|signature| signature.to_pem(LineEnding::LF)).expect("signed")
}

fn base_name() -> RefName {
    RefName::branch("main").expect("a name")
}

pub(super) fn branch() -> RefName {
    RefName::branch("desk/ferry").expect("a name")
}

impl World {
    /// A newsroom whose policy asks for so many people, and for `legal` in the section "courts".
    pub(super) fn new(people: u32) -> Self {
        let desk = format!(
            "[newsroom]\nid = \"post-1\"\nformat = 2\nname = \"Post\"\n[review]\npeople = {people}\n[[review.require]]\nwhen = {{ section = [\"courts\"] }}\nroles = [\"legal\"]\n"
        );
        Self::begun_with(&[("desk.toml", Some(desk.as_str())), ("staff.toml", Some(STAFF))])
    }

    /// A repository with these files and no newsroom of its own.
    pub(super) fn begun_with(files: &[(&str, Option<&str>)]) -> Self {
        let mut world = Self {
            commits: BTreeMap::new(),
            refs: BTreeMap::new(),
            kept: Vec::new(),
            working: None,
            second: 1_785_000_000,
            signing: BTreeMap::new(),
            origin: None,
        };
        world.commit_by_hand(MINA, files);
        world
    }

    pub(super) fn tip(&self) -> ObjectId {
        self.refs[&base_name()]
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.commits[&self.tip()].tree
    }

    fn store(&mut self, parents: Vec<ObjectId>, tree: Tree, author: Who) -> ObjectId {
        let mut name = [0; 20];
        name[12..].copy_from_slice(&(self.commits.len() as u64 + 1).to_be_bytes());
        let commit = ObjectId::from_bytes(name);
        self.commits.insert(commit, Stored { parents, tree, author });
        commit
    }

    /// A commit on the base made with some other tool.
    pub(super) fn commit_by_hand(&mut self, address: &str, files: &[(&str, Option<&str>)]) {
        let files: Vec<_> = files
            .iter()
            .map(|(at, text)| (path(at), text.map(|text| (ORDINARY_FILE, text.as_bytes().to_vec()))))
            .collect();
        self.commit_files(address, &files);
    }

    pub(super) fn commit_files(&mut self, address: &str, files: &[(RepoPath, Option<File>)]) {
        let parent = self.refs.get(&base_name()).copied();
        let mut tree = parent.map(|parent| self.commits[&parent].tree.clone()).unwrap_or_default();
        for (at, file) in files {
            match file {
                Some(file) => drop(tree.insert(at.clone(), file.clone())),
                None => drop(tree.remove(at)),
            }
        }
        let commit = self.store(parent.into_iter().collect(), tree, Who::new("Somebody", address));
        self.refs.insert(base_name(), commit);
    }

    /// The commit that made the newsroom.
    pub(super) fn first(&self) -> ObjectId {
        *self.commits.keys().next().expect("there is one")
    }

    /// The last commit of the base again, with another file in it.
    pub(super) fn rewrite_tip(&mut self, at: &RepoPath, bytes: Vec<u8>) {
        let tip = self.tip();
        let stored = self.commits.get_mut(&tip).expect("it is there");
        stored.tree.insert(at.clone(), (ORDINARY_FILE, bytes));
    }

    /// Applies a change all or nothing, as a repository does.
    pub(super) fn apply(&mut self, address: &str, change: &Change) {
        for step in &change.steps {
            let is = self.refs.get(&step.name).copied();
            assert_eq!(is, step.expect, "{} is where the change expects it", step.name);
            match &step.target {
                Target::Commit { parents, writes, .. } => {
                    if step.name == branch() && is.is_none() && self.origin.is_none() {
                        self.origin = Some(self.tip());
                    }
                    let mut tree = parents.first().map(|one| self.commits[one].tree.clone()).unwrap_or_default();
                    for write in writes {
                        match &write.bytes {
                            Some(bytes) => drop(tree.insert(write.path.clone(), (ORDINARY_FILE, bytes.clone()))),
                            None => assert!(tree.remove(&write.path).is_some(), "only what is there goes"),
                        }
                    }
                    let commit = self.store(parents.clone(), tree, Who::new("Somebody", address));
                    self.refs.insert(step.name.clone(), commit);
                }
                Target::Merge { .. } => unreachable!("no move of these histories joins"),
                Target::Files(files) => {
                    let text = |at: usize| String::from_utf8(files[at].1.clone()).expect("text");
                    let signature = (files.len() > 1).then(|| text(1));
                    self.kept.push(Assent::read(&text(0), signature).expect("a statement"));
                    let commit = self.store(Vec::new(), Tree::new(), Who::new("", ""));
                    self.refs.insert(step.name.clone(), commit);
                }
                Target::Object(object) => {
                    if step.name == branch() && self.origin.is_none() {
                        self.origin = Some(self.tip());
                    }
                    self.refs.insert(step.name.clone(), *object);
                }
                Target::Gone => {
                    self.refs.remove(&step.name);
                    self.origin = self.origin.filter(|_| step.name != branch());
                }
            }
        }
        let mut files = self.working.clone().unwrap_or_default();
        for step in &change.files {
            let is = files.iter().find(|entry| entry.path == step.path).map(|entry| entry.bytes.clone());
            assert_eq!(is, step.expect, "{} holds what the change expects", step.path);
            files.retain(|entry| entry.path != step.path);
            if let Some(bytes) = &step.bytes {
                files.push(Entry { path: step.path.clone(), mode: ORDINARY_FILE, bytes: bytes.clone() });
            }
        }
        self.working = Some(files).filter(|files| !files.is_empty());
    }

    fn version(&self, commit: ObjectId) -> Option<Version> {
        let entries = self.entries(commit, &home()).unwrap_or_default();
        let is_there = entries.iter().any(|entry| entry.path == main_file());
        is_there.then(|| Version::read(commit, id(), home(), main_file(), entries))
    }

    pub(super) fn standing(&self) -> Standing {
        let at = |name: &RefName| self.refs.get(name).and_then(|&commit| self.version(commit));
        let record = self.tree().get(&record_path(id())).map(|(_, bytes)| bytes.clone());
        Standing {
            id: id(),
            slug: Slug::new("ferry").expect("a slug"),
            branch: branch(),
            base: at(&base_name()),
            open: at(&branch()),
            origin: self.origin.and_then(|commit| self.version(commit)),
            spiked: at(&RefName::spiked(id())),
            working: self.working.clone(),
            in_the_way: Vec::new(),
            assents: self.kept.clone(),
            schedule: None,
            record: record.map(|bytes| Record::read(&record_path(id()), &bytes).expect("a record")),
            agreed: self.broken().first().and_then(|first| self.version(self.commits[first].parents[0])),
            broken: self.broken(),
        }
    }

    /// The steps since the record last grew that changed the article by hand.
    fn broken(&self) -> Vec<ObjectId> {
        let record = |commit: &ObjectId| self.commits[commit].tree.get(&record_path(id()));
        let mut broken = Vec::new();
        let mut at = self.tip();
        while let Some(parent) = self.commits[&at].parents.first().copied() {
            if record(&at) != record(&parent) {
                break;
            }
            let Ok(judgement) = judge(&self.step(at), self);
            if judgement.breaks.iter().any(|one| one.why.is_mendable()) {
                broken.insert(0, at);
            }
            at = parent;
        }
        broken
    }

    /// The moment, a second after the last.
    pub(super) fn circumstances(&mut self, address: &str) -> Circumstances {
        self.second += 1;
        let file = |name: &str| self.tree()[&path(name)].1.clone();
        let (desk, staff) = (file("desk.toml"), file("staff.toml"));
        let config = Config::read(&path("desk.toml"), &desk).expect("a configuration");
        Circumstances {
            newsroom: config.newsroom.id,
            format: config.newsroom.format,
            review: config.review,
            staff: Staff::read(&path("staff.toml"), &staff).expect("a staff list"),
            policy: policy_digest(&desk, &staff),
            person: Who::new("Somebody", address),
            now: Timestamp::from_second(self.second).expect("a time"),
            zone: config.newsroom.timezone,
            base: Base { name: base_name(), tip: self.tip() },
        }
    }

    fn done(&mut self, address: &str, change: Change) {
        self.apply(address, &change);
    }

    /// Writes into the working folder and saves.
    pub(super) fn write(&mut self, address: &str, text: &str) -> Result<(), Refusal> {
        let stage = self.standing().open.map_or("draft", |open| open.stage.as_str());
        let mut text = text.replace("stage = \"draft\"", &format!("stage = \"{stage}\""));
        if let Some(base) = self.standing().public() {
            // Kept lines are desk's: a person leaves them as they are.
            text =
                base.document.text.replace(base.document.body_text(), text.rsplit("+++\n").next().unwrap_or_default());
            if base.stage == Stage::Published && text != *base.document.text {
                text = self.with_note(&text, Amendment::Update, "There is more to tell.");
            }
        }
        self.working = Some(vec![Entry { path: main_file(), mode: ORDINARY_FILE, bytes: text.into_bytes() }]);
        self.save(address)
    }

    /// A text of the article with one more change record than readers have seen.
    pub(super) fn with_note(&self, text: &str, kind: Amendment, note: &str) -> String {
        let (document, _) = crate::article::Document::read(main_file(), text.as_bytes());
        let kept = self.standing().told_against().map_or(0, |public| records(&public.document).len());
        let noting = Noting { kind, date: "2026-07-26T00:00:00+00:00", note, corrects: None };
        noted(&document, kept, &noting).expect("it can be noted")
    }

    /// Writes other words than readers see into the working folder, without a note, and saves.
    pub(super) fn reword(&mut self, address: &str, body: &str) -> Result<(), Refusal> {
        let base = self.standing().base.expect("public").document;
        let text = base.text.replace(base.body_text(), &format!("{body}\n"));
        self.working = Some(vec![Entry { path: main_file(), mode: ORDINARY_FILE, bytes: text.into_bytes() }]);
        self.save(address)
    }

    pub(super) fn correct(&mut self, address: &str, kind: Amendment, note: &str) -> Result<(), Refusal> {
        self.correct_as(address, &Correction { kind, note: note.to_owned(), corrects: None, beside: Beside::Nothing })
    }

    pub(super) fn correct_as(&mut self, address: &str, correction: &Correction) -> Result<(), Refusal> {
        let circumstances = self.circumstances(address);
        let change = correct(&self.standing(), &circumstances, correction)?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn cancel(&mut self, address: &str) -> Result<(), Refusal> {
        let change = cancel_change(&self.standing())?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn save(&mut self, address: &str) -> Result<(), Refusal> {
        let circumstances = self.circumstances(address);
        if let Some(change) = save(&self.standing(), &circumstances, None)? {
            self.done(address, change);
        }
        Ok(())
    }

    pub(super) fn say(&mut self, address: &str, decision: Decision) -> Result<Assent, Refusal> {
        self.say_of_sources(address, decision, Sources::NotSaid)
    }

    fn say_of_sources(&mut self, address: &str, decision: Decision, sources: Sources) -> Result<Assent, Refusal> {
        let circumstances = self.circumstances(address);
        let said = statement(&self.standing(), &circumstances, decision, "a note", sources)?;
        // Whoever has a key in this world signs with it.
        let signature = self.signing.get(address).map(|key| sign(key, &said.text()));
        Ok(Assent::new(said, signature))
    }

    pub(super) fn submit(&mut self, address: &str) -> Result<(), Refusal> {
        let assent = self.say(address, Decision::Submit)?;
        let circumstances = self.circumstances(address);
        let change = submit(&self.standing(), &circumstances, &[], &assent)?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn approve(&mut self, address: &str) -> Result<(), Refusal> {
        self.approve_saying(address, Sources::NotSaid)
    }

    pub(super) fn approve_saying(&mut self, address: &str, sources: Sources) -> Result<(), Refusal> {
        let assent = self.say_of_sources(address, Decision::Approve, sources)?;
        let circumstances = self.circumstances(address);
        let change = approve(&self.standing(), &circumstances, &assent)?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn send_back(&mut self, address: &str) -> Result<(), Refusal> {
        let assent = self.say(address, Decision::Return)?;
        let circumstances = self.circumstances(address);
        let change = return_(&self.standing(), &circumstances, &assent)?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn publish_as(&mut self, address: &str, together: &Together) -> Result<Digest, Refusal> {
        let circumstances = self.circumstances(address);
        let own = match wants_own(&self.standing(), &circumstances, together) {
            true => Some(self.say(address, Decision::Submit)?),
            false => None,
        };
        let circumstances = self.circumstances(address);
        let standing = self.standing();
        let change = publish(&standing, &circumstances, &[], own.as_ref(), together)?;
        self.done(address, change);
        Ok(standing.open.expect("it was open").digest.expect("it has a digest"))
    }

    pub(super) fn publish(&mut self, address: &str) -> Result<Digest, Refusal> {
        self.publish_as(address, &Together::WithOthers { note: String::new() })
    }

    pub(super) fn publish_alone(&mut self, address: &str) -> Result<Digest, Refusal> {
        self.publish_as(address, &Together::Alone { note: "fire at the pier".to_owned() })
    }

    pub(super) fn withdraw(&mut self, address: &str, kind: Withdrawal) -> Result<(), Refusal> {
        let note = "Our only source lied.";
        let circumstances = self.circumstances(address);
        let noticed = notice(&self.standing(), &circumstances, kind, note)?;
        let assent = Assent::new(statement(&noticed, &circumstances, Decision::Submit, note, Sources::NotSaid)?, None);
        let change = withdraw(&self.standing(), &circumstances, kind, note, &assent)?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn follows(&self, commit: ObjectId, other: ObjectId) -> bool {
        commit == other || self.commits[&commit].parents.iter().any(|parent| self.follows(*parent, other))
    }

    pub(super) fn spike(&mut self, address: &str) -> Result<(), Refusal> {
        let circumstances = self.circumstances(address);
        let change = spike(&self.standing(), &circumstances, "no story")?;
        self.done(address, change);
        Ok(())
    }

    pub(super) fn revive(&mut self, address: &str) -> Result<(), Refusal> {
        let circumstances = self.circumstances(address);
        let change = revive(&self.standing(), &circumstances, "it is one")?;
        self.done(address, change);
        Ok(())
    }

    /// What the whole history of the base is worth.
    pub(super) fn audit(&self) -> Audit {
        let mut line = vec![self.tip()];
        while let Some(parent) = self.commits[&line[line.len() - 1]].parents.first() {
            line.push(*parent);
        }
        let mut audit = Audit::default();
        for commit in line.into_iter().rev() {
            let Ok(()) = audit.step(&self.step(commit), self);
        }
        let mains = self.tree().keys().filter(|path| path.name() == "index.md").cloned();
        let articles: Vec<_> = mains.map(|main| (main.parent().expect("a folder"), main)).collect();
        let Ok(()) = audit.finish(self.tip(), &articles, self);
        audit
    }

    pub(super) fn step(&self, commit: ObjectId) -> Step {
        let stored = &self.commits[&commit];
        let parent = stored.parents.first().copied();
        let none = Tree::new();
        let old = parent.map_or(&none, |parent| &self.commits[&parent].tree);
        let mut paths: Vec<_> = old.keys().chain(stored.tree.keys()).cloned().collect();
        paths.sort();
        paths.dedup();
        paths.retain(|path| old.get(path) != stored.tree.get(path));
        let mode = |tree: &Tree, path: &RepoPath| tree.get(path).map(|(mode, _)| *mode);
        let changed = paths
            .into_iter()
            .map(|path| Changed { before: mode(old, &path), after: mode(&stored.tree, &path), path })
            .collect();
        let time = Timestamp::UNIX_EPOCH;
        let (author, committer) = (stored.author.clone(), stored.author.clone());
        Step { commit, parent, author, committer, time, changed, unsound: Vec::new() }
    }
}

impl Past for World {
    type Error = Infallible;

    fn file(&self, at: ObjectId, path: &RepoPath) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.commits[&at].tree.get(path).map(|(_, bytes)| bytes.clone()))
    }

    fn signed(&self, _: ObjectId) -> Result<Option<Signed>, Infallible> {
        Ok(None)
    }

    fn before(&self, at: ObjectId) -> Result<Option<ObjectId>, Infallible> {
        Ok(self.commits[&at].parents.first().copied())
    }

    fn entries(&self, at: ObjectId, home: &RepoPath) -> Result<Vec<Entry>, Infallible> {
        let files = self.commits[&at].tree.iter().filter(|(path, _)| path.is_within(home));
        Ok(files.map(|(path, (mode, bytes))| Entry { path: path.clone(), mode: *mode, bytes: bytes.clone() }).collect())
    }
}

//! An article as it stands in a newsroom of four people, for tests.

use jiff::Timestamp;

use super::{LeftOut, Story};
use crate::article::{ArticleId, Entry, Move, ORDINARY_FILE, ObjectId, RefName, RepoPath, Slug, Stage};
use crate::config::{Config, Staff, policy_digest};
use crate::finding::Finding;
use crate::ledger::{Act, Assent, Decision, Owed, Record, RecordEntry, Sources, Statement, Who};
use crate::workflow::{Base, Circumstances, Needs, Standing, Version, needs};

const DESK: &str = "[newsroom]\nid = \"post-1\"\nformat = 2\nname = \"Post\"\ntimezone = \"Asia/Seoul\"\n\
[review]\npeople = 2\n[[review.require]]\nwhen = { section = [\"courts\"] }\nroles = [\"legal\"]\n";

const STAFF: &str = "[[people]]\nname = \"Mina Park\"\nemails = [\"mina@post.example\"]\nroles = [\"admin\"]\n\
forges = { \"github.com\" = \"mina-park\", \"git.post.example\" = \"mina\" }\n\
[[people]]\nname = \"Jun Seo\"\nemails = [\"jun@post.example\"]\nroles = [\"editorial\"]\nforges = { \"github.com\" = \"junseo\" }\n\
[[people]]\nname = \"Ana Ruiz\"\nemails = [\"ana@post.example\"]\nroles = [\"legal\"]\nforges = { \"github.com\" = \"1234\" }\n\
[[people]]\nname = \"Lee Cho\"\nemails = [\"lee@post.example\"]\n";

pub(super) const FERRY: &str = r#"title = "Ferry fares rise in May"
description = "Crossings cost 4% more"
authors = ["Mina Park"]
section = "courts"
dateline = "PORT ALDER"
tags = ["port"]

[[photos]]
file = "ferry.jpg"
caption = "The ferry at berth 4."
credit = "Port Authority"

[[sources]]
name = "Jo Han"
role = "harbor master"

[[sources]]
name = "senior port official"
anonymous = true
reason = "was not authorised to speak before the vote"
"#;

pub(super) const BODY: &str = "The contractor stole the deposit, a senior port official said.\n\nFares rise **4%** on May 1, see [the board](https://port.example/fares).\n\n## What comes next\n\n> It was cheap.\n\n- Monthly passes stay.\n\n| Route | Fare |\n| --- | --- |\n| North | 4 |\n\nRun `port fares`.\n";

pub(super) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a path")
}

pub(super) fn id() -> ArticleId {
    ArticleId::generate(1_753_448_400_000, [7; 10], None)
}

pub(super) fn version(number: u8, front: &str, stage: &str, body: &str) -> Version {
    let draft = stage != "published";
    let (before, tables) =
        front.split_once("\n\n[[").map_or((front, String::new()), |(one, rest)| (one, format!("\n[[{rest}")));
    let text = format!(
        "+++\n{}\ndraft = {draft}\n{tables}\n[desk]\nid = \"{}\"\nkind = \"news\"\nstage = \"{stage}\"\n+++\n{body}",
        before.trim_end(),
        id()
    );
    let home = path("articles/2026/07/ferry-fares");
    let main = path("articles/2026/07/ferry-fares/index.md");
    let entry = Entry { path: main.clone(), mode: ORDINARY_FILE, bytes: text.into_bytes() };
    Version::read(ObjectId::from_bytes([number; 20]), id(), home, main, vec![entry])
}

/// All that a story borrows from.
pub(super) struct World {
    pub(super) standing: Standing,
    pub(super) circumstances: Circumstances,
    pub(super) findings: Vec<Finding>,
    pub(super) left_out: Vec<LeftOut<'static>>,
    needs: Option<Needs>,
}

impl World {
    pub(super) fn new(base: Option<Version>, open: Option<Version>) -> Self {
        let config = Config::read(&path("desk.toml"), DESK.as_bytes()).expect("a configuration");
        let circumstances = Circumstances {
            newsroom: config.newsroom.id,
            format: config.newsroom.format,
            review: config.review,
            staff: Staff::read(&path("staff.toml"), STAFF.as_bytes()).expect("a staff list"),
            policy: policy_digest(DESK.as_bytes(), STAFF.as_bytes()),
            person: Who::new("Mina Park", "mina@post.example"),
            now: at("2026-07-25T23:50:00+09:00"),
            zone: config.newsroom.timezone,
            base: Base { name: RefName::branch("main").expect("a name"), tip: ObjectId::from_bytes([9; 20]) },
            articles: config.articles,
        };
        let standing = Standing {
            id: id(),
            slug: Slug::new("ferry-fares").expect("a slug"),
            branch: RefName::branch("desk/ferry-fares").expect("a name"),
            origin: base.clone(),
            base,
            open,
            spiked: None,
            working: None,
            in_the_way: Vec::new(),
            assents: Vec::new(),
            schedule: None,
            record: None,
            broken: Vec::new(),
            agreed: None,
        };
        Self { standing, circumstances, findings: Vec::new(), left_out: Vec::new(), needs: None }.counted()
    }

    /// Somebody is called something else.
    pub(super) fn called(mut self, address: &str, name: &str) -> Self {
        for person in self.circumstances.staff.people.iter_mut().filter(|person| person.has_address(address)) {
            name.clone_into(&mut person.name);
        }
        self
    }

    /// Somebody says something about a version.
    pub(super) fn said(mut self, address: &str, decision: Decision, about: &Version, time: &str) -> Self {
        let person = self.circumstances.staff.find(address).expect("on the list");
        let statement = Statement {
            newsroom: self.circumstances.newsroom.clone(),
            article: id(),
            content: about.digest.clone().expect("a digest"),
            replaces: self.standing.public_digest(),
            person: Who::new(person.name.clone(), address),
            roles: person.roles.iter().map(ToString::to_string).collect(),
            decision,
            policy: self.circumstances.policy,
            time: at(time),
            note: String::new(),
            sources: if decision == Decision::Approve { Sources::Known } else { Sources::NotSaid },
            witness: None,
        };
        self.standing.assents.push(Assent::new(statement, None));
        self.counted()
    }

    /// The public words are recorded as published with everything that was said of them.
    pub(super) fn recorded(mut self) -> Self {
        let public = self.standing.base.clone().expect("public");
        let content = public.digest.clone().expect("a digest");
        let assents = self.standing.assents.iter().filter(|assent| assent.statement.content == content);
        let entry = RecordEntry {
            act: Act::Move { step: Move::Publish, from: Stage::Review, to: Stage::Published },
            content,
            replaces: None,
            time: at("2026-07-24T12:00:00+09:00"),
            path: public.home,
            slug: self.standing.slug.clone(),
            title: "Ferry fares rise in May".to_owned(),
            person: self.circumstances.person.clone(),
            policy: self.circumstances.policy,
            people: 2,
            roles: Vec::new(),
            owed: Owed::Nothing,
            note: String::new(),
            mends: Vec::new(),
            landed: Vec::new(),
            schedule: None,
            assents: assents.cloned().collect(),
        };
        self.standing.record = Some(Record::new(id()).append(entry));
        self.counted()
    }

    fn counted(mut self) -> Self {
        self.needs = needs(&self.standing, &self.circumstances);
        self
    }

    pub(super) fn story(&self) -> Story<'_> {
        Story {
            standing: &self.standing,
            circumstances: &self.circumstances,
            needs: self.needs.as_ref(),
            findings: &self.findings,
            left_out: &self.left_out,
        }
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

//! Founding a newsroom: its set-up files, committed to the public version as one operation.

use std::path::Path;
use std::time::Duration;

use super::chance::Chance;
use super::error::{Error, Result};
use super::{Newsroom, Setting};
use crate::article::{Change, ObjectId, Reach, RefName, RefStep, RepoPath, Target, Write};
use crate::config::{DESK_FILE, Founding, Person, Profile, Role, STAFF_FILE, Staff};
use crate::ledger::{BeforeDesk, before_digest};
use crate::repository::{By, Head, Identity, Repository};
use crate::schema;

/// What a newsroom is founded with.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What readers call it.
    pub name: String,
    /// How many people it takes.
    pub profile: Profile,
    /// The folder of its articles; none for the one that is found, or `articles`.
    pub root: Option<RepoPath>,
    /// Where readers find it.
    pub url: Option<String>,
    /// The language of its articles.
    pub language: String,
    /// The name of its time zone.
    pub timezone: String,
    /// Its sections; none for any.
    pub sections: Vec<String>,
    /// Who works here, beside the founder.
    pub staff: Vec<Person>,
}

/// What a founding left behind.
#[derive(Debug, Clone)]
pub struct Founded {
    /// The files that were written.
    pub files: Vec<RepoPath>,
    /// How many articles were there before and were taken in.
    pub taken_in: usize,
    /// Whether the folder was no repository before.
    pub repository: Made,
}

/// Whether a repository was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// It was.
    Found,
    /// It was made.
    New,
}

impl Newsroom {
    /// Founds a newsroom in `setting.directory`. Articles that are there already stay as they are: their digests are
    /// recorded as what was there before desk.
    pub fn found(setting: &Setting, plan: &Plan) -> Result<Founded> {
        let (repository, made) = match Repository::open(&setting.directory) {
            Ok(repository) => (repository, Made::Found),
            Err(crate::repository::Error::NoRepository(_)) => (Repository::create(&setting.directory)?, Made::New),
            Err(other) => return Err(other.into()),
        };
        let (base, tip) = match repository.head()? {
            Head::Branch(name, tip) => (name, Some(tip)),
            Head::Unborn(name) => (name, None),
            Head::Detached(_) => {
                return Err(Error::Given(
                    "this repository shows a single version of the past, not a branch (git switch main)".to_owned(),
                ));
            }
        };
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        if repository.exists_working(&desk)?
            || tip.map(|tip| repository.file_at(tip, &desk)).transpose()?.flatten().is_some()
        {
            return Err(Error::Founded);
        }
        let founder = repository.identity(|name| setting.programs.variables().get(name).map(str::to_owned))?;
        let site = Found::look(&repository, tip, plan)?;
        let writes = set_up(setting, plan, &founder, &base, &site)?;
        let files: Vec<RepoPath> = writes.iter().map(|write| write.path.clone()).collect();
        let change = Change {
            summary: format!("founded {}", plan.name),
            articles: Vec::new(),
            steps: vec![RefStep {
                name: base,
                expect: tip,
                target: Target::Commit {
                    parents: tip.into_iter().collect(),
                    writes,
                    message: format!("desk: set up {}\n", plan.name),
                },
            }],
            files: Vec::new(),
            reach: Reach::Here,
        };
        let offset = jiff::tz::TimeZone::get(&plan.timezone)
            .map_or(jiff::tz::Offset::UTC, |zone| setting.now.to_zoned_datetime(zone).offset());
        let by = By { who: &founder, now: setting.now, offset, command: &setting.words };
        repository.begin(Duration::from_secs(30), &mut || {})?.apply(&change, &by)?;
        Ok(Founded { files, taken_in: site.before.articles.len(), repository: made })
    }

    /// Joins a newsroom that somebody else founded: a copy of it in a folder of its own.
    pub fn join(setting: &Setting, url: &str, folder: &Path) -> Result<Self> {
        setting.programs.clone_repository(url, &setting.directory.join(folder), crate::process::Passwords::Ask)?;
        Self::open(Setting { directory: setting.directory.join(folder), ..setting.clone() })
    }
}

/// What was in the folder before.
struct Found {
    root: RepoPath,
    before: BeforeDesk,
}

impl Found {
    fn look(repository: &Repository, tip: Option<ObjectId>, plan: &Plan) -> Result<Self> {
        let root = plan.root.clone().unwrap_or_else(|| RepoPath::new("articles").expect("a sound name"));
        let mut before = BeforeDesk::default();
        let articles = crate::config::Articles { root: root.clone(), ..crate::config::Config::default().articles };
        if let Some(tip) = tip {
            let listing = repository.files_at(tip, Some(&root))?;
            for main in articles.mains(listing.files.iter().map(|file| &file.path)) {
                let home = articles.home(main);
                let entries = repository.entries_at(tip, &home)?;
                before.articles.insert(home.clone(), before_digest(&home, &entries));
            }
        }
        Ok(Self { root, before })
    }
}

fn set_up(setting: &Setting, plan: &Plan, founder: &Identity, base: &RefName, site: &Found) -> Result<Vec<Write>> {
    let defaults = crate::config::Config::default();
    let founding = Founding {
        profile: plan.profile,
        id: Chance::new(setting.seed, setting.now)?.newsroom_id(),
        name: plan.name.clone(),
        url: plan.url.clone(),
        language: plan.language.clone(),
        timezone: plan.timezone.clone(),
        root: site.root.clone(),
        path: defaults.articles.path,
        base: base.branch_name().unwrap_or("main").to_owned(),
        generator: defaults.site.generator,
    };
    let path = |text: &str| RepoPath::new(text).expect("a sound name");
    let mut writes = vec![
        Write::put(path(DESK_FILE), founding.desk_toml()),
        Write::put(path(STAFF_FILE), staff(plan, founder).to_toml()),
    ];
    for (kind, _) in schema::defaults() {
        let text = schema::fresh(kind, &plan.sections).expect("desk brings this kind");
        writes.push(Write::put(path(&format!("schemas/{kind}.schema.json")), text));
    }
    if !site.before.articles.is_empty() {
        writes.push(Write::put(BeforeDesk::path(), site.before.bytes()));
    }
    Ok(writes)
}

/// The staff list: the founder first, with the role that changes the rules of the house.
fn staff(plan: &Plan, founder: &Identity) -> Staff {
    let role = |name: &str| Role::new(name).expect("a role's name");
    let mut people = plan.staff.clone();
    let mut first = match people.iter().position(|person| person.has_address(&founder.address)) {
        Some(at) => people.remove(at),
        None => Person {
            name: founder.name.clone(),
            addresses: vec![founder.address.clone()],
            roles: Vec::new(),
            keys: Vec::new(),
            forges: Default::default(),
        },
    };
    let wanted: &[&str] = match plan.profile {
        Profile::Solo => &["admin"],
        Profile::Pair | Profile::Newsroom => &["admin", "editorial"],
    };
    for name in wanted {
        if !first.has_role(&role(name)) {
            first.roles.push(role(name));
        }
    }
    people.insert(0, first);
    Staff { people }
}

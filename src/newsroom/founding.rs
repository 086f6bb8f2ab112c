//! Founding a newsroom: its set-up files, committed to the public version as one operation.

use std::path::Path;

use super::chance::Chance;
use super::error::{Error, Result};
use super::survey::{Survey, Yaml};
use super::{Newsroom, Setting};
use crate::article::{Change, ObjectId, Reach, RefName, RefStep, RepoPath, Target, Write};
use crate::config::{Config, DESK_FILE, Founding, Person, Profile, Role, STAFF_FILE, Staff};
use crate::ledger::BeforeDesk;
use crate::repository::{By, Head, Identity, Repository, identity_of_user};
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
    /// The founder, where git does not know them: kept for this newsroom.
    pub founder: Option<Identity>,
    /// What becomes of front matter in YAML.
    pub yaml: Yaml,
}

/// What a founding left behind.
#[derive(Debug, Clone)]
pub struct Founded {
    /// The files that were written.
    pub files: Vec<RepoPath>,
    /// What was there before and was taken in.
    pub survey: Survey,
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
    /// One that is YAML becomes TOML only where the plan asks for it. `survey` is what was found there already, which
    /// saves looking again.
    pub fn found(setting: &Setting, plan: &Plan, survey: Survey) -> Result<Founded> {
        if plan.founder.is_none() && Self::known(setting)?.is_none() {
            return Err(crate::repository::Error::NoIdentity { missing: "name and address" }.into());
        }
        let (repository, made) = match Repository::open(&setting.directory) {
            Ok(repository) => (repository, Made::Found),
            Err(crate::repository::Error::NoRepository(_)) => (Repository::create(&setting.directory)?, Made::New),
            Err(other) => return Err(other.into()),
        };
        let (base, tip) = match repository.head()? {
            Head::Branch(name, tip) => (name, Some(tip)),
            Head::Unborn(name) => (name, None),
            Head::Detached(_) => return Err(Error::NoBranch),
        };
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        if repository.exists_working(&desk)?
            || tip.map(|tip| repository.file_at(tip, &desk)).transpose()?.flatten().is_some()
        {
            return Err(Error::Founded);
        }
        if let Some(founder) = &plan.founder {
            repository.set_identity(founder)?;
        }
        let founder = repository.identity(|name| setting.programs.variables().get(name).map(str::to_owned))?;
        let mut survey = match tip {
            Some(tip) if survey.of == Some((tip, plan.root.clone())) => survey,
            Some(tip) => Survey::of(&repository, tip, plan.root.as_ref())?,
            None => Survey::empty(plan.root.as_ref()),
        };
        let converted = if plan.yaml == Yaml::Convert { survey.convert() } else { Vec::new() };
        let mut writes = set_up(setting, plan, &founder, &base, &survey)?;
        writes.extend(left_out(&repository, tip)?);
        let files: Vec<RepoPath> = writes.iter().map(|write| write.path.clone()).collect();
        writes.extend(converted);
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
        let by = By { who: &founder, now: setting.now, offset, command: &setting.words, signer: None };
        super::writing::begin(&repository, &setting.herald)?.apply(&change, &by)?;
        Ok(Founded { files, survey, repository: made })
    }

    /// Who git says sits here, wherever that is; none when it knows no name or no address.
    pub fn known(setting: &Setting) -> Result<Option<Identity>> {
        let lookup = |name: &str| setting.programs.variables().get(name).map(str::to_owned);
        let known = match Repository::open(&setting.directory) {
            Ok(repository) => repository.identity(lookup),
            Err(crate::repository::Error::NoRepository(_)) => identity_of_user(lookup),
            Err(other) => Err(other),
        };
        match known {
            Ok(identity) => Ok(Some(identity)),
            Err(crate::repository::Error::NoIdentity { .. }) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// Keeps who sits here, for this newsroom alone.
    pub fn introduce(&self, identity: &Identity) -> Result<()> {
        Ok(self.repository.set_identity(identity)?)
    }

    /// Joins a newsroom that somebody else founded: a copy of it in a folder of its own.
    pub fn join(setting: &Setting, url: &str, folder: &Path) -> Result<Self> {
        setting.programs.clone_repository(url, &setting.directory.join(folder), crate::process::Passwords::Ask)?;
        Self::open(Setting { directory: setting.directory.join(folder), ..setting.clone() })
    }
}

fn set_up(setting: &Setting, plan: &Plan, founder: &Identity, base: &RefName, survey: &Survey) -> Result<Vec<Write>> {
    let founding = Founding {
        profile: plan.profile,
        id: Chance::new(setting.seed, setting.now)?.newsroom_id(),
        name: plan.name.clone(),
        url: plan.url.clone().or_else(|| survey.url.clone()),
        language: plan.language.clone(),
        timezone: plan.timezone.clone(),
        root: survey.root.clone().unwrap_or(Config::default().articles.root),
        path: survey.path.clone(),
        base: base.branch_name().unwrap_or("main").to_owned(),
        generator: survey.generator,
    };
    let path = |text: &str| RepoPath::new(text).expect("a sound name");
    let mut writes = vec![
        Write::put(path(DESK_FILE), founding.desk_toml()),
        Write::put(path(STAFF_FILE), staff(plan, founder).to_toml()),
    ];
    let schema_at = |kind: &str| path(&format!("schemas/{kind}.schema.json"));
    for (kind, text) in &survey.schemas {
        writes.push(Write::put(schema_at(kind), text.as_str()));
    }
    if survey.schemas.is_empty() {
        for (kind, _) in schema::defaults() {
            let text = schema::fresh(kind, &plan.sections).expect("desk brings this kind");
            writes.push(Write::put(schema_at(kind), text));
        }
    }
    if survey.articles() > 0 {
        writes.push(Write::put(BeforeDesk::path(), survey.before.bytes()));
    }
    Ok(writes)
}

/// A `.gitignore` for the pages that `desk build` writes, where there is none and nothing speaks against it: git leaves
/// them out already, or keeps them on purpose.
fn left_out(repository: &Repository, tip: Option<ObjectId>) -> Result<Option<Write>> {
    let ignore = RepoPath::new(".gitignore").expect("a sound name");
    let output = Config::default().site.output;
    if repository.exists_working(&ignore)? || repository.is_ignored(&output)? {
        return Ok(None);
    }
    if let Some(tip) = tip
        && (repository.entry_at(tip, &ignore)?.is_some() || !repository.files_at(tip, Some(&output))?.files.is_empty())
    {
        return Ok(None);
    }
    let text = format!("# The built pages: made from the articles at any time.\n/{output}/\n");
    Ok(Some(Write::put(ignore, text)))
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

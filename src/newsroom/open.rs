//! The newsroom as it stands: opened once, read from the public version's tip.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::chance::Chance;
use super::error::{Error, Result};
use super::herald::Herald;
use crate::article::{Digest, ObjectId, RefName, RepoPath};
use crate::check::{BASELINE_FILE, Baseline};
use crate::config::{self, Config, DESK_FILE, Person, STAFF_FILE, Staff};
use crate::ledger::Who;
use crate::process::{Passwords, Programs};
use crate::repository::{Head, Identity, Repository};
use crate::schema::{Schema, Schemas};

/// What a use case is given beside the newsroom's own files.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The folder to look in, and above.
    pub directory: PathBuf,
    /// The time.
    pub now: Timestamp,
    /// What randomness starts from; none takes the system's.
    pub seed: Option<u64>,
    /// Other programs, and the variables they are given.
    pub programs: Programs,
    /// The command line, for the log of operations.
    pub words: Vec<String>,
    /// Who is told what cannot wait until the command is done.
    pub herald: Herald,
    /// Whether git may ask for a password when a remote wants one.
    pub passwords: Passwords,
}

/// The rules of the house as the public version holds them: policy is never read from the branch that proposes.
#[derive(Debug, Clone)]
pub struct House {
    /// `desk.toml`.
    pub config: Config,
    /// `staff.toml`.
    pub staff: Staff,
    /// What names both.
    pub policy: Digest,
    /// `baseline.toml`: what is not mended yet.
    pub baseline: Baseline,
}

/// One newsroom, open.
pub struct Newsroom {
    pub(super) setting: Setting,
    pub(super) repository: Repository,
    pub(super) house: House,
    pub(super) base: RefName,
    pub(super) base_tip: ObjectId,
}

impl Newsroom {
    /// Opens the newsroom that `setting.directory` lies in.
    pub fn open(setting: Setting) -> Result<Self> {
        let repository = Repository::open(&setting.directory)?;
        Self::from_repository(setting, repository)
    }

    pub(super) fn from_repository(setting: Setting, repository: Repository) -> Result<Self> {
        let (base, base_tip, house) = house_of(&repository)?;
        Ok(Self { setting, repository, house, base, base_tip })
    }

    /// The newsroom as it was at `tip`.
    pub(super) fn as_of(setting: Setting, repository: Repository, tip: ObjectId) -> Result<Self> {
        let path = |name: &str| RepoPath::new(name).expect("a sound name");
        let house = house_at(&repository, tip, &path(DESK_FILE), &path(STAFF_FILE))?.ok_or(Error::NoNewsroom)?;
        let name = house.config.articles.base.clone();
        let base = RefName::branch(&name).map_err(|_| Error::NoBase(name))?;
        Ok(Self { setting, repository, house, base, base_tip: tip })
    }

    /// Reads again what another command may have changed meanwhile.
    pub(super) fn reread(&mut self) -> Result<()> {
        (self.base, self.base_tip, self.house) = house_of(&self.repository)?;
        Ok(())
    }

    /// A setting of git's.
    pub fn git_setting(&self, key: &str) -> Option<String> {
        self.repository.git_setting(key)
    }

    /// Its configuration.
    pub fn config(&self) -> &Config {
        &self.house.config
    }

    /// Its people.
    pub fn staff(&self) -> &Staff {
        &self.house.staff
    }

    /// The name of the branch that readers are served from.
    pub fn base_name(&self) -> &str {
        self.base.branch_name().unwrap_or(self.base.as_str())
    }

    /// The folder it is in.
    pub fn root(&self) -> &Path {
        self.repository.root()
    }

    /// The time of this command.
    pub fn now(&self) -> Timestamp {
        self.setting.now
    }

    /// The time of this command in the newsroom's zone.
    pub fn local_now(&self) -> jiff::ZonedDateTime {
        self.setting.now.to_zoned_datetime(self.house.config.newsroom.timezone.clone())
    }

    /// Who sits here: git's name and address.
    pub fn identity(&self) -> Result<Identity> {
        Ok(self.repository.identity(|name| self.setting.programs.variables().get(name).map(str::to_owned))?)
    }

    /// The same as the ledger writes it: under the name that the staff list has for them.
    pub fn who(&self) -> Result<Who> {
        let identity = self.identity()?;
        Ok(match self.house.staff.find(&identity.address) {
            Some(person) => Who::new(&person.name, &identity.address),
            None => Who::new(&identity.name, &identity.address),
        })
    }

    /// The staff's entry of whoever sits here, if there is one.
    pub fn person(&self) -> Result<Option<&Person>> {
        Ok(self.house.staff.find(&self.identity()?.address))
    }

    /// Chance, from the seed or from the system.
    pub(super) fn chance(&self) -> Result<Chance> {
        Chance::new(self.setting.seed, self.setting.now)
    }

    /// The kinds of article there are, each with its schema, as the public version has them.
    pub fn schemas(&self) -> Result<Schemas> {
        schemas_at(&self.repository, self.base_tip)
    }

    /// Whether the working folder shows the public version (and not some other branch).
    pub(super) fn shows_base(&self) -> Result<bool> {
        Ok(matches!(self.repository.head()?, Head::Branch(name, _) if name == self.base))
    }

    /// Whether somebody typed the newsroom's own folder.
    pub(super) fn is_root(&self, typed: &str) -> bool {
        self.setting.directory.join(typed).canonicalize().is_ok_and(|full| full == self.root())
    }

    /// A path that somebody typed, relative to where they stand, as a path in the newsroom.
    pub fn path_here(&self, typed: &str) -> Option<RepoPath> {
        self.repository.locate(&self.setting.directory, Path::new(typed))
    }
}

/// Reads policy and people at the tip of the public version.
fn house_of(repository: &Repository) -> Result<(RefName, ObjectId, House)> {
    let desk = RepoPath::new(DESK_FILE).expect("a sound name");
    let staff = RepoPath::new(STAFF_FILE).expect("a sound name");
    // Which branch is the public version is itself a setting: what the working folder says is only the pointer to it.
    let here = repository.read_working(&desk)?;
    let (head, unborn) = match repository.head()? {
        Head::Branch(_, tip) | Head::Detached(tip) => (Some(tip), None),
        Head::Unborn(name) => (None, Some(name)),
    };
    let pointer = match (here, head) {
        (Some(bytes), _) => bytes,
        (None, Some(tip)) => repository.file_at(tip, &desk)?.ok_or(Error::NoNewsroom)?,
        (None, None) => return Err(Error::NoNewsroom),
    };
    let name = Config::read(&desk, &pointer).map(|config| config.articles.base).unwrap_or_else(|_| "main".to_owned());
    let base = RefName::branch(&name).map_err(|_| Error::NoBase(name.clone()))?;
    let missing = || {
        let name = name.clone();
        if unborn.as_ref() == Some(&base) { Error::NothingKept(name) } else { Error::NoBase(name) }
    };
    let tip = match repository.resolve(&base)? {
        Some(tip) => tip,
        None => fetched(repository, &name)?.ok_or_else(missing)?,
    };
    let house = house_at(repository, tip, &desk, &staff)?.ok_or(Error::NoNewsroom)?;
    Ok((base, tip, house))
}

/// The public version as it was fetched, where no branch of its own was made of it: what a machine that checks one
/// commit has. The remote `origin` speaks first; of others only one that is alone.
fn fetched(repository: &Repository, name: &str) -> Result<Option<ObjectId>> {
    let (ending, origin) = (format!("/{name}"), format!("refs/remotes/origin/{name}"));
    let remote = |found: &str| found.strip_prefix("refs/remotes/")?.strip_suffix(&ending).map(|one| !one.contains('/'));
    let all = repository.references("refs/remotes/")?;
    let mut theirs = all.iter().filter(|(found, _)| remote(found.as_str()) == Some(true));
    if let Some((_, tip)) = all.iter().find(|(found, _)| found.as_str() == origin) {
        return Ok(Some(*tip));
    }
    Ok(theirs.next().filter(|_| theirs.next().is_none()).map(|(_, tip)| *tip))
}

/// The rules of the house at one commit; none where it had no `desk.toml` yet.
pub(super) fn house_at(
    repository: &Repository,
    commit: ObjectId,
    desk: &RepoPath,
    staff: &RepoPath,
) -> Result<Option<House>> {
    let Some(desk_bytes) = repository.file_at(commit, desk)? else { return Ok(None) };
    let staff_bytes = repository.file_at(commit, staff)?.unwrap_or_default();
    let broken = |path: &RepoPath, bytes: &[u8]| {
        let (path, text) = (path.to_string(), String::from_utf8_lossy(bytes).into_owned());
        move |findings| Error::Configuration { path, text, findings }
    };
    let config = Config::read(desk, &desk_bytes).map_err(broken(desk, &desk_bytes))?;
    let people = Staff::read(staff, &staff_bytes).map_err(broken(staff, &staff_bytes))?;
    let late = RepoPath::new(BASELINE_FILE).expect("a sound name");
    let known = repository.file_at(commit, &late)?;
    let baseline = known.map(|bytes| baseline(&late, &bytes)).transpose()?.unwrap_or_default();
    let policy = config::policy_digest(&desk_bytes, &staff_bytes);
    Ok(Some(House { config, staff: people, policy, baseline }))
}

/// The baseline that these bytes hold.
pub(super) fn baseline(path: &RepoPath, bytes: &[u8]) -> Result<Baseline> {
    Baseline::read(path, bytes).map_err(|findings| Error::Configuration {
        path: path.to_string(),
        text: String::from_utf8_lossy(bytes).into_owned(),
        findings,
    })
}

/// The schemas at one commit.
pub(super) fn schemas_at(repository: &Repository, commit: ObjectId) -> Result<Schemas> {
    let folder = RepoPath::new("schemas").expect("a sound name");
    let mut schemas = Vec::new();
    for entry in repository.entries_at(commit, &folder)? {
        let Some(kind) = Schema::kind_of(&entry.path) else { continue };
        let schema = Schema::read(kind, &entry.path, &entry.bytes).map_err(|findings| Error::Configuration {
            path: entry.path.to_string(),
            text: String::from_utf8_lossy(&entry.bytes).into_owned(),
            findings,
        })?;
        schemas.push(schema);
    }
    Ok(schemas.into_iter().collect())
}

//! What `desk doctor` looks at: whether everything that desk leans on is there, as values without words.

use std::path::Path;

use super::error::{Error, Result};
use super::{ForgeSign, Newsroom, Setting};
use crate::article::RepoPath;
use crate::config::{Config, DESK_FILE, KeyState, Person, Role, STAFF_FILE, Signatures, Staff};
use crate::process::SigningKey;
use crate::repository::{Head, Hook, Identity, Oddity, Repository};

/// The oldest git that does all that desk asks of it: signatures by SSH keys.
pub const OLDEST_GIT: (u32, u32) = (2, 34);

/// One thing that was looked at, and how it is.
#[derive(Debug)]
pub enum Sign {
    /// The program git answers with this version.
    Git {
        /// As it says itself.
        version: String,
        /// Whether it is one that desk can work with.
        age: Age,
    },
    /// There is no program git, or it does not run.
    NoGit(crate::process::Error),
    /// The repository, the configuration or the staff list cannot be used.
    Closed(Error),
    /// The newsroom is open.
    Open {
        /// What readers call it.
        name: String,
        /// How many people work there.
        people: usize,
    },
    /// The kinds of article that have a schema.
    Kinds(Vec<String>),
    /// A schema cannot be used.
    BrokenKinds(Error),
    /// Who sits here, and their entry on the staff list.
    You(Identity, Option<Person>),
    /// Nobody knows who sits here.
    Nobody,
    /// How this person signs what they say.
    Signing(Signing, Signatures),
    /// The working folder shows the public version.
    ShowsPublic(String),
    /// The working folder shows something else.
    ShowsOther {
        /// The public version's branch.
        public: String,
        /// The branch that is checked out; none for a version of the past.
        shown: Option<String>,
    },
    /// A file of the set-up that says something else here than in the public version.
    Differs(RepoPath),
    /// A role that is asked for and that nobody has.
    NobodyHas(Role),
    /// More people are asked for than there are.
    TooFew {
        /// How many the policy asks for.
        wanted: u32,
        /// How many there are.
        people: usize,
    },
    /// Whether git checks the articles before each commit.
    Hook(Option<Hook>),
    /// Something about the forge that the remote is on.
    Forge(ForgeSign),
    /// Something unusual about the repository.
    Odd(Oddity),
}

/// Whether a program is new enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// It is.
    NewEnough,
    /// It is not.
    TooOld,
}

/// How a person signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// Not at all: git has no SSH key to sign with.
    NotSetUp,
    /// With a key that cannot be read.
    NoSuchKey,
    /// With a key that the staff list does not have for them.
    NotListed,
    /// With a key that counts no more.
    Withdrawn,
    /// With a key that the staff list has for them.
    Listed,
}

impl Newsroom {
    /// Looks at everything that desk leans on. `hooks` are desk's own for git, by name, the one before commits first.
    pub fn examine(setting: &Setting, hooks: &[(&str, &str)]) -> Vec<Sign> {
        let mut signs = vec![git(setting)];
        match Self::open(setting.clone()) {
            Ok(newsroom) => {
                newsroom.look_round(hooks, &mut signs).unwrap_or_else(|error| signs.push(Sign::Closed(error)))
            }
            Err(error) => {
                signs.push(Sign::Closed(error));
                if let Ok(repository) = Repository::open(&setting.directory) {
                    signs.extend(repository.oddities().into_iter().map(Sign::Odd));
                }
            }
        }
        signs
    }

    fn look_round(&self, hooks: &[(&str, &str)], signs: &mut Vec<Sign>) -> Result<()> {
        signs.push(Sign::Open { name: self.config().newsroom.name.clone(), people: self.staff().people.len() });
        signs.push(match self.schemas() {
            Ok(schemas) => Sign::Kinds(schemas.kinds().map(str::to_owned).collect()),
            Err(error) => Sign::BrokenKinds(error),
        });
        match self.identity() {
            Ok(identity) => {
                let person = self.staff().find(&identity.address).cloned();
                signs.push(Sign::You(identity, person.clone()));
                signs.push(Sign::Signing(self.signing(person.as_ref()), self.config().review.signatures));
            }
            Err(Error::Repository(crate::repository::Error::NoIdentity { .. })) => signs.push(Sign::Nobody),
            Err(other) => return Err(other),
        }
        signs.push(self.shown()?);
        self.differing(signs)?;
        signs.extend(roles(self.config(), self.staff()));
        let found = hooks.iter().map(|(name, text)| (*name, self.repository.hook(name, text)));
        let found: Vec<(&str, Option<Hook>)> = found.collect();
        let is_own =
            |hook: &str| found.iter().any(|(name, found)| *name == hook && matches!(found, Some(Hook::Already(_))));
        signs.extend(found.first().map(|(_, hook)| Sign::Hook(hook.clone())));
        let odd = self.repository.oddities().into_iter();
        let stranger = |odd: &Oddity| !matches!(odd, Oddity::Hook(name) if is_own(name));
        signs.extend(odd.filter(stranger).map(Sign::Odd));
        signs.extend(self.look_at_forge()?.into_iter().map(Sign::Forge));
        Ok(())
    }

    fn shown(&self) -> Result<Sign> {
        let public = self.config().articles.base.clone();
        let shown = match self.repository.head()? {
            Head::Branch(name, _) | Head::Unborn(name) => Some(name),
            Head::Detached(_) => None,
        };
        Ok(match shown {
            Some(name) if name == self.base => Sign::ShowsPublic(public),
            other => {
                let shown = other.map(|name| name.branch_name().unwrap_or(name.as_str()).to_owned());
                Sign::ShowsOther { public, shown }
            }
        })
    }

    /// What the set-up says here and not yet, or no more, in the public version.
    fn differing(&self, signs: &mut Vec<Sign>) -> Result<()> {
        for name in [DESK_FILE, STAFF_FILE] {
            let path = RepoPath::new(name).expect("a sound name");
            let public = self.repository.file_at(self.base_tip, &path)?;
            let here = self.repository.working_entries(&path)?.pop().map(|entry| entry.bytes);
            if public != here {
                signs.push(Sign::Differs(path));
            }
        }
        Ok(())
    }

    fn signing(&self, person: Option<&Person>) -> Signing {
        let set = |key: &str| self.repository.git_setting(key);
        let key = set("user.signingKey").filter(|_| set("gpg.format").as_deref() == Some("ssh"));
        let Some(key) = key else { return Signing::NotSetUp };
        let home = self.setting.programs.variables().get("HOME").map(Path::new);
        let Some(public) = SigningKey::parse(&key, home).public(self.root()) else { return Signing::NoSuchKey };
        let listed = person.and_then(|person| person.keys.iter().find(|key| same_key(&key.key, &public)));
        match listed.map(|key| key.state) {
            None => Signing::NotListed,
            Some(KeyState::Current) => Signing::Listed,
            Some(KeyState::Retired | KeyState::Compromised { .. }) => Signing::Withdrawn,
        }
    }
}

fn git(setting: &Setting) -> Sign {
    match setting.programs.git(&setting.directory, &["--version"]) {
        Ok(said) => {
            let said = said.text();
            let version = said.trim_start_matches("git version ").to_owned();
            let age = if is_new_enough(&version) { Age::NewEnough } else { Age::TooOld };
            Sign::Git { version, age }
        }
        Err(error) => Sign::NoGit(error),
    }
}

/// A version that cannot be read is believed to be a new one.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) => (major, minor) >= OLDEST_GIT,
        _ => true,
    }
}

/// Keys are the same when their kind and their text are; what stands behind is a comment.
fn same_key(one: &str, other: &str) -> bool {
    one.split_whitespace().take(2).eq(other.split_whitespace().take(2))
}

/// What the policy asks for and the staff cannot give.
fn roles(config: &Config, staff: &Staff) -> Vec<Sign> {
    let review = &config.review;
    let extra = review.require.iter().flat_map(|require| &require.roles);
    let mut asked: Vec<&Role> = review.roles.iter().chain(&review.governed).chain(extra).collect();
    asked.sort();
    asked.dedup();
    let nobody = |role: &&Role| !staff.people.iter().any(|person| person.has_role(role));
    let mut signs: Vec<Sign> = asked.into_iter().filter(nobody).cloned().map(Sign::NobodyHas).collect();
    let wanted = review.require.iter().filter_map(|require| require.people).chain([review.people]).max().unwrap_or(1);
    let people = staff.people.len();
    if usize::try_from(wanted).is_ok_and(|wanted| wanted > people) {
        signs.push(Sign::TooFew { wanted, people });
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for (version, expected) in [
            ("2.34.1", true),
            ("2.43.0.windows.1", true),
            ("2.39.3 (Apple Git-146)", true),
            ("3.0", true),
            ("2.9.5", false),
            ("2.33.8", false),
            ("1.99", false),
            ("unknown", true),
        ] {
            assert_eq!(is_new_enough(version), expected, "{version}");
        }
    }

    #[test]
    fn a_key_is_the_same_whatever_its_comment() {
        assert!(same_key("ssh-ed25519 AAAA mina", "ssh-ed25519 AAAA"));
        assert!(!same_key("ssh-ed25519 AAAA mina", "ssh-ed25519 AAAB mina"));
    }
}

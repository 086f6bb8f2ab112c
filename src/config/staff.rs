//! `staff.toml`: who is who.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::account::Account;
use super::key::{StaffKey, read_keys};
use super::noreply;
use super::read::{self, Section};
use crate::article::{RepoPath, edit};
use crate::finding::{Edit, Finding, Level, Span};

/// What a person may be asked for, such as `editorial`, `legal` or `duty`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role(String);

/// Text that is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role (lower-case letters, digits and hyphens)")]
pub struct InvalidRole(pub String);

impl Role {
    /// Checks a role's name.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidRole> {
        let text = text.into();
        let sound = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !text.starts_with('-');
        if sound { Ok(Self(text)) } else { Err(InvalidRole(text)) }
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Role {
    type Err = InvalidRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// One person, however many addresses they write from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What they are called.
    pub name: String,
    /// Their e-mail addresses, the one to write to first.
    pub addresses: Vec<String>,
    /// What they may be asked for.
    pub roles: Vec<Role>,
    /// What they sign with.
    pub keys: Vec<StaffKey>,
    /// Who they are on forges: by the forge's host, their login or number there, or both (see [`Account`]).
    pub forges: BTreeMap<String, String>,
}

impl Person {
    /// Whether they have `role`.
    pub fn has_role(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }

    /// Whether `address` is one of theirs, whatever its case: one that is listed, or one that a forge makes up for their
    /// login there.
    pub fn has_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|own| same_address(own, address))
            || self.forges.iter().any(|(host, account)| made_up(address, host, account))
    }

    /// Their account on the forge at `host`.
    pub fn account_at(&self, host: &str) -> Option<Account<'_>> {
        let (_, written) = self.forges.iter().find(|(forge, _)| forge.eq_ignore_ascii_case(host))?;
        Some(Account::read(written))
    }

    /// What they are called on the forge at `host`; none where that is not listed, or only by a number.
    pub fn login_at(&self, host: &str) -> Option<&str> {
        self.account_at(host)?.login
    }

    /// As a `[[people]]` table.
    fn to_toml(&self) -> String {
        let list = |texts: Vec<&str>| {
            edit::literal(&toml::Value::Array(texts.into_iter().map(|text| toml::Value::String(text.into())).collect()))
        };
        let mut text = String::from("[[people]]\n");
        text.push_str(&format!("name = {}\n", edit::literal(&toml::Value::String(self.name.clone()))));
        text.push_str(&format!("emails = {}\n", list(self.addresses.iter().map(String::as_str).collect())));
        text.push_str(&format!("roles = {}\n", list(self.roles.iter().map(Role::as_str).collect())));
        if !self.keys.is_empty() {
            let keys: Vec<String> = self.keys.iter().map(StaffKey::to_toml).collect();
            text.push_str(&format!("keys = [{}]\n", keys.join(", ")));
        }
        if !self.forges.is_empty() {
            let forges = self.forges.iter().map(|(host, login)| (host.clone(), toml::Value::String(login.clone())));
            text.push_str(&format!("forges = {}\n", edit::literal(&toml::Value::Table(forges.collect()))));
        }
        text
    }
}

/// How an account is known to be somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// By its number.
    Number,
    /// By its name alone.
    Name,
}

/// Whether a forge made `address` up for an account.
fn made_up(address: &str, host: &str, account: &str) -> bool {
    Account::read(account).parts().any(|part| noreply::is_made_up(address, host, &part))
}

/// Addresses differ by more than case.
fn same_address(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Staff {
    /// In the order of the file.
    pub people: Vec<Person>,
}

impl Staff {
    /// Whose account on the forge at `host` it is, and whether that is sure: a name can be given up and taken by somebody
    /// else, a number cannot.
    pub fn at_forge(&self, host: &str, id: u64, login: &str) -> Option<(&Person, Certainty)> {
        let by_number = |person: &&Person| person.account_at(host).is_some_and(|own| own.id == Some(id));
        if let Some(person) = self.people.iter().find(by_number) {
            return Some((person, Certainty::Number));
        }
        let by_name = |person: &&Person| {
            let own = person.account_at(host).filter(|own| own.id.is_none());
            own.and_then(|own| own.login).is_some_and(|own| own.eq_ignore_ascii_case(login))
        };
        self.people.iter().find(by_name).map(|person| (person, Certainty::Name))
    }

    /// Reads `staff.toml`. Findings are named as [`super::Config::read`] names them, and `config-shared-address` and
    /// `config-shared-key` where two people are not two.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let table = read::parse(path, bytes)?;
        let findings = RefCell::default();
        let root = Section::new("", Some(&table), None, &findings);
        let mut taken = Taken::default();
        let sections = root.sections("people");
        let people: Vec<Person> =
            sections.iter().map(|(section, span)| read_person(section, *span, &mut taken)).collect();
        for (address, span) in &taken.addresses {
            // Listed twice is told already; here a forge makes it up for somebody else.
            let owns = |person: &&Person| person.forges.iter().any(|(host, account)| made_up(address, host, account));
            let other = people.iter().filter(owns).find(|person| !person.addresses.contains(address));
            if let Some(other) = other {
                let message =
                    format!("`{address}` is an address of `{}` already: it is their login on a forge", other.name);
                root.say(Finding::new("config-shared-address", Level::Error, message).at(*span));
            }
        }
        drop(sections);
        drop(root);
        read::finished(path, findings).map(|()| Self { people })
    }

    /// Who writes from `address`.
    pub fn find(&self, address: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.has_address(address))
    }

    /// Who is called `words`: an address, a name, or a part of either that only one person's has.
    pub fn named(&self, words: &str) -> Option<&Person> {
        let wanted = words.to_lowercase();
        let exact = self.people.iter().find(|person| person.has_address(words) || person.name.to_lowercase() == wanted);
        if wanted.is_empty() || exact.is_some() {
            return exact;
        }
        let starts = |text: &str| text.to_lowercase().split([' ', '-']).any(|part| part.starts_with(&wanted));
        let mut found = self
            .people
            .iter()
            .filter(|person| starts(&person.name) || person.addresses.iter().any(|address| starts(address)));
        match (found.next(), found.next()) {
            (Some(person), None) => Some(person),
            _ => None,
        }
    }

    /// Who has `role`.
    pub fn with_role<'a>(&'a self, role: &'a Role) -> impl Iterator<Item = &'a Person> {
        self.people.iter().filter(move |person| person.has_role(role))
    }

    /// A fresh `staff.toml`.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(STAFF_HEADER);
        for person in &self.people {
            text.push('\n');
            text.push_str(&person.to_toml());
        }
        text
    }

    /// The edit that adds `person` at the end of the `staff.toml` that says `text`.
    pub fn append(text: &str, person: &Person) -> Edit {
        let gap = match text {
            "" => "",
            text if text.ends_with("\n\n") => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let added = format!("{gap}{}", person.to_toml());
        let crlf = text.contains("\r\n");
        Edit::insert(text.len(), if crlf { added.replace('\n', "\r\n") } else { added })
    }
}

/// What `staff.toml` opens with.
const STAFF_HEADER: &str = "\
# Who is who. A person is one person however many addresses they write from.
# Roles are names of your choice; `duty` may publish alone at night, and owes a second reader.
";

/// What belongs to one person and no other.
#[derive(Default)]
pub(super) struct Taken {
    addresses: Vec<(String, Span)>,
    keys: Vec<(String, Span)>,
    logins: Vec<(String, String, Span)>,
}

impl Taken {
    /// Whether a key stood before; its fingerprint names it.
    pub(super) fn key(&mut self, fingerprint: String, span: Span) -> Option<Span> {
        let first = self.keys.iter().find(|(other, _)| *other == fingerprint).map(|(_, span)| *span);
        self.keys.push((fingerprint, span));
        first
    }

    fn login(&mut self, host: &str, login: &str, span: Span) -> Option<Span> {
        let (host, login) = (host.to_lowercase(), login.to_lowercase());
        let first = self.logins.iter().find(|(on, who, _)| (on, who) == (&host, &login)).map(|(.., span)| *span);
        self.logins.push((host, login, span));
        first
    }
}

fn read_person(section: &Section<'_>, span: Span, taken: &mut Taken) -> Person {
    let missing = |message: &str| section.say(Finding::new("config-value", Level::Error, message).at(span));
    let name = section.text("name").unwrap_or_default().trim().to_owned();
    if name.is_empty() && !section.is_given("name") {
        missing("this person has no `name`");
    } else if name.is_empty() || name.contains(['<', '>', '\n']) || name.chars().any(char::is_control) {
        section.wrong("name", "`name` must be a name on one line, without < and >");
    }
    let addresses = section.texts("emails");
    if addresses.is_empty() {
        missing("this person has no `emails`: without one nobody can tell their work");
    }
    for &(address, span) in &addresses {
        if !is_address(address) {
            let message = format!("`{address}` is not an e-mail address");
            section.say(Finding::new("config-value", Level::Error, message).at(span));
        } else if let Some((_, first)) = taken.addresses.iter().find(|(other, _)| same_address(other, address)) {
            let message = format!("`{address}` stands here twice: an address belongs to one person");
            let finding = Finding::new("config-shared-address", Level::Error, message).at(span);
            section.say(finding.beside(*first, "first here"));
        }
        taken.addresses.push((address.to_owned(), span));
    }
    let keys = read_keys(section, taken);
    let listed = section.section("forges");
    let mut login = |field: &crate::article::Field| match &field.value.data {
        crate::article::Data::String(login) => Some((field.key.clone(), login.clone())),
        crate::article::Data::Integer(number) => Some((field.key.clone(), number.to_string())),
        _ => {
            let message = format!("`{}` must be a login or a number", listed.full(&field.key));
            section.say(Finding::new("config-type", Level::Error, message).at(field.value.span));
            None
        }
    };
    let forges: BTreeMap<String, String> = listed.free().filter_map(&mut login).collect();
    for (host, who) in &forges {
        for part in Account::read(who).parts() {
            if let Some(first) = taken.login(host, &part, span) {
                let message = format!("`{part}` on {host} stands here twice: a login belongs to one person");
                let finding = Finding::new("config-shared-login", Level::Error, message).at(span);
                section.say(finding.beside(first, "first here"));
            }
        }
    }
    Person {
        name,
        addresses: addresses.into_iter().map(|(address, _)| address.to_owned()).collect(),
        roles: section.list("roles"),
        keys,
        forges,
    }
}

/// One `@` with something on both sides, and nothing that would break git's `Name <address>`.
fn is_address(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(before, after)| !before.is_empty() && !after.is_empty())
        && !text.contains(|one: char| one.is_whitespace() || one.is_control() || matches!(one, '<' | '>' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KeyState;

    const MINA: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f mina";

    fn read(text: &str) -> Result<Staff, Vec<Finding>> {
        Staff::read(&RepoPath::new(super::super::STAFF_FILE).expect("sound"), text.as_bytes())
    }

    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        let found = read(text).expect_err(text);
        let line = |finding: &Finding| {
            let place = finding.span.map_or("", |span| &text[span.range()]);
            format!("{}: {} [{place}]", finding.rule, finding.message)
        };
        let lines: Vec<String> = found.iter().map(line).collect();
        assert!(lines.iter().any(|line| line.contains(expected)), "{lines:#?}");
    }

    fn mina() -> Person {
        Person {
            name: "Mina \"M\" Park".to_owned(),
            addresses: vec!["mina@post.example".to_owned(), "Mina@home.example".to_owned()],
            roles: vec![Role::new("editorial").expect("a role")],
            keys: vec![StaffKey { key: MINA.to_owned(), state: KeyState::Retired }],
            forges: BTreeMap::from([("git.post.example".to_owned(), "mina".to_owned())]),
        }
    }

    fn jun() -> Person {
        Person {
            name: "Jun Seo".to_owned(),
            addresses: vec!["jun@post.example".to_owned()],
            roles: vec![],
            keys: vec![],
            forges: BTreeMap::new(),
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let staff = Staff { people: vec![mina(), jun()] };
        assert_eq!(read(&staff.to_toml()), Ok(staff.clone()));
        assert_eq!(read(""), Ok(Staff::default()));
        for start in ["", "# us", "# us\n", &Staff { people: vec![mina()] }.to_toml()] {
            let after = edit::apply(start, &[Staff::append(start, &jun())]);
            assert!(after.starts_with(start));
            assert_eq!(read(&after).expect("reads").people.last(), Some(&jun()));
        }
        let crlf = Staff { people: vec![mina()] }.to_toml().replace('\n', "\r\n");
        let after = edit::apply(&crlf, &[Staff::append(&crlf, &jun())]);
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    }

    #[test]
    fn a_person_is_found_by_address_name_or_a_part_that_only_one_has() {
        let staff = Staff { people: vec![mina(), jun()] };
        let name = |person: Option<&Person>| person.map(|person| person.name.clone());
        assert_eq!(name(staff.find("MINA@Post.Example")), Some(mina().name));
        assert_eq!(name(staff.find("park")), None);
        assert_eq!(name(staff.named("seo")), Some(jun().name));
        assert_eq!(name(staff.named("JUN SEO")), Some(jun().name));
        assert_eq!(name(staff.named("")), None);
        assert_eq!(staff.with_role(&Role::new("editorial").expect("a role")).count(), 1);
    }

    #[test]
    fn two_people_are_two() {
        let twice = "[[people]]\nname = \"A\"\nemails = [\"a@x\"]\n[[people]]\nname = \"B\"\nemails = [\"A@X\"]\n";
        refuses(twice, "config-shared-address: `A@X` stands here twice: an address belongs to one person [\"A@X\"]");
        let keys = format!(
            "[[people]]\nname = \"A\"\nemails = [\"a@x\"]\nkeys = [\"{MINA}\", {{ key = \"{}\" }}]\n",
            &MINA[..MINA.len() - 5]
        );
        refuses(&keys, "config-shared-key: this key stands here twice");
    }

    #[test]
    fn a_person_who_cannot_be_told_is_refused() {
        refuses("[[people]]\nemails = [\"a@x\"]", "this person has no `name` [[[people]]]");
        refuses("[[people]]\nname = \"A\"", "this person has no `emails`");
        refuses("[[people]]\nname = \"A <a@x>\"\nemails = [\"a@x\"]", "without < and >");
        refuses("[[people]]\nname = \"A\"\nemails = [\"nobody\"]", "`nobody` is not an e-mail address [\"nobody\"]");
        refuses("[[people]]\nname = \"A\"\nemails = [\"a@x\"]\nkeys = [\"ssh-rsa no\"]", "is not a public key");
        refuses("[[people]]\nname = \"A\"\nemails = [\"a@x\"]\nrole = [\"b\"]", "`people.role` is not a key");
        refuses("[[people]]\nname = \"A\"\nemails = [\"a@x\"]\nroles = [\"A b\"]", "`A b` is not a role");
        refuses("[people]\nname = \"A\"", "opened by a line [[people]]");
        refuses("[[person]]\nname = \"A\"", "`person` is not a key that desk knows");
    }

    #[test]
    fn a_key_may_be_past_its_time() {
        let text = format!(
            "[[people]]\nname = \"A\"\nemails = [\"a@x\"]\nkeys = [{{ key = \"{MINA}\", compromised = true }}]\n"
        );
        let state = |text: &str| read(text).map(|staff| staff.people[0].keys[0].state);
        assert_eq!(state(&text), Ok(KeyState::Compromised { after: None }));
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let after = text.replace("= true", &format!("= \"{commit}\""));
        assert_eq!(state(&after), Ok(KeyState::Compromised { after: commit.parse().ok() }));
        let staff = read(&after).expect("reads");
        assert_eq!(read(&staff.to_toml()), Ok(staff));
        refuses(&text.replace("= true", "= \"0123\""), "`0123` is not the whole name of a commit");
        refuses(&text.replace("= true", "= 7"), "`true`, or the last commit");
    }

    #[test]
    fn an_address_that_a_forge_makes_up_is_the_persons_own() {
        let with = |forges: &str| {
            format!(
                "[[people]]\nname = \"A\"\nemails = [\"a@x\"]\n{forges}\n[[people]]\nname = \"B\"\nemails = [\"b@x\"]\n"
            )
        };
        let staff = read(&with("forges = { \"github.com\" = \"mina-p\" }")).expect("reads");
        let found = staff.find("77+Mina-P@users.noreply.github.com").map(|person| person.name.as_str());
        assert_eq!(found, Some("A"));
        assert_eq!(staff.find("77+mina@users.noreply.github.com"), None);
        let taken = with("forges = { \"github.com\" = \"mina-p\" }")
            .replace("\"b@x\"", "\"b@x\", \"mina-p@users.noreply.github.com\"");
        refuses(&taken, "is an address of `A` already");
        let own = with("forges = { \"github.com\" = \"mina-p\" }")
            .replace("\"a@x\"", "\"a@x\", \"mina-p@users.noreply.github.com\"");
        assert!(read(&own).is_ok(), "their own may be listed too");
        let twice = with("forges = { \"github.com\" = \"mina-p\" }") + "forges = { \"GitHub.com\" = \"Mina-P\" }\n";
        refuses(&twice, "config-shared-login");
    }
}

//! `staff.toml`: who is who.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

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

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Signs today.
    Current,
    /// Signs nothing new; what it signed stands.
    Retired,
    /// Somebody else may have it: nothing it signed counts.
    Compromised,
}

/// A key that a person signs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffKey {
    /// The public key as OpenSSH writes it: `ssh-ed25519 AAAA...`.
    pub key: String,
    /// What it is good for.
    pub state: KeyState,
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
    /// Who they are on forges: by the forge's host, their login or number there.
    pub forges: BTreeMap<String, String>,
}

impl Person {
    /// Whether they have `role`.
    pub fn has_role(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }

    /// Whether `address` is one of theirs, whatever its case.
    pub fn has_address(&self, address: &str) -> bool {
        self.addresses.iter().any(|own| same_address(own, address))
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

impl StaffKey {
    fn to_toml(&self) -> String {
        let key = edit::literal(&toml::Value::String(self.key.clone()));
        match self.state {
            KeyState::Current => key,
            KeyState::Retired => format!("{{ key = {key}, retired = true }}"),
            KeyState::Compromised => format!("{{ key = {key}, compromised = true }}"),
        }
    }
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
    /// Reads `staff.toml`. Findings are named as [`super::Config::read`] names them, and `config-shared-address` and
    /// `config-shared-key` where two people are not two.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let table = read::parse(path, bytes)?;
        let findings = RefCell::default();
        let root = Section::new("", Some(&table), None, &findings);
        let mut taken = Taken::default();
        let sections = root.sections("people");
        let people = sections.iter().map(|(section, span)| read_person(section, *span, &mut taken)).collect();
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

#[derive(Default)]
struct Taken {
    addresses: Vec<(String, Span)>,
    keys: Vec<(String, Span)>,
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
    let forges = section.section("forges");
    let login = |field: &crate::article::Field| match &field.value.data {
        crate::article::Data::String(login) => Some((field.key.clone(), login.clone())),
        crate::article::Data::Integer(number) => Some((field.key.clone(), number.to_string())),
        _ => {
            let message = format!("`{}` must be a login or a number", forges.full(&field.key));
            section.say(Finding::new("config-type", Level::Error, message).at(field.value.span));
            None
        }
    };
    Person {
        name,
        addresses: addresses.into_iter().map(|(address, _)| address.to_owned()).collect(),
        roles: section.list("roles"),
        keys,
        forges: forges.free().filter_map(login).collect(),
    }
}

/// One `@` with something on both sides, and nothing that would break git's `Name <address>`.
fn is_address(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(before, after)| !before.is_empty() && !after.is_empty())
        && !text.contains(|one: char| one.is_whitespace() || one.is_control() || matches!(one, '<' | '>' | ','))
}

fn read_keys(section: &Section<'_>, taken: &mut Taken) -> Vec<StaffKey> {
    let Some(value) = section.value("keys") else { return Vec::new() };
    let mut keys = Vec::new();
    let Some(values) = value.as_array() else {
        let message = "`people.keys` must be a list, such as [\"ssh-ed25519 AAAA...\"]";
        section.say(Finding::new("config-type", Level::Error, message).at(value.span));
        return keys;
    };
    for value in values {
        let (text, state) = match value.as_table() {
            Some(_) => {
                let holder = Section::of("people.keys", value, section);
                let state = match (holder.truth("compromised"), holder.truth("retired")) {
                    (Some(true), _) => KeyState::Compromised,
                    (_, Some(true)) => KeyState::Retired,
                    _ => KeyState::Current,
                };
                (holder.text("key"), state)
            }
            None => (value.as_str(), KeyState::Current),
        };
        let Some(key) = text.and_then(|text| ssh_key::PublicKey::from_openssh(text).ok().map(|key| (text, key))) else {
            let message = "this is not a public key as OpenSSH writes it (the one line of a `.pub` file)";
            section.say(Finding::new("config-value", Level::Error, message).at(value.span));
            continue;
        };
        let fingerprint = key.1.fingerprint(ssh_key::HashAlg::Sha256).to_string();
        if let Some((_, first)) = taken.keys.iter().find(|(other, _)| *other == fingerprint) {
            let message = "this key stands here twice: a key belongs to one person";
            let finding = Finding::new("config-shared-key", Level::Error, message).at(value.span);
            section.say(finding.beside(*first, "first here"));
        }
        taken.keys.push((fingerprint, value.span));
        keys.push(StaffKey { key: key.0.trim().to_owned(), state });
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(read(&text).expect("reads").people[0].keys[0].state, KeyState::Compromised);
    }
}

//! The keys that a person of the staff list signs with.

use super::read::Section;
use super::staff::Taken;
use crate::article::{Data, ObjectId, edit};
use crate::finding::{Finding, Level};

/// What a key is good for. Its place in the public version's history decides, never a clock: what is judged is judged by
/// the staff list of the step before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Signs today.
    Current,
    /// Signs nothing new; what it signed and is recorded stands.
    Retired,
    /// Somebody else may have it: it signs nothing new, and what was recorded in the steps after `after` does not count
    /// either; without it, nothing that it ever signed.
    Compromised {
        /// The last commit of the public version that is beyond doubt.
        after: Option<ObjectId>,
    },
}

/// A key that a person signs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffKey {
    /// The public key as OpenSSH writes it: `ssh-ed25519 AAAA...`.
    pub key: String,
    /// What it is good for.
    pub state: KeyState,
}

impl StaffKey {
    pub(super) fn to_toml(&self) -> String {
        let key = edit::literal(&toml::Value::String(self.key.clone()));
        match self.state {
            KeyState::Current => key,
            KeyState::Retired => format!("{{ key = {key}, retired = true }}"),
            KeyState::Compromised { after: None } => format!("{{ key = {key}, compromised = true }}"),
            KeyState::Compromised { after: Some(commit) } => format!("{{ key = {key}, compromised = \"{commit}\" }}"),
        }
    }
}

pub(super) fn read_keys(section: &Section<'_>, taken: &mut Taken) -> Vec<StaffKey> {
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
                let retired = holder.truth("retired") == Some(true);
                let otherwise = if retired { KeyState::Retired } else { KeyState::Current };
                (holder.text("key"), compromised(&holder).unwrap_or(otherwise))
            }
            None => (value.as_str(), KeyState::Current),
        };
        let Some(key) = text.and_then(|text| ssh_key::PublicKey::from_openssh(text).ok().map(|key| (text, key))) else {
            let message = "this is not a public key as OpenSSH writes it (the one line of a `.pub` file)";
            section.say(Finding::new("config-value", Level::Error, message).at(value.span));
            continue;
        };
        let fingerprint = key.1.fingerprint(ssh_key::HashAlg::Sha256).to_string();
        if let Some(first) = taken.key(fingerprint, value.span) {
            let message = "this key stands here twice: a key belongs to one person";
            let finding = Finding::new("config-shared-key", Level::Error, message).at(value.span);
            section.say(finding.beside(first, "first here"));
        }
        keys.push(StaffKey { key: key.0.trim().to_owned(), state });
    }
    keys
}

/// `compromised = true`, or the name of the last commit that is beyond doubt.
fn compromised(holder: &Section<'_>) -> Option<KeyState> {
    let value = holder.value("compromised")?;
    let say = |rule, message: String| holder.say(Finding::new(rule, Level::Error, message).at(value.span));
    match &value.data {
        Data::Boolean(false) => return None,
        Data::Boolean(true) => {}
        Data::String(text) => match text.parse() {
            Ok(commit) => return Some(KeyState::Compromised { after: Some(commit) }),
            Err(_) => say("config-value", format!("`{text}` is not the whole name of a commit (40 digits)")),
        },
        _ => say("config-type", "`people.keys.compromised` must be `true`, or the last commit before".to_owned()),
    }
    // In doubt nothing that it signed counts.
    Some(KeyState::Compromised { after: None })
}

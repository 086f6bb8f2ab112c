//! Landing by hand what desk landed, otherwise.

use desk::article::RepoPath;
use desk::config::policy_digest;
use desk::ledger::{Assent, Decision, NAMESPACE, Record, RecordEntry, Statement, Who};
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{HashAlg, LineEnding, PrivateKey};

use crate::audit::{FOLDER, MAIN, commit, record_file};
use crate::newsroom::{MINA, Newsroom, Person};

pub fn record(newsroom: &Newsroom, path: &str) -> Record {
    Record::read(&RepoPath::new(path).unwrap(), newsroom.read(path).as_bytes()).unwrap()
}

/// Takes the last publication back, and lands the same files by hand with whatever `forge` makes of its entry.
pub fn landed(newsroom: &Newsroom, by: Person, forge: impl FnOnce(&mut RecordEntry)) {
    landed_under(newsroom, by, |_| {}, forge);
}

/// The same with rules that are changed in the very commit.
pub fn landed_under(
    newsroom: &Newsroom,
    by: Person,
    rules: impl FnOnce(&Newsroom),
    forge: impl FnOnce(&mut RecordEntry),
) {
    let path = record_file(newsroom);
    let whole = record(newsroom, &path);
    let files = [MAIN.to_owned(), format!("{FOLDER}/boat.jpg")].map(|file| (newsroom.read(&file), file));
    newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
    for (text, file) in files {
        newsroom.write(&file, text);
    }
    let earlier = if newsroom.exists(&path) { record(newsroom, &path) } else { Record::new(whole.article) };
    let mut entry = whole.entries.last().unwrap().clone();
    entry.person = Who::new(by.name, by.address);
    entry.policy = policy_digest(newsroom.read("desk.toml").as_bytes(), newsroom.read("staff.toml").as_bytes());
    rules(newsroom);
    forge(&mut entry);
    newsroom.write(&path, earlier.append(entry).bytes());
    commit(newsroom, by, "ferry-fares: publish");
}

/// The assents of the last publication are others.
pub fn agreed(newsroom: &Newsroom, forge: impl FnOnce(&[Assent]) -> Vec<Assent>) {
    landed(newsroom, MINA, |entry| entry.assents = forge(&entry.assents));
}

/// What `assent` would be, with something else in its statement.
pub fn said(assent: &Assent, change: impl FnOnce(&mut Statement)) -> Assent {
    let mut statement = assent.statement.clone();
    change(&mut statement);
    Assent::new(statement, None)
}

/// What `assent` would be, said by somebody else.
pub fn said_by(assent: &Assent, person: Person, roles: &[&str]) -> Assent {
    said(assent, |statement| {
        statement.person = Who::new(person.name, person.address);
        statement.roles = roles.iter().map(|role| (*role).to_owned()).collect();
        statement.decision = Decision::Approve;
    })
}

/// A key, the same for the same seed.
pub fn key(seed: u8) -> PrivateKey {
    PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[seed; 32])), "test").unwrap()
}

/// The same with a signature under it, made for `namespace`.
pub fn signed_for(namespace: &str, assent: &Assent, seed: u8) -> Assent {
    let signature = key(seed).sign(namespace, HashAlg::Sha512, assent.text.as_bytes()).unwrap();
    Assent { signature: Some(signature.to_pem(LineEnding::LF).unwrap()), ..assent.clone() }
}

/// The same with a signature under it.
pub fn signed(assent: &Assent, seed: u8) -> Assent {
    signed_for(NAMESPACE, assent, seed)
}

/// Puts a key into somebody's entry of the staff list, uncommitted; `KEY` in `form` stands for it.
pub fn list_key(newsroom: &Newsroom, person: Person, seed: u8, form: &str) {
    let emails = format!("emails = [\"{}\"]", person.address);
    let line = format!("\"{}\"", key(seed).public_key().to_openssh().unwrap());
    newsroom.edit("staff.toml", &emails, &format!("{emails}\nkeys = [{}]", form.replace("KEY", &line)));
}

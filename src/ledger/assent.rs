//! A statement with the signature under it, as they are kept.

use super::signature::{self, BadSignature, Strength};
use super::{InvalidStatement, Statement};
use crate::article::Digest;

/// A statement as it was kept: its exact text, and the signature if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Assent {
    /// What it says.
    pub statement: Statement,
    /// The text that was signed.
    pub text: String,
    /// The signature, armoured as `ssh-keygen -Y sign` writes it.
    pub signature: Option<String>,
}

impl Assent {
    /// The file of the statement in the tree that keeps both.
    pub const STATEMENT_FILE: &'static str = "statement";
    /// The file of the signature.
    pub const SIGNATURE_FILE: &'static str = "statement.sig";

    /// A statement that is about to be kept.
    pub fn new(statement: Statement, signature: Option<String>) -> Self {
        Self { text: statement.text(), statement, signature }
    }

    /// Reads a statement's text.
    pub fn read(text: &str, signature: Option<String>) -> Result<Self, InvalidStatement> {
        Ok(Self { statement: Statement::read(text)?, text: text.to_owned(), signature })
    }

    /// What names it: the SHA-256 of the statement's text.
    pub fn name(&self) -> Digest {
        Digest::of(self.text.as_bytes())
    }

    /// The files of the tree that keeps it.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![(Self::STATEMENT_FILE.to_owned(), self.text.clone().into_bytes())];
        if let Some(signature) = &self.signature {
            files.push((Self::SIGNATURE_FILE.to_owned(), signature.clone().into_bytes()));
        }
        files
    }

    /// How sure it is that the person said it, if `keys` are theirs. A signature that is there and wrong makes it
    /// worth nothing.
    pub fn strength<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Result<Strength, BadSignature> {
        match &self.signature {
            None => Ok(Strength::Claimed),
            Some(signature) => signature::verify(&self.text, signature, keys),
        }
    }
}

#[cfg(test)]
mod tests {
    use ssh_key::private::{Ed25519Keypair, KeypairData};
    use ssh_key::{HashAlg, LineEnding, PrivateKey};

    use super::super::statement::tests::sample;
    use super::super::{NAMESPACE, can_verify};
    use super::*;

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[seed; 32])), "test").expect("a key")
    }

    fn public(key: &PrivateKey) -> String {
        key.public_key().to_openssh().expect("a line")
    }

    fn sign(key: &PrivateKey, namespace: &str, text: &str) -> String {
        key.sign(namespace, HashAlg::Sha512, text.as_bytes())
            .and_then(|sig| sig.to_pem(LineEnding::LF))
            .expect("signed")
    }

    #[test]
    fn only_a_known_key_over_these_words_proves() {
        let (mine, other) = (key(1), key(2));
        let (mine_line, other_line) = (public(&mine), public(&other));
        let text = sample().text();
        let assent = |signature: Option<String>| Assent::read(&text, signature).expect("a statement");
        assert_eq!(assent(None).strength([mine_line.as_str()]), Ok(Strength::Claimed));
        let signed = assent(Some(sign(&mine, NAMESPACE, &text)));
        assert_eq!(signed.strength([other_line.as_str(), mine_line.as_str()]), Ok(Strength::Proved));
        assert_eq!(signed.strength([other_line.as_str()]), Ok(Strength::Claimed));
        assert_eq!(signed.strength([]), Ok(Strength::Claimed));
        assert_eq!(signed.strength(["ssh-ed25519 nonsense"]), Ok(Strength::Claimed));
        let moved = assent(Some(sign(&mine, NAMESPACE, "other words")));
        assert_eq!(moved.strength([mine_line.as_str()]), Err(BadSignature::Mismatch));
        let elsewhere = assent(Some(sign(&mine, "git", &text)));
        assert_eq!(elsewhere.strength([mine_line.as_str()]), Err(BadSignature::Namespace("git".to_owned())));
        assert_eq!(assent(Some("yes".to_owned())).strength([mine_line.as_str()]), Err(BadSignature::Unreadable));
        assert_eq!(assent(Some(String::new())).strength([mine_line.as_str()]), Err(BadSignature::Unreadable));
    }

    #[test]
    fn a_key_that_cannot_be_verified_is_told_beforehand() {
        assert!(can_verify(&public(&key(1))));
        assert!(!can_verify("ssh-rsa AAAA"));
    }
}

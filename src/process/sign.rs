//! Signatures, made by `ssh-keygen`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::program::capture;
use super::{Error, Programs};

/// What a signature is for; one made for another purpose does not verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What a person says of an article.
    Statement,
    /// A commit, as git itself signs it (`git help config`, `gpg.format`).
    Commit,
}

impl Purpose {
    /// The namespace of SSHSIG.
    const fn namespace(self) -> &'static str {
        match self {
            Self::Statement => "approval@desk",
            Self::Commit => "git",
        }
    }
}

/// The key that a person signs with, as git's `user.signingKey` names it for SSH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SigningKey {
    /// A file: a private key, or a public key whose private half an agent holds.
    File(PathBuf),
    /// A public key itself (`ssh-ed25519 AAAA...`), whose private half an agent holds.
    Literal(String),
}

impl SigningKey {
    /// Reads `user.signingKey`; `home` is what `~/` stands for.
    pub fn parse(configured: &str, home: Option<&Path>) -> Self {
        if let Some(literal) = configured.strip_prefix("key::") {
            return Self::Literal(literal.to_owned());
        }
        if configured.starts_with("ssh-") || configured.starts_with("ecdsa-") || configured.starts_with("sk-") {
            return Self::Literal(configured.to_owned());
        }
        match (configured.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => Self::File(home.join(rest)),
            _ => Self::File(PathBuf::from(configured)),
        }
    }

    /// The public half, as OpenSSH writes it; none when there is no such file. A relative path starts in `directory`,
    /// and the public half of a private key is looked for beside it.
    pub fn public(&self, directory: &Path) -> Option<String> {
        let path = match self {
            Self::Literal(public) => return Some(public.clone()),
            Self::File(path) => directory.join(path),
        };
        let mut beside = path.clone().into_os_string();
        beside.push(".pub");
        let texts = [path.clone(), PathBuf::from(beside)].map(|path| std::fs::read_to_string(path).ok());
        texts.into_iter().flatten().map(|text| text.trim().to_owned()).find(|text| !text.starts_with("-----"))
    }
}

impl Programs {
    /// Signs `text` for a purpose and gives the armoured signature. A passphrase is asked for by
    /// `ssh-keygen` itself. `program` is what git runs in its place (`gpg.ssh.program`), and is given a file as git does.
    pub fn sign(
        &self,
        directory: &Path,
        program: Option<&str>,
        key: &SigningKey,
        purpose: Purpose,
        text: &[u8],
    ) -> Result<String, Error> {
        let name = program.unwrap_or("ssh-keygen");
        let not_run = |source| Error::Run { program: name.to_owned(), source };
        let mut command = self.homely(name, directory);
        command.args(["-Y", "sign", "-n", purpose.namespace()]);
        command.args(program.is_none().then_some("-q")).arg("-f");
        let literal;
        match key {
            SigningKey::File(path) => command.arg(path),
            SigningKey::Literal(public) => {
                let kept = keep(public);
                literal = kept.map_err(not_run)?;
                command.arg(literal.path()).arg("-U")
            }
        };
        if program.is_none() {
            return Ok(String::from_utf8_lossy(&capture(command, text)?.out).into_owned());
        }
        let folder = tempfile::Builder::new().prefix("desk-sign-").tempdir().map_err(not_run)?;
        let file = folder.path().join("statement");
        std::fs::write(&file, text).map_err(not_run)?;
        command.arg(&file);
        capture(command, &[])?;
        std::fs::read_to_string(folder.path().join("statement.sig")).map_err(not_run)
    }
}

fn keep(public: &str) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("desk-key-").suffix(".pub").tempfile()?;
    writeln!(file, "{public}")?;
    file.flush()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Variables;

    #[test]
    fn keys_are_named_as_git_names_them() {
        let home = Path::new("/home/mina");
        let file = |path: &str| SigningKey::File(PathBuf::from(path));
        let literal = |key: &str| SigningKey::Literal(key.to_owned());
        assert_eq!(SigningKey::parse("~/.ssh/id_ed25519", Some(home)), file("/home/mina/.ssh/id_ed25519"));
        assert_eq!(SigningKey::parse("/keys/mina", None), file("/keys/mina"));
        assert_eq!(SigningKey::parse("key::ssh-ed25519 AAAA", None), literal("ssh-ed25519 AAAA"));
        assert_eq!(SigningKey::parse("ssh-ed25519 AAAA", None), literal("ssh-ed25519 AAAA"));
    }

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test")]
    fn a_signature_is_made_and_a_missing_key_is_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        let programs = Programs::new(Variables::from_iter(std::env::vars_os()));
        let mut keygen = programs.command("ssh-keygen", folder.path());
        keygen.args(["-q", "-t", "ed25519", "-N", "", "-f", "key"]);
        match capture(keygen, &[]) {
            Err(Error::NotFound { .. }) => return, // OpenSSH is not installed here
            made => drop(made.unwrap()),
        }
        let key = SigningKey::File(folder.path().join("key"));
        let signature = programs.sign(folder.path(), None, &key, Purpose::Statement, b"desk-approval/1").unwrap();
        assert!(signature.starts_with("-----BEGIN SSH SIGNATURE-----\n"), "{signature}");
        assert_eq!(
            programs.sign(folder.path(), Some("ssh-keygen"), &key, Purpose::Statement, b"desk-approval/1").unwrap(),
            signature
        );
        let missing = programs.sign(folder.path(), None, &SigningKey::File("none".into()), Purpose::Commit, b"x");
        assert!(matches!(missing, Err(Error::Failed { .. })), "{missing:?}");
    }
}

//! What a signature under a statement proves (the SSHSIG format, as `ssh-keygen -Y sign` writes it).

use ssh_key::{Algorithm, LineEnding, PublicKey, SshSig};

/// The namespace of signatures under statements: what is signed elsewhere for something else never counts here.
pub const NAMESPACE: &str = "approval@desk";

/// How sure it is that a person said something. Ordered: a claim is less than a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A name in git, which anybody can write.
    Claimed,
    /// The stamper's signed word about what a forge showed.
    Attested,
    /// A signature by a key that the staff list has for this person.
    Proved,
}

impl Strength {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Attested => "attested",
            Self::Proved => "proved",
        }
    }
}

/// A signature that is there and wrong. What it stands under does not count at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// Not a signature as `ssh-keygen` writes them.
    #[error("the signature cannot be read")]
    Unreadable,
    /// Made for some other purpose.
    #[error("the signature was made for `{0}`, not for an approval")]
    Namespace(String),
    /// Of a kind that is not verified here.
    #[error("a signature by a key of type `{0}` is not verified (use an Ed25519 key)")]
    Unsupported(String),
    /// Not over these bytes.
    #[error("the signature does not match")]
    Mismatch,
}

/// Whether a signature by this key (a line as in `id_ed25519.pub`) can be verified here.
pub fn can_verify(key: &str) -> bool {
    PublicKey::from_openssh(key.trim()).is_ok_and(|key| is_supported(&key.algorithm()))
}

/// All that OpenSSH makes today; DSA it makes no more, and who signs by a certificate is nobody the staff list knows.
fn is_supported(algorithm: &Algorithm) -> bool {
    matches!(
        algorithm,
        Algorithm::Ed25519
            | Algorithm::SkEd25519
            | Algorithm::Ecdsa { .. }
            | Algorithm::SkEcdsaSha2NistP256
            | Algorithm::Rsa { .. }
    )
}

/// The namespace of git's own signatures under commits.
const GIT: &str = "git";

/// What `signature` proves about `text` if `keys` are the person's. A sound signature by some other key is worth what
/// the bare name is worth.
pub(super) fn verify<'a>(
    text: &str,
    signature: &str,
    keys: impl IntoIterator<Item = &'a str>,
) -> Result<Strength, BadSignature> {
    verify_in(NAMESPACE, text.as_bytes(), signature, keys)
}

/// Whether the signature under a commit is by one of these keys, over these bytes.
pub fn proves_commit<'a>(bytes: &[u8], signature: &str, keys: impl IntoIterator<Item = &'a str>) -> bool {
    verify_in(GIT, bytes, signature, keys) == Ok(Strength::Proved)
}

fn verify_in<'a>(
    namespace: &str,
    bytes: &[u8],
    signature: &str,
    keys: impl IntoIterator<Item = &'a str>,
) -> Result<Strength, BadSignature> {
    let armoured = signature;
    let signature = SshSig::from_pem(armoured).map_err(|_| BadSignature::Unreadable)?;
    // One signature has one form. OpenSSH refuses what the parser reads past, such as a length that is not so.
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    if signature.to_pem(LineEnding::LF).map(|written| letters(&written)) != Ok(letters(armoured)) {
        return Err(BadSignature::Unreadable);
    }
    if signature.namespace() != namespace {
        return Err(BadSignature::Namespace(signature.namespace().to_owned()));
    }
    let signer = PublicKey::from(signature.public_key().clone());
    if !is_supported(&signer.algorithm()) {
        return Err(BadSignature::Unsupported(signer.algorithm().as_str().to_owned()));
    }
    signer.verify(namespace, bytes, &signature).map_err(|_| BadSignature::Mismatch)?;
    let known = keys
        .into_iter()
        .filter_map(|key| PublicKey::from_openssh(key.trim()).ok())
        .any(|key| key.key_data() == signature.public_key());
    Ok(if known { Strength::Proved } else { Strength::Claimed })
}

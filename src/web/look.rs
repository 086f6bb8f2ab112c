//! Asking one address once.

use std::io;

use ureq::Agent;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use url::Url;

use super::guard::Private;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Whether it is there.
    Head,
    /// The thing itself; not all servers understand the other.
    Get,
}

/// The beginning of an answer: its body stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Where else to look.
    pub location: Option<String>,
    /// When to come back, as it is written: seconds or a date.
    pub retry_after: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Silence {
    /// Nobody has the name.
    #[error("there is no such host")]
    NoHost,
    /// This machine reaches nobody.
    #[error("this machine is offline")]
    NoNetwork,
    /// It took too long.
    #[error("the time was over")]
    Slow,
    /// The connection was refused, broke, or what came over it is not HTTP.
    #[error("the connection broke")]
    Broken,
    /// Who answered cannot prove to be who was asked.
    #[error("the certificate is not believed")]
    Certificate,
    /// It is a machine that is not to be talked to.
    #[error("the address is not a public one")]
    Private,
}

/// Asks `url` once. No body is read: the connection ends with the answer's head.
pub fn look(agent: &Agent, ask: Ask, url: &Url) -> Result<Reply, Silence> {
    let sent = match ask {
        Ask::Head => agent.head(url.as_str()).call(),
        Ask::Get => agent.get(url.as_str()).call(),
    };
    let answer = sent.map_err(|error| silence(&error))?;
    let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Ok(Reply { status: answer.status().as_u16(), location: header(LOCATION), retry_after: header(RETRY_AFTER) })
}

fn silence(error: &ureq::Error) -> Silence {
    match error {
        ureq::Error::HostNotFound => Silence::NoHost,
        ureq::Error::Timeout(_) => Silence::Slow,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => Silence::Certificate,
        ureq::Error::Other(inner) if inner.is::<Private>() => Silence::Private,
        ureq::Error::Io(inner) => silence_of(inner),
        _ => Silence::Broken,
    }
}

/// What Windows says of a name: nobody has it (`WSAHOST_NOT_FOUND`), or has an address for it (`WSANO_DATA`).
const NO_HOST: [i32; 2] = [11_001, 11_004];
/// What Windows says where nobody can be asked about a name (`WSATRY_AGAIN`).
const NO_NAMES: i32 = 11_002;

fn silence_of(error: &io::Error) -> Silence {
    use io::ErrorKind::{HostUnreachable, InvalidData, NetworkDown, NetworkUnreachable, TimedOut};
    match error.kind() {
        HostUnreachable | NetworkDown | NetworkUnreachable => Silence::NoNetwork,
        TimedOut => Silence::Slow,
        InvalidData => Silence::Certificate,
        // The standard library looks names up without a kind of its own for it.
        _ if error.raw_os_error().is_some_and(|code| NO_HOST.contains(&code)) => Silence::NoHost,
        _ if error.raw_os_error() == Some(NO_NAMES) => Silence::NoNetwork,
        _ if error.to_string().contains("Temporary failure in name resolution") => Silence::NoNetwork,
        _ if error.to_string().starts_with("failed to lookup address") => Silence::NoHost,
        _ => Silence::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_has_is_told_from_a_network_that_is_not_there() {
        let looked_up = |words: &str| io::Error::other(format!("failed to lookup address information: {words}"));
        assert_eq!(silence_of(&looked_up("Name or service not known")), Silence::NoHost);
        assert_eq!(silence_of(&looked_up("Temporary failure in name resolution")), Silence::NoNetwork);
        for (code, expected) in [(11_001, Silence::NoHost), (11_004, Silence::NoHost), (11_002, Silence::NoNetwork)] {
            assert_eq!(silence_of(&io::Error::from_raw_os_error(code)), expected, "{code}");
        }
        assert_eq!(silence_of(&io::ErrorKind::NetworkUnreachable.into()), Silence::NoNetwork);
        assert_eq!(silence_of(&io::ErrorKind::ConnectionRefused.into()), Silence::Broken);
    }
}

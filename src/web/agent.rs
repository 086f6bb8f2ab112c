//! The client, as all of desk uses it.

use std::time::Duration;

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;

use super::guard::Guarded;

/// Which machines may be talked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of the public Internet: what an article names must not make desk knock at doors inside a newsroom.
    Public,
    /// Any: what the newsroom itself has set up.
    Anywhere,
}

/// The machine through which others are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy(ureq::Proxy);

impl Proxy {
    /// The proxy that the environment names, as curl and git read it; `variable` gives a variable's text. One that
    /// cannot be understood is none.
    pub fn of_environment<'a>(variable: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "http_proxy"];
        let named = names.into_iter().find_map(&variable)?;
        let plain = ureq::Proxy::new(named).ok()?;
        let mut builder = ureq::Proxy::builder(plain.protocol()).host(plain.host()).port(plain.port());
        if let Some(name) = plain.username() {
            builder = builder.username(name);
        }
        if let Some(password) = plain.password() {
            builder = builder.password(password);
        }
        for host in ["NO_PROXY", "no_proxy"].into_iter().find_map(variable).unwrap_or_default().split(',') {
            builder = builder.no_proxy(host.trim());
        }
        builder.build().ok().map(Self)
    }
}

/// How long one request may take in all.
const LIMIT: Duration = Duration::from_secs(20);

/// How long it may take until somebody listens.
const CONNECT: Duration = Duration::from_secs(10);

/// A client that names itself `name`. It follows no redirect and takes no status for an error.
pub fn agent(name: &str, reach: Reach, proxy: Option<&Proxy>) -> Agent {
    agent_within(name, reach, proxy, LIMIT)
}

/// The same, whose requests may take `limit` in all.
pub(crate) fn agent_within(name: &str, reach: Reach, proxy: Option<&Proxy>, limit: Duration) -> Agent {
    let config = Agent::config_builder()
        .user_agent(name)
        .proxy(proxy.map(|proxy| proxy.0.clone()))
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_response_header_size(64 * 1024)
        .max_idle_connections(0)
        .timeout_global(Some(limit))
        .timeout_connect(Some(CONNECT.min(limit)))
        .build();
    let through = proxy.map(|proxy| (proxy.0.host().to_owned(), proxy.0.port()));
    Agent::with_parts(config, DefaultConnector::new(), Guarded { reach, through })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_names_the_proxy() {
        let of = |pairs: &[(&str, &'static str)]| {
            let pairs = pairs.to_vec();
            Proxy::of_environment(move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("NO_PROXY", "a.example")]), None);
        let proxy =
            of(&[("https_proxy", "http://mina:s%20t@proxy.example:3128"), ("NO_PROXY", "a.example, .b.example")]);
        let proxy = proxy.expect("a proxy").0;
        assert_eq!((proxy.host(), proxy.port()), ("proxy.example", 3128));
        assert_eq!((proxy.username(), proxy.password()), (Some("mina"), Some("s t")));
        let direct = |address: &str| proxy.is_no_proxy(&address.parse().expect("an address"));
        assert!(direct("https://a.example/") && direct("https://x.b.example/") && !direct("https://c.example/"));
    }
}

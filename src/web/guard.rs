//! Which machines are public. Names are looked up here, and only what passed is connected to: a name that leads
//! elsewhere the next time gains nothing.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::agent::Reach;

/// An address that only a private network has.
#[derive(Debug)]
pub(super) struct Private;

impl fmt::Display for Private {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the address is not a public one")
    }
}

impl std::error::Error for Private {}

/// Looks names up, and leaves out the machines that are not to be reached.
#[derive(Debug)]
pub(super) struct Guarded {
    pub(super) reach: Reach,
    /// The proxy, which may well stand inside.
    pub(super) through: Option<(String, u16)>,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let is_proxy =
            self.through.as_ref().is_some_and(|(host, port)| uri.host() == Some(host) && uri.port_u16() == Some(*port));
        if self.reach == Reach::Anywhere || is_proxy {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(ureq::Error::Other(Box::new(Private))) } else { Ok(public) }
    }
}

/// Whether a machine at this address may be anybody's on the Internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let protocols = first == 192 && second == 0 && third == 0;
    let benchmarks = first == 198 && (18..20).contains(&second);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || shared
        || protocols
        || benchmarks
        || first == 0
        || first >= 224)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        // Addresses of the older form, dressed as ones of the newer.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => is_public_v4(v4(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(v4(high, low)),
        [0x2002, high, low, ..] => is_public_v4(v4(high, low)),
        // Tunnels, examples, and what is kept for other purposes.
        [0x2001, 0..0x200 | 0xdb8, ..] => false,
        // All that was ever given out begins with the bits 001.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Whether a host's name, or the address written for one, tells that it is not public.
pub fn is_inner_name(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
    let inner = [".localhost", ".local", ".internal", ".lan", ".intranet", ".home.arpa", ".corp"];
    bare == "localhost"
        || inner.iter().any(|end| bare.ends_with(end))
        || bare.parse().is_ok_and(|address| !is_public(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_machines_are_public() {
        for public in ["8.8.8.8", "100.63.0.1", "172.32.0.1", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
        for inner in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inner.parse().expect("an address")), "{inner}");
        }
    }

    #[test]
    fn some_names_are_inner_ones() {
        for inner in ["localhost", "LOCALHOST.", "a.localhost", "cms.internal", "[::1]", "127.0.0.1", "10.0.0.1."] {
            assert!(is_inner_name(inner), "{inner}");
        }
        for public in ["a.example", "localhost.example", "8.8.8.8", "[2606:4700::1]", "internal"] {
            assert!(!is_inner_name(public), "{public}");
        }
    }
}

//! A path of a forge's interface, made of parts that cannot break out of their place.

use std::fmt::Write as _;

/// A path with its query, written so that no name in it means anything but itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    written: String,
    asked: bool,
}

impl Route {
    /// The path whose steps are `parts`.
    pub(super) fn new(parts: &[&str]) -> Self {
        let mut written = String::new();
        for part in parts {
            written.push('/');
            escape(part, &mut written);
        }
        Self { written, asked: false }
    }

    /// The same path with one step more.
    pub(super) fn below(&self, parts: &[&str]) -> Self {
        debug_assert!(!self.asked, "a step belongs before the query");
        Self { written: format!("{}{}", self.written, Self::new(parts).written), asked: false }
    }

    /// The same path with `name=value` in its query.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut written = self.written.clone();
        written.push(if self.asked { '&' } else { '?' });
        written.push_str(name);
        written.push('=');
        escape(value, &mut written);
        Self { written, asked: true }
    }

    /// As it goes behind the address of the interface.
    pub(super) fn as_str(&self) -> &str {
        &self.written
    }
}

/// Everything but unreserved characters (RFC 3986, section 2.3) by its bytes. A part of dots alone would climb.
fn escape(part: &str, out: &mut String) {
    let climbs = matches!(part, "." | "..");
    for byte in part.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) || (byte == b'.' && !climbs);
        if plain {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_leaves_its_place() {
        let route = Route::new(&["repos", "po/st", "..", "a?b#c"]).below(&["pulls"]);
        assert_eq!(route.as_str(), "/repos/po%2Fst/%2E%2E/a%3Fb%23c/pulls");
        let asked = route.with("head", "post:desk/hafen&x=1").with("state", "open");
        assert_eq!(asked.as_str(), "/repos/po%2Fst/%2E%2E/a%3Fb%23c/pulls?head=post%3Adesk%2Fhafen%26x%3D1&state=open");
        assert_eq!(Route::new(&["ü"]).as_str(), "/%C3%BC");
    }
}

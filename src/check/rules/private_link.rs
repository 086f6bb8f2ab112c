//! `private-link`

use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "private-link",
    levels: Levels::FROM_PUBLICATION,
    seeks: &[Seeks::Links],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# private-link

## What it says
A link leads where readers cannot go: to this machine (`localhost`, `file:`), into a private network, or to a name that
only such a network knows (`.local`, `.internal`). Or it holds a user's name and password.

## Why it matters
Readers meet an error, and the address tells of the newsroom's machines; a password in it is anybody's.

## Bad
```markdown
See [the permit](http://192.168.1.20/permits/4).
```

## Good
```markdown
See [the permit](https://port.example/permits/4).
```

## How to mend it
Link to the public address. If a password was in it, change the password: git keeps the old words.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let links = subject.piece.body.blocks.iter().flat_map(|block| &block.links);
    links.filter_map(|link| Some(RULE.finding(fault(&link.url)?).at(link.span))).collect()
}

fn fault(url: &str) -> Option<&'static str> {
    let (scheme, rest) = url.split_once(':')?;
    if scheme.eq_ignore_ascii_case("file") {
        return Some("this link leads to a file on one machine");
    }
    let rest = rest.strip_prefix("//")?;
    let place = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let (user, host) = place.rsplit_once('@').map_or((None, place), |(user, host)| (Some(user), host));
    if user.is_some_and(|user| user.contains(':')) {
        return Some("this link holds a password");
    }
    let bare = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    let bare = bare.trim_end_matches('.').to_ascii_lowercase();
    if bare == "localhost" || bare.ends_with(".localhost") || bare.starts_with("[::1]") {
        return Some("this link leads to the reader's own machine");
    }
    let inner = [".local", ".internal", ".lan", ".intranet", ".home.arpa", ".corp"];
    if inner.iter().any(|end| bare.ends_with(end)) || bare.parse().is_ok_and(is_private) {
        return Some("this link leads into a private network");
    }
    None
}

fn is_private(address: std::net::Ipv4Addr) -> bool {
    address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified()
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn readers_can_go_where_links_lead() {
        for good in [
            "https://a.example/x?u=http://localhost/",
            "https://user@a.example/",
            "mailto:a@b.local",
            "/localhost",
            "https://8.8.8.8/",
            "https://local.example/",
            "https://a.example:8080/",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "http://localhost:1111/x",
            "http://127.0.0.1/",
            "https://10.0.0.4/x",
            "http://[::1]:80/",
            "file:///home/mina/x.pdf",
            "https://cms.post.internal/x",
            "https://mina:secret@a.example/",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}

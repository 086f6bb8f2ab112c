//! Which remotes only the staff can read.

/// The address of a remote, as far as it says where it is: `github.com/post/newsroom`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote(String);

impl Remote {
    /// Reads an address as git takes it: `https://`, `ssh://`, `git@host:path` or `host/path`. None for a folder of this
    /// machine.
    pub fn of(address: &str) -> Option<Self> {
        let address = address.trim();
        let rest = match address.split_once("://") {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("file") => return None,
            Some((_, rest)) => rest.to_owned(),
            None if address.is_empty() || address.starts_with(['/', '.', '\\', '~']) => return None,
            None => match address.split_once(':') {
                // One letter is a drive.
                Some((drive, _)) if drive.len() == 1 => return None,
                Some((host, path)) if !host.contains('/') => format!("{host}/{path}"),
                _ => address.to_owned(),
            },
        };
        let (host, path) = rest.split_once('/').unwrap_or((&rest, ""));
        let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or_default();
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path).trim_end_matches('/');
        Some(Self(format!("{host}/{path}").to_lowercase()))
    }
}

/// Whether only the staff can read what is pushed to `address`: it is a folder of this machine, or one of `private`. In
/// doubt the whole world can.
pub fn is_private(address: &str, private: &[String]) -> bool {
    match Remote::of(address) {
        None => !address.trim().is_empty(),
        Some(remote) => private.iter().any(|one| Remote::of(one).as_ref() == Some(&remote)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_remote_has_many_addresses() {
        let private = ["github.com/post/newsroom".to_owned()];
        for address in [
            "https://github.com/post/newsroom",
            "https://github.com/post/newsroom.git",
            "https://mina:secret@GitHub.com/Post/newsroom.git/",
            "git@github.com:post/newsroom.git",
            "ssh://git@github.com:22/post/newsroom",
            "/srv/newsroom.git",
            "../newsroom",
            "file:///srv/newsroom",
            r"C:\newsroom",
        ] {
            assert!(is_private(address, &private), "{address}");
        }
        for address in [
            "",
            "https://github.com/post/site",
            "https://github.com.evil.example/post/newsroom",
            "https://evil.example/github.com/post/newsroom",
            "https://github.com@evil.example/post/newsroom",
            "git@github.com:post/newsroom/more",
            "origin",
        ] {
            assert!(!is_private(address, &private), "{address}");
        }
        assert!(!is_private("https://github.com/post/newsroom", &[]), "in doubt the world reads it");
    }
}

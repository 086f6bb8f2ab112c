//! Which forge a remote's address leads to.

use std::fmt;

/// A kind of forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// GitHub: the public one, a tenant of it, or one at an address of its own.
    GitHub,
    /// Forgejo, Gitea and Codeberg.
    Forgejo,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GitHub => "GitHub",
            Self::Forgejo => "Forgejo",
        })
    }
}

/// What the newsroom says of its forge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which it is.
    pub kind: Option<Kind>,
    /// Where its pages are, such as `https://git.post.example`.
    pub url: Option<String>,
    /// Its owner and its name; none: the remote's.
    pub repository: Option<(String, String)>,
}

/// One repository on one forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which forge.
    pub kind: Kind,
    /// The host of its pages, with its port where it has one of its own.
    pub host: String,
    /// Where its pages are, without a slash at the end.
    pub web: String,
    /// Where its interface is, without a slash at the end.
    pub api: String,
    /// Whose the repository is.
    pub owner: String,
    /// What it is called.
    pub repository: String,
    /// Whose copy the remote is, where it is not the newsroom's own repository: branches are there, and pull requests
    /// here.
    pub copy: Option<Copy>,
}

/// A guest's copy of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Whose it is.
    pub owner: String,
    /// What it is called.
    pub name: String,
}

/// Why no forge was found, though the remote is somewhere else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unplaced {
    /// Nobody said which forge it is, and desk does not guess.
    #[error("nothing says which forge `{0}` is")]
    UnknownHost(String),
    /// A forge that desk cannot speak to yet.
    #[error("desk does not speak to GitLab yet")]
    GitLab,
    /// An address without an owner and a repository.
    #[error("`{0}` names no repository of a forge")]
    NoRepository(String),
    /// A forge's address that is no address.
    #[error("`{0}` is no address of a forge")]
    NoAddress(String),
    /// A forge whose answers could be read, and whose token could be taken, on the way.
    #[error("`{0}` is not encrypted: a token sent there could be read on the way")]
    Unencrypted(String),
}

impl Place {
    /// The repository that `remote` leads to, as git writes its address. None for a folder or a file on a disk, where
    /// there is no forge.
    pub fn of(remote: &str, settings: &Settings) -> Result<Option<Self>, Unplaced> {
        let Some((host, path)) = split(remote) else { return Ok(None) };
        let no_repository = || Unplaced::NoRepository(shown(remote));
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path).trim_end_matches('/');
        let (kind, web) = match (settings.kind, &settings.url) {
            (Some(kind), Some(url)) => (kind, address(url)?),
            (None, Some(url)) => {
                let web = address(url)?;
                (known(host_of(&web)).ok_or_else(|| Unplaced::UnknownHost(host_of(&web).to_owned()))??, web)
            }
            (Some(kind), None) => (kind, format!("https://{}", bare(host))),
            (None, None) => (
                known(bare(host)).ok_or_else(|| Unplaced::UnknownHost(bare(host).to_owned()))??,
                format!("https://{}", bare(host)),
            ),
        };
        // A forge that lives in a folder of its host has that folder in the addresses of its repositories too.
        let folder = web.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, folder)| folder);
        let path = path.strip_prefix(folder).filter(|_| !folder.is_empty()).unwrap_or(path).trim_matches('/');
        let (owner, repository) = path.rsplit_once('/').ok_or_else(no_repository)?;
        let sound = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        if !sound(owner) || !sound(repository) {
            return Err(no_repository());
        }
        let api = interface(kind, &web);
        let remote = Copy { owner: owner.to_owned(), name: repository.to_owned() };
        let (own, copy) = match &settings.repository {
            Some((owner, name)) if !remote.is(owner, name) => {
                (Copy { owner: owner.clone(), name: name.clone() }, Some(remote))
            }
            _ => (remote, None),
        };
        let host = host_of(&web).to_owned();
        Ok(Some(Self { kind, host, web, api, owner: own.owner, repository: own.name, copy }))
    }

    /// Whose repository branches are in.
    pub(super) fn branch_owner(&self) -> &str {
        self.copy.as_ref().map_or(&self.owner, |copy| &copy.owner)
    }

    /// Whether branches are in this repository.
    pub(super) fn has_branches_in(&self, owner: &str, name: &str) -> bool {
        let own = || is_same((&self.owner, &self.repository), (owner, name));
        self.copy.as_ref().map_or_else(own, |copy| copy.is(owner, name))
    }

    /// How a branch is named where it is to land.
    pub(super) fn head(&self, branch: &str) -> String {
        self.copy.as_ref().map_or_else(|| branch.to_owned(), |copy| format!("{}:{branch}", copy.owner))
    }

    /// Whether it is GitHub's own service, or a tenant of it.
    pub fn is_github_cloud(&self) -> bool {
        self.kind == Kind::GitHub && is_cloud(&self.host)
    }

    /// The page of pull request `number`, for people.
    pub fn page_of(&self, number: super::Number) -> String {
        let folder = match self.kind {
            Kind::GitHub => "pull",
            Kind::Forgejo => "pulls",
        };
        format!("{}/{}/{}/{folder}/{number}", self.web, self.owner, self.repository)
    }
}

impl Copy {
    fn is(&self, owner: &str, name: &str) -> bool {
        is_same((&self.owner, &self.name), (owner, name))
    }
}

/// Whether two repositories, by owner and name, are one. No forge tells names apart by their case.
fn is_same(one: (&str, &str), other: (&str, &str)) -> bool {
    one.0.eq_ignore_ascii_case(other.0) && one.1.eq_ignore_ascii_case(other.1)
}

/// The hosts whose forge everybody knows.
fn known(host: &str) -> Option<Result<Kind, Unplaced>> {
    match host {
        "codeberg.org" => Some(Ok(Kind::Forgejo)),
        "gitlab.com" => Some(Err(Unplaced::GitLab)),
        host if is_cloud(host) => Some(Ok(Kind::GitHub)),
        _ => None,
    }
}

fn is_cloud(host: &str) -> bool {
    host == "github.com" || host.strip_suffix(".ghe.com").is_some_and(|tenant| !tenant.is_empty())
}

/// Where a forge's interface is, by its documentation.
fn interface(kind: Kind, web: &str) -> String {
    let host = host_of(web);
    match kind {
        Kind::GitHub if is_cloud(host) => format!("https://api.{host}"),
        Kind::GitHub => format!("{web}/api/v3"),
        Kind::Forgejo => format!("{web}/api/v1"),
    }
}

/// The host and the path of a remote's address: `https://host/path`, `ssh://git@host:22/path` or `git@host:path`.
/// None for a path on this machine.
fn split(remote: &str) -> Option<(&str, &str)> {
    if let Some((scheme, rest)) = remote.split_once("://") {
        if !["https", "http", "ssh", "git", "git+ssh", "ssh+git"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return None;
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        // The port of a shell says nothing of where the pages are.
        let is_web = scheme.to_ascii_lowercase().starts_with("http");
        return (!host.is_empty()).then(|| (if is_web { host } else { bare(host) }, path));
    }
    let (host, path) = remote.split_once(':')?;
    // `C:\news` and `./a:b` are folders; git asks for the same.
    if host.contains(['/', '\\']) || (host.len() == 1 && host.starts_with(|one: char| one.is_ascii_alphabetic())) {
        return None;
    }
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (!host.is_empty()).then_some((host, path))
}

/// A host without its port.
fn bare(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

/// The address of a forge's pages as it is used: in lower case up to the path, and never in the clear except on this
/// very machine.
fn address(url: &str) -> Result<String, Unplaced> {
    let no = || Unplaced::NoAddress(url.to_owned());
    let (scheme, rest) = url.trim().trim_end_matches('/').split_once("://").ok_or_else(no)?;
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    if host.is_empty() || !host.bytes().all(sound) || path.contains(['?', '#', '@', '\\']) {
        return Err(no());
    }
    match scheme.as_str() {
        "https" => {}
        "http" if ["localhost", "127.0.0.1", "[::1]"].contains(&bare(&host)) => {}
        "http" => return Err(Unplaced::Unencrypted(url.to_owned())),
        _ => return Err(no()),
    }
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    Ok(format!("{scheme}://{host}{path}"))
}

fn host_of(web: &str) -> &str {
    let rest = web.split_once("://").map_or(web, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// A remote's address without what somebody may have written into it as a password.
fn shown(remote: &str) -> String {
    match remote.split_once("://").map(|(scheme, rest)| (scheme, rest.split_once('@'))) {
        Some((scheme, Some((_, rest)))) => format!("{scheme}://{rest}"),
        _ => remote.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn leads(remote: &str, expected: &str) {
        let place = Place::of(remote, &Settings::default()).expect("placed").expect("a forge");
        assert_eq!(format!("{} {} {} {}", place.kind, place.api, place.owner, place.repository), expected, "{remote}");
    }

    #[test]
    fn known_hosts_are_told_by_their_address() {
        let github = "GitHub https://api.github.com post desk";
        for remote in [
            "https://github.com/post/desk",
            "https://github.com/post/desk.git",
            "https://mina:secret@github.com/post/desk.git/",
            "git@github.com:post/desk.git",
            "github.com:post/desk",
            "ssh://git@github.com:443/post/desk.git",
            "git://github.com/post/desk",
        ] {
            leads(remote, github);
        }
        leads("https://post.ghe.com/post/desk", "GitHub https://api.post.ghe.com post desk");
        leads("git@codeberg.org:post/desk.git", "Forgejo https://codeberg.org/api/v1 post desk");
    }

    #[test]
    fn folders_have_no_forge() {
        for local in ["/srv/desk.git", "../desk", "file:///srv/desk.git", "C:\\news\\desk", "./a:b", "desk"] {
            assert_eq!(Place::of(local, &Settings::default()), Ok(None), "{local}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        let refused = |remote: &str| Place::of(remote, &Settings::default()).expect_err("refused");
        assert_eq!(refused("https://git.post.example/post/desk"), Unplaced::UnknownHost("git.post.example".to_owned()));
        assert_eq!(refused("git@notgithub.com:post/desk"), Unplaced::UnknownHost("notgithub.com".to_owned()));
        assert_eq!(
            refused("git@github.com.evil.example:a/b"),
            Unplaced::UnknownHost("github.com.evil.example".to_owned())
        );
        assert_eq!(refused("https://gitlab.com/post/desk"), Unplaced::GitLab);
        for none in [
            "https://github.com/post",
            "git@github.com:desk.git",
            "https://github.com/a/../b",
            "https://github.com/a/b/c",
        ] {
            assert!(matches!(refused(none), Unplaced::NoRepository(_)), "{none}");
        }
        assert!(!refused("https://mina:secret@github.com/post").to_string().contains("secret"));
    }

    #[test]
    fn a_forge_of_ones_own_is_named() {
        let own = |remote: &str, kind: Kind, url: &str| {
            let settings = Settings { kind: Some(kind), url: Some(url.to_owned()), repository: None };
            Place::of(remote, &settings).map(|place| place.expect("a forge").api)
        };
        let remote = "git@git.post.example:post/desk.git";
        assert_eq!(
            own(remote, Kind::GitHub, "https://Git.Post.Example/"),
            Ok("https://git.post.example/api/v3".to_owned())
        );
        assert_eq!(
            own(remote, Kind::Forgejo, "https://git.post.example:8443"),
            Ok("https://git.post.example:8443/api/v1".to_owned())
        );
        assert_eq!(
            own("https://post.example/git/post/desk", Kind::Forgejo, "https://post.example/git"),
            Ok("https://post.example/git/api/v1".to_owned())
        );
        assert_eq!(own(remote, Kind::Forgejo, "http://127.0.0.1:3000"), Ok("http://127.0.0.1:3000/api/v1".to_owned()));
        assert!(matches!(own(remote, Kind::Forgejo, "http://git.post.example"), Err(Unplaced::Unencrypted(_))));
        for none in ["git.post.example", "ftp://a.example", "https://", "https://a@b.example", "https://a.example/?x"] {
            assert!(matches!(own(remote, Kind::Forgejo, none), Err(Unplaced::NoAddress(_))), "{none}");
        }
    }
}

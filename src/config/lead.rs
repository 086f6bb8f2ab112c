//! Where a link leads inside the newsroom.

use super::Config;
use crate::article::RepoPath;

/// An article as a link or `related` names it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Wanted {
    /// The file of an article, as a path in the repository.
    File(RepoPath),
    /// An address on the newsroom's site, without slashes at its ends, in lower case.
    Address(String),
    /// An article by its id, its address or its slug: what `related` lists.
    Name(String),
}

impl Config {
    /// What `url` leads to when it may be an article: none for what lies outside, for files and for the front page. It
    /// stands in `file`, whose own address is `own`.
    pub fn leads_to(&self, url: &str, own: &str, file: &RepoPath) -> Option<Wanted> {
        let path = self.local(url);
        if path.is_empty() || path.contains([':', '%', '{', '}']) || path.starts_with("//") {
            return None;
        }
        let root = &self.articles.root;
        // Zola's way to name a file of its content.
        if let Some(below) = path.strip_prefix("@/") {
            return root.join(below).ok().map(Wanted::File);
        }
        if path.ends_with(".md") {
            let from = file.parent();
            let path = match path.strip_prefix('/') {
                Some(below) => root.join(below).ok()?,
                None => RepoPath::new(joined(from.as_ref().map_or("", RepoPath::as_str), path)?).ok()?,
            };
            let inside = path.is_within(root) && path.name() != "_index.md";
            return inside.then_some(Wanted::File(path));
        }
        let address = if path.starts_with('/') { path.to_owned() } else { joined(own, path)? };
        let address = super::folded(&address);
        let last = address.rsplit('/').next().unwrap_or_default();
        (!address.is_empty() && !last.contains('.')).then_some(Wanted::Address(address))
    }

    /// What an entry of `related` names.
    pub fn related(&self, text: &str, own: &str, file: &RepoPath) -> Option<Wanted> {
        let name = super::folded(text);
        if name.ends_with(".md") || text.contains(':') {
            self.leads_to(text, own, file)
        } else {
            Some(Wanted::Name(name))
        }
    }

    /// The part of a link that names a place on the newsroom's own site.
    fn local<'a>(&self, url: &'a str) -> &'a str {
        let path = url.split(['#', '?']).next().unwrap_or(url);
        match &self.newsroom.url {
            Some(home) => path.strip_prefix(home.as_str()).filter(|rest| rest.starts_with('/')).unwrap_or(path),
            None => path,
        }
    }
}

/// `path` as seen from the folder `from`; none when it leads out of everything.
fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn leads(url: &str, expected: Option<&str>) {
        let path = RepoPath::new("articles/2026/07/quay/index.md").expect("a sound path");
        let found = Config::default().leads_to(url, "2026/07/quay", &path).map(|wanted| match wanted {
            Wanted::File(path) => path.to_string(),
            Wanted::Address(address) | Wanted::Name(address) => format!("/{address}"),
        });
        assert_eq!(found.as_deref(), expected, "{url}");
    }

    #[test]
    fn links_lead_to_files_and_addresses() {
        leads("../ferry/index.md#fares", Some("articles/2026/07/ferry/index.md"));
        leads("/2026/07/ferry/index.md", Some("articles/2026/07/ferry/index.md"));
        leads("@/2026/07/ferry.md", Some("articles/2026/07/ferry.md"));
        leads("/2026/07/Ferry/?x=1", Some("/2026/07/ferry"));
        leads("../ferry/", Some("/2026/07/ferry"));
        for outside in ["https://a.example/b", "//a.example", "mailto:a@b.example", "#top", "", "/", "dredger.jpg"] {
            leads(outside, None);
        }
        leads("../../../../../../x", None);
        leads("../../../../x.md", None);
    }
}

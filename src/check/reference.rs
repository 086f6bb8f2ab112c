//! What one article says of another: a link to its file or its address, or its name in `related`.

use super::subject::{Card, Piece};
use crate::article::{RepoPath, Value};
use crate::config::Config;
use crate::finding::Span;

/// One article named in another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reference {
    /// What is named.
    pub wanted: Wanted,
    /// As it is written.
    pub written: String,
    /// Where it is written.
    pub span: Span,
}

/// What is named.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Wanted {
    /// The file of an article, as a path in the repository.
    File(RepoPath),
    /// An address on the newsroom's site, without slashes at its ends, in lower case.
    Address(String),
    /// An article by its id, its address or its slug: what `related` lists.
    Name(String),
}

impl Wanted {
    /// Whether `card` is meant.
    pub(super) fn is(&self, card: &Card) -> bool {
        match self {
            Self::File(path) => card.path == *path,
            Self::Address(address) => card.addresses.iter().any(|own| own.path == *address),
            Self::Name(name) => {
                let slug = |address: &str| address.rsplit('/').next().is_some_and(|slug| slug == name);
                card.id.as_ref().is_some_and(|(id, _)| id.eq_ignore_ascii_case(name))
                    || card.addresses.iter().any(|own| own.path == *name || slug(&own.path))
            }
        }
    }
}

/// Everything in `piece` that names another article. `own` is its address.
pub(super) fn references(piece: &Piece, own: &str, config: &Config) -> Vec<Reference> {
    let links = piece.body.blocks.iter().flat_map(|block| &block.links).filter(|link| !link.image);
    let links = links.filter_map(|link| {
        let wanted = wanted(&link.url, own, &piece.document.path, config)?;
        Some(Reference { wanted, written: link.url.clone(), span: link.span })
    });
    let named = piece.document.field("related").into_iter().flat_map(strings).filter_map(|(text, span)| {
        let name = text.trim_matches('/').to_lowercase();
        let wanted = if name.ends_with(".md") || text.contains(':') {
            wanted(text, own, &piece.document.path, config)?
        } else {
            Wanted::Name(name)
        };
        Some(Reference { wanted, written: text.to_owned(), span })
    });
    links.chain(named).collect()
}

fn strings(value: &Value) -> Vec<(&str, Span)> {
    let values = value.as_array().unwrap_or(std::slice::from_ref(value));
    values.iter().filter_map(|value| Some((value.as_str()?, value.span))).collect()
}

/// What `url` leads to when it may be an article: none for what lies outside, for files and for the front page.
fn wanted(url: &str, own: &str, file: &RepoPath, config: &Config) -> Option<Wanted> {
    let path = url.split(['#', '?']).next().unwrap_or(url);
    let path = match &config.newsroom.url {
        Some(home) => path.strip_prefix(home.as_str()).filter(|rest| rest.starts_with('/')).unwrap_or(path),
        None => path,
    };
    if path.is_empty() || path.contains([':', '%', '{', '}']) || path.starts_with("//") {
        return None;
    }
    // Zola's way to name a file of its content.
    if let Some(below) = path.strip_prefix("@/") {
        return config.articles.root.join(below).ok().map(Wanted::File);
    }
    if path.ends_with(".md") {
        let from = file.parent();
        let path = match path.strip_prefix('/') {
            Some(below) => config.articles.root.join(below).ok()?,
            None => RepoPath::new(joined(from.as_ref().map_or("", RepoPath::as_str), path)?).ok()?,
        };
        let inside = path.is_within(&config.articles.root) && path.name() != "_index.md";
        return inside.then_some(Wanted::File(path));
    }
    let address = if path.starts_with('/') { path.to_owned() } else { joined(own, path)? };
    let address = address.trim_matches('/').to_lowercase();
    let last = address.rsplit('/').next().unwrap_or_default();
    (!address.is_empty() && !last.contains('.')).then_some(Wanted::Address(address))
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
        let found = wanted(url, "2026/07/quay", &path, &Config::default()).map(|wanted| match wanted {
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

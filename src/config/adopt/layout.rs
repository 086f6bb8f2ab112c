//! Where Markdown lies, and by what pattern.

use std::collections::BTreeMap;

use crate::article::RepoPath;
use crate::config::PathPattern;

/// Folders that usually hold articles, the likeliest first.
const USUAL: [&str; 7] = ["articles", "content", "posts", "_posts", "src/content", "blog", "news"];

/// Files that speak of the repository, not of the world.
const HOUSEKEEPING: [&str; 8] =
    ["readme", "changelog", "contributing", "code_of_conduct", "license", "security", "architecture", "authors"];

/// The folder of the articles where no generator says it: a usual one that holds Markdown, otherwise the one at the top
/// that holds most.
pub(super) fn root(paths: &[RepoPath]) -> Option<RepoPath> {
    let markdown: Vec<&RepoPath> = paths.iter().filter(|path| is_article(path)).collect();
    let usual = USUAL.iter().filter_map(|folder| RepoPath::new(*folder).ok());
    if let Some(folder) = usual.into_iter().find(|folder| markdown.iter().any(|path| path.is_within(folder))) {
        return Some(folder);
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for path in markdown {
        if let Some((folder, _)) = path.as_str().split_once('/') {
            *count.entry(folder).or_default() += 1;
        }
    }
    let most = count.into_iter().max_by_key(|&(folder, count)| (count, std::cmp::Reverse(folder)))?;
    RepoPath::new(most.0).ok()
}

fn is_article(path: &RepoPath) -> bool {
    path.name().ends_with(".md")
        && !path.as_str().split('/').any(|part| part.starts_with('.') || part == "node_modules")
        && !HOUSEKEEPING.contains(&path.stem().to_lowercase().as_str())
}

/// The pattern that most of `mains` follow.
pub(super) fn pattern(root: &RepoPath, mains: &[RepoPath]) -> PathPattern {
    let mut shapes: BTreeMap<String, (usize, Vec<Vec<String>>)> = BTreeMap::new();
    for main in mains {
        if let Some((shape, folders)) = shape(root, main) {
            let entry = shapes.entry(shape).or_default();
            entry.0 += 1;
            entry.1.push(folders);
        }
    }
    let most = shapes.into_iter().max_by_key(|(shape, (count, _))| (*count, std::cmp::Reverse(shape.clone())));
    let named = most.and_then(|(shape, (_, folders))| fill(&shape, &folders).parse().ok());
    named.unwrap_or_else(|| "{slug}.md".parse().expect("a sound pattern"))
}

/// Stands in a shape where a folder's name stood that is no date.
const FOLDER: &str = "*";

/// A path as a pattern with folders left open, and the names of these folders.
fn shape(root: &RepoPath, main: &RepoPath) -> Option<(String, Vec<String>)> {
    let below = main.below(root)?;
    let (below, ending) = match below.strip_suffix("/index.md") {
        Some(folder) => (folder, ""),
        None => (below.strip_suffix(".md")?, ".md"),
    };
    let mut parts: Vec<&str> = below.split('/').collect();
    let name = parts.pop()?;
    let mut folders = Vec::new();
    let mut dates = 0;
    let mut out = Vec::new();
    for part in parts {
        let word = match (dates, part.len()) {
            (0, 4) if is_number(part, 1900, 2200) => Some("{year}"),
            (1, 2) if is_number(part, 1, 12) => Some("{month}"),
            (2, 2) if is_number(part, 1, 31) => Some("{day}"),
            _ => None,
        };
        match word {
            Some(word) => {
                dates += 1;
                out.push(word);
            }
            None => {
                folders.push(part.to_owned());
                out.push(FOLDER);
            }
        }
    }
    let dated = name.len() > 11
        && name.is_char_boundary(11)
        && is_number(name.get(..4)?, 1900, 2200)
        && name.get(4..5) == Some("-")
        && is_number(name.get(5..7)?, 1, 12)
        && name.get(7..8) == Some("-")
        && is_number(name.get(8..10)?, 1, 31)
        && name.get(10..11) == Some("-");
    let slug = if dated { "{year}-{month}-{day}-{slug}" } else { "{slug}" };
    out.push(slug);
    Some((format!("{}{ending}", out.join("/")), folders))
}

fn is_number(text: &str, least: u32, most: u32) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse().is_ok_and(|number| (least..=most).contains(&number))
}

/// A folder that all share keeps its name; the first that differs is the section; deeper ones are left out.
fn fill(shape: &str, folders: &[Vec<String>]) -> String {
    let mut at = 0;
    let mut has_section = false;
    let mut out: Vec<String> = Vec::new();
    for part in shape.split('/') {
        if part != FOLDER {
            out.push(part.to_owned());
            continue;
        }
        let names: Vec<&String> = folders.iter().filter_map(|names| names.get(at)).collect();
        at += 1;
        match names.first() {
            Some(first) if names.iter().all(|name| name == first) && !first.contains(['{', '}']) => {
                out.push((*first).clone());
            }
            _ if !has_section => {
                has_section = true;
                out.push("{section}".to_owned());
            }
            _ => {}
        }
    }
    out.join("/")
}

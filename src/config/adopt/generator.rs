//! Hugo and Zola by their configuration.

use super::super::newsroom::{language, url};
use super::Generator;
use crate::article::{RepoPath, Table, yaml};

/// A site's configuration, as far as it matters here.
pub(super) struct Site {
    pub(super) generator: Generator,
    pub(super) configuration: Option<RepoPath>,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) root: RepoPath,
}

impl Site {
    pub(super) fn plain(root: RepoPath) -> Self {
        Self { generator: Generator::Desk, configuration: None, title: None, url: None, language: None, root }
    }
}

/// The names under which Hugo and Zola look for their configuration.
const NAMES: [&str; 3] = ["hugo", "zola", "config"];
const ENDINGS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// Of all paths of a tree those that may be a site's configuration, the likeliest first: worth reading for
/// [`super::Adoption::find`]. Themes and examples that a site brings along are left out.
pub fn configuration_files(paths: &[RepoPath]) -> Vec<&RepoPath> {
    let foreign = ["themes", "node_modules", "exampleSite", "vendor", "test", "tests", "testdata"];
    let own = |path: &&RepoPath| {
        let name = path.name().rsplit_once('.');
        name.is_some_and(|(stem, ending)| NAMES.contains(&stem) && ENDINGS.contains(&ending))
            && !path.as_str().split('/').any(|part| foreign.contains(&part) || part.starts_with('.'))
            && path.as_str().split('/').count() <= 4
    };
    let mut found: Vec<&RepoPath> = paths.iter().filter(own).collect();
    let rank = |path: &RepoPath| NAMES.iter().position(|name| *name == path.stem());
    found.sort_by_key(|path| {
        (base(path).map_or(0, |base| base.as_str().split('/').count()), rank(path), path.as_str().to_owned())
    });
    found
}

/// The folder of a site, given its configuration: that of the file, or that above `config/_default`.
fn base(path: &RepoPath) -> Option<RepoPath> {
    let folder = path.parent()?;
    match folder.as_str().strip_suffix("config/_default") {
        Some("") => None,
        Some(above) => RepoPath::new(above.trim_end_matches('/')).ok(),
        None => Some(folder),
    }
}

/// The first of the configurations that is Hugo's or Zola's.
pub(super) fn site(configurations: &[(RepoPath, Vec<u8>)]) -> Option<Site> {
    configurations.iter().find_map(|(path, bytes)| read(path, bytes))
}

fn read(path: &RepoPath, bytes: &[u8]) -> Option<Site> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parsed = match path.name().rsplit_once('.')?.1 {
        "toml" => Table::parse(text).ok(),
        // JSON is YAML.
        _ => yaml::parse(text, 0).ok(),
    };
    let says = |key: &str| parsed.as_ref().is_some_and(|table| lookup(table, key).is_some());
    let named = |stem: &str| path.stem() == stem;
    let in_defaults = path.parent().is_some_and(|folder| folder.as_str().ends_with("config/_default"));
    let is_zola = named("config") && path.name().ends_with(".toml") && parsed.as_ref()?.get("base_url").is_some();
    let is_hugo = named("config")
        && (in_defaults || ["baseURL", "languageCode", "contentDir", "theme", "module"].iter().any(|key| says(key)));
    let generator = match path.stem() {
        "zola" => Generator::Zola,
        "hugo" => Generator::Hugo,
        _ if is_zola => Generator::Zola,
        _ if is_hugo => Generator::Hugo,
        _ => return None,
    };
    let text_of = |keys: &[&str]| {
        let table = parsed.as_ref()?;
        let found = keys.iter().find_map(|key| lookup(table, key))?;
        Some(found.as_str()?.to_owned()).filter(|text| !text.trim().is_empty())
    };
    let content = match generator {
        Generator::Hugo => text_of(&["contentDir"]),
        _ => None,
    };
    let content = content.as_deref().map_or("content", |folder| folder.trim_start_matches("./").trim_matches('/'));
    let root = match base(path) {
        Some(base) => base.join(content),
        None => RepoPath::new(content),
    };
    Some(Site {
        generator,
        configuration: Some(path.clone()),
        title: text_of(&["title"]),
        url: text_of(&["base_url", "baseURL"]).and_then(|text| url(&text).ok()),
        language: text_of(&["default_language", "locale", "languageCode", "defaultContentLanguage"])
            .and_then(|text| language(&text.replace('_', "-")).ok()),
        root: root.ok()?,
    })
}

/// Hugo reads its keys in any case.
fn lookup<'a>(table: &'a Table, key: &str) -> Option<&'a crate::article::Value> {
    table.fields.iter().find(|field| field.key.eq_ignore_ascii_case(key)).map(|field| &field.value)
}

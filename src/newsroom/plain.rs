//! What `desk check` says in a folder that is no newsroom: any Markdown with TOML front matter, by the rules that need
//! no settings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::Path;

use rayon::prelude::*;

use super::checking::Checked;
use super::error::{Error, Result};
use super::judging::beside;
use super::{Newsroom, Setting, outside};
use crate::article::{Document, RepoPath};
use crate::cache::Keep;
use crate::check::{self, Baseline, Beside, Context, Extent, Outcome, Piece};
use crate::config::adopt::{Adoption, configuration_files};
use crate::config::{Config, Generator, Setting as Weight};
use crate::links::Watch;
use crate::repository::PlainFolder;
use crate::schema::Schemas;
use crate::style::Styles;

/// What was found in a folder that is no newsroom.
#[derive(Debug, Clone, Default)]
pub struct Loose {
    /// What the rules said.
    pub checked: Checked,
    /// How many Markdown files have no TOML front matter and were passed by.
    pub passed_by: usize,
}

impl Newsroom {
    /// Checks the Markdown in `setting.directory`, which is no newsroom: at `paths`, all of it for no paths. Nothing is
    /// demanded that only a newsroom has; files are read, and nothing else.
    /// Where somebody watches, other sites are asked where links to them lead.
    pub fn check_folder(setting: &Setting, paths: &[String], watch: Option<Watch<'_>>) -> Result<Loose> {
        let folder = PlainFolder::open(&setting.directory)?;
        let files: BTreeMap<RepoPath, u32> = folder.files()?.into_iter().collect();
        let wanted = wanted(&folder, &files, paths)?;
        let is_wanted = |path: &RepoPath| wanted.is_empty() || wanted.iter().any(|wanted| path.is_within(wanted));
        let mut mains = Vec::new();
        let mut loose = Loose::default();
        for main in mains_of(&files) {
            let Some(bytes) = folder.read(main)?.filter(|_| is_wanted(main)) else { continue };
            if has_front_matter(&bytes) || wanted.contains(main) {
                mains.push(main);
            } else {
                loose.passed_by += 1;
            }
        }
        let (config, schemas, styles) = (settings(&folder, &files)?, Schemas::default(), Styles::default());
        let context = Context { config: &config, schemas: &schemas, styles: &styles, answers: None, now: setting.now };
        let piece = |main: &&RepoPath| {
            let bytes = folder.read(main).ok().flatten()?;
            Some(Piece::read(RepoPath::clone(main), &bytes, files_beside(main, &files)))
        };
        let outcomes: Vec<Outcome> =
            mains.par_iter().filter_map(|main| Some(check::one(&piece(main)?, &context))).collect();
        let heard = watch.map(|watch| {
            let keep = if wanted.is_empty() { Keep::Asked } else { Keep::All };
            outside::asked(&outcomes, setting, None, (folder.cache().as_deref(), keep), watch)
        });
        let (answers, outside) = heard.unzip();
        let context = Context { answers: answers.as_ref(), ..context };
        let extent = if wanted.is_empty() { Extent::Newsroom } else { Extent::Part };
        let told = check::gather(outcomes, Vec::new(), extent, &context);
        let settled = check::settle(told, &context, &Baseline::default(), |_| None);
        let about: BTreeSet<&str> =
            settled.told.findings.iter().filter_map(|finding| finding.path.as_deref()).collect();
        for main in mains.iter().filter(|main| about.contains(main.as_str())) {
            let bytes = folder.read(main)?.unwrap_or_default();
            let text = Document::read(RepoPath::clone(main), &bytes).0.text;
            loose.checked.sources.insert(main.to_string(), text);
        }
        loose.checked.outside = outside;
        loose.checked.articles = mains.len();
        loose.checked.suppressed = settled.suppressed;
        loose.checked.findings = settled.told.findings;
        Ok(loose)
    }
}

/// What is known without a `desk.toml`: what the site's own configuration says, where Hugo or Zola makes the pages.
/// Otherwise nobody knows what makes them, and nothing is said of what that would do.
fn settings(folder: &PlainFolder, files: &BTreeMap<RepoPath, u32>) -> Result<Config> {
    let paths: Vec<RepoPath> = files.keys().cloned().collect();
    let mut configurations = Vec::new();
    for path in configuration_files(&paths) {
        configurations.extend(folder.read(path)?.map(|bytes| (path.clone(), bytes)));
    }
    let mut config = Config::default();
    match Adoption::find(&paths, &configurations, None).filter(|found| found.generator != Generator::Desk) {
        Some(found) => {
            config.site.generator = found.generator;
            config.newsroom.url = found.url;
            config.articles.root = found.root;
        }
        None => drop(config.check.levels.insert("raw-html".to_owned(), Weight::Off)),
    }
    Ok(config)
}

/// The folders and files that are meant; none for all.
fn wanted(folder: &PlainFolder, files: &BTreeMap<RepoPath, u32>, paths: &[String]) -> Result<Vec<RepoPath>> {
    let mut wanted = Vec::new();
    for typed in paths {
        if folder.is_root(Path::new(typed)) {
            return Ok(Vec::new());
        }
        let found = folder.locate(Path::new(typed));
        let found = found.filter(|found| files.keys().any(|path| path.is_within(found)));
        wanted.push(found.ok_or_else(|| Error::Given(format!("there is nothing to check at `{typed}`")))?);
    }
    Ok(wanted)
}

/// The files that hold an article's words: Markdown, but neither a section's page nor what lies in the folder of another.
fn mains_of(files: &BTreeMap<RepoPath, u32>) -> Vec<&RepoPath> {
    let is_index = |path: &RepoPath| path.name() == "index.md";
    let bundles: BTreeSet<&str> =
        files.keys().filter(|path| is_index(path)).filter_map(|path| Some(path.as_str().rsplit_once('/')?.0)).collect();
    let of_another = |path: &RepoPath| {
        let own = if is_index(path) { path.as_str().rsplit_once('/').map(|(folder, _)| folder) } else { None };
        let mut folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        folders.any(|folder| Some(folder) != own && bundles.contains(folder))
    };
    let is_markdown = |path: &RepoPath| path.name().ends_with(".md") && !path.name().starts_with("_index.");
    let ordinary = files.iter().filter(|(_, mode)| **mode & 0o170_000 == 0o100_000).map(|(path, _)| path);
    ordinary.filter(|path| is_markdown(path) && !of_another(path)).collect()
}

fn has_front_matter(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.split(|&byte| byte == b'\n').next().is_some_and(|line| line.trim_ascii_end() == b"+++")
}

fn files_beside(main: &RepoPath, files: &BTreeMap<RepoPath, u32>) -> Vec<Beside> {
    let Some(folder) = main.parent().filter(|_| main.name() == "index.md") else { return Vec::new() };
    let start = format!("{folder}/");
    files
        .range::<str, _>((Bound::Excluded(start.as_str()), Bound::Unbounded))
        .take_while(|(path, _)| path.as_str().starts_with(&start))
        .filter(|(path, _)| *path != main)
        .map(|(path, mode)| beside(path, *mode, 0))
        .collect()
}

//! What `desk check` says in a folder that is no newsroom: any Markdown with TOML front matter, by the rules that need
//! no settings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::checking::Checked;
use super::error::{Error, Result};
use super::judging::beside;
use super::{Newsroom, Setting, outside};
use crate::article::{Document, RepoPath};
use crate::cache::Keep;
use crate::check::{self, Baseline, Beside, Card, Context, Extent, Outcome, Piece};
use crate::config::adopt::{Adoption, configuration_files};
use crate::config::{Config, Generator, Setting as Weight};
use crate::links::Watch;
use crate::report::Sources;
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

/// What lies in such a folder: where, of which mode, and the bytes of each.
pub(super) struct Ground<'a> {
    pub(super) files: BTreeMap<RepoPath, u32>,
    pub(super) read: &'a Read<'a>,
    /// Where what was computed may be kept.
    pub(super) cache: Option<PathBuf>,
    /// What stays there.
    pub(super) keep: Keep,
}

/// Reads a file; none where it is gone.
pub(super) type Read<'a> = dyn Fn(&RepoPath) -> Result<Option<Vec<u8>>> + Sync + 'a;

impl Newsroom {
    /// Checks the Markdown in `setting.directory`, which is no newsroom: at `paths`, all of it for no paths. Nothing is
    /// demanded that only a newsroom has; files are read, and nothing else. Where somebody watches, other sites are asked
    /// where links to them lead.
    pub fn check_folder(setting: &Setting, paths: &[String], watch: Option<Watch<'_>>) -> Result<Loose> {
        let folder = PlainFolder::open(&setting.directory)?;
        let read = |path: &RepoPath| Ok(folder.read(path)?);
        let files: BTreeMap<RepoPath, u32> = folder.files()?.into_iter().collect();
        let wanted = wanted(&folder, &files, paths)?;
        let keep = if wanted.is_empty() { Keep::Asked } else { Keep::All };
        let ground = Ground { files, read: &read, cache: folder.cache(), keep };
        ground.check(setting, &wanted, |_| true, watch)
    }
}

impl Ground<'_> {
    /// Checks what stands at `wanted` (anywhere, for none) and is `meant`.
    pub(super) fn check(
        &self,
        setting: &Setting,
        wanted: &[RepoPath],
        meant: impl Fn(&RepoPath) -> bool,
        watch: Option<Watch<'_>>,
    ) -> Result<Loose> {
        let Articles { mains, others, passed_by } = self.articles(wanted, meant)?;
        let config = self.settings()?;
        let (schemas, styles) = (Schemas::default(), Styles::default());
        let context = Context { config: &config, schemas: &schemas, styles: &styles, answers: None, now: setting.now };
        let outcomes: Vec<Outcome> =
            mains.par_iter().filter_map(|main| Some(check::one(&self.piece(main)?, &context))).collect();
        let others: Vec<Card> =
            others.par_iter().filter_map(|main| Some(Card::of(&self.piece(main)?, &context))).collect();
        let heard = watch.map(|watch| {
            let contact = config.newsroom.url.as_deref();
            outside::asked(&outcomes, setting, contact, (self.cache.as_deref(), self.keep), watch)
        });
        let (answers, outside) = heard.unzip();
        let context = Context { answers: answers.as_ref(), ..context };
        let mut told = check::gather(outcomes, others, Extent::Newsroom, &context);
        told.keep(|path| mains.iter().any(|main| main.as_str() == path));
        let settled = check::settle(told, &context, &Baseline::default(), |_| None);
        let mut sources = Sources::new();
        let about: BTreeSet<&str> =
            settled.told.findings.iter().filter_map(|finding| finding.path.as_deref()).collect();
        for main in mains.iter().filter(|main| about.contains(main.as_str())) {
            let bytes = (self.read)(main)?.unwrap_or_default();
            sources.insert(main.to_string(), Document::read(RepoPath::clone(main), &bytes).0.text);
        }
        let checked = Checked {
            findings: settled.told.findings,
            suppressed: settled.suppressed,
            in_baseline: 0,
            sources,
            articles: mains.len(),
            outside,
        };
        Ok(Loose { checked, passed_by })
    }

    /// The articles, those first that are wanted and meant.
    pub(super) fn articles(&self, wanted: &[RepoPath], meant: impl Fn(&RepoPath) -> bool) -> Result<Articles<'_>> {
        let is_wanted = |path: &RepoPath| wanted.is_empty() || wanted.iter().any(|wanted| path.is_within(wanted));
        let mut articles = Articles::default();
        for main in mains_of(&self.files) {
            let chosen = is_wanted(main) && meant(main);
            let Some(bytes) = (self.read)(main)? else { continue };
            match (has_front_matter(&bytes) || wanted.contains(main), chosen) {
                (true, true) => articles.mains.push(main),
                (true, false) => articles.others.push(main),
                (false, true) => articles.passed_by += 1,
                (false, false) => {}
            }
        }
        Ok(articles)
    }

    /// An article with the files beside it.
    pub(super) fn piece(&self, main: &RepoPath) -> Option<Piece> {
        let bytes = (self.read)(main).ok().flatten()?;
        Some(Piece::read(main.clone(), &bytes, files_beside(main, &self.files)))
    }
}

/// The articles of such a folder.
#[derive(Default)]
pub(super) struct Articles<'a> {
    pub(super) mains: Vec<&'a RepoPath>,
    /// Those that are only compared with.
    others: Vec<&'a RepoPath>,
    passed_by: usize,
}

impl Ground<'_> {
    /// What is known without a `desk.toml`: what the site's own configuration says, where Hugo or Zola makes the pages.
    /// Otherwise nobody knows what makes them, and nothing is said of what that would do.
    pub(super) fn settings(&self) -> Result<Config> {
        let paths: Vec<RepoPath> = self.files.keys().cloned().collect();
        let mut configurations = Vec::new();
        for path in configuration_files(&paths) {
            configurations.extend((self.read)(path)?.map(|bytes| (path.clone(), bytes)));
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
}

/// The folders and files that are meant; none for all.
pub(super) fn wanted(folder: &PlainFolder, files: &BTreeMap<RepoPath, u32>, paths: &[String]) -> Result<Vec<RepoPath>> {
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

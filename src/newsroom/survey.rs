//! What is in a repository before desk comes: its articles, what renders them, and what they have in common.

use std::collections::BTreeMap;

use super::error::Result;
use super::{Newsroom, Setting};
use crate::article::{Digest, Document, ObjectId, RepoPath, Write, yaml};
use crate::config::adopt::{Adoption, configuration_files};
use crate::config::{Articles, Config, Generator, PathPattern};
use crate::finding::Finding;
use crate::ledger::{BeforeDesk, before_digest};
use crate::repository::{Error as Unreadable, Head, Repository};
use crate::schema;

/// What becomes of front matter in YAML, which desk reads but keeps nothing in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Yaml {
    /// It stays as it is.
    #[default]
    Leave,
    /// It becomes TOML where that can be done with certainty.
    Convert,
}

/// What is there, as the last saved version has it: files that git does not keep are nobody's articles yet.
#[derive(Debug, Clone)]
pub struct Survey {
    /// What renders it.
    pub generator: Generator,
    /// What the site is called.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The folder of its articles; none where none was found.
    pub root: Option<RepoPath>,
    /// How most of them are laid out.
    pub path: PathPattern,
    /// Articles by kind, with the schema that holds for all of one kind.
    pub schemas: Vec<(String, String)>,
    /// Articles whose front matter is YAML and can become TOML.
    pub yaml: Vec<RepoPath>,
    /// Articles whose front matter is YAML that two readers could read in two ways: why, and where.
    pub uncertain: Vec<Finding>,
    pub(super) before: BeforeDesk,
    /// The version that was surveyed, and the folder that was asked for.
    pub(super) of: Option<(ObjectId, Option<RepoPath>)>,
    conversions: Vec<Conversion>,
}

/// What an article in YAML becomes if it is converted.
#[derive(Debug, Clone)]
struct Conversion {
    home: RepoPath,
    write: Write,
    before: Digest,
}

impl Newsroom {
    /// What is in `setting.directory` before it is a newsroom. `root` is the folder of the articles where somebody
    /// said it. A folder that is no repository has nothing to survey.
    pub fn survey(setting: &Setting, root: Option<&RepoPath>) -> Result<Survey> {
        let repository = match Repository::open(&setting.directory) {
            Ok(repository) => repository,
            Err(Unreadable::NoRepository(_)) => return Ok(Survey::empty(root)),
            Err(other) => return Err(other.into()),
        };
        match repository.head()? {
            Head::Branch(_, tip) | Head::Detached(tip) => Survey::of(&repository, tip, root),
            Head::Unborn(_) => Ok(Survey::empty(root)),
        }
    }
}

impl Survey {
    pub(super) fn empty(root: Option<&RepoPath>) -> Self {
        Self {
            generator: Generator::Desk,
            title: None,
            url: None,
            language: None,
            root: root.cloned(),
            path: Config::default().articles.path,
            schemas: Vec::new(),
            yaml: Vec::new(),
            uncertain: Vec::new(),
            before: BeforeDesk::default(),
            of: None,
            conversions: Vec::new(),
        }
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.before.articles.len()
    }

    /// Turns every article in YAML that can be turned into TOML: the files to write. What they will be is what stood
    /// there before desk.
    pub(super) fn convert(&mut self) -> Vec<Write> {
        let mut writes = Vec::new();
        for one in std::mem::take(&mut self.conversions) {
            self.before.articles.insert(one.home, one.before);
            writes.push(one.write);
        }
        writes
    }

    pub(super) fn of(repository: &Repository, tip: ObjectId, root: Option<&RepoPath>) -> Result<Self> {
        let files = repository.files_at(tip, None)?.files;
        let paths: Vec<RepoPath> = files.iter().map(|file| file.path.clone()).collect();
        let mut configurations = Vec::new();
        for path in configuration_files(&paths) {
            configurations.extend(repository.file_at(tip, path)?.map(|bytes| (path.clone(), bytes)));
        }
        let of = Some((tip, root.cloned()));
        let Some(found) = Adoption::find(&paths, &configurations, root) else {
            return Ok(Self { of, ..Self::empty(root) });
        };
        let mut survey = Self {
            generator: found.generator,
            title: found.title.clone(),
            url: found.url.clone(),
            language: found.language.clone(),
            root: Some(found.root.clone()),
            path: found.path.clone(),
            of,
            ..Self::empty(root)
        };
        let articles = Articles { root: found.root.clone(), path: found.path.clone(), ..Config::default().articles };
        let mut by_kind: BTreeMap<String, Vec<Document>> = BTreeMap::new();
        for main in &found.mains {
            let document = survey.take_in(repository, tip, &articles, main)?;
            by_kind.entry(articles.kind_by_place(main)).or_default().extend(document);
        }
        let infer = |(kind, documents): (String, Vec<Document>)| {
            let text = schema::infer(&kind, &documents);
            (kind, text)
        };
        survey.schemas = by_kind.into_iter().map(infer).collect();
        Ok(survey)
    }

    /// Takes one article in, and gives it as far as it can be read.
    fn take_in(
        &mut self,
        repository: &Repository,
        tip: ObjectId,
        articles: &Articles,
        main: &RepoPath,
    ) -> Result<Option<Document>> {
        let home = articles.home(main);
        let mut entries = repository.entries_at(tip, &home)?;
        self.before.articles.insert(home.clone(), before_digest(&home, &entries));
        let Some(entry) = entries.iter_mut().find(|entry| entry.path == *main) else { return Ok(None) };
        let (read, findings) = Document::read(main.clone(), &entry.bytes);
        if !findings.iter().any(|finding| finding.rule == "yaml-front-matter") {
            return Ok(findings.is_empty().then_some(read));
        }
        let document = match yaml::convert(main, &entry.bytes) {
            Ok(text) => {
                let document = Document::read(main.clone(), text.as_bytes()).0;
                entry.bytes = text.into_bytes();
                let write = Write::put(main.clone(), entry.bytes.clone());
                let before = before_digest(&home, &entries);
                self.yaml.push(main.clone());
                self.conversions.push(Conversion { home, write, before });
                Some(document)
            }
            Err(finding) => {
                self.uncertain.push(*finding);
                None
            }
        };
        Ok(document)
    }
}

//! Making the fixes that findings carry in the working folder, and writing down what is not mended yet.

use std::collections::{BTreeMap, HashMap};

use super::Newsroom;
use super::checking::Listed;
use super::error::Result;
use crate::article::{Change, Document, FileStep, ObjectId, Reach, RepoPath, Stage};
use crate::check::{self, BASELINE_FILE, Baseline, Extent, Mending, Piece};
use crate::finding::Finding;
use crate::repository::TreeFile;

/// One article, mended.
#[derive(Debug, Clone)]
pub struct MendedArticle {
    /// Its slug, or its path while it has none.
    pub name: String,
    /// Its file as it was.
    pub before: Document,
    /// Its file as it is then.
    pub after: Document,
    /// What was mended.
    pub made: Vec<Finding>,
}

/// What mending does.
#[derive(Debug, Clone, Default)]
pub struct MendedNewsroom {
    /// The articles that differ for it.
    pub articles: Vec<MendedArticle>,
    /// How many more findings the unsafe fixes would mend.
    pub more: usize,
    /// Public articles that have something to mend and were left alone, because nobody named them.
    pub public: Vec<String>,
}

impl MendedNewsroom {
    /// How many findings were mended.
    pub fn made(&self) -> usize {
        self.articles.iter().map(|article| article.made.len()).sum()
    }
}

/// What became of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenBaseline {
    /// How many findings it holds.
    pub findings: usize,
    /// In how many files.
    pub files: usize,
    /// How many it held before; none when there was none.
    pub before: Option<usize>,
}

/// An article's words on disk, ready to be mended.
struct Here {
    piece: Piece,
    /// Whether the public version has the same bytes.
    same: bool,
}

impl Newsroom {
    /// What mending the articles at `paths` would do; nothing is written. Public words change for readers only with a
    /// correction, so without a path they are left alone, unless desk does not keep them.
    pub fn mendable(&self, paths: &[String], mending: Mending) -> Result<MendedNewsroom> {
        let here = self.on_disk(paths)?;
        let schemas = self.schemas()?;
        let pieces: Vec<Piece> = here.iter().map(|here| here.piece.clone()).collect();
        let style = self.house_style()?;
        let mended = check::mend_each(&pieces, &self.context(&schemas, &style), &self.house.baseline, mending);
        let mut all = MendedNewsroom::default();
        for (here, mended) in here.into_iter().zip(mended) {
            let before = &here.piece.document;
            let name = self.slug_of(before).map_or(before.path.to_string(), |slug| slug.to_string());
            if paths.is_empty() && here.is_public() {
                all.public.extend((!mended.made.is_empty()).then_some(name));
                continue;
            }
            all.more += mended.more;
            if !mended.made.is_empty() {
                let after = Document::read(before.path.clone(), mended.text.as_bytes()).0;
                all.articles.push(MendedArticle { name, before: here.piece.document, after, made: mended.made });
            }
        }
        Ok(all)
    }

    /// Mends the articles at `paths` in the working folder, as one operation that `desk undo` takes back. What
    /// somebody writes to a file meanwhile stays.
    pub fn mend(&mut self, paths: &[String], mending: Mending) -> Result<MendedNewsroom> {
        self.write(|work| {
            let mended = work.newsroom.mendable(paths, mending)?;
            if mended.articles.is_empty() {
                return Ok(mended);
            }
            let step = |article: &MendedArticle| FileStep {
                path: article.before.path.clone(),
                expect: Some(article.before.text.as_bytes().to_vec()),
                bytes: Some(article.after.text.as_bytes().to_vec()),
            };
            let summary = match &mended.articles[..] {
                [only] => format!("mended {}", only.name),
                several => format!("mended {} articles", several.len()),
            };
            work.apply(&Change {
                summary,
                articles: mended.articles.iter().filter_map(|article| article.before.id()).collect(),
                steps: Vec::new(),
                files: mended.articles.iter().map(step).collect(),
                reach: Reach::Here,
            })?;
            Ok(mended)
        })
    }

    /// Writes the baseline anew: where there is none, of all that is found now; else without what is not found any
    /// more. It never grows.
    pub fn write_baseline(&mut self) -> Result<WrittenBaseline> {
        self.write(|work| {
            let path = RepoPath::new(BASELINE_FILE).expect("a sound name");
            let newsroom = &*work.newsroom;
            let expect = newsroom.repository.read_working(&path)?;
            let old = expect.as_deref().map(|bytes| super::open::baseline(&path, bytes)).transpose()?;
            let found = newsroom.unmended()?;
            let new = old.as_ref().map_or(found.clone(), |old| old.shrunk(&found));
            let bytes = (new.findings() > 0).then(|| new.text().into_bytes());
            let written =
                WrittenBaseline { findings: new.findings(), files: new.files(), before: old.map(|old| old.findings()) };
            if bytes != expect {
                work.apply(&Change {
                    summary: "wrote the baseline".to_owned(),
                    articles: Vec::new(),
                    steps: Vec::new(),
                    files: vec![FileStep { path, expect, bytes }],
                    reach: Reach::Here,
                })?;
            }
            Ok(written)
        })
    }

    /// All that is found in the working folder and not left out with a reason, as a baseline has it.
    fn unmended(&self) -> Result<Baseline> {
        let here = self.on_disk(&[])?;
        let schemas = self.schemas()?;
        let style = self.house_style()?;
        let context = self.context(&schemas, &style);
        let told = check::over(&here, |here| Some(here.piece.clone()), Extent::Newsroom, &context);
        let texts: BTreeMap<&str, &str> =
            here.iter().map(|here| (here.piece.document.path.as_str(), &*here.piece.document.text)).collect();
        let text_of = |path: &str| texts.get(path).copied();
        let settled = check::settle(told, &context, &Baseline::default(), text_of);
        Ok(Baseline::of(&settled.told.findings, text_of))
    }

    /// The articles at `paths` that stand in the working folder, with their bytes there.
    fn on_disk(&self, paths: &[String]) -> Result<Vec<Here>> {
        let root = &self.house.config.articles.root;
        let listed = self.listed(&self.repository.working_files(Some(root))?);
        let wanted = self.wanted(paths, &listed)?;
        let is_wanted = |path: &RepoPath| wanted.is_empty() || wanted.iter().any(|wanted| path.is_within(wanted));
        let listed: HashMap<RepoPath, Listed> = listed
            .into_iter()
            .filter(|listed| is_wanted(&listed.main.path))
            .map(|listed| (listed.main.path.clone(), listed))
            .collect();
        let mut files: Vec<TreeFile> = listed.values().map(|listed| listed.main.clone()).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let public = self.repository.files_at(self.base_tip, Some(root))?.files;
        let public: HashMap<RepoPath, ObjectId> = public.into_iter().map(|file| (file.path, file.id)).collect();
        self.repository
            .read_each_here(&files, |file, bytes| {
                let beside = listed[&file.path].files.clone();
                let same = public.get(&file.path) == Some(&file.id);
                Here { piece: Piece::read(file.path.clone(), &bytes, beside), same }
            })
            .map_err(Into::into)
    }
}

impl Here {
    /// Whether readers have these very words.
    fn is_public(&self) -> bool {
        let document = &self.piece.document;
        self.same && document.is_adopted() && document.stage() == Some(Stage::Published)
    }
}

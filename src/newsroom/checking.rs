//! What `desk check` asks the rules about: the articles of the working folder as they stand there now, or those of one
//! commit.
//!
//! What the rules said of an article is remembered under the names of its words, of the files beside them and of all
//! that the rules went by, so a second look costs no more than finding out what changed.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use rayon::prelude::*;

use super::Newsroom;
use super::error::Result;
use super::judgements::{Judgements, Names, rules_at};
use super::judging::beside;
use super::outside::Told;
use crate::article::{Body, Document, ObjectId, RepoPath};
use crate::cache::Keep;
use crate::check::{self, Beside, Card, Context, Extent, Outcome, Piece};
use crate::config::DESK_FILE;
use crate::finding::Finding;
use crate::links::Watch;
use crate::report::Sources;
use crate::repository::TreeFile;

/// What the rules said.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The findings, in a stable order.
    pub findings: Vec<Finding>,
    /// How many more there would be, had nobody asked to leave them out.
    pub suppressed: usize,
    /// How many more still, had they not stood in the baseline.
    pub in_baseline: usize,
    /// The texts that they are about.
    pub sources: Sources,
    /// How many articles were checked.
    pub articles: usize,
    /// What came of asking other sites, where somebody wanted that.
    pub outside: Option<Told>,
}

/// Where the articles stand that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// In the working folder, saved or not.
    Folder,
    /// In git: in a commit, or in what the next one is to be.
    Stored,
}

/// One article among the files of a tree, unread.
pub(super) struct Listed {
    pub(super) main: TreeFile,
    pub(super) files: Vec<Beside>,
}

/// What is to be known of an article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// What the rules say of it.
    Judged,
    /// Only what the rules that compare articles need.
    Known,
}

impl Wanted {
    fn of(listed: &Listed, wanted: &[RepoPath]) -> Self {
        let meant = wanted.is_empty() || wanted.iter().any(|wanted| listed.main.path.is_within(wanted));
        if meant { Self::Judged } else { Self::Known }
    }
}

/// What is known of an article.
enum Known {
    /// What the rules say, and the text they say it of, where it was just read and there is something to show of it.
    Outcome(Outcome, Option<Arc<str>>),
    Card(Card),
}

/// What is to be remembered of a look, to be written down while something else is done.
struct Memory {
    said: Judgements,
    keep: Keep,
    asked: Vec<Names>,
}

impl Memory {
    fn close(self) {
        self.said.close(self.keep, &self.asked);
    }
}

impl Newsroom {
    /// Checks the articles at `paths` in the working folder, all of them for no paths. A path may also be an article's
    /// slug. Of the others as much is read as it takes to compare: an address is one article's only if no other has it.
    /// Where somebody watches, other sites are asked where links to them lead.
    pub(super) fn check_here(&self, paths: &[String], watch: Option<Watch<'_>>) -> Result<Checked> {
        let files = self.repository.working_files(Some(&self.house.config.articles.root))?;
        let listed = self.listed(&files);
        self.check_among(&listed, Stand::Folder, &self.wanted(paths, &listed)?, watch)
    }

    /// The same for the articles as one commit has them, under the public version's rules.
    pub(super) fn check_at(&self, commit: ObjectId, paths: &[String], watch: Option<Watch<'_>>) -> Result<Checked> {
        let files = self.repository.files_at(commit, Some(&self.house.config.articles.root))?.files;
        let listed = self.listed(&files);
        self.check_among(&listed, Stand::Stored, &self.wanted(paths, &listed)?, watch)
    }

    /// The same for those of `listed` that are `wanted`, all of them for none, wherever they stand.
    pub(super) fn check_among(
        &self,
        listed: &[Listed],
        stand: Stand,
        wanted: &[RepoPath],
        watch: Option<Watch<'_>>,
    ) -> Result<Checked> {
        let chosen: Vec<Wanted> = listed.iter().map(|listed| Wanted::of(listed, wanted)).collect();
        let schemas = self.schemas()?;
        let style = self.house_style()?;
        let context = self.context(&schemas, &style);
        let (mut outcomes, mut others, mut texts) = (Vec::new(), Vec::new(), Sources::new());
        let (known, memory) = self.said_of(listed, &chosen, stand, &context)?;
        for known in known {
            match known {
                Known::Outcome(outcome, text) => {
                    texts.extend(text.map(|text| (outcome.card.path.to_string(), text)));
                    outcomes.push(outcome);
                }
                Known::Card(card) => others.push(card),
            }
        }
        let articles = outcomes.len();
        let is_whole = stand == Stand::Folder && wanted.is_empty();
        let keep = if is_whole { Keep::Asked } else { Keep::All };
        let heard = watch.map(|watch| self.asked(&outcomes, keep, watch));
        let (answers, outside) = heard.unzip();
        let context = Context { answers: answers.as_ref(), ..context };
        let exposed = self.exposed(outcomes.iter().map(|outcome| &outcome.card), &context)?;
        let gather = || check::gather(outcomes, others, Extent::Newsroom, &context);
        let (mut told, ()) = rayon::join(gather, || memory.close());
        told.findings.extend(exposed);
        check::sort(&mut told.findings);
        let is_wanted = |path: &RepoPath| wanted.is_empty() || wanted.iter().any(|wanted| path.is_within(wanted));
        told.keep(|path| path.parse().is_ok_and(|path| is_wanted(&path)));
        // What the baseline holds is found by marks; the words are read only where there is none, and where more is said.
        let unmarked = told.findings.iter().filter(|finding| finding.mark.is_none());
        let texts =
            if self.house.baseline.findings() == 0 { texts } else { self.sources(listed, stand, unmarked, texts)? };
        let text_of = |path: &str| texts.get(path).map(|text| &**text);
        let settled = check::settle(told, &context, &self.house.baseline, text_of);
        let mut sources = self.sources(listed, stand, settled.told.findings.iter(), texts)?;
        let desk = RepoPath::new(DESK_FILE).expect("a sound name");
        let extent = if wanted.is_empty() { Extent::Newsroom } else { Extent::Part };
        let mut findings = check::of_settings(&self.house.config, &desk, &style.shelf, &style.styles);
        findings.extend(settled.of_settings(&desk, extent, &context));
        if !findings.is_empty()
            && let Some(bytes) = self.repository.file_at(self.base_tip, &desk)?
        {
            sources.insert(desk.to_string(), String::from_utf8_lossy(&bytes).into());
        }
        let (suppressed, in_baseline) = (settled.suppressed, settled.in_baseline);
        findings.extend(settled.told.findings);
        Ok(Checked { articles, findings, suppressed, in_baseline, sources, outside })
    }

    /// The articles among `files`, those left aside that `[check] exclude` names.
    pub(super) fn listed(&self, files: &[TreeFile]) -> Vec<Listed> {
        let house = &self.house.config;
        let by_path: BTreeMap<&str, &TreeFile> = files.iter().map(|file| (file.path.as_str(), file)).collect();
        let ordinary = files.iter().filter(|file| file.mode & 0o170_000 == 0o100_000);
        let mains = house.articles.mains(ordinary.map(|file| &file.path));
        let excluded = |path: &RepoPath| house.check.exclude.iter().any(|glob| glob.matches(path));
        mains
            .par_iter()
            .with_min_len(256)
            .filter(|main| !excluded(main))
            .filter_map(|main| {
                let files = files_beside(&house.articles.home(main), main, &by_path);
                Some(Listed { main: (*by_path.get(main.as_str())?).clone(), files })
            })
            .collect()
    }

    /// The folders and files that are meant; none for everything.
    pub(super) fn wanted(&self, paths: &[String], listed: &[Listed]) -> Result<Vec<RepoPath>> {
        let stands = |path: &RepoPath| listed.iter().any(|listed| listed.main.path.is_within(path));
        let mut wanted = Vec::new();
        for path in paths {
            // The newsroom's own folder is everything.
            if self.is_root(path) {
                return Ok(Vec::new());
            }
            wanted.push(match self.path_here(path).filter(stands) {
                Some(found) => found,
                None => self.find(Some(path))?.newest().home.clone(),
            });
        }
        Ok(wanted)
    }

    /// What the rules say of each article, remembered or asked anew, and what is to be remembered of it.
    fn said_of(
        &self,
        listed: &[Listed],
        chosen: &[Wanted],
        stand: Stand,
        context: &Context<'_>,
    ) -> Result<(Vec<Known>, Memory)> {
        let (said, rules) = (Judgements::open(&self.repository), rules_at(&self.repository, self.base_tip)?);
        let naming = said.naming(&rules);
        let names = |listed: &Listed| naming.of(&listed.main.path, listed.main.id, &listed.files);
        let all: Vec<Names> = listed.par_iter().with_min_len(256).map(names).collect();
        let known = |(names, wanted): (&Names, &Wanted)| match wanted {
            Wanted::Judged => said.outcome(*names).map(|outcome| Known::Outcome(outcome, None)),
            Wanted::Known => said.card(*names).map(Known::Card),
        };
        let remembered: Vec<Option<Known>> = all.par_iter().zip(chosen).with_min_len(256).map(known).collect();
        let missing: Vec<usize> = (0..listed.len()).filter(|&at| remembered[at].is_none()).collect();
        let files: Vec<TreeFile> = missing.iter().map(|&at| listed[at].main.clone()).collect();
        let places: HashMap<&RepoPath, usize> = missing.iter().map(|&at| (&listed[at].main.path, at)).collect();
        let judge = |file: &TreeFile, bytes: Vec<u8>| {
            let at = places[&file.path];
            // What was written since the folder was looked through is not what the keys name.
            let names = (file.id == listed[at].main.id).then_some(all[at]);
            judged(&listed[at], &bytes, chosen[at], names.map(|names| (&said, names)), context)
        };
        let judged = match stand {
            Stand::Folder => self.repository.read_each_here(&files, judge),
            Stand::Stored => self.repository.read_each(&files, judge),
        }?;
        // A look at a part, or at another edition, leaves what is known of the folder.
        let is_whole = stand == Stand::Folder && chosen.iter().all(|wanted| *wanted == Wanted::Judged);
        let keep = if is_whole { Keep::Asked } else { Keep::All };
        let mut judged = judged.into_iter();
        let known = remembered.into_iter().filter_map(|known| known.or_else(|| judged.next())).collect();
        Ok((known, Memory { said, keep, asked: all }))
    }

    /// The texts that the findings are about; `read` are those that were read already.
    fn sources<'a>(
        &self,
        listed: &[Listed],
        stand: Stand,
        findings: impl Iterator<Item = &'a Finding>,
        mut read: Sources,
    ) -> Result<Sources> {
        let about: std::collections::HashSet<&str> = findings.filter_map(|finding| finding.path.as_deref()).collect();
        let files: Vec<TreeFile> = listed
            .iter()
            .filter(|listed| about.contains(listed.main.path.as_str()) && !read.contains_key(listed.main.path.as_str()))
            .map(|listed| listed.main.clone())
            .collect();
        let text =
            |file: &TreeFile, bytes: Vec<u8>| (file.path.to_string(), Document::read(file.path.clone(), &bytes).0.text);
        let texts = match stand {
            Stand::Folder => self.repository.read_each_here(&files, text),
            Stand::Stored => self.repository.read_each(&files, text),
        }?;
        read.extend(texts);
        Ok(read)
    }
}

/// Asks the rules, and remembers what they say where that is wanted.
fn judged(
    listed: &Listed,
    bytes: &[u8],
    wanted: Wanted,
    memory: Option<(&Judgements, Names)>,
    context: &Context<'_>,
) -> Known {
    let path = listed.main.path.clone();
    if wanted == Wanted::Known {
        let card = known(path, bytes, context);
        if let Some((said, names)) = memory {
            said.keep_card(names, &card);
        }
        return Known::Card(card);
    }
    let piece = Piece::read(path, bytes, listed.files.clone());
    let outcome = check::one(&piece, context);
    if let Some((said, names)) = memory {
        said.keep(names, &outcome);
    }
    let is_shown = !outcome.findings.is_empty();
    Known::Outcome(outcome, is_shown.then(|| Arc::clone(&piece.document.text)))
}

/// What other articles need of one.
pub(super) fn known(path: RepoPath, bytes: &[u8], context: &Context<'_>) -> Card {
    let (document, findings) = Document::read(path, bytes);
    Card::of(&Piece { document, body: Body::default(), findings, files: Vec::new() }, context)
}

fn files_beside(home: &RepoPath, main: &RepoPath, by_path: &BTreeMap<&str, &TreeFile>) -> Vec<Beside> {
    let folder = format!("{home}/");
    by_path
        .range::<str, _>((Bound::Excluded(folder.as_str()), Bound::Unbounded))
        .take_while(|(path, _)| path.starts_with(&folder))
        .filter(|(_, file)| file.path != *main)
        .map(|(_, file)| beside(&file.path, file.mode, 0))
        .collect()
}

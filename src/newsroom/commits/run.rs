//! The commits of a range, judged and read one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::bench::{Anywhere, Benches, Held};
use super::ends::Between;
use super::placing::{Place, Placed};
use super::words::Words;
use crate::article::{ObjectId, RepoPath};
use crate::check;
use crate::config::{DESK_FILE, STAFF_FILE};
use crate::finding::Finding;
use crate::history::{self, Bench, Break, Step};
use crate::ledger::Who;
use crate::newsroom::checking::Checked;
use crate::newsroom::error::{Error, Result};
use crate::newsroom::open::{house_at, schemas_at};
use crate::newsroom::{Newsroom, Setting};
use crate::report::Sources;
use crate::repository::{Changed, Commit, Comparison, Repository};

/// The commits of a range, found and not looked at yet.
pub struct Examined {
    pub(super) repository: Repository,
    pub(super) now: Timestamp,
    pub(super) placed: Placed,
}

impl Newsroom {
    /// The commits of a range. The public version need not be here by name, as in most copies that a forge makes.
    pub fn commits(setting: &Setting, between: &Between) -> Result<Examined> {
        Self::commits_in(Repository::open(&setting.directory)?, setting.now, between)
    }

    /// The commits of a range of this newsroom.
    pub(in crate::newsroom) fn commits_here(&self, between: &Between) -> Result<Examined> {
        Self::commits_in(self.repository.opener().open()?, self.setting.now, between)
    }

    fn commits_in(repository: Repository, now: Timestamp, between: &Between) -> Result<Examined> {
        let placed = Placed::find(&repository, between)?;
        let mut any = false;
        for at in placed.base.into_iter().chain([placed.to]) {
            any |= repository.entry_at(at, &path(DESK_FILE))?.is_some();
        }
        if !any {
            return Err(Error::NoNewsroom);
        }
        Ok(Examined { repository, now, placed })
    }
}

impl Examined {
    /// How many commits there are.
    pub fn commits(&self) -> usize {
        self.placed.commits.len()
    }

    /// Judges each, and checks the articles that it touches as they stand in it; `judged` is called after each.
    pub fn check(&self, judged: impl FnMut()) -> Result<Checked> {
        let mut words = Words::new(&self.repository, self.now);
        let (mut findings, mut sources) = self.trial(Some(&mut words), judged)?;
        let said = words.finish(self.placed.to, &mut sources)?;
        findings.extend(said.findings);
        check::sort(&mut findings);
        let (suppressed, in_baseline) = (said.suppressed, said.in_baseline);
        Ok(Checked { findings, suppressed, in_baseline, sources, articles: said.articles, outside: None })
    }

    /// Judges each, and reads no article: what commits may not do, and what cannot be read any more of how the newsroom
    /// works.
    pub fn deeds(&self) -> Result<Vec<Finding>> {
        let (mut findings, _) = self.trial(None, || ())?;
        check::sort(&mut findings);
        Ok(findings)
    }

    fn trial(&self, mut words: Option<&mut Words<'_>>, mut judged: impl FnMut()) -> Result<(Vec<Finding>, Sources)> {
        let mut trial = Trial {
            repository: &self.repository,
            past: Anywhere::new(&self.repository),
            placed: &self.placed,
            benches: Benches::new(&self.repository),
            breaks: Vec::new(),
            touched: BTreeMap::new(),
        };
        for (commit, place) in &self.placed.commits {
            let sides = trial.sides(commit, *place)?;
            let own = own(&sides);
            for file in &own {
                trial.touched.insert(file.path.clone(), commit.id);
            }
            // What it is checked by is what stood before it is judged.
            let held = trial.held(commit, *place)?;
            trial.judge(commit, *place, &sides)?;
            if let (Some(words), Some(held)) = (words.as_deref_mut(), held) {
                words.commit(commit.id, &own, &held)?;
            }
            judged();
        }
        trial.lost_in_merges()?;
        trial.untold_in_the_end()?;
        let mut sources = Sources::new();
        let findings = trial.findings(&mut sources)?;
        Ok((findings, sources))
    }
}

/// What a commit itself changed: what differs from every parent.
fn own(sides: &[(Step, Comparison)]) -> Vec<&Changed> {
    let Some(((_, first), others)) = sides.split_first() else { return Vec::new() };
    let changed = |path: &RepoPath, other: &Comparison| other.files.iter().any(|file| file.path == *path);
    first.files.iter().filter(|file| others.iter().all(|(_, other)| changed(&file.path, other))).collect()
}

struct Trial<'a> {
    repository: &'a Repository,
    past: Anywhere<'a>,
    placed: &'a Placed,
    benches: Benches<'a>,
    breaks: Vec<Break>,
    /// Every path that a commit changed itself, with the last that did.
    touched: BTreeMap<RepoPath, ObjectId>,
}

impl Trial<'_> {
    /// A commit against its first parent, or against each parent when it is only proposed.
    fn sides(&self, commit: &Commit, place: Place) -> Result<Vec<(Step, Comparison)>> {
        let parents: Vec<Option<ObjectId>> = match (place, commit.parents.len()) {
            (_, 0) => vec![None],
            (Place::Base, _) => vec![commit.parents.first().copied()],
            (Place::Proposed(_), _) => commit.parents.iter().copied().map(Some).collect(),
        };
        parents
            .into_iter()
            .map(|parent| {
                let found = self.repository.changed(parent, Some(commit.id), None)?;
                Ok((step(commit, parent, &found), found))
            })
            .collect()
    }

    /// The rules by which the words of a commit are checked; none where there is no newsroom yet, and where the public
    /// version's own cannot be read, which its judge says.
    fn held(&mut self, commit: &Commit, place: Place) -> Result<Option<Arc<Held>>> {
        let readable = |held: Result<_>| match held {
            Err(Error::Configuration { .. }) => Ok(None),
            other => other,
        };
        if let Place::Proposed(base) = place
            && let Some(held) = self.benches.at(base)?
        {
            return Ok(Some(held));
        }
        let before = match commit.parents.first() {
            Some(parent) => readable(self.benches.at(*parent))?,
            None => None,
        };
        if before.is_some() { Ok(before) } else { readable(self.benches.at(commit.id)) }
    }

    fn judge(&mut self, commit: &Commit, place: Place, sides: &[(Step, Comparison)]) -> Result<()> {
        let held = match place {
            Place::Base => None,
            Place::Proposed(base) => self.benches.at(base)?.map(|held| (base, held)),
        };
        let breaks = match held {
            Some((base, held)) => {
                let bench = Bench { base, rules: &held.rules, corrections: &self.placed.corrections };
                let steps: Vec<Step> = sides.iter().map(|(step, _)| step.clone()).collect();
                history::judge_proposed(&steps, &self.past, &bench)?
            }
            // Also where a newsroom is only being founded: nothing came before it.
            None => match sides.first() {
                Some((step, _)) => history::judge(step, &self.past)?.breaks,
                None => Vec::new(),
            },
        };
        for mut one in breaks {
            one.path = one.path.map(|path| self.file_of(commit, path)).transpose()?;
            self.breaks.push(one);
        }
        Ok(())
    }

    /// The file with an article's words, where `home` is its folder.
    fn file_of(&self, commit: &Commit, home: RepoPath) -> Result<RepoPath> {
        let Ok(main) = home.join("index.md") else { return Ok(home) };
        for at in std::iter::once(&commit.id).chain(&commit.parents) {
            if self.repository.entry_at(*at, &main)?.is_some() {
                return Ok(main);
            }
        }
        Ok(home)
    }

    /// What a merge took from one side although the other had changed it: no commit changed it, and it differs.
    fn lost_in_merges(&mut self) -> Result<()> {
        let Some(base) = self.placed.base else { return Ok(()) };
        let Some((last, _)) = self
            .placed
            .commits
            .iter()
            .rev()
            .find(|(commit, place)| commit.parents.len() > 1 && matches!(place, Place::Proposed(_)))
        else {
            return Ok(());
        };
        let Some(held) = self.benches.at(base)? else { return Ok(()) };
        let Some(fork) = self.repository.merge_base(base, self.placed.to)? else { return Ok(()) };
        let known = self.before_the_range(fork)?;
        let mut found = self.repository.changed(Some(fork), Some(self.placed.to), None)?;
        found.files.retain(|file| !self.touched.contains_key(&file.path) && !known.contains(&file.path));
        if found.files.is_empty() {
            return Ok(());
        }
        let step = Step { commit: self.placed.to, ..step(last, Some(fork), &found) };
        let bench = Bench { base, rules: &held.rules, corrections: &self.placed.corrections };
        let breaks = history::judge_proposed(&[step], &self.past, &bench)?;
        for mut one in breaks {
            one.commit = last.id;
            one.path = one.path.map(|path| self.file_of(last, path)).transpose()?;
            self.breaks.push(one);
        }
        Ok(())
    }

    /// What readers would not be told of if the proposed commits landed as they end.
    fn untold_in_the_end(&mut self) -> Result<()> {
        let (Some(base), Some((last, Place::Proposed(_)))) = (self.placed.base, self.placed.commits.last()) else {
            return Ok(());
        };
        let Some(held) = self.benches.at(base)? else { return Ok(()) };
        let Some(fork) = self.repository.merge_base(base, self.placed.to)? else { return Ok(()) };
        let found = self.repository.changed(Some(fork), Some(self.placed.to), None)?;
        let step = Step { commit: self.placed.to, ..step(last, Some(fork), &found) };
        let bench = Bench { base, rules: &held.rules, corrections: &self.placed.corrections };
        for mut one in history::judge_untold(&step, &self.past, &bench)? {
            one.path = one.path.map(|path| self.file_of(last, path)).transpose()?;
            self.breaks.push(one);
        }
        Ok(())
    }

    /// What was changed after `fork` and before the range: judged when it came.
    fn before_the_range(&self, fork: ObjectId) -> Result<BTreeSet<RepoPath>> {
        let within: BTreeSet<ObjectId> = self.placed.commits.iter().map(|(commit, _)| commit.id).collect();
        let mut known = BTreeSet::new();
        for id in self.repository.between(&[fork], self.placed.to)? {
            if !within.contains(&id) {
                let commit = self.repository.commit(id)?;
                let sides = self.sides(&commit, Place::Proposed(fork))?;
                known.extend(own(&sides).into_iter().map(|file| file.path.clone()));
            }
        }
        Ok(known)
    }

    /// What was not allowed, and what cannot be read any more of how the newsroom works.
    fn findings(&self, sources: &mut Sources) -> Result<Vec<Finding>> {
        let mut findings: Vec<Finding> = self.breaks.iter().map(Break::finding).collect();
        let (desk, staff, schemas) = (path(DESK_FILE), path(STAFF_FILE), path("schemas"));
        let is_touched = |path: &RepoPath| *path == desk || *path == staff || path.is_within(&schemas);
        if !self.touched.keys().any(is_touched) {
            return Ok(findings);
        }
        let to = self.placed.to;
        let houses =
            [house_at(self.repository, to, &desk, &staff).map(|_| ()), schemas_at(self.repository, to).map(|_| ())];
        for house in houses {
            match house {
                Err(Error::Configuration { path, text, findings: said }) => {
                    let by = RepoPath::new(path.as_str()).ok().and_then(|path| self.touched.get(&path));
                    let commit = Some(by.unwrap_or(&to).to_string());
                    let placed = |one| Finding { commit: commit.clone(), path: Some(path.clone()), ..one };
                    findings.extend(said.into_iter().map(placed));
                    sources.insert(path, text.into());
                }
                other => other?,
            }
        }
        Ok(findings)
    }
}

fn path(name: &str) -> RepoPath {
    RepoPath::new(name).expect("a sound name")
}

/// A commit against one of its parents.
pub(in crate::newsroom) fn step(commit: &Commit, parent: Option<ObjectId>, found: &Comparison) -> Step {
    let changed = found.files.iter().map(|file| history::Changed {
        path: file.path.clone(),
        before: file.old.map(|old| old.mode),
        after: file.new.map(|new| new.mode),
    });
    Step {
        commit: commit.id,
        parent,
        author: Who::new(&commit.author.name, &commit.author.address),
        committer: Who::new(&commit.committer.name, &commit.committer.address),
        time: commit.author.time,
        changed: changed.collect(),
        unsound: found.unsound.clone(),
        twice: found.twice.clone(),
    }
}

//! Which commits of a range are steps of the public version, and what the others are judged by.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::ends::{Between, commit, whole};
use crate::article::{ArticleId, ObjectId, RepoPath};
use crate::config::{Config, DESK_FILE};
use crate::newsroom::error::{Error, Result};
use crate::repository::{Commit, Repository};
use crate::workflow;

/// Where a commit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On the line of the public version: judged by the rules of its first parent.
    Base,
    /// Proposed to it: judged by the rules of this commit of the public version.
    Proposed(ObjectId),
}

/// The commits of a range, each after those that it follows.
pub(super) struct Placed {
    pub(super) commits: Vec<(Commit, Place)>,
    /// The last.
    pub(super) to: ObjectId,
    /// What the range is judged by, where it is proposed.
    pub(super) base: Option<ObjectId>,
    /// The articles that desk was told to correct.
    pub(super) corrections: BTreeSet<ArticleId>,
}

impl Placed {
    pub(super) fn find(repository: &Repository, between: &Between) -> Result<Self> {
        let to = commit(repository, &between.to)?;
        let from = between.from.as_deref().map(|name| commit(repository, name)).transpose()?;
        let tips = base_tips(repository, from.unwrap_or(to), to)?;
        let mut seen = None;
        for tip in tips.iter().copied() {
            seen = newer(repository, seen, base_seen_by(repository, tip, to)?)?;
        }
        let is_base = seen == Some(to);
        let hidden = from.or(seen.filter(|_| !is_base));
        let order = repository.between(hidden.as_slice(), to)?;
        if let (Some(from), true) = (from, order.is_empty() && from != Some(to))
            && repository.follows(from, to)?
        {
            return Err(Error::Reversed(between.to.clone(), between.from.clone().unwrap_or_default()));
        }
        whole(repository, &order)?;
        let base = match (seen.filter(|_| !is_base), hidden) {
            _ if is_base => None,
            (Some(seen), _) if order.contains(&seen) => Some(seen),
            (seen, Some(hidden)) => {
                let mut known = None;
                for tip in tips {
                    known = newer(repository, known, base_seen_by(repository, tip, hidden)?)?;
                }
                known.or(seen).or(Some(hidden))
            }
            (seen, None) => seen,
        };
        let spine = seen.filter(|seen| order.contains(seen));
        let commits = place(repository, &order, spine, base)?;
        let corrections = corrections(repository, &commits, base, to)?;
        Ok(Self { commits, to, base, corrections })
    }
}

/// The tips of the public version that this copy knows: its own and those that were fetched.
fn base_tips(repository: &Repository, from: ObjectId, to: ObjectId) -> Result<Vec<ObjectId>> {
    let desk = RepoPath::new(DESK_FILE).expect("a sound name");
    let mut name = None;
    for at in [from, to] {
        if let Some(bytes) = repository.file_at(at, &desk)? {
            name = name.or(Config::read(&desk, &bytes).ok().map(|config| config.articles.base));
        }
    }
    let name = name.unwrap_or_else(|| "main".to_owned());
    let own = format!("refs/heads/{name}");
    let mut tips = Vec::new();
    for (reference, tip) in repository.references("refs/")? {
        let text = reference.as_str();
        let fetched = text.strip_prefix("refs/remotes/").and_then(|rest| rest.split_once('/'));
        if text == own || fetched.is_some_and(|(_, branch)| branch == name) {
            tips.push(tip);
        }
    }
    Ok(tips)
}

/// The newest commit on the line of first parents of `tip` that `commit` is or follows.
fn base_seen_by(repository: &Repository, tip: ObjectId, commit: ObjectId) -> Result<Option<ObjectId>> {
    let beyond: HashSet<ObjectId> = repository.between(&[commit], tip)?.into_iter().collect();
    for step in repository.first_parents(tip) {
        let step = step?;
        if !beyond.contains(&step.id) {
            return Ok(Some(step.id));
        }
    }
    Ok(None)
}

fn newer(repository: &Repository, one: Option<ObjectId>, other: Option<ObjectId>) -> Result<Option<ObjectId>> {
    Ok(match (one, other) {
        (Some(one), Some(other)) => Some(if repository.follows(other, one)? { other } else { one }),
        (one, other) => one.or(other),
    })
}

fn place(
    repository: &Repository,
    order: &[ObjectId],
    spine: Option<ObjectId>,
    base: Option<ObjectId>,
) -> Result<Vec<(Commit, Place)>> {
    let commits: Vec<Commit> = order.iter().map(|&id| repository.commit(id)).collect::<Result<_, _>>()?;
    let by_id: HashMap<ObjectId, &Commit> = commits.iter().map(|commit| (commit.id, commit)).collect();
    let mut line = Vec::new();
    let mut next = spine.and_then(|id| by_id.get(&id));
    while let Some(commit) = next {
        line.push(*commit);
        next = commit.parents.first().and_then(|parent| by_id.get(parent));
    }
    let mut places: HashMap<ObjectId, Place> = line.iter().map(|commit| (commit.id, Place::Base)).collect();
    // What a step brought in was proposed to the step before it.
    for step in line.iter().rev() {
        let Some(before) = step.parents.first() else { continue };
        let mut open: Vec<ObjectId> = step.parents[1..].to_vec();
        while let Some(id) = open.pop() {
            let Some(commit) = by_id.get(&id).filter(|_| !places.contains_key(&id)) else { continue };
            places.insert(id, Place::Proposed(*before));
            open.extend(&commit.parents);
        }
    }
    let rest = base.map_or(Place::Base, Place::Proposed);
    Ok(commits
        .into_iter()
        .map(|commit| {
            let place = places.get(&commit.id).copied().unwrap_or(rest);
            (commit, place)
        })
        .collect())
}

/// The articles that commits of desk's name which have not reached the public version, also those before the range.
fn corrections(
    repository: &Repository,
    commits: &[(Commit, Place)],
    base: Option<ObjectId>,
    to: ObjectId,
) -> Result<BTreeSet<ArticleId>> {
    let proposed = commits.iter().filter(|(_, place)| *place != Place::Base);
    let mut found: BTreeSet<ArticleId> =
        proposed.filter_map(|(commit, _)| workflow::article_of(&commit.message)).collect();
    if let Some(base) = base {
        for id in repository.between(&[base], to)? {
            found.extend(workflow::article_of(&repository.commit(id)?.message));
        }
    }
    Ok(found)
}

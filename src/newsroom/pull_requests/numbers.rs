//! Pull requests by their number: also those from repositories of people who may not write to this one.

use super::AtForge;
use crate::article::{Change, ObjectId, Reach, RefName, RefStep, Target};
use crate::forge::{CommitId, Number, PullRequest};
use crate::ledger::Record;
use crate::newsroom::seen::Leaf;
use crate::newsroom::{Error, Newsroom, Result, Undelivered};
use crate::process;
use crate::workflow::{self, Standing};

impl Newsroom {
    /// The article that pull request `number` is about, brought in from wherever its branch is; gives what names it.
    pub fn bring(&mut self, number: u64) -> Result<String> {
        let Some(at) = self.at_forge()? else {
            return Err(Error::Given(format!("`{number}` names a pull request, and there is no forge")));
        };
        let request = at.forge.pull_request(Number(number))?;
        let tip = self.fetched(&request)?;
        let mut leaves = self.leaves_of(tip)?.into_iter().filter(|leaf| leaf.document.id().is_some());
        let (Some(leaf), None) = (leaves.next(), leaves.next()) else {
            return Err(Error::Given(format!("pull request {number} is not about one article")));
        };
        self.brought(&at, tip, &leaf)?;
        Ok(leaf.document.id().map(|id| id.to_string()).unwrap_or_default())
    }

    /// Where the branch of a pull request stands, fetched; it must be what the forge says.
    pub(super) fn fetched(&self, request: &PullRequest) -> Result<ObjectId> {
        let Some(remote) = self.remote()? else { return Err(Error::NothingOpen) };
        let name = format!("refs/remotes/{remote}/pull/{}", request.number);
        let spec = format!("+refs/pull/{}/head:{name}", request.number);
        match self.setting.programs.fetch(self.root(), &remote, &[spec], self.setting.passwords) {
            Ok(_) => {}
            Err(process::Error::Failed { said, .. }) => return Err(Undelivered::unreached(remote, said).into()),
            Err(other) => return Err(other.into()),
        }
        let tip = RefName::new(name).ok().map(|name| self.repository.resolve(&name)).transpose()?.flatten();
        match tip {
            Some(tip) if tip.to_string() == request.head.as_str() => Ok(tip),
            _ => Err(self.behind()?),
        }
    }

    /// Opens here what a pull request brings, unless it is open already.
    fn brought(&mut self, at: &AtForge, tip: ObjectId, leaf: &Leaf) -> Result<()> {
        let id = leaf.document.id();
        if self.articles()?.iter().any(|seen| seen.id == id && seen.open.is_some()) {
            return Ok(());
        }
        let (Some(id), Some(slug)) = (id, self.slug_of(&leaf.document)) else { return Err(Error::NothingOpen) };
        let taken: Vec<RefName> =
            self.repository.references("refs/heads/")?.into_iter().map(|(name, _)| name).collect();
        let branch = workflow::branch_name(&slug, id, |name| taken.contains(name))
            .map_err(|_| Error::Given(format!("`{slug}` gives no branch")))?;
        let step = RefStep { name: branch, expect: None, target: Target::Object(tip) };
        let summary = format!("brought in {slug} from {}", at.place.host);
        let change = Change { summary, articles: vec![id], steps: vec![step], files: Vec::new(), reach: Reach::Came };
        self.write(|work| work.apply(&change).map(drop))
    }

    /// The branches that an article's pull request may be of: its own, and, once that has landed and is no branch of
    /// anything any more, those that brought what landed, and the name that it would have had.
    fn branches_of(&self, standing: &Standing) -> Result<Vec<RefName>> {
        let mut names = vec![standing.branch.clone()];
        let is_open = self.repository.resolve(&standing.branch)?.is_some();
        if !is_open {
            let spent = self.spent(standing)?;
            names.extend(spent.here.into_iter().map(|step| step.name));
            names.extend(spent.there.into_iter().map(|moved| moved.name));
            names.extend(workflow::branch_name(&standing.slug, standing.id, |_| false));
        }
        let mut seen = Vec::new();
        names.retain(|name| {
            !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
        Ok(names)
    }

    /// Whether a pull request brings this very article. One whose commits are not here is taken at its branch's word.
    fn is_about(&self, request: &PullRequest, standing: &Standing) -> Result<bool> {
        let Ok(head) = request.head.as_str().parse::<ObjectId>() else { return Ok(false) };
        if self.repository.revision(&head.to_string())?.is_none() {
            return Ok(true);
        }
        for place in [&standing.open, &standing.base].into_iter().flatten() {
            let found = self.version(head, standing.id, &place.home, &place.main)?;
            if found.is_some_and(|version| version.document.id() == Some(standing.id)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The pull request that brought what landed of an article, where that is what is open; else the newest one of its
    /// branch, whatever became of it; else one that was asked for by its number and brings just these words.
    pub(super) fn newest_request(&self, at: &AtForge, standing: &Standing) -> Result<Option<PullRequest>> {
        // Whoever agreed to what landed did so where it was read, which need not be the article's own pull request.
        if self.waits_for_its_record(standing)?
            && let Some(found) = self.that_brought(at, standing)?
        {
            return Ok(Some(found));
        }
        for branch in self.branches_of(standing)? {
            let Some(branch) = branch.branch_name() else { continue };
            if let Some(found) = at.forge.find(branch, self.base_name())?
                && self.is_about(&found, standing)?
            {
                return Ok(Some(found));
            }
        }
        match &standing.open {
            Some(open) => self.asked_for(at, open.commit),
            None => self.that_brought(at, standing),
        }
    }

    /// Whether all that there is of an article has landed, and its record does not have it yet.
    fn waits_for_its_record(&self, standing: &Standing) -> Result<bool> {
        let landed = standing.base.as_ref().and_then(|base| base.digest.as_ref().ok());
        let recorded = standing.record.as_ref().and_then(Record::last_move).map(|entry| &entry.content);
        if landed.is_none() || landed == recorded {
            return Ok(false);
        }
        let open = standing.open.as_ref().map(|open| self.repository.follows(self.base_tip, open.commit));
        Ok(open.transpose()?.unwrap_or(true))
    }

    /// The pull request that was asked for by its number, and whose branch stands at `commit`.
    fn asked_for(&self, at: &AtForge, commit: ObjectId) -> Result<Option<PullRequest>> {
        let Some(remote) = self.remote()? else { return Ok(None) };
        let begins = format!("refs/remotes/{remote}/pull/");
        for (name, tip) in self.repository.references(&begins)? {
            let number = name.as_str().strip_prefix(&begins).and_then(|number| number.parse().ok());
            if let Some(number) = number.filter(|_| tip == commit) {
                return Ok(Some(at.forge.pull_request(Number(number))?));
            }
        }
        Ok(None)
    }

    /// The pull request that brought what landed of an article, from wherever: the forge knows, and no desk needs to
    /// have heard of it before.
    fn that_brought(&self, at: &AtForge, standing: &Standing) -> Result<Option<PullRequest>> {
        let Some(step) = self.landing_step(standing)? else { return Ok(None) };
        let Some(commit) = CommitId::new(&step.to_string()) else { return Ok(None) };
        let Some(found) = at.forge.brought(&commit)?.filter(|found| found.base == self.base_name()) else {
            return Ok(None);
        };
        Ok(if self.is_about(&found, standing)? { Some(found) } else { None })
    }

    /// The step of the public version that brought an article to how it stands there.
    fn landing_step(&self, standing: &Standing) -> Result<Option<ObjectId>> {
        let Some(base) = &standing.base else { return Ok(None) };
        let now = self.repository.entry_at(self.base_tip, &base.main)?;
        let mut step = None;
        for commit in self.repository.first_parents(self.base_tip) {
            let commit = commit?;
            if self.repository.entry_at(commit.id, &base.main)? != now {
                break;
            }
            step = Some(commit.id);
        }
        Ok(step)
    }
}

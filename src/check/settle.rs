//! What the newsroom leaves out after all articles have spoken: by path, as `desk.toml` has it.

use super::run::suppression_findings;
use super::subject::Context;
use super::suppression::{self, Suppression, hide};
use super::{Told, sort};
use crate::article::{RepoPath, Stage};
use crate::finding::Finding;

/// How much of the newsroom was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it: what is idle now is idle.
    Newsroom,
    /// A part of it.
    Part,
}

/// What is said in the end.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// What the articles say, less what the newsroom leaves out.
    pub told: Told,
    /// What the newsroom leaves out by path, each with how much that is.
    pub allowed: Vec<Suppression>,
    /// How many findings were left out, by articles and by the newsroom.
    pub suppressed: usize,
}

/// Leaves out what `[[check.allow]]` is about. Moves ask this too, with the public version's settings.
pub fn settle(mut told: Told, context: &Context<'_>) -> Settled {
    let mut allowed = suppression::of_newsroom(context);
    let mut suppressed = hide(&mut told.findings, &mut allowed);
    suppressed += told.left_out();
    Settled { told, allowed, suppressed }
}

impl Settled {
    /// What is to be said of the newsroom's own settings, which stand at `path`.
    pub fn of_settings(&self, path: &RepoPath, extent: Extent, context: &Context<'_>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = suppression_findings(&self.allowed, context, Stage::Published)
            .filter(|finding| extent == Extent::Newsroom || finding.rule != super::run::IDLE)
            .map(|finding| finding.in_file(path.as_str()))
            .collect();
        sort(&mut findings);
        findings
    }
}

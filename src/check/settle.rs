//! What the newsroom leaves out after all articles have spoken: by path, as `desk.toml` has it, and what the baseline holds.

use super::baseline::{BASELINE_FILE, Baseline};
use super::explain::OUTDATED;
use super::rule::Turn;
use super::run::{faults, idle, turns};
use super::subject::Context;
use super::suppression::{self, Suppression, hide};
use super::{Told, sort};
use crate::article::{RepoPath, Stage};
use crate::finding::{Finding, Level};

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
    /// How many findings were left out with a reason, by articles and by the newsroom.
    pub suppressed: usize,
    /// How many more were, because they stand in the baseline.
    pub in_baseline: usize,
    /// What the baseline holds and was not found.
    pub gone: Baseline,
}

/// Leaves out what `[[check.allow]]` is about, and what stands in the baseline; `text_of` gives the text of a file.
/// Moves ask this too, with the public version's settings and baseline.
pub fn settle<'a>(
    mut told: Told,
    context: &Context<'_>,
    baseline: &Baseline,
    text_of: impl Fn(&str) -> Option<&'a str>,
) -> Settled {
    let mut allowed = suppression::of_newsroom(context);
    let mut suppressed = hide(&mut told.findings, &mut allowed);
    suppressed += told.left_out();
    let (in_baseline, gone) = baseline.leave_out(&mut told.findings, text_of);
    Settled { told, allowed, suppressed, in_baseline, gone }
}

impl Settled {
    /// What is to be said of the newsroom's own settings, which stand at `path`.
    pub fn of_settings(&self, path: &RepoPath, extent: Extent, context: &Context<'_>) -> Vec<Finding> {
        let mut findings = faults(&self.allowed, context, Stage::Published);
        if extent == Extent::Newsroom {
            let turns: Vec<Turn> = std::iter::once(Turn::Alone).chain(turns(extent, context)).collect();
            findings.extend(idle(&self.allowed, context, Stage::Published, &turns));
        }
        let mut findings: Vec<Finding> = findings.into_iter().map(|finding| finding.in_file(path.as_str())).collect();
        if extent == Extent::Newsroom && self.gone.findings() > 0 {
            let message = match self.gone.findings() {
                1 => "1 finding of the baseline is gone".to_owned(),
                count => format!("{count} findings of the baseline are gone"),
            };
            let note = Finding::new(OUTDATED, Level::Note, message).in_file(BASELINE_FILE);
            findings.push(note.help("take them out, so that they cannot come back: desk check --write-baseline"));
        }
        sort(&mut findings);
        findings
    }
}

//! By which of a forge's ways of merging an article may become public.

use super::{Circumstances, Standing};
use crate::config::Stamp;

/// How a forge makes the commits that land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LandingWay {
    /// One commit that joins both.
    Merge,
    /// One commit with everything in it.
    Squash,
    /// Every commit of the branch anew, one after the other.
    Rebase,
}

/// Why an article may not land that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Readers would see versions on the way that nobody agreed to.
    #[error("every version that was saved on the way would be public for a moment, and only the last was agreed to")]
    StepByStep,
    /// The notice of the withdrawal would be gone before the words are there.
    #[error("the notice in place of its withdrawn words would be gone before they are back")]
    InPlaceOfANotice,
}

/// Whether an article may land on the base in this way. What is hidden until its stamp may land in any: no reader sees the
/// steps. What is public with its last commit, a correction or what was sealed, is audited step by step, and of several
/// only the last has words that everybody agreed to. What was withdrawn comes back in one commit of desk's own.
pub fn may_land_by(way: LandingWay, standing: &Standing, circumstances: &Circumstances) -> Result<(), Unfit> {
    let at_once = standing.published().is_some() || circumstances.review.stamp == Stamp::Submit;
    match way {
        _ if standing.withdrawn().is_some() => Err(Unfit::InPlaceOfANotice),
        LandingWay::Rebase if at_once => Err(Unfit::StepByStep),
        LandingWay::Merge | LandingWay::Squash | LandingWay::Rebase => Ok(()),
    }
}

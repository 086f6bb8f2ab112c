//! Where nobody may push to the public version: what a stamp would do is done on the branch before it is sent, and what
//! landed before is recorded along with it.

use super::AtForge;
use crate::article::kept::Kept;
use crate::article::{Target, Write};
use crate::config::Stamp;
use crate::newsroom::{Moved, Newsroom, Result};
use crate::workflow::{self, Standing};

impl Newsroom {
    /// Seals what was submitted, with the records of what landed sealed before, if this newsroom's records follow.
    pub(in crate::newsroom) fn sealed(&mut self, moved: Moved) -> Result<Moved> {
        // Without a remote nobody stands between this machine and the public version.
        let follow = self.records_follow() && self.remote()?.is_some();
        if !follow || moved.after.withdrawn().is_some() || is_sealed(&moved.after) {
            return Ok(moved);
        }
        let at = self.at_forge()?;
        let records = self.records_that_follow(at.as_ref())?;
        let name = moved.after.id.to_string();
        let after = self.write(|work| {
            let seen = work.find(Some(&name))?;
            let standing = work.newsroom.standing(&seen)?;
            let circumstances = work.newsroom.circumstances()?;
            let sealed = workflow::seal(&standing, &circumstances);
            let mut change = sealed.map_err(|refusal| work.newsroom.refused(&seen, refusal))?;
            if let Some(Target::Commit { writes, .. }) = change.steps.first_mut().map(|step| &mut step.target) {
                writes.extend(records);
            }
            work.apply(&change)?;
            let seen = work.newsroom.see(&standing)?.unwrap_or(seen);
            work.newsroom.standing(&seen)
        })?;
        Ok(Moved { after, ..moved })
    }

    /// Whether records come with the next change, because nobody may push to the public version.
    pub(in crate::newsroom) fn records_follow(&self) -> bool {
        self.house.config.review.stamp == Stamp::Submit
    }

    /// The records of articles that landed sealed, each with the entry that says who agreed. What cannot be recorded
    /// yet waits for the change after this one.
    fn records_that_follow(&self, at: Option<&AtForge>) -> Result<Vec<Write>> {
        let circumstances = self.circumstances()?;
        let mut records = Vec::new();
        for (id, _) in self.landed()? {
            let mut standing = self.standing(&self.find(Some(&id.to_string()))?)?;
            if let Some(at) = at {
                standing = self.with_reviews(at, standing)?.0;
            }
            self.gather_broken(&mut standing)?;
            let Some(landed) = self.unrecorded(&standing)? else { continue };
            records.extend(workflow::sealed_record(&standing, &circumstances, &landed.brought()).ok());
        }
        Ok(records)
    }
}

/// Whether the branch says of the article already what readers will see.
fn is_sealed(standing: &Standing) -> bool {
    let Some(open) = &standing.open else { return true };
    let line =
        |version: &workflow::Version, kept: Kept| version.document.value(kept.path()).map(|value| format!("{value:?}"));
    match standing.published() {
        Some(public) => line(open, Kept::Updated) != line(public, Kept::Updated),
        None => open.is_public(),
    }
}

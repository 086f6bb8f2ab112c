//! What of an article a remote does not have yet.

use crate::article::{ArticleId, ObjectId, RefName};
use crate::newsroom::{Newsroom, Result};
use crate::process::Sending;
use crate::repository::Moved;
use crate::workflow::Standing;

impl Newsroom {
    /// The references that are to move at `remote`, each from where it is known to be there. None where somebody else's
    /// words are there that are not among ours: they are brought in before anything is sent.
    pub(super) fn parcel(&self, remote: &str, moved: &[Moved], articles: &[ArticleId]) -> Result<Option<Vec<Moved>>> {
        let mut parcel = Vec::new();
        for one in moved {
            let known = self.repository.known(remote, &one.name)?;
            if known == one.new {
                continue;
            }
            let is_branch = one.name.branch_name().is_some();
            match (one.new, known) {
                (Some(new), Some(known)) if is_branch && !self.goes_on(new, known)? => return Ok(None),
                // What goes here goes there only if nothing was added to it there.
                (None, Some(known)) if is_branch => match one.old {
                    Some(old) if self.goes_on(old, known)? => {}
                    _ => continue,
                },
                _ => {}
            }
            parcel.push(Moved { name: one.name.clone(), old: known, new: one.new });
        }
        for &article in articles {
            for (name, statement) in self.repository.references(&format!("{}{article}/", RefName::APPROVALS))? {
                let is_new = self.repository.known(remote, &name)?.is_none();
                if is_new && !parcel.iter().any(|one| one.name == name) {
                    parcel.push(Moved { name, old: None, new: Some(statement) });
                }
            }
        }
        Ok(Some(parcel))
    }

    /// Whether `new` has `known` in its past. What is not here at all is not.
    fn goes_on(&self, new: ObjectId, known: ObjectId) -> Result<bool> {
        Ok(new == known || self.repository.follows(new, known)?)
    }

    /// The schedule of an article and what is kept of it when it is spiked: of the latter only what was ever sent.
    pub(super) fn own_references(&self, remote: &str, before: &Standing, after: &Standing) -> Result<Vec<Moved>> {
        let at = |standing: &Standing| standing.schedule.as_ref().map(|planned| planned.object);
        let mut moved = vec![Moved { name: RefName::schedule(after.id), old: at(before), new: at(after) }];
        let kept = |standing: &Standing| standing.spiked.as_ref().map(|spiked| spiked.commit);
        let spiked = RefName::spiked(after.id);
        if self.repository.known(remote, &after.branch)?.is_some() || self.repository.known(remote, &spiked)?.is_some()
        {
            moved.push(Moved { name: spiked, old: kept(before), new: kept(after) });
        }
        Ok(moved)
    }
}

/// It as git's push takes it.
pub(super) fn sending(moved: &Moved) -> Sending {
    let text = |id: Option<ObjectId>| id.map(|id| id.to_string());
    Sending { name: moved.name.to_string(), expect: text(moved.old), becomes: text(moved.new) }
}

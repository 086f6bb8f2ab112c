//! What a remote is known to have: branches as git keeps that, and desk's own references beside them in the same way.

use super::error::{During as _, Result};
use super::open::{Repository, to_oid};
use super::references::Moved;
use crate::article::{ObjectId, RefName};

impl Repository {
    /// Where `remote` was last known to have `name`; none where it is not known to have it at all.
    pub fn known(&self, remote: &str, name: &RefName) -> Result<Option<ObjectId>> {
        match name.at(remote) {
            Some(tracking) => self.resolve(&tracking),
            None => Ok(None),
        }
    }

    /// Remembers that `remote` took these.
    pub fn remember(&self, remote: &str, taken: &[Moved]) -> Result<()> {
        for moved in taken {
            let Some(tracking) = moved.name.at(remote) else { continue };
            if self.resolve(&tracking)? == moved.new {
                continue;
            }
            let name = tracking.as_str();
            match moved.new {
                Some(new) => {
                    self.git.reference(name, to_oid(new), true, "desk: sent").during("remember", name)?;
                }
                None => self
                    .git
                    .find_reference(name)
                    .and_then(|mut reference| reference.delete())
                    .during("remember", name)?,
            }
        }
        Ok(())
    }

    /// Where every remote is known to have `name`.
    pub(super) fn known_elsewhere(&self, name: &RefName) -> Result<Vec<Option<ObjectId>>> {
        self.remotes()?.iter().map(|remote| self.known(remote, name)).collect()
    }
}

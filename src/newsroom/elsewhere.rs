//! Who else has an article open, said before work starts.

use jiff::Timestamp;

use super::Newsroom;
use super::error::Result;
use crate::ledger::Who;
use crate::workflow::Standing;

/// Somebody who has it open too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who saved it last there.
    pub who: String,
    /// When.
    pub time: Timestamp,
    /// Whether these words are here too.
    pub here: Here,
}

/// Whether somebody's words are among ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// They are: ours go on from them.
    Yes,
    /// They are not: they stand beside ours.
    No,
}

impl Newsroom {
    /// Who else has an article open: on a colleague's branch, as it was fetched last, or in this newsroom.
    pub fn elsewhere(&self, standing: &Standing) -> Result<Vec<Elsewhere>> {
        let me = self.who()?;
        let open = standing.open.as_ref().map(|open| open.commit);
        let mut branches = self.repository.references("refs/heads/desk/")?;
        branches.extend(self.repository.references("refs/remotes/")?);
        let mut found: Vec<Elsewhere> = Vec::new();
        for (name, tip) in branches {
            if !name.as_str().contains("/desk/") || self.repository.follows(self.base_tip, tip)? {
                continue;
            }
            let leaves = self.leaves_of(tip)?;
            if !leaves.iter().any(|leaf| leaf.document.id() == Some(standing.id)) {
                continue;
            }
            let commit = self.repository.commit(tip)?;
            if self.is_one(&me, &commit.author.address) {
                continue;
            }
            let staff = self.house.staff.find(&commit.author.address);
            let who = staff.map_or(commit.author.name, |person| person.name.clone());
            let among = open.map(|open| self.repository.follows(open, tip)).transpose()?.unwrap_or(false);
            let here = if among { Here::Yes } else { Here::No };
            // The same words fetched and here are one person's, once.
            if !found.iter().any(|one| one.who == who && one.time == commit.author.time) {
                found.push(Elsewhere { who, time: commit.author.time, here });
            }
        }
        Ok(found)
    }

    /// Whether somebody else saved the open words last.
    pub(super) fn is_a_colleagues(&self, standing: &Standing) -> Result<bool> {
        let Some(open) = &standing.open else { return Ok(false) };
        Ok(!self.is_one(&self.who()?, &self.repository.commit(open.commit)?.author.address))
    }

    /// Whether an address is this person's.
    fn is_one(&self, person: &Who, address: &str) -> bool {
        match self.house.staff.find(&person.address) {
            Some(person) => person.has_address(address),
            None => address.eq_ignore_ascii_case(&person.address),
        }
    }
}

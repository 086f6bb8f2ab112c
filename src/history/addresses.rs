//! Which article readers find where: an address that was public leads to one article for ever.

use std::collections::HashMap;

use super::broken::{Break, Reason};
use super::judge::Sighting;
use crate::article::{ArticleId, ObjectId, RepoPath};

/// Whose each address is, as far as a walk has come, and where that stood then.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Addresses {
    owners: HashMap<String, (ArticleId, RepoPath)>,
}

impl Addresses {
    /// Takes in what a step put before readers, and says what it took from them: an address that is another article's,
    /// and one that leads nowhere any more. Who had an address first keeps it, so that giving up one that was another's
    /// is no loss.
    pub(super) fn follow(&mut self, commit: ObjectId, sightings: &[Sighting]) -> Vec<Break> {
        let mut breaks = Vec::new();
        for Sighting { article, home, addresses, lost } in sightings {
            let Some(home) = home else { continue };
            let mut say = |why| breaks.push(Break { commit, article: Some(*article), path: Some(home.clone()), why });
            let mut owner = |address: &String| {
                let known = self.owners.entry(address.clone()).or_insert_with(|| (*article, home.clone()));
                if known.0 == *article {
                    known.1.clone_from(home);
                }
                known.clone()
            };
            for address in lost.iter().filter(|address| owner(address).0 == *article) {
                say(Reason::AddressLost(address.clone()));
            }
            for address in addresses {
                let (other, place) = owner(address);
                // What took another's very place is said otherwise: that one is gone.
                if other != *article && place != *home {
                    say(Reason::AddressTaken { address: address.clone(), other: place });
                }
            }
        }
        breaks
    }
}

/// Where articles stand at one commit, whatever came before it.
#[derive(Debug, Default)]
pub(super) struct Standing {
    owners: HashMap<String, RepoPath>,
}

impl Standing {
    /// Takes in an article with its addresses; why it cannot stand there, if another does.
    pub(super) fn put(&mut self, home: &RepoPath, addresses: Vec<String>) -> Option<Reason> {
        let mut taken = None;
        for address in addresses {
            let other = self.owners.entry(address.clone()).or_insert_with(|| home.clone());
            if other != home {
                taken = taken.or(Some(Reason::AddressTaken { address, other: other.clone() }));
            }
        }
        taken
    }
}

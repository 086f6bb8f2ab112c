//! What an administrator should know of the forge: whether it is one, who asks, and what protects the public version.

use super::tokens::Kept;
use crate::forge::{self, Known, Method, Place, Unplaced};
use crate::newsroom::{Newsroom, Result};
use crate::workflow::{self, Advice, Protection};

/// One thing to know of the forge.
#[derive(Debug)]
pub enum ForgeSign {
    /// The remote is on a machine of which nobody has said that it is a forge.
    UnknownHost(String),
    /// What `desk.toml` says of the forge cannot be.
    Unplaced(Unplaced),
    /// It is this one, and whoever asks is called so there; none for a token of nobody.
    Speaks {
        /// Its host.
        host: String,
        /// Who asks.
        login: Option<String>,
    },
    /// There is no token for it.
    NoToken(String),
    /// It did not answer, or not as it should.
    Failed(forge::Error),
    /// People of the staff list whose account there is known by its name alone.
    NamesAlone {
        /// The forge's host.
        host: String,
        /// Their names.
        people: Vec<String>,
    },
    /// What protects the public version there.
    Protection(Advice),
}

impl Newsroom {
    /// Looks at the forge; nothing where there is no remote, or one that is a folder.
    pub(in crate::newsroom) fn look_at_forge(&self) -> Result<Vec<ForgeSign>> {
        let Some(remote) = self.remote()? else { return Ok(Vec::new()) };
        let Some(address) = self.setting.programs.address_of(self.root(), &remote) else { return Ok(Vec::new()) };
        match Place::of(&address, &self.forge_settings()) {
            Ok(None) => return Ok(Vec::new()),
            Ok(Some(_)) => {}
            Err(Unplaced::UnknownHost(host)) => return Ok(vec![ForgeSign::UnknownHost(host)]),
            Err(unplaced) => return Ok(vec![ForgeSign::Unplaced(unplaced)]),
        }
        let Some(at) = self.at_forge()? else { return Ok(Vec::new()) };
        let host = at.place.host.clone();
        let mut signs = self.names_alone(&host);
        if matches!(at.kept, Kept::Nowhere) {
            signs.insert(0, ForgeSign::NoToken(host));
            return Ok(signs);
        }
        match at.forge.about() {
            Ok(about) => signs.insert(0, ForgeSign::Speaks { host, login: about.me.map(|me| me.login) }),
            Err(error) => {
                signs.insert(0, ForgeSign::Failed(error));
                return Ok(signs);
            }
        }
        match at.forge.protection(self.base_name()) {
            Ok(protection) => {
                let advices = workflow::advise(&carried(&protection), &self.house.config.review);
                signs.extend(advices.into_iter().map(ForgeSign::Protection));
            }
            Err(error) => signs.push(ForgeSign::Failed(error)),
        }
        Ok(signs)
    }

    fn names_alone(&self, host: &str) -> Vec<ForgeSign> {
        let alone = self
            .house
            .staff
            .people
            .iter()
            .filter(|person| person.account_at(host).is_some_and(|account| account.id.is_none()));
        let people: Vec<String> = alone.map(|person| person.name.clone()).collect();
        if people.is_empty() { Vec::new() } else { vec![ForgeSign::NamesAlone { host: host.to_owned(), people }] }
    }
}

fn carried(protection: &forge::Protection) -> Protection {
    let said = |known: Known| match known {
        Known::Yes => Some(true),
        Known::No => Some(false),
        Known::Unknown => None,
    };
    let in_one = protection.methods.as_ref().map(|methods| {
        let linear = protection.linear == Known::Yes;
        methods.iter().any(|method| *method == Method::Squash || (*method == Method::Merge && !linear))
    });
    Protection {
        people: protection.people,
        pull_requests: said(protection.pull_requests),
        dismisses_stale: said(protection.dismisses_stale),
        last_push: said(protection.last_push),
        up_to_date: said(protection.up_to_date),
        checks: protection.checks.clone(),
        signatures: said(protection.signatures),
        force_pushes: said(protection.force_pushes),
        deletion: said(protection.deletion),
        administrators: said(protection.administrators),
        queue: said(protection.queue),
        in_one,
    }
}

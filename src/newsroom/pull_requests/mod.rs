//! Pull requests: where articles are read and approved in a browser, and landed from there.
//!
//! What a forge says is carried over into values that `workflow` decides about; what desk says there is written by `letter`.

mod asking;
mod besides;
mod event;
mod gate;
mod landing;
mod numbers;
mod protected;
mod remarks;
mod reviews;
mod saying;
mod sealing;
mod stamping;
mod ticking;
mod tokens;

use std::fmt;

pub(super) use asking::Whom;
pub use event::ForgeEvent;
pub use gate::{Gated, GatedArticle, Telling, Yes};
pub(super) use landing::Ready;
pub use landing::{Publicity, Unlanded};
pub use protected::ForgeSign;
pub use remarks::Remarked;

use super::{Error, Newsroom, Result};
use crate::config::ForgeKind;
use crate::forge::{self, Forge, Kind, Number, Place, Settings, Unplaced};
use crate::web::Proxy;

/// The forge that the newsroom's remote is on.
pub(super) struct AtForge {
    /// Which repository there.
    pub(super) place: Place,
    /// What is asked.
    pub(super) forge: Box<dyn Forge>,
    /// Where the token came from.
    pub(super) kept: tokens::Kept,
}

/// What became of a move on a forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum There {
    /// The article's pull request has it.
    Done {
        /// Its number.
        number: u64,
        /// Its page.
        page: String,
        /// Whether it was there before.
        renewed: bool,
        /// What could not be done beside it, in the forge's words.
        not_done: Vec<String>,
    },
    /// The forge did not do it. What was done here stays.
    Failed(forge::Error),
}

impl fmt::Debug for AtForge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("AtForge").field("place", &self.place).finish_non_exhaustive()
    }
}

impl AtForge {
    /// The page of a pull request, for people.
    pub(super) fn page(&self, number: Number) -> String {
        self.place.page_of(number)
    }
}

impl Newsroom {
    /// The forge of the remote that the public version comes from; none where that is a folder, a machine behind a shell,
    /// or a forge that nobody has named.
    pub(super) fn at_forge(&self) -> Result<Option<AtForge>> {
        let Some(place) = self.place()? else { return Ok(None) };
        let (token, kept) = self.token(&place);
        let variables = self.setting.programs.variables();
        let proxy = Proxy::of_environment(|name| variables.get(name));
        // What is on this very machine is asked directly.
        let proxy = proxy.filter(|_| !place.api.starts_with("http://"));
        let forge = forge::connect(&place, token, proxy.as_ref());
        Ok(Some(AtForge { place, forge, kept }))
    }

    /// Which repository of which forge the remote is.
    pub(super) fn place(&self) -> Result<Option<Place>> {
        let Some(remote) = self.remote()? else { return Ok(None) };
        let Some(address) = self.setting.programs.address_of(self.root(), &remote) else { return Ok(None) };
        if self.house.config.forge.kind == Some(ForgeKind::GitLab) {
            // Not spoken to yet: its repository is one like any other.
            return Ok(None);
        }
        let settings = self.forge_settings();
        match Place::of(&address, &settings) {
            Ok(place) => Ok(place),
            // Any machine may hold a repository: without a word of the newsroom's it is no forge.
            Err(Unplaced::UnknownHost(_) | Unplaced::GitLab) => Ok(None),
            Err(Unplaced::NoRepository(_)) if settings.kind.is_none() => Ok(None),
            Err(unplaced) => Err(Error::Unplaced(unplaced)),
        }
    }

    /// What desk.toml says of the forge.
    fn forge_settings(&self) -> Settings {
        let said = &self.house.config.forge;
        let kind = match said.kind {
            Some(ForgeKind::GitHub) => Some(Kind::GitHub),
            Some(ForgeKind::Forgejo) => Some(Kind::Forgejo),
            Some(ForgeKind::GitLab) | None => None,
        };
        let repository = said.repository.as_deref().and_then(|name| name.split_once('/'));
        let repository = repository.map(|(owner, name)| (owner.to_owned(), name.to_owned()));
        Settings { kind, url: said.url.clone(), repository }
    }
}

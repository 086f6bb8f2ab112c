//! From a place to the forge that is there.

use super::Forge;
use super::address::{Kind, Place};
use super::forgejo::Forgejo;
use super::github::GitHub;
use super::token::Token;
use crate::web::Proxy;

/// The forge at `place`, spoken to with `token`, through `proxy` where there is one. Nothing is asked of it yet.
pub fn connect(place: &Place, token: Option<Token>, proxy: Option<&Proxy>) -> Box<dyn Forge> {
    match place.kind {
        Kind::GitHub => Box::new(GitHub::new(place, token, proxy)),
        Kind::Forgejo => Box::new(Forgejo::new(place, token, proxy)),
    }
}

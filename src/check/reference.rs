//! What one article says of another: a link to its file or its address, or its name in `related`.

use super::subject::{Card, Piece};
use crate::article::Value;
use crate::config::Config;
use crate::finding::Span;

pub(super) use crate::config::Wanted;

/// One article named in another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reference {
    /// What is named.
    pub wanted: Wanted,
    /// As it is written.
    pub written: String,
    /// Where it is written.
    pub span: Span,
}

impl Wanted {
    /// Whether `card` is meant.
    pub(super) fn is(&self, card: &Card) -> bool {
        match self {
            Self::File(path) => card.path == *path,
            Self::Address(address) => card.addresses.iter().any(|own| own.path == *address),
            Self::Name(name) => {
                let slug = |address: &str| address.rsplit('/').next().is_some_and(|slug| slug == name);
                card.id.as_ref().is_some_and(|(id, _)| id.eq_ignore_ascii_case(name))
                    || card.addresses.iter().any(|own| own.path == *name || slug(&own.path))
            }
        }
    }
}

/// Everything in `piece` that names another article. `own` is its address.
pub(super) fn references(piece: &Piece, own: &str, config: &Config) -> Vec<Reference> {
    let links = piece.body.blocks.iter().flat_map(|block| &block.links).filter(|link| !link.image);
    let links = links.filter_map(|link| {
        let wanted = config.leads_to(&link.url, own, &piece.document.path)?;
        Some(Reference { wanted, written: link.url.clone(), span: link.span })
    });
    let named = piece.document.field("related").into_iter().flat_map(strings).filter_map(|(text, span)| {
        let wanted = config.related(text, own, &piece.document.path)?;
        Some(Reference { wanted, written: text.to_owned(), span })
    });
    links.chain(named).collect()
}

fn strings(value: &Value) -> Vec<(&str, Span)> {
    let values = value.as_array().unwrap_or(std::slice::from_ref(value));
    values.iter().filter_map(|value| Some((value.as_str()?, value.span))).collect()
}

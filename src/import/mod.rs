//! Foreign text to an article: pasted pages, HTML and Markdown become a title, a dek, a byline, photos, sub-heads and
//! body.
//!
//! Owns [`read`], which gives [`Imported`]: what was found, what was left out ([`Removed`]) and what a person should
//! look at ([`Unsure`]). The words of every paragraph stay as they came; nothing goes without being listed. It knows no
//! file, no network and no newsroom: bytes come in, values go out, and the same bytes always give the same values.

#[cfg(test)]
mod accounts;
mod byline;
mod caption;
mod escape;
mod formats;
mod furniture;
mod imported;
mod manuscript;
mod page;
mod text;
mod unnamed;

pub use formats::{FORMATS, Format, FormatRow, UnknownFormat, read};
pub use imported::{Doubt, Imported, Photo, Removed, Source, Unsure, Why};
pub use text::{LARGEST, Unreadable};

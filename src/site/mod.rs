//! From public articles to a public site: pages, a front page, a feed and a map for search engines, as bytes.
//!
//! Owns how an article looks to its readers and at which address: [`build()`] takes articles and gives [`Page`]s. It
//! never reads or writes a file, never runs a script, never calls another site, and never shows what is not public: it
//! looks at each article's stage itself and hands back what it [left out](LeftOut).

mod address;
mod article;
mod build;
mod corrections;
mod dates;
mod feed;
mod list;
mod markdown;
mod page;
mod press;
mod structured;
mod templates;
#[cfg(test)]
mod tests;
mod words;

pub use address::address_of;
pub use build::{BuildError, Owner, build};
pub use page::{Content, LeftOut, Page, PublicArticle, Reason, Site, SiteInfo};

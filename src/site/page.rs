//! What goes in and what comes out.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::article::{Document, RepoPath, Stage};

/// What a site says about itself.
#[derive(Debug, Clone)]
pub struct SiteInfo {
    /// The newsroom's id: what the feed's identity is made from, so that it outlives a change of name or address.
    pub id: String,
    /// The newsroom's name.
    pub name: String,
    /// Where the site will stand, such as `https://post.example`. Without it there is no map for search engines, and
    /// every link is relative.
    pub url: Option<String>,
    /// The language of the words, such as `en` or `ko-KR`.
    pub language: String,
    /// The zone that dates are shown in.
    pub timezone: TimeZone,
    /// One sentence on the newsroom.
    pub description: Option<String>,
    /// The folder that the articles are in. An article's address is its folder below this one.
    pub root: RepoPath,
}

/// An article that readers may see, as the newsroom's public version has it.
#[derive(Debug, Clone)]
pub struct PublicArticle {
    /// Its own file.
    pub document: Document,
    /// Its folder, or its file when it has no folder of its own.
    pub home: RepoPath,
    /// Every ordinary file of it. Only those that its words or its front matter show are copied.
    pub files: Vec<RepoPath>,
    /// When it was published first, if the ledger says. Otherwise its `date` counts.
    pub first_published: Option<Timestamp>,
    /// When its public words changed last, if the ledger says. Otherwise its `updated` counts.
    pub last_changed: Option<Timestamp>,
}

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it goes, below the folder that the site is written to.
    pub path: RepoPath,
    /// What it holds.
    pub content: Content,
}

/// What a file of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file of an article, as they are.
    Copy(RepoPath),
}

/// A whole site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Site {
    /// Its files, by path.
    pub pages: Vec<Page>,
    /// What was handed in and is not on it.
    pub left_out: Vec<LeftOut>,
}

/// An article, or one thing of an article, that is not on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The article's own file.
    pub article: RepoPath,
    /// Why.
    pub reason: Reason,
}

/// Why something is not on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The article's stage is another than `published`, or none.
    Stage(Option<Stage>),
    /// The article has `draft = true`.
    Hidden,
    /// The article's `publishDate` (or the `date` of one that desk does not keep) has not come.
    NotYet,
    /// The article's `expiryDate` has passed.
    Over,
    /// The article lies outside the folder of articles.
    Elsewhere,
    /// Quotations and lists stand in each other too deep.
    TooDeep,
    /// There is too much of it to turn into a page.
    TooLarge,
    /// A photo is not among the article's files, or is not of a kind that browsers show without running it.
    Photo(String),
    /// An address in `slug`, `path` or `aliases` is not one that can be used.
    Address(String),
}

impl Reason {
    /// Whether somebody should mend something; otherwise it is as it should be.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::Stage(Some(_)) | Self::Hidden | Self::NotYet | Self::Over)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stage(Some(stage)) => write!(out, "its stage is `{stage}`"),
            Self::Stage(None) => out.write_str("it has no stage"),
            Self::Hidden => out.write_str("it says `draft = true`"),
            Self::NotYet => out.write_str("its time has not come"),
            Self::Over => out.write_str("its `expiryDate` has passed"),
            Self::Elsewhere => out.write_str("it lies outside the folder of articles"),
            Self::TooDeep => out.write_str("its quotations and lists stand in each other too deep"),
            Self::TooLarge => out.write_str("it is too large for a page"),
            Self::Photo(file) => write!(out, "`{file}` is not a photo of this article"),
            Self::Address(address) => write!(out, "`{address}` cannot be an address"),
        }
    }
}

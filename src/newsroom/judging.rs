//! What `desk check` says of one article, as a move asks it: the saved words, under the public version's rules.

use jiff::Timestamp;

use super::Newsroom;
use super::error::Result;
use super::house_style::HouseStyle;
use super::seen::Seen;
use crate::article::{Body, Document, Entry, RepoPath};
use crate::check::{self, Beside, Card, Context, Extent, Piece, Settled, Sort};
use crate::finding::Finding;
use crate::schema::Schemas;
use crate::workflow::{self, Standing, Version};

impl Newsroom {
    /// What the rules say of the words that a move is about, and of them beside all other articles, less what is left
    /// out with a reason.
    pub(super) fn findings_of(&self, standing: &Standing, others: &[Seen]) -> Result<Settled> {
        self.findings_as_of(standing, others, None)
    }

    /// The same as of another time than now: some rules ask whether a date has passed.
    pub(super) fn findings_as_of(
        &self,
        standing: &Standing,
        others: &[Seen],
        moment: Option<Timestamp>,
    ) -> Result<Settled> {
        let Some(version) = standing.open.as_ref().or(standing.base.as_ref()) else { return Ok(Settled::default()) };
        let schemas = self.schemas()?;
        let style = self.house_style()?;
        let context = self.context(&schemas, &style);
        let context = Context { now: moment.unwrap_or(context.now), ..context };
        let outcome = check::one(&piece_of(version), &context);
        let mut cards = Vec::new();
        for seen in others {
            let leaf = seen.current();
            if seen.id == Some(standing.id) || leaf.document.path == version.main {
                continue;
            }
            let piece = Piece {
                document: leaf.document.clone(),
                body: Body::default(),
                findings: Vec::new(),
                files: Vec::new(),
            };
            cards.push(Card::of(&piece, &context));
        }
        let mut told = check::gather(vec![outcome], cards, Extent::Newsroom, &context);
        told.findings.retain(|one| is_about(one, version));
        Ok(check::settle(told, &context, &self.house.baseline, |path| {
            (path == version.main.as_str()).then_some(&*version.document.text)
        }))
    }

    /// The kind an article has, or the one it gets when it is adopted: that of its place, or the first there is where
    /// no schema is called so.
    pub(super) fn kind_of(&self, document: &Document, schemas: &Schemas) -> String {
        let kind = self.house.config.articles.kind(document);
        if document.kind().is_some() || schemas.get(&kind).is_some() {
            return kind;
        }
        schemas.kinds().next().map_or(kind, str::to_owned)
    }

    /// What the rules are asked with.
    pub(super) fn context<'a>(&'a self, schemas: &'a Schemas, style: &'a HouseStyle) -> Context<'a> {
        Context { config: &self.house.config, schemas, styles: &style.styles, answers: None, now: self.setting.now }
    }

    /// The files with which an article that desk did not keep is adopted by its first move; none for one it keeps.
    pub(super) fn adopted(&self, seen: &Seen, standing: &Standing) -> Result<Option<Vec<Entry>>> {
        let leaf = seen.current();
        let Some(working) = &standing.working else { return Ok(None) };
        if leaf.document.is_adopted() || seen.id.is_some() {
            return Ok(None);
        }
        let schemas = self.schemas()?;
        let kind = self.kind_of(&leaf.document, &schemas);
        workflow::adopt(&leaf.document.path, working, standing.id, &kind)
            .map(Some)
            .map_err(|refusal| self.refused(seen, refusal))
    }
}

/// Whether a finding is about this article's words or files, and not about another's.
fn is_about(finding: &Finding, version: &Version) -> bool {
    let path = finding.path.as_deref();
    path.is_none_or(|path| version.entries.iter().any(|entry| entry.path.as_str() == path))
}

/// An article's version as the rules read it.
fn piece_of(version: &Version) -> Piece {
    let main = version.file(&version.main).unwrap_or_default();
    let others = version.entries.iter().filter(|entry| entry.path != version.main);
    let files = others.map(|entry| beside(&entry.path, entry.mode, entry.bytes.len() as u64)).collect();
    Piece::read(version.main.clone(), main, files)
}

/// A file beside the words.
pub(super) fn beside(path: &RepoPath, mode: u32, size: u64) -> Beside {
    let sort = match mode & 0o170_000 {
        0o100_000 => Sort::Ordinary,
        0o120_000 => Sort::Link,
        _ => Sort::Other,
    };
    Beside { path: path.clone(), sort, size }
}

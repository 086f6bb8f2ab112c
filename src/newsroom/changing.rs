//! What an open change of public words differs in, for the person who is about to tell readers of it.

use super::Newsroom;
use super::error::Result;
use super::moves::Saved;
use crate::article::amendment::{self, Side};
use crate::article::{Amendment, Difference, Slug};
use crate::workflow::Version;

/// An open change of public words.
#[derive(Debug, Clone)]
pub struct Changing {
    /// Whose.
    pub slug: Slug,
    /// What was saved on the way.
    pub saved: Option<Saved>,
    before: Version,
    after: Version,
    language: String,
}

impl Changing {
    /// What differs.
    pub fn difference(&self) -> Difference {
        Difference::between(&self.before.document, &self.after.document)
    }

    /// Whether any word does.
    pub fn changes_words(&self) -> bool {
        let side = |version| -> Side<'_> { Version::side(version) };
        amendment::word_changed(side(&self.before), side(&self.after)).is_some()
    }

    /// What readers may be told of it; none where nothing differs that a draft could quote.
    pub fn draft(&self, kind: Amendment) -> Option<String> {
        amendment::drafted(&self.before.document, &self.after.document, kind, &self.language)
    }
}

impl Newsroom {
    /// The change of public words that is open, everything saved; none where there is none. What was changed by hand is
    /// one too.
    pub fn changing(&mut self, name: Option<&str>) -> Result<Option<Changing>> {
        let (mut standing, saved) = self.write(|work| {
            let seen = work.find(name)?;
            let (_, standing, saved) = work.saved(seen)?;
            Ok((standing, saved))
        })?;
        self.gather_broken(&mut standing)?;
        let by_hand = standing.published().filter(|_| !standing.broken.is_empty());
        let Some(after) = standing.open.as_ref().or(by_hand).cloned() else { return Ok(None) };
        let Some(before) = standing.told_against().cloned() else { return Ok(None) };
        let language = self.house.config.newsroom.language.clone();
        Ok(Some(Changing { slug: standing.slug, saved, before, after, language }))
    }
}

//! House style as the public version holds it.

use super::Newsroom;
use super::error::Result;
use crate::article::{ObjectId, RepoPath};
use crate::check;
use crate::config::Config;
use crate::repository::Repository;
use crate::style::{self, Shelf, Styles};

/// The folder that house style is in.
pub(super) const FOLDER: &str = "styles";

/// The files of house style, and the rules of them that are switched on.
pub(super) struct HouseStyle {
    pub(super) shelf: Shelf,
    pub(super) styles: Styles,
}

impl Newsroom {
    /// House style, as the public version has it.
    pub(super) fn house_style(&self) -> Result<HouseStyle> {
        style_at(&self.repository, self.base_tip, &self.house.config)
    }

    /// What the rule of house style called `name` says of itself, whether it is switched on or not.
    pub fn explain_style(&self, name: &str) -> Result<Option<String>> {
        Ok(style::explain(&shelf_at(&self.repository, self.base_tip)?, name))
    }
}

/// House style at one commit, under the settings that held there. Nothing is read where nothing is wanted.
pub(super) fn style_at(repository: &Repository, commit: ObjectId, config: &Config) -> Result<HouseStyle> {
    let choice = check::style_choice(config);
    let is_wanted = !choice.styles.is_empty() || !choice.vocabularies.is_empty() || !choice.levels.is_empty();
    let shelf = if is_wanted { shelf_at(repository, commit)? } else { Shelf::default() };
    let styles = Styles::read(&shelf, &choice);
    Ok(HouseStyle { shelf, styles })
}

fn shelf_at(repository: &Repository, commit: ObjectId) -> Result<Shelf> {
    let folder = RepoPath::new(FOLDER).expect("a sound name");
    let files = repository.entries_at(commit, &folder)?;
    let named = files.into_iter().filter_map(|file| Some((file.path.below(&folder)?.to_owned(), file.bytes)));
    Ok(Shelf::new(named))
}

//! CODEOWNERS: the file that tells a forge whom to ask, with lines of desk's among those of people.

use super::Newsroom;
use super::error::Result;
use crate::article::{Change, FileStep, Reach, RepoPath};
use crate::forge::Kind;
use crate::letter::{House, Owners, Syntax, Unmarked, owners};

/// A forge, as far as its CODEOWNERS goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// GitHub.
    GitHub,
    /// Forgejo, and Codeberg.
    Forgejo,
    /// Gitea.
    Gitea,
}

impl Keeper {
    /// How it writes paths.
    fn syntax(self) -> Syntax {
        match self {
            Self::GitHub => Syntax::Globs,
            Self::Forgejo | Self::Gitea => Syntax::Expressions,
        }
    }

    /// Where it looks for the file, in this order; it takes the first one that it finds.
    fn places(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
            Self::Forgejo => &["CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS", ".forgejo/CODEOWNERS"],
            Self::Gitea => &["CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS"],
        }
    }

    /// Where a new one goes: out of the way of what people see first.
    fn own_place(self) -> &'static str {
        match self {
            Self::GitHub => ".github/CODEOWNERS",
            Self::Forgejo => ".forgejo/CODEOWNERS",
            Self::Gitea => ".gitea/CODEOWNERS",
        }
    }
}

/// The file as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOwners {
    /// Where it is, or will be.
    pub path: RepoPath,
    /// All of it, with the lines of people; an error where desk's own lines are not to be told from theirs.
    pub text: std::result::Result<String, Unmarked>,
    /// Names of those who would be in it and of whom the staff list knows no login there.
    pub unknown: Vec<String>,
    /// What is there now.
    before: Option<Vec<u8>>,
}

impl CodeOwners {
    /// Whether it is so already.
    pub fn is_there(&self) -> bool {
        self.text.as_ref().is_ok_and(|text| self.before.as_deref() == Some(text.as_bytes()))
    }
}

impl Newsroom {
    /// Which forge the newsroom is on, and on which host, where that is known.
    pub fn keeper(&self) -> Result<Option<(Keeper, String)>> {
        let keeper = |kind| match kind {
            Kind::GitHub => Keeper::GitHub,
            Kind::Forgejo => Keeper::Forgejo,
        };
        Ok(self.place()?.map(|place| (keeper(place.kind), place.host)))
    }

    /// CODEOWNERS for a forge at `host`, by the public version's policy and staff list.
    pub fn code_owners(&self, keeper: Keeper, host: &str) -> Result<CodeOwners> {
        let config = &self.house.config;
        let house = House { review: &config.review, staff: &self.house.staff, articles: &config.articles };
        let Owners { lines, unknown } = owners(&house, keeper.syntax(), host);
        let path = |text: &str| RepoPath::new(text).expect("a sound name");
        let mut found = (path(keeper.own_place()), None);
        for place in keeper.places().iter().copied().map(path) {
            if let Some(bytes) = self.repository.read_working(&place)? {
                found = (place, Some(bytes));
                break;
            }
        }
        let (path, before) = found;
        let now = before.as_deref().map(|bytes| std::str::from_utf8(bytes).map_err(|_| Unmarked)).transpose();
        let text = now.and_then(|now| Owners { lines, unknown: Vec::new() }.written_into(now.unwrap_or_default()));
        Ok(CodeOwners { path, text, unknown, before })
    }

    /// Writes the file, unless somebody changed it since it was read.
    pub fn write_code_owners(&mut self, file: &CodeOwners) -> Result<()> {
        let Ok(text) = &file.text else { return Ok(()) };
        self.write(|work| {
            let step = FileStep {
                path: file.path.clone(),
                expect: file.before.clone(),
                bytes: Some(text.clone().into_bytes()),
            };
            work.apply(&Change {
                summary: "wrote CODEOWNERS".to_owned(),
                articles: Vec::new(),
                steps: Vec::new(),
                files: vec![step],
                reach: Reach::Here,
            })?;
            Ok(())
        })
    }
}

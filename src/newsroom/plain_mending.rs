//! Making fixes in a folder that is no newsroom. There desk keeps no log that `desk undo` could read, so it is done only
//! where git has the words.

use super::error::Result;
use super::plain::{Ground, wanted};
use super::{MendedArticle, MendedNewsroom, Newsroom, Setting};
use crate::article::{Document, RepoPath};
use crate::cache::Keep;
use crate::check::{self, Baseline, Context, Mending, Piece};
use crate::repository::{PlainFolder, Repository};
use crate::schema::Schemas;
use crate::style::Styles;

impl Newsroom {
    /// What mending the Markdown in `setting.directory`, at `paths` or all of it, would do; nothing is written.
    pub fn mendable_folder(setting: &Setting, paths: &[String], mending: Mending) -> Result<MendedNewsroom> {
        Repository::open(&setting.directory)?;
        let folder = PlainFolder::open(&setting.directory)?;
        let read = |path: &RepoPath| Ok(folder.read(path)?);
        let ground = Ground { files: folder.files()?.into_iter().collect(), read: &read, cache: None, keep: Keep::All };
        let wanted = wanted(&folder, &ground.files, paths)?;
        let mains = ground.articles(&wanted, |_| true)?.mains;
        let pieces: Vec<Piece> = mains.into_iter().filter_map(|main| ground.piece(main)).collect();
        let (config, schemas, styles) = (ground.settings()?, Schemas::default(), Styles::default());
        let context = Context { config: &config, schemas: &schemas, styles: &styles, answers: None, now: setting.now };
        let mut all = MendedNewsroom::default();
        for (piece, mended) in pieces.iter().zip(check::mend_each(&pieces, &context, &Baseline::default(), mending)) {
            all.more += mended.more;
            if !mended.made.is_empty() {
                let before = piece.document.clone();
                let after = Document::read(before.path.clone(), mended.text.as_bytes()).0;
                all.articles.push(MendedArticle { name: before.path.to_string(), before, after, made: mended.made });
            }
        }
        Ok(all)
    }

    /// Mends it. A file that somebody wrote meanwhile stays.
    pub fn mend_folder(setting: &Setting, paths: &[String], mending: Mending) -> Result<MendedNewsroom> {
        let mut mended = Self::mendable_folder(setting, paths, mending)?;
        let folder = PlainFolder::open(&setting.directory)?;
        let mut made = Vec::new();
        for article in mended.articles {
            let (before, after) = (article.before.text.as_bytes(), article.after.text.as_bytes());
            if folder.read(&article.before.path)?.as_deref() == Some(before) {
                folder.write(&article.before.path, after)?;
                made.push(article);
            }
        }
        mended.articles = made;
        Ok(mended)
    }
}

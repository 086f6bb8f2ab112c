//! Opening the editor on an article, and saving what came of it.

use super::{Context, Error, moving, refusal};
use crate::article::RepoPath;
use crate::newsroom::{Delivery, Newsroom};
use crate::process::EditorCommand;
use crate::terminal::printable;

/// Opens the editor, waits, saves, and says how much changed and what comes next.
pub(super) fn edit(context: &mut Context, newsroom: &mut Newsroom, slug: &str, main: &RepoPath) -> Result<(), Error> {
    open(context, newsroom, slug, main)?;
    context.terminal.say(format!("When it is ready: desk submit {slug}"));
    Ok(())
}

/// Opens the editor, waits, saves, and says how much changed.
pub(super) fn open(context: &mut Context, newsroom: &mut Newsroom, slug: &str, main: &RepoPath) -> Result<(), Error> {
    let core = newsroom.git_setting("core.editor");
    let editor = EditorCommand::find(context.programs.variables(), core.as_deref())?;
    let file = newsroom.root().join(main.as_str());
    context.programs.edit(&editor, newsroom.root(), &file)?;
    let (saved, delivery) = newsroom.save(Some(slug))?;
    match saved {
        Some(saved) => context.terminal.say(format!("Saved {slug}: {}.", moving::saved_words(&saved))),
        None => context.terminal.say(format!("Nothing changed in {}.", printable(main.as_str()))),
    }
    say_kept(context, slug, delivery.as_ref());
    Ok(())
}

/// Says that saved words could not be shared. Nobody was promised them yet: they go with the next save.
pub(super) fn say_kept(context: &mut Context, slug: &str, delivery: Option<&Delivery>) {
    if let Some(Delivery::Kept(kept)) = delivery {
        let why = refusal::undelivered(kept, "", slug);
        context.terminal.say(format!("Not shared, and kept here: {}.", printable(&why.what)));
    }
}

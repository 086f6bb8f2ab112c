//! What all moves have in common on the command line and in what they say.

use super::{Context, refusal, words};
use crate::finding::Level;
use crate::newsroom::{Moved, Saved};
use crate::terminal::printable;
use crate::workflow::Missing;

/// Which article is meant.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// The article: its slug, a clear beginning of it, or its path; not needed where only one can be meant
    #[arg(value_name = "SLUG")]
    article: Option<String>,
}

impl Named {
    pub(super) fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }
}

/// `Saved harbor-dredging: 14 words changed.`
pub(super) fn say_saved(context: &mut Context, moved: &Moved) {
    if let Some(saved) = &moved.saved {
        context.terminal.say(format!("Saved {}: {}.", moved.before.slug, saved_words(saved)));
    }
}

/// `14 words changed, 1 file with them`.
pub(super) fn saved_words(saved: &Saved) -> String {
    match (saved.words, saved.files) {
        (0, 0) => "the front matter changed".to_owned(),
        (0, files) => format!("{} changed", words::count(files, "file")),
        (changed, 0) => format!("{} changed", words::count(changed, "word")),
        (changed, files) => format!("{} and {} changed", words::count(changed, "word"), words::count(files, "file")),
    }
}

/// Names of those who could give what is missing.
pub(super) fn could_still_say(moved: &Moved) -> Vec<String> {
    let Some(needs) = &moved.needs else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for missing in needs.missing(&moved.circumstances) {
        let (Missing::People { could, .. } | Missing::Role { could, .. }) = missing else { continue };
        for name in could {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What is still needed, a line each, or that nothing is.
pub(super) fn say_needs(context: &mut Context, moved: &Moved) {
    let Some(needs) = &moved.needs else { return };
    let missing = needs.missing(&moved.circumstances);
    if missing.is_empty() {
        context.terminal.say(format!("Everybody who must agree has: desk publish {}", moved.after.slug));
    }
    for one in &missing {
        context.terminal.say(format!("Needs {}", printable(&refusal::missing_line(one))));
    }
}

/// `Check: 0 errors, 2 warnings.`
pub(super) fn say_check(context: &mut Context, moved: &Moved) {
    let of = |level: Level| moved.findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings) = (of(Level::Error), of(Level::Warning));
    if errors + warnings > 0 {
        let counted = format!("{}, {}", words::count(errors, "error"), words::count(warnings, "warning"));
        context.terminal.say(format!("Check: {counted}: desk check {}", moved.after.slug));
    }
}

//! What is said about the rules of a style, and about reading them.

use super::built_in;
use super::fields::{INVALID, UNSUPPORTED};
use super::rule::{About, overview};
use super::shelf::Shelf;
use super::vocabulary::Vocabulary;
use crate::finding::Level;

/// What is found when house style is read, with its explanation.
pub const RULES: [(&str, &str); 3] = [
    (
        INVALID,
        "A file in `styles/` cannot be used: it is not YAML, lacks what a rule needs, or holds a pattern that does not \
         compile. The rule does not look until it is mended.",
    ),
    (
        "style-missing",
        "`[check]` in `desk.toml` names a style or a vocabulary that is not there. A style is a folder in `styles/`, a \
         vocabulary one in `styles/config/vocabularies/` with `accept.txt` and `reject.txt`.",
    ),
    (
        UNSUPPORTED,
        "A file in `styles/` asks for something that desk does not do: parts of speech (`sequence`), scripts, a \
         dictionary that is not there, or a key that means nothing. Whatever else the file says is done, unless it \
         cannot be done without that.",
    ),
];

/// What the file of the rule called `name` says about it, in Markdown; none when there is no such rule.
pub fn explain(shelf: &Shelf, name: &str) -> Option<String> {
    let path = shelf.path_of(name);
    let written = path.and_then(|path| shelf.text(path)).map(std::borrow::Cow::into_owned);
    let any = || Vocabulary { accepted: vec!["word".to_owned()], rejected: vec!["word".to_owned()] };
    let text = written.or_else(|| built_in::file(name, &any()))?;
    Some(match overview(&text, path, name) {
        Some(about) => about.text(),
        None => format!("# {name}\n\nIts file cannot be read: `desk check` says why.\n"),
    })
}

impl About {
    /// All of it in Markdown.
    pub fn text(&self) -> String {
        let level = match self.level {
            Level::Note => "suggestion (a note: it holds nothing)",
            Level::Warning => "warning (it holds nothing)",
            Level::Error => "error (it holds review and publication)",
        };
        let mut text = format!("# {}\n\n## What it says\n{}\n", self.name, self.message);
        if let Some(description) = &self.description {
            text.push_str(&format!("\n## Why it matters\n{}\n", description.trim()));
        }
        text.push_str(&format!("\n## What it weighs\n{level}\n"));
        if let Some(link) = &self.link {
            text.push_str(&format!("\n## More\n{link}\n"));
        }
        let from = self.path.as_deref().unwrap_or("desk itself, with the words of the vocabularies");
        text.push_str(&format!("\n## Where it is from\n{from} ({})\n", self.extends));
        text
    }
}

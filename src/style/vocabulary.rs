//! The words a newsroom accepts and those it rejects, one a line, each of which may be a pattern.

use super::pattern::Pattern;
use super::shelf::Shelf;

/// The words of the vocabularies that are switched on.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) accepted: Vec<String>,
    pub(super) rejected: Vec<String>,
}

impl Vocabulary {
    /// Those of `name`; none when there is no such vocabulary.
    pub(super) fn add(&mut self, shelf: &Shelf, name: &str) -> Option<()> {
        let folders = [format!("config/vocabularies/{name}/"), format!("Vocab/{name}/")];
        let folder = folders.into_iter().find(|folder| shelf.below(folder).next().is_some())?;
        let lists = [("accept.txt", &mut self.accepted), ("reject.txt", &mut self.rejected)];
        for (file, list) in lists {
            let lines = shelf.text(&format!("{folder}{file}")).unwrap_or_default();
            list.extend(words(&lines).map(str::to_owned));
        }
        Some(())
    }
}

/// The words of a list, without remarks and blank lines.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "#" && !line.starts_with("# "))
}

/// What a rule does not find, whatever else it says: its own exceptions and the accepted words.
#[derive(Debug, Default)]
pub(super) struct Exceptions(Option<Pattern>);

impl Exceptions {
    /// From the words, the longest first. An error says why they cannot be read together.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut words: Vec<&str> = words.into_iter().collect();
        if words.is_empty() {
            return Ok(Self(None));
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let exact = |word: &&str| if word.starts_with("(?i)") { (*word).to_owned() } else { format!("(?-i){word}") };
        let any = words.iter().map(exact).collect::<Vec<_>>().join("|");
        Pattern::new(format!(r"(?m)\b(?:{any})\b")).map(|pattern| Self(Some(pattern)))
    }

    /// Whether `words` hold one of them.
    pub(super) fn hold(&self, words: &str) -> bool {
        self.0.as_ref().is_some_and(|pattern| pattern.is_in(words))
    }

    /// As a pattern, if there are any.
    pub(super) fn pattern(&self) -> Option<&Pattern> {
        self.0.as_ref()
    }
}

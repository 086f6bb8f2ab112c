//! `[review]`: who must have agreed before words become public.

use super::read::Section;
use super::{Glob, Role};
use crate::article::{Body, Difference, Document};
use crate::finding::{Finding, Level};

/// Which assents count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signatures {
    /// Signed and unsigned ones.
    Optional,
    /// Signed ones alone.
    Required,
}

/// When the record of a publication is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// When it is published.
    Publish,
    /// Before review, where nobody may push to the base.
    Submit,
}

/// Who must have agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// How many different people.
    pub people: u32,
    /// Roles that must be among them.
    pub roles: Vec<Role>,
    /// Roles that must agree to a change of how the newsroom works.
    pub governed: Vec<Role>,
    /// Roles that may withdraw public words at once; none: [`crate::workflow::may_withdraw`] says who.
    pub withdraw: Vec<Role>,
    /// Which assents count.
    pub signatures: Signatures,
    /// When the record is made.
    pub stamp: Stamp,
    /// What some articles need besides.
    pub require: Vec<Require>,
}

/// What an article needs besides when it is of a certain sort.
#[derive(Debug, Clone, PartialEq)]
pub struct Require {
    /// Which articles.
    pub when: When,
    /// How many different people, if more than usual.
    pub people: Option<u32>,
    /// Roles that must be among them.
    pub roles: Vec<Role>,
}

/// A sort of article: every condition that is given must hold, of each list any one. At least one is given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct When {
    /// Its section is one of these.
    pub sections: Vec<String>,
    /// Its kind is one of these.
    pub kinds: Vec<String>,
    /// It has one of these tags.
    pub tags: Vec<String>,
    /// Its file lies in one of these places.
    pub paths: Vec<Glob>,
    /// Its title, description, body, a photo's caption or a note to readers has one of these words.
    pub words: Vec<String>,
    /// Whether it leans on a source that it does not name.
    pub unnamed_source: Option<bool>,
    /// It changes at least so many words of what readers see.
    pub changed_words: Option<u32>,
}

impl Review {
    pub(super) fn read(section: &Section<'_>) -> Self {
        let people = section.count("people").unwrap_or(1);
        if people == 0 {
            section.wrong("people", "`review.people` must be 1 or more");
        }
        Self {
            people,
            roles: section.list("roles"),
            governed: section.list("governed"),
            withdraw: section.list("withdraw"),
            signatures: section
                .choice("signatures", &[("optional", Signatures::Optional), ("required", Signatures::Required)])
                .unwrap_or(Signatures::Optional),
            stamp: section
                .choice("stamp", &[("publish", Stamp::Publish), ("submit", Stamp::Submit)])
                .unwrap_or(Stamp::Publish),
            require: section.sections("require").iter().map(|(entry, span)| Require::read(entry, *span)).collect(),
        }
    }
}

impl Require {
    fn read(section: &Section<'_>, span: crate::finding::Span) -> Self {
        let when = section.section("when");
        let texts = |key| when.texts(key).into_iter().map(|(text, _)| text.to_owned()).collect();
        let entry = Self {
            when: When {
                sections: texts("section"),
                kinds: texts("kind"),
                tags: texts("tag"),
                paths: when.list("path"),
                words: texts("words"),
                unnamed_source: when.truth("unnamed-source"),
                changed_words: when.count("changed-words"),
            },
            people: section.count("people"),
            roles: section.list("roles"),
        };
        let empty = |message: &str| section.say(Finding::new("config-value", Level::Error, message).at(span));
        if entry.when == When::default() {
            empty("this entry does not say `when` it applies");
        }
        if entry.people.is_none() && entry.roles.is_empty() {
            empty("this entry asks for nothing: give it `people` or `roles`");
        }
        entry
    }

    /// Why this entry applies to an article that takes the place of the words in `public`, as the end of a sentence
    /// (`section is "courts"`); none when it does not.
    pub fn applies(&self, document: &Document, body: &Body, public: Option<&Document>) -> Option<String> {
        let reasons = self.when.reasons(document, body, public)?;
        Some(reasons.join(" and "))
    }
}

impl When {
    fn reasons(&self, document: &Document, body: &Body, public: Option<&Document>) -> Option<Vec<String>> {
        let mut reasons = Vec::new();
        if !self.sections.is_empty() {
            let section = document.text_of("section")?;
            reasons.push(format!("section is \"{}\"", find(&self.sections, &[section])?));
        }
        if !self.kinds.is_empty() {
            reasons.push(format!("kind is \"{}\"", find(&self.kinds, &[document.kind()?])?));
        }
        if !self.tags.is_empty() {
            reasons.push(format!("a tag is \"{}\"", find(&self.tags, &document.list_of("tags"))?));
        }
        if !self.paths.is_empty() {
            let glob = self.paths.iter().find(|glob| glob.matches(&document.path))?;
            reasons.push(format!("it is in {glob}"));
        }
        if let Some(wanted) = self.unnamed_source {
            let unnamed = !document.unnamed_sources().is_empty();
            if unnamed != wanted {
                return None;
            }
            reasons.push((if wanted { "a source is not named" } else { "every source is named" }).to_owned());
        }
        if !self.words.is_empty() {
            let fields = ["title", "description"].into_iter().filter_map(|field| document.text_of(field));
            let photos = document.tables_of("photos").into_iter();
            let captions = photos.flat_map(|photo| ["caption", "alt", "credit"].map(|key| photo.text(key))).flatten();
            let changes = document.tables_of("changes").into_iter();
            let notes = changes.filter_map(|change| change.text("note"));
            let blocks = body.blocks.iter().map(|block| block.text.as_str());
            let texts: Vec<String> = fields.chain(captions).chain(notes).chain(blocks).map(plain).collect();
            let word = self.words.iter().find(|word| texts.iter().any(|text| has_word(text, &plain(word))))?;
            reasons.push(format!("it says \"{word}\""));
        }
        if let Some(least) = self.changed_words {
            let changed = Difference::between(public?, document).words();
            if changed < usize::try_from(least).unwrap_or(usize::MAX) {
                return None;
            }
            let words = if changed == 1 { "word" } else { "words" };
            reasons.push(format!("it changes {changed} {words} that readers have seen"));
        }
        if reasons.is_empty() { None } else { Some(reasons) }
    }
}

/// The first of `wanted` that is among `present`, whatever its case.
fn find<'a>(wanted: &'a [String], present: &[&str]) -> Option<&'a str> {
    let same = |one: &&String| present.iter().any(|other| one.to_lowercase() == other.to_lowercase());
    wanted.iter().find(same).map(String::as_str)
}

/// A text as words are looked for in it: in lower case, with one space between words, and without what nobody sees.
fn plain(text: &str) -> String {
    let seen = |one: &char| !matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    let lower: String = text.chars().filter(seen).collect::<String>().to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `text` has `word` (or words) between other things than letters and digits; both are plain.
fn has_word(text: &str, word: &str) -> bool {
    let edge = |one: Option<char>| one.is_none_or(|one| !one.is_alphanumeric());
    !word.is_empty()
        && text
            .match_indices(word)
            .any(|(at, found)| edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;
    use crate::config::Config;

    fn read(article: &str) -> Document {
        let place = RepoPath::new("articles/2026/ferry/index.md").expect("sound");
        Document::read(place, article.as_bytes()).0
    }

    #[track_caller]
    fn check(when: &str, expected: Option<&str>) {
        let article = "+++\ntitle = \"Ferry court case\"\nsection = \"Harbor\"\ntags = [\"port\"]\n[[sources]]\nname = \"an official\"\nanonymous = true\n[[photos]]\nfile = \"a.jpg\"\ncaption = \"The crane driver\"\n[desk]\nkind = \"news\"\n+++\nHe was *allegedly* there.\n";
        let (document, public) = (read(article), read(&article.replace("He was", "She was never")));
        let text = format!("[[review.require]]\nwhen = {{ {when} }}\nroles = [\"legal\"]\n");
        let desk = RepoPath::new("desk.toml").expect("sound");
        let config = Config::read(&desk, text.as_bytes()).expect("reads");
        let reason = config.review.require[0].applies(&document, &Body::read(&document), Some(&public));
        assert_eq!(reason.as_deref(), expected, "{when}");
        let new = config.review.require[0].applies(&document, &Body::read(&document), None);
        assert_eq!(new.is_some(), expected.is_some() && !when.contains("changed-words"), "{when}");
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let config = b"[[review.require]]\nwhen = { words = [\"Court  case\", \"alleged\"] }\nroles = [\"legal\"]\n";
        let config = Config::read(&RepoPath::new("desk.toml").expect("sound"), config).expect("reads");
        let found = |front: &str, body: &str| {
            let document = read(&format!("+++\ntitle = \"A\"\n{front}\n+++\n{body}\n"));
            config.review.require[0].applies(&document, &Body::read(&document), None).is_some()
        };
        for body in
            ["A court\ncase.", "Al\u{ad}leged.", "al\u{200b}leged", "al**leg**ed", "&#97;lleged", "[alleged](x)"]
        {
            assert!(found("", body), "{body}");
        }
        assert!(found("[[changes]]\nkind = \"correction\"\nnote = \"He is alleged.\"", "A."));
        assert!(!found("", "The allegedly courtcase."));
    }

    #[test]
    fn an_entry_applies_for_a_reason() {
        check("section = \"harbor\"", Some("section is \"harbor\""));
        check("section = [\"courts\", \"crime\"]", None);
        check("kind = \"news\", tag = [\"a\", \"port\"]", Some("kind is \"news\" and a tag is \"port\""));
        check("kind = \"news\", tag = \"b\"", None);
        check("path = \"articles/2026/**\"", Some("it is in articles/2026/**"));
        check("unnamed-source = true", Some("a source is not named"));
        check("unnamed-source = false", None);
        check("words = [\"Allegedly\"]", Some("it says \"Allegedly\""));
        check("words = [\"court case\"]", Some("it says \"court case\""));
        check("words = [\"alleged\"]", None);
        check("words = [\"crane driver\"]", Some("it says \"crane driver\""));
        check("changed-words = 2", Some("it changes 2 words that readers have seen"));
        check("changed-words = 3", None);
        check("changed-words = 1, kind = \"brief\"", None);
    }
}

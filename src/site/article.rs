//! What the pages show of one article, read from its front matter once.

use serde::Serialize;

use jiff::tz::TimeZone;

use super::address::{Address, encoded};
use super::dates::Moment;
use super::page::{PublicArticle, Reason, SiteInfo};
use crate::article::amendment::{Label, Told, records};
use crate::article::{Amendment, Digest, RepoPath, Slug, Table};

/// The endings of pictures that browsers show without running anything in them. An SVG can hold a script.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "webp"];

/// One article, ready for any page.
#[derive(Debug)]
pub(super) struct Story<'a> {
    pub(super) source: &'a PublicArticle,
    pub(super) address: Address,
    /// `urn:uuid:...`, the same for as long as the article lives.
    pub(super) identity: String,
    pub(super) title: String,
    pub(super) dek: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) author_bio: Option<String>,
    pub(super) disclosure: Option<String>,
    pub(super) dateline: Option<String>,
    pub(super) section: Option<Section>,
    pub(super) tags: Vec<String>,
    pub(super) photos: Vec<Photo>,
    pub(super) published: Option<Moment>,
    /// Only when the public words changed after they became public.
    pub(super) updated: Option<Moment>,
    /// The same, changes of no word included.
    pub(super) modified: Option<Moment>,
    pub(super) changes: Vec<Note>,
    pub(super) opinion: bool,
}

/// A section of the newsroom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) slug: Option<String>,
    /// From the site's root; none when the name has no letters to make an address from.
    pub(super) href: Option<String>,
}

/// A photo in the front matter that is among the article's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Photo {
    /// As a link from the article's page.
    pub(super) src: String,
    #[serde(skip)]
    pub(super) file: RepoPath,
    pub(super) alt: String,
    pub(super) caption: Option<String>,
    pub(super) credit: Option<Credit>,
}

/// Whose a photo is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Credit {
    /// A name alone, which the page says a word before: `Photo: Port Authority`.
    Name { name: String },
    /// Words that say themselves what it is: `Illustration: desk`, `File photo - Port Authority`.
    Whole { whole: String },
}

impl Credit {
    fn of(said: String) -> Self {
        const WORDS: [&str; 8] = ["photo", "file", "illustration", "courtesy", "handout", "graphic", "foto", "사진"];
        let lower = said.to_lowercase();
        if said.contains(':') || WORDS.iter().any(|word| lower.starts_with(word)) {
            Self::Whole { whole: said }
        } else {
            Self::Name { name: said }
        }
    }
}

/// What changed in words that were already public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// Its place among all of the article, from 1.
    pub(super) number: usize,
    pub(super) label: Label,
    pub(super) date: Option<Moment>,
    pub(super) note: String,
    /// The number of the earlier one that it puts right.
    pub(super) corrects: Option<usize>,
}

impl Note {
    /// Whether it stands above the words: what was wrong, or what the editors have to say, meets readers first.
    pub(super) fn leads(&self) -> bool {
        matches!(self.label, Label::Change(Amendment::Correction | Amendment::EditorsNote) | Label::Withdrawal(_))
    }

    /// Whether readers are shown it.
    pub(super) fn is_shown(&self) -> bool {
        self.label.is_shown() && !self.note.is_empty()
    }
}

impl<'a> Story<'a> {
    /// Reads `source`, which is known to be public. `faults` takes what cannot be shown.
    pub(super) fn read(source: &'a PublicArticle, address: Address, info: &SiteInfo, faults: &mut Vec<Reason>) -> Self {
        let document = &source.document;
        let zone = &info.timezone;
        let text = |name| document.text_of(name).and_then(line);
        let list = |name| document.list_of(name).into_iter().filter_map(line).collect::<Vec<_>>();
        let date = |name| document.field(name)?.as_datetime().and_then(|date| Moment::of(date, zone));
        let published = source
            .first_published
            .map(|at| Moment::new(at, zone))
            .or_else(|| date("date"))
            .or_else(|| date("publishDate"));
        let updated = source.last_changed.map(|at| Moment::new(at, zone)).or_else(|| date("updated"));
        let changes: Vec<Note> = records(document).into_iter().map(|told| note(told, zone)).collect();
        let is_later = |later: &Moment| {
            published.as_ref().is_none_or(|first| later.shown() != first.shown() && later.at > first.at)
        };
        let modified = updated.filter(is_later);
        // A change of no word is no news: then the last one that was told counts.
        let updated = match changes.last() {
            Some(last) if !last.label.is_shown() => {
                changes.iter().rev().find(|one| one.is_shown()).and_then(|one| one.date.clone()).filter(is_later)
            }
            _ => modified.clone(),
        };
        Self {
            identity: identity(&[
                &info.id,
                &document.id().map_or_else(|| source.home.as_str().to_owned(), |id| id.to_string()),
            ]),
            title: text("title").unwrap_or_else(|| source.home.stem().to_owned()),
            dek: text("description"),
            authors: list("authors"),
            author_bio: text("author-bio"),
            disclosure: text("disclosure").filter(|words| !words.eq_ignore_ascii_case("none")),
            dateline: text("dateline"),
            section: text("section").map(Section::new),
            tags: list("tags"),
            photos: document.tables_of("photos").iter().filter_map(|table| photo(table, source, faults)).collect(),
            published,
            updated,
            modified,
            changes,
            opinion: document.kind() == Some("opinion"),
            source,
            address,
        }
    }
}

impl Section {
    fn new(name: String) -> Self {
        let slug = Slug::from_title(&name);
        let href = slug.as_ref().and_then(|slug| Address::own("sections", Some(slug))).map(|address| address.href());
        Self { name, slug: slug.map(|slug| slug.to_string()), href }
    }
}

/// A name for life, made from `parts`: a UUID of version 8 (RFC 9562, section 5.8).
pub(super) fn identity(parts: &[&str]) -> String {
    let fields = std::iter::once("desk-site/1").chain(parts.iter().copied());
    let hex = Digest::of_fields(fields.map(str::as_bytes)).hex();
    let variant = ["8", "9", "a", "b"][usize::from(hex.as_bytes()[16] % 4)];
    format!("urn:uuid:{}-{}-8{}-{variant}{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// The file of `source` that a relative `link` in its text means, when it is one of its own.
pub(super) fn own_file<'a>(source: &'a PublicArticle, link: &str) -> Option<&'a RepoPath> {
    let folder = source.document.path.parent()?;
    let path = folder.join(link.strip_prefix("./").unwrap_or(link)).ok()?;
    source.files.iter().find(|file| **file == path && file.is_within(&source.home) && **file != source.document.path)
}

/// Whether `file` is a picture that can be shown.
pub(super) fn is_picture(file: &RepoPath) -> bool {
    has_ending(file, PICTURES)
}

/// Whether the name of `file` ends in one of `endings`.
pub(super) fn has_ending(file: &RepoPath, endings: &[&str]) -> bool {
    file.name().rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
}

fn photo(table: &Table, source: &PublicArticle, faults: &mut Vec<Reason>) -> Option<Photo> {
    let name = table.text("file")?;
    let Some(file) = own_file(source, name).filter(|file| is_picture(file)) else {
        faults.push(Reason::Photo(name.to_owned()));
        return None;
    };
    let text = |key| table.text(key).and_then(line);
    Some(Photo {
        src: encoded(file.below(&source.home)?),
        file: file.clone(),
        alt: text("alt").unwrap_or_default(),
        caption: text("caption"),
        credit: text("credit").map(Credit::of),
    })
}

fn note(told: Told, zone: &TimeZone) -> Note {
    Note {
        number: told.number,
        label: told.label,
        date: told.date.and_then(|date| Moment::of(&date, zone)),
        note: line(&told.note).unwrap_or_default(),
        corrects: told.corrects,
    }
}

/// One line of text that every format can hold: no control characters, blanks as single spaces; none when it is empty.
pub(super) fn line(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|one: char| one.is_whitespace() || one.is_control())
        .filter(|word| !word.is_empty())
        .map(plain)
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `text` without what XML 1.0 cannot hold (control characters, two that are no characters).
pub(super) fn plain(text: &str) -> String {
    let held =
        |one: char| matches!(one, '\t' | '\n' | '\r') || !(one.is_control() || matches!(one, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(|&one| held(one)).collect()
}

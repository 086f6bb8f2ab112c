//! What all pages share, and the page of an article.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;
use serde::Serialize;

use super::address::Address;
use super::article::{Note, Photo, Section, Story, line};
use super::corrections;
use super::dates::Shown;
use super::markdown::{self, Ways, Words};
use super::page::SiteInfo;
use super::structured::json_ld;
use super::templates::{Templates, value};
use super::words::{Phrases, is_right_to_left, phrases};
use crate::article::amendment::Label;
use crate::article::notice::told;
use crate::article::{Amendment, RepoPath, Stage, Withdrawal};

/// The articles and everything that their pages need.
#[derive(Debug)]
pub(super) struct Press<'a> {
    pub(super) info: &'a SiteInfo,
    /// The site's own address with `/` at its end.
    pub(super) base: Option<String>,
    pub(super) frame: Frame,
    pub(super) words: &'static Phrases,
    /// Newest first; those without a date last.
    pub(super) stories: Vec<Story<'a>>,
    /// The notices of those that were withdrawn.
    pub(super) notices: Vec<Story<'a>>,
    /// The addresses of the articles by their homes and their files.
    addresses: BTreeMap<String, Address>,
    pub(super) templates: Templates,
}

/// What stands around every page.
#[derive(Debug, Serialize)]
pub(super) struct Frame {
    name: Option<String>,
    description: Option<String>,
    language: String,
    right_to_left: bool,
    /// Those that have a page, in the order of their names.
    pub(super) sections: Vec<Section>,
    /// The page of corrections; none where an article stands in its place.
    pub(super) corrections: Option<String>,
}

/// A change as a page shows it.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    pub(super) number: usize,
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) date: Option<Shown>,
    pub(super) note: &'a str,
    /// The earlier note that it puts right: its number and its date.
    pub(super) corrects: Option<(usize, Option<Shown>)>,
    /// The later note that puts it right.
    pub(super) corrected_by: Option<(usize, Option<Shown>)>,
    /// Whether words that it took away are public again.
    pub(super) returned: bool,
}

/// Where an article stood that answers to `alias`: its folder, or its file.
fn stood(root: &RepoPath, alias: &str) -> Vec<String> {
    let below = alias.trim_matches('/');
    ["", "/index.md", ".md"].iter().map(|ending| format!("{root}/{below}{ending}")).collect()
}

impl<'a> Press<'a> {
    pub(super) fn new(info: &'a SiteInfo, stories: Vec<Story<'a>>, notices: Vec<Story<'a>>) -> Self {
        let mut sections: BTreeMap<&str, &Section> = BTreeMap::new();
        for section in stories.iter().filter_map(|story| story.section.as_ref()) {
            if let Some(slug) = &section.slug {
                // One of several spellings, whatever the order in which the articles came.
                let kept = sections.entry(slug).or_insert(section);
                *kept = if section.name < kept.name { section } else { kept };
            }
        }
        let frame = Frame {
            name: line(&info.name),
            description: info.description.as_deref().and_then(line),
            language: language(&info.language),
            right_to_left: is_right_to_left(&info.language),
            sections: sections.into_values().cloned().collect(),
            corrections: corrections::address(stories.iter().chain(&notices)).map(|address| address.href()),
        };
        let all = || stories.iter().chain(&notices);
        let places = |story: &Story<'a>| [&story.source.home, &story.source.document.path].map(ToString::to_string);
        let now = all().flat_map(|story| places(story).map(|place| (place, story.address.clone())));
        let mut addresses: BTreeMap<String, Address> = now.collect();
        for story in all() {
            for place in story.source.document.list_of("aliases").into_iter().flat_map(|alias| stood(&info.root, alias))
            {
                addresses.entry(place).or_insert_with(|| story.address.clone());
            }
        }
        Self {
            addresses,
            base: base(info),
            frame,
            words: phrases(&info.language),
            templates: Templates::new(),
            info,
            stories,
            notices,
        }
    }

    /// The words of `story` as HTML. Other pages are at `root`, the article's own files at `own`.
    pub(super) fn words(&self, story: &Story<'_>, root: &str, own: &str) -> Words {
        let figure = |file: &RepoPath, src: &str, alt: &str| {
            let photo = story.photos.iter().find(|photo| photo.file == *file)?;
            let alt = if alt.trim().is_empty() { photo.alt.as_str() } else { alt };
            let photo = Photo { src: src.to_owned(), alt: alt.to_owned(), ..photo.clone() };
            Some(self.templates.fill("figure.html", context! { photo => value(&photo), words => value(self.words) }))
        };
        let ways = Ways { root, own, articles: &self.addresses, figure: &figure, table: self.words.table };
        markdown::render(story.source, &ways)
    }

    /// The page of `story` and the files of the article that it shows.
    pub(super) fn article(&self, story: &Story<'_>) -> (String, Vec<RepoPath>) {
        let root = story.address.to_root();
        let words = self.words(story, &root, "");
        let canonical = self.base.as_ref().map(|base| format!("{base}{}", story.address.href()));
        let mut photos = story.photos.iter().filter(|photo| !words.files.contains(&photo.file));
        let lead = photos.next();
        let pictures: Vec<String> = canonical
            .iter()
            .flat_map(|canonical| story.photos.iter().map(move |photo| format!("{canonical}{}", photo.src)))
            .collect();
        let structured = json_ld(story, self.info, canonical.as_deref(), &pictures);
        let (above, below) = self.told(story);
        let html = self.templates.fill(
            "article.html",
            context! {
                site => value(&self.frame),
                words => value(self.words),
                title => format!("{} — {}", story.title, self.frame.name.as_deref().unwrap_or_default()),
                description => &story.dek,
                canonical => &canonical,
                root => root,
                name_tag => "p",
                outside_pictures => words.outside_pictures,
                picture => pictures.first(),
                lead => lead.map(value),
                photos => photos.map(value).collect::<Vec<_>>(),
                html => Value::from_safe_string(words.html),
                structured => Value::from_safe_string(structured),
                story => context! {
                    title => &story.title,
                    dek => &story.dek,
                    section => story.section.as_ref().map(value),
                    authors => value(&story.authors),
                    author_bio => &story.author_bio,
                    disclosure => &story.disclosure,
                    dateline => &story.dateline,
                    published => story.published.as_ref().map(|date| value(&date.shown())),
                    updated => story.updated.as_ref().map(|date| value(&date.shown())),
                    corrected => self.corrected(story),
                    above => value(&above),
                    below => value(&below),
                },
            },
        );
        let shown = story.photos.iter().map(|photo| photo.file.clone());
        (html, words.files.into_iter().chain(shown).collect())
    }

    /// The page that stands in place of a withdrawn article. Only what was retracted keeps its title.
    pub(super) fn notice(&self, story: &Story<'_>) -> String {
        let root = story.address.to_root();
        let told = told(&story.source.document);
        let retracted = told.is_some_and(|(kind, _)| kind == Withdrawal::Retraction);
        let heading = if retracted { self.words.retracted } else { self.words.withdrawn };
        self.templates.fill(
            "notice.html",
            context! {
                site => value(&self.frame),
                words => value(self.words),
                title => format!("{heading} — {}", self.frame.name.as_deref().unwrap_or_default()),
                canonical => self.base.as_ref().map(|base| format!("{base}{}", story.address.href())),
                root => root,
                name_tag => "p",
                heading => heading,
                of => retracted.then_some(&story.title),
                since => story.updated.as_ref().map(|date| value(&date.shown())),
                number => story.changes.last().map(|change| change.number),
                note => told.map(|(_, note)| note),
            },
        )
    }

    /// The word that says that an article was corrected.
    pub(super) fn corrected(&self, story: &Story<'_>) -> Option<&'static str> {
        let kinds = [Amendment::Correction, Amendment::EditorsNote, Amendment::Clarification].map(Label::Change);
        let is = |label: &Label| story.changes.iter().any(|change| change.label == *label && change.is_shown());
        kinds.into_iter().find(is).map(|label| self.name_of(label))
    }

    fn name_of(&self, label: Label) -> &'static str {
        match label {
            Label::Change(Amendment::Correction) => self.words.correction,
            Label::Change(Amendment::Clarification) => self.words.clarification,
            Label::Change(Amendment::EditorsNote) => self.words.editors_note,
            Label::Withdrawal(Withdrawal::Retraction) => self.words.retraction,
            Label::Withdrawal(_) => self.words.withdrawal,
            Label::Change(Amendment::Update | Amendment::Refile) | Label::Other => self.words.update,
        }
    }

    /// A change of `story` as readers are told of it.
    pub(super) fn tell<'n>(&self, story: &'n Story<'_>, change: &'n Note) -> Told<'n> {
        let named = |other: &Note| (other.number, other.date.as_ref().map(|date| date.shown()));
        let earlier = story.changes.iter().find(|other| Some(other.number) == change.corrects);
        let later = story.changes.iter().rev().find(|other| other.corrects == Some(change.number));
        Told {
            number: change.number,
            kind: change.label.as_str(),
            name: self.name_of(change.label),
            date: change.date.as_ref().map(|date| date.shown()),
            note: &change.note,
            corrects: earlier.map(named),
            corrected_by: later.map(named),
            returned: matches!(change.label, Label::Withdrawal(_))
                && story.source.document.stage() != Some(Stage::Withdrawn),
        }
    }

    /// What readers are told above the words of `story`, and what below them, each in the order in which it happened.
    fn told<'n>(&self, story: &'n Story<'_>) -> (Vec<Told<'n>>, Vec<Told<'n>>) {
        let shown = story.changes.iter().filter(|change| change.is_shown());
        let (above, below): (Vec<_>, Vec<_>) = shown.partition(|change| change.leads());
        let tell = |notes: Vec<&'n Note>| notes.into_iter().map(|note| self.tell(story, note)).collect();
        (tell(above), tell(below))
    }

    /// The words of `story` as a feed carries them, with what readers are told of its changes around them.
    pub(super) fn carried(&self, story: &Story<'_>, root: &str, own: &str) -> String {
        let (above, below) = self.told(story);
        let notes = |notes: &[Told<'_>]| {
            let values = context! { notes => value(notes), words => value(self.words), own => own };
            if notes.is_empty() { String::new() } else { self.templates.fill("notes.html", values) }
        };
        format!("{}{}{}", notes(&above), self.words(story, root, own).html, notes(&below))
    }
}

/// The site's own address with `/` at its end; none when it is not one of the web.
pub(super) fn base(info: &SiteInfo) -> Option<String> {
    let url = info.url.as_deref()?.trim();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let sound = |one: char| one.is_ascii_graphic() && !matches!(one, '"' | '\'' | '<' | '>' | '\\' | '?' | '#' | '`');
    let sound = !rest.starts_with('/') && !rest.is_empty() && rest.chars().all(sound);
    sound.then(|| format!("{}/", url.trim_end_matches('/')))
}

/// A language tag; `und` when it is none.
fn language(tag: &str) -> String {
    let sound = tag
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if sound { tag.to_owned() } else { "und".to_owned() }
}

//! What reading foreign text gives.

use std::fmt;

use toml::Value;

use super::{Format, byline, unnamed};

/// An article as it was found in foreign text.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// How it was read.
    pub format: Format,
    /// The headline.
    pub title: Option<String>,
    /// The dek: the line below the headline.
    pub description: Option<String>,
    /// The byline, a name each.
    pub authors: Vec<String>,
    /// Where it was written from, as it stood: `SEOUL`.
    pub dateline: Option<String>,
    /// The date as it stood, which may be no date at all: for a person to read.
    pub date: Option<String>,
    /// The section, when the text states one.
    pub section: Option<String>,
    /// Tags, when the text states them.
    pub tags: Vec<String>,
    /// Photos, in the order in which they came.
    pub photos: Vec<Photo>,
    /// Unnamed sources that were noticed.
    pub sources: Vec<Source>,
    /// The Markdown.
    pub body: String,
    /// Front-matter keys that are none of the above, kept.
    pub front: Vec<(String, Value)>,
    /// The file as it came when it had TOML front matter already: it is taken over as it is, byte for byte.
    pub whole: Option<String>,
    /// What was left out.
    pub removed: Vec<Removed>,
    /// What a person should look at.
    pub unsure: Vec<Unsure>,
}

/// A photo that the text shows or names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Photo {
    /// Its file beside the article: none until someone brings it.
    pub file: Option<String>,
    /// Where the page had it.
    pub address: Option<String>,
    /// Its caption, without the credit.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
}

/// An unnamed source that the text quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How the text calls the person: `senior port official`.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// What it said; for blanks and marks that cannot be seen, their names.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
    /// Why.
    pub why: Why,
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Belongs to the page, not to the story: menus, buttons, share bars.
    Furniture,
    /// The same words stand above.
    Duplicate,
    /// Blanks at the end of a line that look like nothing.
    Blank,
    /// Characters that no reader sees.
    Invisible,
    /// Not shown on the page.
    Hidden,
    /// Code that the page runs, or its looks.
    Script,
    /// Another site's content shown in the page.
    Embed,
    /// A picture too small to be one.
    Pixel,
    /// The field it went to writes it: `By`, `SEOUL --`, brackets around a credit.
    Label,
    /// A mark or link that could not be kept without changing words.
    Mark,
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Furniture => "belongs to the page, not to the story",
            Self::Duplicate => "the same words stand above",
            Self::Blank => "blanks at the end of a line",
            Self::Invisible => "characters that no reader sees",
            Self::Hidden => "not shown on the page",
            Self::Script => "code or looks of the page",
            Self::Embed => "shown from another site",
            Self::Pixel => "too small to be a photo",
            Self::Label => "went to a field that writes it",
            Self::Mark => "could not be kept without changing words",
        })
    }
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// The words it is about; empty when something is missing.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
    /// What about it.
    pub what: Doubt,
}

/// What is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// No headline.
    NoTitle,
    /// The first line was taken for the headline.
    Title,
    /// No line below the headline.
    NoDescription,
    /// A line was taken for the dek.
    Description,
    /// The page's own description, which readers do not see, was taken for the dek.
    HiddenDescription,
    /// No byline.
    NoByline,
    /// No dateline.
    NoDateline,
    /// A line was taken for the section.
    Section,
    /// A date was seen; desk writes its own when the article becomes public.
    Date,
    /// A photo whose file is not here.
    PhotoWithoutFile,
    /// Brackets at the end of a line were taken for a credit.
    Credit,
    /// A line of its own was taken for a sub-head.
    Heading,
    /// Lines were joined to paragraphs.
    JoinedLines,
    /// A person without a name is quoted; why is not said.
    UnnamedSource,
    /// Bytes that are not UTF-8 stand as `U+FFFD`.
    NotUtf8,
    /// Front matter that was not understood and is left out.
    FrontMatter,
    /// A table became lines.
    Table,
    /// A link that leads nowhere from here.
    Link,
    /// An article of this newsroom already has this id; the import gets its own.
    Adopted,
    /// No story.
    NoBody,
}

impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoTitle => "no headline found",
            Self::Title => "taken for the headline",
            Self::NoDescription => "no dek found",
            Self::Description => "taken for the dek",
            Self::HiddenDescription => "the page's description, taken for the dek",
            Self::NoByline => "no byline found",
            Self::NoDateline => "no dateline found",
            Self::Section => "taken for the section",
            Self::Date => "a date was seen; the article gets its own when it becomes public",
            Self::PhotoWithoutFile => "a photo is named, but its file is not here",
            Self::Credit => "taken for a photo's credit",
            Self::Heading => "taken for a sub-head",
            Self::JoinedLines => "lines were joined to paragraphs",
            Self::UnnamedSource => "a source without a name: say why in its `reason`",
            Self::NotUtf8 => "not UTF-8: unreadable characters stand as \u{fffd}",
            Self::FrontMatter => "front matter that was not understood, left out",
            Self::Table => "a table became lines",
            Self::Link => "a link that leads nowhere from here",
            Self::Adopted => "this id is another article's; a new one is given",
            Self::NoBody => "no story found",
        })
    }
}

/// How many unnamed sources are suggested: a story with more is no story.
const MOST_SOURCES: usize = 20;

impl Imported {
    /// Nothing found yet.
    pub(super) fn empty(format: Format) -> Self {
        Self {
            format,
            title: None,
            description: None,
            authors: Vec::new(),
            dateline: None,
            date: None,
            section: None,
            tags: Vec::new(),
            photos: Vec::new(),
            sources: Vec::new(),
            body: String::new(),
            front: Vec::new(),
            whole: None,
            removed: Vec::new(),
            unsure: Vec::new(),
        }
    }

    pub(super) fn remove(&mut self, text: impl Into<String>, line: usize, why: Why) {
        self.removed.push(Removed { text: text.into(), line, why });
    }

    pub(super) fn doubt(&mut self, text: impl Into<String>, line: usize, what: Doubt) {
        self.unsure.push(Unsure { text: text.into(), line, what });
    }

    /// The first paragraph without its dateline, which goes to its field.
    pub(super) fn take_dateline<'a>(&mut self, paragraph: &'a str, line: usize) -> &'a str {
        let Some(found) = byline::dateline(paragraph).filter(|_| self.dateline.is_none()) else { return paragraph };
        self.dateline = Some(found.place.to_owned());
        self.remove(found.left_out, line, Why::Label);
        found.story
    }

    /// Suggests a source when the paragraph quotes someone without a name.
    pub(super) fn notice_unnamed(&mut self, paragraph: &str, line: usize) {
        let Some(name) = unnamed::find(paragraph) else { return };
        if self.sources.len() < MOST_SOURCES && !self.sources.iter().any(|source| unnamed::same(&source.name, &name)) {
            self.doubt(&name, line, Doubt::UnnamedSource);
            self.sources.push(Source { name, line });
        }
    }

    /// Says what every story should have and this one has not, and puts both lists in the order of the text.
    pub(super) fn finish(mut self) -> Self {
        let missing = [
            (self.title.is_none(), Doubt::NoTitle),
            (self.description.is_none(), Doubt::NoDescription),
            (self.authors.is_empty(), Doubt::NoByline),
            (self.dateline.is_none(), Doubt::NoDateline),
            (self.body.trim().is_empty(), Doubt::NoBody),
        ];
        self.removed.sort_by_key(|removed| removed.line);
        self.unsure.sort_by_key(|unsure| unsure.line);
        for (_, what) in missing.into_iter().filter(|(missing, _)| *missing) {
            self.doubt("", 1, what);
        }
        self
    }
}

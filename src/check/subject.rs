//! What rules look at: one article with its words laid out, and what is known of every article.

use std::cell::Cell;
use std::ops::Range;

use jiff::Timestamp;

use super::exposed::Embargo;
use super::marks::Marks;
use super::outside::{Answers, Outside, outside};
use super::passage::{Passage, passages};
use super::phrases::{Lexicon, Phrases, settle};
use super::reference::{Reference, references};
use super::rule::{Rule, Seeks};
use crate::article::{Body, Document, RepoPath, Stage};
use crate::config::{Address, Config};
use crate::finding::{Finding, Level, Span};
use crate::schema::{Schema, Schemas};
use crate::style::Styles;

/// All that is checked together: the articles of one tree.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The articles.
    pub pieces: Vec<Piece>,
}

/// One article, read once for every rule.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its own file.
    pub document: Document,
    /// The Markdown of it.
    pub body: Body,
    /// What reading it found.
    pub findings: Vec<Finding>,
    /// The other files of its folder.
    pub files: Vec<Beside>,
}

/// A file in an article's folder beside the article's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Where it is.
    pub path: RepoPath,
    /// What sort of thing it is.
    pub sort: Sort,
    /// How long it is, in bytes.
    pub size: u64,
}

/// What sort of thing stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A plain file.
    Ordinary,
    /// A link to somewhere else.
    Link,
    /// Anything else, such as another repository.
    Other,
}

impl Piece {
    /// Reads the article at `path`; `files` are the others of its folder.
    pub fn read(path: RepoPath, bytes: &[u8], files: Vec<Beside>) -> Self {
        let (document, findings) = Document::read(path, bytes);
        let body = Body::read(&document);
        Self { document, body, findings, files }
    }

    /// The folder that is the article, when it is one: its file is then called `index.md`.
    pub fn folder(&self) -> Option<RepoPath> {
        if self.document.path.name() == "index.md" { self.document.path.parent() } else { None }
    }

    /// Whether its front matter could be read.
    pub fn is_read(&self) -> bool {
        self.findings.iter().all(|finding| finding.level != Level::Error)
    }

    /// The stage to judge it by. Where that cannot be known, the strictest that `draft` allows.
    pub fn stage(&self) -> Stage {
        let unknown = if self.document.is_hidden() { Stage::Draft } else { Stage::Published };
        self.document.stage().unwrap_or(unknown)
    }
}

/// What rules may know beside the article.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// How the newsroom works: its time zone, its levels, where its articles are.
    pub config: &'a Config,
    /// What fields each kind of article has.
    pub schemas: &'a Schemas,
    /// The rules of house style.
    pub styles: &'a Styles,
    /// What other sites answered; none where nobody asked them.
    pub answers: Option<&'a Answers>,
    /// The time.
    pub now: Timestamp,
}

/// One article as a rule sees it.
pub struct Subject<'a> {
    /// The article.
    pub piece: &'a Piece,
    /// The stage it is judged by.
    pub stage: Stage,
    /// Its words in the order a reader meets them: title, description, captions, then the body. Quoted blocks, code
    /// and raw HTML are left out.
    pub passages: Vec<Passage<'a>>,
    /// What is known beside it. A rule asks for the time by [`Subject::now`].
    pub context: &'a Context<'a>,
    /// What is known of the characters and words of all passages together.
    pub marks: Marks,
    /// Phrases that rules seek: the number of their list, the passage, the place in it.
    found: Vec<(usize, usize, Range<usize>)>,
    has_links: bool,
    asked_the_time: Cell<bool>,
}

/// A phrase that a rule sought, where it stands.
pub(super) struct Hit<'s, 'a> {
    /// The passage, and its number among them.
    pub(super) passage: &'s Passage<'a>,
    pub(super) number: usize,
    /// The place in it.
    pub(super) range: Range<usize>,
}

impl<'a> Hit<'_, 'a> {
    /// The words as they are written.
    pub(super) fn words(&self) -> &'a str {
        &self.passage.text[self.range.clone()]
    }

    /// Their bytes in the file.
    pub(super) fn place(&self) -> Span {
        self.passage.place(self.range.start, self.range.end)
    }
}

impl<'a> Subject<'a> {
    /// Lays `piece` out.
    pub fn new(piece: &'a Piece, context: &'a Context<'a>) -> Self {
        let lexicon = Lexicon::house();
        let mut passages = passages(piece);
        let (mut marks, mut found) = (Marks::NONE, Vec::new());
        for (at, passage) in passages.iter_mut().enumerate() {
            let mut number = Marks::NONE;
            passage.survey(lexicon, |list, range| match list {
                Lexicon::NUMBERS => number = Marks::NUMBER,
                list => found.push((list, at, range)),
            });
            passage.marks = passage.marks.and(number);
            marks = marks.and(passage.marks);
        }
        let has_links = piece.body.blocks.iter().any(|block| !block.links.is_empty());
        let (stage, asked_the_time) = (piece.stage(), Cell::new(false));
        Self { piece, stage, passages, context, marks, found, has_links, asked_the_time }
    }

    /// Whether the article has what `rule` says nothing without.
    pub(super) fn offers(&self, rule: &Rule) -> bool {
        rule.seeks.is_empty() || rule.seeks.iter().any(|seeks| self.has(seeks))
    }

    fn has(&self, seeks: &Seeks) -> bool {
        match seeks {
            Seeks::Marks(marks) => self.marks.have_any(*marks),
            Seeks::Phrases(phrases) => {
                let own = Lexicon::house().number_of(phrases);
                self.found.iter().any(|(list, ..)| Some(*list) == own)
            }
            Seeks::Links => self.has_links,
            Seeks::Field(name) => self.document().entry(name).is_some(),
        }
    }

    /// Where `phrases` stand, which a rule seeks: in reading order, and of those that overlap the first or longer one.
    pub(super) fn hits(&self, phrases: &Phrases) -> Vec<Hit<'_, 'a>> {
        let own = Lexicon::house().number_of(phrases);
        let mut found: Vec<_> = self.found.iter().filter(|(list, ..)| Some(*list) == own).collect();
        settle(&mut found, |(_, passage, range)| (*passage, range.clone()));
        let hit = |(_, passage, range): &(usize, usize, Range<usize>)| Hit {
            passage: &self.passages[*passage],
            number: *passage,
            range: range.clone(),
        };
        found.into_iter().map(hit).collect()
    }

    /// Whether the newsroom writes English: what rules that know its words ask first.
    pub(super) fn is_english(&self) -> bool {
        let language = &self.context.config.newsroom.language;
        language.get(..2).is_some_and(|first| first.eq_ignore_ascii_case("en"))
    }

    /// The time. What is said after asking for it may be otherwise at another time.
    pub fn now(&self) -> Timestamp {
        self.asked_the_time.set(true);
        self.context.now
    }

    /// Whether a rule asked for the time.
    pub(super) fn has_asked_the_time(&self) -> bool {
        self.asked_the_time.get()
    }

    /// The schema it follows: that of its kind. One that desk does not keep follows that of its section, where there
    /// is one.
    pub fn schema(&self) -> Option<&'a Schema> {
        schema_of(self.piece, self.context)
    }

    /// The article's own file.
    pub fn document(&self) -> &'a Document {
        &self.piece.document
    }
}

/// What rules that compare articles know of each. Small, so that a whole newsroom's fit in memory.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Card {
    /// Its file.
    pub path: RepoPath,
    /// The stage it is judged by.
    pub stage: Stage,
    /// `desk.id` as written.
    pub id: Option<(String, Span)>,
    /// The addresses it answers to, its own first.
    pub addresses: Vec<Address>,
    /// What it says of other articles: links to them, `related`.
    pub references: Vec<Reference>,
    /// The values of the fields in which no two articles may be alike, with their places.
    pub unique: Vec<(String, String, Span)>,
    /// Where it leads on other sites.
    pub outside: Vec<Outside>,
    /// Until when nobody outside may read it.
    pub embargo: Option<Embargo>,
}

impl Card {
    /// What is to be remembered of `piece`.
    pub fn of(piece: &Piece, context: &Context<'_>) -> Self {
        let document = &piece.document;
        let id = document.value("desk.id").and_then(|value| Some((value.as_str()?.to_owned(), value.span)));
        let addresses = context.config.articles.addresses(document);
        Self {
            path: document.path.clone(),
            stage: piece.stage(),
            id,
            references: references(piece, addresses.first().map_or("", |own| &own.path), context.config),
            addresses,
            unique: unique(piece, context),
            outside: outside(piece, context.config),
            embargo: Embargo::of(document, context.config),
        }
    }
}

fn schema_of<'a>(piece: &Piece, context: &Context<'a>) -> Option<&'a Schema> {
    let document = &piece.document;
    let section = || document.path.below(&context.config.articles.root)?.split_once('/').map(|(first, _)| first);
    let kind = if document.is_adopted() { document.kind() } else { section() };
    context.schemas.get(kind?)
}

fn unique(piece: &Piece, context: &Context<'_>) -> Vec<(String, String, Span)> {
    let fields = schema_of(piece, context).into_iter().flat_map(Schema::unique_fields);
    let value = |field: &str| {
        let value = piece.document.field(field)?;
        let text = value.as_str().map_or_else(|| value.to_json().to_string(), str::to_owned);
        (!text.trim().is_empty()).then(|| (field.to_owned(), text, value.span))
    };
    fields.filter_map(value).collect()
}

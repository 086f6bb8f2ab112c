//! Two people's changes of one article made one: the front matter field by field and its lists by element, the Markdown
//! paragraph by paragraph and then word by word, other files whole.
//!
//! What only one side changed is taken as it stands, to the byte. Where both changed the same thing, each in its own
//! way, both are kept as a [`Conflict`], and nothing is written until somebody chose. Nothing of a conflict is ever
//! part of a text.

mod body;
mod files;
mod front;
mod keyed;
mod layout;
mod list;
#[cfg(test)]
mod tests;
mod units;

use std::borrow::Cow;
use std::fmt;

pub use files::Joint;

use self::units::{Side, chosen, settled};
use super::front::lines;
use super::{Document, RepoPath};

/// Where two people's changes meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A field of the front matter, or a whole table of it.
    Field(String),
    /// All of the front matter, where its fields cannot be told apart.
    Front,
    /// A paragraph, counted from 1 in ours.
    Paragraph(usize),
    /// All of the article's own file.
    Text,
    /// Another file.
    File(RepoPath),
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => out.write_str(name),
            Self::Front => out.write_str("the front matter"),
            Self::Paragraph(number) => write!(out, "paragraph {number}"),
            Self::Text => out.write_str("the whole text"),
            Self::File(path) => out.write_str(path.name()),
        }
    }
}

/// One place that both sides changed, each in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub place: Place,
    /// What stood there before; none where there was nothing to begin from. Empty for other files.
    pub origin: Option<String>,
    /// What one side has there, everything around it joined; empty where it took it out.
    pub ours: String,
    /// What the other side has there.
    pub theirs: String,
}

impl Conflict {
    /// Whether both can stand one behind the other.
    pub fn can_keep_both(&self) -> bool {
        matches!(self.place, Place::Paragraph(_))
    }

    /// Whether other words can be put in place of both.
    pub fn can_be_written(&self) -> bool {
        !matches!(self.place, Place::File(_))
    }
}

/// How one conflict is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What this side has.
    Ours,
    /// What the other side has.
    Theirs,
    /// Ours and then theirs.
    Both,
    /// Other words.
    Words(String),
}

/// Why a merged text cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// So many conflicts have no choice yet.
    #[error("{0} places are not settled")]
    Open(usize),
    /// Only one of the two can stand there.
    #[error("only one can stand in {0}")]
    OnlyOne(Place),
    /// With these choices the file would not read as an article.
    #[error("so it would not read as an article: {0}")]
    Unsound(String),
}

/// A stretch of the merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Apart(Conflict),
}

/// The line end that all lines of a text have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Line,
    Windows,
    /// Some have one and some the other: they are left as they are.
    Mixed,
}

/// Three versions of an article's own file made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    path: RepoPath,
    front: Vec<Piece>,
    body: Vec<Piece>,
    /// What the Markdown ends with.
    end: String,
    ends: Ends,
    /// Whether both sides read as articles, so that what comes of them must.
    sound: bool,
}

impl Merge {
    /// Merges `ours` and `theirs`, both made from `origin`; none where each was begun by itself.
    pub fn of(path: &RepoPath, origin: Option<&str>, ours: &str, theirs: &str) -> Self {
        match settled(origin.unwrap_or_default(), ours, theirs) {
            Some(Side::Ours) if origin.is_some() || ours == theirs => return Self::plain(path, ours),
            Some(Side::Theirs) if origin.is_some() => return Self::plain(path, theirs),
            _ => {}
        }
        let before = origin.map_or_else(|| common(ours, theirs), str::to_owned);
        let [old, our, their] = [&before, ours, theirs].map(ends_of);
        let ends = match (old, our, their) {
            (Ends::Mixed, ..) | (_, Ends::Mixed, _) | (_, _, Ends::Mixed) => Ends::Mixed,
            (old, our, their) if our == their || their == old => our,
            (_, _, their) => their,
        };
        let one = |text| if ends == Ends::Mixed { Cow::Borrowed(text) } else { lines_of(text) };
        let read = |text: &str| Document::read(path.clone(), text.as_bytes());
        let (old, our, their) = (read(&one(&before)), read(&one(ours)), read(&one(theirs)));
        let sound = our.1.is_empty() && their.1.is_empty();
        let documents = [&old.0, &our.0, &their.0];
        let body = body::merge(old.0.body_text(), our.0.body_text(), their.0.body_text());
        let merge = Self {
            path: path.clone(),
            front: head(documents, sound && old.1.is_empty()),
            body: body.pieces,
            end: body.end,
            ends,
            sound,
        };
        // What joins to something that does not read, or that has lost a side's words on the way, is left to people.
        match merge.settle(&[]) {
            Err(Unsettled::Unsound(_)) => Self::whole(path, origin, ours, theirs),
            _ if !sound
                && merge.conflicts().next().is_none()
                && our.0.front_span.is_none() != their.0.front_span.is_none() =>
            {
                Self::whole(path, origin, ours, theirs)
            }
            _ => merge,
        }
    }

    fn plain(path: &RepoPath, text: &str) -> Self {
        let front = vec![Piece::Text(text.to_owned())];
        Self { path: path.clone(), front, body: Vec::new(), end: String::new(), ends: Ends::Mixed, sound: false }
    }

    fn whole(path: &RepoPath, origin: Option<&str>, ours: &str, theirs: &str) -> Self {
        let conflict = Conflict {
            place: Place::Text,
            origin: origin.map(str::to_owned),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
        };
        Self { front: vec![Piece::Apart(conflict)], sound: true, ..Self::plain(path, "") }
    }

    /// Where both sides changed the same thing, in order.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.front.iter().chain(&self.body).filter_map(|piece| match piece {
            Piece::Apart(conflict) => Some(conflict),
            Piece::Text(_) => None,
        })
    }

    /// The merged text, each conflict settled by the choice in its place.
    pub fn settle(&self, choices: &[Choice]) -> Result<String, Unsettled> {
        let count = self.conflicts().count();
        if choices.len() < count {
            return Err(Unsettled::Open(count - choices.len()));
        }
        let mut choices = choices.iter();
        let mut text = String::new();
        for piece in &self.front {
            put(&mut text, piece, &mut choices)?;
        }
        let front = text.len();
        for piece in &self.body {
            put(&mut text, piece, &mut choices)?;
        }
        if !self.body.is_empty() {
            // How the last paragraph ended where it stood says nothing about the end of the file.
            let mut length = text.len();
            while length > front {
                let line = text[front..length].rfind('\n').map_or(front, |newline| front + newline + 1);
                if line == length && length > front {
                    length -= 1;
                } else if text[line..length].trim().is_empty() {
                    length = line;
                } else {
                    break;
                }
            }
            if length > front {
                text.truncate(length);
                if text.ends_with('\r') && self.end.starts_with("\r\n") {
                    text.pop();
                }
                text.push_str(&self.end);
            }
        }
        let text = match self.ends {
            Ends::Windows => text.replace('\n', "\r\n"),
            Ends::Line | Ends::Mixed => text,
        };
        if self.sound {
            let (_, findings) = Document::read(self.path.clone(), text.as_bytes());
            if let Some(finding) = findings.into_iter().next() {
                return Err(Unsettled::Unsound(finding.message));
            }
        }
        Ok(text)
    }
}

fn put<'a>(text: &mut String, piece: &Piece, choices: &mut impl Iterator<Item = &'a Choice>) -> Result<(), Unsettled> {
    let conflict = match piece {
        Piece::Text(words) => {
            text.push_str(words);
            return Ok(());
        }
        Piece::Apart(conflict) => conflict,
    };
    match choices.next() {
        None => return Err(Unsettled::Open(1)),
        Some(Choice::Ours) => text.push_str(&conflict.ours),
        Some(Choice::Theirs) => text.push_str(&conflict.theirs),
        Some(Choice::Both) if conflict.can_keep_both() => {
            text.push_str(&conflict.ours);
            text.push_str(&conflict.theirs);
        }
        Some(Choice::Words(words)) if conflict.can_be_written() => {
            let words = words.replace("\r\n", "\n");
            let words = words.trim_end_matches(['\n', '\r']);
            text.push_str(words);
            match conflict.place {
                Place::Paragraph(_) if !words.trim().is_empty() => text.push_str("\n\n"),
                _ if !words.is_empty() => text.push('\n'),
                _ => {}
            }
        }
        Some(Choice::Both | Choice::Words(_)) => return Err(Unsettled::OnlyOne(conflict.place.clone())),
    }
    Ok(())
}

/// The front matter with its fences.
fn head(documents: [&Document; 3], are_sound: bool) -> Vec<Piece> {
    let [old, our, their] = documents.map(|document| &document.text[..document.body.start]);
    let as_pieces = |documents: [&Document; 3]| -> Option<Vec<Piece>> {
        let [origin, ours, theirs] = documents;
        let fence = |document: &Document| {
            let front = document.front_span?;
            Some((document.text[..front.start].to_owned(), document.text[front.end..document.body.start].to_owned()))
        };
        let (old, our, their) = (fence(origin)?, fence(ours)?, fence(theirs)?);
        let mut pieces = vec![Piece::Text(chosen(&old.0, &our.0, &their.0).to_owned())];
        pieces.extend(front::merge(origin, ours, theirs)?);
        pieces.push(Piece::Text(chosen(&old.1, &our.1, &their.1).to_owned()));
        Some(pieces)
    };
    match settled(old, our, their) {
        Some(Side::Ours) => vec![Piece::Text(our.to_owned())],
        Some(Side::Theirs) => vec![Piece::Text(their.to_owned())],
        None => as_pieces(documents).filter(|_| are_sound).unwrap_or_else(|| {
            let (ours, theirs) = (our.to_owned(), their.to_owned());
            vec![Piece::Apart(Conflict { place: Place::Front, origin: Some(old.to_owned()), ours, theirs })]
        }),
    }
}

/// What two texts that were begun each by itself have in common, as something to have begun from: only the fences.
fn common(ours: &str, theirs: &str) -> String {
    let fenced = |text: &str| {
        lines(text.trim_start_matches('\u{feff}'), 0).next().is_some_and(|(_, line)| line.trim_end() == "+++")
    };
    if fenced(ours) && fenced(theirs) { "+++\n+++\n".to_owned() } else { String::new() }
}

fn ends_of(text: &str) -> Ends {
    let all = text.matches('\n').count();
    let windows = text.matches("\r\n").count();
    let alone = text.matches('\r').count() - windows;
    match (all - windows, windows, alone) {
        (_, 0, 0) => Ends::Line,
        (0, _, 0) => Ends::Windows,
        _ => Ends::Mixed,
    }
}

fn lines_of(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

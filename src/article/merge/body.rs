//! Three versions of the Markdown: by paragraph, and where both sides changed one, by word.

use std::ops::Range;

use super::units::{Part, Side, Unit, alike, chosen, parts, same, settled};
use super::{Conflict, Piece, Place};

/// What stands between two paragraphs where nothing else is known.
const APART: &str = "\n\n";

/// The merged Markdown, and the blanks it ends with.
pub(super) struct Body {
    pub(super) pieces: Vec<Piece>,
    pub(super) end: String,
}

/// Merges three versions.
pub(super) fn merge(origin: &str, ours: &str, theirs: &str) -> Body {
    let (origin, ours, theirs) = (Text::read(origin), Text::read(ours), Text::read(theirs));
    let mut merging = Merging { origin: &origin.units, ours: &ours.units, theirs: &theirs.units, pieces: Vec::new() };
    merging.pieces.push(Piece::Text(chosen(origin.lead, ours.lead, theirs.lead).to_owned()));
    let maps = (same(merging.origin, merging.ours), same(merging.origin, merging.theirs));
    for part in parts(&maps.0, &maps.1, (ours.units.len(), theirs.units.len())) {
        merging.put(part);
    }
    Body { pieces: merging.pieces, end: chosen(origin.end(), ours.end(), theirs.end()).to_owned() }
}

/// Markdown as paragraphs.
struct Text<'a> {
    /// Blanks before the first.
    lead: &'a str,
    units: Vec<Unit<'a>>,
}

impl<'a> Text<'a> {
    /// A paragraph is lines that are not blank; what parts it from the next is its gap.
    fn read(text: &'a str) -> Self {
        let mut paragraphs: Vec<Range<usize>> = Vec::new();
        let (mut at, mut goes_on) = (0, false);
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            let filled = at..at + words.len();
            if words.trim().is_empty() {
                goes_on = false;
            } else if goes_on && let Some(last) = paragraphs.last_mut() {
                last.end = filled.end;
            } else {
                paragraphs.push(filled);
                goes_on = true;
            }
            at += line.len();
        }
        let next = |after: usize| paragraphs.get(after + 1).map_or(text.len(), |range| range.start);
        let unit = |(number, range): (usize, &Range<usize>)| Unit {
            text: &text[range.clone()],
            gap: &text[range.end..next(number)],
        };
        let lead = &text[..paragraphs.first().map_or(text.len(), |range| range.start)];
        Self { lead, units: paragraphs.iter().enumerate().map(unit).collect() }
    }

    fn end(&self) -> &'a str {
        self.units.last().map_or("", |last| last.gap)
    }
}

struct Merging<'a> {
    origin: &'a [Unit<'a>],
    ours: &'a [Unit<'a>],
    theirs: &'a [Unit<'a>],
    pieces: Vec<Piece>,
}

impl Merging<'_> {
    fn put(&mut self, part: Part) {
        match part {
            Part::Common { origin, ours, theirs } => {
                let (origin, ours, theirs) = (self.origin[origin], self.ours[ours], self.theirs[theirs]);
                self.text(ours.text, parting(chosen(origin.gap, ours.gap, theirs.gap)));
            }
            Part::Apart { origin, ours, theirs } => self.apart(origin, ours, theirs),
        }
    }

    /// Paragraphs that at least one side changed.
    fn apart(&mut self, origin: Range<usize>, ours: Range<usize>, theirs: Range<usize>) {
        let (before, our, their) =
            (&self.origin[origin.clone()], &self.ours[ours.clone()], &self.theirs[theirs.clone()]);
        match settled(&texts(before)[..], &texts(our)[..], &texts(their)[..]) {
            Some(Side::Ours) => return self.run(our),
            Some(Side::Theirs) => return self.run(their),
            None => {}
        }
        let maps = (alike(before, our), alike(before, their));
        let finer = parts(&maps.0, &maps.1, (our.len(), their.len()));
        for part in finer {
            match part {
                Part::Common { origin: old, ours: one, theirs: two } => {
                    self.paragraph(before[old], our[one], their[two], ours.start + one);
                }
                Part::Apart { origin: old, ours: one, theirs: two } => {
                    self.stretch(&before[old], &our[one.clone()], &their[two], ours.start + one.start);
                }
            }
        }
    }

    /// Paragraphs that came or went.
    fn stretch(&mut self, origin: &[Unit<'_>], ours: &[Unit<'_>], theirs: &[Unit<'_>], number: usize) {
        match settled(&texts(origin)[..], &texts(ours)[..], &texts(theirs)[..]) {
            Some(Side::Ours) => self.run(ours),
            Some(Side::Theirs) => self.run(theirs),
            None => self.conflict(number, joined(origin), joined(ours), joined(theirs)),
        }
    }

    /// One paragraph that is still the same one on both sides.
    fn paragraph(&mut self, origin: Unit<'_>, ours: Unit<'_>, theirs: Unit<'_>, number: usize) {
        let gap = parting(chosen(origin.gap, ours.gap, theirs.gap));
        match words(origin.text, ours.text, theirs.text) {
            Ok(text) => self.text(&text, gap),
            Err(Apart { ours, theirs }) => {
                let whole = |text: &str| if text.is_empty() { String::new() } else { format!("{text}{gap}") };
                self.conflict(number, whole(origin.text), whole(&ours), whole(&theirs));
            }
        }
    }

    fn run(&mut self, units: &[Unit<'_>]) {
        units.iter().for_each(|unit| self.text(unit.text, parting(unit.gap)));
    }

    fn text(&mut self, text: &str, gap: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(format!("{text}{gap}")));
        }
    }

    fn conflict(&mut self, number: usize, origin: String, ours: String, theirs: String) {
        let place = Place::Paragraph(number + 1);
        self.pieces.push(Piece::Apart(Conflict { place, origin: Some(origin), ours, theirs }));
    }
}

fn texts<'a>(units: &[Unit<'a>]) -> Vec<&'a str> {
    units.iter().map(|unit| unit.text).collect()
}

fn joined(units: &[Unit<'_>]) -> String {
    units.iter().flat_map(|unit| [unit.text, parting(unit.gap)]).collect()
}

/// A gap that parts two paragraphs: what stood at the end of a file may not.
fn parting(gap: &str) -> &str {
    if gap.matches('\n').count() < 2 { APART } else { gap }
}

/// A paragraph that both sides changed in the same place, each with all else joined.
struct Apart {
    ours: String,
    theirs: String,
}

/// Merges one paragraph word by word.
fn words(origin: &str, ours: &str, theirs: &str) -> Result<String, Apart> {
    match settled(origin, ours, theirs) {
        Some(Side::Ours) => return Ok(ours.to_owned()),
        Some(Side::Theirs) => return Ok(theirs.to_owned()),
        None => {}
    }
    let (old, our, their) = (split(origin), split(ours), split(theirs));
    let lead = chosen(indent(origin), indent(ours), indent(theirs));
    let (mut one, mut two) = (Line::new(lead), Line::new(lead));
    let mut agree = true;
    let maps = (same(&old, &our), same(&old, &their));
    for part in parts(&maps.0, &maps.1, (our.len(), their.len())) {
        match part {
            Part::Common { origin, ours, theirs } => {
                let gap = chosen(old[origin].gap, our[ours].gap, their[theirs].gap);
                let unit = [Unit { text: our[ours].text, gap }];
                one.put(&unit);
                two.put(&unit);
            }
            Part::Apart { origin, ours, theirs } => {
                let (ours, theirs) = (&our[ours], &their[theirs]);
                let (left, right) = match settled(&texts(&old[origin])[..], &texts(ours)[..], &texts(theirs)[..]) {
                    Some(Side::Ours) => (ours, ours),
                    Some(Side::Theirs) => (theirs, theirs),
                    None => {
                        agree = false;
                        (ours, theirs)
                    }
                };
                one.put(left);
                two.put(right);
            }
        }
    }
    let (ours, theirs) = (one.end(), two.end());
    if agree { Ok(ours) } else { Err(Apart { ours, theirs }) }
}

fn indent(text: &str) -> &str {
    &text[..text.len() - text.trim_start().len()]
}

/// Words with the blanks behind them.
fn split(text: &str) -> Vec<Unit<'_>> {
    let mut rest = text.trim_start();
    let mut units = Vec::new();
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(word);
        rest = behind.trim_start();
        units.push(Unit { text, gap: &behind[..behind.len() - rest.len()] });
    }
    units
}

/// A paragraph being put together.
struct Line {
    text: String,
    gap: String,
    lead: usize,
}

impl Line {
    fn new(lead: &str) -> Self {
        Self { text: lead.to_owned(), gap: String::new(), lead: lead.len() }
    }

    fn put(&mut self, units: &[Unit<'_>]) {
        for unit in units {
            if self.text.len() > self.lead {
                self.text.push_str(if self.gap.is_empty() { " " } else { &self.gap });
            }
            self.text.push_str(unit.text);
            unit.gap.clone_into(&mut self.gap);
        }
    }

    /// Blanks at the end of a paragraph are its own as long as they stay on its line.
    fn end(mut self) -> String {
        if self.text.len() == self.lead {
            return String::new();
        }
        if !self.gap.contains('\n') {
            self.text.push_str(&self.gap);
        }
        self.text
    }
}

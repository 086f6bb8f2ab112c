//! Three versions of the front matter: field by field, lists and tables of tables by element.

use super::keyed::{Trio, distinct, trios};
use super::layout::{self, Entry, Section};
use super::list::{self, List};
use super::units::{Side, chosen, settled};
use super::{Conflict, Piece, Place};
use crate::article::{Data, Document};

/// Merges three versions; none where the lines of one cannot be told apart for certain.
pub(super) fn merge(origin: &Document, ours: &Document, theirs: &Document) -> Option<Vec<Piece>> {
    let mut layouts = [layout::cut(origin)?, layout::cut(ours)?, layout::cut(theirs)?];
    layout::name(&mut layouts);
    let [old, our, their] = &layouts;
    let names = |sections: &[Section<'_>]| sections.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let mut merging = Merging { texts: [&origin.text, &ours.text, &theirs.text], pieces: Vec::new() };
    for Trio { origin, ours, theirs } in trios(&names(&old.sections), &names(&our.sections), &names(&their.sections)) {
        let origin = origin.map(|at| &old.sections[at]);
        match (ours.map(|at| &our.sections[at]), theirs.map(|at| &their.sections[at])) {
            (Some(ours), Some(theirs)) => merging.section(origin, ours, theirs),
            (ours, theirs) => merging.lone(origin, ours, theirs),
        }
    }
    merging.pieces.push(Piece::Text(chosen(old.tail, our.tail, their.tail).to_owned()));
    Some(merging.pieces)
}

struct Merging<'a> {
    texts: [&'a str; 3],
    pieces: Vec<Piece>,
}

impl Merging<'_> {
    /// A table that both sides have.
    fn section(&mut self, origin: Option<&Section<'_>>, ours: &Section<'_>, theirs: &Section<'_>) {
        let lead = |section: Option<&Section<'_>>| section.map_or("", |section| section.lead).to_owned();
        let above = chosen(&lead(origin), ours.lead, theirs.lead).to_owned();
        let header = chosen(origin.map_or("", |section| section.header), ours.header, theirs.header);
        self.text(format!("{above}{header}"));
        let none = Vec::new();
        let old = origin.map_or(&none, |section| &section.entries);
        let names = |entries: &[Entry<'_>]| distinct(entries.iter().map(|entry| entry.key.clone()).collect());
        for trio in trios(&names(old), &names(&ours.entries), &names(&theirs.entries)) {
            let origin = trio.origin.map(|at| &old[at]);
            match (trio.ours.map(|at| &ours.entries[at]), trio.theirs.map(|at| &theirs.entries[at])) {
                (Some(one), Some(two)) => self.entry(ours, origin, one, two),
                (one, two) => self.lone_entry(ours, origin, one, two),
            }
        }
    }

    /// A table that one side lacks.
    fn lone(&mut self, origin: Option<&Section<'_>>, ours: Option<&Section<'_>>, theirs: Option<&Section<'_>>) {
        let Some(here) = ours.or(theirs) else { return };
        match origin {
            None => self.text(here.text()),
            Some(origin) if origin.said() == here.said() => {}
            Some(origin) => {
                let text = |section: Option<&Section<'_>>| section.map(Section::text).unwrap_or_default();
                self.conflict(here.title(), origin.text(), text(ours), text(theirs));
            }
        }
    }

    /// A field that both sides have.
    fn entry(&mut self, section: &Section<'_>, origin: Option<&Entry<'_>>, ours: &Entry<'_>, theirs: &Entry<'_>) {
        let lead = chosen(origin.map_or("", |origin| origin.lead), ours.lead, theirs.lead).to_owned();
        let old = origin.map_or("", |origin| origin.text);
        let standing = settled(old, ours.text, theirs.text).or_else(|| {
            // Said alike and spelt otherwise is no difference; what desk keeps is as the public version has it.
            let alike = ours.value.to_json() == theirs.value.to_json();
            alike.then_some(Side::Ours).or_else(|| section.is_kept(&ours.key).then_some(Side::Theirs))
        });
        match standing {
            Some(Side::Ours) => self.text(lead + ours.text),
            Some(Side::Theirs) => self.text(lead + theirs.text),
            None => match self.list(origin, ours, theirs) {
                Some(text) => self.text(lead + &text),
                None => {
                    let text = |text: &str| format!("{lead}{text}");
                    self.conflict(section.field(&ours.key), text(old), text(ours.text), text(theirs.text));
                }
            },
        }
    }

    /// The lines of a list, merged by element.
    fn list(&self, origin: Option<&Entry<'_>>, ours: &Entry<'_>, theirs: &Entry<'_>) -> Option<String> {
        let is_list = |entry: &Entry<'_>| matches!(entry.value.data, Data::Array(_));
        if !is_list(ours) || !is_list(theirs) || !origin.is_none_or(is_list) {
            return None;
        }
        let [old, our, their] = self.texts;
        let merged = list::merge(
            origin.map(|entry| List { value: entry.value, text: old }),
            List { value: ours.value, text: our },
            List { value: theirs.value, text: their },
        )?;
        let spelt = our.get(ours.value.span.range())?;
        let at = ours.text.find(spelt)?;
        Some(format!("{}{merged}{}", &ours.text[..at], &ours.text[at + spelt.len()..]))
    }

    /// A field that one side lacks.
    fn lone_entry(
        &mut self,
        section: &Section<'_>,
        origin: Option<&Entry<'_>>,
        ours: Option<&Entry<'_>>,
        theirs: Option<&Entry<'_>>,
    ) {
        let Some(here) = ours.or(theirs) else { return };
        let text = |entry: Option<&Entry<'_>>| entry.map(|entry| format!("{}{}", entry.lead, entry.text));
        match origin {
            None => self.text(text(Some(here)).unwrap_or_default()),
            Some(origin) if origin.text == here.text => {}
            Some(_) if section.is_kept(&here.key) => self.text(text(theirs).unwrap_or_default()),
            Some(_) => self.conflict(
                section.field(&here.key),
                text(origin).unwrap_or_default(),
                text(ours).unwrap_or_default(),
                text(theirs).unwrap_or_default(),
            ),
        }
    }

    fn text(&mut self, text: String) {
        self.pieces.push(Piece::Text(text));
    }

    fn conflict(&mut self, field: String, origin: String, ours: String, theirs: String) {
        self.pieces.push(Piece::Apart(Conflict { place: Place::Field(field), origin: Some(origin), ours, theirs }));
    }
}

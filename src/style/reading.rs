//! One article while the rules read it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::layout::{Layout, Piece};
use super::message::fill;
use super::points::{Chunk, Hit, Memory};
use super::readers::Readers;
use super::rule::Rule;
use super::scope::{Kind, Scope};
use super::statistics::Statistics;
use super::text::Letters;
use crate::finding::{Edit, Finding, Level, Safety, Span};

/// Whom to ask about a passage.
#[derive(Clone, Copy)]
pub(super) enum Asking<'a> {
    /// The rules that can find anything in it.
    Possible(&'a Readers),
    /// Each that reads such passages: what the other must not differ from.
    #[cfg(test)]
    Each,
}

/// An article while it is read.
pub(super) struct Reading<'a> {
    rules: &'a [Rule],
    asking: Asking<'a>,
    file: &'a str,
    memory: Memory,
    /// The places each rule has spoken of.
    told: BTreeSet<(usize, Span)>,
    counts: Vec<usize>,
    findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    /// Of an article that stands in `file`.
    pub(super) fn new(rules: &'a [Rule], file: &'a str, asking: Asking<'a>) -> Self {
        let counts = vec![0; rules.len()];
        Self { rules, asking, file, memory: Memory::default(), told: BTreeSet::new(), counts, findings: Vec::new() }
    }

    /// What the rules, which read `scope` together, say of all of it.
    pub(super) fn whole(mut self, layout: &Layout, scope: Scope) -> Vec<Finding> {
        for piece in &layout.pieces {
            self.piece(piece);
        }
        if scope.has(Kind::Summary) {
            let text = layout.summary();
            let statistics = Statistics::of(layout, &text.words);
            self.piece(&Piece { kind: Kind::Summary, text, sentences: Vec::new() });
            self.reckon(&statistics);
        }
        self.findings
    }

    /// Asks one rule after the other about all of a piece.
    fn piece(&mut self, piece: &Piece) {
        let whole = 0..piece.text.words.len();
        let asked: Vec<usize> = match self.asking {
            Asking::Possible(readers) => readers.possible(piece.kind, &piece.text.words, piece.text.letters).collect(),
            #[cfg(test)]
            Asking::Each => (0..self.rules.len()).collect(),
        };
        for at in asked {
            let scope = self.rules[at].scope;
            if piece.kind == Kind::Text && scope.has(Kind::Paragraph) {
                self.look(at, piece, whole.clone());
            }
            if scope.has(Kind::Sentence) {
                for sentence in &piece.sentences {
                    self.look(at, piece, sentence.clone());
                }
            }
            if scope.has(piece.kind) {
                self.look(at, piece, whole.clone());
            }
        }
    }

    fn look(&mut self, at: usize, piece: &Piece, range: Range<usize>) {
        let rule = &self.rules[at];
        let words = &piece.text.words[range.clone()];
        let letters = if range.len() == piece.text.words.len() { piece.text.letters } else { Letters::of(words) };
        let chunk = Chunk { words, letters, text: &piece.text, at: range.start };
        let Ok(hits) = rule.point.look(&chunk, &rule.frame(), &mut self.memory) else {
            let message = "the pattern of this rule takes too long on this passage";
            self.say(
                at,
                Some(piece.text.place(range.start, range.end)),
                Finding::new(&rule.about.name, Level::Note, message),
            );
            return;
        };
        for hit in hits {
            self.hit(at, rule, &chunk, hit);
        }
    }

    fn hit(&mut self, at: usize, rule: &Rule, chunk: &Chunk<'_>, hit: Hit) {
        let mut finding = finding(rule, &hit);
        let Some(range) = hit.at else {
            self.say(at, None, finding);
            return;
        };
        let (start, end) = (chunk.at + range.start, chunk.at + range.end);
        if chunk.text.is_masked(start, end) {
            return;
        }
        let span = chunk.text.place(start, end);
        let found = &chunk.words[range];
        // What the file spells otherwise, with marks or entities, is for a person to change.
        let is_spelt = self.file.get(span.range()) == Some(found);
        if let Some(first) = hit.instead.first().filter(|first| is_spelt && *first != found) {
            finding = finding.fix(Safety::Unsafe, vec![Edit::replace(span, first)]);
        }
        self.say(at, Some(span), finding);
    }

    fn reckon(&mut self, statistics: &Statistics) {
        if statistics.numbers.is_empty() {
            return;
        }
        for (at, rule) in self.rules.iter().enumerate() {
            for hit in rule.point.reckon(statistics) {
                self.say(at, None, finding(rule, &hit));
            }
        }
    }

    fn say(&mut self, at: usize, span: Option<Span>, finding: Finding) {
        let limit = self.rules[at].limit;
        let place = (at, Span::at(span.map_or(0, |span| span.start)));
        if (limit == 0 || self.counts[at] < limit) && self.told.insert(place) {
            self.counts[at] += 1;
            self.findings.push(match span {
                Some(span) => finding.at(span),
                None => finding,
            });
        }
    }
}

fn finding(rule: &Rule, hit: &Hit) -> Finding {
    let about = &rule.about;
    let finding = Finding::new(&about.name, about.level, hit.message(&rule.frame()));
    match (&about.description, &about.link) {
        (Some(description), _) => {
            finding.help(fill(description, &hit.words.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        (None, Some(link)) => finding.help(format!("see {link}")),
        (None, None) => finding,
    }
}

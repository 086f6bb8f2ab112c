//! The lines that a finding is about, cut to fit a terminal and made safe to print.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use super::escape::{acts, visible};

/// A place to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes: of the file on the way in, of the excerpt on the way out.
    pub(super) range: Range<usize>,
    /// Words to put under it.
    pub(super) label: Option<String>,
    /// Whether it is the place itself, or one that explains it.
    pub(super) primary: bool,
}

/// Lines of a file, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines, each short enough.
    pub(super) text: String,
    /// The number of the first.
    pub(super) first_line: usize,
    /// Where the marks are in them.
    pub(super) marks: Vec<Mark>,
}

impl Excerpt {
    /// The lines of `text` from the first mark to the last. A mark over several lines is cut to the first of them.
    pub(super) fn new(text: &str, marks: &[Mark], width: usize) -> Self {
        let starts = line_starts(text);
        let line_of = |at: usize| starts.partition_point(|&start| start <= at.min(text.len())) - 1;
        let mut by_line: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        for mark in marks {
            let line = line_of(mark.range.start);
            by_line.entry(line).or_default().push(mark.clone());
        }
        let first = by_line.keys().next().copied().unwrap_or(0);
        let last = by_line.keys().next_back().copied().unwrap_or(0);
        let room = width.saturating_sub((last + 1).to_string().len() + 3).max(20);
        let mut excerpt = Self { text: String::new(), first_line: first + 1, marks: Vec::new() };
        for line in first..=last {
            let end = starts.get(line + 1).copied().unwrap_or(text.len());
            let raw = text[starts[line]..end].trim_end_matches(['\n', '\r']);
            let marks = by_line.remove(&line).unwrap_or_default();
            excerpt.push_line(raw, starts[line], &marks, room);
        }
        excerpt
    }

    fn push_line(&mut self, raw: &str, start: usize, marks: &[Mark], room: usize) {
        let local: Vec<Range<usize>> = marks.iter().map(|mark| clamp(raw, start, &mark.range)).collect();
        let shown = Shown::new(raw);
        let label = marks.first().and_then(|mark| mark.label.as_deref()).map_or(0, |label| label.chars().count() + 1);
        let window = shown.window(local.first(), label, room);
        let base = self.text.len();
        let place = shown.print(&window, &mut self.text);
        for (mark, range) in marks.iter().zip(local) {
            let (from, to) = (place(range.start), place(range.end));
            let label = mark.label.as_deref().map(|label| visible(label).into_owned());
            self.marks.push(Mark { range: base + from..base + to.max(from), label, primary: mark.primary });
        }
        self.text.push('\n');
    }
}

/// One character of a line as it is printed.
struct Cell {
    /// Where it begins in the line.
    at: usize,
    one: char,
    /// How many columns it takes.
    width: usize,
}

/// A line in characters.
struct Shown<'a> {
    raw: &'a str,
    cells: Vec<Cell>,
}

/// A longer word is cut.
const LONGEST_WORD: usize = 14;

/// What stands for the words that are cut off.
const CUT: &str = "...";

impl<'a> Shown<'a> {
    fn new(raw: &'a str) -> Self {
        let cells = raw.char_indices().map(|(at, one)| Cell { at, one, width: printed_width(one) }).collect();
        Self { raw, cells }
    }

    fn width(&self, cells: Range<usize>) -> usize {
        self.cells[cells].iter().map(|cell| cell.width).sum()
    }

    fn cell_at(&self, byte: usize) -> usize {
        self.cells.partition_point(|cell| cell.at < byte)
    }

    /// The cells to show: all, or those around `mark` with room for its label.
    fn window(&self, mark: Option<&Range<usize>>, label: usize, room: usize) -> Range<usize> {
        let all = 0..self.cells.len();
        let mark = mark.map_or(0..0, |mark| self.cell_at(mark.start)..self.cell_at(mark.end));
        if self.width(all.clone()) <= room && self.width(0..mark.end) + label <= room {
            return all;
        }
        let room = room - 2 * CUT.len();
        let wanted = (self.width(mark.clone()) + label).min(room);
        let mut left = (room - wanted).min(room / 3);
        let mut from = mark.start;
        while from > 0 && self.cells[from - 1].width <= left {
            left -= self.cells[from - 1].width;
            from -= 1;
        }
        let mut left = room.saturating_sub(self.width(from..mark.start));
        let mut to = mark.start;
        while to < self.cells.len() && self.cells[to].width <= left {
            left -= self.cells[to].width;
            to += 1;
        }
        self.whole_words(from, to, &mark)
    }

    /// Lets the window begin and end between words, where a blank is near.
    fn whole_words(&self, mut from: usize, mut to: usize, mark: &Range<usize>) -> Range<usize> {
        let is_blank = |cell: &Cell| cell.one == ' ';
        if from > 0 {
            let near = self.cells[from..mark.start].iter().take(LONGEST_WORD).position(is_blank);
            from += near.map_or(0, |blank| blank + 1);
        }
        if to < self.cells.len() {
            let near = self.cells[mark.end.clamp(from, to)..to].iter().rev().take(LONGEST_WORD).position(is_blank);
            to -= near.map_or(0, |blank| blank + 1);
        }
        from..to
    }

    /// Prints the window behind `out`; what comes back leads from bytes of the line to bytes of what was printed.
    fn print<'w>(&'w self, window: &Range<usize>, out: &mut String) -> impl Fn(usize) -> usize + use<'w, 'a> {
        let start = out.len();
        if window.start > 0 {
            out.push_str(CUT);
        }
        let mut ends = vec![out.len() - start];
        for cell in &self.cells[window.clone()] {
            match cell.one {
                '\t' => out.push_str(TAB),
                one if acts(one) => out.extend(one.escape_unicode()),
                one => out.push(one),
            }
            ends.push(out.len() - start);
        }
        if window.end < self.cells.len() {
            out.push_str(CUT);
        }
        let first = window.start;
        move |byte| {
            let cell = self.cell_at(byte.min(self.raw.len()));
            ends[cell.saturating_sub(first).min(ends.len() - 1)]
        }
    }
}

/// What a tab looks like.
const TAB: &str = "    ";

fn printed_width(one: char) -> usize {
    match one {
        '\t' => TAB.len(),
        one if acts(one) => one.escape_unicode().count(),
        one => one.width().unwrap_or(0),
    }
}

fn clamp(raw: &str, start: usize, range: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| {
        let mut at = at.saturating_sub(start).min(raw.len());
        while !raw.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    boundary(range.start)..boundary(range.end)
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// `text` broken between words so that no line is wider than `width`; the first line has `head` columns before it, the
/// others are set in by `indent`.
pub(super) fn wrapped(text: &str, width: usize, head: usize, indent: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut column = head;
    for word in text.split(' ') {
        let needed: usize = word.chars().map(printed_width).sum();
        if column > head.min(indent) && !out.is_empty() && column + 1 + needed > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = head.min(width / 2).max(indent);
        } else if !out.is_empty() {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += needed;
    }
    out
}

//! Three versions of a row of things, brought side by side: what all have, and where they part.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A paragraph or a word, and the blanks behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    pub(super) text: &'a str,
    pub(super) gap: &'a str,
}

/// A stretch of the three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// One thing that all three have, by its place in each.
    Common { origin: usize, ours: usize, theirs: usize },
    /// Where at least one has something else.
    Apart { origin: Range<usize>, ours: Range<usize>, theirs: Range<usize> },
}

/// More things than this between what is equal at both ends are not compared one by one.
const MOST: usize = 6_000;

/// For each unit of `origin` where `other` has the same.
pub(super) fn same(origin: &[Unit<'_>], other: &[Unit<'_>]) -> Vec<Option<usize>> {
    let texts = |units: &[Unit<'_>]| units.iter().map(|unit| unit.text.to_owned()).collect::<Vec<String>>();
    let mut found = vec![None; origin.len()];
    let front = origin.iter().zip(other).take_while(|(one, two)| one.text == two.text).count();
    let back = origin[front..].iter().rev().zip(other[front..].iter().rev());
    let back = back.take_while(|(one, two)| one.text == two.text).count();
    for at in (0..front).chain(origin.len() - back..origin.len()) {
        found[at] = Some(if at < front { at } else { at + other.len() - origin.len() });
    }
    let (old, new) = (&origin[front..origin.len() - back], &other[front..other.len() - back]);
    if old.len() + new.len() > MOST {
        return found;
    }
    for op in capture_diff_slices(Algorithm::Myers, &texts(old), &texts(new)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for at in 0..len {
                found[front + old_index + at] = Some(front + new_index + at);
            }
        }
    }
    found
}

/// The most pairs that are looked at for likeness.
const MOST_PAIRS: usize = 2_500;

/// How much of two paragraphs must be the same words for one to be the other, changed.
const ALIKE: f64 = 0.5;

/// For each unit of `origin` what became of it in `other`: the same, or much the same words.
pub(super) fn alike(origin: &[Unit<'_>], other: &[Unit<'_>]) -> Vec<Option<usize>> {
    let mut found = vec![None; origin.len()];
    if origin.is_empty() || other.is_empty() || origin.len() * other.len() > MOST_PAIRS {
        return found;
    }
    let [old, new] = [origin, other].map(|units| units.iter().map(|unit| Bag::of(unit.text)).collect::<Vec<_>>());
    let likeness: Vec<Vec<f64>> = old
        .iter()
        .map(|one| new.iter().map(|two| one.likeness(two)).map(|like| if like < ALIKE { 0.0 } else { like }).collect())
        .collect();
    // The best sum of likenesses of pairs in order, from each place to the ends.
    let mut best = vec![vec![0.0_f64; new.len() + 1]; old.len() + 1];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            let paired = likeness[row][column] + best[row + 1][column + 1];
            best[row][column] = paired.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < old.len() && column < new.len() {
        let like = likeness[row][column];
        if like > 0.0 && best[row][column] <= like + best[row + 1][column + 1] {
            found[row] = Some(column);
            (row, column) = (row + 1, column + 1);
        } else if best[row + 1][column] >= best[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    // As many as before, and those that are known again in their old places: the others were changed where they stand.
    if origin.len() == other.len() && found.iter().enumerate().all(|(at, place)| place.is_none_or(|place| place == at))
    {
        return (0..origin.len()).map(Some).collect();
    }
    found
}

/// The words of a text with how often each stands there.
struct Bag<'a> {
    words: HashMap<&'a str, usize>,
    all: usize,
}

impl<'a> Bag<'a> {
    fn of(text: &'a str) -> Self {
        let mut words = HashMap::new();
        let mut all = 0;
        for word in text.split_whitespace() {
            *words.entry(word).or_insert(0) += 1;
            all += 1;
        }
        Self { words, all }
    }

    /// The share of words that both have, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a share, not a count")]
    fn likeness(&self, other: &Self) -> f64 {
        let shared: usize =
            self.words.iter().map(|(word, count)| (*count).min(other.words.get(word).copied().unwrap_or(0))).sum();
        2.0 * shared as f64 / (self.all + other.all).max(1) as f64
    }
}

/// Brings the three side by side: `ours` and `theirs` say what became of each of the `origin`.
pub(super) fn parts(ours: &[Option<usize>], theirs: &[Option<usize>], lengths: (usize, usize)) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut origin, mut our, mut their) = (0, 0, 0);
    let apart = |parts: &mut Vec<Part>, to: (usize, usize, usize), from: (usize, usize, usize)| {
        if from != to {
            parts.push(Part::Apart { origin: from.0..to.0, ours: from.1..to.1, theirs: from.2..to.2 });
        }
    };
    for (at, pair) in ours.iter().zip(theirs).enumerate() {
        let (&Some(one), &Some(two)) = pair else { continue };
        apart(&mut parts, (at, one, two), (origin, our, their));
        parts.push(Part::Common { origin: at, ours: one, theirs: two });
        (origin, our, their) = (at + 1, one + 1, two + 1);
    }
    apart(&mut parts, (ours.len(), lengths.0, lengths.1), (origin, our, their));
    parts
}

/// Of three versions of something that carries no words of its own, the one that somebody chose; where both did, the
/// same one whoever asks.
pub(super) fn chosen<'a>(origin: &'a str, ours: &'a str, theirs: &'a str) -> &'a str {
    if ours == theirs || theirs == origin {
        ours
    } else if ours == origin {
        theirs
    } else {
        std::cmp::max_by_key(ours, theirs, |text| (text.len(), *text))
    }
}

/// Which version of a stretch stands, where only one side changed it or both did alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Ours,
    Theirs,
}

/// The side that stands; none when both changed it, each in its own way.
pub(super) fn settled<T: PartialEq + ?Sized>(origin: &T, ours: &T, theirs: &T) -> Option<Side> {
    if ours == theirs || theirs == origin {
        Some(Side::Ours)
    } else if ours == origin {
        Some(Side::Theirs)
    } else {
        None
    }
}

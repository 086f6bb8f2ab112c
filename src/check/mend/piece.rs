//! One article mended.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::splice::apply;
use crate::check::{Baseline, Context, Extent, Piece, gather, one, settle};
use crate::finding::{Finding, Fix, Level, Safety};

/// How many times an article is read again at most. A fix that calls for the next one is rare; a hundred are a circle.
const PASSES: usize = 100;

/// How many fixes are tried one by one where together they bring an error.
const ALONE: usize = 50;

/// Which fixes are to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mending {
    /// Those that may be made unread.
    Safe,
    /// Those that change words too.
    Unsafe,
}

impl Mending {
    fn makes(self, fix: &Fix) -> bool {
        fix.safety == Safety::Safe || self == Self::Unsafe
    }
}

/// An article after mending.
#[derive(Debug, Clone)]
pub struct Mended {
    /// All of its file.
    pub text: String,
    /// What was mended, in order; places are those of the text as it was just before.
    pub made: Vec<Finding>,
    /// How many more the unsafe fixes would mend.
    pub more: usize,
}

/// Mends every one of `pieces`.
pub fn mend_each(pieces: &[Piece], context: &Context<'_>, baseline: &Baseline, mending: Mending) -> Vec<Mended> {
    pieces.par_iter().map(|piece| mend(piece, context, baseline, mending)).collect()
}

/// Makes the fixes of what is found in `piece`, again and again until nothing is left to make. What is left out with a
/// reason stays as it is. A fix that would bring an error with it is not made.
pub fn mend(piece: &Piece, context: &Context<'_>, baseline: &Baseline, mending: Mending) -> Mended {
    let said = |piece: &Piece| {
        let told = gather(vec![one(piece, context)], Vec::new(), Extent::Part, context);
        settle(told, context, baseline, |_| Some(&*piece.document.text)).told.findings
    };
    let mut piece = piece.clone();
    let mut findings = said(&piece);
    let mut made = Vec::new();
    for _ in 0..PASSES {
        let open: Vec<&Finding> = findings
            .iter()
            .filter(|finding| is_own(finding, &piece) && finding.fix.as_ref().is_some_and(|fix| mending.makes(fix)))
            .collect();
        if open.is_empty() {
            break;
        }
        let attempt = |chosen: &[&Finding]| {
            let (text, taken) = apply(&piece.document.text, chosen);
            let next = Piece::read(piece.document.path.clone(), text.as_bytes(), piece.files.clone());
            let after = said(&next);
            let sound = !taken.is_empty() && *next.document.text != *piece.document.text && is_sound(&findings, &after);
            sound.then_some((next, after, taken))
        };
        let together = attempt(&open).or_else(|| {
            // One of them brings an error; alone the others do not. Nothing is remembered of a failed attempt, so what
            // is left at the end would be left again.
            open.iter().take(ALONE).find_map(|finding| attempt(&[finding]))
        });
        let Some((next, after, taken)) = together else { break };
        made.extend(taken);
        (piece, findings) = (next, after);
    }
    let is_more =
        |finding: &&Finding| is_own(finding, &piece) && finding.fix.as_ref().is_some_and(|fix| !mending.makes(fix));
    let more = findings.iter().filter(is_more).count();
    Mended { more, made, text: piece.document.text.to_string() }
}

fn is_own(finding: &Finding, piece: &Piece) -> bool {
    finding.path.as_deref() == Some(piece.document.path.as_str())
}

/// Whether no rule has more errors than before.
pub(super) fn is_sound(before: &[Finding], after: &[Finding]) -> bool {
    let errors = |findings: &[Finding]| {
        let mut errors: BTreeMap<String, usize> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.level == Level::Error) {
            *errors.entry(finding.rule.clone()).or_default() += 1;
        }
        errors
    };
    let before = errors(before);
    errors(after).iter().all(|(rule, count)| before.get(rule).is_some_and(|known| count <= known))
}

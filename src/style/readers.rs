//! Which rules read which pieces of an article, and what tells which of them can find anything in one.

use std::sync::Arc;

use regex_syntax::hir::Hir;

use super::rule::Rule;
use super::scope::{KINDS, Kind};
use super::shadow::unanchored;
use super::sieve::Sieve;
use super::text::Letters;

/// The rules by what they read.
#[derive(Debug)]
pub(super) struct Readers {
    companies: Vec<Company>,
    /// For each kind of piece the company that reads it.
    by_kind: Vec<usize>,
}

/// Rules that read the same kinds of pieces together.
#[derive(Debug)]
struct Company {
    rules: Vec<usize>,
    sieve: Sieve,
}

impl Readers {
    pub(super) fn new(rules: &[Rule]) -> Self {
        let mut companies: Vec<Company> = Vec::new();
        let by_kind = KINDS.map(|kind| {
            let all = rules.iter().enumerate();
            let own: Vec<usize> = all.filter(|(_, rule)| reads(rule, kind)).map(|(at, _)| at).collect();
            let known = companies.iter().position(|company| company.rules == own);
            known.unwrap_or_else(|| {
                let sieve = Sieve::of_shadows(own.iter().map(|&at| shadows(&rules[at])));
                companies.push(Company { rules: own, sieve });
                companies.len() - 1
            })
        });
        Self { companies, by_kind: by_kind.to_vec() }
    }

    /// The rules that read pieces of this kind, or the sentences in them, and can find anything in `words`, in order.
    pub(super) fn possible(&self, kind: Kind, words: &str, letters: Letters) -> impl Iterator<Item = usize> {
        let company = &self.companies[self.by_kind[kind.place()]];
        company.sieve.possible(words, letters).into_iter().map(|member| company.rules[member])
    }
}

/// Whether `rule` reads pieces of this kind in any way: a passage of running text is a paragraph with sentences too.
fn reads(rule: &Rule, kind: Kind) -> bool {
    let scope = rule.scope;
    scope.has(kind) || (kind == Kind::Text && (scope.has(Kind::Paragraph) || scope.has(Kind::Sentence)))
}

/// What the patterns that `rule` needs match at most, in what it reads of a piece; none when that cannot be told.
fn shadows(rule: &Rule) -> Option<Vec<Arc<Hir>>> {
    let is_in_part = rule.scope.has(Kind::Sentence);
    let shadow = |hir: Arc<Hir>| if is_in_part { Arc::new(unanchored(&hir)) } else { hir };
    rule.point.needs()?.into_iter().map(|pattern| Some(shadow(pattern.shadow()?))).collect()
}

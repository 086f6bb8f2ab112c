//! Which of many patterns can be found in a text at all: one machine looks for all of them in one walk over its bytes.
//!
//! The machine is an automaton whose states are made as texts ask for them, so that it grows with what is read and not
//! with what could be. It says at most too much: whatever it names is asked whether it has really found something.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, OnceLock};

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Builder, Cache, DFA};
use regex_automata::nfa::thompson::{Compiler, Config, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

use super::brief::brief;
use super::pattern::Pattern;
use super::shadow::{loosened, narrowed};
use super::text::Letters;

/// How large the automaton of all patterns may be before its states are made, in bytes.
const LARGEST: usize = 64 << 20;
/// How large that of one pattern may be where they are too large together.
const LARGE: usize = 1 << 20;
/// How much memory the states may take on each thread, in bytes.
const STATES: usize = 16 << 20;
/// How often all states may be forgotten before it counts how many bytes each of them was good for.
const CLEARS: usize = 4;
/// How many bytes of text a state must be good for: fewer, and asking one by one is quicker.
const WORTH: usize = 20;

/// Looks for the patterns of several members at once.
#[derive(Debug)]
pub(super) struct Sieve {
    /// The members that no pattern speaks for.
    always: Vec<usize>,
    /// Patterns with the members that can find something where they match.
    owned: Vec<(Arc<Hir>, usize)>,
    members: usize,
    /// For texts whose letters are those of ASCII.
    narrow: OnceLock<Option<Machine>>,
    wide: OnceLock<Option<Machine>>,
}

type Create = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

#[derive(Debug)]
struct Machine {
    dfa: DFA,
    /// For each pattern its member.
    owners: Vec<usize>,
    /// Members whose patterns are too large or found in any text.
    always: Vec<usize>,
    caches: Pool<Cache, Create>,
}

impl Sieve {
    /// Of each member the patterns of which one must match for it to find anything; none where that cannot be told.
    pub(super) fn new<'a>(members: impl IntoIterator<Item = Option<Vec<&'a Pattern>>>) -> Self {
        let shadows = |needs: Vec<&Pattern>| needs.into_iter().map(Pattern::shadow).collect::<Option<Vec<_>>>();
        Self::of_shadows(members.into_iter().map(|needs| needs.and_then(shadows)))
    }

    /// The same of what the patterns match at most.
    pub(super) fn of_shadows(members: impl IntoIterator<Item = Option<Vec<Arc<Hir>>>>) -> Self {
        let (mut always, mut owned, mut count) = (Vec::new(), Vec::new(), 0);
        for (at, shadows) in members.into_iter().enumerate() {
            count = at + 1;
            match shadows {
                Some(shadows) => owned.extend(shadows.into_iter().map(|shadow| (Arc::new(brief(&shadow)), at))),
                None => always.push(at),
            }
        }
        Self { always, owned, members: count, narrow: OnceLock::new(), wide: OnceLock::new() }
    }

    /// The members that can find anything in `text`, in order.
    pub(super) fn possible(&self, text: &str, letters: Letters) -> Vec<usize> {
        if self.owned.is_empty() {
            return self.always.clone();
        }
        let (machine, shape): (_, fn(&Hir) -> Hir) = match letters {
            Letters::Ascii => (&self.narrow, narrowed),
            Letters::Unicode => (&self.wide, loosened),
        };
        let machine = machine.get_or_init(|| Machine::new(&self.owned, shape));
        let found = machine.as_ref().and_then(|machine| Some((machine, machine.found(text)?)));
        let Some((machine, found)) = found else { return (0..self.members).collect() };
        let mut all: Vec<usize> = self.always.iter().chain(&machine.always).copied().chain(found).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Machine {
    fn new(owned: &[(Arc<Hir>, usize)], shape: fn(&Hir) -> Hir) -> Option<Self> {
        let shaped = owned.iter().map(|(hir, owner)| (shape(hir), *owner));
        // What is found in any text need not be looked for.
        let (some, any): (Vec<_>, Vec<_>) = shaped.partition(|(hir, _)| hir.properties().minimum_len() != Some(0));
        let always: Vec<usize> = any.into_iter().map(|(_, owner)| owner).collect();
        Self::of(&some, always.clone()).or_else(|| {
            let (small, large): (Vec<_>, Vec<_>) =
                some.into_iter().partition(|(hir, _)| compiler(LARGE).build_from_hir(hir).is_ok());
            Self::of(&small, large.into_iter().map(|(_, owner)| owner).chain(always).collect())
        })
    }

    fn of(shaped: &[(Hir, usize)], always: Vec<usize>) -> Option<Self> {
        let hirs: Vec<&Hir> = shaped.iter().map(|(hir, _)| hir).collect();
        let nfa = compiler(LARGEST).build_many_from_hir(&hirs).ok()?;
        let config = DFA::config()
            .match_kind(MatchKind::All)
            .cache_capacity(STATES)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(CLEARS))
            .minimum_bytes_per_state(Some(WORTH));
        let dfa = Builder::new().configure(config).build_from_nfa(nfa).ok()?;
        let of = dfa.clone();
        let create: Create = Box::new(move || of.create_cache());
        let owners = shaped.iter().map(|(_, owner)| *owner).collect();
        Some(Self { dfa, owners, always, caches: Pool::new(create) })
    }

    /// The owners of the patterns that match in `text`; none when the walk was given up.
    fn found(&self, text: &str) -> Option<Vec<usize>> {
        let mut cache = self.caches.get();
        cache.search_start(0);
        let found = self.walk(&mut cache, text.as_bytes());
        cache.search_finish(text.len());
        found
    }

    fn walk(&self, cache: &mut Cache, text: &[u8]) -> Option<Vec<usize>> {
        let input = Input::new(text).anchored(Anchored::No);
        let mut found = Vec::new();
        let mut state = self.dfa.start_state_forward(cache, &input).ok()?;
        let mut at = 0;
        loop {
            if state.is_tagged() {
                if self.has_ended(cache, state, &mut found) {
                    return Some(found);
                }
                let Some(&byte) = text.get(at) else { break };
                state = self.dfa.next_state(cache, state, byte).ok()?;
                at += 1;
                continue;
            }
            // What most bytes are: a step from a state that is known and says nothing to another.
            let mut before = state;
            let mut rest = text[at..].iter();
            for &byte in rest.by_ref() {
                before = state;
                state = self.dfa.next_state_untagged(cache, state, byte);
                if state.is_tagged() {
                    break;
                }
            }
            at = text.len() - rest.len();
            if state.is_unknown() {
                state = self.dfa.next_state(cache, before, text[at - 1]).ok()?;
            } else if !state.is_tagged() {
                break;
            }
        }
        state = self.dfa.next_eoi_state(cache, state).ok()?;
        self.has_ended(cache, state, &mut found);
        Some(found)
    }

    /// Takes the patterns that match where the walk is; whether nothing more can be found.
    fn has_ended(&self, cache: &Cache, state: LazyStateID, found: &mut Vec<usize>) -> bool {
        if state.is_match() {
            for at in 0..self.dfa.match_len(cache, state) {
                let owner = self.owners[self.dfa.match_pattern(cache, state, at).as_usize()];
                if !found.contains(&owner) {
                    found.push(owner);
                }
            }
        }
        state.is_dead() || found.len() == self.owners.len()
    }
}

fn compiler(largest: usize) -> Compiler {
    let mut compiler = Compiler::new();
    compiler.configure(Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(largest)));
    compiler
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, expected: &[usize]) {
        let patterns: Vec<Pattern> =
            [r"\bwe\b", r"(?<!x)cat", r"(a)\1", r"\w+ed", "é"].map(|one| Pattern::new(one).expect("a pattern")).into();
        let sieve = Sieve::new(patterns.iter().map(|pattern| Some(vec![pattern])).chain([Some(Vec::new()), None]));
        assert_eq!(sieve.possible(text, Letters::of(text)), expected, "{text}");
    }

    #[test]
    fn what_can_be_found_is_named() {
        finds("we were", &[0, 2, 6]);
        finds("western xcat", &[1, 2, 6]);
        finds("wée — landed", &[2, 3, 4, 6]);
        finds("“we”", &[0, 2, 6]);
        finds("", &[2, 6]);
    }
}

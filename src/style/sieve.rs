//! Which rules can find anything in a text at all: all their words looked for at once.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};

use super::rule::Rule;

/// The words of all rules.
#[derive(Debug)]
pub(super) struct Sieve {
    machine: Option<AhoCorasick>,
    /// For each word the rules that need it.
    owners: Vec<Vec<usize>>,
    /// Rules that have to look themselves.
    always: Vec<bool>,
}

impl Sieve {
    pub(super) fn new(rules: &[Rule]) -> Self {
        let mut words: std::collections::BTreeMap<String, Vec<usize>> = std::collections::BTreeMap::new();
        let mut always = vec![true; rules.len()];
        for (at, rule) in rules.iter().enumerate() {
            // The machine folds the case of ASCII alone.
            let required =
                rule.point.required().filter(|all| all.iter().all(|word| word.is_ascii() || !has_case(word)));
            if let Some(required) = required {
                always[at] = false;
                for word in required {
                    words.entry(word).or_default().push(at);
                }
            }
        }
        let machine = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(words.keys())
            .ok();
        if machine.is_none() {
            always.fill(true);
        }
        Self { machine, owners: words.into_values().collect(), always }
    }

    /// For each rule whether it has to look at `text`.
    pub(super) fn possible(&self, text: &str) -> Vec<bool> {
        let mut possible = self.always.clone();
        // Two letters that fold into ASCII ones, the long s and the sign for kelvin.
        let is_odd = !text.is_ascii() && text.contains(['\u{17f}', '\u{212a}']);
        match self.machine.as_ref().filter(|_| !is_odd) {
            Some(machine) => {
                for found in machine.find_overlapping_iter(text) {
                    for &owner in &self.owners[found.pattern().as_usize()] {
                        possible[owner] = true;
                    }
                }
            }
            None => possible.fill(true),
        }
        possible
    }
}

fn has_case(word: &str) -> bool {
    word.chars().any(|one| !one.is_ascii() && (one.is_lowercase() || one.is_uppercase()))
}

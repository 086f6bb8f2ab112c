//! `unique-field`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::{Card, Context};
use crate::finding::Finding;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) static RULE: Rule =
    Rule { name: "unique-field", levels: Levels::FROM_REVIEW, seeks: &[], scope: Scope::Newsroom(check), doc: DOC };

const DOC: &str = r##"# unique-field

## What it says
Two articles have the same value in a field in which the schema allows no two alike (`x-unique`).

## Why it matters
The newsroom said so in its schema, because something outside counts on it: a print reference, a wire number.

## Bad
```toml
# in two articles
print-reference = "2026-07-25/A4"
```

## Good
```toml
print-reference = "2026-07-25/A4"   # in one of them only
```

## How to mend it
Give one of them another value.
"##;

fn check(cards: &[Card], _context: &Context<'_>) -> Vec<Finding> {
    let mut taken: HashMap<(&str, &str), &Card> = HashMap::new();
    let mut findings = Vec::new();
    for card in cards {
        for (field, value, span) in &card.unique {
            match taken.entry((field, value)) {
                Entry::Vacant(place) => {
                    place.insert(card);
                }
                Entry::Occupied(other) => findings.push(
                    RULE.finding(format!("`{field}` is the same in `{}`", other.get().path))
                        .in_file(card.path.as_str())
                        .at(*span)
                        .help("the schema wants it different in every article"),
                ),
            }
        }
    }
    findings
}

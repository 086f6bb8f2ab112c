//! `duplicate-id`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::{Card, Context};
use crate::finding::Finding;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) static RULE: Rule =
    Rule { name: "duplicate-id", levels: Levels::ALWAYS, seeks: &[], scope: Scope::Newsroom(check), doc: DOC };

const DOC: &str = r##"# duplicate-id

## What it says
Two articles have the same `desk.id`.

## Why it matters
The id is what approvals, the ledger and the history hang on. With one id for two articles, what was approved for one
would count for the other.

## Bad
```toml
# in two articles
[desk]
id = "01K0Z6H8Q2W3N4P5R6S7T8V9WX"
```

## Good
```toml
[desk]
id = "01K0Z6H8Q2W3N4P5R6S7T8V9WX"   # in one article only
```

## How to mend it
The one that was copied gets an id of its own: take its `[desk]` table out, and `desk submit` gives it a new one.

This cannot be allowed: no suppression and no baseline leaves it out.
"##;

fn check(cards: &[Card], _context: &Context<'_>) -> Vec<Finding> {
    let mut first: HashMap<&str, &Card> = HashMap::new();
    let mut findings = Vec::new();
    for card in cards {
        let Some((id, span)) = &card.id else { continue };
        match first.entry(id) {
            Entry::Vacant(place) => {
                place.insert(card);
            }
            Entry::Occupied(other) => findings.push(
                RULE.finding(format!("this id is that of `{}` too", other.get().path))
                    .in_file(card.path.as_str())
                    .at(*span)
                    .help("take the [desk] table out of the one that was copied: its next move gives it a new one"),
            ),
        }
    }
    findings
}

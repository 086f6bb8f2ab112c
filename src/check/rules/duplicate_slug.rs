//! `duplicate-slug`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::{Card, Context};
use crate::finding::Finding;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) static RULE: Rule =
    Rule { name: "duplicate-slug", levels: Levels::ALWAYS, seeks: &[], scope: Scope::Newsroom(check), doc: DOC };

const DOC: &str = r##"# duplicate-slug

## What it says
Two articles would stand at the same address: by their folders' names, by `slug`, by `path`, or because one lists the
other's address among its `aliases`.

## Why it matters
One would overwrite the other when the site is built, and which one is chance. Small and capital letters count as the
same: many servers and some disks think so.

## Bad
```toml
# in 2026/07/dredging and in 2026/07/harbor
slug = "harbor-dredging"
```

## Good
```toml
slug = "harbor-dredging"   # in one of them only
```

## How to mend it
Give one of them another `slug`, or rename it with `desk rename`. An alias that is taken has to go.

This cannot be allowed: no suppression and no baseline leaves it out.
"##;

fn check(cards: &[Card], _context: &Context<'_>) -> Vec<Finding> {
    let mut taken: HashMap<&str, &Card> = HashMap::new();
    let mut findings = Vec::new();
    for card in cards {
        for address in &card.addresses {
            match taken.entry(&address.path) {
                Entry::Vacant(place) => {
                    place.insert(card);
                }
                Entry::Occupied(other) => {
                    let message = format!("the address `{}` is that of `{}` too", address.path, other.get().path);
                    let finding = RULE.finding(message).in_file(card.path.as_str());
                    let finding = finding.help("give one of them another slug");
                    findings.push(match address.span {
                        Some(span) => finding.at(span),
                        None => finding,
                    });
                }
            }
        }
    }
    findings
}

//! `hidden-link`

use crate::article::Stage;
use crate::check::reference::Wanted;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::{Card, Context};
use crate::finding::Finding;
use std::collections::HashMap;

pub(super) static RULE: Rule =
    Rule { name: "hidden-link", levels: Levels::ADVICE, seeks: &[], scope: Scope::Newsroom(check), doc: DOC };

const DOC: &str = r##"# hidden-link

## What it says
A link, or an entry of `related`, leads to an article that readers do not see: one that is not public yet, or that was
abandoned.

## Why it matters
The link is dead until the other article is public, and its address tells of a story before its time.

## Bad
```markdown
The inquiry [begins in August](/2026/07/port-inquiry/).   <!-- still a draft -->
```

## Good
```markdown
The inquiry begins in August.
```

## How to mend it
Publish the other article first, or take the link out until then.
"##;

fn check(cards: &[Card], _context: &Context<'_>) -> Vec<Finding> {
    let hidden: Vec<&Card> =
        cards.iter().filter(|card| matches!(card.stage, Stage::Draft | Stage::Review | Stage::Spiked)).collect();
    if hidden.is_empty() || cards.iter().all(|card| card.references.is_empty()) {
        return Vec::new();
    }
    let mut addresses: HashMap<&str, &Card> = HashMap::new();
    let mut files: HashMap<&str, &Card> = HashMap::new();
    for card in &hidden {
        files.insert(card.path.as_str(), card);
        addresses.extend(card.addresses.iter().map(|address| (address.path.as_str(), *card)));
    }
    let each = cards.iter().flat_map(|card| card.references.iter().map(move |reference| (card, reference)));
    each.filter_map(|(card, reference)| {
        let other = match &reference.wanted {
            Wanted::File(path) => files.get(path.as_str()).copied(),
            Wanted::Address(address) => addresses.get(address.as_str()).copied(),
            wanted @ Wanted::Name(_) => hidden.iter().find(|other| wanted.is(other)).copied(),
        };
        let other = other.filter(|other| other.path != card.path)?;
        // Of two that answer to it, readers meet the public one.
        let public = matches!(reference.wanted, Wanted::Name(_))
            && cards.iter().any(|card| card.stage == Stage::Published && reference.wanted.is(card));
        (!public).then(|| {
            let why = if other.stage == Stage::Spiked { "was abandoned" } else { "is not public yet" };
            RULE.finding(format!("`{}` {why}", reference.written))
                .in_file(card.path.as_str())
                .at(reference.span)
                .help("publish that article first, or take the link out until then")
        })
    })
    .collect()
}

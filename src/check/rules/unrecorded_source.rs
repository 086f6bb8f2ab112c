//! `unrecorded-source`

use super::anonymity_unexplained::REQUESTS;
use super::sources::recorded;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "unrecorded-source",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Phrases(&REQUESTS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# unrecorded-source

## What it says
The text says that somebody wished not to be named, and `[[sources]]` has no unnamed source.

## Why it matters
What is not recorded is not asked for: neither a reason nor the second pair of eyes that the newsroom's policy may want
for unnamed sources.

## Bad
```markdown
The permit was late, said an official on condition of anonymity because talks go on.
```

## Good
```toml
[[sources]]
name = "senior port official"
anonymous = true
reason = "talks go on"
```

## How to mend it
Record the source with what readers are told of it, never with the real name.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if !subject.piece.is_read() || recorded(subject).iter().any(|source| source.unnamed) {
        return Vec::new();
    }
    let first = subject.hits(&REQUESTS).into_iter().next();
    first
        .map(|hit| {
            RULE.finding("this source is not recorded")
                .at(hit.place())
                .help("add [[sources]] with name = \"...\", anonymous = true and reason = \"...\"")
        })
        .into_iter()
        .collect()
}

//! `photo-caption`

use super::photos;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "photo-caption",
    levels: Levels::FROM_REVIEW,
    seeks: &[Seeks::Field("photos")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# photo-caption

## What it says
A photo has no `caption`.

## Why it matters
The caption says who, what, where and when: what nobody can see in the photo itself. Whoever approves the article
approves it too, so it is written before review.

## Bad
```toml
[[photos]]
file = "dredger.jpg"
```

## Good
```toml
[[photos]]
file = "dredger.jpg"
caption = "The dredger Alder Queen at berth 4 on Saturday."
```

## How to mend it
Write what the reader cannot see: names, place, day. `caption = "..."` below its `file`.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    photos::each_without(subject, "caption", || RULE.finding("this photo has no caption"))
}

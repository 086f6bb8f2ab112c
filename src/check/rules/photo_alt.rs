//! `photo-alt`

use super::photos;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "photo-alt",
    levels: Levels::FROM_PUBLICATION,
    seeks: &[Seeks::Field("photos")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# photo-alt

## What it says
A photo has no `alt`: no words for a reader who cannot see it.

## Why it matters
A screen reader reads these words in place of the photo; without them it reads the file's name, or nothing. They also
show when the photo does not load. A caption is no substitute: it tells what cannot be seen.

## Bad
```toml
[[photos]]
file = "dredger.jpg"
```

## Good
```toml
[[photos]]
file = "dredger.jpg"
alt = "A dredger moored at a quay"
```

## How to mend it
Write one line that says what the photo shows: `alt = "..."` below its `file`.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    photos::each_without(subject, "alt", || RULE.finding("this photo has no description for people who cannot see it"))
}

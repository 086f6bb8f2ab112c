//! `photo-credit`

use super::photos;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "photo-credit",
    levels: Levels::FROM_REVIEW,
    seeks: &[Seeks::Field("photos")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# photo-credit

## What it says
A photo has no `credit`.

## Why it matters
Whoever made the photo is named with it: the law asks for it in many places, and most licences everywhere. A photo
that
nobody can credit is a photo that nobody may be allowed to print.

## Bad
```toml
[[photos]]
file = "dredger.jpg"
```

## Good
```toml
[[photos]]
file = "dredger.jpg"
credit = "Port Authority"
```

## How to mend it
Write who made or gave the photo: `credit = "..."` below its `file`. If nobody knows, use another photo.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    photos::each_without(subject, "credit", || RULE.finding("this photo does not say whose it is"))
}

//! `rights-ending`

use super::photos::{ends, today};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "rights-ending",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("photos")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# rights-ending

## What it says
The right to show a photo ends within a week.

## Why it matters
An article stays public longer than that, and once the day has passed somebody must remember to take the photo out.

## Bad
```toml
[[photos]]
file = "dredger.jpg"
rights-until = 2026-07-28   # three days from now
```

## Good
```toml
[[photos]]
file = "dredger.jpg"
rights-until = 2031-07-28
```

## How to mend it
Renew the right, or show another photo. Once the day has passed, `rights-lapsed` holds publication.
"##;

/// In days.
const SOON: i64 = 7;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let ending = ends(subject).into_iter().filter(|end| {
        let today = today(subject);
        let last = today.checked_add(jiff::Span::new().days(SOON)).unwrap_or(today);
        (today..=last).contains(&end.last)
    });
    ending
        .map(|end| RULE.finding(format!("the right to show `{}` ends on {}", end.photo, end.last)).at(end.span))
        .collect()
}

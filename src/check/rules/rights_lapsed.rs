//! `rights-lapsed`

use super::photos::{ends, today};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "rights-lapsed",
    levels: Levels::FROM_PUBLICATION,
    seeks: &[Seeks::Field("photos")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# rights-lapsed

## What it says
The right to show a photo has ended: its `rights-until` has passed, or the date behind "until" or "expires" in `rights`.
A public article is told too, for as long as it shows the photo.

## Why it matters
Whoever owns the photo may send a bill, and for an article that stays up the bill comes years later.

## Bad
```toml
[[photos]]
file = "dredger.jpg"
rights = "Agency, until 30 June 2026"
```

## Good
```toml
[[photos]]
file = "dredger.jpg"
rights = "Agency"
rights-until = 2031-06-30
```

## How to mend it
Renew the right and write the new date, or show another photo. The day named is the last one that is allowed.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let lapsed = ends(subject).into_iter().filter(|end| end.last < today(subject));
    lapsed
        .map(|end| {
            RULE.finding(format!("the right to show `{}` ended on {}", end.photo, end.last))
                .at(end.span)
                .help("renew it, or show another photo")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[track_caller]
    fn says(rights: &str, lapsed: usize, ending: usize) {
        let text = format!("+++\ntitle = \"A\"\n[[photos]]\nfile = \"dredger.jpg\"\n{rights}\n+++\nA.\n");
        assert_eq!(messages_of("rights-lapsed", &text).len(), lapsed, "{rights}");
        assert_eq!(messages_of("rights-ending", &text).len(), ending, "{rights}");
    }

    #[test]
    fn rights_end_with_their_last_day() {
        says("rights-until = 2026-07-24", 1, 0);
        says("rights-until = 2026-07-25", 0, 1);
        says("rights-until = \"2026-08-01\"", 0, 1);
        says("rights-until = 2026-08-20", 0, 0);
        says("rights = \"Agency, July 1, 2020 until June 30, 2026\"", 1, 0);
        says("rights = \"Agency; expires 31 July 2026\"", 0, 1);
        says("rights = \"Taken on 3 May 2020, free to reuse\"", 0, 0);
        says("rights-until = \"soon\"\nrights = 3", 0, 0);
    }
}

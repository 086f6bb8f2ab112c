//! `dates-in-order`

use crate::article::instant_of;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "dates-in-order",
    levels: Levels::FROM_REVIEW,
    seeks: &[Seeks::Field("expiryDate"), Seeks::Field("updated"), Seeks::Field("publishDate")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# dates-in-order

## What it says
The article's own dates cannot all be right: `expiryDate` is not after `date` or `publishDate`, `updated` is before
`date`, or `publishDate` is before the `embargo` ends.

## Why it matters
A page that expires before it appears is never seen, and the site says nothing about it.

## Bad
```toml
date = 2026-07-25T09:00:00-04:00
expiryDate = 2025-07-31T00:00:00-04:00
```

## Good
```toml
date = 2026-07-25T09:00:00-04:00
expiryDate = 2027-07-31T00:00:00-04:00
```

## How to mend it
Mend the one that is wrong; mostly it is the year. `date` and `updated` are desk's own lines.
"##;

/// What may not be before what, and whether both may be the same instant.
const ORDER: [(&str, &str, Same); 4] = [
    ("date", "expiryDate", Same::Wrong),
    ("publishDate", "expiryDate", Same::Wrong),
    ("date", "updated", Same::Right),
    ("embargo", "publishDate", Same::Right),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    Right,
    Wrong,
}

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let zone = &subject.context.config.newsroom.timezone;
    let moment = |name: &str| {
        let value = subject.document().field(name)?;
        Some((value.as_datetime().and_then(|written| instant_of(written, zone))?, value.span))
    };
    let mut findings = Vec::new();
    for (first, second, same) in ORDER {
        let (Some((one, here)), Some((other, there))) = (moment(first), moment(second)) else { continue };
        let what = if other < one { "before" } else { "the same as" };
        if other < one || (other == one && same == Same::Wrong) {
            findings.push(
                RULE.finding(format!("`{second}` is {what} `{first}`")).at(there).beside(here, format!("`{first}`")),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[test]
    fn dates_follow_each_other() {
        let said = |dates: &str| messages_of("dates-in-order", &format!("+++\ntitle = \"A\"\n{dates}\n+++\nA.\n"));
        for good in [
            "date = 2026-07-25\nupdated = 2026-07-25",
            "date = 2026-07-25T09:00:00-04:00\nupdated = 2026-07-25T13:00:00Z",
            "date = 2026-07-25T09:00:00\nexpiryDate = 2026-07-25T09:00:01",
            "expiryDate = 2026-07-25",
            "date = \"x\"\nexpiryDate = 3",
        ] {
            assert!(said(good).is_empty(), "{good}");
        }
        assert_eq!(said("date = 2026-07-25\nexpiryDate = 2026-07-25"), ["`expiryDate` is the same as `date`"]);
        assert_eq!(said("date = 2026-07-25\nupdated = 2025-07-25"), ["`updated` is before `date`"]);
        assert_eq!(said("embargo = 2026-07-25\npublishDate = 2026-07-24"), ["`publishDate` is before `embargo`"]);
    }
}

//! `lone-unnamed-source`

use super::sources::recorded;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "lone-unnamed-source",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("sources")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# lone-unnamed-source

## What it says
The only source that the article records is not named.

## Why it matters
Nobody but this one person stands behind the story, and readers cannot judge that person. Most houses ask for a second
source, or for a senior editor's word.

## Bad
```toml
[[sources]]
name = "senior port official"
anonymous = true
reason = "was not authorised to speak before the vote"
```

## Good
```toml
[[sources]]
name = "senior port official"
anonymous = true
reason = "was not authorised to speak before the vote"

[[sources]]
name = "Harbor Pilots Association"
```

## How to mend it
Find somebody who says it with a name, or record the sources that the story has besides.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    match &recorded(subject)[..] {
        [only] if only.unnamed => vec![
            RULE.finding("the one source that is recorded is not named")
                .at(only.span)
                .help("find a second one, or record those that the story has besides"),
        ],
        _ => Vec::new(),
    }
}

//! `draft-mismatch`

use crate::article::Stage;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "draft-mismatch",
    levels: Levels::ALWAYS,
    seeks: &[Seeks::Field("desk")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# draft-mismatch

## What it says
`draft` and `stage` disagree: an article that is not published without `draft = true`, or a public one with it.

## Why it matters
`draft` is the only switch that site generators know. Without it an unpublished article is public with the next build;
with
it a public one vanishes.

## Bad
```toml
draft = false

[desk]
stage = "review"
```

## Good
```toml
draft = true

[desk]
stage = "review"
```

## How to mend it
Leave both lines to desk: `desk publish` changes them together. By hand, put `draft` back to what the stage says.

This cannot be allowed: no suppression and no baseline leaves it out.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let document = subject.document();
    let (true, Some(stage)) = (document.is_adopted(), document.stage()) else { return Vec::new() };
    let public = matches!(stage, Stage::Published | Stage::Withdrawn);
    let place =
        document.front.get("draft").or_else(|| document.value("desk.stage")).map_or(document.body, |value| value.span);
    let finding = match (public, document.is_hidden()) {
        (true, true) => {
            RULE.finding(format!("the stage is `{stage}`, and `draft = true` hides it")).help("write draft = false")
        }
        (false, false) => RULE
            .finding(format!("the stage is `{stage}`, and nothing keeps it from being public"))
            .help("write draft = true; desk publish changes it"),
        _ => return Vec::new(),
    };
    vec![finding.at(place)]
}

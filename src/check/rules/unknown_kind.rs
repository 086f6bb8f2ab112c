//! `unknown-kind`

use crate::article::edit;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::{Edit, Finding, Safety, nearest};

pub(super) static RULE: Rule = Rule {
    name: "unknown-kind",
    levels: Levels::ALWAYS,
    seeks: &[Seeks::Field("desk")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# unknown-kind

## What it says
`desk.kind` is missing, or `schemas/` holds no schema of that name.

## Why it matters
The kind says which fields the article must have. Without it nothing that is missing would be missed.

## Bad
```toml
[desk]
kind = "new"
```

## Good
```toml
[desk]
kind = "news"
```

## How to mend it
Name one of the kinds in `schemas/`, or add a schema for a new one.

This cannot be allowed: no suppression and no baseline leaves it out.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let document = subject.document();
    let schemas = subject.context.schemas;
    if !document.is_adopted() || schemas.kinds().next().is_none() || subject.schema().is_some() {
        return Vec::new();
    }
    let known = schemas.kinds().collect::<Vec<_>>().join(", ");
    let Some(kind) = document.value("desk.kind") else {
        let place = document.front.field("desk").map_or(document.body, |desk| desk.key_span);
        return vec![
            RULE.finding("this article has no kind").at(place).help(format!("add below: kind = ... ({known})")),
        ];
    };
    let word = kind.as_str().unwrap_or_default();
    let finding = RULE.finding(format!("there is no schema for the kind `{word}`")).at(kind.span);
    vec![match nearest(word, schemas.kinds()) {
        Some(meant) => {
            let literal = edit::literal(&toml::Value::String(meant.to_owned()));
            let finding = finding.help(format!("did you mean `{meant}`?"));
            finding.fix(Safety::Unsafe, vec![Edit::replace(kind.span, literal)])
        }
        None => finding.help(format!("the kinds are {known}")),
    }]
}

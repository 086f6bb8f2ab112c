//! `unnamed-source-reason`

use super::anonymity_unexplained::is_request;
use crate::article::{Table, Value};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "unnamed-source-reason",
    levels: Levels::FROM_REVIEW,
    seeks: &[Seeks::Field("sources")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# unnamed-source-reason

## What it says
A source that is `anonymous` has no `reason`, or one that only repeats the wish: "asked to remain anonymous" is a
request,
not a reason.

## Why it matters
Readers cannot weigh words whose speaker they do not know, so they are owed why. And the editor who approves the
article
answers for the promise: without a reason there is nothing to answer with.

## Bad
```toml
[[sources]]
name = "senior port official"
anonymous = true
reason = "asked to remain anonymous"
```

## Good
```toml
[[sources]]
name = "senior port official"
anonymous = true
reason = "was not authorised to speak before the vote"
```

## How to mend it
Write what would happen to the source, or what forbids them to speak: `reason = "..."`. If there is no reason, ask for
the name.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let sources = subject.document().tables_of("sources").into_iter();
    let unnamed = sources.filter(|source| source.get("anonymous").and_then(Value::as_bool) == Some(true));
    unnamed.filter_map(judge).collect()
}

fn judge(source: &Table) -> Option<Finding> {
    let reason = source.get("reason").filter(|reason| !reason.as_str().unwrap_or_default().trim().is_empty());
    match reason {
        None => {
            let place =
                source.get("name").map(|name| name.span).or(source.field("anonymous").map(|field| field.key_span))?;
            Some(
                RULE.finding("nothing says why this source is not named")
                    .at(place)
                    .labelled("add below: reason = \"...\""),
            )
        }
        Some(reason) if is_request(reason.as_str().unwrap_or_default()) => Some(
            RULE.finding("this is a request, not a reason")
                .at(reason.span)
                .help("write why the source could not be named"),
        ),
        Some(_) => None,
    }
}

//! `unknown-key`

use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::{Edit, Finding, Safety, nearest};

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("desk")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# unknown-key

## What it says
A key in `[desk]` that desk does not know. Keys outside it are for the schema of the article's kind to judge.

## Why it matters
It is usually a slip, and what was meant by it does not happen.

## Bad
```toml
[desk]
kinds = "news"
```

## Good
```toml
[desk]
kind = "news"
```

## How to mend it
Mend the name, or take the line out.
"##;

const KEYS: [&str; 4] = ["allow", "id", "kind", "stage"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(desk) = subject.document().value("desk").and_then(|value| value.as_table()) else { return Vec::new() };
    let unknown = desk.fields.iter().filter(|field| !KEYS.contains(&&*field.key));
    unknown
        .map(|field| {
            let finding = RULE.finding(format!("`{}` is not a key of [desk]", field.key)).at(field.key_span);
            match nearest(&field.key, KEYS) {
                Some(meant) => {
                    let finding = finding.help(format!("did you mean `{meant}`?"));
                    // A key cannot stand twice.
                    match desk.field(meant) {
                        Some(_) => finding,
                        None => finding.fix(Safety::Unsafe, vec![Edit::replace(field.key_span, meant)]),
                    }
                }
                None => finding.help("keys of your own go outside [desk]"),
            }
        })
        .collect()
}

//! `suppression-form`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::suppression::{Fault, Suppression};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "suppression-form",
    levels: Levels::FROM_REVIEW,
    seeks: &[],
    scope: Scope::Suppressions(check),
    doc: DOC,
};

const DOC: &str = r##"# suppression-form

## What it says
A comment to desk, or a table `[[desk.allow]]`, that desk does not understand. It leaves nothing out. Cannot be allowed
itself.

## Why it matters
Whoever wrote it thinks that it is in force.

## Bad
```markdown
<!-- desk: ignore doubled-word, it is a name -->
```

## Good
```markdown
<!-- desk: allow doubled-word until 2026-09-01 -- The The is the name of a band -->
```

## How to mend it
Write `<!-- desk: allow RULE -- REASON -->` on a line of its own above a paragraph, at the end of one inside it, or
above the first words for the whole article. `until` and a day behind the rule end it. In the front matter:
`[[desk.allow]]` with `rule`, `reason` and, if it ends, `until`.
"##;

fn check(suppressions: &[Suppression]) -> Vec<Finding> {
    let odd = |one: &Suppression| match one.fault {
        Some(Fault::Form(form)) => Some(RULE.finding("this says nothing to desk").at(one.span).help(form)),
        _ => None,
    };
    suppressions.iter().filter_map(odd).collect()
}

//! `suppression-expired`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::suppression::{Fault, Suppression};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "suppression-expired",
    levels: Levels::ADVICE,
    seeks: &[],
    scope: Scope::Suppressions(check),
    doc: DOC,
};

const DOC: &str = r##"# suppression-expired

## What it says
A suppression names a last day, and that day is over. It leaves nothing out any more. Cannot be allowed itself.

## Why it matters
Somebody promised to look again by then.

## Bad
```markdown
<!-- desk: allow placeholder until 2026-05-01 -- the figure comes with the budget -->
The budget is TK dollars.
```

## Good
```markdown
The budget is 4 million dollars.
```

## How to mend it
Mend what it leaves out and take it away. If the reason still holds, name a later day, and say so to whoever approves.
"##;

fn check(suppressions: &[Suppression]) -> Vec<Finding> {
    let over = |one: &Suppression| match one.fault {
        Some(Fault::Over(day)) => Some(
            RULE.finding(format!("this was to be left out until {day}, and that day is over"))
                .at(one.span)
                .help(format!("mend what `{}` says, and take this away", one.rule)),
        ),
        _ => None,
    };
    suppressions.iter().filter_map(over).collect()
}

//! `suppression-unused`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::suppression::Suppression;
use crate::finding::{Finding, Safety};

pub(super) static RULE: Rule = Rule {
    name: "suppression-unused",
    levels: Levels::ADVICE,
    seeks: &[],
    scope: Scope::Suppressions(check),
    doc: DOC,
};

const DOC: &str = r##"# suppression-unused

## What it says
A suppression leaves nothing out: what it was for is mended, or it stands in the wrong place. Cannot be allowed itself.

## Why it matters
It would hide the next fault of its kind, for a reason that was another one's.

## Bad
```markdown
<!-- desk: allow doubled-word -- The The is the name of a band -->
The band plays on Saturday.
```

## Good
```markdown
The band plays on Saturday.
```

## How to mend it
Take it out; `--fix` does. A comment on a line of its own is about the block behind it.
"##;

fn check(suppressions: &[Suppression]) -> Vec<Finding> {
    let idle = suppressions.iter().filter(|one| one.holds() && one.hides == 0);
    idle.map(|one| {
        let finding = RULE.finding(format!("nothing here is left out: `{}` finds nothing", one.rule)).at(one.span);
        let finding = finding.help("take it out");
        match &one.removal {
            Some(removal) => finding.fix(Safety::Safe, vec![removal.clone()]),
            None => finding,
        }
    })
    .collect()
}

//! `suppression-reason`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::suppression::{Fault, Origin, Suppression};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "suppression-reason",
    levels: Levels::FROM_REVIEW,
    seeks: &[],
    scope: Scope::Suppressions(check),
    doc: DOC,
};

const DOC: &str = r##"# suppression-reason

## What it says
Somebody asks that findings of a rule be left out, and does not say why. They are not left out. Cannot be allowed
itself.

## Why it matters
The approver reads every suppression, and cannot weigh one without its reason.

## Bad
```markdown
<!-- desk: allow doubled-word -->
The The play on Saturday.
```

## Good
```markdown
<!-- desk: allow doubled-word -- The The is the name of a band -->
The The play on Saturday.
```

## How to mend it
Write why behind `--`, or as `reason` in `[[desk.allow]]` and `[[check.allow]]`.
"##;

fn check(suppressions: &[Suppression]) -> Vec<Finding> {
    let bare = suppressions.iter().filter(|one| one.fault == Some(Fault::NoReason));
    bare.map(|one| {
        let help = match one.origin {
            Origin::Text => "write it behind the rule: -- REASON",
            Origin::FrontMatter | Origin::Newsroom => "add below: reason = \"...\"",
        };
        RULE.finding(format!("nothing says why `{}` is to be left out here", one.rule)).at(one.span).help(help)
    })
    .collect()
}

//! `suppression-rule`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::suppression::{Fault, Origin, Permission, Suppression};
use crate::finding::{Edit, Finding, Safety};

pub(super) static RULE: Rule = Rule {
    name: "suppression-rule",
    levels: Levels::FROM_REVIEW,
    seeks: &[],
    scope: Scope::Suppressions(check),
    doc: DOC,
};

const DOC: &str = r##"# suppression-rule

## What it says
A suppression names a rule that does not exist, or one that its writer may not leave out. What the structure of an
article depends on can be left out by nobody; what the schema demands only by the newsroom, in `desk.toml` or in the
baseline. Cannot be allowed itself.

## Why it matters
It leaves nothing out, and whoever wrote it thinks that it does.

## Bad
```markdown
<!-- desk: allow double-words -- The The is the name of a band -->
The The play on Saturday.
```

## Good
```markdown
<!-- desk: allow doubled-word -- The The is the name of a band -->
The The play on Saturday.
```

## How to mend it
Name the rule as the finding does. `desk check --explain RULE` says whether it can be left out.
"##;

fn check(suppressions: &[Suppression]) -> Vec<Finding> {
    suppressions.iter().filter_map(judge).collect()
}

fn judge(one: &Suppression) -> Option<Finding> {
    Some(match one.fault.as_ref()? {
        Fault::NoRule(meant) => {
            let finding = RULE.finding(format!("there is no rule `{}`", one.rule)).at(one.rule_span);
            match meant {
                Some(meant) => {
                    let finding = finding.help(format!("did you mean `{meant}`?"));
                    match one.origin {
                        // It leaves something out from then on, so somebody reads it first.
                        Origin::Text => finding.fix(Safety::Unsafe, vec![Edit::replace(one.rule_span, meant)]),
                        Origin::FrontMatter | Origin::Newsroom => finding,
                    }
                }
                None => finding.help("name it as the finding does, without its brackets"),
            }
        }
        Fault::NotPermitted(Permission::Newsroom) => RULE
            .finding(format!("an article cannot excuse itself from `{}`", one.rule))
            .at(one.rule_span)
            .help("the newsroom can, in [[check.allow]] of desk.toml"),
        Fault::NotPermitted(_) => RULE
            .finding(format!("`{}` is never left out", one.rule))
            .at(one.rule_span)
            .help("mend what it says: what is left out here would be wrong elsewhere"),
        _ => return None,
    })
}

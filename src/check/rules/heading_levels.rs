//! `heading-levels`

use crate::article::BlockKind;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule =
    Rule { name: "heading-levels", levels: Levels::ADVICE, scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# heading-levels

## What it says
A heading in the body is of level 1, which is the title's, or skips a level.

## Why it matters
Who cannot see the page finds their way by its headings, level by level. A missing level is a missing floor.

## Bad
```markdown
# Costs

### Permits
```

## Good
```markdown
## Costs

### Permits
```

## How to mend it
Begin with `##` in the body, and go down one level at a time.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut above = 1;
    for block in subject.piece.body.blocks.iter().filter(|block| !block.quoted) {
        let BlockKind::Heading(level) = block.kind else { continue };
        let message = if level == 1 {
            Some("level 1 is the title's: begin with ## in the body".to_owned())
        } else if level > above + 1 {
            Some(format!("this heading is of level {level}, and the one above it of level {above}"))
        } else {
            None
        };
        findings.extend(message.map(|message| RULE.finding(message).at(block.span)));
        above = level;
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn levels_go_down_one_by_one() {
        assert!(said("heading-levels", "## A\n\n### B\n\n## C\n").is_empty());
        assert_eq!(said("heading-levels", "# A\n\n### B\n\n> #### C\n"), ["# A", "### B"]);
        assert_eq!(said("heading-levels", "### A\n").len(), 1);
    }
}

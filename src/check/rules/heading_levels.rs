//! `heading-levels`

use crate::article::BlockKind;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::{Edit, Finding, Safety, Span};

pub(super) static RULE: Rule =
    Rule { name: "heading-levels", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

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
Begin with `##` in the body, and go down one level at a time. `--unsafe-fixes` does, for headings that begin with `#`.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut above = 1;
    for block in subject.piece.body.blocks.iter().filter(|block| !block.quoted) {
        let BlockKind::Heading(level) = block.kind else { continue };
        let (message, right) = if level == 1 {
            (Some("level 1 is the title's: begin with ## in the body".to_owned()), "##".to_owned())
        } else if level > above + 1 {
            let message = format!("this heading is of level {level}, and the one above it of level {above}");
            (Some(message), "#".repeat(usize::from(above) + 1))
        } else {
            (None, String::new())
        };
        let marks = Span::new(block.span.start, block.span.start + usize::from(level));
        let hashes = |text: &str| text.bytes().all(|one| one == b'#');
        findings.extend(message.map(|message| {
            let finding = RULE.finding(message).at(block.span);
            match subject.document().text.get(marks.range()).is_some_and(hashes) {
                true => finding.fix(Safety::Unsafe, vec![Edit::replace(marks, right)]),
                // Underlined, it has no marks to count.
                false => finding,
            }
        }));
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

//! `headline-repeated`

use crate::article::edit;
use crate::check::passage::Part;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::check::words::{same_words, words};
use crate::finding::{Finding, Safety};

pub(super) static RULE: Rule =
    Rule { name: "headline-repeated", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# headline-repeated

## What it says
The body begins with the title, or has it among its first lines.

## Why it matters
The page shows the title already; the reader meets it twice.

## Bad
```markdown
# Harbor dredging slips to spring

The port will be dredged late.
```

## Good
```markdown
The port will be dredged late.
```

## How to mend it
Take the line out: `title` is the headline. `--unsafe-fixes` does.
"##;

/// How many passages from the start are looked at: what is pasted may have furniture above its headline.
const FIRST: usize = 3;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(title) = subject.passages.iter().find(|passage| passage.part == Part::Title) else { return Vec::new() };
    if words(title.text).next().is_none() {
        return Vec::new();
    }
    let body = subject.passages.iter().filter(|passage| matches!(passage.part, Part::Heading | Part::Paragraph));
    let same = body.take(FIRST).find(|passage| same_words(passage.text, title.text));
    same.map(|passage| {
        let finding = RULE
            .finding("the body repeats the title")
            .at(passage.span())
            .beside(title.span(), "the title")
            .help("take this line out");
        match edit::remove_block(&subject.document().text, passage.span()) {
            Some(removal) => finding.fix(Safety::Unsafe, vec![removal]),
            None => finding,
        }
    })
    .into_iter()
    .collect()
}

//! `link-gone`

use crate::check::outside::{Answer, Answers, told};
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Card;
use crate::finding::{Finding, Level};

pub(super) static RULE: Rule =
    Rule { name: "link-gone", levels: LEVELS, seeks: &[], scope: Scope::Outside(check), doc: DOC };

/// Only `--links` asks, so no move can be held by it.
const LEVELS: Levels =
    Levels { draft: Some(Level::Warning), review: Some(Level::Warning), published: Some(Level::Error), holds: None };

const DOC: &str = r##"# link-gone

## What it says
A link leads to another site, and that says that there is nothing at the address (404, 410), or there is no site of that
name any more. Asked only by `desk check --links`, which remembers a good answer for a week and this one for some hours.
The article's text is asked, and every address in its front matter; the newsroom's own site is `dead-link`'s.

## Why it matters
Readers who want to see for themselves meet a page that says "not found", and what the story rests on is gone.

## Bad
```markdown
The port's [notice](https://gone.example/notices/412) names two dates.
```

## Good
```markdown
The port's [notice](https://port.example/notices/2026/412) names two dates.
```

## How to mend it
Look for the page's new address, or link to a copy in a web archive. If the site only turns programs away, allow the
finding with a reason.
"##;

fn check(cards: &[Card], answers: &Answers) -> Vec<Finding> {
    let found = told(&RULE, cards, answers, gone).into_iter();
    found.map(|finding| finding.help("look for its new address, or link to an archived copy")).collect()
}

fn gone(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Gone(words) => Some(words),
        Answer::Unsure(_) => None,
    }
}

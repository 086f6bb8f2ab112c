//! `link-unsure`

use crate::check::outside::{Answer, Answers, told};
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Card;
use crate::finding::Finding;

pub(super) static RULE: Rule =
    Rule { name: "link-unsure", levels: Levels::HINT, seeks: &[], scope: Scope::Outside(check), doc: DOC };

const DOC: &str = r##"# link-unsure

## What it says
`desk check --links` could not find out where a link to another site leads: the site did not answer in time, had
trouble, asked to come back later, shows its pages to no program, led on without end, or could not prove who it is.
Where an address leads into a private network, desk does not look.

## Why it matters
Most of this is over tomorrow, so it is no fault of the article. What is said again and again is worth a look by hand.

## Bad
```markdown
The [timetable](https://slow.example/timetable) changes in May.
```

## Good
```markdown
The [timetable](https://ferry.example/timetable) changes in May.
```

## How to mend it
Open the link yourself. desk asks again after an hour at the earliest.
"##;

fn check(cards: &[Card], answers: &Answers) -> Vec<Finding> {
    told(&RULE, cards, answers, unsure)
}

fn unsure(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Unsure(words) => Some(words),
        Answer::Gone(_) => None,
    }
}

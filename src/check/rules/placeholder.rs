//! `placeholder`

use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    name: "placeholder",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Phrases(&MARKS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# placeholder

## What it says
The text holds a mark for words that were to come: `TK`, `TKTK`, `XXX`, `lorem ipsum`, `[name]`.

## Why it matters
It was to be replaced before anybody outside read it.

## Bad
```markdown
The dredging will cost TK million.
```

## Good
```markdown
The dredging will cost 4 million.
```

## How to mend it
Write the words, or take the sentence out.
"##;

static MARKS: Phrases = Phrases::new(&[
    "tk",
    "tktk",
    "tktktk",
    "xxx",
    "xxxx",
    "lorem ipsum",
    "dolor sit amet",
    "[tbc]",
    "[tbd]",
    "[check]",
    "[name]",
    "[number]",
    "[date]",
    "[link]",
    "insert caption here",
    "caption goes here",
    "headline goes here",
]);

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let hits = subject.hits(&MARKS).into_iter();
    hits.filter(|hit| !is_meant(hit.passage.text, &hit.range, hit.words()))
        .map(|hit| {
            RULE.finding(format!("`{}` stands for words that were to come", hit.words()))
                .at(hit.place())
                .help("write them, or take the sentence out")
        })
        .collect()
}

/// Whether it is a name or a number after all: `TK Maxx`, `Super Bowl XXX`, and everything not in capitals.
fn is_meant(text: &str, range: &Range<usize>, mark: &str) -> bool {
    let capitals = mark.starts_with(['t', 'T', 'x', 'X']);
    let small = capitals && mark.chars().any(char::is_lowercase);
    let after = text[range.end..].trim_start();
    let before = text[..range.start].trim_end();
    small
        || after.starts_with("Maxx")
        || before.ends_with("Bowl")
        || text[range.end..].starts_with(['.', '-']) && text[range.end + 1..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn names_are_no_placeholders() {
        assert_eq!(said("placeholder", "It cost TK dollars.\n"), ["TK"]);
        assert_eq!(said("placeholder", "Super Bowl XXX at TK Maxx, `TK` and > TK.\n\n> TK\n"), ["TK"]);
        assert!(said("placeholder", "The xxx of tk, an ATK, see [x](https://a.example/TK).\n").is_empty());
    }
}

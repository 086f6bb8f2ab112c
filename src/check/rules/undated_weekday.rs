//! `undated-weekday`

use crate::check::dates::{own_date, weekday, written};
use crate::check::passage::Word;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule =
    Rule { name: "undated-weekday", levels: Levels::ADVICE, seeks: &[], scope: Scope::Article(check), doc: DOC };

const DOC: &str = r##"# undated-weekday

## What it says
The text says "on Tuesday", and the article has no `date`, nor a date with its year anywhere in the text, nor
one in the name of its file or in its address. An article that desk keeps gets its date when it is published, and is
left alone; so are days that come round (`every Tuesday`).

## Why it matters
In a week nobody can tell which Tuesday it was.

## Bad
```markdown
The port said on Tuesday that the permit came late.
```

## Good
```toml
date = 2026-07-28
```

## How to mend it
Give the article a `date`, or write the date once in the text.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let document = subject.document();
    if document.is_adopted() || document.field("date").is_some() || own_date(subject).is_some() {
        return Vec::new();
    }
    let mut first = None;
    for passage in &subject.passages {
        let all = passage.words();
        if written(passage.text, all).iter().any(|date| date.year.is_some()) {
            return Vec::new();
        }
        if first.is_none() {
            first = (0..all.len())
                .find(|at| all[*at].1.len() > 5 && weekday(all[*at].1).is_some() && !recurs(all, *at))
                .map(|at| passage.place(all[at].0.start, all[at].0.end));
        }
    }
    first
        .map(|place| RULE.finding("nothing says which week this is in").at(place).help("give the article a `date`"))
        .into_iter()
        .collect()
}

/// `every Tuesday`, `the first Tuesday of each month`: a rule, and not a day.
fn recurs(all: &[Word<'_>], at: usize) -> bool {
    const EVERY: [&str; 9] = ["every", "each", "first", "second", "third", "fourth", "fifth", "last", "other"];
    let of = all.get(at + 1).is_some_and(|(_, word)| *word == "of");
    let ordinal = at.checked_sub(1).map(|before| all[before].1).filter(|before| EVERY.contains(before));
    ordinal.is_some_and(|word| of || matches!(word, "every" | "each" | "other"))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said_of;

    #[test]
    fn a_weekday_hangs_on_a_date() {
        let said =
            |front: &str, body: &str| said_of("undated-weekday", &format!("+++\ntitle = \"A\"\n{front}+++\n{body}\n"));
        assert_eq!(said("", "He came on Tuesday and Friday, May 2."), ["Tuesday"]);
        assert!(said("date = 2026-07-28\n", "He came on Tuesday.").is_empty());
        assert!(said("", "He came on Tuesday, July 28, 2026.").is_empty());
        assert!(said("[desk]\nkind = \"news\"\nstage = \"draft\"\n", "He came on Tuesday.").is_empty());
        assert!(said("", "He sat in the sun.").is_empty());
        assert!(said("path = \"2026/07/28/quay\"\n", "He came on Tuesday.").is_empty());
        assert!(said("", "The board meets every Tuesday and on the first Monday of the month.").is_empty());
    }
}

//! `impossible-date`

use crate::check::dates::{MONTHS, Written, capitalized, own_date, today, written};
use crate::check::marks::Marks;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;
use jiff::civil::Date;

pub(super) static RULE: Rule = Rule {
    name: "impossible-date",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::DIGIT)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# impossible-date

## What it says
A date that no calendar has: June 31, February 30, February 29 of a year that is no leap year. Or a date more than fifty
years after the article: mostly two digits have changed places.

## Why it matters
Readers note it, and doubt the rest.

## Bad
```markdown
The permit ends on June 31, 2026.
```

## Good
```markdown
The permit ends on June 30, 2026.
```

## How to mend it
Look the date up.
"##;

/// A date in a text may be this many years ahead of it.
const FAR: i16 = 50;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| passage.has(Marks::DIGIT)) {
        for date in written(passage.text, passage.words()) {
            let Some(message) =
                fault(&date, subject).filter(|_| date.year.is_some() || ends(&passage.text[date.range.end..]))
            else {
                continue;
            };
            findings.push(RULE.finding(message).at(passage.place(date.range.start, date.range.end)));
        }
    }
    findings
}

fn fault(date: &Written, subject: &Subject<'_>) -> Option<String> {
    let name = capitalized(MONTHS[date.month as usize - 1]);
    // Without a year, February may be that of a leap year.
    let year = date.year.unwrap_or(2000);
    match Date::new(year, date.month, date.day) {
        Err(_) => Some(match date.year {
            Some(year) => format!("{name} {year} has no day {}", date.day),
            None => format!("{name} has no day {}", date.day),
        }),
        Ok(_) => {
            date.year?;
            let own = own_date(subject).unwrap_or_else(|| today(subject)).year();
            (year > own.saturating_add(FAR)).then(|| format!("{year} is {} years away", year - own))
        }
    }
}

/// Whether the words of a date are over here. `In June 31 ships came` is about ships.
fn ends(rest: &str) -> bool {
    const GO_ON: [&str; 22] = [
        "at", "in", "on", "and", "or", "to", "the", "for", "when", "by", "after", "before", "but", "with", "as",
        "that", "because", "if", "is", "was", "will", "until",
    ];
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split(|one: char| !one.is_alphanumeric()).next());
    next.is_none_or(|next| GO_ON.contains(&next))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn every_date_is_in_the_calendar() {
        for good in [
            "June 30, 2026",
            "February 29",
            "29 February 2024",
            "In June 31 ships came",
            "2026-12-31",
            "May 31 to 2 June",
            "by 2090",
            "31 August",
        ] {
            assert!(said("impossible-date", &format!("It was {good}.\n")).is_empty(), "{good}");
        }
        for bad in
            ["June 31, 2026", "31 June", "February 30", "29 February 2026", "2026-02-29", "Sept. 31", "July 28, 2206"]
        {
            assert_eq!(said("impossible-date", &format!("It was {bad}.\n")), [bad], "{bad}");
        }
    }
}

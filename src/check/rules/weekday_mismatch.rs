//! `weekday-mismatch`

use crate::check::dates::{DAYS, MONTHS, capitalized as name, day, month, own_date, weekday, year};
use crate::check::marks::Marks;
use crate::check::passage::Part;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::words;
use crate::finding::Finding;
use jiff::civil::Date;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    name: "weekday-mismatch",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::DIGIT)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# weekday-mismatch

## What it says
A weekday stands beside a date that falls on another one. A date without a year is taken to be the one nearest to the
article's own `date`, in the newsroom's time zone; without a `date`, to the day that the file or its address is named
after; and where there is none either, it is left alone.

## Why it matters
One of the two is wrong, and readers come on the wrong day.

## Bad
```markdown
The hearing is on Tuesday, July 28, 2021.
```

## Good
```markdown
The hearing is on Wednesday, July 28, 2021.
```

## How to mend it
Look the date up, and mend the one that is wrong.
"##;

/// Farther from the article than this, a date without a year may be of any.
const NEAR: i32 = 150;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A title with a year speaks of that year's days.
    let title = subject.passages.iter().filter(|passage| passage.part == Part::Title);
    let titled = title
        .flat_map(|passage| words(passage.text))
        .find_map(|(_, word)| year(word).filter(|year| (1900..2100).contains(year)));
    let mut own = None;
    for passage in subject.passages.iter().filter(|passage| passage.has(Marks::DIGIT)) {
        let all = passage.words();
        for at in 0..all.len() {
            let Some(stated) = weekday(all[at].1) else { continue };
            let Some(found) = beside(passage.text, all, at) else { continue };
            let own = *own.get_or_insert_with(|| own_date(subject));
            let own = own.filter(|own| titled.is_none_or(|year| year == own.year()));
            let Some(date) = resolve(&found, own, passage.text) else { continue };
            let real = date.weekday().to_monday_zero_offset() as usize;
            if real != stated {
                let place = passage.place(all[at].0.start.min(found.words.start), all[at].0.end.max(found.words.end));
                findings.push(
                    RULE.finding(format!(
                        "{} {} {} is not a {}",
                        date.day(),
                        name(MONTHS[date.month() as usize - 1]),
                        date.year(),
                        name(DAYS[stated])
                    ))
                    .at(place)
                    .labelled(format!("a {} in {}", name(DAYS[real]), date.year())),
                );
            }
        }
    }
    findings
}

struct Stated {
    day: i8,
    month: i8,
    year: Option<i16>,
    words: Range<usize>,
}

/// The date right behind the weekday (`Tuesday, July 28`, `Tuesday 28 July 2026`) or right before it in brackets or as
/// an apposition (`July 28 (Tuesday)`, `July 28, a Tuesday`).
fn beside(text: &str, all: &[(Range<usize>, &str)], at: usize) -> Option<Stated> {
    let close = |one: usize, other: usize| {
        text[all[one].0.end..all[other].0.start].chars().all(|gap| matches!(gap, ' ' | ',' | '.' | '\n' | '('))
    };
    let word = |at: usize| all.get(at).map(|(_, word)| *word);
    let pair = |one: usize| -> Option<(i8, i8)> {
        let (first, second) = (word(one)?, word(one + 1)?);
        let joined = text[all[one].0.end..all[one + 1].0.start].chars().all(|gap| matches!(gap, ' ' | '.' | '\n'));
        let date =
            month(first).zip(day(second)).or_else(|| day(first).zip(month(second)).map(|(day, month)| (month, day)));
        date.filter(|_| joined)
    };
    let year = |at: usize| word(at).filter(|word| word.len() == 4).and_then(|word| word.parse().ok());
    let sentence_ends =
        |at: usize| text[all[at].0.end..].starts_with(". ") && month(all[at].1).is_none() && all[at].1.len() > 5;
    if let Some((month, day)) = pair(at + 1).filter(|_| close(at, at + 1) && !sentence_ends(at)) {
        let year = year(at + 3).filter(|_| close(at + 2, at + 3));
        let last = if year.is_some() { at + 3 } else { at + 2 };
        return Some(Stated { day, month, year, words: all[at].0.start..all[last].0.end });
    }
    let skipped = if at >= 1 && matches!(word(at - 1), Some("a")) { 1 } else { 0 };
    let bracket = text[..all[at].0.start].ends_with('(');
    if skipped == 0 && !bracket {
        return None;
    }
    let end = at.checked_sub(1 + skipped)?;
    let with_year = year(end).filter(|_| end >= 2);
    let first = if with_year.is_some() { end - 2 } else { end.checked_sub(1)? };
    let (month, day) = pair(first)?;
    close(end, at - skipped).then(|| Stated { day, month, year: with_year, words: all[first].0.start..all[at].0.end })
}

fn resolve(stated: &Stated, own: Option<Date>, text: &str) -> Option<Date> {
    if let Some(year) = stated.year {
        return Date::new(year, stated.month, stated.day).ok();
    }
    let own = own?;
    // A passage that speaks of a year speaks of that year's days.
    if words(text)
        .any(|(_, word)| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1000..2200).contains(&year)))
    {
        return None;
    }
    let years = [own.year().checked_sub(1)?, own.year(), own.year().checked_add(1)?];
    let dates = years.into_iter().filter_map(|year| Date::new(year, stated.month, stated.day).ok());
    let distance = |date: &Date| date.since(own).map_or(i32::MAX, |span| span.get_days().abs());
    dates.min_by_key(distance).filter(|date| distance(date) <= NEAR)
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages_of, said};

    #[test]
    fn a_date_without_a_year_is_the_nearest() {
        let messages =
            |day: &str| messages_of("weekday-mismatch", &format!("+++\ndate = 2026-12-28\n+++\nOn {day} then.\n"));
        assert!(messages("Friday, Jan. 1").is_empty() && messages("Monday, December 21").is_empty());
        assert_eq!(messages("Thursday, Jan. 1"), ["1 January 2027 is not a Thursday"]);
    }

    #[test]
    fn a_day_of_an_unknown_year_is_no_mistake() {
        let messages =
            |front: &str| messages_of("weekday-mismatch", &format!("+++\n{front}\n+++\nOn Friday, July 31.\n"));
        assert!(messages("title = \"The fair\"").is_empty());
        assert!(messages("title = \"The fair of 2027\"\ndate = 2025-09-01").is_empty());
        assert_eq!(messages("path = \"2025/07/30/fair\"").len(), 1);
        assert_eq!(messages("title = \"The fair of 2025\"\ndate = 2025-07-01").len(), 1);
    }

    #[test]
    fn days_are_judged_by_the_articles_own_date() {
        for right in [
            "Tuesday, July 28, 2026",
            "on Tuesday 28 July",
            "July 28 (Tuesday)",
            "July 28, a Tuesday",
            "Tue. Jul 28",
            "Thursday, Oct. 1",
            "Sunday. June 25 passed",
            "since Sunday, June 25, the war of 1950",
            "Monday to Saturday, May 2 more",
            "Thursday, February 29",
        ] {
            assert!(said("weekday-mismatch", &format!("It was {right} then.\n")).is_empty(), "{right}");
        }
        for wrong in [
            "Monday, July 28, 2026",
            "Monday 28 July",
            "July 28 (Monday)",
            "July 28, a Monday",
            "Mon. Jul 28",
            "Saturday, Oct. 1",
        ] {
            assert_eq!(said("weekday-mismatch", &format!("It was {wrong} then.\n")).len(), 1, "{wrong}");
        }
    }
}

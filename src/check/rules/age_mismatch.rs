//! `age-mismatch`

use crate::check::dates::{own_date, year};
use crate::check::passage::{Part, Word};
use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::sentence;
use crate::finding::Finding;
use jiff::civil::Date;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    name: "age-mismatch",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Phrases(&BORN)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# age-mismatch

## What it says
A sentence gives a person's age and year of birth, and they do not agree on the day of the article; or it gives the year
of death too, and they do not agree on that. Only a sentence with one age and one birth is judged.

## Why it matters
One of the two is wrong, and families notice.

## Bad
```markdown
Mina Park, 45, was born in 1990 in Port Alder.   <!-- in 2026 -->
```

## Good
```markdown
Mina Park, 36, was born in 1990 in Port Alder.
```

## How to mend it
Ask, or look it up.
"##;

static BORN: Phrases = Phrases::new(&["born"]);

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if !subject.is_english() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in &subject.passages {
        if !matches!(passage.part, Part::Paragraph | Part::Item | Part::Caption) || !passage.text.contains("born") {
            continue;
        }
        let all = passage.words();
        for at in 0..all.len() {
            if all[at].1 != "born" {
                continue;
            }
            let within = sentence(passage.text, all[at].0.start);
            let words: Vec<Word<'_>> = all.iter().filter(|(range, _)| within.contains(&range.start)).cloned().collect();
            if let Some((range, message)) = judge(passage.text, &words, own_date(subject).map(Date::year)) {
                findings.push(RULE.finding(message).at(passage.place(range.start, range.end)));
            }
        }
    }
    findings
}

fn judge(text: &str, words: &[Word<'_>], now: Option<i16>) -> Option<(Range<usize>, String)> {
    let has = |wanted: &[&str]| words.iter().any(|(_, word)| wanted.contains(word));
    let years: Vec<(&Range<usize>, i16)> =
        words.iter().filter_map(|(range, word)| Some((range, year(word)?))).collect();
    let mut ages = (0..words.len()).filter_map(|at| age(text, words, at));
    let (Some((place, age)), None) = (ages.next(), ages.next()) else { return None };
    // One birth, and no other person who was born or is older.
    let births = words.iter().filter(|(_, word)| *word == "born").count();
    let died = has(&["died", "dies", "killed", "death"]);
    let birth = words.iter().position(|(_, word)| *word == "born").map(|at| words[at].0.end)?;
    let born = years.iter().find(|(range, _)| range.start > birth && range.start - birth < 40)?.1;
    let other = years.iter().find(|(_, year)| *year != born).map(|(_, year)| *year);
    let on = match (died, other) {
        (true, Some(death)) => death,
        (false, None) => now?,
        _ => return None,
    };
    let than = has(&["son", "daughter", "mother", "father", "child", "children", "brother", "sister", "whose", "when"]);
    if births > 1 || than || years.len() > 2 {
        return None;
    }
    let expected = i32::from(on) - i32::from(born);
    let fits = age == expected || age == expected - 1;
    (!fits && (0..=125).contains(&expected)).then(|| {
        let start = place.start;
        (start..place.end, format!("somebody born in {born} was {} or {expected} in {on}", expected - 1))
    })
}

/// `Park, 45,`, `aged 45`, `45-year-old`, `45 years old`.
fn age(text: &str, words: &[Word<'_>], at: usize) -> Option<(Range<usize>, i32)> {
    let (range, word) = &words[at];
    let number = |word: &str| word.parse::<i32>().ok().filter(|age| (1..=120).contains(age) && word.len() <= 3);
    if let Some(age) = word.strip_suffix("-year-old").and_then(number) {
        return Some((range.clone(), age));
    }
    let age = number(word)?;
    let before = &text[..range.start];
    let after = &text[range.end..];
    let name = at.checked_sub(1).map(|last| words[last].1);
    let apposed = before.ends_with(", ")
        && after.starts_with([',', '.'])
        && name.is_some_and(|name| name.starts_with(char::is_uppercase) && crate::check::dates::month(name).is_none());
    let aged = name == Some("aged");
    let old = after.starts_with(" years old");
    (apposed || aged || old).then(|| (range.clone(), age))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages;

    #[test]
    fn an_age_fits_its_birth() {
        for good in [
            "Mina Park, 36, was born in 1990.",
            "Mina Park, 35, was born on May 3, 1990.",
            "Jun Seo, born in 1950, died in 2020 aged 70.",
            "Jun Seo, 40, whose father was born in 1950, came.",
            "He was born in 1990. Mina Park, 45, came.",
            "Born on July 12, 1990, she left in 2010.",
            "Mina Park, 45, has a son born in 2010.",
            "Born in 1990, Park, 12, 13 and 14 in 2002.",
        ] {
            assert!(messages("age-mismatch", &format!("{good}\n")).is_empty(), "{good}");
        }
        for bad in [
            "Mina Park, 45, was born in 1990.",
            "The 45-year-old was born in 1990.",
            "Jun Seo, born in 1950, died in 2020 aged 80.",
        ] {
            assert_eq!(messages("age-mismatch", &format!("{bad}\n")).len(), 1, "{bad}");
        }
    }
}

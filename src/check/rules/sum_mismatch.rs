//! `sum-mismatch`

use crate::check::marks::Marks;
use crate::check::numbers::{Number, Unit, numbers};
use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "sum-mismatch",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::NUMBER), Seeks::Phrases(&PARTS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# sum-mismatch

## What it says
Numbers that stand side by side do not agree: "20 people, 12 men and 7 women", "3 of 10 (40%)". Only parts that make up
a whole are added: men, women, boys, girls, children, adults; and not behind "including" or "among them".

## Why it matters
Of numbers, one that does not add up is the first that readers write in about, and it casts doubt on the others.

## Bad
```markdown
The ferry carried 20 people: 12 men and 7 women.
```

## Good
```markdown
The ferry carried 19 people: 12 men and 7 women.
```

## How to mend it
Go back to the source, and mend the number that is wrong.
"##;

/// What makes up a whole of people.
static PARTS: Phrases =
    Phrases::new(&["men", "women", "children", "boys", "girls", "adults", "males", "females", "teenagers", "infants"]);

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let parts: Vec<usize> = subject.hits(&PARTS).iter().map(|hit| hit.number).collect();
    for (number, passage) in subject.passages.iter().enumerate().filter(|(_, passage)| passage.has(Marks::NUMBER)) {
        let text = passage.text;
        // Nothing else is added up, and nothing else is a share: `%`, `percent`, `per cent`.
        if !parts.contains(&number) && !text.contains('%') && !text.contains("cent") {
            continue;
        }
        let all = numbers(text);
        if all.len() < 3 {
            continue;
        }
        for at in 0..all.len() {
            if let Some((first, last, message)) = share(text, &all, at).or_else(|| whole(text, &all, at)) {
                findings.push(RULE.finding(message).at(passage.place(all[first].range.start, all[last].range.end)));
            }
        }
    }
    findings
}

fn between<'a>(text: &'a str, one: &Number, other: &Number) -> &'a str {
    text.get(one.range.end..other.range.start).unwrap_or_default()
}

/// `3 of 10 (40%)`, `40% (3 of 10)`: the numbers from the first to the last, and what is wrong.
fn share(text: &str, all: &[Number], at: usize) -> Option<(usize, usize, String)> {
    let [one, other] = all.get(at..at + 2)? else { return None };
    let of = matches!(between(text, one, other), " of " | " of the " | " out of " | " of its " | " of their ");
    if !of || one.unit != Unit::Plain || other.unit != Unit::Plain || other.value <= 0.0 || one.value > other.value {
        return None;
    }
    let stands_behind = |gap: &str| {
        gap.chars().count() <= 30
            && !gap.contains(['.', ';', ')'])
            && (gap.ends_with('(') || gap.ends_with(", or ") || gap.ends_with("\u{2014}") || gap.ends_with(" or "))
    };
    let behind = all.get(at + 2).filter(|next| next.unit == Unit::Percent && stands_behind(between(text, other, next)));
    let before = at.checked_sub(1).filter(|&last| {
        all[last].unit == Unit::Percent && matches!(between(text, &all[last], one), " (" | ", or " | " \u{2014} ")
    });
    let (first, last, stated) = match (behind, before) {
        (Some(percent), _) => (at, at + 2, percent),
        (None, Some(last)) => (last, at + 1, &all[last]),
        (None, None) => return None,
    };
    let real = one.value / other.value * 100.0;
    let exact = text[stated.range.clone()].contains('.');
    let tolerance = if exact { 0.11 } else { 1.0 };
    ((real - stated.value).abs() > tolerance).then(|| {
        let shown = if exact { format!("{real:.1}") } else { format!("{real:.0}") };
        let (part, whole) = (&text[one.range.clone()], &text[other.range.clone()]);
        (first, last, format!("{part} of {whole} is {shown} percent"))
    })
}

/// `20 people: 12 men and 7 women`, `12 men and 7 women, 20 people`.
fn whole(text: &str, all: &[Number], at: usize) -> Option<(usize, usize, String)> {
    let first = part(text, &all[at])?;
    let mut last = at;
    let mut sum = all[at].value;
    let mut end = first;
    while let Some(next) = all.get(last + 1) {
        let gap = text.get(end..next.range.start)?;
        let Some(after) = part(text, next).filter(|_| matches!(gap, " and " | ", " | ", and ")) else { break };
        (last, sum, end) = (last + 1, sum + next.value, after);
    }
    // A list that goes on with something else is no whole, and `men and women` are two people with one number.
    let rest = &text[end..];
    if last == at || rest.starts_with(" and ") || rest.starts_with(" or ") || at_part(text, all, at) {
        return None;
    }
    let before = at.checked_sub(1).filter(|&before| {
        let gap = between(text, &all[before], &all[at]);
        let noun = gap.trim_start();
        let words = gap.trim_end_matches([' ', ',', ':', '(', '\u{2014}', '\u{2013}', '-']);
        let mark = gap.len() > words.len() + usize::from(gap.ends_with(' ') && words.len() + 1 == gap.len());
        mark && gap.starts_with(' ') && !noun.is_empty() && is_noun(words.trim_start())
    });
    let behind = all.get(last + 1).filter(|next| {
        let gap = text.get(end..next.range.start).unwrap_or_default();
        let tail = text[next.range.end..].trim_start();
        let noun = tail.split(|one: char| !one.is_alphabetic()).next().unwrap_or_default();
        let total =
            matches!(gap, ", " | " (" | " \u{2014} " | ": ") && matches!(noun, "people" | "persons" | "passengers");
        total || (gap == ", " && ["in all", "in total", "altogether"].iter().any(|all| tail.starts_with(all)))
    });
    let (from, to, total) = match (before, behind) {
        (Some(before), _) => (before, last, &all[before]),
        (None, Some(total)) => (at, last + 1, total),
        (None, None) => return None,
    };
    let fits = total.unit == Unit::Plain && (total.value - sum).abs() < 0.5;
    (!fits && total.unit == Unit::Plain && is_count(total.value))
        .then(|| (from, to, format!("these add up to {sum}, not {}", &text[total.range.clone()])))
}

/// Whether `all[at]` is not the first part of its list.
fn at_part(text: &str, all: &[Number], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        part(text, &all[before])
            .is_some_and(|end| matches!(text.get(end..all[at].range.start), Some(" and " | ", " | ", and ")))
    })
}

/// Where the noun behind `number` ends, when it is part of a whole.
fn part(text: &str, number: &Number) -> Option<usize> {
    let rest = text[number.range.end..].strip_prefix(' ')?;
    let word = rest.split(|one: char| !one.is_alphabetic()).next()?;
    let counted = number.unit == Unit::Plain && is_count(number.value);
    (counted && PARTS.each().any(|part| part == word)).then_some(number.range.end + 1 + word.len())
}

fn is_count(value: f64) -> bool {
    value.fract() == 0.0 && value < 1e6
}

/// One or two words in lower case, none of which takes the parts out of the whole.
fn is_noun(words: &str) -> bool {
    const NOT: [&str; 9] = ["including", "among", "of", "plus", "and", "or", "with", "besides", "more"];
    let all: Vec<&str> = words.split(' ').collect();
    (1..=2).contains(&all.len())
        && all.iter().all(|word| {
            !word.is_empty() && word.chars().all(|one| one.is_alphabetic() || one == '-') && !NOT.contains(word)
        })
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages;

    #[test]
    fn parts_make_up_their_whole() {
        for good in [
            "It carried 19 people: 12 men and 7 women.",
            "It carried 20 people, including 12 men and 7 women.",
            "It carried 20 people, among them 12 men and 7 women.",
            "It carried 12 men and 7 women, 19 people in all.",
            "It carried 20 people, 12 men, 7 women and a dog.",
            "It carried 20 people, 12 men and 7 women and 1 child.",
            "On July 20, 12 men and 7 women came.",
            "Of the 20, 12 men and 7 women left.",
            "Twelve men, 7 women and 3 children, 22 people in all, came.",
            "In 2026, 12 men and 7 women came.",
            "The 12 men and 7 women, 40 years old, came.",
        ] {
            assert!(messages("sum-mismatch", &format!("{good}\n")).is_empty(), "{good}");
        }
        for (bad, said) in [
            ("It carried 20 people: 12 men and 7 women.", "these add up to 19, not 20"),
            ("It carried 20 people (12 men and 7 women).", "these add up to 19, not 20"),
            ("It carried 12 men and 7 women, 20 people in all.", "these add up to 19, not 20"),
            ("Twenty passengers, twelve men, 4 boys and three girls, came.", "these add up to 19, not Twenty"),
        ] {
            assert_eq!(messages("sum-mismatch", &format!("{bad}\n")), [said], "{bad}");
        }
    }

    #[test]
    fn a_share_is_what_it_says() {
        for good in
            ["3 of 10 (30%)", "1 of 3 pilots, or 33%", "33.3% (1 of 3)", "5 of the 8 (62 percent)", "3 of 10, up 40%"]
        {
            assert!(messages("sum-mismatch", &format!("It was {good}.\n")).is_empty(), "{good}");
        }
        assert_eq!(messages("sum-mismatch", "It was 3 of 10 (40%).\n"), ["3 of 10 is 30 percent"]);
        assert_eq!(messages("sum-mismatch", "It was 40% (3 of 10).\n"), ["3 of 10 is 30 percent"]);
        assert_eq!(messages("sum-mismatch", "It was 1 of 3 pilots, or 35.5%.\n"), ["1 of 3 is 33.3 percent"]);
    }
}

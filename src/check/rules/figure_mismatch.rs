//! `figure-mismatch`

use crate::check::marks::Marks;
use crate::check::numbers::{Number, Unit, numbers};
use crate::check::passage::{Part, Passage};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "figure-mismatch",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::NUMBER)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# figure-mismatch

## What it says
The title, the description or a caption gives a figure, and the text gives another for the same thing: the same noun
behind it, the same currency, or a percentage. A figure that the text has anywhere, that it rounds, or that two of its
figures add up to, is right. Years and lengths of time are not judged.

## Why it matters
The headline was written first and the figure changed later, or the other way round; most readers see only the headline.

## Bad
```markdown
title = "Twelve pilots fined"

The port fined 14 pilots on Monday.
```

## Good
```markdown
title = "Fourteen pilots fined"

The port fined 14 pilots on Monday.
```

## How to mend it
Go back to the source, and mend the figure that is wrong.
"##;

/// A figure with what it is of.
struct Figure<'s, 'a> {
    number: Number,
    noun: Option<String>,
    passage: &'s Passage<'a>,
}

/// Nouns that many different figures share.
const LOOSE: [&str; 21] = [
    "year",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    "decade",
    "century",
    "time",
    "mile",
    "kilometre",
    "kilometer",
    "metre",
    "meter",
    "percentage",
    "point",
    "part",
    "way",
    "thing",
    "foot",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let above = |passage: &&Passage<'_>| matches!(passage.part, Part::Title | Part::Description | Part::Caption);
    let all = || subject.passages.iter().filter(|passage| passage.has(Marks::NUMBER));
    let heads: Vec<Figure<'_, '_>> = all().filter(above).flat_map(figures).filter(is_judged).collect();
    if heads.is_empty() {
        return Vec::new();
    }
    let body: Vec<Figure<'_, '_>> = all().filter(|passage| !above(passage)).flat_map(figures).collect();
    heads.iter().filter_map(|head| judge(head, &body)).collect()
}

fn judge(head: &Figure<'_, '_>, body: &[Figure<'_, '_>]) -> Option<Finding> {
    let (value, near) = (head.number.value, grain(&head.number));
    let fits = |other: f64| (other - value).abs() < near || other == value;
    if body.iter().any(|other| fits(other.number.value)) {
        return None;
    }
    let same = |other: &&Figure<'_, '_>| other.number.unit == head.number.unit && other.noun == head.noun;
    let others: Vec<&Figure<'_, '_>> = body.iter().filter(same).collect();
    let sums = |(at, one): (usize, &&Figure<'_, '_>)| {
        others[at + 1..].iter().any(|other| fits(one.number.value + other.number.value))
    };
    if others.len() > 40 || others.iter().enumerate().any(sums) {
        return None;
    }
    let other = others.first()?;
    let words = |figure: &Figure<'_, '_>| figure.passage.text[figure.number.range.clone()].to_owned();
    let place = |figure: &Figure<'_, '_>| figure.passage.place(figure.number.range.start, figure.number.range.end);
    let part = match head.passage.part {
        Part::Title => "title",
        Part::Description => "description",
        _ => "caption",
    };
    Some(
        RULE.finding(format!("the {part} says {}, the text says {}", words(head), words(other)))
            .at(place(head))
            .beside(place(other), "here"),
    )
}

/// Whether a figure above the text says enough to be held against it.
fn is_judged(figure: &Figure<'_, '_>) -> bool {
    let value = figure.number.value;
    match figure.number.unit {
        Unit::Percent | Unit::Money(_) => true,
        // A caption counts what is in the picture, and small numbers count many things.
        Unit::Plain => figure.noun.is_some() && value >= if figure.passage.part == Part::Caption { 100.0 } else { 4.0 },
    }
}

/// How far the exact figure may be from one that is rounded like this.
fn grain(number: &Number) -> f64 {
    if number.unit == Unit::Percent {
        return 1.0;
    }
    let (mut rest, mut grain) = (number.value, 1.0);
    while number.value >= 100.0 && rest >= 10.0 && rest % 10.0 == 0.0 && grain < 1e12 {
        rest /= 10.0;
        grain *= 10.0;
    }
    grain
}

fn figures<'s, 'a>(passage: &'s Passage<'a>) -> Vec<Figure<'s, 'a>> {
    let with_noun = |number: Number| {
        let noun = if number.unit == Unit::Plain { noun(&passage.text[number.range.end..]) } else { None };
        Figure { number, noun, passage }
    };
    numbers(passage.text).into_iter().map(with_noun).collect()
}

/// The noun that a number counts, in the singular: a word in lower case right behind it.
fn noun(rest: &str) -> Option<String> {
    let word = rest.strip_prefix(' ')?.split(|one: char| !one.is_alphabetic()).next()?;
    let singular = word.strip_suffix('s')?;
    let sound = singular.len() > 2 && word.chars().all(char::is_lowercase) && !LOOSE.contains(&singular);
    (sound && !["thi", "wa", "ha"].contains(&singular)).then(|| singular.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[track_caller]
    fn says(title: &str, body: &str, expected: &[&str]) {
        let text = format!("+++\ntitle = \"{title}\"\ndate = 2026-07-25\n+++\n{body}\n");
        assert_eq!(messages_of("figure-mismatch", &text), expected, "{title} / {body}");
    }

    #[test]
    fn the_headline_has_the_figures_of_the_text() {
        says("Twelve pilots fined", "It fined 14 pilots.", &["the title says Twelve, the text says 14"]);
        says("Fares rise 4%", "They rise by 6 percent.", &["the title says 4%, the text says 6 percent"]);
        says(
            "Port pays $22 million",
            "It paid $21 million.",
            &["the title says $22 million, the text says $21 million"],
        );
        says("Twelve pilots fined", "It fined 12 pilots and 3 mates.", &[]);
        says("Wall with 43,000 names", "It has 36,634 names and 7,174 names more.", &[]);
        says("Wall with 43,000 names", "It has 43,808 names.", &[]);
        says("Fares rise 4%", "They rise by 3.6%.", &[]);
        says("After 20 years", "She came 3 years ago.", &[]);
        says("Two pilots fined", "It knows 14 pilots.", &[]);
        says("Twelve pilots fined", "It fined them all, twelve.", &[]);
        says("Twelve pilots fined", "It fined mates.", &[]);
        says("Port pays €5 million", "It paid $6 million.", &[]);
    }
}

//! `mixed-quotes`

use crate::check::marks::Marks;
use crate::check::passage::Passage;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::{Edit, Finding, Safety, Span};

pub(super) static RULE: Rule = Rule {
    name: "mixed-quotes",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::QUOTE.and(Marks::STRAIGHT_APOSTROPHE))],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# mixed-quotes

## What it says
Some quotation marks are straight (") and others curly (“ ”), or some apostrophes are (') and others are (’). Marks for
inches and minutes, behind a digit, are not judged.

## Why it matters
It shows where one text was pasted into another, and searching for a phrase finds half of the places.

## Bad
```markdown
“The permit came late,” Park said. "We waited."
```

## Good
```markdown
“The permit came late,” Park said. “We waited.”
```

## How to mend it
Write all of them in one way. Apostrophes are turned into the form that is used more often by `--unsafe-fixes`.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let straight = places(&subject.passages, |one| one == '"');
    if !straight.is_empty() {
        let curly = places(&subject.passages, |one| matches!(one, '\u{201c}' | '\u{201d}')).len();
        if curly > 0 {
            let (rarer, of) = if straight.len() <= curly {
                (straight[0], "straight among curly ones")
            } else {
                (first_curly(&subject.passages).unwrap_or(straight[0]), "curly among straight ones")
            };
            findings.push(RULE.finding(format!("this quotation mark is {of}")).at(rarer).help("write all in one way"));
        }
    }
    if !subject.marks.have_all(Marks::STRAIGHT_APOSTROPHE.and(Marks::CURLY_APOSTROPHE)) {
        return findings;
    }
    let (plain, round) = (apostrophes(&subject.passages, '\''), apostrophes(&subject.passages, '\u{2019}'));
    let (rarer, of, right) = if plain.len() <= round.len() {
        (plain, "straight among curly ones", "\u{2019}")
    } else {
        (round, "curly among straight ones", "'")
    };
    let other = if right == "'" { '\u{2019}' } else { '\'' };
    let right_ones = subject.passages.iter().any(|passage| passage.text.contains(right));
    if let Some(&first) = rarer.first().filter(|_| right_ones) {
        // In the front matter a mark may be spelt otherwise, or close the string.
        let text = &subject.document().text;
        let body = subject.document().body.start;
        let mends =
            |span: &&Span| span.start >= body && text.get(span.range()).is_some_and(|one| one == other.to_string());
        let edits: Vec<Edit> = rarer.iter().filter(mends).map(|span| Edit::replace(*span, right)).collect();
        let finding = RULE.finding(format!("this apostrophe is {of}")).at(first).help("write all in one way");
        findings.push(if edits.is_empty() { finding } else { finding.fix(Safety::Unsafe, edits) });
    }
    findings
}

/// Where marks that are `wanted` stand for a quotation.
fn places(passages: &[Passage<'_>], wanted: fn(char) -> bool) -> Vec<Span> {
    let mut all = Vec::new();
    for passage in passages {
        for &(at, mark) in passage.quotes.iter().filter(|(_, mark)| wanted(*mark)) {
            if !passage.text[..at].ends_with(|one: char| one.is_ascii_digit()) {
                all.push(passage.place(at, at + mark.len_utf8()));
            }
        }
    }
    all
}

fn first_curly(passages: &[Passage<'_>]) -> Option<Span> {
    let first = |passage: &Passage<'_>| {
        let at = passage.text.find(['\u{201c}', '\u{201d}'])?;
        Some(passage.place(at, at + '\u{201c}'.len_utf8()))
    };
    passages.iter().find_map(first)
}

/// Where `mark` stands between two letters.
fn apostrophes(passages: &[Passage<'_>], mark: char) -> Vec<Span> {
    let mut all = Vec::new();
    for passage in passages {
        for (at, _) in passage.text.match_indices(mark) {
            let behind = &passage.text[at + mark.len_utf8()..];
            if passage.text[..at].ends_with(char::is_alphabetic) && behind.starts_with(char::is_alphabetic) {
                all.push(passage.place(at, at + mark.len_utf8()));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages, said};

    #[test]
    fn marks_are_of_one_form() {
        assert_eq!(said("mixed-quotes", "“One,” \"two\" and “three”.\n"), ["\""]);
        assert_eq!(said("mixed-quotes", "\"One,\" “two” and \"three\".\n"), ["“"]);
        assert_eq!(
            messages("mixed-quotes", "Park’s and Seo’s and Lee's.\n"),
            ["this apostrophe is straight among curly ones"]
        );
        for good in ["“One” and Park’s.\n", "\"One\" and Park's.\n", "“A 6\" pipe” `\"`.\n", "“One” and Park's.\n"]
        {
            assert!(said("mixed-quotes", good).is_empty(), "{good}");
        }
    }
}

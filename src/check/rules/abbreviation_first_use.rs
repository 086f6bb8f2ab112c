//! `abbreviation-first-use`

use crate::check::marks::Marks;
use crate::check::passage::{Part, Passage, Word};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::words;
use crate::finding::Finding;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    name: "abbreviation-first-use",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::CAPITALS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# abbreviation-first-use

## What it says
An abbreviation of three or more capitals stands in the text before it is spelt out, or is never tied to the name it
stands for. Titles, descriptions and captions do not count, nor what everybody knows (NATO, FBI, GDP).

## Why it matters
A reader who does not know it stops there.

## Bad
```markdown
The HPA met on Monday. The Harbor Pilots Association (HPA) wants more pay.
```

## Good
```markdown
The Harbor Pilots Association (HPA) met on Monday. The HPA wants more pay.
```

## How to mend it
Write the name with the abbreviation in brackets at the first place, or do without the abbreviation.
"##;

/// What needs no spelling out.
const KNOWN: &[&str] = &[
    "AIDS", "AFP", "ATM", "BBC", "BMW", "CBS", "CCTV", "CEO", "CFO", "CIA", "CNN", "COO", "COVID", "CPR", "DIY", "DJI",
    "DNA", "DVD", "ESPN", "ETF", "FAQ", "FBI", "FIFA", "GDP", "GMT", "GPS", "HBO", "HIV", "HTML", "HTTP", "HTTPS",
    "IBM", "IKEA", "INTERPOL", "IPO", "IQ", "IRA", "ISBN", "ISIS", "IVF", "JFK", "JPEG", "KBS", "KFC", "KGB", "LED",
    "LGBT", "LGBTQ", "MBA", "MMS", "MRI", "MTV", "NAFTA", "NASA", "NASDAQ", "NATO", "NBA", "NBC", "NFL", "NHL", "NHS",
    "NSA", "OECD", "OK", "OPEC", "PDF", "PIN", "PLC", "PTSD", "RAF", "RAM", "RIP", "RNA", "SARS", "SIM", "SMS", "SOS",
    "SUV", "SWAT", "TNT", "UEFA", "UFO", "UNESCO", "UNICEF", "URL", "USA", "USB", "USD", "USSR", "UTC", "VIP", "WHO",
    "WTO", "WWF", "WWW", "YMCA", "ZIP",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let text = subject.passages.iter().filter(|passage| matches!(passage.part, Part::Paragraph | Part::Item));
    let text: Vec<&Passage<'_>> = text.collect();
    let mut seen: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for (number, passage) in text.iter().enumerate().filter(|(_, passage)| passage.has(Marks::CAPITALS)) {
        for (range, word) in abbreviations(passage.words()) {
            if seen.contains(&word) {
                continue;
            }
            seen.push(word);
            if is_defined_at(passage.text, &range, word) || is_stressed(word, &text) {
                continue;
            }
            let later = text[number..].iter().find_map(|other| definition(other.text, word).map(|at| (*other, at)));
            let place = passage.place(range.start, range.end);
            findings.push(match later {
                Some((other, at)) => RULE
                    .finding(format!("`{word}` stands here before it is spelt out"))
                    .at(place)
                    .beside(other.place(at, at + word.len()), "spelt out only here"),
                None => unexplained(word, &text).at(place),
            });
        }
    }
    findings
}

/// Whether it is a word of the text in capitals, as in `it WAS late`.
fn is_stressed(word: &str, text: &[&Passage<'_>]) -> bool {
    let small = word.to_ascii_lowercase();
    text.iter().any(|passage| passage.text.contains(&small) && words(passage.text).any(|(_, other)| other == small))
}

fn unexplained(word: &str, text: &[&Passage<'_>]) -> Finding {
    match text.iter().find_map(|passage| name_of(passage.text, word)) {
        Some(name) => RULE
            .finding(format!("`{word}` is never tied to the name it stands for"))
            .help(format!("write `{name} ({word})` where the name first stands")),
        None => RULE
            .finding(format!("`{word}` is not spelt out"))
            .help(format!("write the name first, with `({word})` behind it")),
    }
}

/// Words of three capitals or more that are no name of a known thing, no Roman number and no part of a shouted line.
fn abbreviations<'a>(all: &[Word<'a>]) -> Vec<Word<'a>> {
    let shouted = |at: usize| {
        all.get(at).is_some_and(|(_, word)| word.len() > 1 && word.chars().all(|one| one.is_ascii_uppercase()))
    };
    let mut found = Vec::new();
    for (at, (range, word)) in all.iter().enumerate() {
        let plural = word
            .strip_suffix("\u{2019}s")
            .or_else(|| word.strip_suffix("'s"))
            .or_else(|| word.strip_suffix('s'))
            .unwrap_or(word);
        let sound = matches!(plural.len(), 3..=6) && plural.bytes().all(|one| one.is_ascii_uppercase());
        let roman = plural.bytes().all(|one| b"IVXLCDM".contains(&one));
        let line = shouted(at + 1) || (at > 0 && shouted(at - 1));
        if sound && !roman && !line && !KNOWN.contains(&plural) {
            found.push((range.start..range.start + plural.len(), plural));
        }
    }
    found
}

/// Whether the abbreviation at `range` is in brackets behind its name, or has its name in brackets behind it.
fn is_defined_at(text: &str, range: &Range<usize>, word: &str) -> bool {
    if text[..range.start].ends_with('(') {
        return true;
    }
    let behind = text[range.end..].trim_start();
    behind
        .strip_prefix('(')
        .and_then(|inside| inside.split(')').next())
        .is_some_and(|inside| name_of(inside, word).is_some())
}

/// Where `text` has the abbreviation in brackets.
fn definition(text: &str, word: &str) -> Option<usize> {
    let needle = format!("({word})");
    text.find(&needle).map(|at| at + 1)
}

/// The words in `text` that have the letters of `word` as their first ones, small words between them passed over.
pub(super) fn name_of<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let all: Vec<(Range<usize>, &str)> = words(text).flat_map(|(range, word)| parts(range, word)).collect();
    (0..all.len()).find_map(|start| {
        let mut letters = word.chars().peekable();
        let mut end = None;
        for (range, one) in &all[start..] {
            let Some(&wanted) = letters.peek() else { break };
            if one.starts_with(wanted) {
                letters.next();
                end = Some(range.end);
            } else if end.is_none() || !matches!(*one, "and" | "of" | "the" | "for" | "in" | "on" | "to" | "de" | "&") {
                return None;
            }
        }
        end.filter(|_| letters.peek().is_none()).map(|end| &text[all[start].0.start..end])
    })
}

/// The parts of a word with hyphens, which may each give a letter.
fn parts(range: Range<usize>, word: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    word.split('-').scan(range.start, |at, part| {
        let here = *at..*at + part.len();
        *at += part.len() + 1;
        Some((here, part))
    })
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages, said};

    #[test]
    fn an_abbreviation_follows_its_name() {
        let good = "The Harbor Pilots Association (HPA) met. The HPA's NATO friends, World War III, and HPA (again).\n";
        assert!(said("abbreviation-first-use", good).is_empty());
        assert_eq!(
            said("abbreviation-first-use", "The HPA met.\n\nThe Harbor Pilots Association (HPA) ended it.\n"),
            ["HPA"]
        );
        assert!(said("abbreviation-first-use", "The HPA (Harbor Pilots Association) met in PORT ALDER.\n").is_empty());
        let loose = "The Group for Safe Quays and Piers met. The GSQP is new.\n";
        assert_eq!(messages("abbreviation-first-use", loose), ["`GSQP` is never tied to the name it stands for"]);
    }
}

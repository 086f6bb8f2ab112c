//! `unmatched-quotes`

use crate::check::marks::Marks;
use crate::check::passage::Passage;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "unmatched-quotes",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::QUOTE)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# unmatched-quotes

## What it says
A quotation mark opens and never closes, or closes what never opened. A quotation over several paragraphs is right
when
each of them opens with a mark and only the last one closes. Single marks are not judged: they are apostrophes too.

## Why it matters
Readers can no longer tell whose words they read.

## Bad
```markdown
“The permit came late, Park said.
```

## Good
```markdown
“The permit came late,” Park said.
```

## How to mend it
Put the mark where the quotation ends, or take it out.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, passage) in subject.passages.iter().enumerate().filter(|(_, passage)| passage.has(Marks::QUOTE)) {
        let next = subject.passages.get(at + 1).filter(|next| passage.is_running_text() && next.is_running_text());
        let goes_on = |mark: char| next.is_some_and(|next| next.text.trim_start().starts_with(mark));
        let fault = curly(passage, goes_on('\u{201c}')).or_else(|| straight(passage, goes_on('"')));
        if let Some(fault) = fault {
            let (place, message) = match fault {
                Fault::Open(at) => (at, "this quotation never ends"),
                Fault::Twice(at) => (at, "this quotation begins inside another one"),
                Fault::Close(at) => (at, "this quotation never began"),
                Fault::Odd(at) => (at, "one of these quotation marks has no partner"),
            };
            let length = passage.text[place..].chars().next().map_or(0, char::len_utf8);
            findings.push(RULE.finding(message).at(passage.place(place, place + length)));
        }
    }
    findings
}

enum Fault {
    Open(usize),
    Twice(usize),
    Close(usize),
    Odd(usize),
}

/// “ and ”. Languages that open with „ close with “, and are left alone.
fn curly(passage: &Passage<'_>, goes_on: bool) -> Option<Fault> {
    if passage.quotes.iter().any(|(_, one)| *one == '\u{201e}') {
        return None;
    }
    let mut open = None;
    for &(at, one) in &passage.quotes {
        match one {
            '\u{201c}' if open.is_some() => return Some(Fault::Twice(at)),
            '\u{201c}' => open = Some(at),
            '\u{201d}' if open.is_none() => return Some(Fault::Close(at)),
            '\u{201d}' => open = None,
            _ => {}
        }
    }
    open.filter(|_| !goes_on).map(Fault::Open)
}

/// The straight mark, which is also a sign for inches: behind a digit it counts only if it has a partner.
fn straight(passage: &Passage<'_>, goes_on: bool) -> Option<Fault> {
    let all: Vec<usize> = passage.quotes.iter().filter(|(_, one)| *one == '"').map(|(at, _)| *at).collect();
    if all.len().is_multiple_of(2) || goes_on {
        return None;
    }
    let inches = all.iter().any(|&at| passage.text[..at].ends_with(|one: char| one.is_ascii_digit()));
    all.last().filter(|_| !inches).map(|&at| Fault::Odd(at))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        assert!(said("unmatched-quotes", "“One.\n\n“Two.\n\n“Three,” she said.\n").is_empty());
        assert!(said("unmatched-quotes", "\"One.\n\n\"Two,\" she said. A 6\" pipe.\n").is_empty());
        assert_eq!(said("unmatched-quotes", "“One.\n\nTwo.\n"), ["“"]);
        assert_eq!(said("unmatched-quotes", "One.” Two.\n"), ["”"]);
        assert_eq!(said("unmatched-quotes", "“One “two”.\n").len(), 1);
        assert!(said("unmatched-quotes", "„Eins“, sagte sie, `\"` und “zwei”.\n").is_empty());
    }
}

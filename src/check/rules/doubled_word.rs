//! `doubled-word`

use crate::check::marks::Marks;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;
use crate::finding::{Edit, Safety};

pub(super) static RULE: Rule = Rule {
    name: "doubled-word",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::TWICE)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# doubled-word

## What it says
The same word stands twice in a row.

## Why it matters
It is the slip that spelling checkers and tired eyes pass over most easily.

## Bad
```markdown
The port said the the permit came late.
```

## Good
```markdown
The port said the permit came late.
```

## How to mend it
Take one of the two out. `--fix` leaves it alone: somebody reads the sentence first, then `--unsafe-fixes` does.
"##;

/// Words that English does say twice.
const TWICE: [&str; 22] = [
    "had", "that", "very", "really", "so", "no", "yes", "ha", "bye", "knock", "tut", "boo", "hush", "far", "long",
    "many", "much", "go", "never", "now", "there", "blah",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| passage.has(Marks::TWICE)) {
        let mut last: Option<&(std::ops::Range<usize>, &str)> = None;
        for both in passage.words() {
            let (range, word) = both;
            if let Some((before, other)) = last {
                let gap = &passage.text[before.end..range.start];
                let apart = || passage.has_edge_between(before.end, range.start);
                if gap.trim().is_empty() && is_slip(other, word) && !apart() {
                    let place = passage.place(before.start, range.end);
                    let second = passage.place(before.end, range.end);
                    let finding = RULE.finding(format!("`{word}` stands twice")).at(place);
                    // Marks of emphasis or of a link between the two are not to be torn.
                    let alone = subject.document().text.get(second.range()).is_some_and(|text| text.trim() == *word);
                    findings.push(if alone {
                        finding.fix(Safety::Unsafe, vec![Edit::delete(second)])
                    } else {
                        finding
                    });
                }
            }
            last = Some(both);
        }
    }
    findings
}

/// Not where both have capitals (`Walla Walla`) or digits, and not where the language allows it.
fn is_slip(one: &str, other: &str) -> bool {
    are_same(one, other)
        && other.starts_with(char::is_lowercase)
        && other.chars().all(char::is_alphabetic)
        && !TWICE.contains(&&*other.to_lowercase())
}

/// Whether two words differ at most in the case of their letters.
fn are_same(one: &str, other: &str) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => one.to_lowercase() == other.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn slips_are_told_from_names() {
        assert_eq!(said("doubled-word", "The the quay is\nis new.\n"), ["The the", "is\nis"]);
        assert!(said("doubled-word", "He had had it. Walla Walla, 7 7, no, no. A b. B c. It is, is it?\n").is_empty());
        assert!(said("doubled-word", "| not async | async |\n| --- | --- |\n| is | is |\n").is_empty());
        assert!(said("doubled-word", "> the the\n\n    the the\n\n`the the`\n").is_empty());
    }
}

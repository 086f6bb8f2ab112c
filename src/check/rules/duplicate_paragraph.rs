//! `duplicate-paragraph`

use crate::article::edit;
use crate::check::passage::{Part, Passage};
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::check::words::folded;
use crate::finding::{Finding, Safety, Span};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) static RULE: Rule =
    Rule { name: "duplicate-paragraph", levels: Levels::ADVICE, scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# duplicate-paragraph

## What it says
The same paragraph, list entry or caption stands twice.

## Why it matters
It comes from pasting: web pages carry a caption once for the eye and once for the screen reader.

## Bad
```markdown
The dredger Alder Queen at berth 4 on Saturday.

The dredger Alder Queen at berth 4 on Saturday.
```

## Good
```markdown
The dredger Alder Queen at berth 4 on Saturday.
```

## How to mend it
Take one of the two out; `--unsafe-fixes` takes the second paragraph. If it is a caption, it belongs into `[[photos]]`.
"##;

/// Fewer words than this may come back on purpose.
const FEWEST: usize = 6;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut findings = Vec::new();
    for passage in &subject.passages {
        if !matches!(passage.part, Part::Paragraph | Part::Item | Part::Caption | Part::Description) {
            continue;
        }
        let whole = folded(passage.text);
        if whole.split(' ').count() < FEWEST {
            continue;
        }
        if passage.part == Part::Paragraph {
            findings.extend(lines(passage, &subject.document().text));
        }
        match seen.entry(whole) {
            Entry::Vacant(place) => {
                place.insert(passage.span());
            }
            Entry::Occupied(first) => {
                let finding = RULE.finding("this paragraph stands twice").at(passage.span());
                let finding = finding.beside(*first.get(), "here first");
                let removal = edit::remove_block(&subject.document().text, passage.span());
                findings.push(match removal.filter(|_| passage.part == Part::Paragraph) {
                    Some(removal) => finding.fix(Safety::Unsafe, vec![removal]),
                    None => finding,
                });
            }
        }
    }
    findings
}

/// Lines of one paragraph that stand in it twice: paragraphs pasted without an empty line between them are one to
/// Markdown.
fn lines(passage: &Passage<'_>, text: &str) -> Vec<Finding> {
    let whole = passage.span();
    let mut findings = Vec::new();
    if !text[whole.range()].trim_end().contains('\n') {
        return findings;
    }
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut at = whole.start;
    for line in text[whole.range()].split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let line = folded(line);
        if line.split(' ').count() < FEWEST {
            continue;
        }
        match seen.entry(line) {
            Entry::Vacant(place) => {
                place.insert(span);
            }
            Entry::Occupied(first) => {
                findings.push(RULE.finding("this line stands twice").at(span).beside(*first.get(), "here first"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn twice_in_one_paragraph_counts_too() {
        let once = "The dredger Alder Queen lies at berth 4.";
        assert_eq!(said("duplicate-paragraph", &format!("{once}\n\nBetween.\n\n{once}\n")), [once]);
        assert_eq!(said("duplicate-paragraph", &format!("{once}\n{once}\n")).len(), 1);
        assert!(said("duplicate-paragraph", "He said so.\n\nHe said so.\n").is_empty());
    }
}

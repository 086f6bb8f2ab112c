//! `abbreviation-unused`

use super::abbreviation_first_use::name_of;
use crate::check::marks::Marks;
use crate::check::passage::{Part, Passage};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "abbreviation-unused",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::BRACKET)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# abbreviation-unused

## What it says
An abbreviation stands in brackets behind its name, and is never used again.

## Why it matters
The reader has learnt it for nothing.

## Bad
```markdown
The Harbor Pilots Association (HPA) met on Monday. The pilots want more pay.
```

## Good
```markdown
The Harbor Pilots Association met on Monday. The pilots want more pay.
```

## How to mend it
Take the brackets out.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let with =
        |word| subject.passages.iter().filter(move |passage| passage.text.contains(word)).flat_map(Passage::words);
    let body = subject.passages.iter().filter(|passage| matches!(passage.part, Part::Paragraph | Part::Item));
    for passage in body.filter(|passage| passage.has(Marks::BRACKET)) {
        for (at, _) in passage.text.match_indices('(') {
            let inside = &passage.text[at + 1..];
            let Some(word) = inside.find(')').map(|end| &inside[..end]) else { continue };
            let sound = matches!(word.len(), 2..=7) && word.bytes().all(|byte| byte.is_ascii_uppercase());
            if !sound || name_of(&passage.text[..at], word).is_none() {
                continue;
            }
            // One is the place itself.
            let is_used = with(word).filter(|(_, other)| is_use(other, word)).nth(1).is_some();
            let quoted = subject.piece.body.blocks.iter().any(|block| block.quoted && block.text.contains(word));
            if !is_used && !quoted {
                findings.push(
                    RULE.finding(format!("`{word}` is never used again"))
                        .at(passage.place(at, at + word.len() + 2))
                        .help("take the brackets out"),
                );
            }
        }
    }
    findings
}

/// Whether `other` is `word`, or is made with it: `HPA's`, `HPAs`, `HPA-led`.
fn is_use(other: &str, word: &str) -> bool {
    other.split(['-', '\'', '\u{2019}']).any(|part| part == word || part.strip_suffix('s') == Some(word))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn an_abbreviation_is_for_use() {
        let name = "The Harbor Pilots Association (HPA) met.";
        assert_eq!(said("abbreviation-unused", &format!("{name}\n")), ["(HPA)"]);
        for use_ in ["The HPA’s pay.", "An HPA-led strike.", "\n\n> HPA"] {
            assert!(said("abbreviation-unused", &format!("{name} {use_}\n")).is_empty(), "{use_}");
        }
        assert!(said("abbreviation-unused", "The permit (NOT) came (a), Park (R) said.\n").is_empty());
    }
}

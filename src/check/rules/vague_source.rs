//! `vague-source`

use super::sources::recorded;
use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::{Hit, Subject};
use crate::check::words::{folded, words};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "vague-source",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("sources"), Seeks::Phrases(&BARE)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# vague-source

## What it says
Somebody is called "a source" and nothing else, in the text or in `[[sources]]`.

## Why it matters
A source who cannot be named can still be described: what they do, and how they know.

## Bad
```markdown
A source said the permit came late.
```

## Good
```markdown
A harbor engineer who has seen the file said the permit came late.
```

## How to mend it
Say as much of the person as the promise allows.
"##;

static BARE: Phrases = Phrases::new(&[
    "a source said",
    "a source says",
    "a source told",
    "one source said",
    "one source told",
    "the source said",
    "according to a source",
    "according to sources",
    "sources said",
    "sources say",
    "sources told",
    "sources have told",
]);

/// Words before "sources" that do not say what sources.
const EMPTY: [&str; 18] = [
    "the",
    "some",
    "several",
    "many",
    "two",
    "three",
    "other",
    "these",
    "those",
    "our",
    "but",
    "and",
    "that",
    "multiple",
    "as",
    "anonymous",
    "unnamed",
    "while",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let nobody = ["source", "a source", "sources", "anonymous", "anonymous source", "unnamed source", "insider"];
    for source in recorded(subject).iter().filter(|source| nobody.contains(&&*folded(source.name))) {
        findings.push(say().at(source.span));
    }
    let hits = subject.hits(&BARE);
    if hits.is_empty() {
        return findings;
    }
    let mut described = false;
    for passage in &subject.passages {
        for Hit { range, .. } in hits.iter().filter(|hit| std::ptr::eq(hit.passage, passage)) {
            let phrase = &passage.text[range.clone()];
            // "the source said" leads back to somebody who has been described.
            let definite = phrase.to_ascii_lowercase().starts_with("the ");
            if (definite && described) || is_described(&passage.text[..range.start], phrase) {
                described = true;
                continue;
            }
            described |= definite;
            findings.push(say().at(passage.place(range.start, range.end)));
        }
        described |= passage.text.contains("source");
    }
    findings
}

fn say() -> Finding {
    RULE.finding("nothing says what source this is").help("say what they do and how they know, as far as you promised")
}

/// Whether a word before `sources` says what they are: `police sources said`.
fn is_described(before: &str, phrase: &str) -> bool {
    if !phrase.to_ascii_lowercase().starts_with("sources") || !before.ends_with(' ') {
        return false;
    }
    let word = before.trim_end();
    let last = words(&word[word.rfind(' ').map_or(0, |at| at + 1)..]).last().map(|(_, word)| word.to_ascii_lowercase());
    word.ends_with(char::is_alphanumeric) && last.is_some_and(|last| !EMPTY.contains(&&*last))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages_of, said};

    #[test]
    fn a_source_is_somebody() {
        assert_eq!(said("vague-source", "A source said so. Sources say no.\n"), ["A source said", "Sources say"]);
        assert_eq!(said("vague-source", "It is late, and several sources told her.\n"), ["sources told"]);
        let good =
            "Police sources said so.\n\nA source at the port said no. The source said maybe.\n\nData sources say it.\n";
        assert!(said("vague-source", good).is_empty());
        let named = "+++\ntitle = \"A\"\n[[sources]]\nname = \"A source\"\nanonymous = true\n+++\nA.\n";
        assert_eq!(messages_of("vague-source", named).len(), 1);
    }
}

//! `plural-sources`

use super::sources::recorded;
use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "plural-sources",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Phrases(&SOURCES), Seeks::Phrases(&OFFICIALS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# plural-sources

## What it says
The text speaks of several unnamed people ("sources said", "people familiar with"), and one is recorded. "Officials
said" counts too when that one is the only source there is.

## Why it matters
One person has become many, and the story looks better founded than it is.

## Bad
```markdown
Officials said the permit came late.   <!-- one source is recorded -->
```

## Good
```markdown
An official said the permit came late.
```

## How to mend it
Write it in the singular, or record the others in `[[sources]]`.
"##;

/// People who are never those of a named source.
static SOURCES: Phrases = Phrases::new(&[
    "sources said",
    "sources say",
    "sources told",
    "sources added",
    "sources close to",
    "sources familiar with",
    "sources with knowledge",
    "according to sources",
    "several sources",
    "multiple sources",
    "two sources",
    "three sources",
    "people familiar with",
    "people briefed on",
    "people with knowledge of",
    "insiders said",
    "insiders say",
]);

/// People who may be those of a named source.
static OFFICIALS: Phrases = Phrases::new(&[
    "officials said",
    "officials say",
    "officials told",
    "officials added",
    "officials familiar with",
    "according to officials",
    "diplomats said",
    "diplomats say",
    "aides said",
    "aides say",
    "executives said",
    "lawmakers said",
    "employees said",
    "insiders told",
]);

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let sources = recorded(subject);
    let mut unnamed = sources.iter().filter(|source| source.unnamed);
    let (Some(one), None) = (unnamed.next(), unnamed.next()) else { return Vec::new() };
    // A source that is many already, such as "two port officials".
    let name = one.name.to_lowercase();
    if ["two ", "three ", "four ", "several ", "officials", "sources", "people"].iter().any(|many| name.contains(many))
    {
        return Vec::new();
    }
    let mut hits = subject.hits(&SOURCES);
    if sources.len() == 1 {
        hits.extend(subject.hits(&OFFICIALS));
    }
    let first = hits.into_iter().min_by_key(|hit| (hit.number, hit.range.start));
    first
        .map(|hit| {
            RULE.finding("the text speaks of several, and one unnamed source is recorded")
                .at(hit.place())
                .beside(one.span, "this one")
                .help("write it in the singular, or record the others")
        })
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said_of;

    const UNNAMED: &str = "[[sources]]\nname = \"a port official\"\nanonymous = true\n";
    const NAMED: &str = "[[sources]]\nname = \"Port Authority\"\n";

    #[track_caller]
    fn found(sources: &str, body: &str, expected: &[&str]) {
        let text = format!("+++\ntitle = \"A\"\n{sources}+++\n{body}\n");
        assert_eq!(said_of("plural-sources", &text), expected, "{body}");
    }

    #[test]
    fn one_source_is_not_many() {
        found(UNNAMED, "Officials said so. Officials said no.", &["Officials said"]);
        found(UNNAMED, "So two sources close to her say.", &["two sources"]);
        found(&format!("{UNNAMED}{NAMED}"), "Officials said so.", &[]);
        found(&format!("{UNNAMED}{NAMED}"), "Sources said so.", &["Sources said"]);
        found(&format!("{UNNAMED}{UNNAMED}"), "Sources said so.", &[]);
        found(NAMED, "Officials said so, and water sources said little.", &[]);
        found("", "Officials said so.", &[]);
        found(UNNAMED, "The official said so.\n\n> Officials said so.", &[]);
    }
}

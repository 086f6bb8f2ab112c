//! `unused-source`

use super::sources::recorded;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::{stands_alone, words};
use crate::finding::Finding;
use std::collections::HashSet;

pub(super) static RULE: Rule = Rule {
    name: "unused-source",
    levels: Levels::HINT,
    seeks: &[Seeks::Field("sources")],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# unused-source

## What it says
`[[sources]]` records somebody of whom the text has no word: neither the name nor part of it, nor its initials.

## Why it matters
Either the words of this source were cut and the record stayed, or the text does not say where it knows something from.

## Bad
```toml
[[sources]]
name = "Harbor Pilots Association"   # the text speaks of the port authority alone
```

## Good
```toml
[[sources]]
name = "Port Authority"
```

## How to mend it
Take the source out, or name it in the text. A source that was only asked for background may stay: allow the rule, and
say so.
"##;

/// Words that many names share.
const COMMON: [&str; 40] = [
    "the",
    "and",
    "for",
    "from",
    "with",
    "who",
    "mr",
    "mrs",
    "ms",
    "dr",
    "agency",
    "association",
    "authority",
    "board",
    "bureau",
    "centre",
    "center",
    "city",
    "commission",
    "committee",
    "company",
    "council",
    "department",
    "district",
    "foundation",
    "group",
    "institute",
    "member",
    "ministry",
    "national",
    "news",
    "office",
    "official",
    "public",
    "senior",
    "service",
    "society",
    "spokesperson",
    "state",
    "university",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut sources = recorded(subject);
    sources.retain(|source| !source.name.trim().is_empty() && !stands_as_written(source.name, subject));
    if sources.is_empty() || subject.passages.is_empty() {
        return Vec::new();
    }
    let blocks = subject.piece.body.blocks.iter().filter(|block| block.quoted).flat_map(|block| words(&block.text));
    let all = subject
        .passages
        .iter()
        .flat_map(|passage| passage.words())
        .map(|(_, word)| *word)
        .chain(blocks.map(|(_, word)| word));
    let text: HashSet<String> = all.flat_map(|word| word.split('-')).map(folded).collect();
    let unused = sources.iter().filter(|source| !is_used(source.name, &text));
    unused
        .map(|source| {
            RULE.finding(format!("the text has no word of `{}`", source.name.trim()))
                .at(source.span)
                .help("take the source out, or name it in the text")
        })
        .collect()
}

/// Whether a word of the source's own stands in the text just as it is recorded, as it mostly does.
fn stands_as_written(source: &str, subject: &Subject<'_>) -> bool {
    let own = words(source).map(|(_, word)| word).filter(|word| {
        word.chars().nth(1).is_some() && word.chars().all(char::is_alphanumeric) && !COMMON.contains(&&*folded(word))
    });
    own.into_iter().any(|word| subject.passages.iter().any(|passage| stands_alone(passage.text, word)))
}

/// Whether `text` names `source`: by a word of its own, by one that it shares with many if it has no other, or by its
/// initials.
fn is_used(source: &str, text: &HashSet<String>) -> bool {
    let parts: Vec<&str> = words(source).flat_map(|(_, word)| word.split('-')).collect();
    let capital = |part: &&&str| part.starts_with(char::is_uppercase);
    let initials: String = parts.iter().filter(capital).filter_map(|part| part.chars().next()).collect();
    if initials.chars().count() > 1 && text.contains(&initials.to_lowercase()) {
        return true;
    }
    let parts: Vec<String> = parts.into_iter().map(folded).collect();
    let own: Vec<&String> =
        parts.iter().filter(|part| part.chars().count() > 1 && !COMMON.contains(&part.as_str())).collect();
    let wanted: Vec<&String> = if own.is_empty() { parts.iter().collect() } else { own };
    wanted.is_empty()
        || wanted.iter().any(|part| text.contains(part.as_str()) || text.iter().any(|word| alike(word, part)))
}

/// `Korea` and `Korean`, `pilots` and `pilot`, a word with a particle behind it.
fn alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let enough = short.chars().count() >= if short.is_ascii() { 4 } else { 2 };
    enough && long.starts_with(short) && (!long.is_ascii() || long.len() - short.len() <= 3)
}

fn folded(word: &str) -> String {
    let bare = word.strip_suffix("\u{2019}s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
    bare.to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[track_caller]
    fn says(source: &str, body: &str, expected: usize) {
        let text = format!("+++\ntitle = \"Quay\"\n[[sources]]\nname = \"{source}\"\n+++\n{body}\n");
        assert_eq!(messages_of("unused-source", &text).len(), expected, "{source}");
    }

    #[test]
    fn a_source_has_a_word_in_the_text() {
        says("Mina Park", "“No,” said Park.", 0);
        says("U.S. Department of Defense", "The US Defense Department said so.", 0);
        says("Federal Maritime Commission", "The FMC said so.", 0);
        says("South Korean Joint Chiefs of Staff", "South Korea's chiefs said so.", 0);
        says("senior official", "An official said so.", 0);
        says("국방부", "국방부는 말했다.", 0);
        says("Jun Seo", "> Seo spoke.", 0);
        says("Jun Seo", "Park said so.", 1);
        says("Port Authority", "The authority of the mayor.", 1);
        says("", "Nobody.", 0);
    }
}

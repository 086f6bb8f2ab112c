//! `headline-form`

use crate::check::passage::Part;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule =
    Rule { name: "headline-form", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# headline-form

## What it says
The title ends with a full stop, is written in capitals throughout, has an exclamation mark that nobody in it speaks, or
begins or ends with blanks. Where the schema sets no length, a title of more than 110 characters and a description of
more than 300 are told too.

## Why it matters
A headline is no sentence of the text; capitals are slow to read and are read out letter by letter; search engines,
feeds and phones cut what is too long.

## Bad
```toml
title = "HARBOR DREDGING SLIPS TO SPRING."
```

## Good
```toml
title = "Harbor dredging slips to spring"
```

## How to mend it
Write it in plain case, without a stop, in one line.
"##;

/// Longer than this, nobody shows it whole.
const LONGEST: [(Part, &str, usize); 2] = [(Part::Title, "title", 110), (Part::Description, "description", 300)];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| matches!(passage.part, Part::Title | Part::Description)) {
        if passage.part == Part::Title
            && let Some((message, help)) = fault(passage.text)
        {
            findings.push(RULE.finding(message).at(passage.span()).help(help));
        }
        let length = passage.text.chars().count();
        let limit = LONGEST.iter().find(|(part, ..)| *part == passage.part);
        if let Some((_, field, most)) = limit.filter(|(.., most)| length > *most)
            && !subject.schema().is_some_and(|schema| schema.says(field, "maxLength"))
        {
            let message = format!("this {field} has {length} characters: more than {most} are seldom shown");
            findings.push(RULE.finding(message).at(passage.span()));
        }
    }
    findings
}

fn fault(title: &str) -> Option<(&'static str, &'static str)> {
    if title.trim() != title {
        return Some(("blanks stand around the title", "take them out"));
    }
    if ends_with_stop(title) {
        return Some(("the title ends with a full stop", "take the stop out: a headline is no sentence of the text"));
    }
    if title.ends_with('!') && !title.contains(['"', '\u{201c}', '\u{2018}']) {
        return Some(("the title shouts", "take the exclamation mark out, unless it is part of a name"));
    }
    let long = |word: &&str| word.chars().filter(|one| one.is_alphabetic()).count() > 2;
    let shouts = title.split_whitespace().filter(long).count() > 2 && !title.chars().any(char::is_lowercase);
    (shouts && title.chars().any(char::is_uppercase))
        .then_some(("the title is written in capitals", "write it in plain case; the page may set it as it likes"))
}

/// A stop that ends a sentence: not that of `U.S.`, `Inc.` or `...`.
fn ends_with_stop(title: &str) -> bool {
    let Some(before) = title.strip_suffix('.') else { return false };
    let last = before.rsplit(|one: char| one.is_whitespace() || one == '-').next().unwrap_or_default();
    let short = last.chars().count() < 2 || last.contains('.');
    let known = ["Inc", "Co", "Corp", "Ltd", "Jr", "Sr", "Bros", "etc", "St", "Ave", "vs", "No", "Dr", "Mr", "Mrs"];
    !short && !known.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::check::rules::tests::messages_of;

    #[test]
    fn a_headline_is_no_sentence() {
        for good in [
            "Ferry fares rise",
            "Who pays for the quay?",
            "Minister flies to the U.S.",
            "“Never again!”",
            "NATO and HPA meet",
            "\u{201c}Stop the ferry!\u{201d} cry pilots: \u{201c}Now!",
            "And then ...",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["Ferry fares rise.", "FERRY FARES RISE AGAIN", "Ferry fares rise!", " Ferry fares rise"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_length_that_the_schema_sets_is_the_schemas() {
        let long = "Ferry fares rise ".repeat(8);
        let said = |rest: &str| {
            messages_of("headline-form", &format!("+++\ntitle = \"{}\"\n{rest}+++\nA.\n", long.trim())).len()
        };
        assert_eq!(said(""), 1);
        assert_eq!(said("[desk]\nkind = \"news\"\nstage = \"draft\"\n"), 0);
    }
}

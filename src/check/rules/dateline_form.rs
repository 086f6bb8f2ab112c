//! `dateline-form`

use crate::check::dates::month;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::words;
use crate::finding::{Edit, Finding, Safety, Span};

pub(super) static RULE: Rule = Rule {
    name: "dateline-form",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("dateline")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# dateline-form

## What it says
`dateline` is not a place in capitals, or holds more than a place: a date, an agency in brackets, the dash that follows
it. Behind a comma the land or state may follow in any form: `PORT ALDER, Maine`. Where the schema has a `pattern` or a
list for the field, that decides, and this rule is silent.

## Why it matters
The dateline says where the reporting was done. The page writes the date and the dash itself.

## Bad
```toml
dateline = "Port Alder, July 25 -"
```

## Good
```toml
dateline = "PORT ALDER"
```

## How to mend it
Write the place alone, in capitals.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(value) = subject.document().field("dateline") else { return Vec::new() };
    let decided = |keyword| subject.schema().is_some_and(|schema| schema.says("dateline", keyword));
    let Some(text) = value.as_str().filter(|_| !decided("pattern") && !decided("enum")) else { return Vec::new() };
    let Some((message, better)) = fault(text) else { return Vec::new() };
    let finding = RULE.finding(message).at(value.span).help(format!("write \"{better}\""));
    // Between quotes that hold it as it is, it can be mended in place.
    let inside = Span::new(value.span.start + 1, value.span.end.saturating_sub(1).max(value.span.start + 1));
    let plain = subject.document().text.get(inside.range()) == Some(text);
    vec![if plain { finding.fix(Safety::Unsafe, vec![Edit::replace(inside, better)]) } else { finding }]
}

/// What is wrong with it, and what would be right.
fn fault(text: &str) -> Option<(&'static str, String)> {
    let tidy = text.trim().trim_end_matches(['-', '\u{2013}', '\u{2014}', ':', ',']).trim_end();
    let (bare, bracket) = match tidy.split_once('(') {
        Some((bare, _)) if tidy.ends_with(')') => (bare.trim_end(), true),
        _ => (tidy, false),
    };
    let mut parts: Vec<&str> = bare.split(',').map(str::trim).collect();
    let dated = parts.len() > 1 && parts.iter().skip(1).any(|part| is_date(part));
    if dated {
        let rest = parts.split_off(1);
        parts.extend(rest.into_iter().filter(|part| !is_date(part) && part.parse::<u16>().is_err()));
    }
    let place = parts.first().copied().unwrap_or_default();
    if place.is_empty() {
        return None;
    }
    let small = is_small(place);
    let upper = place.to_uppercase();
    let better = parts.iter().enumerate().map(|(at, part)| if at == 0 && small { &upper } else { *part });
    let better = better.collect::<Vec<_>>().join(", ");
    let message = if dated {
        "the dateline is the place alone: the page shows the date"
    } else if bracket {
        "the dateline is the place alone: an agency belongs into the credit or the byline"
    } else if tidy != text.trim() {
        "the dateline is the place alone: the page puts the dash behind it"
    } else if small {
        "the place of a dateline stands in capitals"
    } else {
        return None;
    };
    Some((message, better))
}

/// Whether no word of the place is in capitals. Small words between (`RIO de JANEIRO`) and letters (`McALLEN`) are
/// right.
fn is_small(place: &str) -> bool {
    let cased = place.chars().any(char::is_lowercase);
    let capital = |word: &str| word.chars().filter(|one| one.is_uppercase()).count() >= 2;
    cased && !words(place).any(|(_, word)| capital(word))
}

fn is_date(part: &str) -> bool {
    let mut has_month = false;
    let mut has_day = false;
    for (_, word) in words(part) {
        has_month |= month(word).is_some();
        has_day |= word.starts_with(|one: char| one.is_ascii_digit());
    }
    has_month && has_day
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn a_dateline_is_a_place_in_capitals() {
        for good in [
            "PORT ALDER",
            "PORT ALDER, Maine",
            "RIO de JANEIRO",
            "McALLEN, Texas",
            "SÃO PAULO",
            "서울",
            "THE HAGUE",
            "",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for (bad, better) in [
            ("Port Alder", "PORT ALDER"),
            ("PORT ALDER -", "PORT ALDER"),
            ("PORT ALDER —", "PORT ALDER"),
            ("Seoul, July 25", "SEOUL"),
            ("SEOUL, July 25, 2026 (Agency) –", "SEOUL"),
            ("SEOUL (Agency)", "SEOUL"),
            ("Ålesund, Norway", "ÅLESUND, Norway"),
        ] {
            assert_eq!(fault(bad).map(|(_, better)| better).as_deref(), Some(better), "{bad}");
        }
    }
}

//! `dateline-repeated`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule =
    Rule { name: "dateline-repeated", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# dateline-repeated

## What it says
The first paragraph begins with the dateline: the place of `dateline` and a dash, or a place in capitals with an agency
in brackets and a dash.

## Why it matters
The page sets the dateline itself, so the reader meets the place twice; and what feeds and search engines quote begins
with it.

## Bad
```markdown
PORT ALDER (Agency) - The port will be dredged in spring.
```

## Good
```markdown
The port will be dredged in spring.
```

## How to mend it
Take it out of the text; the place goes into `dateline = "PORT ALDER"`.
"##;

/// A dateline is over by here, in characters.
const LONGEST: usize = 70;

const DASHES: [&str; 5] = ["\u{2014}", " \u{2013} ", " -- ", " - ", "--"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(first) = subject.passages.iter().find(|passage| passage.is_running_text()) else { return Vec::new() };
    let text = first.text;
    let near = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let Some((end, dash)) =
        DASHES.iter().filter_map(|dash| text[..near].find(dash).map(|at| (at, dash))).min_by_key(|(at, _)| *at)
    else {
        return Vec::new();
    };
    let head = text[..end].trim();
    let place = subject.document().text_of("dateline").map(str::trim).filter(|place| !place.is_empty());
    let message = match place {
        Some(place) if begins_with(head, place) => "the text repeats the dateline",
        _ if has_agency(head) => "a dateline stands in the text",
        _ => return Vec::new(),
    };
    vec![
        RULE.finding(message)
            .at(first.place(0, end + dash.trim_end().len()))
            .help("take it out: the place goes into `dateline`, and the page sets it"),
    ]
}

/// Whether `head` is `place` alone, or with a date, a land or an agency behind it.
fn begins_with(head: &str, place: &str) -> bool {
    let place = place.split(',').next().unwrap_or(place).trim();
    let mut chars = head.chars();
    let same = place.chars().all(|one| chars.next().is_some_and(|other| other.to_lowercase().eq(one.to_lowercase())));
    let rest = chars.as_str().trim_start();
    same && (rest.is_empty() || rest.starts_with([',', '(', '/', ':']))
}

/// Whether `head` is a place in capitals with an agency in brackets: `SEOUL, July 25 (Agency)`.
fn has_agency(head: &str) -> bool {
    let Some((before, _)) = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')) else { return false };
    let place = before.split(',').next().unwrap_or(before).trim();
    place.chars().filter(|one| one.is_uppercase()).count() >= 3 && !place.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said_of;

    #[track_caller]
    fn found(body: &str, expected: &[&str]) {
        let text = format!("+++\ntitle = \"A\"\ndateline = \"PORT ALDER\"\n+++\n{body}\n\nMore.\n");
        assert_eq!(said_of("dateline-repeated", &text), expected, "{body}");
    }

    #[test]
    fn the_page_sets_the_dateline() {
        found("PORT ALDER — The port.", &["PORT ALDER —"]);
        found("Port Alder, July 25 -- The port.", &["Port Alder, July 25 --"]);
        found("SEOUL, July 25 (Agency) - The port.", &["SEOUL, July 25 (Agency) -"]);
        found("Port Alder is dredged – at last.", &[]);
        found("NATO — the alliance — met.", &[]);
        found("The HPA (a union) — met.", &[]);
        found("Port Alder.", &[]);
    }
}

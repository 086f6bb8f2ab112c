//! `embargo`

use crate::article::instant_of;
use crate::check::rule::{Hold, Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::{Finding, Level};

pub(super) static RULE: Rule =
    Rule { name: "embargo", levels: LEVELS, seeks: &[Seeks::Field("embargo")], scope: Scope::Article(check), doc: DOC };

/// That words may not be public yet is no fault of a draft.
const LEVELS: Levels = Levels {
    draft: Some(Level::Note),
    review: Some(Level::Warning),
    published: Some(Level::Error),
    holds: Some(Hold::Published),
};

const DOC: &str = r##"# embargo

## What it says
The article's `embargo` has not passed. A draft and a review are told so; publication is held until then. Once it has
passed, nothing is said. (`publishDate` only hides the page until its time: words that are public in git can be read.)

## Why it matters
The promise was made to whoever gave the words, and breaking it once closes the door for the next story.

## Bad
```toml
embargo = 2026-07-28T06:00:00-04:00   # three days from now, and the article is to be published
```

## Good
```toml
embargo = 2026-07-25T06:00:00-04:00   # has passed
```

## How to mend it
Publish it after that time. If the embargo was lifted, take the line out.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(value) = subject.document().field("embargo") else { return Vec::new() };
    let zone = &subject.context.config.newsroom.timezone;
    let Some(until) = value.as_datetime().and_then(|written| instant_of(written, zone)) else { return Vec::new() };
    if until <= subject.now() {
        return Vec::new();
    }
    let local = zone.to_datetime(until);
    let (day, hour, minute) = (local.date(), local.hour(), local.minute());
    let finding = RULE.finding(format!("under embargo until {day} {hour:02}:{minute:02}")).at(value.span);
    let slug = subject.context.config.articles.slug_of(subject.document()).filter(|_| local.second() == 0);
    vec![match slug {
        Some(slug) => finding.help(format!("desk publish {slug} --at \"{day} {hour:02}:{minute:02}\"")),
        None => finding,
    }]
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages_of, messages_under};

    #[test]
    fn an_embargo_that_has_passed_says_nothing() {
        let text = |embargo: &str| format!("+++\ntitle = \"A\"\nembargo = {embargo}\n+++\nA.\n");
        for passed in ["2026-07-25T11:59:00Z", "2026-07-25", "2025-01-01T00:00:00", "\"soon\"", "06:00:00"] {
            assert!(messages_of("embargo", &text(passed)).is_empty(), "{passed}");
        }
        assert_eq!(messages_of("embargo", &text("2026-07-25T12:01:00Z")), ["under embargo until 2026-07-25 12:01"]);
        // Where no offset is written it is the newsroom's.
        let seoul = "[newsroom]\ntimezone = \"Asia/Seoul\"\n";
        assert!(messages_under("embargo", seoul, &text("2026-07-25T20:00:00")).is_empty());
        assert_eq!(messages_under("embargo", seoul, &text("2026-07-26")), ["under embargo until 2026-07-26 00:00"]);
    }
}

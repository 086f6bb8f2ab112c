//! `pasted-furniture`

use crate::article::edit;
use crate::check::passage::Part;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::check::words::folded;
use crate::finding::{Finding, Safety, Span};
use std::collections::HashSet;
use std::ops::Range;

pub(super) static RULE: Rule =
    Rule { name: "pasted-furniture", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# pasted-furniture

## What it says
A line is part of a web page, not of the article: "Back To Top", "Share this", "Advertisement". Or a paragraph ends
like
a caption, with a photo credit in brackets.

## Why it matters
It came along with pasted text, and makes the article look copied, which it is.

## Bad
```markdown
Back To Top

The port will be dredged in spring.
```

## Good
```markdown
The port will be dredged in spring.
```

## How to mend it
Take the line out; `--unsafe-fixes` does. A caption and its credit go into `[[photos]]`. `desk import` does both.
"##;

/// Lines that are furniture when they stand alone.
const LINES: [&str; 54] = [
    "back to top",
    "top",
    "share",
    "share this",
    "share this article",
    "share this story",
    "share this page",
    "share article",
    "tweet",
    "pin it",
    "email",
    "print",
    "print this article",
    "copy link",
    "advertisement",
    "advertisements",
    "advertisement continue reading",
    "story continues below advertisement",
    "article continues below advertisement",
    "scroll to continue",
    "sponsored",
    "sponsored content",
    "promoted",
    "recommended",
    "recommended for you",
    "read more",
    "read also",
    "read next",
    "also read",
    "see also",
    "more on this story",
    "related",
    "related articles",
    "related stories",
    "related news",
    "related topics",
    "most read",
    "most popular",
    "trending",
    "trending now",
    "latest news",
    "leave a comment",
    "post a comment",
    "comments",
    "continue reading",
    "keep reading",
    "sign in",
    "log in",
    "subscribe",
    "subscribe now",
    "listen to this article",
    "skip to content",
    "skip to main content",
    "accept all cookies",
];

/// How a short line of furniture begins.
const BEGINNINGS: [&str; 13] = [
    "follow us on ",
    "like us on ",
    "sign up for ",
    "subscribe to our ",
    "click here to ",
    "click here for ",
    "share on ",
    "share this on ",
    "we use cookies",
    "this site uses cookies",
    "copyright ",
    "all rights reserved",
    "enter your email",
];

/// A longer line is a sentence of somebody's.
const MOST: usize = 12;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let body = subject.passages.iter();
    let body = body.filter(|passage| matches!(passage.part, Part::Paragraph | Part::Item | Part::Heading));
    let mut findings = Vec::new();
    let mut seen = HashSet::new();
    for passage in body {
        if is_furniture(passage.text) {
            let message = format!("`{}` is part of a web page, not of the article", passage.text.trim());
            let place = passage.place(0, passage.text.len());
            let finding = RULE.finding(message).at(place).help("take this line out");
            findings.push(match edit::remove_block(&subject.document().text, passage.span()) {
                Some(removal) => finding.fix(Safety::Unsafe, vec![removal]),
                None => finding,
            });
        } else if passage.part == Part::Paragraph {
            findings.extend(credits(passage.span(), &subject.document().text, &mut seen));
        }
    }
    findings
}

/// Lines of a paragraph that end with the credit of a photo, each said once however often it was pasted.
fn credits<'a>(paragraph: Span, text: &'a str, seen: &mut HashSet<&'a str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut at = paragraph.start;
    let text = &text[paragraph.range()];
    if !text.contains(')') {
        return findings;
    }
    for line in text.split_inclusive('\n') {
        findings.extend(credit(line).filter(|_| seen.insert(line.trim())).map(|range| {
            RULE.finding("this line ends like a caption, with its credit")
                .at(at + range.start..at + range.end)
                .help("words about a photo go into [[photos]], as its caption and its credit")
        }));
        at += line.len();
    }
    findings
}

fn is_furniture(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let line = folded(text);
    LINES.contains(&&*line)
        || (line.split(' ').count() <= MOST
            && !text.trim_end().ends_with(['.', '?', '”', '"'])
            && BEGINNINGS.iter().any(|first| line.starts_with(first)))
}

/// The brackets at the end that name a photo: `(File Photo - Port Authority)`.
fn credit(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end();
    let inside = text.strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let words = folded(&inside[open..]);
    let named = words.split(' ').any(|word| matches!(word, "photo" | "photograph" | "handout"));
    (named && words.split(' ').count() <= 10).then_some(open..text.len())
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn furniture_stands_alone() {
        assert_eq!(said("pasted-furniture", "Back To Top\n\nRead more »\n\n> Share\n"), ["Back To Top", "Read more »"]);
        assert_eq!(said("pasted-furniture", "A quay. (File Photo - Port Office)\n"), ["(File Photo - Port Office)"]);
        assert!(
            said("pasted-furniture", "She went back to top form.\n\nCopyright is a right.\n\nShare prices fell.\n")
                .is_empty()
        );
    }
}

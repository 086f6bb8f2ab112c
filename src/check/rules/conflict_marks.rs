//! `conflict-marks`

use crate::article::BlockKind;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::{Finding, Span};
use memchr::memchr3;

pub(super) static RULE: Rule =
    Rule { name: "conflict-marks", levels: Levels::ALWAYS, seeks: &[], scope: Scope::Article(check), doc: DOC };

const DOC: &str = r##"# conflict-marks

## What it says
A line begins with the marks that git writes where two people changed the same words: seven `<`, `|` or `>`. Fenced and
indented code is left out.

## Why it matters
Both versions of a sentence stand there one after the other, with lines between them that mean nothing to a reader. desk
never writes such lines: it keeps both versions apart until somebody chooses.

## Bad
```markdown
<<<<<<< HEAD
Fares rise 4% on May 1.
=======
Fares rise 5% on May 1.
>>>>>>> desk/ferry-fares
```

## Good
```markdown
Fares rise 5% on May 1.
```

## How to mend it
Keep the words that are meant and delete the others with the marks. Where two people changed the same words,
`desk sync` shows both and asks.
"##;

/// How such a line begins, and a blank or nothing behind it.
const MARKS: [&str; 3] = ["<<<<<<<", "|||||||", ">>>>>>>"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let document = subject.document();
    // Most articles have none of these characters at all.
    if memchr3(b'<', b'|', b'>', document.body_text().as_bytes()).is_none() {
        return Vec::new();
    }
    let code: Vec<Span> = subject
        .piece
        .body
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Code)
        .map(|block| block.span)
        .collect();
    let mut at = document.body.start;
    let mut findings = Vec::new();
    for line in document.body_text().split_inclusive('\n') {
        let place = Span::new(at, at + line.trim_end().len());
        at += line.len();
        let is_mark = MARKS.iter().any(|mark| {
            line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        });
        if is_mark && !code.iter().any(|code| code.contains(place)) {
            findings.push(
                RULE.finding("two people's words were never settled here")
                    .at(place)
                    .help("keep one, and delete the marks"),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn marks_are_told_and_what_looks_like_them_is_not() {
        assert_eq!(
            said("conflict-marks", "<<<<<<< HEAD\nOne.\n||||||| a\n=======\nTwo.\n>>>>>>> b\n"),
            ["<<<<<<< HEAD", "||||||| a", ">>>>>>> b"]
        );
        assert!(
            said("conflict-marks", "A title\n=======\n\n```\n<<<<<<< HEAD\n```\n\n>>>>>>>x\n\na <<<<<<< b\n")
                .is_empty()
        );
    }
}

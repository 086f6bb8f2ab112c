//! `hidden-characters`

use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::finding::Finding;
use crate::finding::{Edit, Safety, Span};

pub(super) static RULE: Rule =
    Rule { name: "hidden-characters", levels: Levels::FROM_REVIEW, seeks: &[], scope: Scope::Article(check), doc: DOC };

const DOC: &str = r##"# hidden-characters

## What it says
The file holds a character that nobody can see and that is not a blank: one that turns the direction of text, one of
no
width, a control character. The whole file is looked at, code and front matter too. Joiners inside words of scripts
that
need them, and inside emoji, are right.

## Why it matters
Such characters can make a line read otherwise than it is stored, so that what is approved is not what is seen. Those
of
no width come from web pages, and break searching and links.

## Bad
```markdown
The per\u{200b}mit came late.
```

## Good
```markdown
The permit came late.
```

## How to mend it
Delete it; `--fix` does. A mark that turns the direction of text changes what a reader sees: for those,
`--unsafe-fixes`.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let text = &*subject.document().text;
    let mut findings = Vec::new();
    if !may_hide(text) {
        return findings;
    }
    let mut last = None;
    for (at, one) in text.char_indices() {
        let next = text[at + one.len_utf8()..].chars().next();
        if let Some(what) = hidden(one).filter(|_| at > 0 && !joins(one, last, next)) {
            let span = Span::new(at, at + one.len_utf8());
            findings.push(
                RULE.finding(format!("{what} (U+{:04X}) that nobody sees", u32::from(one)))
                    .at(span)
                    .help("delete it")
                    .fix(safety(one), vec![Edit::replace(span, instead(one, last, next))]),
            );
        }
        last = Some(one);
    }
    findings
}

/// Whether one of them may be in `text`. Most texts have none, and that is to be seen at a glance: by the first bytes of
/// characters, many at a time.
fn may_hide(text: &str) -> bool {
    const AT_ONCE: usize = 64;
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let odd = |byte: u8| matches!(byte, 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3) || (byte < 128 && !is_plain(byte));
    let chunks = text.as_bytes().chunks(AT_ONCE).enumerate();
    chunks.filter(|(_, chunk)| !chunk.iter().fold(true, |plain, byte| plain & is_plain(*byte))).any(
        |(number, chunk)| {
            let places = (number * AT_ONCE..).zip(chunk).filter(|(_, byte)| odd(**byte)).map(|(at, _)| at);
            places.filter_map(|at| text[at..].chars().next()).any(|one| hidden(one).is_some())
        },
    )
}

/// What turns the direction of text changes what a reader sees; the others do not.
fn safety(one: char) -> Safety {
    match one {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Safety::Unsafe,
        _ => Safety::Safe,
    }
}

/// What comes in its place: nothing, or a blank where it kept two words apart.
fn instead(one: char, last: Option<char>, next: Option<char>) -> &'static str {
    let parts = matches!(one, '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}');
    let word = |one: Option<char>| one.is_some_and(|one| !one.is_whitespace());
    if parts && word(last) && word(next) { " " } else { "" }
}

fn hidden(one: char) -> Option<&'static str> {
    Some(match one {
        '\n' | '\r' | '\t' => return None,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark for the direction of text"
        }
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{180e}' => "a character of no width",
        '\u{ad}' => "a soft hyphen",
        '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e001f}' => {
            "a format character"
        }
        '\u{2028}' | '\u{2029}' => "a line break of another kind",
        one if one.is_control() => "a control character",
        _ => return None,
    })
}

/// Whether a joiner stands between characters that need it, or a direction mark beside letters that run right to left.
fn joins(one: char, last: Option<char>, next: Option<char>) -> bool {
    let beyond =
        |one: Option<char>| one.is_some_and(|one| one > '\u{24f}' && !('\u{2000}'..='\u{206f}').contains(&one));
    let leftward = |one: Option<char>| one.is_some_and(|one| ('\u{590}'..='\u{8ff}').contains(&one));
    match one {
        '\u{200c}' | '\u{200d}' => beyond(last) && beyond(next),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => leftward(last) || leftward(next),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn what_nobody_sees_is_found() {
        for bad in ["a\u{200b}b", "a\u{202e}b", "a\u{feff}b", "a\u{7}b", "`a\u{200b}`"] {
            assert_eq!(said("hidden-characters", bad).len(), 1, "{bad:?}");
        }
        for good in ["a\u{a0}b", "می\u{200c}خواهم", "👩\u{200d}🚀", "a\tb", "“é”", "שלום\u{200f}!"]
        {
            assert!(said("hidden-characters", good).is_empty(), "{good:?}");
        }
    }
}
